//! What is known of a case and since when: statuses and whereabouts in the order of their dates.
//!
//! Invariant: every entry cites its record; entries that cannot all be true are named in pairs and
//! none is dropped.

use super::requests::Index;
use super::{CaseFile, Statuses};
use crate::corpus::{Corpus, Dated, Evidence};
use crate::when::{bounds, may_meet, order, surely_before};
use model::{Allegation, Case, Code, Edtf, EntityRef, Modality, Record, RecordBody, ResolvedDate};
use serde::{Deserialize, Serialize};

/// Entries of one case that are compared with each other.
const COMPARED: usize = 64;
/// A date of at most so many days is a point in time, not a period.
const POINT: i64 = 31;

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// How the person is.
    Status,
    /// Where the person is.
    Whereabouts,
}

/// What one record says of a person, as of a date.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Status or whereabouts.
    pub aspect: Aspect,
    /// The status or place, in the words of the source.
    pub value: String,
    /// Of a status its term in the vocabulary `status-at-end`, of a place its gazetteer key.
    pub code: Option<Code>,
    /// Since when, or when it was so; `None` when the record does not say.
    pub since: Option<Dated>,
    /// How it is told: `the case says`, `an event of type release`.
    pub told: String,
    /// The record and its words.
    pub evidence: Evidence,
}

/// Two entries that cannot both be true.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contradiction {
    /// Positions among the case's statuses.
    pub entries: (usize, usize),
    /// What stands against what, for people.
    pub words: String,
}

/// Writes the histories of all cases.
pub(super) fn write(cases: &mut [CaseFile], corpus: &Corpus, statuses: &Statuses, index: &Index) {
    for record in &corpus.records {
        for at in index.concerned(record) {
            let case = &mut cases[at];
            for known in entries(record, case, corpus, statuses, index, at) {
                match known.aspect {
                    Aspect::Status => case.statuses.push(known),
                    Aspect::Whereabouts => case.whereabouts.push(known),
                }
            }
        }
    }
    for case in cases {
        case.statuses.sort_by_key(place_in_time);
        case.whereabouts.sort_by_key(place_in_time);
        case.contradictions = contradictions(&case.statuses, statuses);
    }
}

fn place_in_time(known: &Known) -> ((bool, i64, i64), model::RecordId) {
    let since = known.since.as_ref().map(|since| &since.date);
    (order(since), known.evidence.record)
}

/// What a record says of the person of a case.
fn entries(
    record: &Record,
    case: &CaseFile,
    corpus: &Corpus,
    statuses: &Statuses,
    index: &Index,
    at: usize,
) -> Vec<Known> {
    let writer = Writer { record, corpus };
    match &record.body {
        RecordBody::Case(it) => writer.of_case(it, statuses),
        RecordBody::Allegation(it) => {
            let names_person = it
                .victims
                .iter()
                .any(|victim| index.find(&victim.value.who) == Some(at));
            let happened = matches!(
                it.modality.value,
                Modality::Alleged | Modality::Found | Modality::Admitted
            );
            let mut entries = writer.of_allegation(it, statuses);
            entries.retain(|_| names_person && happened);
            entries
        }
        RecordBody::Event(it) => {
            let Some(code) = statuses.of_event(it.event.value.as_str()) else {
                return Vec::new();
            };
            let date = it.date.as_ref().map(|date| &date.value);
            let told = format!("an event of the type {}", it.event.value);
            let mut entries = vec![writer.status(code, Some(code), date, &told)];
            entries.extend(
                it.place
                    .as_ref()
                    .map(|place| writer.place(&place.value, date, &told)),
            );
            entries
        }
        RecordBody::Person(it) if case.persons.contains(&record.id) => {
            let died = it.died.iter();
            died.map(|died| {
                writer.status(
                    "dead",
                    Some("dead"),
                    Some(&died.value),
                    "the person's record says",
                )
            })
            .collect()
        }
        _ => Vec::new(),
    }
}

struct Writer<'a> {
    record: &'a Record,
    corpus: &'a Corpus<'a>,
}

impl Writer<'_> {
    fn of_case(&self, case: &Case, statuses: &Statuses) -> Vec<Known> {
        let told = "the case says";
        let mut entries: Vec<Known> = case
            .statuses
            .iter()
            .filter(|status| {
                let category = case.category.value.as_str();
                let code = statuses.of_words(&status.value.status);
                let feared = code.is_some_and(|code| statuses.is_feared(category, code));
                !feared || status.value.since.is_some()
            })
            .map(|status| {
                let code = statuses.of_words(&status.value.status);
                let mut known = self.status(
                    &status.value.status,
                    code,
                    status.value.since.as_ref(),
                    told,
                );
                if let Some(citation) = status
                    .quotes
                    .first()
                    .and_then(|&at| self.record.citations.get(usize::from(at)))
                {
                    known.evidence.quote = citation.quote.quote.clone();
                }
                known
            })
            .collect();
        let seen = case.last_seen_on.as_ref().map(|date| &date.value);
        let taken = case.taken_on.as_ref().map(|date| &date.value);
        let places = [
            (&case.taken_at, taken, "where the person was taken"),
            (&case.last_seen_at, seen, "where the person was last seen"),
            (&case.held_at, None, "where the person is said to be held"),
        ];
        for (place, date, told) in places {
            entries.extend(
                place
                    .as_ref()
                    .map(|place| self.place(&place.value, date, told)),
            );
        }
        if taken.is_some() {
            entries.push(self.status("taken", Some("held"), taken, told));
        }
        entries
    }

    fn of_allegation(&self, allegation: &Allegation, statuses: &Statuses) -> Vec<Known> {
        let violation = allegation.violation.value.as_str();
        let Some(code) = statuses.of_violation(violation) else {
            return Vec::new();
        };
        let date = allegation.date.as_ref().map(|date| &date.value);
        let told = format!(
            "an allegation of {violation} ({})",
            allegation.modality.value.name()
        );
        let mut entries = vec![self.status(code, Some(code), date, &told)];
        entries.extend(
            allegation
                .place
                .as_ref()
                .map(|place| self.place(&place.value, date, &told)),
        );
        entries
    }

    fn status(
        &self,
        value: &str,
        code: Option<&str>,
        since: Option<&ResolvedDate>,
        told: &str,
    ) -> Known {
        Known {
            aspect: Aspect::Status,
            value: value.to_owned(),
            code: code.map(Code::from),
            since: since.map(dated),
            told: told.to_owned(),
            evidence: self.corpus.evidence(self.record),
        }
    }

    fn place(&self, place: &EntityRef, since: Option<&ResolvedDate>, told: &str) -> Known {
        Known {
            aspect: Aspect::Whereabouts,
            value: place.name.clone(),
            code: place.key.as_deref().map(Code::from),
            since: since.map(dated),
            told: told.to_owned(),
            evidence: self.corpus.evidence(self.record),
        }
    }
}

fn dated(resolved: &ResolvedDate) -> Dated {
    Dated {
        date: resolved.date,
        basis: resolved.basis.clone(),
        stated: true,
    }
}

/// Pairs of statuses that cannot both be true.
fn contradictions(known: &[Known], statuses: &Statuses) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for one in 0..known.len().min(COMPARED) {
        for other in one + 1..known.len().min(COMPARED) {
            if let Some(why) = against(&known[one], &known[other], statuses) {
                let words = format!(
                    "{} stands against {}: {why}",
                    said(&known[one]),
                    said(&known[other])
                );
                found.push(Contradiction {
                    entries: (one, other),
                    words,
                });
            }
        }
    }
    found
}

/// Why two statuses cannot both be true; `None` when they can.
fn against(one: &Known, other: &Known, statuses: &Statuses) -> Option<&'static str> {
    let (a, b) = (one.code.as_ref()?.as_str(), other.code.as_ref()?.as_str());
    let since = |known: &Known| known.since.as_ref().map(|since| since.date);
    let (x, y) = (since(one), since(other));
    let (x_final, y_final) = (statuses.is_final(a), statuses.is_final(b));
    if a == b {
        let apart = x.zip(y).is_some_and(|(x, y)| !may_meet(&x, &y, 0));
        return (x_final && apart).then_some("the dates differ");
    }
    // When the later of the two was known: its own date, else the day it was published.
    let known = |known: &Known| since(known).or(known.evidence.date.as_ref().map(|date| date.date));
    let follows = |end: Option<Edtf>, later: &Known| {
        end.zip(known(later))
            .is_some_and(|(end, later)| surely_before(&end, &later))
    };
    let leaves = (x_final && (follows(x, other) || x.is_none()))
        || (y_final && (follows(y, one) || y.is_none()));
    if leaves && !(x_final && y_final) {
        return Some("nobody leaves the one for the other");
    }
    let point =
        |date: &Edtf| matches!(bounds(date), (Some(first), Some(last)) if last - first < POINT);
    let together = x
        .zip(y)
        .is_some_and(|(x, y)| point(&x) && point(&y) && may_meet(&x, &y, 0));
    let sequel = |code: &str| matches!(code, "held" | "missing");
    // Being taken and what came of it may fall in one month.
    (together && !sequel(a) && !sequel(b)).then_some("both are of the same time")
}

fn said(known: &Known) -> String {
    let since = known
        .since
        .as_ref()
        .map_or("not dated".to_owned(), |since| since.date.to_string());
    format!("“{}” ({since}; {})", known.value, known.told)
}
