//! How much there is, by counts that are kept up to date.

use crate::fold::{Position, position};
use crate::{Result, View};
use model::{Compartment, RecordKind, Status};
use std::collections::BTreeMap;

/// Counts of what the view holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sources whose entries this device can open.
    pub sources: u64,
    /// Sources that have a reading.
    pub read: u64,
    /// Sources that could not be read.
    pub unread: u64,
    /// Sources that nobody tried to read yet.
    pub waiting: u64,
    /// Sources that this device holds no key for.
    pub locked: u64,
    /// Sources whose key was destroyed.
    pub erased: u64,
    /// Passages of clean text.
    pub passages: u64,
    /// Sources by compartment.
    pub compartments: BTreeMap<Compartment, u64>,
    /// Sources by language, as a BCP 47 tag.
    pub languages: BTreeMap<String, u64>,
    /// Records by kind and status; what there is none of is absent.
    pub records: BTreeMap<RecordKind, BTreeMap<Status, u64>>,
    /// Records of grave types by status.
    pub grave: BTreeMap<Status, u64>,
    /// How far the ledger is applied.
    pub position: Position,
}

impl View {
    /// How much there is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn status(&self) -> Result<Counts> {
        let mut counts = Counts {
            position: position(&self.connection)?,
            ..Counts::default()
        };
        let mut statement = self
            .connection
            .prepare_cached("SELECT what, value, number FROM tally WHERE number > 0")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (what, value): (String, String) = (row.get(0)?, row.get(1)?);
            let number = row.get::<_, i64>(2)? as u64;
            match (what.as_str(), value.as_str()) {
                ("sources", "present") => counts.sources = number,
                ("sources", "locked") => counts.locked = number,
                ("sources", "erased") => counts.erased = number,
                ("outcomes", "read") => counts.read = number,
                ("outcomes", "unread") => counts.unread = number,
                ("outcomes", "waiting") => counts.waiting = number,
                ("passages", _) => counts.passages = number,
                ("languages", language) => {
                    counts.languages.insert(language.to_owned(), number);
                }
                ("compartments", name) => {
                    let compartment = Compartment::ALL.into_iter().find(|it| it.name() == name);
                    counts
                        .compartments
                        .extend(compartment.map(|it| (it, number)));
                }
                ("records", both) => {
                    let (kind, status) = both.split_once(' ').unwrap_or_default();
                    let status = Status::from_name(status);
                    if let (Some(kind), Some(status)) = (RecordKind::from_name(kind), status) {
                        counts
                            .records
                            .entry(kind)
                            .or_default()
                            .insert(status, number);
                    }
                }
                ("grave", status) => {
                    let status = Status::from_name(status);
                    counts.grave.extend(status.map(|status| (status, number)));
                }
                _ => {}
            }
        }
        Ok(counts)
    }
}
