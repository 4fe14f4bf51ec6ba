//! The fold: entries of the ledger in, rows and documents out.
//!
//! Invariant: the result depends on the set of entries, not on the order in which they came:
//! where entries compete (two readings of a source, two decisions on a record), the later one by
//! the ledger's own order wins, whenever it arrives. So a view that grew entry by entry answers
//! as one that was rebuilt.

mod decisions;
mod judgements;
mod lanes;
mod look;
mod opened;
mod prepared;
mod runs;
mod settle;
mod sources;
mod tally;

pub(crate) use decisions::{each_record, locate};
pub(crate) use lanes::in_order;
pub(crate) use look::look_through;
pub use opened::{EntryPlace, Opened, Position, What};
pub(crate) use prepared::{Found, Prepared};
pub(crate) use runs::{may_wait, proposals};
pub(crate) use settle::{folded, history};
pub(crate) use sources::{READ, State, UNREAD};
use tally::Tally;
pub(crate) use tally::{kind_number, status_number, status_of};

use crate::text::index::TextWriter;
use crate::{Error, Result};
use model::SourceId;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One pass over entries, within one transaction.
pub(crate) struct Fold<'c, 't> {
    connection: &'c Connection,
    text: &'c TextWriter<'t>,
    tally: Tally,
    position: Position,
    /// Whether the index may hold passages of a step whose rows were lost.
    recovering: bool,
    /// Whether any decision was ever made: most ledgers are extracted long before.
    decisions: bool,
    /// What of the decisions is to be looked at again before the step ends.
    unsettled: BTreeMap<SourceId, decisions::Unsettled>,
    /// Whether a source was erased in this pass.
    erased: bool,
    folder: PathBuf,
}

impl<'c, 't> Fold<'c, 't> {
    /// Goes on from what `connection`, in a transaction, has.
    pub(crate) fn new(
        connection: &'c Connection,
        text: &'c TextWriter<'t>,
        recovering: bool,
        folder: PathBuf,
    ) -> Result<Self> {
        let decisions = connection
            .query_row("SELECT 1 FROM decisions LIMIT 1", [], |_| Ok(()))
            .optional()?;
        Ok(Self {
            connection,
            text,
            tally: Tally::default(),
            position: position(connection)?,
            recovering,
            decisions: decisions.is_some(),
            unsettled: BTreeMap::new(),
            erased: false,
            folder,
        })
    }

    /// Whether a source was erased in this pass.
    pub(crate) fn has_erased(&self) -> bool {
        self.erased
    }

    /// Applies an entry; `false` when it was applied before.
    pub(crate) fn apply(&mut self, prepared: &Prepared) -> Result<bool> {
        let opened = &prepared.opened;
        let size = self.position.0.entry(opened.place.writer).or_default();
        if opened.place.index < *size {
            return Ok(false);
        }
        *size = opened.place.index + 1;
        match (&opened.what, opened.subject) {
            (What::Source(source), Some(id)) => self.source(opened, &id, source)?,
            (What::Reading(outcome, reading), Some(id)) => {
                self.reading(opened, &id, outcome, reading.as_deref())?;
            }
            (What::Proposals(proposals, blob), Some(id)) => {
                self.run(prepared, &id, proposals, blob)?;
            }
            (What::Decision(decision), _) => self.decision(opened, decision)?,
            (What::Judgement(judgement), _) => self.judgement(opened, judgement)?,
            (What::Erased(id), _) => self.erased(id)?,
            (What::Locked, Some(id)) => self.locked(&id)?,
            _ => {}
        }
        Ok(true)
    }

    /// Writes down how far the ledger was applied, and gives the position back.
    pub(crate) fn finish(mut self) -> Result<Position> {
        self.settle()?;
        self.tally.write(self.connection)?;
        let mut write = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO positions (writer, size) VALUES (?, ?)")?;
        for (writer, size) in &self.position.0 {
            write.execute(params![writer, *size as i64])?;
        }
        Ok(self.position)
    }

    fn stale(&self, why: &str) -> Error {
        Error::Stale {
            folder: self.folder.clone(),
            why: why.to_owned(),
        }
    }
}

/// How far the ledger was applied to `connection`.
pub(crate) fn position(connection: &Connection) -> Result<Position> {
    let mut statement = connection.prepare_cached("SELECT writer, size FROM positions")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
    Ok(Position(rows.collect::<rusqlite::Result<_>>()?))
}
