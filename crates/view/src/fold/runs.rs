//! What extractors proposed: one row a run with all its proposals, one narrow row a record.
//!
//! Of the runs of one extractor over one source, the newest is *current*. Records of an older
//! one are shown only where a person decided about them and the newest has none in their place.

use super::Fold;
use super::prepared::{Prepared, Row};
use super::sources::{SourceRow, State};
use super::tally::{kind_number, kind_of, status_of};
use crate::Result;
use crate::grave::is_grave_code;
use crate::ledger::unpack;
use model::{Proposals, RecordKind, SourceId, Status, from_cbor};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Records that are put in with one statement: each has its cost, however little it does.
const AT_ONCE: usize = 32;

/// The proposals that a run's body holds.
pub(crate) fn proposals(body: &[u8]) -> Result<Proposals> {
    Ok(from_cbor(&unpack(body)?)?)
}

/// A run that is there already.
struct Earlier {
    run: i64,
    extractor: String,
    reading: [u8; 32],
    place: Vec<u8>,
}

impl Fold<'_, '_> {
    pub(super) fn run(
        &mut self,
        prepared: &Prepared,
        id: &SourceId,
        proposals: &Proposals,
        blob: &[u8],
    ) -> Result<()> {
        let source = self.row(id)?;
        if source.is(State::Erased) {
            return Ok(());
        }
        let order = prepared.opened.order();
        let extractor = proposals.extractor.as_str();
        let family = extractor.split('/').next().unwrap_or_default();
        let others = self.runs_of_family(source.no, family)?;
        let same = others
            .iter()
            .find(|run| run.extractor == extractor && run.reading == proposals.reading.0);
        match same {
            // The same extractor read the same reading before: the later entry stands.
            Some(same) if same.place.as_slice() >= order.as_slice() => return Ok(()),
            Some(same) => self.remove_run(same.run)?,
            None => {}
        }
        let alone = others.is_empty();
        let rows = &prepared.found.rows;
        let open = match alone {
            true => waiting(rows.iter().map(Row::what)),
            false => 0,
        };
        self.connection
            .prepare_cached(
                "INSERT INTO runs (source, family, extractor, reading, place, current, records, open)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                source.no,
                family,
                extractor,
                proposals.reading.0,
                order,
                alone,
                rows.len() as i64,
                open,
            ])?;
        let run = self.connection.last_insert_rowid();
        self.connection
            .prepare_cached("INSERT INTO contents (run, names, body) VALUES (?, ?, ?)")?
            .execute(params![run, prepared.found.names, blob])?;
        self.insert_rows(run, rows)?;
        self.unsettle(id);
        match alone {
            false => self.choose_current(source.no, family),
            true if self.decisions => self.count_undecided(run, 1),
            true => {
                let mut counts = BTreeMap::new();
                for row in rows {
                    let what = (
                        row.kind_number(),
                        is_grave_code(row.kind, row.code.as_deref()),
                    );
                    counts.entry(what).or_insert((row, 0_i64)).1 += 1;
                }
                for (row, number) in counts.into_values() {
                    self.tally.records(row.what(), Status::Proposed, number);
                }
                Ok(())
            }
        }
    }

    /// The runs of an extractor's family over a source.
    fn runs_of_family(&self, source: i64, family: &str) -> Result<Vec<Earlier>> {
        let mut runs = self.connection.prepare_cached(
            "SELECT run, extractor, reading, place FROM runs WHERE source = ? AND family = ?",
        )?;
        let runs = runs.query_map(params![source, family], |row| {
            Ok(Earlier {
                run: row.get(0)?,
                extractor: row.get(1)?,
                reading: row.get(2)?,
                place: row.get(3)?,
            })
        })?;
        Ok(runs.collect::<rusqlite::Result<_>>()?)
    }

    fn insert_rows(&self, run: i64, rows: &[Row]) -> Result<()> {
        let mut first = 0;
        for rows in rows.chunks(AT_ONCE) {
            let values = vec!["(?, ?, ?, ?)"; rows.len()].join(", ");
            let mut insert = self.connection.prepare_cached(&format!(
                "INSERT INTO records (run, ordinal, kind, code) VALUES {values}"
            ))?;
            for (row, ordinal) in rows.iter().zip(first..) {
                let column = 4 * (ordinal - first) as usize;
                insert.raw_bind_parameter(column + 1, run)?;
                insert.raw_bind_parameter(column + 2, ordinal)?;
                insert.raw_bind_parameter(column + 3, row.kind_number())?;
                insert.raw_bind_parameter(column + 4, &row.code)?;
            }
            insert.raw_execute()?;
            first += rows.len() as i64;
        }
        Ok(())
    }

    /// Makes the newest run of an extractor over a source the current one.
    fn choose_current(&mut self, source: i64, family: &str) -> Result<()> {
        let mut runs = self.connection.prepare_cached(
            "SELECT run, current FROM runs WHERE source = ? AND family = ? ORDER BY place DESC",
        )?;
        let runs = runs
            .query_map(params![source, family], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<rusqlite::Result<Vec<(i64, bool)>>>()?;
        for (at, (run, current)) in runs.into_iter().enumerate() {
            let newest = at == 0;
            if newest != current {
                self.count_undecided(run, if newest { 1 } else { -1 })?;
                self.connection
                    .prepare_cached("UPDATE runs SET current = ? WHERE run = ?")?
                    .execute(params![newest, run])?;
                note_open(self.connection, run)?;
            }
        }
        Ok(())
    }

    fn count_undecided(&mut self, run: i64, number: i64) -> Result<()> {
        let mut kinds = self
            .connection
            .prepare_cached("SELECT kind, code FROM records WHERE run = ? AND status IS NULL")?;
        let mut rows = kinds.query([run])?;
        while let Some(row) = rows.next()? {
            if let Some(kind) = kind_of(row.get(0)?) {
                let code: Option<String> = row.get(1)?;
                let what = (kind, code.as_deref());
                self.tally.records(what, Status::Proposed, number);
            }
        }
        Ok(())
    }

    /// Takes a run away, with its records; decisions about them stay, to be attached again.
    fn remove_run(&mut self, run: i64) -> Result<()> {
        let current: bool = self
            .connection
            .prepare_cached("SELECT current FROM runs WHERE run = ?")?
            .query_row([run], |row| row.get(0))?;
        if current {
            self.count_undecided(run, -1)?;
        }
        if self.decisions {
            let mut decided = self.connection.prepare_cached(
                "SELECT kind, status, code FROM records WHERE run = ? AND status IS NOT NULL",
            )?;
            let mut rows = decided.query([run])?;
            while let Some(row) = rows.next()? {
                if let Some(kind) = kind_of(row.get(0)?) {
                    let code: Option<String> = row.get(2)?;
                    let what = (kind, code.as_deref());
                    self.tally.records(what, status_of(row.get(1)?), -1);
                }
            }
            self.connection
                .prepare_cached("UPDATE decided SET run = NULL, ordinal = NULL WHERE run = ?")?
                .execute([run])?;
        }
        for table in [
            "DELETE FROM records WHERE run = ?",
            "DELETE FROM held WHERE run = ?",
            "DELETE FROM contents WHERE run = ?",
            "DELETE FROM runs WHERE run = ?",
        ] {
            self.connection.prepare_cached(table)?.execute([run])?;
        }
        Ok(())
    }

    /// Takes away everything that was read out of a source, decisions included.
    pub(super) fn remove_runs(&mut self, source: &SourceRow, id: &SourceId) -> Result<()> {
        for run in runs_of(self.connection, source.no)? {
            self.remove_run(run)?;
        }
        self.remove_decisions(id)
    }
}

/// The bit of grave types in what waits of a run.
const GRAVE: i64 = 1 << 62;

/// What records of these kinds and codes are as bits: one a kind, and one for grave types.
fn waiting<'r>(rows: impl Iterator<Item = (RecordKind, Option<&'r str>)>) -> i64 {
    rows.fold(0, |bits, (kind, code)| {
        let grave = if is_grave_code(kind, code) { GRAVE } else { 0 };
        bits | 1 << kind_number(kind) | grave
    })
}

/// The bits of runs in which something of these kinds may wait (of any, when there is none), or
/// something of a grave type.
pub(crate) fn may_wait(kinds: &[RecordKind], grave: bool) -> i64 {
    match (grave, kinds) {
        (true, []) => GRAVE,
        (true, kinds) if kinds.contains(&RecordKind::Allegation) => GRAVE,
        // No other kind has grave types.
        (true, _) => 0,
        (false, []) => i64::MAX,
        (false, kinds) => waiting(kinds.iter().map(|kind| (*kind, None))),
    }
}

/// Notes which records of a run wait for a person, so that a queue passes over the other runs.
pub(super) fn note_open(connection: &Connection, run: i64) -> Result<()> {
    let mut records = connection.prepare_cached(
        "SELECT r.kind, r.code, coalesce(r.status, 0) FROM records r JOIN runs u ON u.run = r.run
         WHERE r.run = ? AND (u.current OR r.status IS NOT NULL)",
    )?;
    let mut rows = records.query([run])?;
    let mut open = 0;
    while let Some(row) = rows.next()? {
        let code: Option<String> = row.get(1)?;
        if let Some(kind) = kind_of(row.get(0)?)
            && status_of(row.get(2)?).is_open()
        {
            open |= waiting(std::iter::once((kind, code.as_deref())));
        }
    }
    connection
        .prepare_cached("UPDATE runs SET open = ? WHERE run = ? AND open <> ?1")?
        .execute(params![open, run])?;
    Ok(())
}

/// The runs over a source.
fn runs_of(connection: &Connection, source: i64) -> Result<Vec<i64>> {
    let mut runs = connection.prepare_cached("SELECT run FROM runs WHERE source = ?")?;
    let runs = runs.query_map([source], |row| row.get(0))?;
    Ok(runs.collect::<rusqlite::Result<_>>()?)
}
