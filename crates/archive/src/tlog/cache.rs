//! Tiles in memory: the nodes that a tile implies, and the verified tiles that were used last.
//!
//! Invariant: the cache knows nothing of trust; only [`TileReader`](super::TileReader) fills it, and
//! only with tiles it has checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::hash::{Hash, node_hash};
use super::merkle::Node;
use super::tile::TILE_HEIGHT;

/// The hashes of a tile and all complete nodes above them, so that each is computed once.
#[derive(Debug)]
pub(super) struct TileTree {
    /// Row 0 holds the tile's hashes, row `r` the complete nodes `r` levels above them.
    pub(super) rows: Vec<Vec<Hash>>,
}

impl TileTree {
    pub(super) fn new(hashes: Vec<Hash>) -> TileTree {
        let mut rows = vec![hashes];
        while let Some(row) = rows.last().filter(|row| row.len() > 1) {
            rows.push(
                row.as_chunks::<2>()
                    .0
                    .iter()
                    .map(|[left, right]| node_hash(left, right))
                    .collect(),
            );
        }
        TileTree { rows }
    }

    /// The hash that the parent tile must hold; `None` when the tile is not full.
    pub(super) fn root(&self) -> Option<Hash> {
        self.rows.get(usize::from(TILE_HEIGHT))?.first().copied()
    }

    /// The node, if this tile (which must be the one the node is in) holds all of it.
    pub(super) fn node(&self, node: Node) -> Option<Hash> {
        let row = node.level % TILE_HEIGHT;
        let place = node.index & ((1 << (TILE_HEIGHT - row)) - 1);
        self.rows
            .get(usize::from(row))?
            .get(place as usize)
            .copied()
    }
}

/// The verified full tiles last used.
#[derive(Debug)]
pub(super) struct Cache {
    capacity: usize,
    clock: u64,
    tiles: BTreeMap<(u8, u64), (u64, Arc<TileTree>)>,
}

impl Cache {
    pub(super) fn new(capacity: usize) -> Cache {
        Cache {
            capacity,
            clock: 0,
            tiles: BTreeMap::new(),
        }
    }

    pub(super) fn get(&mut self, key: (u8, u64)) -> Option<Arc<TileTree>> {
        let (used, tile) = self.tiles.get_mut(&key)?;
        self.clock += 1;
        *used = self.clock;
        Some(Arc::clone(tile))
    }

    pub(super) fn insert(&mut self, key: (u8, u64), tile: Arc<TileTree>) {
        if self.capacity == 0 {
            return;
        }
        if self.tiles.len() >= self.capacity && !self.tiles.contains_key(&key) {
            let oldest = self
                .tiles
                .iter()
                .min_by_key(|(_, (used, _))| *used)
                .map(|(key, _)| *key);
            oldest.and_then(|key| self.tiles.remove(&key));
        }
        self.clock += 1;
        self.tiles.insert(key, (self.clock, tile));
    }
}
