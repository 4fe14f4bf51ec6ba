//! One writer's log as it is stored: key line, checkpoint, tiles.
//!
//! Invariant: a [`Log`] exists only for a checkpoint that the key of its folder has signed; every
//! entry it gives was checked against that checkpoint's root.

use crate::error::Error;
use crate::tlog::{
    Checkpoint, EntryBundle, Hash, MAX_NOTE_LEN, MemoryTiles, ReadError, SourceError, TILE_WIDTH,
    TilePath, TileReader, TileSource, VerifierKey, prove_consistency, verify_consistency,
};
use crate::{ArchiveId, Entry, Head, Result, Store, WriterId};
use std::sync::{Arc, OnceLock};

mod salvage;

pub(crate) use salvage::complete_root;

/// Longest key line that is read, in bytes.
pub(crate) const MAX_VKEY: u64 = 4096;
/// Entries in a full bundle.
pub(crate) const BUNDLE: u64 = TILE_WIDTH as u64;

/// The objects of one log.
pub(crate) fn log_key(writer: WriterId, rest: &str) -> String {
    format!("log/{writer}/{rest}")
}

/// Reads tiles and bundles of one log from the store.
#[derive(Clone, Debug)]
pub(crate) struct LogTiles {
    store: Store,
    writer: WriterId,
    /// Tiles made anew, which are used instead of the stored ones.
    rebuilt: Option<Arc<MemoryTiles>>,
}

impl LogTiles {
    pub(crate) fn new(store: &Store, writer: WriterId) -> Self {
        Self {
            store: store.clone(),
            writer,
            rebuilt: None,
        }
    }
}

impl TileSource for LogTiles {
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError> {
        if let Some(tile) = self.rebuilt.as_ref().and_then(|tiles| tiles.get(path)) {
            return Ok(tile.clone());
        }
        let key = log_key(self.writer, &path.to_string());
        match self.store.get(&key, path.max_len() as u64) {
            Ok(bytes) => Ok(bytes.into()),
            Err(Error::Missing(_)) => Err(SourceError::Missing),
            Err(error) => Err(SourceError::failed(error)),
        }
    }
}

/// A log at one signed size.
pub(crate) struct Log {
    pub head: Head,
    tiles: LogTiles,
    reader: OnceLock<TileReader<LogTiles>>,
    rebuilt: OnceLock<Arc<MemoryTiles>>,
}

impl Log {
    /// Reads the checkpoint of a writer whose key is known from where it was admitted.
    pub(crate) fn open(store: &Store, writer: WriterId, vkey: &VerifierKey) -> Result<Self> {
        let object = log_key(writer, "checkpoint");
        let signed = store.get(&object, MAX_NOTE_LEN as u64)?;
        let damaged = |why: String| Error::Damaged {
            object: object.clone(),
            why,
        };
        let checkpoint = Checkpoint::open(&signed, vkey.name(), std::slice::from_ref(vkey))
            .map_err(|error| damaged(error.to_string()))?;
        let signed =
            String::from_utf8(signed.into()).map_err(|error| damaged(error.to_string()))?;
        let head = Head {
            writer,
            size: checkpoint.size,
            root: checkpoint.root,
            checkpoint: signed,
        };
        Ok(Self::signed(store, head))
    }

    /// The log at a head that this process has just signed and put.
    pub(crate) fn signed(store: &Store, head: Head) -> Self {
        Self {
            tiles: LogTiles::new(store, head.writer),
            head,
            reader: OnceLock::new(),
            rebuilt: OnceLock::new(),
        }
    }

    /// The authenticated reader of the log's tiles. Where those at its right edge are damaged, they
    /// are made anew from the entries, if these lead to the root.
    pub(crate) fn reader(&self) -> Result<&TileReader<LogTiles>> {
        if let Some(reader) = self.reader.get() {
            return Ok(reader);
        }
        let open = |tiles| TileReader::new(self.head.size, self.head.root, tiles);
        let reader = match open(self.tiles.clone()) {
            Ok(reader) => reader,
            Err(error) => {
                let rebuilt = self.rebuild().map(Arc::new);
                let rebuilt = rebuilt.ok_or_else(|| self.damaged(error))?;
                let mut tiles = self.tiles.clone();
                tiles.rebuilt = Some(Arc::clone(self.rebuilt.get_or_init(|| rebuilt)));
                open(tiles).map_err(|error| self.damaged(error))?
            }
        };
        Ok(self.reader.get_or_init(|| reader))
    }

    /// The stored tiles, unverified.
    pub(crate) fn tiles(&self) -> &LogTiles {
        &self.tiles
    }

    /// The verified entries `index * 256 ..`.
    pub(crate) fn bundle(&self, index: u64) -> Result<EntryBundle> {
        self.reader()?
            .bundle(index)
            .map_err(|error| self.damaged(error))
    }

    /// The bytes of an entry, verified.
    pub(crate) fn leaf(&self, index: u64) -> Result<Vec<u8>> {
        if index >= self.head.size {
            return Err(Error::NoSuchEntry {
                writer: self.head.writer,
                index,
            });
        }
        self.reader()?.entry(index).or_else(|error| {
            let place = (index % BUNDLE) as usize;
            let salvaged = self.salvage(index / BUNDLE).into_iter().nth(place);
            salvaged.flatten().ok_or_else(|| self.damaged(error))
        })
    }

    /// The entry in these verified bytes.
    pub(crate) fn decode(&self, index: u64, leaf: &[u8]) -> Result<Entry> {
        let writer = self.head.writer;
        let damaged = |why: String| Error::Damaged {
            object: format!("entry {index} of the log of {writer}"),
            why,
        };
        let entry = Entry::decode(leaf).map_err(|error| damaged(error.to_string()))?;
        if entry.author != writer {
            return Err(damaged(
                "it names another author than the log's writer".to_owned(),
            ));
        }
        Ok(entry)
    }

    /// Refuses a head that this log is not a continuation of.
    pub(crate) fn check_continues(&self, seen: &Head) -> Result<()> {
        let removed = || Error::HistoryRemoved {
            writer: seen.writer,
            seen_size: seen.size,
            seen_root: seen.root.to_string(),
            found_size: self.head.size,
            found_root: self.head.root.to_string(),
        };
        if seen.size > self.head.size {
            return Err(removed());
        }
        if seen.size == self.head.size {
            return if seen.root == self.head.root {
                Ok(())
            } else {
                Err(removed())
            };
        }
        let (old, new) = (seen.size, self.head.size);
        let proof =
            prove_consistency(old, new, self.reader()?).map_err(|error| Error::Damaged {
                object: log_key(self.head.writer, "tile"),
                why: error.to_string(),
            })?;
        verify_consistency(old, &seen.root, new, &self.head.root, &proof).map_err(|_| removed())
    }

    /// A damaged tile or bundle, by its key.
    fn damaged(&self, error: ReadError) -> Error {
        let writer = self.head.writer;
        let key = |path: &TilePath| log_key(writer, &path.to_string());
        let object = match &error {
            ReadError::Missing(path) => return Error::Missing(key(path)),
            ReadError::Source { path, .. }
            | ReadError::WrongLength { path, .. }
            | ReadError::TileMismatch { path }
            | ReadError::Bundle { path, .. }
            | ReadError::WrongEntryCount { path, .. }
            | ReadError::EntryMismatch { path, .. } => key(path),
            ReadError::EdgeMismatch { paths } if paths.len() == 1 => key(&paths[0]),
            _ => log_key(writer, "tile"),
        };
        Error::Damaged {
            object,
            why: error.to_string(),
        }
    }
}

/// A verifier key line of a log of this archive.
pub(crate) fn parse_vkey(line: &str, archive: ArchiveId) -> Result<VerifierKey, String> {
    let key: VerifierKey = line.parse().map_err(|error| format!("{error}"))?;
    if key.to_string() != line {
        return Err("it is not spelled as a verifier key is".to_owned());
    }
    if !key.name().starts_with(&format!("onrecord/{archive}/")) {
        return Err("it is the key of a log of another archive".to_owned());
    }
    Ok(key)
}

/// An empty log's head, for a writer that has not signed yet.
pub(crate) fn empty_head(writer: WriterId) -> Head {
    Head {
        writer,
        size: 0,
        root: Hash::of_empty_tree(),
        checkpoint: String::new(),
    }
}

/// A log that was there is not: unless it was empty, history was removed.
pub(crate) fn check_gone(seen: &Head) -> Result<()> {
    if seen.size == 0 {
        return Ok(());
    }
    let now = empty_head(seen.writer);
    Err(Error::HistoryRemoved {
        writer: seen.writer,
        seen_size: seen.size,
        seen_root: seen.root.to_string(),
        found_size: now.size,
        found_root: now.root.to_string(),
    })
}
