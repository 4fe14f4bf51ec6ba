//! The shape of an RFC 6962 tree: which nodes exist in a tree of a given size and how they fold.
//!
//! Invariant: only *complete* nodes are ever stored or read; every other hash of a tree is folded
//! from complete ones. No function here recurses, so no size can exhaust the stack.

use super::hash::{Hash, leaf_hash, node_hash};

/// The largest number of entries a log may claim: 2^63 - 1, the most that the published
/// verifiers (which count in signed 64-bit integers) can represent.
pub const MAX_TREE_SIZE: u64 = i64::MAX as u64;

/// A complete subtree: the hash of entries `index << level .. (index + 1) << level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Height above the leaves; 0 is a leaf.
    pub level: u8,
    /// Position within the level, from the left, starting at 0.
    pub index: u64,
}

impl Node {
    /// Whether all leaves below this node are among the first `size`.
    #[must_use]
    pub fn is_in_tree(&self, size: u64) -> bool {
        self.level < 63 && self.index < size >> self.level
    }
}

/// Where the hashes of complete nodes come from.
pub trait HashReader {
    /// Why a hash could not be given.
    type Error: std::error::Error;

    /// The hashes of `nodes`, in the same order and number.
    ///
    /// # Errors
    /// When any of them is not in the tree, cannot be read, or does not verify.
    fn hashes(&self, nodes: &[Node]) -> Result<Vec<Hash>, Self::Error>;
}

impl<R: HashReader + ?Sized> HashReader for &R {
    type Error = R::Error;

    fn hashes(&self, nodes: &[Node]) -> Result<Vec<Hash>, Self::Error> {
        (**self).hashes(nodes)
    }
}

/// Why a Merkle proof is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MerkleError {
    /// The claimed size is beyond [`MAX_TREE_SIZE`].
    #[error(
        "a log of {0} entries is claimed: no log can have more than 2^63-1, so the claim is wrong"
    )]
    TooLarge(u64),
    /// The entry asked about lies beyond the end of the log.
    #[error(
        "entry {index} is not in a log of {size} entries: ask for an earlier entry or a later checkpoint"
    )]
    NoSuchEntry {
        /// Number of the entry, from 0.
        index: u64,
        /// Entries in the log.
        size: u64,
    },
    /// The tree that should have grown is larger than the one it should have grown into.
    #[error(
        "a log of {new} entries cannot be the continuation of one of {old}: entries were removed"
    )]
    Shrunk {
        /// Entries before.
        old: u64,
        /// Entries after.
        new: u64,
    },
    /// The proof has more or fewer hashes than sizes and index allow.
    #[error(
        "the proof has {found} hashes where this position needs {expected}: it was cut, padded or made for another log"
    )]
    WrongLength {
        /// Hashes the position needs.
        expected: usize,
        /// Hashes the proof has.
        found: usize,
    },
    /// The proof leads to another root than the one given.
    #[error(
        "the proof leads to another root than the log's: entry, position or proof is not the one that was recorded"
    )]
    RootMismatch,
}

/// Why a proof could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ProveError<E: std::error::Error + 'static> {
    /// What was asked for does not exist.
    #[error(transparent)]
    Impossible(#[from] MerkleError),
    /// The hashes could not be read.
    #[error("the log's hashes cannot be read: {0}")]
    Read(#[source] E),
    /// The reader broke its contract.
    #[error("the reader gave {found} hashes for {expected} nodes: its implementation is at fault")]
    Reader {
        /// Nodes asked for.
        expected: usize,
        /// Hashes received.
        found: usize,
    },
}

/// The root of the tree over `entries` (RFC 6962 MTH), for short lists held in memory.
pub fn root_of<T: AsRef<[u8]>>(entries: impl IntoIterator<Item = T>) -> Hash {
    let mut frontier = super::Frontier::new();
    for entry in entries {
        frontier.append(leaf_hash(entry.as_ref()));
    }
    frontier.root()
}

pub(crate) fn check_size(size: u64) -> Result<(), MerkleError> {
    if size > MAX_TREE_SIZE {
        Err(MerkleError::TooLarge(size))
    } else {
        Ok(())
    }
}

/// The largest power of two smaller than `len`: where RFC 6962 splits a tree of `len` leaves.
/// `len` must be at least 2.
pub(crate) fn split_point(len: u64) -> u64 {
    debug_assert!(len >= 2);
    1 << (len - 1).ilog2()
}

/// The complete nodes that make up leaves `start..end`, from left to right, largest first.
/// `start` must be a multiple of the largest of them, as it is for every subtree of RFC 6962.
pub(crate) fn complete_nodes(mut start: u64, end: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    while start < end {
        let level = (end - start).ilog2();
        debug_assert_eq!(
            start % (1 << level),
            0,
            "subtree {start}..{end} is not aligned"
        );
        nodes.push(Node {
            level: level as u8,
            index: start >> level,
        });
        start += 1 << level;
    }
    nodes
}

/// The hash over neighbouring subtrees, given from left to right; `None` for no subtree.
pub(crate) fn fold(hashes: &[Hash]) -> Option<Hash> {
    hashes
        .iter()
        .rev()
        .copied()
        .reduce(|right, left| node_hash(&left, &right))
}

/// Reads the hashes of several ranges of leaves at once, each folded from its complete nodes.
pub(crate) fn range_hashes<R>(
    ranges: &[(u64, u64)],
    reader: &R,
) -> Result<Vec<Hash>, ProveError<R::Error>>
where
    R: HashReader + ?Sized,
    R::Error: 'static,
{
    let parts: Vec<Vec<Node>> = ranges
        .iter()
        .map(|&(start, end)| complete_nodes(start, end))
        .collect();
    let nodes = parts.concat();
    let hashes = reader.hashes(&nodes).map_err(ProveError::Read)?;
    if hashes.len() != nodes.len() {
        return Err(ProveError::Reader {
            expected: nodes.len(),
            found: hashes.len(),
        });
    }
    let mut rest = hashes.as_slice();
    let mut folded = Vec::with_capacity(parts.len());
    for part in &parts {
        let (mine, others) = rest.split_at(part.len());
        folded.push(fold(mine).expect("a range of a proof is never empty"));
        rest = others;
    }
    Ok(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_made_of_one_complete_node_a_bit_of_its_size() {
        let nodes = complete_nodes(0, 11);
        let expected = [(3, 0), (1, 4), (0, 10)].map(|(level, index)| Node { level, index });
        assert_eq!(nodes, expected);
        assert_eq!(complete_nodes(0, MAX_TREE_SIZE).len(), 63);
        assert!(complete_nodes(0, 0).is_empty());
    }

    #[test]
    fn a_node_is_in_the_tree_only_when_its_last_leaf_is() {
        assert!(Node { level: 3, index: 0 }.is_in_tree(8));
        assert!(!Node { level: 3, index: 0 }.is_in_tree(7));
        assert!(!Node { level: 0, index: 7 }.is_in_tree(7));
        assert!(
            !Node {
                level: 255,
                index: 0
            }
            .is_in_tree(MAX_TREE_SIZE)
        );
    }
}
