//! The right edge of a tiled tree: all that a writer keeps in memory to go on appending.
//!
//! Invariant: each level holds fewer than 256 hashes, those of its unfinished tile; a level that
//! reaches 256 gives a full tile away and passes one hash up. Memory stays below 64 KiB plus the
//! tiles not yet taken.

use super::hash::{Hash, node_hash};
use super::merkle::{MAX_TREE_SIZE, fold};
use super::reader::{ReadError, TileReader};
use super::source::TileSource;
use super::tile::{TILE_WIDTH, TileKind, TilePath};

/// A tile to be stored under its name, never to be changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The name.
    pub path: TilePath,
    /// The bytes: 32 for each hash.
    pub data: Vec<u8>,
}

/// The unfinished tiles of a growing tree. Cheap to clone: append to a clone, store its tiles, sign,
/// and keep the clone only when all of that succeeded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RightEdge {
    size: u64,
    /// Size when tiles were last taken: what is stored already.
    taken: u64,
    /// The hashes of the unfinished tile of each level, from level 0.
    levels: Vec<Vec<Hash>>,
    /// Tiles finished since tiles were last taken.
    finished: Vec<Tile>,
}

impl RightEdge {
    /// The edge of the tree without entries.
    #[must_use]
    pub fn new() -> RightEdge {
        RightEdge::default()
    }

    /// Continues a stored log whose size and root are known from a verified checkpoint. Reads one
    /// partial tile a level and checks them against the root.
    ///
    /// # Errors
    /// When a tile is missing, damaged, or not of this tree.
    pub fn load<S: TileSource>(size: u64, root: Hash, source: S) -> Result<RightEdge, ReadError> {
        let reader = TileReader::new(size, root, source)?;
        Ok(RightEdge {
            size,
            taken: size,
            levels: reader.edge_hashes(),
            finished: Vec::new(),
        })
    }

    /// Entries in the tree.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree as it is now.
    #[must_use]
    pub fn root(&self) -> Hash {
        // Complete subtrees from right to left: within a level the smallest is the rightmost.
        let mut peaks = Vec::new();
        for hashes in &self.levels {
            let mut rest = hashes.as_slice();
            while !rest.is_empty() {
                let (left, peak) = rest.split_at(rest.len() - (1 << rest.len().trailing_zeros()));
                peaks.push(complete_root(peak));
                rest = left;
            }
        }
        peaks.reverse();
        fold(&peaks).unwrap_or_else(Hash::of_empty_tree)
    }

    /// Adds the leaf with this hash at the right end.
    ///
    /// # Panics
    /// When the tree would exceed [`MAX_TREE_SIZE`], which takes centuries of appending.
    pub fn append(&mut self, leaf: Hash) {
        assert!(
            self.size < MAX_TREE_SIZE,
            "a log holds fewer than 2^63 entries"
        );
        self.size += 1;
        let mut hash = leaf;
        let mut nodes = self.size;
        for level in 0_u8.. {
            if self.levels.len() == usize::from(level) {
                self.levels
                    .push(Vec::with_capacity(usize::from(TILE_WIDTH)));
            }
            let hashes = &mut self.levels[usize::from(level)];
            hashes.push(hash);
            if hashes.len() < usize::from(TILE_WIDTH) {
                break;
            }
            nodes /= u64::from(TILE_WIDTH);
            hash = complete_root(hashes);
            self.finished.push(tile(level, nodes - 1, hashes));
            hashes.clear();
        }
    }

    /// The tiles that must be stored before the tree as it is now may be signed: those finished or
    /// grown since tiles were last taken, by level, from left to right.
    #[must_use]
    pub fn take_tiles(&mut self) -> Vec<Tile> {
        let mut tiles = std::mem::take(&mut self.finished);
        for (level, hashes) in (0_u8..).zip(&self.levels) {
            let unit = u32::from(level) * 8;
            let (before, now) = (self.taken >> unit, self.size >> unit);
            if now > before && !hashes.is_empty() {
                tiles.push(tile(level, now / u64::from(TILE_WIDTH), hashes));
            }
        }
        tiles.sort_by_key(|tile| tile.path);
        self.taken = self.size;
        tiles
    }
}

/// The root over a power of two of neighbouring hashes.
fn complete_root(hashes: &[Hash]) -> Hash {
    debug_assert!(hashes.len().is_power_of_two());
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[left, right]| node_hash(left, right))
            .collect();
    }
    row[0]
}

fn tile(level: u8, index: u64, hashes: &[Hash]) -> Tile {
    let path = TilePath::hashes(level, index, hashes.len() as u16)
        .expect("an edge has tiles of 1 to 256 hashes");
    debug_assert_eq!(path.kind(), TileKind::Hashes(level));
    Tile {
        path,
        data: hashes.iter().flat_map(|hash| hash.0).collect(),
    }
}
