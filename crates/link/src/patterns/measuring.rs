//! Measuring what a filter lets through.
//!
//! Invariant: only the lower bound of a count indicates anything.

use super::counts::{Range, count};
use super::measures::{Assessment, Counted, Level, Measure, Measured, Measures, Quality};
use super::units::Unit;
use super::{Counting, Filter};
use crate::when::counted;
use model::{EntityKind, Modality, RecordBody, RecordId};
use std::collections::{BTreeMap, BTreeSet};

/// Records shown with a result.
const SHOWN: usize = 12;
/// Fewest years from first to last of which regularity is said.
const FEWEST_YEARS: u16 = 3;

/// What was counted, the records it rests on, and what else is to be said.
type Value = (Range, BTreeSet<RecordId>, String);

impl Counting<'_> {
    /// Applies the measures to what a filter lets through.
    #[must_use]
    pub fn measure(&self, measures: &Measures, filter: &Filter) -> Assessment {
        let wanted = self.wanted(filter);
        let events: Vec<&Unit> = wanted
            .iter()
            .copied()
            .filter(|unit| !unit.is_general)
            .collect();
        let results: Vec<Measured> = measures
            .measures
            .iter()
            .map(|measure| self.result(measure, &events, filter))
            .collect();
        Assessment {
            widespread: summary(&results, Quality::Widespread, "widespread"),
            systematic: summary(&results, Quality::Systematic, "systematic"),
            results,
        }
    }

    fn result(&self, measure: &Measure, events: &[&Unit], filter: &Filter) -> Measured {
        let (value, records, note) = self.value(measure, events, filter);
        let level = match value {
            Range { least, .. } if least >= measure.strong => Level::Strong,
            Range { least, .. } if least >= measure.indicated => Level::Indicated,
            Range { most, .. } if most >= measure.indicated => Level::Unclear,
            _ => Level::NotShown,
        };
        let verdict = match level {
            Level::Strong => "strongly indicated",
            Level::Indicated => "indicated",
            Level::Unclear => "indicated only if the upper bound is right",
            Level::NotShown => "not shown by what is on record",
        };
        let why = format!(
            "{}: {value}{note}; {verdict} (from {} on it counts as indicated, from {} on strongly). {}",
            measure.title, measure.indicated, measure.strong, measure.definition
        );
        Measured {
            measure: measure.id.clone(),
            of: measure.of,
            title: measure.title.clone(),
            value,
            level,
            why,
            evidence: self.shown(&records, SHOWN),
        }
    }

    /// What a measure counts, the records it rests on, and what else is to be said.
    fn value(&self, measure: &Measure, events: &[&Unit], filter: &Filter) -> Value {
        match measure.counts {
            Counted::Events => (
                count(events, None).events,
                records(events, |_| true),
                String::new(),
            ),
            Counted::Victims => (
                count(events, None).victims,
                records(events, |_| true),
                String::new(),
            ),
            Counted::Origins => {
                let origins = exact(count(events, None).origins);
                (origins, records(events, |_| true), String::new())
            }
            Counted::Places => places(events),
            Counted::VictimGroups => groups(events),
            Counted::Institutions => self.institutions(events),
            Counted::Years | Counted::Regularity => {
                let (value, note) = over_years(events, measure.counts);
                (value, records(events, |unit| unit.year.is_some()), note)
            }
            Counted::Recurrence => recurrence(events),
            Counted::PolicyRecords => self.policy(filter),
            Counted::Conclusions => self.conclusions(&measure.conclusions, filter),
        }
    }

    /// Organisations and states that are named as perpetrators.
    fn institutions(&self, events: &[&Unit]) -> Value {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for (key, kind) in events.iter().flat_map(|unit| &unit.perpetrators) {
            if matches!(kind, EntityKind::Organisation | EntityKind::State) {
                named.insert(self.places.name(key));
            }
        }
        let names: Vec<&str> = named.iter().copied().collect();
        let with = records(events, |unit| !unit.perpetrators.is_empty());
        (exact(named.len()), with, listed(&names))
    }

    /// Records that speak of a policy: what is admitted, laws, findings on the element `policy`.
    fn policy(&self, filter: &Filter) -> Value {
        let mut records = BTreeSet::new();
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for record in &self.corpus.records {
            let what = match &record.body {
                RecordBody::Allegation(it) if it.modality.value == Modality::Admitted => "admitted",
                RecordBody::Event(it) if it.event.value.as_str() == "law-enacted" => "laws",
                RecordBody::Finding(it)
                    if it.elements.iter().any(|code| code.as_str() == "policy") =>
                {
                    "findings"
                }
                _ => continue,
            };
            let concerns = |state: &String| {
                self.places
                    .states_of(record)
                    .iter()
                    .any(|own| own.stated && own.key == *state)
            };
            let is_finding = what == "findings";
            if is_finding || filter.state.as_ref().is_none_or(concerns) {
                records.insert(record.id);
                *kinds.entry(what).or_default() += 1;
            }
        }
        let parts: Vec<String> = kinds
            .iter()
            .map(|(what, count)| format!("{count} {what}"))
            .collect();
        let count = records.len() as u64;
        let note = if parts.is_empty() {
            String::new()
        } else {
            format!(" ({})", parts.join(", "))
        };
        (
            Range {
                least: count,
                most: count,
            },
            records,
            note,
        )
    }

    /// Documents in which a body that inquired concluded one of these of the situation.
    fn conclusions(&self, codes: &[String], filter: &Filter) -> Value {
        let mut records = BTreeSet::new();
        let mut origins = BTreeSet::new();
        let mut bodies: BTreeSet<String> = BTreeSet::new();
        for record in &self.corpus.records {
            let RecordBody::Allegation(it) = &record.body else {
                continue;
            };
            let is_one = codes.iter().any(|code| code == it.violation.value.as_str());
            let concerns = |state: &String| {
                self.places
                    .states_of(record)
                    .iter()
                    .any(|own| own.key == *state)
            };
            if is_one
                && it.modality.value == Modality::Found
                && filter.state.as_ref().is_none_or(concerns)
            {
                records.insert(record.id);
                origins.extend(self.corpus.origin(record, self.provenance));
                let speakers = it
                    .attribution
                    .iter()
                    .filter_map(|link| link.value.speaker.as_ref());
                bodies.extend(speakers.map(|speaker| speaker.name.clone()));
            }
        }
        let bodies: Vec<String> = bodies.into_iter().collect();
        let note = if bodies.is_empty() {
            String::new()
        } else {
            format!(" (named: {})", bodies.join(", "))
        };
        // Documents may repeat one conclusion of one body: that is one for certain.
        let least = (bodies.len().max(usize::from(!records.is_empty()))).min(origins.len()) as u64;
        (
            Range {
                least,
                most: origins.len() as u64,
            },
            records,
            note,
        )
    }
}

fn exact(count: usize) -> Range {
    Range {
        least: count as u64,
        most: count as u64,
    }
}

/// The records of the events that hold.
fn records(events: &[&Unit], with: impl Fn(&Unit) -> bool) -> BTreeSet<RecordId> {
    let units = events.iter().filter(|unit| with(unit));
    units
        .flat_map(|unit| unit.records.iter().copied())
        .collect()
}

/// Different places below the state.
fn places(events: &[&Unit]) -> Value {
    let places: BTreeSet<&String> = events.iter().flat_map(|unit| &unit.places).collect();
    let unplaced = events.iter().filter(|unit| unit.places.is_empty()).count();
    let note = format!(
        " (no place below the state in {})",
        counted(unplaced as u64, "event")
    );
    let with = records(events, |unit| !unit.places.is_empty());
    (exact(places.len()), with, note)
}

/// Different groups of victims.
fn groups(events: &[&Unit]) -> Value {
    let groups = events.iter().flat_map(|unit| &unit.groups);
    let groups: BTreeSet<&str> = groups.map(|code| code.as_str()).collect();
    let named: Vec<&str> = groups.iter().copied().collect();
    let with = records(events, |unit| !unit.groups.is_empty());
    (exact(groups.len()), with, listed(&named))
}

/// Different years, or the percent of years with an event.
fn over_years(events: &[&Unit], counted: Counted) -> (Range, String) {
    let years: BTreeSet<u16> = events.iter().filter_map(|unit| unit.year).collect();
    let undated = events.iter().filter(|unit| unit.year.is_none()).count();
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return (Range::default(), format!(" ({undated} without a year)"));
    };
    let span = last - first + 1;
    let note = format!(" ({first} to {last}; {undated} without a year)");
    let value = match counted {
        Counted::Years => years.len() as u64,
        _ if span < FEWEST_YEARS => 0,
        _ => 100 * years.len() as u64 / u64::from(span),
    };
    (
        Range {
            least: value,
            most: value,
        },
        note,
    )
}

/// Events of the most frequent type.
fn recurrence(events: &[&Unit]) -> Value {
    let mut types: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, unit) in events.iter().enumerate() {
        for code in unit.types() {
            types.entry(code).or_default().insert(at);
        }
    }
    let most = types
        .iter()
        .max_by_key(|(code, at)| (at.len(), std::cmp::Reverse(**code)));
    let Some((code, at)) = most else {
        return (Range::default(), BTreeSet::new(), String::new());
    };
    let units: Vec<&Unit> = at.iter().map(|&at| events[at]).collect();
    let codes = BTreeSet::from([(*code).to_owned()]);
    let value = count(&units, Some(&codes)).events;
    let records = units
        .iter()
        .flat_map(|unit| unit.records.iter().copied())
        .collect();
    (value, records, format!(" ({code})"))
}

/// The names in brackets; nothing where there is none.
fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!(" ({})", names.join(", "))
    }
}

fn summary(results: &[Measured], of: Quality, name: &str) -> String {
    let own: Vec<&Measured> = results.iter().filter(|one| one.of == of).collect();
    let reached = own
        .iter()
        .filter(|one| one.level >= Level::Indicated)
        .count();
    let strong = own.iter().filter(|one| one.level == Level::Strong).count();
    format!(
        "{reached} of {} measures of “{name}” are indicated by what is on record, {strong} of them \
         strongly. This is no legal conclusion: whether violations are {name} is for a person to find, \
         under a stated standard of proof.",
        own.len()
    )
}
