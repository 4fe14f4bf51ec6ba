//! The register narrowed by what its address asks for, and how many cases each choice has.
//!
//! Invariant: a choice counts the cases that are shown once it is made: all that fit the other
//! facets. Each case is looked at once, whatever the number of facets and choices.

use super::rows::{self, UNKNOWN};
use assemble::Assembled;
use link::cases::CaseFile;
use std::collections::BTreeMap;
use web::facets::{Facet, State};
use web::{Text, show};

/// Choices of one facet.
const CHOICES: usize = 12;
/// What the list is narrowed by, with the vocabulary of its values.
pub(super) const FACETS: [(&str, &str); 4] = [
    ("category", "case-category"),
    ("status", "status-at-end"),
    ("state", ""),
    ("opened", ""),
];

/// A case with its values under each facet, and whether they are asked for.
struct Row<'a> {
    case: &'a CaseFile,
    values: [Vec<&'a str>; FACETS.len()],
    fits: [bool; FACETS.len()],
}

/// Cases, narrowed.
pub(super) struct Narrowed<'a> {
    rows: Vec<Row<'a>>,
}

/// What is asked for of one facet.
struct Asked<'s> {
    wanted: Vec<&'s str>,
    unwanted: Vec<&'s str>,
}

impl Asked<'_> {
    fn fits(&self, own: &[&str]) -> bool {
        let has = |values: &[&str]| values.iter().any(|value| own.contains(value));
        (self.wanted.is_empty() || has(&self.wanted)) && !has(&self.unwanted)
    }
}

impl<'a> Narrowed<'a> {
    /// Looks at cases as a state asks.
    pub(super) fn of(
        all: &Assembled,
        cases: impl Iterator<Item = &'a CaseFile>,
        state: &State,
    ) -> Self {
        let nots = FACETS.map(|(name, _)| format!("not-{name}"));
        let mut at = 0;
        let asked = FACETS.map(|(name, _)| {
            at += 1;
            Asked {
                wanted: state.all(name).collect(),
                unwanted: state.all(&nots[at - 1]).collect(),
            }
        });
        let row = |case: &'a CaseFile| {
            let values = values(all, case);
            let mut fits = [true; FACETS.len()];
            for ((fits, asked), own) in fits.iter_mut().zip(&asked).zip(&values) {
                *fits = asked.fits(own);
            }
            Row { case, values, fits }
        };
        Self {
            rows: cases.map(row).collect(),
        }
    }

    /// The cases that fit every facet.
    pub(super) fn shown(&self) -> Vec<&'a CaseFile> {
        let fit = self
            .rows
            .iter()
            .filter(|row| row.fits.iter().all(|fits| *fits));
        fit.map(|row| row.case).collect()
    }

    /// The facets, each with its choices.
    pub(super) fn facets(&self, state: &State, text: Text) -> Vec<Facet> {
        let mut facets = Vec::new();
        for (at, (name, list)) in FACETS.into_iter().enumerate() {
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            for row in &self.rows {
                let mut others = row.fits.iter().enumerate();
                if others.all(|(facet, fits)| facet == at || *fits) {
                    for value in &row.values[at] {
                        *counts.entry(value).or_default() += 1;
                    }
                }
            }
            let choices = counts.into_iter().map(|(value, number)| {
                let label = match (name, list) {
                    ("status", _) if value == UNKNOWN => text.say("people-fate-unknown"),
                    ("opened", _) => text.say("people-opened"),
                    (_, "") => web::states::name(text, value),
                    (_, list) => show::label(text, list, value),
                };
                (value.to_owned(), label, number)
            });
            let title = text.say(&format!("people-facet-{name}"));
            facets.extend(state.wide_facet(title, name, choices, CHOICES));
        }
        facets
    }
}

/// The values of a case, in the order of the facets.
fn values<'a>(all: &Assembled, case: &'a CaseFile) -> [Vec<&'a str>; FACETS.len()] {
    let categories = case.categories.iter().map(|(code, _)| code.as_str());
    let state = case.state.iter().map(|state| state.key.as_str());
    [
        categories.collect(),
        rows::standing(all, case).into_iter().collect(),
        state.collect(),
        (!case.is_proposed).then_some("yes").into_iter().collect(),
    ]
}
