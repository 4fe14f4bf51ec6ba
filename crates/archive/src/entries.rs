//! All logs as one sequence.
use crate::{Entry, Result, WriterId};
use std::collections::BTreeMap;

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
pub struct Entries {}

impl Entries {
    /// The position after the entries given so far.
    #[must_use]
    pub fn position(&self) -> Position {
        todo!()
    }
}

impl Iterator for Entries {
    type Item = Result<LogEntry>;
    fn next(&mut self) -> Option<Result<LogEntry>> {
        todo!()
    }
}
