//! What extractors proposed: one row a run with all its proposals, one narrow row a record.
//!
//! Of the runs of one extractor over one source, the newest is *current*. Records of an older
//! one are shown only where a person decided about them and the newest has none in their place.

use super::Fold;
use super::prepared::{Prepared, Row};
use super::sources::{SourceRow, State};
use super::tally::{kind_of, status_of};
use crate::Result;
use crate::ledger::unpack;
use model::{Proposals, RecordKind, SourceId, Status, from_cbor};
use rusqlite::{Connection, params};

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
        self.connection
            .prepare_cached(
                "INSERT INTO runs (source, family, extractor, reading, place, current, records)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                source.no,
                family,
                extractor,
                proposals.reading.0,
                order,
                alone,
                rows.len() as i64,
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
                for kind in RecordKind::ALL {
                    let records = rows.iter().filter(|row| row.kind == *kind).count();
                    if records > 0 {
                        self.tally.records(*kind, Status::Proposed, records as i64);
                    }
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
            }
        }
        Ok(())
    }

    fn count_undecided(&mut self, run: i64, number: i64) -> Result<()> {
        let mut kinds = self.connection.prepare_cached(
            "SELECT kind, count(*) FROM records WHERE run = ? AND status IS NULL GROUP BY kind",
        )?;
        let mut rows = kinds.query([run])?;
        while let Some(row) = rows.next()? {
            if let Some(kind) = kind_of(row.get(0)?) {
                let records: i64 = row.get(1)?;
                self.tally.records(kind, Status::Proposed, number * records);
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
                "SELECT kind, status FROM records WHERE run = ? AND status IS NOT NULL",
            )?;
            let mut rows = decided.query([run])?;
            while let Some(row) = rows.next()? {
                if let Some(kind) = kind_of(row.get(0)?) {
                    self.tally.records(kind, status_of(row.get(1)?), -1);
                }
            }
            self.connection
                .prepare_cached("UPDATE decided SET run = NULL, ordinal = NULL WHERE run = ?")?
                .execute([run])?;
        }
        for table in [
            "DELETE FROM records WHERE run = ?",
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

/// The runs over a source.
fn runs_of(connection: &Connection, source: i64) -> Result<Vec<i64>> {
    let mut runs = connection.prepare_cached("SELECT run FROM runs WHERE source = ?")?;
    let runs = runs.query_map([source], |row| row.get(0))?;
    Ok(runs.collect::<rusqlite::Result<_>>()?)
}
