//! Inclusion proofs: entry `index` is in the tree of `size` entries that has this root.
//!
//! Invariant of the check: a proof of the wrong length is refused before anything is hashed, so
//! sizes and hashes from a hostile file cost at most 63 hashes (RFC 9162 §2.1.3).

use super::hash::{Hash, node_hash};
use super::merkle::{HashReader, MerkleError, ProveError, check_size, range_hashes, split_point};

/// The hashes that lead from entry `index` to the root of the tree of `size` entries: the sibling
/// of the leaf first, the child of the root last (RFC 6962 §2.1.1).
///
/// # Errors
/// When there is no such entry, or the reader fails.
pub fn prove_inclusion<R>(
    size: u64,
    index: u64,
    reader: &R,
) -> Result<Vec<Hash>, ProveError<R::Error>>
where
    R: HashReader + ?Sized,
    R::Error: 'static,
{
    check_entry(size, index)?;
    let mut siblings = Vec::new();
    let (mut start, mut end) = (0, size);
    while end - start > 1 {
        let middle = start + split_point(end - start);
        if index < middle {
            siblings.push((middle, end));
            end = middle;
        } else {
            siblings.push((start, middle));
            start = middle;
        }
    }
    siblings.reverse();
    range_hashes(&siblings, reader)
}

/// The root that `path` leads to from the leaf at `index` in a tree of `size` entries. Whoever
/// calls this must compare the result with a root that is trusted.
///
/// # Errors
/// When there is no such entry or the path has the wrong length for it.
pub fn root_from_inclusion(
    size: u64,
    index: u64,
    leaf: Hash,
    path: &[Hash],
) -> Result<Hash, MerkleError> {
    check_entry(size, index)?;
    let last = size - 1;
    // Up to the height at which `index` and the last entry meet every level has a sibling; above
    // it only those where the way to the last entry goes right.
    let meeting = u64::BITS - (index ^ last).leading_zeros();
    let expected = (meeting + (last >> meeting).count_ones()) as usize;
    if path.len() != expected {
        return Err(MerkleError::WrongLength {
            expected,
            found: path.len(),
        });
    }
    let (mut node, mut border) = (index, last);
    let mut hash = leaf;
    for sibling in path {
        if node & 1 == 1 || node == border {
            hash = node_hash(sibling, &hash);
            // A node without right neighbour moves up unchanged until it is a right child.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                border >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        border >>= 1;
    }
    Ok(hash)
}

/// Checks that the leaf with hash `leaf` is entry `index` of the tree with `size` entries and `root`.
///
/// # Errors
/// When it is not, or the proof does not show it.
pub fn verify_inclusion(
    size: u64,
    root: &Hash,
    index: u64,
    leaf: Hash,
    path: &[Hash],
) -> Result<(), MerkleError> {
    if root_from_inclusion(size, index, leaf, path)? == *root {
        Ok(())
    } else {
        Err(MerkleError::RootMismatch)
    }
}

fn check_entry(size: u64, index: u64) -> Result<(), MerkleError> {
    check_size(size)?;
    if index < size {
        Ok(())
    } else {
        Err(MerkleError::NoSuchEntry { index, size })
    }
}
