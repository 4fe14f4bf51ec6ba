//! Reading on where something is damaged: entries and tiles hold the same hashes twice.
//!
//! Invariant: nothing is given that does not lead to the signed root.

use super::{BUNDLE, Log, LogTiles};
use crate::Result;
use crate::log::log_key;
use crate::store::Object;
use crate::tlog::{
    EntryBundle, Hash, MemoryTiles, Node, RightEdge, TilePath, TileSource, bundles_of_tree,
    leaf_hash, node_hash,
};
use bytes::Bytes;

/// Tree level of the root of a full tile of leaves.
const TILE_ROOT: u8 = 8;

impl Log {
    /// All tiles of the log, made anew from the entries; none when these do not lead to the root.
    pub(super) fn rebuild(&self) -> Option<MemoryTiles> {
        let mut edge = RightEdge::new();
        for path in bundles_of_tree(self.head.size) {
            let bytes = read_either(&self.tiles, path)?;
            let mut bundle = EntryBundle::parse(bytes).ok()?;
            bundle.truncate(usize::from(path.width()));
            bundle.leaf_hashes().for_each(|hash| edge.append(hash));
        }
        let whole = edge.size() == self.head.size && edge.root() == self.head.root;
        let tiles = || {
            edge.take_tiles()
                .into_iter()
                .map(|tile| (tile.path, tile.data))
                .collect()
        };
        whole.then(tiles)
    }

    /// The entries of a damaged bundle, or of one whose tile is damaged, that can be proven all
    /// the same; by their places.
    pub(crate) fn salvage(&self, index: u64) -> Vec<Option<Vec<u8>>> {
        let Ok(reader) = self.reader() else {
            return Vec::new();
        };
        let width = self.head.size.saturating_sub(index * BUNDLE).min(BUNDLE) as u16;
        let leaves = TilePath::entries(index, width).ok();
        let leaves = leaves.and_then(|path| read_either(&self.tiles, path));
        let leaves = cut(&leaves.unwrap_or_default(), usize::from(width));
        let hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        let right = reader.tile_hashes(0, index).unwrap_or_default();
        // Without their tile, a whole bundle of entries is proven by the tile above.
        let node = Node {
            level: TILE_ROOT,
            index,
        };
        let proven =
            hashes.len() as u64 == BUNDLE && reader.hash(node).ok() == Some(complete_root(&hashes));
        let proven = |place: usize| proven || right.get(place) == hashes.get(place);
        let leaves = leaves.into_iter().enumerate();
        leaves
            .map(|(place, leaf)| proven(place).then_some(leaf))
            .collect()
    }

    /// Tiles that were made anew because stored ones are damaged, and are not as stored.
    pub(crate) fn damaged_tiles(&self) -> Vec<Object> {
        let rebuilt = self
            .rebuilt
            .get()
            .into_iter()
            .flat_map(|tiles| tiles.iter());
        let damaged =
            rebuilt.filter(|(path, data)| self.tiles.tile(path).ok().as_ref() != Some(data));
        damaged
            .map(|(path, data)| {
                (
                    log_key(self.head.writer, &path.to_string()),
                    Bytes::from(data.clone()),
                )
            })
            .collect()
    }

    /// Puts right what [`Log::damaged_tiles`] names; only a log's own writer may.
    pub(crate) fn repair_tiles(&self) -> Result<Vec<String>> {
        let damaged = self.damaged_tiles();
        for (key, bytes) in &damaged {
            self.tiles.store.delete_durably(key)?;
            self.tiles.store.put_new(key, bytes.clone())?;
        }
        Ok(damaged.into_iter().map(|(key, _)| key).collect())
    }
}

/// The bytes under a name, or of the full piece that has replaced it.
fn read_either(tiles: &LogTiles, path: TilePath) -> Option<Vec<u8>> {
    tiles.tile(&path).or_else(|_| tiles.tile(&path.full())).ok()
}

/// Entries as far as the lengths lead, `width` at most.
fn cut(bytes: &[u8], width: usize) -> Vec<Vec<u8>> {
    let mut leaves = Vec::new();
    let mut rest = bytes;
    while leaves.len() < width
        && let Some((length, tail)) = rest.split_first_chunk()
        && let Some((leaf, tail)) = tail.split_at_checked(usize::from(u16::from_be_bytes(*length)))
    {
        leaves.push(leaf.to_vec());
        rest = tail;
    }
    leaves
}

/// The root over a power of two of hashes.
pub(crate) fn complete_root(hashes: &[Hash]) -> Hash {
    debug_assert!(hashes.len().is_power_of_two());
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        let pairs = row.as_chunks::<2>().0.iter();
        row = pairs.map(|[left, right]| node_hash(left, right)).collect();
    }
    row[0]
}
