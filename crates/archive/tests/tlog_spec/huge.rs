//! Sizes that no test can build, up to the largest: a log whose entries are all the same has, at
//! each level, one and the same hash, so its tiles can be made up on demand.

use onrecord_archive::tlog::{
    Frontier, Hash, MAX_TREE_SIZE, SourceError, TileKind, TilePath, TileReader, TileSource,
    leaf_hash, node_hash, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

use super::common::cases;

/// The hash of the complete node at each level when every entry is `same`.
struct Uniform(Vec<Hash>);

impl Uniform {
    fn new() -> Uniform {
        let mut levels = vec![leaf_hash(b"same")];
        while levels.len() < 64 {
            let below = levels[levels.len() - 1];
            levels.push(node_hash(&below, &below));
        }
        Uniform(levels)
    }

    /// MTH(D[n]) exactly as RFC 6962 §2.1 defines it: split at the largest power of two below n.
    fn root(&self, size: u64) -> Hash {
        match size {
            0 => Hash::of_empty_tree(),
            1 => self.0[0],
            _ => {
                let level = (0..63).rev().find(|level| 1 << level < size).unwrap();
                node_hash(&self.0[level], &self.root(size - (1 << level)))
            }
        }
    }
}

impl TileSource for Uniform {
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError> {
        match path.kind() {
            TileKind::Hashes(level) => Ok(self.0[8 * usize::from(level)]
                .0
                .repeat(usize::from(path.width()))),
            TileKind::Entries => Err(SourceError::Missing),
        }
    }
}

fn check(size: u64, old: u64, index: u64) {
    let uniform = Uniform::new();
    let (root, old_root) = (uniform.root(size), uniform.root(old));
    let peaks = (0..63)
        .rev()
        .filter(|level| size >> level & 1 == 1)
        .map(|level| uniform.0[level])
        .collect();
    assert_eq!(Frontier::from_peaks(size, peaks).unwrap().root(), root);

    let reader = TileReader::new(size, root, &uniform).unwrap();
    let path = prove_inclusion(size, index, &reader).unwrap();
    assert!(path.len() <= 63);
    assert_eq!(
        verify_inclusion(size, &root, index, uniform.0[0], &path),
        Ok(()),
        "{index} of {size}"
    );
    assert!(verify_inclusion(size, &root, index, uniform.0[1], &path).is_err());
    assert!(
        verify_inclusion(size, &old_root, index, uniform.0[0], &path).is_err() || old_root == root
    );

    let proof = prove_consistency(old, size, &reader).unwrap();
    assert_eq!(
        verify_consistency(old, &old_root, size, &root, &proof),
        Ok(()),
        "{old} to {size}"
    );
    assert!(
        verify_consistency(old, &uniform.0[1], size, &root, &proof).is_err()
            || old_root == uniform.0[1]
    );
    assert!(TileReader::new(size, uniform.root(size - 1), &uniform).is_err());
}

#[test]
fn trees_around_every_power_of_256_prove_and_verify() {
    for power in 1..8 {
        let full = 256_u64.checked_pow(power).unwrap();
        for size in [
            full - 1,
            full,
            full + 1,
            full + 255,
            full + 256,
            full * 100 + 7,
        ]
        .map(|size| size.min(MAX_TREE_SIZE))
        {
            for index in [0, size / 3, size - 1] {
                check(size, (size / 2).max(1), index);
                check(size, size - 1, index);
            }
        }
    }
    check(MAX_TREE_SIZE, MAX_TREE_SIZE - 1, MAX_TREE_SIZE - 1);
    check(MAX_TREE_SIZE, 1 << 62, 1 << 62);
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_size_proves_and_verifies(size in 1..=MAX_TREE_SIZE, shift in 0_u32..62, a in any::<u64>(), b in any::<u64>()) {
        let size = (size >> shift).max(1);
        check(size, 1 + a % size, b % size);
    }
}
