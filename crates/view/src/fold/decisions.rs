//! What people decided about records: kept as it was said, and looked at together when a step ends.
//!
//! Invariant: a decision whose record has not arrived waits for it; one whose source was erased
//! is gone.

use super::Fold;
use super::opened::Opened;
use super::sources::State;
use crate::{Result, record_id};
use model::{Decision, RecordId, Sha256Digest, SourceId, to_cbor};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Records of one source whose decisions are to be looked at again.
pub(super) enum Unsettled {
    /// Those with these ids.
    These(BTreeSet<RecordId>),
    /// All: its runs changed.
    All,
}

impl Fold<'_, '_> {
    pub(super) fn decision(&mut self, opened: &Opened, decision: &Decision) -> Result<()> {
        let source = decision.on.source;
        if self.row(&source)?.is(State::Erased) {
            return Ok(());
        }
        self.decisions = true;
        let record = decision.on.record;
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO decisions (record, place, source, at, body)
                 VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                record.as_bytes(),
                opened.order(),
                source.as_bytes(),
                opened.at as i64,
                to_cbor(decision)?,
            ])?;
        let these = || Unsettled::These(BTreeSet::new());
        if let Unsettled::These(ids) = self.unsettled.entry(source).or_insert_with(these) {
            ids.insert(record);
        }
        Ok(())
    }

    /// The runs of a source changed: what was decided about its records may be about others now.
    pub(super) fn unsettle(&mut self, source: &SourceId) {
        if self.decisions {
            self.unsettled.insert(*source, Unsettled::All);
        }
    }

    /// Takes away what was decided about the records of a source.
    pub(super) fn remove_decisions(&mut self, source: &SourceId) -> Result<()> {
        self.unsettled.remove(source);
        for table in [
            "DELETE FROM decided WHERE record IN (SELECT record FROM decisions WHERE source = ?)",
            "DELETE FROM decisions WHERE source = ?",
        ] {
            self.connection
                .prepare_cached(table)?
                .execute([source.as_bytes()])?;
        }
        Ok(())
    }
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
