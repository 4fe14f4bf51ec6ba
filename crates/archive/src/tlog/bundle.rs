//! Entry bundles: up to 256 entries behind each other, each after its length in two bytes.
//!
//! Invariant: encoding and parsing are inverses; bytes that no encoder would have written are
//! refused (C2SP tlog-tiles, "Log entries").

use super::hash::{Hash, leaf_hash};
use super::tile::TILE_WIDTH;

/// The longest entry in bytes: its length is written in 16 bits.
pub const MAX_ENTRY_LEN: usize = u16::MAX as usize;

/// The entries of one bundle, in log order. Holds the encoded bytes once and where entries end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryBundle {
    bytes: Vec<u8>,
    /// End of each entry within `bytes`.
    ends: Vec<usize>,
}

/// Why a bundle is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// An entry is too long for the format.
    #[error(
        "the entry has {0} bytes and the log takes at most 65535: store it as a blob and name the blob in the entry"
    )]
    EntryTooLong(usize),
    /// All 256 places are taken.
    #[error("the bundle already holds 256 entries: the next entry belongs in the next bundle")]
    Full,
    /// The bytes end within an entry or its length.
    #[error("the bundle ends within entry {0}: it was truncated or damaged")]
    Truncated(usize),
    /// There are bytes after the 256th entry.
    #[error("the bundle goes on after 256 entries: it was damaged or is no bundle")]
    TooMany,
}

impl EntryBundle {
    /// A bundle without entries.
    #[must_use]
    pub fn new() -> EntryBundle {
        EntryBundle::default()
    }

    /// Adds an entry at the end.
    ///
    /// # Errors
    /// When the entry is longer than [`MAX_ENTRY_LEN`] or the bundle is full.
    pub fn push(&mut self, entry: &[u8]) -> Result<(), BundleError> {
        let len = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLong(entry.len()))?;
        if self.is_full() {
            return Err(BundleError::Full);
        }
        self.bytes.extend_from_slice(&len.to_be_bytes());
        self.bytes.extend_from_slice(entry);
        self.ends.push(self.bytes.len());
        Ok(())
    }

    /// Reads a stored bundle, which may hold any number of entries up to 256.
    ///
    /// # Errors
    /// When the bytes end within an entry or go on after the 256th.
    pub fn parse(bytes: Vec<u8>) -> Result<EntryBundle, BundleError> {
        let mut ends = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            if ends.len() == usize::from(TILE_WIDTH) {
                return Err(BundleError::TooMany);
            }
            let truncated = BundleError::Truncated(ends.len());
            let Some(&[high, low]) = bytes.get(at..at + 2) else {
                return Err(truncated);
            };
            at += 2 + usize::from(u16::from_be_bytes([high, low]));
            if at > bytes.len() {
                return Err(truncated);
            }
            ends.push(at);
        }
        Ok(EntryBundle { bytes, ends })
    }

    /// The bundle as it is stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bundle as it is stored.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Number of entries, 0 to 256.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether all 256 places are taken.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.ends.len() == usize::from(TILE_WIDTH)
    }

    /// The entry at this place within the bundle, from 0.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&[u8]> {
        let end = *self.ends.get(place)?;
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        self.bytes.get(start + 2..end)
    }

    /// The entries, in log order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.len()).map(|place| self.get(place).expect("places below len exist"))
    }

    /// The leaf hashes of the entries, in log order: what the tile of level 0 must hold.
    pub fn leaf_hashes(&self) -> impl ExactSizeIterator<Item = Hash> {
        self.iter().map(leaf_hash)
    }

    /// Drops all entries from `len` on.
    pub fn truncate(&mut self, len: usize) {
        if len < self.len() {
            self.ends.truncate(len);
            self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn entries_of_any_length_come_back() {
        let longest = vec![9; MAX_ENTRY_LEN];
        let mut bundle = EntryBundle::new();
        for entry in [b"".as_slice(), b"a", &longest] {
            bundle.push(entry).unwrap();
        }
        assert_eq!(&bundle.as_bytes()[..5], [0, 0, 0, 1, b'a']);
        let again = EntryBundle::parse(bundle.as_bytes().to_vec()).unwrap();
        assert_eq!(again, bundle);
        assert_eq!(
            again.iter().map(<[u8]>::len).collect::<Vec<_>>(),
            [0, 1, MAX_ENTRY_LEN]
        );
        assert_eq!(
            bundle.push(&vec![0; MAX_ENTRY_LEN + 1]),
            Err(BundleError::EntryTooLong(MAX_ENTRY_LEN + 1))
        );
        assert_eq!(bundle.len(), 3);
        bundle.truncate(1);
        assert_eq!(bundle.as_bytes(), [0, 0]);
    }

    #[test]
    fn a_cut_or_overfull_bundle_is_refused() {
        let mut bundle = EntryBundle::new();
        for _ in 0..256 {
            bundle.push(b"x").unwrap();
        }
        assert_eq!(bundle.push(b"x"), Err(BundleError::Full));
        let bytes = bundle.into_bytes();
        for cut in 1..3 {
            assert_eq!(
                EntryBundle::parse(bytes[..bytes.len() - cut].to_vec()),
                Err(BundleError::Truncated(255))
            );
        }
        assert_eq!(
            EntryBundle::parse([bytes, vec![0, 0]].concat()),
            Err(BundleError::TooMany)
        );
    }
}
