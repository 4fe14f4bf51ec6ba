//! Sealing: 64 KiB chunks of ChaCha20-Poly1305 in the STREAM construction (Hoang, Reyhanitabar,
//! Rogaway, Vizár 2015, as age uses it), with a header that commits to the key.
//!
//! Layout: salt (32) ‖ key commitment (32) ‖ chunks, each of up to 65,536 plain bytes and a tag of
//! 16. Invariant: a sealed stream opens under exactly one key, and neither truncation, nor another
//! order of its chunks, nor anything appended opens at all.

use crate::Result;
use crate::crypto::{Secret, derive, random};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use std::io::Read;

/// Salt and key commitment.
pub(crate) const HEADER: usize = 64;
/// Plain bytes in every chunk but the last.
pub(crate) const CHUNK: usize = 64 << 10;
/// Authentication tag of a chunk.
pub(crate) const TAG: usize = 16;

const KEY_INFO: &[u8] = b"onrecord/seal/v1/key";
const COMMITMENT_INFO: &[u8] = b"onrecord/seal/v1/commitment";

/// The bytes are not what was sealed with this key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum Unsealed {
    #[error("it was sealed with another key")]
    OtherKey,
    #[error("its chunk {0} was changed")]
    Changed(u64),
    #[error("it ends too early")]
    TooShort,
}

/// Sealed bytes of so many plain ones.
pub(crate) fn sealed_len(plain: u64) -> u64 {
    let chunks = plain.div_ceil(CHUNK as u64).max(1);
    HEADER as u64 + plain + chunks * TAG as u64
}

/// Plain bytes in so many sealed ones; `None` when no stream has that length.
pub(crate) fn plain_len(sealed: u64) -> Option<u64> {
    let body = sealed.checked_sub(HEADER as u64)?;
    let chunks = body.div_ceil((CHUNK + TAG) as u64).max(1);
    let plain = body.checked_sub(chunks * TAG as u64)?;
    (sealed_len(plain) == sealed).then_some(plain)
}

/// Seals or opens the chunks of one stream.
pub(crate) struct Sealer {
    key: LessSafeKey,
}

impl Sealer {
    /// A new stream under this key, and its header.
    pub(crate) fn new(secret: &Secret) -> Result<(Self, [u8; HEADER])> {
        let salt: [u8; 32] = random()?;
        let mut header = [0; HEADER];
        header[..32].copy_from_slice(&salt);
        header[32..].copy_from_slice(&derive(secret, &salt, &[COMMITMENT_INFO])[..]);
        Ok((Self::with_salt(secret, &salt), header))
    }

    /// The stream with this header.
    pub(crate) fn open(secret: &Secret, header: &[u8; HEADER]) -> Result<Self, Unsealed> {
        let (salt, commitment) = header.split_at(32);
        let expected = derive(secret, salt, &[COMMITMENT_INFO]);
        // The commitment is public; comparing it leaks nothing about the key.
        if &expected[..] != commitment {
            return Err(Unsealed::OtherKey);
        }
        Ok(Self::with_salt(secret, salt))
    }

    fn with_salt(secret: &Secret, salt: &[u8]) -> Self {
        let key = derive(secret, salt, &[KEY_INFO]);
        let key = UnboundKey::new(&CHACHA20_POLY1305, &key[..]).expect("a key of 32 bytes");
        Self {
            key: LessSafeKey::new(key),
        }
    }

    /// Seals chunk `index` where it lies and appends its tag.
    pub(crate) fn seal(&self, index: u64, last: bool, chunk: &mut Vec<u8>) {
        self.key
            .seal_in_place_append_tag(nonce(index, last), Aad::empty(), chunk)
            .expect("a chunk is far below the cipher's limit");
    }

    /// Opens chunk `index` where it lies and takes its tag off.
    pub(crate) fn unseal(
        &self,
        index: u64,
        last: bool,
        chunk: &mut Vec<u8>,
    ) -> Result<(), Unsealed> {
        let plain = self
            .key
            .open_in_place(nonce(index, last), Aad::empty(), chunk)
            .map_err(|_| Unsealed::Changed(index))?
            .len();
        chunk.truncate(plain);
        Ok(())
    }
}

/// 11 bytes of counter, big-endian, and whether the chunk is the last. Unique, because every
/// stream has its own key.
fn nonce(index: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&index.to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::assume_unique_for_key(nonce)
}

/// Seals what `input` gives; hands the sealed bytes to `out` in order; returns how many plain
/// bytes there were.
pub(crate) fn seal_stream(
    secret: &Secret,
    mut input: impl Read,
    mut out: impl FnMut(&[u8]) -> Result<()>,
    mut plain: impl FnMut(&[u8]),
) -> Result<u64> {
    let (sealer, header) = Sealer::new(secret)?;
    out(&header)?;
    let mut total = 0;
    let mut chunk = Vec::with_capacity(CHUNK + TAG);
    let mut next = Vec::with_capacity(CHUNK + TAG);
    read_chunk(&mut input, &mut chunk)?;
    for index in 0.. {
        // Whether a chunk is the last is known when the one after it turns out to be empty.
        next.clear();
        if chunk.len() == CHUNK {
            read_chunk(&mut input, &mut next)?;
        }
        total += chunk.len() as u64;
        plain(&chunk);
        sealer.seal(index, next.is_empty(), &mut chunk);
        out(&chunk)?;
        if next.is_empty() {
            break;
        }
        std::mem::swap(&mut chunk, &mut next);
    }
    Ok(total)
}

fn read_chunk(input: &mut impl Read, chunk: &mut Vec<u8>) -> Result<()> {
    let mut limited = input.take(CHUNK as u64);
    limited.read_to_end(chunk).map_err(crate::Error::Input)?;
    Ok(())
}

/// Seals a few bytes.
pub(crate) fn seal_bytes(secret: &Secret, plain: &[u8]) -> Result<Vec<u8>> {
    let mut sealed = Vec::with_capacity(sealed_len(plain.len() as u64) as usize);
    let keep = |bytes: &[u8]| {
        sealed.extend_from_slice(bytes);
        Ok(())
    };
    seal_stream(secret, plain, keep, |_| ())?;
    Ok(sealed)
}

/// Opens what was sealed as a whole.
pub(crate) fn open_bytes(secret: &Secret, sealed: &[u8]) -> Result<Vec<u8>, Unsealed> {
    let (header, body) = sealed
        .split_first_chunk::<HEADER>()
        .ok_or(Unsealed::TooShort)?;
    let sealer = Sealer::open(secret, header)?;
    let mut plain = Vec::with_capacity(body.len());
    let chunks = body.len().div_ceil(CHUNK + TAG).max(1);
    let mut chunk = Vec::with_capacity(CHUNK + TAG);
    for index in 0..chunks {
        let start = index * (CHUNK + TAG);
        let end = body.len().min(start + CHUNK + TAG);
        chunk.clear();
        chunk.extend_from_slice(&body[start..end]);
        sealer.unseal(index as u64, index + 1 == chunks, &mut chunk)?;
        plain.extend_from_slice(&chunk);
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::crypto::random_secret;
    use proptest::prelude::*;

    #[test]
    fn every_length_around_a_chunk_comes_back() {
        let key = random_secret().unwrap();
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5] {
            let plain: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let sealed = seal_bytes(&key, &plain).unwrap();
            assert_eq!(sealed.len() as u64, sealed_len(length as u64));
            assert_eq!(plain_len(sealed.len() as u64), Some(length as u64));
            assert_eq!(open_bytes(&key, &sealed).unwrap(), plain);
        }
    }

    #[test]
    fn what_was_cut_swapped_or_lengthened_does_not_open() {
        let key = random_secret().unwrap();
        let sealed = seal_bytes(&key, &vec![7; 3 * CHUNK]).unwrap();
        for cut in [0, 1, HEADER, HEADER + CHUNK + TAG, sealed.len() - 1] {
            assert!(open_bytes(&key, &sealed[..cut]).is_err(), "cut to {cut}");
        }
        let mut swapped = sealed.clone();
        let (first, second) = swapped[HEADER..].split_at_mut(CHUNK + TAG);
        first.swap_with_slice(&mut second[..CHUNK + TAG]);
        assert_eq!(open_bytes(&key, &swapped), Err(Unsealed::Changed(0)));
        assert!(open_bytes(&key, &[sealed, vec![0]].concat()).is_err());
    }

    #[test]
    fn another_key_is_told_from_damage() {
        let (key, other) = (random_secret().unwrap(), random_secret().unwrap());
        let sealed = seal_bytes(&key, b"text").unwrap();
        assert_eq!(open_bytes(&other, &sealed), Err(Unsealed::OtherKey));
    }

    #[test]
    fn no_stream_has_a_length_between_two_chunks() {
        assert_eq!(plain_len(63), None);
        assert_eq!(plain_len(HEADER as u64), None);
        assert_eq!(plain_len((HEADER + CHUNK + TAG + 3) as u64), None);
    }

    proptest! {
        #[test]
        fn any_flipped_byte_is_noticed(plain in proptest::collection::vec(any::<u8>(), 0..300), at: prop::sample::Index, flip in 1..=255u8) {
            let key = random_secret().unwrap();
            let mut sealed = seal_bytes(&key, &plain).unwrap();
            let at = at.index(sealed.len());
            sealed[at] ^= flip;
            prop_assert!(open_bytes(&key, &sealed).is_err());
        }
    }
}
