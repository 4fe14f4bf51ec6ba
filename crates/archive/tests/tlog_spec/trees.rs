//! Roots, proofs and tiles of growing trees, compared with `ct-merkle`.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof};
use onrecord_archive::tlog::{
    Frontier, Hash, MemoryTiles, MerkleError, Node, RightEdge, TileReader, leaf_hash,
    prove_consistency, prove_inclusion, root_of, tiles_of_tree, tiles_to_write, verify_consistency,
    verify_inclusion,
};
use proptest::prelude::*;
use sha2::Sha256;

use super::common::{Log, cases, entry};

type Oracle = MemoryBackedTree<Sha256, Vec<u8>>;

fn oracle(size: u64) -> Oracle {
    let mut tree = Oracle::new();
    (0..size).for_each(|index| tree.push(entry(index)));
    tree
}

fn root_of_oracle(tree: &Oracle) -> Hash {
    Hash((*tree.root().as_bytes()).into())
}

fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn roots_and_proofs_are_those_of_an_independent_implementation(size in 1_u64..2000, a in any::<u64>(), b in any::<u64>()) {
        let (index, old) = (a % size, 1 + b % size);
        let (log, oracle) = (Log::new(size), oracle(size));
        prop_assert_eq!(log.root, root_of_oracle(&oracle));
        prop_assert_eq!(log.root, root_of(&log.entries));

        let reader = log.reader();
        let inclusion = prove_inclusion(size, index, &reader).unwrap();
        let theirs = oracle.prove_inclusion(index as usize);
        prop_assert_eq!(&bytes(&inclusion)[..], theirs.as_bytes());
        let parsed = InclusionProof::<Sha256>::try_from_bytes(bytes(&inclusion)).unwrap();
        prop_assert!(oracle.root().verify_inclusion(&entry(index), index, &parsed).is_ok());
        prop_assert_eq!(verify_inclusion(size, &log.root, index, leaf_hash(&entry(index)), &inclusion), Ok(()));

        let consistency = prove_consistency(old, size, &reader).unwrap();
        let theirs = oracle.prove_consistency((size - old) as usize);
        prop_assert_eq!(&bytes(&consistency)[..], theirs.as_bytes());
        let old_root = root_of(&log.entries[..old as usize]);
        prop_assert_eq!(verify_consistency(old, &old_root, size, &log.root, &consistency), Ok(()));
    }

    #[test]
    fn a_log_written_in_batches_has_the_tiles_of_one_written_at_once(batches in prop::collection::vec(0_u64..400, 1..8)) {
        let mut stored = MemoryTiles::new();
        let mut edge = RightEdge::new();
        for batch in batches {
            let old = edge.size();
            (old..old + batch).for_each(|index| edge.append(leaf_hash(&entry(index))));
            let written = edge.take_tiles();
            let names: Vec<_> = written.iter().map(|tile| tile.path).collect();
            prop_assert_eq!(&names, &tiles_to_write(old, edge.size()).collect::<Vec<_>>());
            for tile in written {
                prop_assert_eq!(stored.insert(tile.path, tile.data), None, "a stored tile is never written again");
            }
            // A writer that starts anew goes on where the other one stopped.
            let reopened = RightEdge::load(edge.size(), edge.root(), &stored).unwrap();
            prop_assert_eq!(&reopened, &edge);
        }
        let whole = Log::new(edge.size());
        prop_assert_eq!(edge.root(), whole.root);
        for path in tiles_of_tree(edge.size()) {
            prop_assert_eq!(&stored[&path], &whole.tiles[&path]);
        }
    }
}

#[test]
fn every_pair_of_small_sizes_proves_and_every_alteration_is_refused() {
    let roots: Vec<Hash> = (0..=40).map(|size| root_of((0..size).map(entry))).collect();
    for new in 0..=40_u64 {
        let log = Log::new(new);
        let reader = log.reader();
        for index in 0..new {
            let leaf = leaf_hash(&entry(index));
            let path = prove_inclusion(new, index, &reader).unwrap();
            let verify = |root: &Hash, index, leaf, path: &[Hash]| {
                verify_inclusion(new, root, index, leaf, path)
            };
            assert_eq!(verify(&log.root, index, leaf, &path), Ok(()));
            assert!(verify(&log.root, index, leaf_hash(b"other"), &path).is_err());
            assert!(verify(&roots[0], index, leaf, &path).is_err());
            for other in (0..=new).filter(|other| *other != index) {
                assert!(
                    verify(&log.root, other, leaf, &path).is_err(),
                    "{index} passed as {other} of {new}"
                );
            }
            for changed in altered(&path) {
                assert!(verify(&log.root, index, leaf, &changed).is_err());
            }
        }
        for old in 0..=new {
            let (old_root, new_root) = (&roots[old as usize], &log.root);
            let proof = prove_consistency(old, new, &reader).unwrap();
            assert_eq!(
                verify_consistency(old, old_root, new, new_root, &proof),
                Ok(()),
                "{old} to {new}"
            );
            for changed in altered(&proof) {
                assert!(verify_consistency(old, old_root, new, new_root, &changed).is_err());
            }
            let other = leaf_hash(b"other");
            assert!(verify_consistency(old, &other, new, new_root, &proof).is_err());
            // Nothing is known of a tree that continues the empty one.
            assert_eq!(
                verify_consistency(old, old_root, new, &other, &proof).is_ok(),
                old == 0 && new > 0
            );
            if old < new {
                assert_eq!(
                    verify_consistency(new, new_root, old, old_root, &proof),
                    Err(MerkleError::Shrunk { old: new, new: old })
                );
            }
        }
    }
}

/// The proof with each hash changed, dropped or doubled, and with neighbours swapped.
fn altered(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = vec![[proof, &[leaf_hash(b"padding")]].concat()];
    for at in 0..proof.len() {
        for bit in [0, 255] {
            let mut changed = proof.to_vec();
            changed[at].0[bit / 8] ^= 1 << (bit % 8);
            all.push(changed);
        }
        let mut dropped = proof.to_vec();
        let hash = dropped.remove(at);
        all.push(dropped.clone());
        dropped.insert(at, hash);
        dropped.insert(at, hash);
        all.push(dropped);
        if at > 0 {
            let mut swapped = proof.to_vec();
            swapped.swap(at - 1, at);
            all.push(swapped);
        }
    }
    all
}

#[test]
fn trees_around_full_tiles_match_the_independent_implementation() {
    let sizes = [
        255, 256, 257, 511, 512, 513, 65_279, 65_280, 65_535, 65_536, 65_537, 65_792, 65_793,
    ];
    let (mut oracle, mut frontier, mut edge) = (Oracle::new(), Frontier::new(), RightEdge::new());
    let mut stored = MemoryTiles::new();
    let mut seen: Vec<(u64, Hash)> = Vec::new();
    for size in sizes {
        for index in oracle.len()..size {
            oracle.push(entry(index));
            frontier.append(leaf_hash(&entry(index)));
            edge.append(leaf_hash(&entry(index)));
        }
        let root = root_of_oracle(&oracle);
        assert_eq!((frontier.root(), edge.root()), (root, root), "{size}");
        assert_eq!(
            Frontier::from_peaks(size, frontier.peaks().to_vec()).unwrap(),
            frontier
        );
        stored.extend(
            edge.take_tiles()
                .into_iter()
                .map(|tile| (tile.path, tile.data)),
        );

        let reader = TileReader::new(size, root, &stored).unwrap();
        for index in [0, 1, 254, size / 2, size - 2, size - 1] {
            let path = prove_inclusion(size, index, &reader).unwrap();
            assert_eq!(
                bytes(&path),
                oracle.prove_inclusion(index as usize).as_bytes(),
                "{index} of {size}"
            );
        }
        for (old, old_root) in &seen {
            let proof = prove_consistency(*old, size, &reader).unwrap();
            let theirs = oracle.prove_consistency((size - old) as usize);
            assert_eq!(bytes(&proof), theirs.as_bytes(), "{old} to {size}");
            assert!(ConsistencyProof::<Sha256>::try_from_bytes(bytes(&proof)).is_ok());
            assert_eq!(
                verify_consistency(*old, old_root, size, &root, &proof),
                Ok(())
            );
        }
        seen.push((size, root));
    }
}

#[test]
fn what_is_not_in_the_tree_cannot_be_proven() {
    let log = Log::new(300);
    let reader = log.reader();
    assert!(prove_inclusion(300, 300, &reader).is_err());
    assert!(
        prove_inclusion(302, 300, &reader).is_err(),
        "a larger size than the reader's"
    );
    assert!(prove_consistency(301, 300, &reader).is_err());
    assert!(
        reader.hash(Node { level: 8, index: 1 }).is_err(),
        "a node that is not complete"
    );
    assert_eq!(
        reader.hash(Node { level: 8, index: 0 }).unwrap(),
        root_of(&log.entries[..256])
    );
    assert!(Frontier::from_peaks(3, vec![log.root]).is_err());
}
