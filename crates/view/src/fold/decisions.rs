//! What people decided about records.
//!
//! The latest decision gives a record its status and, when it corrects, its content. A decision
//! whose record has not arrived waits for it.

use super::Fold;
use super::opened::Opened;
use super::prepared::Found;
use super::runs::proposals;
use super::sources::State;
use super::tally::{kind_of, status_number, status_of};
use crate::{Result, names, record_id};
use model::{Decision, RecordId, RecordKind, Sha256Digest, SourceId, Status, from_cbor, to_cbor};
use rusqlite::{Connection, OptionalExtension, params};
use std::slice;

/// Where a record stands in the tables, and what decision stands.
struct Decided {
    status: Status,
    place: Option<(i64, u32)>,
}

impl Fold<'_, '_> {
    pub(super) fn decision(&mut self, opened: &Opened, decision: &Decision) -> Result<()> {
        if let Some(source) = &opened.subject
            && self.row(source)?.is(State::Erased)
        {
            return Ok(());
        }
        self.decisions = true;
        let record = decision.record;
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO decisions (record, place, source, at, body)
                 VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                record.as_bytes(),
                opened.order(),
                opened.subject.as_ref().map(SourceId::as_bytes),
                opened.at as i64,
                to_cbor(decision)?,
            ])?;
        let before = self.decided(&record)?;
        let place = match &before {
            Some(decided) => decided.place,
            None => locate(self.connection, &record)?,
        };
        if let Some(place) = place {
            let kind = self.kind(place)?;
            let counted = match &before {
                Some(decided) => Some(decided.status),
                None => self.is_current(place.0)?.then_some(Status::Proposed),
            };
            if let (Some(kind), Some(status)) = (kind, counted) {
                self.tally.records(kind, status, -1);
            }
        }
        self.stand(&record, place)
    }

    /// Attaches what was decided about a record before it arrived.
    pub(super) fn attach(&mut self, record: &RecordId, run: i64, ordinal: u32) -> Result<()> {
        match self.decided(record)? {
            Some(_) => self.stand(record, Some((run, ordinal))),
            None => Ok(()),
        }
    }

    /// Gives the record the status and content of its latest decision, and counts it.
    fn stand(&mut self, record: &RecordId, place: Option<(i64, u32)>) -> Result<()> {
        let latest: Vec<u8> = self
            .connection
            .prepare_cached(
                "SELECT body FROM decisions WHERE record = ? ORDER BY place DESC LIMIT 1",
            )?
            .query_row([record.as_bytes()], |row| row.get(0))?;
        let latest: Decision = from_cbor(&latest)?;
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO decided (record, status, run, ordinal) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![
                record.as_bytes(),
                status_number(latest.status),
                place.map(|place| place.0),
                place.map(|place| place.1),
            ])?;
        let Some((run, ordinal)) = place else {
            return Ok(());
        };
        let found = match &latest.corrected {
            Some(corrected) => Some(Found::of(slice::from_ref(corrected))),
            None => self.as_proposed(run, ordinal)?,
        };
        if let Some(Found { rows, names }) = found
            && let Some(row) = rows.first()
        {
            self.connection
                .prepare_cached(
                    "UPDATE records SET kind = ?, status = ?, code = ?
                     WHERE run = ? AND ordinal = ?",
                )?
                .execute(params![
                    row.kind_number(),
                    status_number(latest.status),
                    row.code,
                    run,
                    ordinal
                ])?;
            self.rename(run, ordinal, &names)?;
            self.tally.records(row.kind, latest.status, 1);
        }
        Ok(())
    }

    /// Gives one record of a run other names.
    fn rename(&self, run: i64, ordinal: u32, names: &str) -> Result<()> {
        let all: String = self
            .connection
            .prepare_cached("SELECT names FROM contents WHERE run = ?")?
            .query_row([run], |row| row.get(0))?;
        let renamed = names::join(split_with(&all, ordinal as usize, names));
        if renamed != all {
            self.connection
                .prepare_cached("UPDATE contents SET names = ? WHERE run = ?")?
                .execute(params![renamed, run])?;
        }
        Ok(())
    }

    fn as_proposed(&self, run: i64, ordinal: u32) -> Result<Option<Found>> {
        let body: Vec<u8> = self
            .connection
            .prepare_cached("SELECT body FROM contents WHERE run = ?")?
            .query_row([run], |row| row.get(0))?;
        let proposals = proposals(&body)?;
        let proposal = proposals.proposals.get(ordinal as usize);
        Ok(proposal.map(|proposal| Found::of(slice::from_ref(proposal))))
    }

    fn decided(&self, record: &RecordId) -> Result<Option<Decided>> {
        let mut find = self
            .connection
            .prepare_cached("SELECT status, run, ordinal FROM decided WHERE record = ?")?;
        let found = find.query_row([record.as_bytes()], |row| {
            let place: (Option<i64>, Option<u32>) = (row.get(1)?, row.get(2)?);
            Ok(Decided {
                status: status_of(row.get(0)?),
                place: place.0.zip(place.1),
            })
        });
        Ok(found.optional()?)
    }

    fn kind(&self, (run, ordinal): (i64, u32)) -> Result<Option<RecordKind>> {
        let mut find = self
            .connection
            .prepare_cached("SELECT kind FROM records WHERE run = ? AND ordinal = ?")?;
        let kind: Option<i64> = find
            .query_row(params![run, ordinal], |row| row.get(0))
            .optional()?;
        Ok(kind.and_then(kind_of))
    }

    fn is_current(&self, run: i64) -> Result<bool> {
        let mut find = self
            .connection
            .prepare_cached("SELECT current FROM runs WHERE run = ?")?;
        Ok(find.query_row([run], |row| row.get(0))?)
    }
}

/// The names of a run's records, with others in one place.
fn split_with<'a>(all: &'a str, at: usize, names: &'a str) -> impl Iterator<Item = &'a str> {
    let each = names::split(all).enumerate();
    each.map(move |(number, old)| if number == at { names } else { old })
}

/// Run and ordinal of a record. Its id holds its source's time and can be computed from what it
/// was read out of, so no table of ids is kept.
pub(crate) fn locate(connection: &Connection, record: &RecordId) -> Result<Option<(i64, u32)>> {
    let mut place = None;
    each_record(
        connection,
        record.as_bytes(),
        32,
        &mut |id, run, ordinal| {
            if id == *record {
                place = Some((run, ordinal));
            }
            place.is_none()
        },
    )?;
    Ok(place)
}

/// Calls `each` for the records whose source's time begins as `prefix` does (its first
/// `known` half-bytes, at most 12 of which are time), until it says `false`.
pub(crate) fn each_record(
    connection: &Connection,
    prefix: &[u8; 16],
    known: usize,
    each: &mut dyn FnMut(RecordId, i64, u32) -> bool,
) -> Result<()> {
    let (low, high) = range(prefix, known.min(12));
    let mut runs = connection.prepare_cached(
        "SELECT s.id, r.run, r.reading, r.extractor, r.records
         FROM sources s JOIN runs r ON r.source = s.no WHERE s.id BETWEEN ? AND ?
         ORDER BY s.id, r.place",
    )?;
    let mut rows = runs.query(params![low, high])?;
    while let Some(row) = rows.next()? {
        let source = SourceId::from_bytes(row.get(0)?);
        let run: i64 = row.get(1)?;
        let reading = Sha256Digest(row.get(2)?);
        let extractor: String = row.get(3)?;
        for ordinal in 0..row.get::<_, u32>(4)? {
            if !each(
                record_id(&source, &reading, &extractor, ordinal),
                run,
                ordinal,
            ) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The least and the greatest sixteen bytes whose first `known` half-bytes are those of `prefix`.
pub(crate) fn range(prefix: &[u8; 16], known: usize) -> ([u8; 16], [u8; 16]) {
    let free = 4 * (32 - known.min(32)) as u32;
    let mask = match free {
        128 => u128::MAX,
        bits => (1u128 << bits) - 1,
    };
    let value = u128::from_be_bytes(*prefix);
    ((value & !mask).to_be_bytes(), (value | mask).to_be_bytes())
}
