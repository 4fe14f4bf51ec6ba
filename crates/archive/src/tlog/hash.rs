//! A SHA-256 value of the Merkle tree, and the two ways such a value is made.
//!
//! Invariant: a leaf and an inner node never hash the same input, because each starts with its own
//! byte (RFC 6962 §2.1); without it an inner node could be passed off as an entry.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Context, SHA256, digest};

/// First byte of what a leaf hashes (RFC 6962 §2.1).
const LEAF_PREFIX: u8 = 0x00;
/// First byte of what an inner node hashes (RFC 6962 §2.1).
const NODE_PREFIX: u8 = 0x01;

/// A SHA-256 value: the hash of a leaf, of an inner node, or of a whole tree (its root).
///
/// Displayed in base64, as checkpoints and proofs write it; `{:x}` gives hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; Hash::LEN]);

impl Hash {
    /// Length in bytes.
    pub const LEN: usize = 32;

    /// The root of the tree that has no leaves: SHA-256 of nothing (RFC 6962 §2.1).
    #[must_use]
    pub fn of_empty_tree() -> Hash {
        Hash::from_digest(&digest(&SHA256, b""))
    }

    /// The value's bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Hash::LEN] {
        &self.0
    }

    /// Cuts a tile's bytes into hashes; `None` when the length is no multiple of [`Hash::LEN`].
    pub(crate) fn split(bytes: &[u8]) -> Option<Vec<Hash>> {
        let (hashes, rest) = bytes.as_chunks::<{ Hash::LEN }>();
        rest.is_empty()
            .then(|| hashes.iter().map(|bytes| Hash(*bytes)).collect())
    }

    fn from_digest(digest: &ring::digest::Digest) -> Hash {
        Hash(digest.as_ref().try_into().expect("SHA-256 gives 32 bytes"))
    }
}

/// The hash of an entry: SHA-256 of a zero byte and the entry's bytes as stored.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(&[LEAF_PREFIX]);
    context.update(entry);
    Hash::from_digest(&context.finish())
}

/// The hash of an inner node: SHA-256 of a one byte and the hashes of its two children.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut input = [NODE_PREFIX; 1 + 2 * Hash::LEN];
    input[1..=Hash::LEN].copy_from_slice(&left.0);
    input[1 + Hash::LEN..].copy_from_slice(&right.0);
    Hash::from_digest(&digest(&SHA256, &input))
}

/// A text that should have been a hash is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a hash: expected the padded base64 of exactly 32 bytes (44 characters)")]
pub struct HashParseError;

impl FromStr for Hash {
    type Err = HashParseError;

    /// Reads canonical, padded base64; no other spelling of the same value is accepted.
    fn from_str(text: &str) -> Result<Hash, HashParseError> {
        let mut bytes = [0; Hash::LEN + 1];
        // Checked before decoding, so that no long text is decoded at all.
        if text.len() != 44 {
            return Err(HashParseError);
        }
        match STANDARD.decode_slice(text, &mut bytes) {
            Ok(Hash::LEN) => Ok(Hash(
                bytes[..Hash::LEN].try_into().map_err(|_| HashParseError)?,
            )),
            _ => Err(HashParseError),
        }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&STANDARD.encode(self.0))
    }
}

impl fmt::LowerHex for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self:x})")
    }
}

impl From<[u8; Hash::LEN]> for Hash {
    fn from(bytes: [u8; Hash::LEN]) -> Hash {
        Hash(bytes)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn known_values_of_the_empty_tree_and_the_empty_leaf() {
        // RFC 6962: SHA-256("") and SHA-256(0x00), as in the Certificate Transparency test vectors.
        assert_eq!(
            format!("{:x}", Hash::of_empty_tree()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            format!("{:x}", leaf_hash(b"")),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
    }

    #[test]
    fn only_the_canonical_spelling_is_read() {
        let hash = leaf_hash(b"entry");
        let text = hash.to_string();
        assert_eq!(text.parse::<Hash>().unwrap(), hash);
        // Same bytes with a changed unused bit, without padding, with a space, with one byte less.
        let last = text.as_bytes()[42];
        let altered = format!("{}{}=", &text[..42], char::from(last + 1));
        for wrong in [
            altered.as_str(),
            &text[..43],
            &format!("{text} "),
            "AAAA",
            "",
        ] {
            assert_eq!(wrong.parse::<Hash>(), Err(HashParseError), "{wrong}");
        }
    }
}
