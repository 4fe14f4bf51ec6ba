//! Whether what a worker gave as an image is one: a PNG file of dots and nothing else.
//!
//! A worker that was taken over must not hand a browser more than it could draw.

use super::MOST;
use flate2::Crc;

/// Kinds of chunk that an image may have.
const CHUNKS: [&[u8; 4]; 3] = [b"IHDR", b"IDAT", b"IEND"];

/// Whether `bytes` are a whole PNG file with sides of at most [`MOST`] dots that holds its dots,
/// and neither words nor anything behind them.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else {
        return false;
    };
    let mut before: Option<[u8; 4]> = None;
    while let Some((name, data, after)) = chunk(rest) {
        if !CHUNKS.contains(&&name) || before.is_none() != (&name == b"IHDR") {
            return false;
        }
        if &name == b"IHDR" && !fits(data) {
            return false;
        }
        if &name == b"IEND" {
            return after.is_empty() && before == Some(*b"IDAT");
        }
        before = Some(name);
        rest = after;
    }
    false
}

/// The first chunk, when its sum is right, and what follows it.
fn chunk(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk::<4>()?;
    let len = usize::try_from(u32::from_be_bytes(*len)).ok()?;
    let (named, after) = rest.split_at_checked(len.checked_add(4)?)?;
    let (sum, after) = after.split_first_chunk::<4>()?;
    let (name, data) = named.split_first_chunk::<4>()?;
    let mut crc = Crc::new();
    crc.update(named);
    (crc.sum() == u32::from_be_bytes(*sum)).then_some((*name, data, after))
}

/// Whether a header is of an image of our size.
fn fits(header: &[u8]) -> bool {
    let Some((width, rest)) = header.split_first_chunk::<4>() else {
        return false;
    };
    let Some((height, _)) = rest.split_first_chunk::<4>() else {
        return false;
    };
    let sides = [u32::from_be_bytes(*width), u32::from_be_bytes(*height)];
    header.len() == 13 && sides.iter().all(|side| (1..=MOST).contains(side))
}
