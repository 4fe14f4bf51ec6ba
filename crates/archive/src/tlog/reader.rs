//! Reads a stored log and believes nothing in it: every hash and entry leads to the root.
//!
//! Invariant: no hash leaves this reader unless the tile it is in was checked, whole, against the
//! hash in its parent tile, up to the unfinished tiles of the right edge, which are checked together
//! against the root. Each tile is checked on its own, however many hashes of it a request needs.
//! Layout: C2SP tlog-tiles.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::bundle::{BundleError, EntryBundle};
use super::cache::{Cache, TileTree};
use super::hash::{Hash, leaf_hash};
use super::merkle::{HashReader, MerkleError, Node, check_size, complete_nodes, fold};
use super::source::{SourceError, TileSource};
use super::tile::{TILE_HEIGHT, TILE_WIDTH, TilePath, nodes_at, width_in_tree};

/// Verified full tiles kept in memory by default: 16 KiB each.
const DEFAULT_CACHED_TILES: usize = 64;

/// Why a stored log is not believed, or could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The claimed size of the log is impossible.
    #[error(transparent)]
    Size(#[from] MerkleError),
    /// Something was asked for that lies beyond the end of the log.
    #[error(
        "the log of {size} entries has no hash {index} at level {level}: ask for less or for a later checkpoint"
    )]
    OutsideTree {
        /// Tree level asked for.
        level: u8,
        /// Index asked for.
        index: u64,
        /// Entries in the log.
        size: u64,
    },
    /// A piece of the log is not there.
    #[error(
        "{0} is missing: the log is incomplete and what it covers cannot be proven; restore it from a copy"
    )]
    Missing(TilePath),
    /// A piece of the log could not be read.
    #[error("{path}: {cause}")]
    Source {
        /// The piece.
        path: TilePath,
        /// What the source says.
        cause: SourceError,
    },
    /// A tile has not the length that its name says.
    #[error(
        "{path} has {found} bytes instead of {expected}: it was truncated or damaged; restore it from a copy"
    )]
    WrongLength {
        /// The tile.
        path: TilePath,
        /// Bytes it must have.
        expected: usize,
        /// Bytes it has.
        found: usize,
    },
    /// A tile is not the one that its parent tile was made from.
    #[error(
        "{path} does not hash to what its parent tile records: it was changed; restore it from a copy"
    )]
    TileMismatch {
        /// The tile.
        path: TilePath,
    },
    /// The unfinished tiles do not lead to the root.
    #[error("the tiles {} do not lead to the root in the checkpoint: one of them or the checkpoint was changed or belongs to another log", list(.paths))]
    EdgeMismatch {
        /// The unfinished tiles, one a level.
        paths: Vec<TilePath>,
    },
    /// The bytes of an entry bundle are none.
    #[error("{path}: {cause}")]
    Bundle {
        /// The bundle.
        path: TilePath,
        /// What is wrong with it.
        cause: BundleError,
    },
    /// A bundle has not the number of entries that its name says.
    #[error(
        "{path} holds {found} entries instead of {expected}: it was truncated or damaged; restore it from a copy"
    )]
    WrongEntryCount {
        /// The bundle.
        path: TilePath,
        /// Entries it must hold.
        expected: u16,
        /// Entries it holds.
        found: usize,
    },
    /// An entry is not the one whose hash the log records.
    #[error(
        "{path}: entry {index} is not the one that the log records: it was changed; restore it from a copy"
    )]
    EntryMismatch {
        /// The bundle.
        path: TilePath,
        /// Number of the entry in the log, from 0.
        index: u64,
    },
}

fn list(paths: &[TilePath]) -> String {
    paths
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A stored log of known size and root. Can be shared between threads when its source can.
pub struct TileReader<S> {
    size: u64,
    source: S,
    /// The unfinished tile of each level, checked; an empty one where a level has none.
    edge: Vec<Arc<TileTree>>,
    cache: Mutex<Cache>,
}

impl<S: TileSource> TileReader<S> {
    /// Opens the log of `size` entries with this root, both taken from a verified checkpoint. Reads
    /// the unfinished tiles (at most eight) and checks that they lead to the root.
    ///
    /// # Errors
    /// When one of these tiles is missing, damaged, or not of this tree.
    pub fn new(size: u64, root: Hash, source: S) -> Result<TileReader<S>, ReadError> {
        TileReader::with_cache(size, root, source, DEFAULT_CACHED_TILES)
    }

    /// Like [`TileReader::new`], keeping at most `tiles` verified tiles (16 KiB each) in memory.
    ///
    /// # Errors
    /// As [`TileReader::new`].
    pub fn with_cache(
        size: u64,
        root: Hash,
        source: S,
        tiles: usize,
    ) -> Result<TileReader<S>, ReadError> {
        check_size(size)?;
        let mut edge = Vec::new();
        let mut paths = Vec::new();
        for level in (0..).take_while(|level| nodes_at(*level, size) > 0) {
            let index = nodes_at(level, size) / u64::from(TILE_WIDTH);
            let hashes = match partial_path(level, index, size) {
                Some(path) => {
                    paths.push(path);
                    read_hashes(&source, path)?
                }
                None => Vec::new(),
            };
            edge.push(Arc::new(TileTree::new(hashes)));
        }
        let peaks: Vec<Hash> = complete_nodes(0, size)
            .into_iter()
            .map(|node| {
                let tile = &edge[usize::from(node.level / TILE_HEIGHT)];
                tile.node(node)
                    .expect("the complete subtrees of a tree lie in its unfinished tiles")
            })
            .collect();
        if fold(&peaks).unwrap_or_else(Hash::of_empty_tree) != root {
            return Err(ReadError::EdgeMismatch { paths });
        }
        Ok(TileReader {
            size,
            source,
            edge,
            cache: Mutex::new(Cache::new(tiles)),
        })
    }

    /// Entries in the log.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The verified hash of a complete node.
    ///
    /// # Errors
    /// When it is not in the tree, or a tile on the way to the root is missing or damaged.
    pub fn hash(&self, node: Node) -> Result<Hash, ReadError> {
        let outside = || ReadError::OutsideTree {
            level: node.level,
            index: node.index,
            size: self.size,
        };
        if !node.is_in_tree(self.size) {
            return Err(outside());
        }
        // The node stands `node.level % 8` levels above the hashes of its tile.
        let index = node.index >> (TILE_HEIGHT - node.level % TILE_HEIGHT);
        let tile = self.verified_tile(node.level / TILE_HEIGHT, index)?;
        tile.node(node).ok_or_else(outside)
    }

    /// The verified hashes of one tile, as many as the tree has there.
    ///
    /// # Errors
    /// As [`TileReader::hash`].
    pub fn tile_hashes(&self, level: u8, index: u64) -> Result<Vec<Hash>, ReadError> {
        Ok(self.verified_tile(level, index)?.rows[0].clone())
    }

    /// The verified entries of bundle `index`: entries `index * 256 ..` of the log.
    ///
    /// # Errors
    /// When there is no such bundle, it is missing or damaged, or a tile on the way to the root is.
    pub fn bundle(&self, index: u64) -> Result<EntryBundle, ReadError> {
        let tile = self.verified_tile(0, index)?;
        let expected = &tile.rows[0];
        let width = expected.len() as u16;
        let path =
            TilePath::entries(index, width).expect("a tile of the tree holds 1 to 256 hashes");
        let (path, bytes) = read(&self.source, path)?;
        let mut bundle =
            EntryBundle::parse(bytes).map_err(|cause| ReadError::Bundle { path, cause })?;
        if bundle.len() != usize::from(path.width()) {
            return Err(ReadError::WrongEntryCount {
                path,
                expected: path.width(),
                found: bundle.len(),
            });
        }
        bundle.truncate(expected.len());
        if let Some(place) = bundle
            .iter()
            .zip(expected)
            .position(|(entry, hash)| leaf_hash(entry) != *hash)
        {
            return Err(ReadError::EntryMismatch {
                path,
                index: index * u64::from(TILE_WIDTH) + place as u64,
            });
        }
        Ok(bundle)
    }

    /// The verified bytes of entry `index`. Reads its whole bundle: to read many, use
    /// [`TileReader::bundle`].
    ///
    /// # Errors
    /// As [`TileReader::bundle`].
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, ReadError> {
        let width = u64::from(TILE_WIDTH);
        let bundle = self.bundle(index / width)?;
        let entry = bundle.get((index % width) as usize);
        entry.map(<[u8]>::to_vec).ok_or(ReadError::OutsideTree {
            level: 0,
            index,
            size: self.size,
        })
    }

    /// The hashes of the unfinished tiles by level.
    pub(crate) fn edge_hashes(&self) -> Vec<Vec<Hash>> {
        self.edge.iter().map(|tile| tile.rows[0].clone()).collect()
    }

    /// A tile that is known to be part of the tree.
    fn verified_tile(&self, level: u8, index: u64) -> Result<Arc<TileTree>, ReadError> {
        if width_in_tree(level, index, self.size).is_none() {
            return Err(ReadError::OutsideTree {
                level: level.saturating_mul(TILE_HEIGHT),
                index,
                size: self.size,
            });
        }
        // Climb to the nearest tile that is verified already; the right edge always is.
        let mut unverified = Vec::new();
        let (mut level, mut index) = (level, index);
        let mut verified = loop {
            if let Some(tile) = self.known(level, index) {
                break tile;
            }
            unverified.push((level, index));
            (level, index) = (level + 1, index / u64::from(TILE_WIDTH));
        };
        // Descend again, checking each tile against the hash that its parent has for it.
        while let Some((level, index)) = unverified.pop() {
            let path =
                TilePath::hashes(level, index, TILE_WIDTH).expect("levels of a tree are below 64");
            let tile = Arc::new(TileTree::new(read_hashes(&self.source, path)?));
            let recorded = verified.rows[0].get((index % u64::from(TILE_WIDTH)) as usize);
            if tile.root() != recorded.copied() {
                return Err(ReadError::TileMismatch { path });
            }
            self.lock().insert((level, index), Arc::clone(&tile));
            verified = tile;
        }
        Ok(verified)
    }

    fn known(&self, level: u8, index: u64) -> Option<Arc<TileTree>> {
        if index == nodes_at(level, self.size) / u64::from(TILE_WIDTH) {
            return self.edge.get(usize::from(level)).cloned();
        }
        self.lock().get((level, index))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cache> {
        // A panic elsewhere cannot leave an unverified tile in the cache.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S> fmt::Debug for TileReader<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TileReader")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl<S: TileSource> HashReader for TileReader<S> {
    type Error = ReadError;

    fn hashes(&self, nodes: &[Node]) -> Result<Vec<Hash>, ReadError> {
        nodes.iter().map(|node| self.hash(*node)).collect()
    }
}

/// The name of the unfinished tile of a level, if it has one.
fn partial_path(level: u8, index: u64, size: u64) -> Option<TilePath> {
    let width = width_in_tree(level, index, size)?;
    Some(TilePath::hashes(level, index, width).expect("levels of a tree are below 64"))
}

/// The bytes under `path`, or of the full piece that has replaced it, with the name they were under.
fn read(source: &impl TileSource, path: TilePath) -> Result<(TilePath, Vec<u8>), ReadError> {
    let mut stored = path;
    let mut answer = source.tile(&stored);
    if matches!(answer, Err(SourceError::Missing)) && path.is_partial() {
        stored = path.full();
        answer = source.tile(&stored);
    }
    match answer {
        Ok(bytes) => Ok((stored, bytes)),
        Err(SourceError::Missing) => Err(ReadError::Missing(path)),
        Err(cause) => Err(ReadError::Source {
            path: stored,
            cause,
        }),
    }
}

/// The hashes stored for the tile `path`, unverified.
fn read_hashes(source: &impl TileSource, path: TilePath) -> Result<Vec<Hash>, ReadError> {
    let (stored, bytes) = read(source, path)?;
    let expected = stored.max_len();
    let wrong_length = ReadError::WrongLength {
        path: stored,
        expected,
        found: bytes.len(),
    };
    if bytes.len() != expected {
        return Err(wrong_length);
    }
    let mut hashes = Hash::split(&bytes).ok_or(wrong_length)?;
    hashes.truncate(usize::from(path.width()));
    Ok(hashes)
}
