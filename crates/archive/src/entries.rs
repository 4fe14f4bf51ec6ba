//! All logs as one sequence, in the order of their hybrid logical clocks.
//!
//! Invariant: the order depends on nothing but the entries (clock, then writer), so every device
//! that holds the same logs sees the same sequence. Memory: one bundle of each log.

use crate::archive::Logs;
use crate::error::Error;
use crate::log::{BUNDLE, Log};
use crate::tlog::EntryBundle;
use crate::{Entry, Result, WriterId};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// How far each log has been read: entries seen, by writer. A writer that is not named: 0.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Position(pub BTreeMap<WriterId, u64>);

/// An entry and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogEntry {
    /// Whose log.
    pub writer: WriterId,
    /// Index in it, from 0.
    pub index: u64,
    /// The entry.
    pub entry: Entry,
}

/// Iterator over the entries of all logs.
pub struct Entries {
    cursors: Vec<Cursor>,
    /// Logs that cannot be read at all.
    broken: VecDeque<Error>,
}

/// The next entry of one log.
struct Cursor {
    log: Arc<Log>,
    /// Index of the next entry to give.
    next: u64,
    bundle: Option<(u64, Bundle)>,
    entry: Option<Entry>,
}

/// The bundle that a cursor is in.
enum Bundle {
    Whole(EntryBundle),
    /// What can be proven of a damaged one.
    Salvaged(Vec<Option<Vec<u8>>>),
}

impl Bundle {
    fn get(&self, place: usize) -> Option<&[u8]> {
        match self {
            Self::Whole(bundle) => bundle.get(place),
            Self::Salvaged(leaves) => leaves.get(place)?.as_deref(),
        }
    }
}

impl Entries {
    pub(crate) fn new(logs: &Logs, since: &Position) -> Self {
        let cursor = |(writer, log): (&WriterId, &Arc<Log>)| Cursor {
            log: Arc::clone(log),
            next: since.0.get(writer).copied().unwrap_or(0),
            bundle: None,
            entry: None,
        };
        let broken = logs.broken.iter().map(|(object, why)| Error::Damaged {
            object: object.clone(),
            why: why.clone(),
        });
        Self {
            cursors: logs.open.iter().map(cursor).collect(),
            broken: broken.collect(),
        }
    }

    /// The position after the entries given so far.
    #[must_use]
    pub fn position(&self) -> Position {
        let next = |cursor: &Cursor| (cursor.log.head.writer, cursor.next);
        Position(self.cursors.iter().map(next).collect())
    }
}

impl Cursor {
    /// Makes the next entry ready, if there is one. After an error, what is damaged is behind it.
    fn fill(&mut self) -> Result<()> {
        if self.entry.is_some() || self.next >= self.log.head.size {
            return Ok(());
        }
        let (index, place) = (self.next / BUNDLE, (self.next % BUNDLE) as usize);
        if self
            .bundle
            .as_ref()
            .is_none_or(|(loaded, _)| *loaded != index)
        {
            if let Err(error) = self.log.reader() {
                self.next = self.log.head.size;
                return Err(error);
            }
            match self.log.bundle(index) {
                Ok(bundle) => self.bundle = Some((index, Bundle::Whole(bundle))),
                Err(error) => {
                    let salvaged = Bundle::Salvaged(self.log.salvage(index));
                    self.bundle = Some((index, salvaged));
                    return Err(error);
                }
            }
        }
        let leaf = self
            .bundle
            .as_ref()
            .and_then(|(_, bundle)| bundle.get(place));
        let Some(leaf) = leaf else {
            // Lost with its bundle, for which an error was given.
            self.next += 1;
            return self.fill();
        };
        match self.log.decode(self.next, leaf) {
            Ok(entry) => self.entry = Some(entry),
            Err(error) => {
                self.next += 1;
                return Err(error);
            }
        }
        Ok(())
    }
}

impl Iterator for Entries {
    type Item = Result<LogEntry>;

    fn next(&mut self) -> Option<Result<LogEntry>> {
        if let Some(error) = self.broken.pop_front() {
            return Some(Err(error));
        }
        for cursor in &mut self.cursors {
            if let Err(error) = cursor.fill() {
                return Some(Err(error));
            }
        }
        // Cursors are in the order of writers, and the first of equals is taken.
        let ready = self
            .cursors
            .iter_mut()
            .filter(|cursor| cursor.entry.is_some());
        let first = ready.min_by_key(|cursor| cursor.entry.as_ref().map(|entry| entry.hlc))?;
        let entry = first.entry.take()?;
        first.next += 1;
        Some(Ok(LogEntry {
            writer: first.log.head.writer,
            index: first.next - 1,
            entry,
        }))
    }
}
