//! Sources and their readings.

use super::Fold;
use super::opened::Opened;
use crate::Result;
use crate::sources::called;
use crate::text::passages::{About, day_number, documents};
use model::{Compartment, Edtf, Outcome, Reading, Source, SourceId, from_cbor, to_cbor};
use rusqlite::{OptionalExtension, params};

/// Whether a source is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
    /// Other entries name it; its own has not arrived.
    Named = 0,
    /// Collected.
    Present = 1,
    /// This device holds no key for it.
    Locked = 2,
    /// Its key was destroyed.
    Erased = 3,
}

/// Values of the column `outcome`.
pub(crate) const WAITING: i64 = 0;
pub(crate) const UNREAD: i64 = 1;
pub(crate) const READ: i64 = 2;

/// A source's row, as far as the fold needs it.
pub(super) struct SourceRow {
    pub(super) no: i64,
    pub(super) state: i64,
    outcome: i64,
    order: Option<Vec<u8>>,
    compartment: Option<String>,
    language: Option<String>,
    passages: i64,
}

impl SourceRow {
    pub(super) fn is(&self, state: State) -> bool {
        self.state == state as i64
    }
}

impl Fold<'_, '_> {
    /// The row of a source; made when there is none.
    pub(super) fn row(&self, id: &SourceId) -> Result<SourceRow> {
        let mut find = self.connection.prepare_cached(
            "SELECT no, state, outcome, outcome_order, compartment, language, passages
             FROM sources WHERE id = ?",
        )?;
        let found = find
            .query_row([id.as_bytes()], |row| {
                Ok(SourceRow {
                    no: row.get(0)?,
                    state: row.get(1)?,
                    outcome: row.get(2)?,
                    order: row.get(3)?,
                    compartment: row.get(4)?,
                    language: row.get(5)?,
                    passages: row.get(6)?,
                })
            })
            .optional()?;
        if let Some(found) = found {
            return Ok(found);
        }
        self.connection
            .prepare_cached("INSERT INTO sources (id, state) VALUES (?, 0)")?
            .execute([id.as_bytes()])?;
        Ok(SourceRow {
            no: self.connection.last_insert_rowid(),
            state: State::Named as i64,
            outcome: WAITING,
            order: None,
            compartment: None,
            language: None,
            passages: 0,
        })
    }

    /// Counts a source's row, or takes it from the counts.
    fn count(&mut self, row: &SourceRow, number: i64) {
        match row.state {
            state if state == State::Locked as i64 => self.tally.add("sources", "locked", number),
            state if state == State::Erased as i64 => self.tally.add("sources", "erased", number),
            state if state == State::Present as i64 => {
                self.tally.add("sources", "present", number);
                let outcome = match row.outcome {
                    READ => "read",
                    UNREAD => "unread",
                    _ => "waiting",
                };
                self.tally.add("outcomes", outcome, number);
                if let Some(compartment) = &row.compartment {
                    self.tally.add("compartments", compartment, number);
                }
                if let Some(language) = &row.language {
                    self.tally.add("languages", language, number);
                }
                self.tally.add("passages", "", number * row.passages);
            }
            _ => {}
        }
    }

    pub(super) fn source(&mut self, opened: &Opened, id: &SourceId, source: &Source) -> Result<()> {
        let mut row = self.row(id)?;
        if row.is(State::Present) || row.is(State::Erased) {
            return Ok(());
        }
        if row.outcome != WAITING {
            // Its passages were indexed without what its own entry says of it.
            return Err(self.stale("a source arrived after its readings, from another log"));
        }
        self.count(&row, -1);
        row.state = State::Present as i64;
        row.compartment = Some(source.compartment.name().to_owned());
        self.count(&row, 1);
        let days = days(source.published);
        self.connection
            .prepare_cached(
                "UPDATE sources SET state = ?, original = ?, entry = ?, compartment = ?,
                 publisher = ?, published = ?, first_day = ?, last_day = ?, genre = ?
                 WHERE no = ?",
            )?
            .execute(params![
                row.state,
                source.original.0,
                opened.order(),
                row.compartment,
                source.publisher,
                source.published.map(|date| date.to_string()),
                days.0,
                days.1,
                source.genre.as_ref().map(model::Code::as_str),
                row.no,
            ])?;
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO bodies (no, body) VALUES (?, ?)")?
            .execute(params![row.no, to_cbor(source)?])?;
        self.call(row.no, &called(None, source))
    }

    /// Notes what a source can be found by.
    fn call(&self, no: i64, words: &str) -> Result<()> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO called (no, words) VALUES (?, ?)")?
            .execute(params![no, words])?;
        Ok(())
    }

    pub(super) fn locked(&mut self, id: &SourceId) -> Result<()> {
        let mut row = self.row(id)?;
        if row.is(State::Named) {
            row.state = State::Locked as i64;
            self.count(&row, 1);
            self.connection
                .prepare_cached("UPDATE sources SET state = ? WHERE no = ?")?
                .execute(params![row.state, row.no])?;
        }
        Ok(())
    }

    pub(super) fn reading(
        &mut self,
        opened: &Opened,
        id: &SourceId,
        outcome: &Outcome,
        reading: Option<&Reading>,
    ) -> Result<()> {
        let mut row = self.row(id)?;
        let order = opened.order();
        let number = match outcome {
            Outcome::Read { .. } => READ,
            Outcome::Unread(_) => UNREAD,
        };
        // A reading outweighs any failure to read, a later one an earlier one.
        let before = row.order.as_deref().map(|order| (row.outcome, order));
        if row.is(State::Erased) || before >= Some((number, order.as_slice())) {
            return Ok(());
        }
        let was_indexed = row.outcome == READ;
        self.count(&row, -1);
        row.outcome = number;
        row.passages = reading.map_or(0, |reading| reading.clean().count() as i64);
        row.language = reading
            .and_then(|reading| reading.language.as_ref())
            .map(|language| language.value.clone());
        self.count(&row, 1);
        let source = self.collected(row.no)?;
        let stated = source.as_ref();
        let publisher = stated
            .and_then(|source| source.publisher.as_deref())
            .or(reading.and_then(|reading| Some(reading.publisher.as_ref()?.value.as_str())));
        let published = stated
            .and_then(|source| source.published)
            .or(reading.and_then(|reading| Some(reading.published.as_ref()?.value)));
        let title = reading.and_then(|reading| Some(reading.title.as_ref()?.value.as_str()));
        let (digest, reason) = match outcome {
            Outcome::Read { reading, .. } => (Some(reading.0), None),
            Outcome::Unread(unread) => (None, Some(unread.reason.as_str())),
        };
        let days = days(published);
        self.connection
            .prepare_cached(
                "UPDATE sources SET outcome = ?, outcome_order = ?, reading = ?, title = ?,
                 publisher = ?, published = ?, first_day = ?, last_day = ?, language = ?,
                 reason = ?, passages = ? WHERE no = ?",
            )?
            .execute(params![
                row.outcome,
                order,
                digest,
                title,
                publisher,
                published.map(|date| date.to_string()),
                days.0,
                days.1,
                row.language,
                reason,
                row.passages,
                row.no,
            ])?;
        if let Some(source) = stated {
            self.call(row.no, &called(title, source))?;
        }
        let about = About {
            source: *id,
            compartment: stated.map_or(Compartment::Sealed, |source| source.compartment),
            publisher,
            published,
            language: row.language.as_deref(),
            genre: stated.and_then(|source| Some(source.genre.as_ref()?.as_str())),
        };
        let documents = reading.map(|reading| documents(self.text.fields(), &about, reading));
        let replaces = was_indexed || self.recovering;
        self.text.put(id, replaces, documents.unwrap_or_default())
    }

    pub(super) fn erased(&mut self, id: &SourceId) -> Result<()> {
        let mut row = self.row(id)?;
        if row.is(State::Erased) {
            return Ok(());
        }
        self.erased = true;
        self.remove_runs(&row, id)?;
        self.remove_judgements(id)?;
        self.count(&row, -1);
        row.state = State::Erased as i64;
        self.count(&row, 1);
        for table in [
            "DELETE FROM bodies WHERE no = ?",
            "DELETE FROM called WHERE no = ?",
        ] {
            self.connection.prepare_cached(table)?.execute([row.no])?;
        }
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO sources (no, id, state) VALUES (?, ?, ?)")?
            .execute(params![row.no, id.as_bytes(), row.state])?;
        if row.outcome == READ || self.recovering {
            self.text.put(id, true, Vec::new())?;
        }
        Ok(())
    }

    /// What was said of a source when it was collected.
    fn collected(&self, no: i64) -> Result<Option<Source>> {
        let mut find = self
            .connection
            .prepare_cached("SELECT body FROM bodies WHERE no = ?")?;
        let body: Option<Vec<u8>> = find.query_row([no], |row| row.get(0)).optional()?;
        Ok(body.map(|body| from_cbor(&body)).transpose()?)
    }
}

/// First and last day that a date may mean, as numbers.
fn days(date: Option<Edtf>) -> (Option<i64>, Option<i64>) {
    let number = |day| day_number(day) as i64;
    (
        date.and_then(|date| date.earliest()).map(number),
        date.and_then(|date| date.latest()).map(number),
    )
}
