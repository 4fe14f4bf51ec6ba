//! Counting events, acts and victims over units.
//!
//! Invariant: `least` supposes that everything that may be the same is, `most` that nothing is;
//! the truth on record lies between the two.

use super::units::{Suffered, Sufferer, Unit};
use crate::when::{counted, grouped};
use model::{RecordId, SourceId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A count that may be known within bounds only.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub struct Range {
    /// At least so many.
    pub least: u64,
    /// At most so many, of what is on record.
    pub most: u64,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |number: u64| grouped(i64::try_from(number).unwrap_or(i64::MAX));
        if self.least == self.most {
            return f.write_str(&text(self.least));
        }
        write!(f, "{} to {}", text(self.least), text(self.most))
    }
}

/// Events, acts and victims, and what they rest on.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Incidents.
    pub events: Range,
    /// Types of violation against one victim (a person or a counted group) in one event.
    pub acts: Range,
    /// Persons.
    pub victims: Range,
    /// Of the victims, those known by name.
    pub named: Range,
    /// General claims: no events, counted apart.
    pub claims: usize,
    /// Records that say so.
    pub reports: usize,
    /// Documents that hold them.
    pub documents: usize,
    /// Origins of their words: at most so many are independent of each other.
    pub origins: usize,
    /// Why a count is a range, for people.
    pub reasons: Vec<String>,
    /// The records, by id.
    pub records: Vec<RecordId>,
}

/// Counts units; only `violation` in them, when one is given.
pub(super) fn count(units: &[&Unit], violation: Option<&BTreeSet<String>>) -> Counts {
    let mut tally = Tally::default();
    for unit in units {
        let suffered: Vec<&Suffered> = unit
            .suffered
            .iter()
            .filter(|one| violation.is_none_or(|codes| codes.contains(&one.violation)))
            .collect();
        if !suffered.is_empty() {
            tally.add(unit, &suffered);
        }
    }
    tally.counts()
}

#[derive(Default)]
struct Tally {
    given: u64,
    passages: u64,
    claims: usize,
    acts: Range,
    known: BTreeSet<String>,
    /// Persons known by a name only, and in how many events each name stands.
    by_name: BTreeMap<String, u64>,
    /// The largest number of victims that one event surely has.
    largest: u64,
    /// The sum of all counted groups.
    counted: u64,
    groups: u64,
    unnumbered: u64,
    disputed: u64,
    records: BTreeSet<RecordId>,
    documents: BTreeSet<SourceId>,
    origins: BTreeSet<SourceId>,
}

impl Tally {
    fn add(&mut self, unit: &Unit, suffered: &[&Suffered]) {
        self.records.extend(suffered.iter().map(|one| one.record));
        self.documents
            .extend(suffered.iter().filter_map(|one| one.source));
        self.origins.extend(&unit.origins);
        if unit.is_general {
            self.claims += 1;
            return;
        }
        match unit.is_given {
            true => self.given += 1,
            false => self.passages += 1,
        }
        self.add_acts(suffered);
        self.add_victims(suffered);
    }

    fn add_acts(&mut self, suffered: &[&Suffered]) {
        let mut by_type: BTreeMap<&str, (BTreeSet<&Sufferer>, BTreeSet<&Sufferer>)> =
            BTreeMap::new();
        for one in suffered {
            let (persons, groups) = by_type.entry(&one.violation).or_default();
            match &one.who {
                Some(who @ (Sufferer::Known(_) | Sufferer::Named(_))) => persons.insert(who),
                Some(who) => groups.insert(who),
                None => false,
            };
        }
        for (persons, groups) in by_type.values() {
            let (persons, groups) = (persons.len() as u64, groups.len() as u64);
            // What is told without a victim was done to somebody.
            self.acts.least += persons.max(1);
            self.acts.most += (persons + groups).max(1);
        }
    }

    fn add_victims(&mut self, suffered: &[&Suffered]) {
        let mut persons = BTreeSet::new();
        let mut by_source: BTreeMap<Option<SourceId>, BTreeSet<(&str, u64)>> = BTreeMap::new();
        let mut unnumbered = false;
        for one in suffered {
            match &one.who {
                Some(Sufferer::Known(id)) => {
                    self.known.insert(id.clone());
                    persons.insert(id.as_str());
                }
                Some(Sufferer::Named(name)) => {
                    if persons.insert(name.as_str()) {
                        *self.by_name.entry(name.clone()).or_default() += 1;
                    }
                }
                Some(Sufferer::Counted(name, number)) => {
                    by_source
                        .entry(one.source)
                        .or_default()
                        .insert((name, *number));
                }
                Some(Sufferer::Unnumbered(_)) | None => unnumbered = true,
            }
        }
        let stated: Vec<(u64, u64)> = by_source
            .values()
            .map(|groups| {
                let numbers = groups.iter().map(|(_, number)| *number);
                let most = numbers.clone().fold(0, u64::saturating_add);
                (numbers.max().unwrap_or(0), most)
            })
            .collect();
        let least = stated.iter().map(|(least, _)| *least).min().unwrap_or(0);
        let most = stated.iter().map(|(_, most)| *most).max().unwrap_or(0);
        self.largest = self.largest.max(least).max(persons.len() as u64);
        self.counted = self.counted.saturating_add(most);
        self.groups += u64::from(!stated.is_empty());
        self.disputed += u64::from(least != most);
        self.unnumbered += u64::from(unnumbered && persons.is_empty() && stated.is_empty());
    }

    /// Why counts are ranges; `is_range` of victims, `is_unlinked` of names in several events.
    fn reasons(&self, is_range: bool, is_unlinked: bool) -> Vec<String> {
        let mut reasons = Vec::new();
        if self.passages > 0 {
            reasons.push(format!(
                "{} in no incident: each may be an event of its own or another report of one",
                counted(self.passages, "passage")
            ));
        }
        if self.groups > 0 && is_range {
            reasons.push(format!(
                "victims counted without names in {} ({} in all): they may be the same people in \
                 several events, and those who are named may be among them",
                counted(self.groups, "event"),
                self.counted
            ));
        }
        if self.disputed > 0 {
            reasons.push(format!(
                "different numbers, or groups that may overlap, in the reports of {}",
                counted(self.disputed, "event")
            ));
        }
        if is_unlinked {
            let several = self.by_name.values().filter(|count| **count > 1).count();
            reasons.push(format!(
                "{} in several events without being linked as persons: each may be one person or more",
                counted(several as u64, "name")
            ));
        }
        if self.unnumbered > 0 {
            reasons.push(format!(
                "victims without a number in {}: no persons are counted for them",
                counted(self.unnumbered, "event")
            ));
        }
        if self.acts.least != self.acts.most {
            reasons.push(
                "groups in one event may be the same people under several descriptions".to_owned(),
            );
        }
        reasons
    }

    fn counts(self) -> Counts {
        let names = self.by_name.len() as u64;
        let mentions: u64 = self.by_name.values().sum();
        let known = self.known.len() as u64;
        let named = Range {
            least: known + names,
            most: known + mentions,
        };
        let victims = Range {
            least: named.least.max(self.largest),
            most: named.most.saturating_add(self.counted),
        };
        let events = Range {
            least: if self.given == 0 {
                self.passages.min(1)
            } else {
                self.given
            },
            most: self.given + self.passages,
        };
        let reasons = self.reasons(victims.least != victims.most, mentions > names);
        Counts {
            events,
            acts: self.acts,
            victims,
            named,
            claims: self.claims,
            reports: self.records.len(),
            documents: self.documents.len(),
            origins: self.origins.len(),
            reasons,
            records: self.records.into_iter().collect(),
        }
    }
}
