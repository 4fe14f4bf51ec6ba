//! What waits for a person's decision, and what a decision needs to know of its record.
//!
//! Invariant: the queue is a question like any other: it holds nothing, and nobody reserves a
//! record by looking at it. Two persons who decide at once are both on record.

use crate::fold::{folded, kind_number, locate, may_wait, status_number, status_of};
use crate::records::Loaded;
use crate::{Result, View, grave_codes, is_grave, judged_of};
use model::{
    Change, Choice, Correction, Decision, Record, RecordId, RecordKind, Sha256Digest, SourceId,
    Status, Upon, is_same_person, to_cbor,
};
use ring::digest::{SHA256, digest};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use std::sync::LazyLock;

/// The order in which records are put before a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ReviewOrder {
    /// Grave types first; among them, and after them, document by document.
    #[default]
    GraveFirst,
    /// Document by document, as the records stand in it.
    BySource,
}

/// Which records are put before a person.
#[derive(Clone, Debug, Default)]
pub struct ReviewFilter {
    /// Who decides: what waits for a second person is not put before the first again, nor a
    /// question before the one who asked it.
    pub by: String,
    /// Of one of these kinds; of any when there is none.
    pub kinds: Vec<RecordKind>,
    /// Read from this source.
    pub source: Option<SourceId>,
    /// With this code, such as the type of violation.
    pub code: Option<String>,
    /// Only of this status, among those that are open.
    pub status: Option<Status>,
    /// Only of grave types.
    pub grave: bool,
}

/// How far the review is, of all records that a filter names (whoever decides).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ReviewProgress {
    /// Nobody decided.
    pub proposed: u64,
    /// Of them, of a grave type.
    pub grave: u64,
    /// Accepted by one, to be looked at by a second person.
    pub second_review: u64,
    /// Somebody was unsure.
    pub unsure: u64,
    /// Persons differ.
    pub disputed: u64,
    /// Accepted, with or without corrections, or rejected.
    pub decided: u64,
}

impl ReviewProgress {
    /// Counts records of a status; those of grave types are not told apart here.
    fn add(&mut self, status: Status, number: u64) {
        match status {
            Status::Proposed => self.proposed += number,
            Status::SecondReview => self.second_review += number,
            Status::Unsure => self.unsure += number,
            Status::Disputed => self.disputed += number,
            Status::Accepted | Status::Corrected | Status::Rejected => self.decided += number,
        }
    }

    /// Records that still wait.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.proposed + self.second_review + self.unsure + self.disputed
    }
}

/// Where a record stands in the order of the queue.
pub(crate) struct After {
    is_grave: bool,
    place: [Value; 4],
}

impl After {
    /// Leaves out what stands before.
    pub(crate) fn narrow(&self, condition: &mut String, values: &mut Vec<Value>) {
        // The first part lets the walk begin at the source; the second is the exact place.
        condition
            .push_str(" AND s.id >= ? AND (s.id, u.family, u.place, r.ordinal) > (?, ?, ?, ?)");
        values.push(self.place[0].clone());
        values.extend(self.place.iter().cloned());
    }
}

const FROM: &str = "FROM sources s
    CROSS JOIN runs u ON u.source = s.no
    CROSS JOIN records r ON r.run = u.run
    WHERE (u.current OR r.status IS NOT NULL)";

impl View {
    /// The records that wait for `filter.by` to decide, at most `limit`, in `order`; those behind
    /// `after` when it is given, which may itself be decided by now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn review_queue(
        &self,
        filter: &ReviewFilter,
        order: ReviewOrder,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Vec<Record>> {
        let after = match after {
            Some(id) => self.stands_after(id)?,
            None => None,
        };
        let mut queue = Vec::new();
        let rounds: &[Option<bool>] = match order {
            ReviewOrder::GraveFirst if filter.grave => &[Some(true)],
            ReviewOrder::GraveFirst => &[Some(true), Some(false)],
            ReviewOrder::BySource => &[None],
        };
        for round in rounds {
            let is_before = |after: &After| matches!(round, Some(true)) && !after.is_grave;
            if after.as_ref().is_some_and(is_before) {
                continue;
            }
            let within = |after: &&After| round.is_none_or(|grave| grave == after.is_grave);
            let after = after.as_ref().filter(within);
            self.waiting(filter, *round, after, limit, &mut queue)?;
        }
        Ok(queue)
    }

    /// Adds what waits, of grave types or of all others, until there are `limit`. Runs in which
    /// nothing of it is open are passed over without a look at their records.
    fn waiting(
        &self,
        filter: &ReviewFilter,
        grave: Option<bool>,
        after: Option<&After>,
        limit: usize,
        queue: &mut Vec<Record>,
    ) -> Result<()> {
        if queue.len() >= limit {
            return Ok(());
        }
        let (mut condition, mut values) = conditions(filter);
        condition.push_str(" AND u.open & ? <> 0");
        let is_grave = grave == Some(true) || filter.grave;
        values.push(Value::Integer(may_wait(&filter.kinds, is_grave)));
        match grave {
            Some(true) => condition.push_str(&format!(" AND {}", *GRAVE)),
            Some(false) => condition.push_str(&format!(" AND NOT {}", *GRAVE)),
            None => {}
        }
        let open = Status::ALL.into_iter().filter(|status| status.is_open());
        let open: Vec<String> = open.map(|it| status_number(it).to_string()).collect();
        condition.push_str(&format!(
            " AND coalesce(r.status, 0) IN ({})",
            open.join(",")
        ));
        // As `waits_for` has it, of records that need not be read for it.
        condition.push_str(
            " AND NOT EXISTS (SELECT 1 FROM held h
               WHERE h.run = r.run AND h.ordinal = r.ordinal AND h.person = ?)",
        );
        values.push(Value::Text(folded(&filter.by)));
        if let Some(after) = after {
            after.narrow(&mut condition, &mut values);
        }
        let query = format!(
            "SELECT r.run, r.ordinal, r.status, s.id {FROM} {condition}
             ORDER BY s.id, u.family, u.place, r.ordinal"
        );
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut loaded: Option<Loaded> = None;
        while let Some(row) = rows.next()? {
            let run: i64 = row.get(0)?;
            let at_hand = match loaded.take() {
                Some(loaded) if loaded.run == run => loaded,
                _ => self.load(run, SourceId::from_bytes(row.get(3)?))?,
            };
            let status = row.get::<_, Option<i64>>(2)?.map(status_of);
            queue.extend(self.assemble(&at_hand, row.get(1)?, status)?);
            if queue.len() >= limit {
                break;
            }
            loaded = Some(at_hand);
        }
        Ok(())
    }

    /// How far the review of what `filter` names is; its status and person are not looked at.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn review_progress(&self, filter: &ReviewFilter) -> Result<ReviewProgress> {
        if filter.source.is_none() && filter.code.is_none() {
            return self.progress_of_all(filter);
        }
        let filter = ReviewFilter {
            status: None,
            ..filter.clone()
        };
        let (condition, values) = conditions(&filter);
        let query = format!(
            "SELECT coalesce(r.status, 0), {}, count(*) {FROM} {condition} GROUP BY 1, 2",
            *GRAVE
        );
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut progress = ReviewProgress::default();
        while let Some(row) = rows.next()? {
            let number = row.get::<_, i64>(2)? as u64;
            let status = status_of(row.get(0)?);
            progress.add(status, number);
            if status == Status::Proposed && row.get::<_, bool>(1)? {
                progress.grave += number;
            }
        }
        Ok(progress)
    }

    /// The same from the counts that are kept, which are by kind and by grave types.
    fn progress_of_all(&self, filter: &ReviewFilter) -> Result<ReviewProgress> {
        let counts = self.status()?;
        let mut progress = ReviewProgress::default();
        let fits = |kind: &RecordKind| filter.kinds.is_empty() || filter.kinds.contains(kind);
        if fits(&RecordKind::Allegation) {
            let waiting = counts.grave.get(&Status::Proposed);
            progress.grave = waiting.copied().unwrap_or_default();
            if filter.grave {
                let of_all = counts.grave.iter();
                of_all.for_each(|(status, number)| progress.add(*status, *number));
            }
        }
        if !filter.grave {
            let of_kinds = counts.records.iter().filter(|(kind, _)| fits(kind));
            for (status, number) in of_kinds.flat_map(|(_, of_all)| of_all) {
                progress.add(*status, *number);
            }
        }
        Ok(progress)
    }

    /// Where a record stands in the order of lists; `None` when there is none.
    pub(crate) fn stands_after(&self, id: &RecordId) -> Result<Option<After>> {
        let Some((run, ordinal)) = locate(&self.connection, id)? else {
            return Ok(None);
        };
        let mut find = self.connection.prepare_cached(&format!(
            "SELECT s.id, u.family, u.place, {}
             FROM records r JOIN runs u ON u.run = r.run JOIN sources s ON s.no = u.source
             WHERE r.run = ? AND r.ordinal = ?",
            *GRAVE
        ))?;
        let found = find.query_row(params![run, ordinal], |row| {
            Ok(After {
                is_grave: row.get::<_, bool>(3)?,
                place: [
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    Value::Integer(ordinal.into()),
                ],
            })
        });
        Ok(found.optional()?)
    }

    /// A record as it was proposed, without what anybody decided of it: what a person sees who
    /// decides blind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn as_proposed(&self, record: &Record) -> Result<Option<Record>> {
        let (Some(source), Some((run, ordinal))) =
            (record.source, locate(&self.connection, &record.id)?)
        else {
            return Ok(None);
        };
        let loaded = self.load(run, source)?;
        self.assemble(&loaded, ordinal, None)
    }

    /// A record as it stood when this was its version, before later decisions; `None` when that was
    /// never so, or its extractor has proposed it anew since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn earlier(&self, record: &Record, version: &Sha256Digest) -> Result<Option<Record>> {
        let (Some(source), Some((run, ordinal))) =
            (record.source, locate(&self.connection, &record.id)?)
        else {
            return Ok(None);
        };
        let loaded = self.load(run, source)?;
        for decisions in (0..record.history.len()).rev() {
            let history = record.history[..decisions].to_vec();
            let earlier = self.assemble_with(&loaded, ordinal, None, history)?;
            if let Some(earlier) = earlier
                && upon(&earlier)?.version == *version
            {
                return Ok(Some(earlier));
            }
        }
        Ok(None)
    }
}

/// Whether a record is of a grave type, in SQL; never null.
static GRAVE: LazyLock<String> = LazyLock::new(|| {
    let codes = grave_codes().map(|code| format!("'{}'", code.replace('\'', "''")));
    let codes = codes.collect::<Vec<_>>().join(",");
    let kind = kind_number(RecordKind::Allegation);
    format!("(r.kind = {kind} AND coalesce(r.code, '') IN ({codes}))")
});

fn conditions(filter: &ReviewFilter) -> (String, Vec<Value>) {
    let mut condition = String::new();
    let mut values = Vec::new();
    if !filter.kinds.is_empty() {
        let kinds = filter
            .kinds
            .iter()
            .map(|kind| kind_number(*kind).to_string());
        let kinds = kinds.collect::<Vec<_>>().join(",");
        condition.push_str(&format!(" AND r.kind IN ({kinds})"));
    }
    if let Some(source) = &filter.source {
        condition.push_str(" AND s.id = ?");
        values.push(Value::Blob(source.as_bytes().to_vec()));
    }
    if let Some(code) = &filter.code {
        condition.push_str(" AND r.code = ?");
        values.push(Value::Text(code.clone()));
    }
    if let Some(status) = filter.status {
        condition.push_str(" AND coalesce(r.status, 0) = ?");
        values.push(Value::Integer(status_number(status)));
    }
    if filter.grave {
        condition.push_str(&format!(" AND {}", *GRAVE));
    }
    (condition, values)
}

/// Whether an open record waits for this person: one that they decided waits for others, unless
/// they differ.
#[must_use]
pub fn waits_for(record: &Record, by: &str) -> bool {
    if !record.status.is_open() {
        return false;
    }
    let holds = model::holding(&record.history);
    let mine = |at: &usize| is_same_person(&record.history[*at].decision.by, by);
    record.status == Status::Disputed || !holds.iter().any(mine)
}

/// The state of a record, for a decision to be made upon: its *version* is SHA-256 of its CBOR,
/// history included, so it changes with every decision.
///
/// # Errors
/// None that is known: every record has a CBOR.
pub fn upon(record: &Record) -> Result<Upon> {
    let digest = digest(&SHA256, &to_cbor(record)?);
    let mut version = [0; 32];
    version.copy_from_slice(digest.as_ref());
    Ok(Upon {
        version: Sha256Digest(version),
        decisions: record.history.len() as u32,
    })
}

/// The correction that says what a record says now; `None` where it says what was proposed. Who
/// accepts such a record agrees with that correction.
#[must_use]
pub fn correction_that_holds(record: &Record) -> Option<&Correction> {
    let says = |change: &&Change| {
        let corrected = change.decision.corrected.as_ref();
        corrected.is_some_and(|it| it.proposal.body == record.body)
    };
    let latest = record.history.iter().rev().find(says);
    latest.and_then(|change| change.decision.corrected.as_ref())
}

/// A person's decision of a record as it stands, to be put on record with `collect::decide`: what
/// an acceptance says is what the record says now. Reason, note and correction are for the caller
/// to fill in. `None` for a record without a source or a citation.
///
/// # Errors
/// None that is known.
pub fn decision_of(record: &Record, choice: Choice, by: &str) -> Result<Option<Decision>> {
    let Some(on) = judged_of(record) else {
        return Ok(None);
    };
    let agrees = (choice == Choice::Accept).then(|| correction_that_holds(record));
    Ok(Some(Decision {
        on,
        choice,
        by: by.trim().to_owned(),
        reason: None,
        note: String::new(),
        blind: false,
        upon: upon(record)?,
        corrected: agrees.flatten().cloned(),
    }))
}

/// Whether a record's type needs the eyes of two persons.
#[must_use]
pub fn needs_two(record: &Record) -> bool {
    is_grave(&record.body)
}
