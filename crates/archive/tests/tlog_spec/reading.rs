//! What the tile reader gives and refuses when the log is whole, pruned, cut or mixed up.

use std::cell::Cell;

use onrecord_archive::tlog::{
    HashReader as _, MAX_TREE_SIZE, MemoryTiles, Node, ReadError, RightEdge, SourceError, TilePath,
    TileReader, TileSource, bundles_of_tree, leaf_hash, prove_inclusion, root_of, tiles_of_tree,
};

use super::common::{Log, bundle};

#[test]
fn every_entry_of_a_whole_log_is_read() {
    for size in [0, 1, 255, 256, 257, 513, 1025] {
        let log = Log::new(size);
        for cached in [0, 1, 64] {
            let reader = TileReader::with_cache(size, log.root, &log.tiles, cached).unwrap();
            let mut read = Vec::new();
            for path in bundles_of_tree(size) {
                read.extend(
                    reader
                        .bundle(path.index())
                        .unwrap()
                        .iter()
                        .map(<[u8]>::to_vec),
                );
            }
            assert_eq!(read, log.entries);
        }
        let reader = log.reader();
        assert!(matches!(
            reader.entry(size),
            Err(ReadError::OutsideTree { .. })
        ));
        assert!(reader.tile_hashes(7, 0).is_err());
        assert!(reader.tile_hashes(255, u64::MAX).is_err());
        assert!(
            reader
                .hash(Node {
                    level: 63,
                    index: u64::MAX
                })
                .is_err()
        );
    }
}

#[test]
fn an_older_checkpoint_is_read_from_a_log_that_has_grown_and_dropped_its_partial_tiles() {
    let log = Log::new(700);
    for size in [1, 100, 255, 256, 300, 511, 512] {
        let root = root_of(&log.entries[..size as usize]);
        // Only full pieces of the grown log remain, apart from those of its own right edge.
        let missing: Vec<TilePath> = tiles_of_tree(size)
            .filter(|path| !log.tiles.contains_key(path))
            .collect();
        match TileReader::new(size, root, &log.tiles) {
            Ok(reader) => {
                assert!(
                    missing
                        .iter()
                        .all(|path| log.tiles.contains_key(&path.full()))
                );
                assert_eq!(
                    reader.entry(size - 1).unwrap(),
                    log.entries[size as usize - 1]
                );
            }
            // The tile of level 1 is still partial in the grown log, under another name.
            Err(error) => assert!(
                matches!(error, ReadError::Missing(path) if missing.contains(&path)),
                "{error}"
            ),
        }
    }
    assert!(TileReader::new(100, root_of(&log.entries[..100]), &log.tiles).is_ok());
}

#[test]
fn a_log_of_another_size_or_root_is_refused() {
    let log = Log::new(600);
    for (size, root) in [
        (600, leaf_hash(b"")),
        (599, log.root),
        (601, log.root),
        (0, log.root),
    ] {
        assert!(TileReader::new(size, root, &log.tiles).is_err(), "{size}");
    }
    assert!(matches!(
        TileReader::new(u64::MAX, log.root, &log.tiles),
        Err(ReadError::Size(_))
    ));
    assert!(TileReader::new(MAX_TREE_SIZE, log.root, &log.tiles).is_err());
    assert!(RightEdge::load(600, leaf_hash(b""), &log.tiles).is_err());
}

#[test]
fn a_removed_cut_extended_or_exchanged_piece_is_named() {
    let log = Log::new(70_000);
    let name = |text: &str| text.parse::<TilePath>().unwrap();
    let read_all = |tiles: &MemoryTiles| -> Result<(), ReadError> {
        let reader = TileReader::new(log.size(), log.root, tiles)?;
        // Entries 256.. use tile/0/001 and tile/1/000; entry 69_999 the right edge.
        reader.bundle(1)?;
        reader.bundle(273).map(drop)
    };
    read_all(&log.tiles).unwrap();
    for text in [
        "tile/0/001",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/001",
        "tile/entries/273.p/112",
    ] {
        let path = name(text);
        let mut without = log.tiles.clone();
        let bytes = without.remove(&path).unwrap();
        let error = read_all(&without).unwrap_err();
        assert!(
            matches!(error, ReadError::Missing(missing) if missing == path),
            "{error}"
        );
        let other = if text.contains("entries") {
            name("tile/entries/002")
        } else {
            name("tile/0/002")
        };
        let changes: [Vec<u8>; 6] = [
            Vec::new(),
            bytes[..bytes.len() - 1].to_vec(),
            bytes[..bytes.len() - 32.min(bytes.len())].to_vec(),
            [&bytes[..], &[0]].concat(),
            [&bytes[..], &[0; 32]].concat(),
            log.tiles[&other].clone(),
        ];
        for changed in changes {
            let mut tampered = log.tiles.clone();
            tampered.insert(path, changed);
            let error = read_all(&tampered).unwrap_err().to_string();
            assert!(error.contains(text), "{text}: {error}");
        }
    }
}

#[test]
fn a_bundle_that_is_valid_in_itself_but_not_recorded_is_refused() {
    let log = Log::new(300);
    let path: TilePath = "tile/entries/001.p/44".parse().unwrap();
    let mut forged = log.entries.clone();
    forged[299] = b"forged".to_vec();
    let mut tampered = log.tiles.clone();
    tampered.insert(path, bundle(&forged, path).into_bytes());
    let reader = TileReader::new(300, log.root, &tampered).unwrap();
    assert!(matches!(
        reader.bundle(1),
        Err(ReadError::EntryMismatch { index: 299, .. })
    ));
    assert_eq!(
        reader.entry(255).unwrap(),
        log.entries[255],
        "the other bundle is not affected"
    );
    // With one entry more than the log has, all of them genuine as far as they go.
    tampered.insert(path, [log.tiles[&path].as_slice(), &[0, 0]].concat());
    let reader = TileReader::new(300, log.root, &tampered).unwrap();
    assert!(matches!(
        reader.bundle(1),
        Err(ReadError::WrongEntryCount {
            expected: 44,
            found: 45,
            ..
        })
    ));
}

#[test]
fn a_flipped_bit_in_a_full_tile_is_seen_although_many_hashes_are_asked_for_at_once() {
    // Readers that begin to check tiles after as many as there are subtree roots let this pass:
    // at this size six complete subtrees share three tiles.
    let mut log = Log::new(70_000);
    let path: TilePath = "tile/0/048".parse().unwrap();
    log.tiles.get_mut(&path).unwrap()[100] ^= 1;
    let nodes: Vec<Node> = (48 * 256..49 * 256)
        .map(|index| Node { level: 0, index })
        .collect();
    for first in 0..nodes.len() {
        assert!(
            matches!(log.reader().hashes(&nodes[first..]), Err(ReadError::TileMismatch { path: bad }) if bad == path)
        );
    }
    assert!(prove_inclusion(70_000, 48 * 256, &log.reader()).is_err());
    // Its neighbour needs no hash of it, only its root, which stands in the tile above.
    assert!(prove_inclusion(70_000, 49 * 256, &log.reader()).is_ok());
    assert!(prove_inclusion(70_000, 0, &log.reader()).is_ok());
}

#[test]
fn a_source_that_fails_is_not_taken_for_an_empty_one() {
    struct Failing;
    impl TileSource for Failing {
        fn tile(&self, _: &TilePath) -> Result<Vec<u8>, SourceError> {
            Err(SourceError::failed("the disk does not answer"))
        }
    }
    let error = TileReader::new(1, leaf_hash(b""), Failing).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("tile/0/000.p/1: it could not be read: the disk does not answer"),
        "{error}"
    );
}

/// A log that counts how often its tiles are read.
struct Counting<'a>(&'a MemoryTiles, Cell<usize>);

impl TileSource for Counting<'_> {
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError> {
        self.1.set(self.1.get() + 1);
        self.0.tile(path)
    }
}

#[test]
fn as_many_tiles_are_kept_as_was_asked_for_and_those_used_last() {
    let log = Log::new(2000);
    // Reads, with a cache of `capacity`, the first hash of each of these tiles of leaves.
    let reads = |capacity, order: &[u64]| {
        let source = Counting(&log.tiles, Cell::new(0));
        let reader = TileReader::with_cache(log.size(), log.root, &source, capacity).unwrap();
        let before = source.1.get();
        for tile in order {
            reader
                .hash(Node {
                    level: 0,
                    index: tile * 256,
                })
                .unwrap();
        }
        source.1.get() - before
    };
    assert_eq!(reads(0, &[0, 0, 0]), 3);
    assert_eq!(reads(1, &[0, 0, 0]), 1);
    assert_eq!(reads(1, &[0, 1, 0, 1]), 4);
    assert_eq!(reads(2, &[0, 1, 0, 1]), 2);
    // Tile 0 was used after tile 1, so tile 2 takes the place of tile 1.
    assert_eq!(reads(2, &[0, 1, 0, 2, 0]), 3);
    assert_eq!(reads(2, &[0, 1, 0, 2, 1]), 4);
}
