//! The hashes of a stored log, put together from below: what each tile must be, given the entries.
//!
//! Invariant: nothing here is believed; [`Tree::root`] is compared with the signed root.

use crate::log::complete_root;
use crate::tlog::{Hash, node_hash};

/// Hashes in a full tile.
pub(super) const WIDTH: usize = 256;

/// The hashes of every tile level above the leaves, and the leaves that fill no tile.
#[derive(Default)]
pub(super) struct Tree {
    /// `levels[l - 1]`: the hashes of tile level `l`, from the left.
    levels: Vec<Vec<Hash>>,
    /// Leaf hashes to the right of the last full tile.
    pub rest: Vec<Hash>,
}

impl Tree {
    /// Adds the root of the next full tile of leaves.
    pub(super) fn push_full(&mut self, mut root: Hash) {
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let hashes = &mut self.levels[level];
            hashes.push(root);
            if !hashes.len().is_multiple_of(WIDTH) {
                break;
            }
            root = complete_root(&hashes[hashes.len() - WIDTH..]);
        }
    }

    /// The hashes of a tile above the leaves, as many as there are.
    pub(super) fn tile(&self, level: u8, index: u64) -> &[Hash] {
        let hashes = usize::from(level)
            .checked_sub(1)
            .and_then(|level| self.levels.get(level));
        let start = usize::try_from(index)
            .ok()
            .and_then(|index| index.checked_mul(WIDTH));
        match (hashes, start) {
            (Some(hashes), Some(start)) if start < hashes.len() => {
                &hashes[start..hashes.len().min(start + WIDTH)]
            }
            _ => &[],
        }
    }

    /// The root of the whole.
    pub(super) fn root(&self) -> Hash {
        // Complete subtrees, from the largest to the smallest.
        let mut peaks = Vec::new();
        let rows = self.levels.iter().rev().chain(std::iter::once(&self.rest));
        for row in rows {
            let mut rest = &row[row.len() / WIDTH * WIDTH..];
            while !rest.is_empty() {
                let (peak, right) = rest.split_at(1 << rest.len().ilog2());
                peaks.push(complete_root(peak));
                rest = right;
            }
        }
        let mut peaks = peaks.into_iter().rev();
        match peaks.next() {
            Some(last) => peaks.fold(last, |right, left| node_hash(&left, &right)),
            None => Hash::of_empty_tree(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlog::{Frontier, leaf_hash};

    #[test]
    fn the_root_is_that_of_the_leaves() {
        for size in [
            0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 66_000, 131_073,
        ] {
            let leaves: Vec<Hash> = (0..size)
                .map(|n: u32| leaf_hash(&n.to_be_bytes()))
                .collect();
            let mut frontier = Frontier::new();
            frontier.extend(leaves.iter().copied());
            let mut tree = Tree::default();
            let (full, rest) = leaves.split_at(leaves.len() / WIDTH * WIDTH);
            full.chunks(WIDTH)
                .for_each(|tile| tree.push_full(complete_root(tile)));
            tree.rest = rest.to_vec();
            assert_eq!(tree.root(), frontier.root(), "size {size}");
        }
    }
}
