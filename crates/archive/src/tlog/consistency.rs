//! Consistency proofs: the tree of `new_size` entries begins with all entries of the older tree.
//!
//! Invariant of the check: it accepts exactly one proof length for a pair of sizes, and both roots
//! are recomputed from the proof (RFC 9162 §2.1.4).

use super::hash::{Hash, node_hash};
use super::merkle::{HashReader, MerkleError, ProveError, check_size, range_hashes, split_point};

/// The hashes that show the tree of `new_size` entries to be a continuation of the one of
/// `old_size` (RFC 6962 §2.1.2). Empty when the sizes are equal or the old tree was empty.
///
/// # Errors
/// When `old_size` is the larger one, or the reader fails.
pub fn prove_consistency<R>(
    old_size: u64,
    new_size: u64,
    reader: &R,
) -> Result<Vec<Hash>, ProveError<R::Error>>
where
    R: HashReader + ?Sized,
    R::Error: 'static,
{
    check_sizes(old_size, new_size)?;
    if old_size == 0 || old_size == new_size {
        return Ok(Vec::new());
    }
    range_hashes(&ranges(old_size, new_size), reader)
}

/// Checks that the tree with `new_root` is a continuation of the one with `old_root`.
///
/// An empty old tree is a prefix of every tree: then the proof must be empty and the old root that
/// of the empty tree.
///
/// # Errors
/// When it is not, or the proof does not show it.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), MerkleError> {
    check_sizes(old_size, new_size)?;
    let expected = proof_len(old_size, new_size);
    if proof.len() != expected {
        return Err(MerkleError::WrongLength {
            expected,
            found: proof.len(),
        });
    }
    let matches = if old_size == 0 {
        *old_root == Hash::of_empty_tree() && (new_size > 0 || new_root == old_root)
    } else if old_size == new_size {
        old_root == new_root
    } else {
        roots_from_proof(old_size, old_root, new_size, proof) == Some((*old_root, *new_root))
    };
    if matches {
        Ok(())
    } else {
        Err(MerkleError::RootMismatch)
    }
}

/// The roots of both trees as the proof has them; `None` when it runs out of hashes.
fn roots_from_proof(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    proof: &[Hash],
) -> Option<(Hash, Hash)> {
    let mut rest = proof.iter();
    // Start at the largest subtree that ends where the old tree ends. When that is the old tree
    // itself, its hash is the old root, which the proof leaves out.
    let rise = old_size.trailing_zeros();
    let mut node = (old_size - 1) >> rise;
    let mut border = (new_size - 1) >> rise;
    let first = if old_size.is_power_of_two() {
        *old_root
    } else {
        *rest.next()?
    };
    let (mut old, mut new) = (first, first);
    for sibling in rest {
        if border == 0 {
            return None;
        }
        if node & 1 == 1 || node == border {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            // A node without right neighbour moves up unchanged until it is a right child.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                border >>= 1;
            }
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        border >>= 1;
    }
    (border == 0).then_some((old, new))
}

/// The ranges of leaves whose hashes are the proof, in its order; `0 < old_size < new_size`.
fn ranges(old_size: u64, new_size: u64) -> Vec<(u64, u64)> {
    let mut ranges = Vec::new();
    let (mut start, mut end) = (0, new_size);
    while end != old_size {
        let middle = start + split_point(end - start);
        if old_size <= middle {
            ranges.push((middle, end));
            end = middle;
        } else {
            ranges.push((start, middle));
            start = middle;
        }
    }
    // What remains ends with the old tree. If it is the whole old tree, the verifier knows it.
    if start != 0 {
        ranges.push((start, end));
    }
    ranges.reverse();
    ranges
}

fn proof_len(old_size: u64, new_size: u64) -> usize {
    if old_size == 0 || old_size == new_size {
        0
    } else {
        ranges(old_size, new_size).len()
    }
}

fn check_sizes(old: u64, new: u64) -> Result<(), MerkleError> {
    check_size(old)?;
    check_size(new)?;
    if old > new {
        Err(MerkleError::Shrunk { old, new })
    } else {
        Ok(())
    }
}
