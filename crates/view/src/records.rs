//! Questions about records.
//!
//! Invariant: records come in the order of their sources, and within a source as they were
//! proposed; memory is that of one source's proposals, however many records there are.

use crate::fold::{each_record, history, kind_number, locate, proposals, status_number, status_of};
use crate::grave::is_grave;
use crate::prefix::Prefix;
use crate::{Result, View, names, record_id};
use model::{
    Change, Citation, Decision, Proposal, Proposals, ProposedBy, Record, RecordId, RecordKind,
    SourceId, Status, decided,
};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use std::ops::ControlFlow;

/// Which records; each field that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    /// Of one of these kinds; of any when there is none.
    pub kinds: Vec<RecordKind>,
    /// Read from this source.
    pub source: Option<SourceId>,
    /// Of this status.
    pub status: Option<Status>,
    /// With this code: type of violation, speech act, type of event, response or case, standard
    /// of proof, unit; of an entity its key.
    pub code: Option<String>,
    /// Said or asked by someone whose name or key holds these words, in any letter case.
    pub speaker: Option<String>,
    /// Asked of someone whose name or key holds these words.
    pub addressee: Option<String>,
    /// Naming anyone or anything, in whatever part, whose name or key holds these words.
    pub named: Option<String>,
}

const FROM: &str = "FROM sources s
    CROSS JOIN runs u ON u.source = s.no
    CROSS JOIN records r ON r.run = u.run
    WHERE (u.current OR r.status IS NOT NULL)";

/// The records of one run that name whom a filter asks for.
struct Named {
    run: i64,
    fits: Vec<bool>,
}

/// The run whose proposals are at hand.
pub(crate) struct Loaded {
    pub(crate) run: i64,
    source: SourceId,
    proposals: Proposals,
}

impl View {
    /// Calls `each` for every record that `filter` lets through, until it breaks off.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn records(
        &self,
        filter: &RecordFilter,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<()> {
        self.records_after(filter, None, each)
    }

    /// The same, from behind a record on.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn records_after(
        &self,
        filter: &RecordFilter,
        after: Option<&RecordId>,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<()> {
        let (mut condition, mut values) = conditions(filter);
        let after = match after {
            Some(id) => self.stands_after(id)?,
            None => None,
        };
        if let Some(after) = after {
            after.narrow(&mut condition, &mut values);
        }
        let wanted = Wanted::new(filter);
        let query = format!(
            "SELECT r.run, r.ordinal, r.status, s.id {FROM} {condition}
             ORDER BY s.id, u.family, u.place, r.ordinal"
        );
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut loaded: Option<Loaded> = None;
        let mut named = None;
        while let Some(row) = rows.next()? {
            let run: i64 = row.get(0)?;
            if !self.is_named(&wanted, &mut named, run, row.get(1)?)? {
                continue;
            }
            let at_hand = match loaded.take() {
                Some(loaded) if loaded.run == run => loaded,
                _ => self.load(run, SourceId::from_bytes(row.get(3)?))?,
            };
            let status = row.get::<_, Option<i64>>(2)?.map(status_of);
            if let Some(record) = self.assemble(&at_hand, row.get(1)?, status)?
                && each(record).is_break()
            {
                return Ok(());
            }
            loaded = Some(at_hand);
        }
        Ok(())
    }

    /// How many records `filter` lets through.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_records(&self, filter: &RecordFilter) -> Result<u64> {
        let (condition, values) = conditions(filter);
        let wanted = Wanted::new(filter);
        if wanted.is_any() {
            let query = format!("SELECT count(*) {FROM} {condition}");
            let mut statement = self.connection.prepare_cached(&query)?;
            let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
            return Ok(count as u64);
        }
        let query = format!("SELECT r.run, r.ordinal {FROM} {condition}");
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut named = None;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let fits = self.is_named(&wanted, &mut named, row.get(0)?, row.get(1)?)?;
            count += u64::from(fits);
        }
        Ok(count)
    }

    /// Whether a record names whom the filter asks for; `named` has the run looked at last.
    fn is_named(
        &self,
        wanted: &Wanted,
        named: &mut Option<Named>,
        run: i64,
        ordinal: u32,
    ) -> Result<bool> {
        if wanted.is_any() {
            return Ok(true);
        }
        if named.as_ref().is_none_or(|named| named.run != run) {
            let all: String = self
                .connection
                .prepare_cached("SELECT names FROM contents WHERE run = ?")?
                .query_row([run], |row| row.get(0))?;
            let fits = names::split(&all)
                .map(|names| wanted.is_in(names))
                .collect();
            *named = Some(Named { run, fits });
        }
        let fits = named
            .as_ref()
            .and_then(|named| named.fits.get(ordinal as usize));
        Ok(fits.copied().unwrap_or(false))
    }

    /// One record, those of older runs of an extractor included. A record that was decided about
    /// under an older id is given as it stands today, under today's.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn record(&self, id: &RecordId) -> Result<Option<Record>> {
        let Some(place) = locate(&self.connection, id)? else {
            return Ok(None);
        };
        let mut today = self.connection.prepare_cached(
            "SELECT run, ordinal FROM decided WHERE record = ? AND run IS NOT NULL",
        )?;
        let today = today
            .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (run, ordinal): (i64, u32) = today.unwrap_or(place);
        let mut find = self.connection.prepare_cached(
            "SELECT s.id, r.status FROM records r JOIN runs u ON u.run = r.run
             JOIN sources s ON s.no = u.source WHERE r.ordinal = ? AND r.run = ?",
        )?;
        let (source, status) = find.query_row(params![ordinal, run], |row| {
            Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?))
        })?;
        let loaded = self.load(run, SourceId::from_bytes(source))?;
        self.assemble(&loaded, ordinal, status.map(status_of))
    }

    /// The record whose id begins with `prefix`.
    ///
    /// # Errors
    /// When it is not the beginning of an id, or of more than one.
    pub fn resolve_record(&self, prefix: &str) -> Result<Option<RecordId>> {
        let prefix = Prefix::parse(prefix)?;
        let Some((low, high)) = prefix.ids() else {
            return Ok(None);
        };
        let mut found: Vec<RecordId> = Vec::new();
        each_record(&self.connection, &low, prefix.digits(), &mut |id, _, _| {
            if (low..=high).contains(id.as_bytes()) && !found.contains(&id) {
                found.push(id);
            }
            found.len() < 2
        })?;
        match found.as_slice() {
            [] => Ok(None),
            [id] => Ok(Some(*id)),
            _ => Err(prefix.ambiguous()),
        }
    }

    pub(crate) fn load(&self, run: i64, source: SourceId) -> Result<Loaded> {
        let body: Vec<u8> = self
            .connection
            .prepare_cached("SELECT body FROM contents WHERE run = ?")?
            .query_row([run], |row| row.get(0))?;
        Ok(Loaded {
            run,
            source,
            proposals: proposals(&body)?,
        })
    }

    /// The record of a proposal, with what was decided about it.
    pub(crate) fn assemble(
        &self,
        loaded: &Loaded,
        ordinal: u32,
        status: Option<Status>,
    ) -> Result<Option<Record>> {
        let history = match status {
            Some(_) => history(&self.connection, (loaded.run, ordinal))?,
            None => Vec::new(),
        };
        self.assemble_with(loaded, ordinal, status, history)
    }

    /// The record of a proposal after this history; the status follows from it where none is given.
    pub(crate) fn assemble_with(
        &self,
        loaded: &Loaded,
        ordinal: u32,
        status: Option<Status>,
        history: Vec<Change>,
    ) -> Result<Option<Record>> {
        let run = &loaded.proposals;
        let Some(proposal) = run.proposals.get(ordinal as usize) else {
            return Ok(None);
        };
        let id = record_id(&loaded.source, &run.reading, &run.extractor, ordinal);
        let says = self.says(loaded, &id, &history, proposal)?;
        let Proposal {
            band, body, quotes, ..
        } = says;
        let citation = |quote| Citation {
            original: run.original,
            reading: run.reading,
            quote,
        };
        Ok(Some(Record {
            id,
            source: Some(loaded.source),
            status: status.unwrap_or_else(|| decided(&history, &proposal.body, &is_grave).status),
            proposed_by: proposed_by(&run.extractor, &proposal.rule),
            band,
            body,
            citations: quotes.into_iter().map(citation).collect(),
            history,
        }))
    }

    /// What a record says: what was proposed, or what the decision that holds made of it.
    fn says(
        &self,
        loaded: &Loaded,
        id: &RecordId,
        history: &[Change],
        proposed: &Proposal,
    ) -> Result<Proposal> {
        let follows = decided(history, &proposed.body, &is_grave);
        let holds = follows.says.and_then(|at| history.get(at));
        let Some(Decision { on, corrected, .. }) = holds.map(|change| &change.decision) else {
            return Ok(proposed.clone());
        };
        if let Some(corrected) = corrected {
            return Ok(corrected.proposal.clone());
        }
        if on.record == *id {
            return Ok(proposed.clone());
        }
        // Accepted as an earlier run proposed it.
        let Some((run, ordinal)) = locate(&self.connection, &on.record)? else {
            return Ok(proposed.clone());
        };
        let earlier = self.load(run, loaded.source)?;
        let accepted = earlier.proposals.proposals.get(ordinal as usize);
        Ok(accepted.unwrap_or(proposed).clone())
    }

    /// Decisions about records that this view does not have.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn stray_decisions(&self) -> Result<u64> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM decided WHERE run IS NULL")?;
        let count: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
        Ok(count.unwrap_or(0) as u64)
    }
}

fn conditions(filter: &RecordFilter) -> (String, Vec<Value>) {
    let mut condition = String::new();
    let mut values = Vec::new();
    if !filter.kinds.is_empty() {
        let marks = vec!["?"; filter.kinds.len()].join(",");
        condition.push_str(&format!(" AND r.kind IN ({marks})"));
        values.extend(
            filter
                .kinds
                .iter()
                .map(|kind| Value::Integer(kind_number(*kind))),
        );
    }
    if let Some(source) = &filter.source {
        condition.push_str(" AND s.id = ?");
        values.push(Value::Blob(source.as_bytes().to_vec()));
    }
    if let Some(status) = filter.status {
        condition.push_str(" AND coalesce(r.status, 0) = ?");
        values.push(Value::Integer(status_number(status)));
    }
    if let Some(code) = &filter.code {
        condition.push_str(" AND r.code = ?");
        values.push(Value::Text(code.clone()));
    }
    (condition, values)
}

/// Who proposed what stands in a run: a person's hand has a run of its own.
fn proposed_by(extractor: &str, rule: &str) -> ProposedBy {
    match model::by_hand(extractor) {
        Some(person) => ProposedBy::Person(person.to_owned()),
        None => ProposedBy::Extractor {
            extractor: extractor.to_owned(),
            rule: rule.to_owned(),
        },
    }
}

/// Names to look for, in lower case, and the part in which they must stand (any when empty).
struct Wanted(Vec<(&'static str, String)>);

impl Wanted {
    fn new(filter: &RecordFilter) -> Self {
        let parts = [
            ("speaker:", &filter.speaker),
            ("addressee:", &filter.addressee),
            ("", &filter.named),
        ];
        let given = parts
            .into_iter()
            .filter_map(|(part, words)| Some((part, words.as_ref()?.to_lowercase())));
        Self(given.collect())
    }

    fn is_any(&self) -> bool {
        self.0.is_empty()
    }

    fn is_in(&self, names: &str) -> bool {
        self.0.iter().all(|(part, words)| {
            names.lines().any(|line| {
                let (role, name) = line.split_once(':').unwrap_or_default();
                (part.is_empty() || part.trim_end_matches(':') == role) && name.contains(words)
            })
        })
    }
}
