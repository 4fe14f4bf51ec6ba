//! What follows from decisions: the status and the content of the records that they are about.
//!
//! A decision is about a matter, not about an id. Where a newer run of the same extractor has
//! a record of the same kind and code on the same words of the same reading, the decision is
//! about that one; else the old record stays listed with what was decided of it.
//!
//! Invariant: the result follows from the decisions and runs that are there, not from the order
//! in which they came; a source is looked at once a step.

use super::Fold;
use super::decisions::Unsettled;
use super::prepared::Found;
use super::runs::{note_open, proposals};
use super::sources::State;
use super::tally::{kind_of, status_number, status_of};
use crate::grave::is_grave;
use crate::{Result, names, record_id};
use model::{
    Change, Proposal, Proposals, RecordId, Sha256Digest, SourceId, Status, decided, from_cbor,
    holding,
};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::slice;

/// Run and ordinal.
type Place = (i64, u32);

/// Kind, code and status of a record that stands.
type Standing = (i64, Option<String>, Option<i64>);

/// A run of an extractor over the source.
struct Run {
    run: i64,
    family: String,
    extractor: String,
    reading: Sha256Digest,
    is_current: bool,
    records: u32,
}

/// One source whose decisions are looked at.
struct Settling<'c> {
    connection: &'c Connection,
    source: SourceId,
    runs: Vec<Run>,
    /// The proposals of runs, as far as they were needed.
    contents: BTreeMap<i64, Proposals>,
    /// Where the decided records stand, by id.
    places: BTreeMap<RecordId, Place>,
    /// Names of records that are others now.
    renamed: BTreeMap<i64, BTreeMap<u32, String>>,
}

impl Fold<'_, '_> {
    /// Looks at all that is unsettled.
    pub(super) fn settle(&mut self) -> Result<()> {
        for (source, which) in std::mem::take(&mut self.unsettled) {
            let row = self.row(&source)?;
            if row.is(State::Erased) {
                continue;
            }
            let mut settling = Settling::new(self.connection, source, row.no)?;
            let ids = match which {
                Unsettled::All => decided_in(self.connection, &source)?,
                Unsettled::These(ids) => ids,
            };
            if ids.is_empty() {
                continue;
            }
            self.settle_these(&mut settling, ids)?;
            settling.rename()?;
        }
        Ok(())
    }

    fn settle_these(&mut self, settling: &mut Settling, ids: BTreeSet<RecordId>) -> Result<()> {
        settling.find(&ids)?;
        let mut targets: BTreeMap<Place, BTreeSet<RecordId>> = BTreeMap::new();
        for id in ids {
            let before = settling.stood(&id)?;
            if let Some(place) = before {
                self.lift(settling, place)?;
            }
            settling.note(&id, None)?;
            if let Some(target) = settling.target(&id)? {
                targets.entry(target).or_default().insert(id);
            }
        }
        for (target, mut group) in targets {
            group.extend(settling.others(target)?);
            self.lift(settling, target)?;
            self.stand(settling, target, &group)?;
        }
        Ok(())
    }

    /// Makes a record again what was proposed, undecided.
    fn lift(&mut self, settling: &mut Settling, (run, ordinal): Place) -> Result<()> {
        let Some((kind, code, status)) = settling.row((run, ordinal))? else {
            return Ok(());
        };
        let Some(status) = status else { return Ok(()) };
        if let Some(kind) = kind_of(kind) {
            self.tally
                .records((kind, code.as_deref()), status_of(status), -1);
        }
        let Some(found) = settling.found((run, ordinal))? else {
            return Ok(());
        };
        settling.write((run, ordinal), None, &found)?;
        settling.waits_for_anyone((run, ordinal))?;
        if settling.is_current(run) {
            for row in &found.rows {
                self.tally.records(row.what(), Status::Proposed, 1);
            }
        }
        Ok(())
    }

    /// Gives an undecided record what follows from the decisions about `group`.
    fn stand(
        &mut self,
        settling: &mut Settling,
        place: Place,
        group: &BTreeSet<RecordId>,
    ) -> Result<()> {
        let Some(today) = settling.proposal(place)?.cloned() else {
            return Ok(());
        };
        for id in group {
            settling.note(id, Some(place))?;
        }
        let history = history(settling.connection, place)?;
        let follows = decided(&history, &today.body, &is_grave);
        let is_current = settling.is_current(place.0);
        if follows.status == Status::Proposed && !is_current {
            return Ok(());
        }
        let says = match follows.says.and_then(|at| history.get(at)) {
            Some(change) => match &change.decision.corrected {
                Some(corrected) => corrected.proposal.clone(),
                None => settling
                    .accepted(&change.decision.on.record)?
                    .unwrap_or(today.clone()),
            },
            None => today.clone(),
        };
        let found = Found::of(slice::from_ref(&says));
        settling.write(place, Some(follows.status), &found)?;
        if follows.status.is_open() && follows.status != Status::Disputed {
            settling.waits_for_others(place, &history)?;
        }
        if is_current {
            let proposed = (today.body.kind(), names::code(&today.body));
            self.tally.records(proposed, Status::Proposed, -1);
        }
        let stands = (says.body.kind(), names::code(&says.body));
        self.tally.records(stands, follows.status, 1);
        Ok(())
    }
}

impl<'c> Settling<'c> {
    fn new(connection: &'c Connection, source: SourceId, no: i64) -> Result<Self> {
        let mut runs = connection.prepare_cached(
            "SELECT run, family, extractor, reading, current, records FROM runs
             WHERE source = ? ORDER BY place",
        )?;
        let runs = runs.query_map([no], |row| {
            Ok(Run {
                run: row.get(0)?,
                family: row.get(1)?,
                extractor: row.get(2)?,
                reading: Sha256Digest(row.get(3)?),
                is_current: row.get(4)?,
                records: row.get(5)?,
            })
        })?;
        Ok(Self {
            connection,
            source,
            runs: runs.collect::<rusqlite::Result<_>>()?,
            contents: BTreeMap::new(),
            places: BTreeMap::new(),
            renamed: BTreeMap::new(),
        })
    }

    /// Finds where records stand. An id follows from source, reading, extractor and ordinal.
    fn find(&mut self, ids: &BTreeSet<RecordId>) -> Result<()> {
        for run in &self.runs {
            for ordinal in 0..run.records {
                let id = record_id(&self.source, &run.reading, &run.extractor, ordinal);
                if ids.contains(&id) {
                    self.places.insert(id, (run.run, ordinal));
                }
            }
        }
        Ok(())
    }

    fn is_current(&self, run: i64) -> bool {
        self.runs.iter().any(|it| it.run == run && it.is_current)
    }

    /// Which record of today a decision about `id` is about.
    fn target(&mut self, id: &RecordId) -> Result<Option<Place>> {
        let Some(&place) = self.places.get(id) else {
            return Ok(None);
        };
        let run = self.runs.iter().find(|it| it.run == place.0);
        let Some(run) = run.filter(|run| !run.is_current) else {
            return Ok(Some(place));
        };
        let newest = self.runs.iter().find(|other| {
            other.is_current && other.family == run.family && other.reading == run.reading
        });
        let Some(newest) = newest.map(|run| run.run) else {
            return Ok(Some(place));
        };
        let Some(old) = self.proposal(place)?.cloned() else {
            return Ok(Some(place));
        };
        let today = self.content(newest)?;
        let same = (0..).zip(&today.proposals);
        let same = same.filter_map(|(ordinal, new)| Some((likeness(&old, new)?, ordinal)));
        // The most alike; of several the first.
        let best = same.max_by_key(|(likeness, ordinal)| (*likeness, std::cmp::Reverse(*ordinal)));
        Ok(Some(best.map_or(place, |(_, ordinal)| (newest, ordinal))))
    }

    fn content(&mut self, run: i64) -> Result<&Proposals> {
        if !self.contents.contains_key(&run) {
            let body: Vec<u8> = self
                .connection
                .prepare_cached("SELECT body FROM contents WHERE run = ?")?
                .query_row([run], |row| row.get(0))?;
            self.contents.insert(run, proposals(&body)?);
        }
        Ok(&self.contents[&run])
    }

    fn proposal(&mut self, (run, ordinal): Place) -> Result<Option<&Proposal>> {
        Ok(self.content(run)?.proposals.get(ordinal as usize))
    }

    /// What was proposed under the id that was accepted.
    fn accepted(&mut self, id: &RecordId) -> Result<Option<Proposal>> {
        if !self.places.contains_key(id) {
            self.find(&BTreeSet::from([*id]))?;
        }
        match self.places.get(id).copied() {
            Some(place) => Ok(self.proposal(place)?.cloned()),
            None => Ok(None),
        }
    }

    fn found(&mut self, place: Place) -> Result<Option<Found>> {
        let proposal = self.proposal(place)?;
        Ok(proposal.map(|proposal| Found::of(slice::from_ref(proposal))))
    }

    /// Where decisions about `id` stood until now.
    fn stood(&self, id: &RecordId) -> Result<Option<Place>> {
        let mut find = self
            .connection
            .prepare_cached("SELECT run, ordinal FROM decided WHERE record = ?")?;
        let place: Option<(Option<i64>, Option<u32>)> = find
            .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(place.and_then(|(run, ordinal)| run.zip(ordinal)))
    }

    /// The ids under which a record was decided about so far.
    fn others(&self, (run, ordinal): Place) -> Result<Vec<RecordId>> {
        let mut find = self
            .connection
            .prepare_cached("SELECT record FROM decided WHERE run = ? AND ordinal = ?")?;
        let ids = find.query_map(params![run, ordinal], |row| {
            Ok(RecordId::from_bytes(row.get(0)?))
        })?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    fn note(&self, id: &RecordId, place: Option<Place>) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO decided (record, run, ordinal) VALUES (?, ?, ?)",
            )?
            .execute(params![
                id.as_bytes(),
                place.map(|place| place.0),
                place.map(|place| place.1)
            ])?;
        Ok(())
    }

    /// Kind, code and status of a record; kind and status as numbers.
    fn row(&self, (run, ordinal): Place) -> Result<Option<Standing>> {
        let mut find = self.connection.prepare_cached(
            "SELECT kind, code, status FROM records WHERE run = ? AND ordinal = ?",
        )?;
        let row = find.query_row(params![run, ordinal], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        });
        Ok(row.optional()?)
    }

    fn write(
        &mut self,
        (run, ordinal): Place,
        status: Option<Status>,
        found: &Found,
    ) -> Result<()> {
        let Some(row) = found.rows.first() else {
            return Ok(());
        };
        self.connection
            .prepare_cached(
                "UPDATE records SET kind = ?, status = ?, code = ? WHERE run = ? AND ordinal = ?",
            )?
            .execute(params![
                row.kind_number(),
                status.map(status_number),
                row.code,
                run,
                ordinal
            ])?;
        let of_run = self.renamed.entry(run).or_default();
        of_run.insert(ordinal, found.names.clone());
        Ok(())
    }

    /// Notes that a record waits for others than those whose decisions hold.
    fn waits_for_others(&self, (run, ordinal): Place, history: &[Change]) -> Result<()> {
        let mut hold = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO held (run, ordinal, person) VALUES (?, ?, ?)")?;
        for at in holding(history) {
            let person = folded(&history[at].decision.by);
            hold.execute(params![run, ordinal, person])?;
        }
        Ok(())
    }

    fn waits_for_anyone(&self, (run, ordinal): Place) -> Result<()> {
        self.connection
            .prepare_cached("DELETE FROM held WHERE run = ? AND ordinal = ?")?
            .execute(params![run, ordinal])?;
        Ok(())
    }

    /// Writes the names of the records that were touched, and what still waits, once a run.
    fn rename(&self) -> Result<()> {
        for (run, changed) in &self.renamed {
            note_open(self.connection, *run)?;
            let all: String = self
                .connection
                .prepare_cached("SELECT names FROM contents WHERE run = ?")?
                .query_row([run], |row| row.get(0))?;
            let each = (0..).zip(names::split(&all));
            let each = each.map(|(at, old)| changed.get(&at).map_or(old, String::as_str));
            let renamed = names::join(each);
            if renamed != all {
                self.connection
                    .prepare_cached("UPDATE contents SET names = ? WHERE run = ?")?
                    .execute(params![renamed, run])?;
            }
        }
        Ok(())
    }
}

/// A person's name as [`model::is_same_person`] compares it.
pub(crate) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// How alike two proposals on the same reading are; `None` when they are about different matters.
fn likeness(old: &Proposal, new: &Proposal) -> Option<u8> {
    let (one, other) = (old.quotes.first()?.span, new.quotes.first()?.span);
    let is_same = old.body.kind() == new.body.kind()
        && names::code(&old.body) == names::code(&new.body)
        && one.overlaps(other);
    is_same.then(|| u8::from(one == other) + u8::from(old.body == new.body))
}

/// The records of a source that were decided about.
fn decided_in(connection: &Connection, source: &SourceId) -> Result<BTreeSet<RecordId>> {
    let mut find =
        connection.prepare_cached("SELECT DISTINCT record FROM decisions WHERE source = ?")?;
    let ids = find.query_map([source.as_bytes()], |row| {
        Ok(RecordId::from_bytes(row.get(0)?))
    })?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// What was decided about the record at a place, under whichever id, oldest first.
pub(crate) fn history(connection: &Connection, (run, ordinal): Place) -> Result<Vec<Change>> {
    let mut find = connection.prepare_cached(
        "SELECT d.at, d.body FROM decided t JOIN decisions d ON d.record = t.record
         WHERE t.run = ? AND t.ordinal = ? ORDER BY d.place",
    )?;
    let mut rows = find.query(params![run, ordinal])?;
    let mut history = Vec::new();
    while let Some(row) = rows.next()? {
        history.push(Change {
            at: row.get::<_, i64>(0)? as u64,
            decision: from_cbor(&row.get::<_, Vec<u8>>(1)?)?,
        });
    }
    Ok(history)
}
