//! Measures of "widespread" and "systematic": `data/patterns/measures.toml`, or a user's own.
//!
//! Invariant: every result says what was counted and against which threshold; none concludes.

use super::counts::{Range, count};
use super::units::Unit;
use super::{Counting, Filter};
use crate::corpus::Evidence;
use crate::when::counted;
use model::{EntityKind, Modality, RecordBody, RecordId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const SHIPPED: &str = include_str!("../../../../data/patterns/measures.toml");
/// Records shown with a result.
const SHOWN: usize = 12;
/// Fewest years from first to last of which regularity is said.
const FEWEST_YEARS: u16 = 3;

/// A file of measures that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MeasuresError {
    /// Not TOML, or a part is missing or misspelt.
    #[error("the measures cannot be read; they are as in data/patterns/measures.toml: {0}")]
    Malformed(String),
    /// A threshold that the weaker one is above.
    #[error(
        "the measure `{0}` has a strong threshold below its indicated one; write indicated <= strong"
    )]
    Thresholds(String),
}

/// What a measure counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Counted {
    Events,
    Victims,
    Places,
    Years,
    Institutions,
    VictimGroups,
    Origins,
    Regularity,
    Recurrence,
    PolicyRecords,
    Conclusions,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measure {
    id: String,
    of: Quality,
    counts: Counted,
    title: String,
    definition: String,
    indicated: u64,
    strong: u64,
    #[serde(default)]
    conclusions: Vec<String>,
}

/// What a measure speaks to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// On a large scale, or with many victims.
    Widespread,
    /// Organised, regular, not by chance.
    Systematic,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "measure")]
    measures: Vec<Measure>,
}

/// The measures in use.
#[derive(Clone, Debug)]
pub struct Measures {
    measures: Vec<Measure>,
}

/// How far what is on record goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Below the threshold, or not known: no sign that it is not so.
    NotShown,
    /// The upper bound reaches the threshold, the lower does not.
    Unclear,
    /// The threshold is reached.
    Indicated,
    /// The strong threshold is reached.
    Strong,
}

/// The result of a measure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// The measure.
    pub measure: String,
    /// What it speaks to.
    pub of: Quality,
    /// Its title.
    pub title: String,
    /// What was counted.
    pub value: Range,
    /// How far it goes.
    pub level: Level,
    /// Value, threshold and definition in words.
    pub why: String,
    /// Records that it rests on, oldest first, the first few.
    pub evidence: Vec<Evidence>,
}

/// All measures over what a filter lets through.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assessment {
    /// The results, in the order of the file.
    pub results: Vec<Measured>,
    /// What they amount to for `widespread`, in words.
    pub widespread: String,
    /// What they amount to for `systematic`, in words.
    pub systematic: String,
}

impl Measures {
    /// The measures that are shipped.
    #[must_use]
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).expect("a test reads the shipped measures")
    }

    /// Reads measures.
    ///
    /// # Errors
    /// When the text is not TOML, a part is missing or unknown, or thresholds are out of order.
    pub fn parse(text: &str) -> Result<Self, MeasuresError> {
        let file: File =
            toml::from_str(text).map_err(|error| MeasuresError::Malformed(error.to_string()))?;
        let wrong = file.measures.iter().find(|one| one.indicated > one.strong);
        if let Some(measure) = wrong {
            return Err(MeasuresError::Thresholds(measure.id.clone()));
        }
        Ok(Self {
            measures: file.measures,
        })
    }
}

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
    fn value(
        &self,
        measure: &Measure,
        events: &[&Unit],
        filter: &Filter,
    ) -> (Range, BTreeSet<RecordId>, String) {
        let counts = || count(events, None);
        let records = |with: &dyn Fn(&Unit) -> bool| -> BTreeSet<RecordId> {
            let units = events.iter().filter(|unit| with(unit));
            units
                .flat_map(|unit| unit.records.iter().copied())
                .collect()
        };
        let exact = |count: usize| Range {
            least: count as u64,
            most: count as u64,
        };
        let all = |_: &Unit| true;
        match measure.counts {
            Counted::Events => (counts().events, records(&all), String::new()),
            Counted::Victims => (counts().victims, records(&all), String::new()),
            Counted::Origins => (exact(counts().origins), records(&all), String::new()),
            Counted::Places => {
                let places: BTreeSet<&String> =
                    events.iter().flat_map(|unit| &unit.places).collect();
                let unplaced = events.iter().filter(|unit| unit.places.is_empty()).count();
                let note = format!(
                    " (no place below the state in {})",
                    counted(unplaced as u64, "event")
                );
                (
                    exact(places.len()),
                    records(&|unit| !unit.places.is_empty()),
                    note,
                )
            }
            Counted::VictimGroups => {
                let groups: BTreeSet<&str> = events
                    .iter()
                    .flat_map(|unit| &unit.groups)
                    .map(|code| code.as_str())
                    .collect();
                let named: Vec<&str> = groups.iter().copied().collect();
                let note = listed(&named);
                (
                    exact(groups.len()),
                    records(&|unit| !unit.groups.is_empty()),
                    note,
                )
            }
            Counted::Institutions => {
                let mut named: BTreeSet<&str> = BTreeSet::new();
                for (key, kind) in events.iter().flat_map(|unit| &unit.perpetrators) {
                    if matches!(kind, EntityKind::Organisation | EntityKind::State) {
                        named.insert(self.places.name(key));
                    }
                }
                let names: Vec<&str> = named.iter().copied().collect();
                let note = listed(&names);
                (
                    exact(named.len()),
                    records(&|unit| !unit.perpetrators.is_empty()),
                    note,
                )
            }
            Counted::Years | Counted::Regularity => {
                let (value, note) = over_years(events, measure.counts);
                (value, records(&|unit| unit.year.is_some()), note)
            }
            Counted::Recurrence => recurrence(events),
            Counted::PolicyRecords => self.policy(filter),
            Counted::Conclusions => self.conclusions(&measure.conclusions, filter),
        }
    }

    /// Records that speak of a policy: what is admitted, laws, findings on the element `policy`.
    fn policy(&self, filter: &Filter) -> (Range, BTreeSet<RecordId>, String) {
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
    fn conclusions(
        &self,
        codes: &[String],
        filter: &Filter,
    ) -> (Range, BTreeSet<RecordId>, String) {
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
fn recurrence(events: &[&Unit]) -> (Range, BTreeSet<RecordId>, String) {
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
