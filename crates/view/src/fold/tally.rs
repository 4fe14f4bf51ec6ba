//! Running counts, so that a status costs a few rows and not a scan.
//!
//! Invariant: each count is the number of rows that it names; a test counts them.

use crate::Result;
use crate::grave::is_grave_code;
use model::{RecordKind, Status};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Changes of counts that are not written yet.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<(&'static str, String), i64>);

impl Tally {
    /// Changes the count of `value` among `what`.
    pub(crate) fn add(&mut self, what: &'static str, value: &str, number: i64) {
        *self.0.entry((what, value.to_owned())).or_default() += number;
    }

    /// Changes the number of records of a kind and code that have a status.
    pub(crate) fn records(
        &mut self,
        (kind, code): (RecordKind, Option<&str>),
        status: Status,
        number: i64,
    ) {
        let value = format!("{} {}", kind.name(), status.name());
        self.add("records", &value, number);
        if is_grave_code(kind, code) {
            self.add("grave", status.name(), number);
        }
    }

    /// Writes the changes down.
    pub(crate) fn write(self, connection: &Connection) -> Result<()> {
        let mut write = connection.prepare_cached(
            "INSERT INTO tally (what, value, number) VALUES (?, ?, ?)
             ON CONFLICT (what, value) DO UPDATE SET number = number + excluded.number",
        )?;
        for ((what, value), number) in &self.0 {
            write.execute(params![what, value, number])?;
        }
        connection.execute("DELETE FROM tally WHERE number = 0", [])?;
        Ok(())
    }
}

/// A kind as the number that the tables hold.
pub(crate) fn kind_number(kind: RecordKind) -> i64 {
    let at = RecordKind::ALL.iter().position(|other| *other == kind);
    at.expect("every kind is in the list of all kinds") as i64
}

/// The kind that a number stands for.
pub(crate) fn kind_of(number: i64) -> Option<RecordKind> {
    RecordKind::ALL.get(usize::try_from(number).ok()?).copied()
}

/// A status as the number that the tables hold: its position in the list of all.
pub(crate) fn status_number(status: Status) -> i64 {
    let at = Status::ALL.iter().position(|other| *other == status);
    at.expect("every status is in the list of all statuses") as i64
}

/// The status that a number stands for; what is not known counts as not decided.
pub(crate) fn status_of(number: i64) -> Status {
    let at = usize::try_from(number).unwrap_or(0);
    Status::ALL.get(at).copied().unwrap_or_default()
}
