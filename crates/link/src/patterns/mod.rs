//! Counts of victims, acts and events without double counting, measures of what is systematic or
//! widespread, and the matrix of crime elements.
//!
//! Start with [`Counting::of`]; then [`Counting::table`], [`Counting::measure`] and
//! [`Counting::matrix`]. An *event* is one incident; an *act* is one type of violation against one
//! victim (a person or a counted group) in one event; *victims* are persons. Where it is not known
//! whether two are one, a count is a range and says why.
//!
//! Invariant: what is only feared, denied, or claimed in general is never counted as an event; it
//! is said how much of it was left out. Nothing here is a legal conclusion.

mod counts;
mod elements;
mod heard;
mod matrix;
mod measures;
mod measuring;
mod needs;
mod tables;
mod units;

pub use counts::{Counts, Range};
pub use elements::{Elements, ElementsError};
pub use heard::{Heard, OfSex};
pub use matrix::{Cell, Matrix, Need};
pub use measures::{Assessment, Level, Measured, Measures, MeasuresError, Quality};
pub use tables::{Dimension, Row, Table};

use crate::corpus::{Corpus, Evidence};
use crate::places::Places;
use crate::{Document, Provenance};
use model::{PartialDate, Record, RecordId, Vocabularies};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use units::{LeftOut, Unit};

/// Records that describe one incident.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Happening {
    /// Its records.
    pub members: Vec<RecordId>,
    /// Whether it is a general claim (“torture in prison camps”) and not one event.
    pub is_general: bool,
}

/// What is counted.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// Records of any kind, in any order.
    pub records: &'a [Record],
    /// Their documents.
    pub documents: &'a [Document],
    /// Where words come from first; without it every document counts as its own origin.
    pub provenance: Option<&'a dyn Provenance>,
    /// The incidents; without them records of one passage, date and place are one event, and
    /// counts are ranges.
    pub happenings: &'a [Happening],
    /// Records of persons that are one person.
    pub persons: &'a [Vec<RecordId>],
    /// The vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// Today.
    pub today: PartialDate,
}

/// What to count; each field that is given must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Only what a state is concerned by: its gazetteer key.
    pub state: Option<String>,
    /// Only these types of violation and those below them; all when there is none.
    pub types: Vec<String>,
    /// Only what may have happened in this year or later.
    pub since: Option<u16>,
    /// Only what may have happened in this year or earlier.
    pub until: Option<u16>,
}

/// Records made ready for counting.
pub struct Counting<'a> {
    corpus: Corpus<'a>,
    places: Places,
    provenance: Option<&'a dyn Provenance>,
    vocabularies: &'a Vocabularies,
    units: Vec<Unit>,
    left_out: LeftOut,
}

impl std::fmt::Debug for Counting<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Counting({} events and claims)", self.units.len())
    }
}

impl<'a> Counting<'a> {
    /// Sorts the records into events, acts and victims.
    #[must_use]
    pub fn of(inputs: &Inputs<'a>) -> Self {
        let corpus = Corpus::new(inputs.records, inputs.documents, inputs.today);
        let places = Places::of(&corpus);
        let (units, left_out) = units::units(&corpus, &places, inputs);
        Self {
            corpus,
            places,
            provenance: inputs.provenance,
            vocabularies: inputs.vocabularies,
            units,
            left_out,
        }
    }

    /// What is counted, all in all.
    #[must_use]
    pub fn total(&self, filter: &Filter) -> Counts {
        let wanted = self.wanted(filter);
        counts::count(&wanted, None)
    }

    /// The events that a filter lets through, and the claims with them.
    fn wanted(&self, filter: &Filter) -> Vec<&Unit> {
        let types = self.types(filter);
        let year = |unit: &Unit| {
            let (first, last) = unit.years;
            filter
                .since
                .is_none_or(|since| last.is_some_and(|last| last >= since))
                && filter
                    .until
                    .is_none_or(|until| first.is_some_and(|first| first <= until))
        };
        let state = |unit: &Unit| {
            let wanted = filter.state.as_ref();
            wanted.is_none_or(|state| unit.states.contains(state))
        };
        let kind = |unit: &Unit| types.is_empty() || unit.types().any(|code| types.contains(code));
        let units = self.units.iter();
        units
            .filter(|unit| year(unit) && state(unit) && kind(unit))
            .collect()
    }

    /// The types of a filter with those below them.
    fn types(&self, filter: &Filter) -> BTreeSet<String> {
        let types = filter.types.iter();
        types
            .flat_map(|code| narrower(self.vocabularies, code))
            .collect()
    }

    /// Evidence of records, oldest first, of at most `most`.
    fn shown(&self, records: &BTreeSet<RecordId>, most: usize) -> Vec<Evidence> {
        let found = records.iter().filter_map(|id| self.corpus.record(id));
        let mut shown: Vec<Evidence> = found.map(|record| self.corpus.evidence(record)).collect();
        Evidence::sort(&mut shown);
        shown.truncate(most);
        shown
    }
}

/// A type of violation and those below it.
fn narrower(vocabularies: &Vocabularies, code: &str) -> BTreeSet<String> {
    crate::alerts::narrower(vocabularies, "violation", code)
}

/// The family of each type: the term at the top of its branch.
fn families(vocabularies: &Vocabularies) -> BTreeMap<String, String> {
    let terms = vocabularies
        .list("violation")
        .map_or(&[][..], |list| &list.terms);
    let tops = terms.iter().filter(|term| term.parent.is_none());
    tops.flat_map(|top| {
        let below = narrower(vocabularies, top.code.as_str());
        below
            .into_iter()
            .map(|code| (code, top.code.as_str().to_owned()))
    })
    .collect()
}
