//! A small log in memory, and the proptest settings all tests share.

use onrecord_archive::tlog::{
    EntryBundle, Hash, MemoryTiles, RightEdge, TilePath, TileReader, bundles_of_tree, leaf_hash,
};
use proptest::test_runner::Config;

/// A log of `size` made-up entries with all its tiles and bundles.
pub struct Log {
    pub entries: Vec<Vec<u8>>,
    pub tiles: MemoryTiles,
    pub root: Hash,
}

impl Log {
    pub fn new(size: u64) -> Log {
        let entries: Vec<Vec<u8>> = (0..size).map(entry).collect();
        let mut edge = RightEdge::new();
        entries
            .iter()
            .for_each(|entry| edge.append(leaf_hash(entry)));
        let mut tiles: MemoryTiles = edge
            .take_tiles()
            .into_iter()
            .map(|tile| (tile.path, tile.data))
            .collect();
        for path in bundles_of_tree(size) {
            tiles.insert(path, bundle(&entries, path).into_bytes());
        }
        Log {
            entries,
            tiles,
            root: edge.root(),
        }
    }

    pub fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    pub fn reader(&self) -> TileReader<&MemoryTiles> {
        TileReader::new(self.size(), self.root, &self.tiles).unwrap()
    }
}

/// Entry `index`: of varying length, among them empty ones.
pub fn entry(index: u64) -> Vec<u8> {
    format!("entry {index} ")
        .repeat((index % 4) as usize)
        .into_bytes()
}

/// The bundle at `path`, from all entries of the log.
pub fn bundle(entries: &[Vec<u8>], path: TilePath) -> EntryBundle {
    let start = path.index() as usize * 256;
    let mut bundle = EntryBundle::new();
    for entry in &entries[start..start + usize::from(path.width())] {
        bundle.push(entry).unwrap();
    }
    bundle
}

/// `cases` random cases; failures are printed, never written into the source tree.
pub fn cases(cases: u32) -> Config {
    Config {
        failure_persistence: None,
        ..Config::with_cases(cases)
    }
}
