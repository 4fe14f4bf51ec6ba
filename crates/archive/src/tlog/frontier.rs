//! The compact form of a growing tree: enough to append and to know the root, and no more.
//!
//! Invariant: one hash for each bit that is set in the size, largest subtree first, so the state
//! never exceeds 63 hashes (RFC 6962 §2.1; "compact range").

use super::hash::{Hash, node_hash};
use super::merkle::{MAX_TREE_SIZE, MerkleError, check_size, fold};

/// The right border of a tree: append leaf hashes, ask for the root after any of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// The complete subtrees of the tree, from left (largest) to right (smallest).
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The tree without leaves.
    #[must_use]
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// Continues a tree of `size` leaves from the hashes of its complete subtrees, left to right,
    /// as [`Frontier::peaks`] gave them. Nothing is verified but their number: compare
    /// [`Frontier::root`] with a root that is trusted before relying on it.
    ///
    /// # Errors
    /// When the number of hashes is not the number of bits set in `size`, or `size` is too large.
    pub fn from_peaks(size: u64, peaks: Vec<Hash>) -> Result<Frontier, MerkleError> {
        check_size(size)?;
        let expected = size.count_ones() as usize;
        if peaks.len() != expected {
            return Err(MerkleError::WrongLength {
                expected,
                found: peaks.len(),
            });
        }
        Ok(Frontier { size, peaks })
    }

    /// Leaves appended so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of the complete subtrees, from left (largest) to right (smallest).
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds the leaf with this hash (see [`leaf_hash`](super::leaf_hash)) at the right end.
    ///
    /// # Panics
    /// When the tree would exceed [`MAX_TREE_SIZE`], which takes centuries of appending.
    pub fn append(&mut self, leaf: Hash) {
        assert!(
            self.size < MAX_TREE_SIZE,
            "a log holds fewer than 2^63 entries"
        );
        let mut hash = leaf;
        // Each bit that carries joins two subtrees of equal height.
        for _ in 0..self.size.trailing_ones() {
            let left = self
                .peaks
                .pop()
                .expect("one peak for each bit set in the size");
            hash = node_hash(&left, &hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root of the tree as it is now.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.peaks).unwrap_or_else(Hash::of_empty_tree)
    }
}

impl Extend<Hash> for Frontier {
    fn extend<T: IntoIterator<Item = Hash>>(&mut self, leaves: T) {
        leaves.into_iter().for_each(|leaf| self.append(leaf));
    }
}
