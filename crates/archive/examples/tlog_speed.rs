//! Measures the transparency-log core on this machine: `cargo run --release -p onrecord-archive
//! --example tlog_speed`. Everything is in memory, on one core; ratios hold, figures vary.
#![allow(clippy::print_stdout, reason = "printing figures is what it is for")]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use onrecord_archive::tlog::{
    Checkpoint, EntryBundle, Frontier, Hash, MemoryTiles, RightEdge, Signer, TileReader,
    bundles_of_tree, leaf_hash, prove_consistency, prove_inclusion, verify_inclusion,
};

const ENTRIES: u64 = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let entry = |index: u64| [index.to_le_bytes(); 32].concat();
    let (leaves, time) = timed(|| {
        (0..ENTRIES)
            .map(|index| leaf_hash(&entry(index)))
            .collect::<Vec<Hash>>()
    });
    rate("leaf hashes of 256-byte entries", ENTRIES, time);

    let (frontier, time) = timed(|| {
        let mut frontier = Frontier::new();
        frontier.extend(leaves.iter().copied());
        frontier
    });
    rate("appends to a frontier", ENTRIES, time);
    let ((edge, tiles), time) = timed(|| {
        let mut edge = RightEdge::new();
        leaves.iter().for_each(|leaf| edge.append(*leaf));
        let tiles = edge.take_tiles();
        (edge, tiles)
    });
    rate("appends to a right edge, tiles made", ENTRIES, time);
    assert_eq!(edge.root(), frontier.root());

    let mut stored: MemoryTiles = tiles
        .into_iter()
        .map(|tile| (tile.path, tile.data))
        .collect();
    for path in bundles_of_tree(ENTRIES) {
        let start = path.index() * 256;
        let mut bundle = EntryBundle::new();
        (start..start + u64::from(path.width()))
            .try_for_each(|index| bundle.push(&entry(index)))?;
        stored.insert(path, bundle.into_bytes());
    }

    let (size, root) = (edge.size(), edge.root());
    let indexes: Vec<u64> = (0..1000).map(|step| step * 7919 * 131 % ENTRIES).collect();
    let (_, time) = timed(|| {
        for index in &indexes {
            let reader = TileReader::new(size, root, &stored).expect("the log is whole");
            black_box(prove_inclusion(size, *index, &reader).expect("the log is whole"));
        }
    });
    each(
        "inclusion proof from an unopened log, every tile verified",
        indexes.len(),
        time,
    );
    let reader = TileReader::new(size, root, &stored)?;
    let (proofs, time) = timed(|| {
        indexes
            .iter()
            .map(|index| prove_inclusion(size, *index, &reader))
            .collect::<Vec<_>>()
    });
    each("inclusion proof from an open reader", indexes.len(), time);
    let proofs = proofs.into_iter().collect::<Result<Vec<_>, _>>()?;
    let (_, time) = timed(|| {
        for (index, proof) in indexes.iter().zip(&proofs) {
            verify_inclusion(size, &root, *index, leaves[*index as usize], proof)
                .expect("it was just proven");
        }
    });
    each("inclusion proof checked", indexes.len(), time);
    let (_, time) = timed(|| {
        indexes
            .iter()
            .for_each(|old| drop(black_box(prove_consistency(*old, size, &reader))));
    });
    each("consistency proof from an open reader", indexes.len(), time);

    let (_, time) = timed(|| {
        for path in bundles_of_tree(size) {
            black_box(reader.bundle(path.index()).expect("the log is whole"));
        }
    });
    rate("entries read, all verified", ENTRIES, time);
    let (_, time) = timed(|| RightEdge::load(size, root, &stored));
    each("a writer reopens the log", 1, time);

    let signer = Signer::new("onrecord.example/speed", &[1; 32])?;
    let checkpoint = Checkpoint::new("onrecord.example/speed", size, root)?;
    let (signed, time) = timed(|| {
        (0..1000)
            .map(|_| checkpoint.sign(&signer))
            .collect::<Result<Vec<_>, _>>()
    });
    each("checkpoint signed", 1000, time);
    let (signed, keys) = (signed?, [signer.verifier_key()]);
    let (_, time) = timed(|| {
        signed.iter().for_each(|note| {
            drop(black_box(Checkpoint::open(
                note.as_bytes(),
                "onrecord.example/speed",
                &keys,
            )))
        });
    });
    each("checkpoint opened", 1000, time);
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn rate(what: &str, count: u64, time: Duration) {
    println!(
        "{what}: {:.2} million a second",
        count as f64 / time.as_secs_f64() / 1e6
    );
}

fn each(what: &str, count: usize, time: Duration) {
    println!("{what}: {:.1} µs", time.as_secs_f64() * 1e6 / count as f64);
}
