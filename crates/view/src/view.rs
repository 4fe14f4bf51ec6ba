//! A view: its folder, its two stores, and how they are brought up to date together.
//!
//! A step commits the text index first, with the new position noted in it, and the records'
//! database last. After a crash between the two, the note is ahead of the database's position:
//! the step is applied again, and what the index holds of its sources is replaced.
//!
//! Invariant: the database's position is the view's; the index is never behind it.

use crate::database;
use crate::fold::{Fold, Opened, Position, Prepared, in_order, position};
use crate::keys::{self, Key};
use crate::text::index::TextIndex;
use crate::{Error, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs;
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const RECORDS: &str = "records.sqlite";
const INDEX: &str = "text";
/// Stands in the folder while a rebuild is under way.
const BUILDING: &str = "building";
/// Locked by whoever rebuilds: two at once would each remove what the other makes.
const BUILDER: &str = "builder";

/// Bytes that an indexing thread gathers before it writes a segment: for a few sources, and for
/// a whole ledger.
const MEMORY: usize = 20 << 20;
const BULK_MEMORY: usize = 160 << 20;

/// What was applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entries that were new to the view.
    pub entries: u64,
    /// How far the ledger is applied now.
    pub position: Position,
    /// Entries that could not be opened or understood, with the reason; the view goes without.
    pub problems: Vec<String>,
}

/// Entries that were taken in so far, told while a view is brought up to date.
pub type Progress<'p> = &'p mut dyn FnMut(u64);

/// An entry as it comes in, or why it could not be opened.
pub type Incoming = std::result::Result<Opened, String>;

/// An entry made ready for the fold, or why it could not be.
pub(crate) type Ready = std::result::Result<Prepared, String>;

fn prepared(incoming: Incoming) -> Ready {
    incoming.map(Prepared::new)
}

/// What a fold may use.
struct Work {
    /// Threads that make entries ready.
    opening: usize,
    /// Threads that index, and the bytes that each of them gathers.
    indexing: usize,
    memory: usize,
    /// Whether the view is being built, so that a crash leaves none.
    is_bulk: bool,
}

/// All questions about an archive, answered from this device's copy of its content.
///
/// Open one with [`View::open`], bring it up to date, then ask.
pub struct View {
    folder: PathBuf,
    index_key: Key,
    pub(crate) connection: Connection,
    text: OnceLock<TextIndex>,
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "View({})", self.folder.display())
    }
}

impl View {
    /// Opens the view in `folder` under the device's view key, or makes an empty one.
    ///
    /// # Errors
    /// [`Error::Stale`] when it belongs to another key or version, is damaged, or its rebuild
    /// was interrupted: it must be rebuilt.
    pub fn open(folder: &Path, key: &[u8; 32]) -> Result<Self> {
        if folder.join(BUILDING).try_exists()? {
            return Err(Error::Stale {
                folder: folder.to_owned(),
                why: "a rebuild was interrupted, or is under way".to_owned(),
            });
        }
        Self::open_unfinished(folder, key)
    }

    fn open_unfinished(folder: &Path, key: &[u8; 32]) -> Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            connection: database::open(&folder.join(RECORDS), &keys::records(key))?,
            index_key: keys::index(key),
            folder: folder.to_owned(),
            text: OnceLock::new(),
        })
    }

    /// Removes the view in `folder`. Nothing is lost: the ledger has it all.
    ///
    /// # Errors
    /// When its files cannot be removed.
    pub fn wipe(folder: &Path) -> Result<()> {
        let absent_is_fine = |result: io::Result<()>| match result {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        };
        for suffix in ["", "-wal", "-shm", "-journal"] {
            absent_is_fine(fs::remove_file(folder.join(format!("{RECORDS}{suffix}"))))?;
        }
        absent_is_fine(fs::remove_dir_all(folder.join(INDEX)))?;
        absent_is_fine(fs::remove_file(folder.join(BUILDING)))?;
        Ok(())
    }

    /// How far the ledger is applied.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn position(&self) -> Result<Position> {
        position(&self.connection)
    }

    /// The text index, opened when it is first needed.
    pub(crate) fn text(&self) -> Result<&TextIndex> {
        if let Some(text) = self.text.get() {
            return Ok(text);
        }
        let text = TextIndex::open(&self.folder.join(INDEX), &self.index_key)?;
        Ok(self.text.get_or_init(|| text))
    }

    /// Applies entries that come in the order of each log. Those that were applied before are
    /// passed over. Nothing is applied when it fails.
    ///
    /// # Errors
    /// [`Error::Stale`] when the view must be rebuilt; disk and database errors.
    pub fn apply<I>(&mut self, entries: I, threads: usize, progress: Progress) -> Result<Applied>
    where
        I: Iterator<Item = Incoming> + Send,
    {
        self.step(entries, prepared, threads, progress)
    }

    /// Applies entries that `open` makes ready, on several threads.
    pub(crate) fn step<T: Send>(
        &mut self,
        entries: impl Iterator<Item = T> + Send,
        open: impl Fn(T) -> Ready + Sync,
        threads: usize,
        progress: Progress,
    ) -> Result<Applied> {
        let work = Work {
            opening: threads,
            indexing: threads.saturating_sub(1),
            memory: MEMORY,
            is_bulk: false,
        };
        self.fold(entries, open, &work, progress)
    }

    /// Makes the view in `folder` anew from all entries of the ledger.
    ///
    /// # Errors
    /// [`Error::Busy`] while another process does the same; disk and database errors, after which
    /// the folder holds no view that opens.
    pub fn build<I>(
        folder: &Path,
        key: &[u8; 32],
        entries: I,
        threads: usize,
        progress: Progress,
    ) -> Result<(Self, Applied)>
    where
        I: Iterator<Item = Incoming> + Send,
    {
        Self::make(folder, key, entries, prepared, threads, progress)
    }

    /// Makes the view anew from entries that `open` makes ready, on several threads.
    pub(crate) fn make<T: Send>(
        folder: &Path,
        key: &[u8; 32],
        entries: impl Iterator<Item = T> + Send,
        open: impl Fn(T) -> Ready + Sync,
        threads: usize,
        progress: Progress,
    ) -> Result<(Self, Applied)> {
        fs::create_dir_all(folder)?;
        let _alone = alone(folder)?;
        let marker = folder.join(BUILDING);
        fs::File::create(&marker)?.sync_all()?;
        // Wiping removes the marker last of all; it is set again before anything is written.
        Self::wipe(folder)?;
        fs::File::create(&marker)?.sync_all()?;
        let mut view = Self::open_unfinished(folder, key)?;
        database::begin_bulk(&view.connection)?;
        let work = Work {
            opening: threads,
            indexing: threads,
            memory: BULK_MEMORY,
            is_bulk: true,
        };
        let applied = view.fold(entries, open, &work, progress)?;
        database::end_bulk(&view.connection)?;
        let records = fs::OpenOptions::new()
            .write(true)
            .open(folder.join(RECORDS))?;
        records.sync_all()?;
        fs::remove_file(&marker)?;
        Ok((view, applied))
    }

    fn fold<T: Send>(
        &mut self,
        entries: impl Iterator<Item = T> + Send,
        open: impl Fn(T) -> Ready + Sync,
        work: &Work,
        progress: Progress,
    ) -> Result<Applied> {
        let mut entries = entries.peekable();
        let text = self.text()?;
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
                .map_err(busy)?;
        let before = position(&self.connection)?;
        let recovering = self.is_recovering(text, &before)?;
        let is_settled = text.is_settled()?;
        if entries.peek().is_none() && !recovering && is_settled {
            text.refresh()?;
            return Ok(Applied {
                position: before,
                ..Applied::default()
            });
        }
        let mut writer = text.writer(work.indexing, work.memory)?;
        let folder = self.folder.clone();
        let mut fold = Fold::new(&self.connection, &writer, recovering, folder)?;
        let mut applied = Applied::default();
        in_order(entries, work.opening, open, |ready| {
            match ready {
                Ok(prepared) => applied.entries += u64::from(fold.apply(&prepared)?),
                Err(why) => applied.problems.push(why),
            }
            progress(applied.entries);
            Ok(())
        })?;
        let erased = fold.has_erased();
        applied.position = fold.finish()?;
        let note = applied.position.to_string();
        if work.is_bulk {
            // Nobody opens what is being built, so neither need wait for the other.
            std::thread::scope(|scope| {
                let indexed = scope.spawn(|| writer.commit(&note));
                let stored = transaction.commit();
                indexed
                    .join()
                    .unwrap_or_else(|panic| resume_unwind(panic))?;
                Ok::<_, Error>(stored?)
            })?;
        } else {
            writer.commit(&note)?;
            transaction.commit()?;
        }
        writer.settle()?;
        if erased {
            // What was removed must not stay behind in the write-ahead log.
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(applied)
    }

    /// Whether the index holds a step that the database lost.
    fn is_recovering(&self, text: &TextIndex, position: &Position) -> Result<bool> {
        let noted = text.noted()?;
        if noted == position.to_string() {
            return Ok(false);
        }
        let noted: Option<Position> = noted.parse().ok();
        if noted.is_some_and(|noted| noted.covers(position)) {
            return Ok(true);
        }
        Err(Error::Stale {
            folder: self.folder.clone(),
            why: "its text index is older than its records".to_owned(),
        })
    }
}

/// The lock of whoever rebuilds, held until it is dropped; a crash leaves none behind.
fn alone(folder: &Path) -> Result<fs::File> {
    let lock = fs::File::create(folder.join(BUILDER))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Busy),
        Err(fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

fn busy(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy) => Error::Busy,
        _ => error.into(),
    }
}
