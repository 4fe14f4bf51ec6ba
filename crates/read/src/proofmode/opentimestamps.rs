//! Proofs of OpenTimestamps: what was stamped, and where it is said to be recorded.
//!
//! Invariant: nothing is asked of a network, so nothing here says that a stamp holds: the reader
//! follows the operations and says which block would have to hold which value. Bounded in steps
//! and in length; no recursion. Standard: the format of python-opentimestamps.

use crate::front_matter::one_line;
use crate::warc::hex;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

const MAGIC: &[u8] = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];
const PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
/// Steps of one proof, and bytes of one value.
const MOST_STEPS: usize = 10_000;
const MOST_BYTES: usize = 8192;

/// A proof, as far as it can be followed without asking anybody.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Proof {
    /// Hash of the file that was stamped, in hexadecimal digits.
    pub stamped: String,
    /// Where it is said to be recorded.
    pub places: Vec<Place>,
}

/// Where a hash is said to be recorded.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// In the block of Bitcoin of this height, whose Merkle root would have to be this, as
    /// explorers write it.
    Block(u64, String),
    /// Promised by a server at this address.
    Promised(String),
    /// Of a kind that is not known here, or behind a step that is not.
    Other,
}

/// Follows a proof; `None` for what is none, or is broken.
pub(super) fn read(file: &[u8]) -> Option<Proof> {
    let mut rest = Bytes(file.strip_prefix(MAGIC)?);
    // Version 1, SHA-256.
    if rest.number()? != 1 || rest.byte()? != 8 {
        return None;
    }
    let stamped = rest.take(32)?;
    let mut value = Some(stamped.to_vec());
    let mut forks: Vec<Option<Vec<u8>>> = Vec::new();
    let mut places = Vec::new();
    for _ in 0..MOST_STEPS {
        let mut tag = rest.byte()?;
        if tag == 0xff {
            forks.push(value.clone());
            tag = rest.byte()?;
        }
        if tag != 0 {
            value = step(tag, value, &mut rest)?;
            continue;
        }
        places.push(place(&mut rest, value.as_deref())?);
        match forks.pop() {
            Some(before) => value = before,
            None => {
                let stamped = hex(stamped);
                return Some(Proof { stamped, places });
            }
        }
    }
    None
}

/// One operation on a value; the inner `None` is a value that cannot be computed here.
fn step(tag: u8, value: Option<Vec<u8>>, rest: &mut Bytes<'_>) -> Option<Option<Vec<u8>>> {
    let argument = match tag {
        0xf0 | 0xf1 => rest.counted()?,
        _ => &[],
    };
    let known = match tag {
        0x02 | 0x08 | 0xf0 | 0xf1 | 0xf2 | 0xf3 => true,
        // RIPEMD-160 and Keccak-256.
        0x03 | 0x67 => false,
        _ => return None,
    };
    let Some(value) = value.filter(|_| known) else {
        return Some(None);
    };
    let value = match tag {
        0x02 => digest(&SHA1_FOR_LEGACY_USE_ONLY, &value).as_ref().to_vec(),
        0x08 => digest(&SHA256, &value).as_ref().to_vec(),
        0xf0 => [&value, argument].concat(),
        0xf1 => [argument, &value].concat(),
        0xf2 => value.into_iter().rev().collect(),
        _ => hex(&value).into_bytes(),
    };
    (value.len() <= MOST_BYTES).then_some(Some(value))
}

fn place(rest: &mut Bytes<'_>, value: Option<&[u8]>) -> Option<Place> {
    let kind: [u8; 8] = rest.take(8)?.try_into().ok()?;
    let mut said = Bytes(rest.counted()?);
    Some(match (kind, value) {
        (BITCOIN, Some(root)) => {
            let root: Vec<u8> = root.iter().rev().copied().collect();
            Place::Block(said.number()?, hex(&root))
        }
        (PENDING, _) => Place::Promised(one_line(&String::from_utf8_lossy(said.counted()?))),
        _ => Place::Other,
    })
}

/// Bytes that are taken from the front.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A number in sevens of bits, the low ones first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// Bytes with their number before them.
    fn counted(&mut self) -> Option<&'b [u8]> {
        let len = usize::try_from(self.number()?).ok()?;
        if len > MOST_BYTES {
            return None;
        }
        self.take(len)
    }
}
