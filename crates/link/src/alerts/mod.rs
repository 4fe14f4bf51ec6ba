//! Warnings by rules over records that come in: each with its evidence, acknowledged by a person.
//!
//! Start with [`Rules::shipped`] and [`Alerts::of`]. Rules are data: what follows on what in one
//! state, what happens more often than usual, and what has been silent for too long. An alert is
//! no finding: it says what was reported and what may follow.
//!
//! Invariant: an alert's id depends on its rule and the evidence that raised it first, so records
//! that have nothing to do with it never change it, and an acknowledgement stays with it.

mod checker;
mod matching;
mod rules;
mod sequence;
mod silence;
mod surge;

pub(crate) use matching::narrower;
pub use rules::{Rules, RulesError, Severity};

use crate::cases::Register;
use crate::corpus::{Corpus, Evidence};
use crate::places::Places;
use crate::threads::Threads;
use crate::when::bounds;
use crate::{Document, Provenance};
use model::{Edtf, Judgement, Matter, PartialDate, Record, RecordId, Verdict};
use rules::{Rule, Shape};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// That a person has seen an alert.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// The alert's id.
    pub alert: String,
    /// Who.
    pub by: String,
    /// When: milliseconds since 1970, UTC, by the clock of the device that wrote it.
    pub at: u64,
    /// Why nothing more, or what is done about it.
    pub reason: String,
}

impl Acknowledgement {
    /// The acknowledgement in a judgement that was written at `at`; `None` when it is none.
    #[must_use]
    pub fn of(judgement: &Judgement, at: u64) -> Option<Self> {
        match (&judgement.matter, judgement.verdict) {
            (Matter::Alert(alert, _), Verdict::Acknowledged) => Some(Self {
                alert: alert.clone(),
                by: judgement.by.clone(),
                at,
                reason: judgement.reason.clone(),
            }),
            _ => None,
        }
    }
}

/// What alerts are raised over.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// Records of any kind, in any order.
    pub records: &'a [Record],
    /// Their documents.
    pub documents: &'a [Document],
    /// Where words come from first: copies of one report count once in a surge.
    pub provenance: Option<&'a dyn Provenance>,
    /// Records that describe one incident: they count once in a surge.
    pub groups: &'a [Vec<RecordId>],
    /// The register of cases, for rules of silence over persons.
    pub register: Option<&'a Register>,
    /// The threads of demands, for rules of silence over demands.
    pub threads: Option<&'a Threads>,
    /// Who has seen what.
    pub acknowledged: &'a [Acknowledgement],
    /// Today.
    pub today: PartialDate,
}

/// A record on which an alert rests, and as what.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ground {
    /// The record and its words.
    pub evidence: Evidence,
    /// What it shows, in the words of the rule.
    pub part: String,
    /// How it is tied to the others, for people.
    pub why: String,
}

impl Ground {
    /// What it shows, and how it is tied to the others, in one line for people.
    #[must_use]
    pub fn words(&self) -> String {
        let mut part = self.part.chars();
        let first: String = part
            .next()
            .map(|c| c.to_uppercase().collect())
            .unwrap_or_default();
        format!("{first}{}: {}", part.as_str(), self.why)
    }
}

/// A warning.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Alert {
    /// Stable: records that have nothing to do with it never change it.
    pub id: String,
    /// The rule that raised it.
    pub rule: String,
    /// What is feared, in a line.
    pub title: String,
    /// How urgent the rule says it is.
    pub severity: Severity,
    /// The state concerned, by its gazetteer key.
    pub state: Option<String>,
    /// What was reported, in a sentence or two.
    pub words: String,
    /// The date from which it stands: that of the last thing that raised it.
    pub on: Option<Edtf>,
    /// Whether it is older than the rule says it lasts.
    pub is_past: bool,
    /// What it rests on, oldest first.
    pub grounds: Vec<Ground>,
    /// Who has seen it, when and why nothing more.
    pub acknowledged: Option<Acknowledgement>,
    /// Records among its grounds that came in after it was acknowledged.
    pub since_acknowledged: Vec<RecordId>,
}

impl Alert {
    /// Whether it waits for somebody: it lasts still, and nobody has seen it, or something came in
    /// since.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let seen = self.acknowledged.is_some() && self.since_acknowledged.is_empty();
        !self.is_past && !seen
    }
}

/// All alerts, and what could not be placed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Alerts {
    /// Those that nobody has seen and that still last first, the urgent before the others, the
    /// latest first.
    pub alerts: Vec<Alert>,
    /// Acknowledgements of alerts that no longer stand: their evidence was rejected, or a rule
    /// has changed.
    pub without_alert: Vec<Acknowledgement>,
    /// Records that a rule asks for but that have no date, by rule: they raise nothing.
    pub undated: BTreeMap<String, usize>,
}

/// What every rule is applied to.
struct Watch<'a> {
    corpus: &'a Corpus<'a>,
    places: &'a Places,
    inputs: &'a Inputs<'a>,
    /// The incident of each record, by number.
    group_of: HashMap<RecordId, usize>,
}

impl Alerts {
    /// The alerts that the rules raise.
    #[must_use]
    pub fn of(inputs: &Inputs, rules: &Rules) -> Self {
        let corpus = Corpus::new(inputs.records, inputs.documents, inputs.today);
        let places = Places::of(&corpus);
        let numbered = inputs.groups.iter().enumerate();
        let watch = Watch {
            corpus: &corpus,
            places: &places,
            inputs,
            group_of: numbered
                .flat_map(|(number, group)| group.iter().map(move |id| (*id, number)))
                .collect(),
        };
        let mut found = Self::default();
        for rule in rules.enabled() {
            let (alerts, undated) = match &rule.shape {
                Shape::Sequence(shape) => sequence::raise(&watch, rule, shape),
                Shape::Surge(shape) => surge::raise(&watch, rule, shape),
                Shape::Silence(shape) => (silence::raise(&watch, rule, shape), 0),
            };
            found.alerts.extend(alerts);
            if undated > 0 {
                found.undated.insert(rule.id.clone(), undated);
            }
        }
        found.acknowledge(inputs.acknowledged);
        found.alerts.sort_by_key(|alert| {
            let last = alert
                .on
                .as_ref()
                .and_then(|on| bounds(on).1)
                .unwrap_or(i64::MIN);
            let seen = alert.acknowledged.is_some();
            (
                seen,
                alert.is_past,
                alert.severity,
                std::cmp::Reverse(last),
                alert.id.clone(),
            )
        });
        found
    }

    fn acknowledge(&mut self, acknowledged: &[Acknowledgement]) {
        // Of several of one alert the latest holds.
        let mut latest: BTreeMap<&str, &Acknowledgement> = BTreeMap::new();
        for one in acknowledged {
            let kept = latest.entry(&one.alert).or_insert(one);
            if (one.at, &one.by, &one.reason) > (kept.at, &kept.by, &kept.reason) {
                *kept = one;
            }
        }
        for alert in &mut self.alerts {
            if let Some(one) = latest.remove(alert.id.as_str()) {
                let records = alert.grounds.iter().map(|ground| ground.evidence.record);
                let later = records.filter(|record| record.milliseconds() > one.at);
                alert.since_acknowledged = later.collect();
                alert.acknowledged = Some(one.clone());
            }
        }
        self.without_alert = latest.into_values().cloned().collect();
    }
}

impl Watch<'_> {
    /// Whether something of that date is older than `days`.
    fn is_past(&self, on: Option<&Edtf>, days: i64) -> bool {
        let last = on.and_then(|on| bounds(on).1);
        last.is_some_and(|last| last + days < self.corpus.today)
    }

    /// An alert whose id names its rule, what it is about and the records that raised it first.
    fn alert(&self, rule: &Rule, about: &str, raised_by: &[RecordId]) -> Alert {
        let mut parts = vec!["alert".to_owned(), rule.id.clone(), about.to_owned()];
        parts.extend(raised_by.iter().map(RecordId::to_string));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Alert {
            id: crate::stable_id::stable_id(&parts),
            rule: rule.id.clone(),
            title: rule.title.clone(),
            severity: rule.severity,
            state: None,
            words: String::new(),
            on: None,
            is_past: false,
            grounds: Vec::new(),
            acknowledged: None,
            since_acknowledged: Vec::new(),
        }
    }
}

fn sort(grounds: &mut [Ground]) {
    grounds.sort_by_key(|ground| {
        let date = ground.evidence.date.as_ref().map(|dated| &dated.date);
        (crate::when::order(date), ground.evidence.record)
    });
}
