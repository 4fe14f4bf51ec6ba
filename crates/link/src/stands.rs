//! Who stood with which statement: what several parties put their names to together (a joint
//! statement, a resolution with its sponsors, one sentence said by several), merged over the
//! documents that report it.
//!
//! Invariants: only what a record names counts, so who is not named here may have stood there all
//! the same; two reports are one statement only where their kind and exact day are the same, with
//! parties in common or others between them, or where both are of what happens to an instrument
//! once, and the instrument is the same. The order of records means nothing.

use crate::Document;
use crate::corpus::{Corpus, Evidence, fold};
use crate::sets::Sets;
use crate::stable_id::stable_id;
use crate::threads::{Parties, Party, Rules};
use model::{
    Code, Edtf, EntityKind, EntityRef, Instrument, PartialDate, Record, RecordBody, RecordId, Span,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Which events count; see the table's own words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    events: BTreeSet<String>,
    once: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../../data/stands/events.toml");
    toml::from_str(text).expect("a test of this module reads the table")
});

/// Somebody who stood with a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signatory {
    /// Who.
    pub party: Party,
    /// As what, in the words of a text, or `mover`, `co-sponsor`; empty where nothing says.
    pub role: String,
}

/// Something that several parties put their names to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stand {
    /// Stable as long as its first record (by id) stays.
    pub id: String,
    /// Term of the vocabulary `event-type` or `speech-act`; `None` for an instrument alone.
    pub what: Option<Code>,
    /// The instrument's name or symbol, where one is named.
    pub instrument: Option<String>,
    /// The year in which it was made; `None` where that is not known to the year.
    pub year: Option<u16>,
    /// The date as its reports give it; the most exact one.
    pub date: Option<Edtf>,
    /// Who stood with it, by name.
    pub signatories: Vec<Signatory>,
    /// The reports of it, the oldest first.
    pub reports: Vec<Evidence>,
}

/// All that several parties put their names to, the oldest first, what is not dated last.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stands {
    /// The statements.
    pub all: Vec<Stand>,
}

/// One report of a joint statement.
struct Report<'a> {
    record: &'a Record,
    what: Option<Code>,
    instrument: Option<(String, String)>,
    date: Option<Edtf>,
    parties: BTreeMap<String, Signatory>,
}

impl Stands {
    /// What these records report.
    #[must_use]
    pub fn of(records: &[Record], documents: &[Document], today: PartialDate) -> Self {
        let corpus = Corpus::new(records, documents, today);
        let rules = Rules::shipped();
        let parties = Parties::of(&corpus, &rules);
        let instruments = Instruments::of(&corpus);
        let mut reports: Vec<Report> = Vec::new();
        for &record in &corpus.records {
            reports.extend(report(&corpus, &parties, &instruments, record));
        }
        reports.extend(said_together(&corpus, &parties));
        let mut all: Vec<Stand> = merged(reports)
            .into_iter()
            .map(|group| stand(&corpus, &group))
            .collect();
        all.sort_by(|a, b| {
            let when = |stand: &Stand| {
                let date = stand.date.as_ref();
                date.and_then(|date| date.earliest().or(date.latest()))
            };
            let (one, other) = (when(a), when(b));
            (one.is_none().cmp(&other.is_none()))
                .then(one.cmp(&other))
                .then_with(|| a.id.cmp(&b.id))
        });
        Self { all }
    }

    /// The statements that a party stood with, by its identity.
    pub fn with<'s>(&'s self, identity: &'s str) -> impl Iterator<Item = &'s Stand> {
        self.all.iter().filter(move |stand| {
            let mut named = stand.signatories.iter();
            named.any(|one| one.party.identity == identity)
        })
    }
}

fn is_body(entity: &EntityRef) -> bool {
    matches!(entity.kind, EntityKind::State | EntityKind::Organisation)
}

fn sign(
    parties: &Parties<'_>,
    into: &mut BTreeMap<String, Signatory>,
    entity: &EntityRef,
    role: &str,
) {
    if !is_body(entity) {
        return;
    }
    let party = parties.party(entity);
    let role = role.to_owned();
    into.entry(party.identity.clone())
        .or_insert(Signatory { party, role });
}

/// The report that an event or an instrument is; `None` where fewer than two put their names to it.
fn report<'a>(
    corpus: &Corpus<'a>,
    parties: &Parties<'_>,
    instruments: &Instruments,
    record: &'a Record,
) -> Option<Report<'a>> {
    let mut named = BTreeMap::new();
    let (what, instrument) = match &record.body {
        RecordBody::Event(event) if TABLE.events.contains(event.event.value.as_str()) => {
            for one in &event.participants {
                let role = one.value.role.as_deref().unwrap_or_default();
                sign(parties, &mut named, &one.value.who, role);
            }
            let about = event.instrument.as_ref().map(|it| &it.value);
            let about = about.map(|it| (instruments.key(it), it.name.clone()));
            (Some(event.event.value.clone()), about)
        }
        RecordBody::Instrument(it) => {
            for mover in &it.movers {
                sign(parties, &mut named, &mover.value, "mover");
            }
            for sponsor in &it.co_sponsors {
                sign(parties, &mut named, &sponsor.value, "co-sponsor");
            }
            let shown = forms(it).next()?;
            (None, Some((instruments.canonical(shown), shown.to_owned())))
        }
        _ => return None,
    };
    (named.len() > 1).then(|| Report {
        what,
        instrument,
        date: dated(corpus, record),
        parties: named,
        record,
    })
}

/// An instrument's symbol and names.
fn forms(instrument: &Instrument) -> impl Iterator<Item = &str> {
    let symbol = instrument.symbol.iter().map(|it| it.value.as_str());
    symbol.chain(instrument.names.iter().map(|it| it.value.form.as_str()))
}

/// Every written form of an instrument that some record of it gives, and the one form that stands
/// for all of them.
struct Instruments(BTreeMap<String, String>);

impl Instruments {
    fn of(corpus: &Corpus<'_>) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut pairs = Vec::new();
        for record in &corpus.records {
            let RecordBody::Instrument(it) = &record.body else {
                continue;
            };
            let mut first = None;
            for form in forms(it) {
                let next = numbers.len();
                let number = *numbers.entry(fold(form)).or_insert(next);
                pairs.push((*first.get_or_insert(number), number));
            }
        }
        let mut sets = Sets::new(numbers.len());
        for (one, other) in pairs {
            sets.unite(one, other);
        }
        // The least form by the alphabet leads, so that the order of records means nothing.
        let mut leaders: BTreeMap<usize, &String> = BTreeMap::new();
        for (form, number) in &numbers {
            leaders.entry(sets.root(*number)).or_insert(form);
        }
        let mut canonical = BTreeMap::new();
        for (form, number) in &numbers {
            canonical.insert(form.clone(), leaders[&sets.root(*number)].clone());
        }
        Self(canonical)
    }

    fn canonical(&self, form: &str) -> String {
        let form = fold(form);
        self.0.get(&form).cloned().unwrap_or(form)
    }

    /// The key of an instrument that an event names.
    fn key(&self, entity: &EntityRef) -> String {
        let by_key = entity.key.as_deref().map(fold);
        by_key
            .and_then(|key| self.0.get(&key).cloned())
            .unwrap_or_else(|| self.canonical(&entity.name))
    }
}

fn dated(corpus: &Corpus<'_>, record: &Record) -> Option<Edtf> {
    if let RecordBody::Instrument(it) = &record.body {
        return it.date.as_ref().map(|date| date.value.date);
    }
    corpus.dated(record).map(|dated| dated.date)
}

/// The same words of one document, said or asked by several parties.
fn said_together<'a>(corpus: &Corpus<'a>, parties: &Parties<'_>) -> Vec<Report<'a>> {
    type Words = (Option<model::SourceId>, Span, &'static str);
    let mut by_words: BTreeMap<Words, Vec<(&'a Record, &'a EntityRef)>> = BTreeMap::new();
    for &record in &corpus.records {
        let who = match &record.body {
            RecordBody::Statement(it) => it.speaker.as_ref(),
            RecordBody::Call(it) => it.caller.as_ref(),
            RecordBody::Commitment(it) => it.by.as_ref(),
            _ => None,
        };
        let words = record.citations.first().map(|first| first.quote.span);
        if let (Some(who), Some(words)) = (who, words) {
            let key = (record.source, words, record.body.kind().name());
            by_words.entry(key).or_default().push((record, &who.value));
        }
    }
    let mut reports = Vec::new();
    for said in by_words.into_values() {
        let mut named = BTreeMap::new();
        for (_, who) in &said {
            sign(parties, &mut named, who, "");
        }
        if let (Some((record, _)), true) = (said.first(), named.len() > 1) {
            reports.push(Report {
                what: crate::corpus::code(&record.body).cloned(),
                instrument: None,
                date: dated(corpus, record),
                parties: named,
                record,
            });
        }
    }
    reports
}

/// The first and last day, where both are the same.
fn day(date: &Edtf) -> Option<(u16, u8, u8)> {
    let (first, last) = (date.earliest()?, date.latest()?);
    (first == last).then_some(first)
}

/// Reports, put together where they are of one statement; in the order of their first reports.
fn merged(reports: Vec<Report<'_>>) -> Vec<Vec<Report<'_>>> {
    let mut sets = Sets::new(reports.len());
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        for key in keys(report) {
            let other = *first.entry(key).or_insert(at);
            sets.unite(at, other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Report<'_>>> = BTreeMap::new();
    for (at, report) in reports.into_iter().enumerate() {
        groups.entry(sets.root(at)).or_default().push(report);
    }
    groups.into_values().collect()
}

/// Reports that share one of these are of one statement.
fn keys(report: &Report<'_>) -> Vec<String> {
    let is_once = |what: &Code| TABLE.once.contains(what.as_str());
    let mut keys = Vec::new();
    if let Some((instrument, _)) = &report.instrument
        && report.what.as_ref().is_none_or(is_once)
    {
        keys.push(format!("instrument {instrument}"));
    }
    if let (Some(what), Some(on)) = (&report.what, report.date.as_ref().and_then(day)) {
        let parties = report.parties.keys();
        keys.extend(parties.map(|party| format!("{} {on:?} {party}", what.as_str())));
    }
    keys
}

fn stand(corpus: &Corpus<'_>, group: &[Report<'_>]) -> Stand {
    let mut signatories: BTreeMap<&str, &Signatory> = BTreeMap::new();
    let mut records: BTreeSet<RecordId> = BTreeSet::new();
    for report in group {
        records.insert(report.record.id);
        for (identity, one) in &report.parties {
            let kept = signatories.entry(identity.as_str()).or_insert(one);
            if kept.role.is_empty() {
                *kept = one;
            }
        }
    }
    let mut signatories: Vec<Signatory> = signatories.into_values().cloned().collect();
    signatories.sort_by(|a, b| {
        (&a.party.name, &a.party.identity).cmp(&(&b.party.name, &b.party.identity))
    });
    let dates = group.iter().filter_map(|report| report.date);
    // The most exact one: that which may mean the fewest days.
    let date = dates.min_by_key(|date| {
        (
            day(date).is_none(),
            date.earliest().map(|d| d.0) != date.latest().map(|d| d.0),
            *date,
        )
    });
    let ends = date.and_then(|date| Some((date.earliest()?.0, date.latest()?.0)));
    let mut reports: Vec<Evidence> = records
        .iter()
        .filter_map(|id| corpus.record(id))
        .map(|record| corpus.evidence(record))
        .collect();
    Evidence::sort(&mut reports);
    let first = records.first().map(ToString::to_string).unwrap_or_default();
    let mut instruments = group.iter().filter_map(|one| one.instrument.as_ref());
    Stand {
        id: stable_id(&["stand", &first]),
        what: group.iter().find_map(|report| report.what.clone()),
        instrument: instruments.next().map(|(_, name)| name.clone()),
        year: ends
            .filter(|(first, last)| first == last)
            .map(|(year, _)| year),
        date,
        signatories,
        reports,
    }
}

#[cfg(test)]
#[path = "stands_tests.rs"]
mod tests;
