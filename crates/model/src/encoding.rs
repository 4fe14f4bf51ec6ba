//! How sources, readings and proposals are written before they are sealed: CBOR (RFC 8949) of
//! maps with text keys in the order of the type's fields, readable without this program.

use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::io::Read;
use zstd::bulk::Decompressor;
use zstd::zstd_safe::get_frame_content_size;

mod quick;

/// The bytes are not the CBOR of the type that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("these bytes are not a {what} that this version can read: {why}")]
pub struct EncodingError {
    what: &'static str,
    why: String,
}

/// The CBOR of `value`; the same value always gives the same bytes.
///
/// # Errors
/// When `value` holds a map or sequence of unknown length; none of the model's types does.
pub fn to_cbor<T: Serialize>(value: &T) -> Result<Vec<u8>, EncodingError> {
    minicbor_serde::to_vec(value).map_err(|error| EncodingError {
        what: short_name::<T>(),
        why: error.to_string(),
    })
}

/// Reads back what [`to_cbor`] wrote. Fields that this version does not know are passed over,
/// so that an older program can read what a newer one wrote. A type that borrows its texts copies
/// none of them.
///
/// # Errors
/// When the bytes are not CBOR, or not of this type.
pub fn from_cbor<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, EncodingError> {
    if let Ok(value) = quick::from_slice(bytes) {
        return Ok(value);
    }
    minicbor_serde::from_slice(bytes).map_err(|error| EncodingError {
        what: short_name::<T>(),
        why: error.to_string(),
    })
}

/// Bytes compressed with Zstandard (RFC 8878): how the CBOR of a reading or of proposals lies in
/// its blob. Proposals repeat the same keys over and over.
///
/// # Errors
/// None that is known: the compressor writes to memory.
pub fn compress(bytes: &[u8]) -> Result<Vec<u8>, EncodingError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|error| EncodingError {
        what: "compressed blob",
        why: error.to_string(),
    })
}

/// What [`compress`] compressed, of at most `limit` bytes.
///
/// # Errors
/// When the bytes are not Zstandard, are cut short, or give more than `limit` bytes.
pub fn decompress(bytes: &[u8], limit: u64) -> Result<Vec<u8>, EncodingError> {
    let error = |why: String| EncodingError {
        what: "compressed blob",
        why,
    };
    if let Some(plain) = decompress_at_once(bytes, limit.min(AT_ONCE)) {
        return Ok(plain);
    }
    let mut plain = Vec::new();
    zstd::Decoder::with_buffer(bytes)
        .and_then(|decoder| {
            decoder
                .take(limit.saturating_add(1))
                .read_to_end(&mut plain)
        })
        .map_err(|why| error(why.to_string()))?;
    if plain.len() as u64 > limit {
        return Err(error(format!("it unpacks to more than {limit} bytes")));
    }
    Ok(plain)
}

/// Most plain bytes (16 MiB) that are made room for because a blob says that it has so many.
const AT_ONCE: u64 = 16 << 20;

thread_local! {
    /// Making a decompressor costs as much as unpacking a page.
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Unpacks what says of itself that it has at most `limit` bytes and does have as many as it
/// says; anything else is unpacked piece by piece, which also says what is wrong.
fn decompress_at_once(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let stated = get_frame_content_size(bytes).ok().flatten()?;
    let stated = usize::try_from(Some(stated).filter(|stated| *stated <= limit)?).ok()?;
    DECOMPRESSOR.with_borrow_mut(|kept| {
        let decompressor = match kept {
            Some(kept) => kept,
            None => kept.insert(Decompressor::new().ok()?),
        };
        let mut plain = Vec::with_capacity(stated);
        let length = decompressor.decompress_to_buffer(bytes, &mut plain).ok()?;
        (length == stated && plain.len() == stated).then_some(plain)
    })
}

/// The fastest of the compressor's usual levels.
const LEVEL: i32 = 1;

fn short_name<T>() -> &'static str {
    let name = std::any::type_name::<T>();
    name.rsplit("::").next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::*;

    #[test]
    fn proposals_come_back_as_they_were() {
        let quote = |start, words: &str| Quote {
            span: Span::new(start, start + words.chars().count() as u32),
            quote: words.to_owned(),
            passage: 3,
            page: None,
            row: None,
        };
        let proposals = Proposals {
            original: Sha256Digest([1; 32]),
            reading: Sha256Digest([2; 32]),
            extractor: "rules-en/1".to_owned(),
            proposals: vec![Proposal {
                rule: "violation.torture".to_owned(),
                band: Band::Stated,
                body: RecordBody::Allegation(Allegation {
                    violation: Cited::new(Code::from("torture"), 0),
                    modality: Cited::new(Modality::Feared, 1),
                    attribution: Vec::new(),
                    victims: Vec::new(),
                    perpetrators: Vec::new(),
                    place: None,
                    date: Some(Cited::new(
                        ResolvedDate {
                            date: "2013-03/..".parse().unwrap(),
                            basis: "as written".to_owned(),
                        },
                        0,
                    )),
                    method: None,
                    attribution_by_authorities: None,
                    status_at_end: None,
                }),
                quotes: vec![quote(10, "고문"), quote(20, "would be exposed to")],
            }],
        };
        let bytes = to_cbor(&proposals).unwrap();
        assert_eq!(from_cbor::<Proposals>(&bytes).unwrap(), proposals);
        assert_eq!(to_cbor(&proposals).unwrap(), bytes);
        let json = serde_json::to_string(&proposals).unwrap();
        assert_eq!(serde_json::from_str::<Proposals>(&json).unwrap(), proposals);
        for cut in 0..bytes.len() {
            assert!(from_cbor::<Proposals>(&bytes[..cut]).is_err());
        }
    }

    #[test]
    fn what_is_compressed_comes_back_within_the_limit() {
        let bytes = b"quotes quotes quotes ".repeat(100);
        let packed = compress(&bytes).unwrap();
        assert!(packed.len() < bytes.len() / 10);
        assert_eq!(decompress(&packed, bytes.len() as u64).unwrap(), bytes);
        let bomb = decompress(&packed, bytes.len() as u64 - 1).unwrap_err();
        assert!(bomb.to_string().contains("more than"), "{bomb}");
        for cut in 0..packed.len() {
            assert!(decompress(&packed[..cut], 1 << 20).is_err(), "{cut}");
        }
    }

    #[test]
    fn several_frames_and_frames_of_unstated_length_are_unpacked_too() {
        let one = compress(b"one ").unwrap();
        let two = compress(b"two").unwrap();
        let both = [one.clone(), two].concat();
        assert_eq!(decompress(&both, 7).unwrap(), b"one two");
        assert!(decompress(&both, 6).is_err());
        let unstated = zstd::stream::encode_all(&b"not told how long"[..], 1).unwrap();
        assert_eq!(decompress(&unstated, 100).unwrap(), b"not told how long");
        assert!(decompress(&[one, vec![7]].concat(), 100).is_err());
        assert_eq!(decompress(&compress(b"").unwrap(), 0).unwrap(), b"");
    }
}
