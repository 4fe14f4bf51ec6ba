//! The ledger as anyone can read it, in memory while the archive is open: one line an entry, so
//! that the audit log and a source's custody cost no reading of the whole ledger.
//!
//! Invariant: the lines are those of `Archive::entries`, in its order; what is read grows by what
//! is new in the ledger. Nothing sealed is in a line. About 80 bytes an entry.

use archive::{Archive, EntryKind, Hlc, LogEntry, Position, WriterId};
use model::{Compartment, SourceId};
use std::sync::{Arc, Mutex, PoisonError};

/// What of an entry stands in the clear.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    hlc: Hlc,
    /// Whose log.
    pub(crate) writer: WriterId,
    /// Index in it, from 0.
    pub(crate) index: u64,
    /// The coarse kind.
    pub(crate) kind: EntryKind,
    /// Who may open it.
    pub(crate) compartment: Option<Compartment>,
    /// Milliseconds since 1970, by the clock of the device that wrote it.
    pub(crate) clock: u64,
    /// The source it is about.
    pub(crate) subject: Option<SourceId>,
}

impl From<LogEntry> for Line {
    fn from(found: LogEntry) -> Self {
        Self {
            hlc: found.entry.hlc,
            writer: found.writer,
            index: found.index,
            kind: found.entry.kind,
            compartment: found.entry.compartment,
            clock: found.entry.clock,
            subject: found.entry.subject,
        }
    }
}

/// The lines that were read so far.
#[derive(Default)]
pub(crate) struct Lines {
    read: Mutex<(Position, Arc<Vec<Line>>)>,
}

impl Lines {
    /// All lines of the ledger, the oldest first.
    ///
    /// # Errors
    /// When a part of the ledger cannot be read.
    pub(crate) fn of(&self, archive: &Archive) -> Result<Arc<Vec<Line>>, archive::Error> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let (position, lines) = &mut *read;
        if *position == archive.position() {
            return Ok(Arc::clone(lines));
        }
        let mut entries = archive.entries(position);
        let mut new = Vec::new();
        for found in &mut entries {
            new.push(Line::from(found?));
        }
        let whole = Arc::make_mut(lines);
        whole.append(&mut new);
        // What another device wrote may stand before what was read already.
        whole.sort_by_key(|line| (line.hlc, line.writer, line.index));
        *position = entries.position();
        Ok(Arc::clone(lines))
    }
}
