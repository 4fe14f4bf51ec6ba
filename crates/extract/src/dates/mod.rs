//! Dates: found in the words, resolved to EDTF (ISO 8601-2) with the reason.
//!
//! Invariant: what cannot be resolved by a stated rule has no date; nothing is made more precise
//! than the words.

mod calendar;
mod find;
mod resolve;
mod said;

pub(crate) use calendar::{add_days, add_months, add_years};

use crate::text::{Document, Stretch};
use model::{Band, Edtf, ResolvedDate};

/// A date in the document.
#[derive(Clone, Debug)]
pub(crate) struct Dated {
    pub tokens: Stretch,
    pub resolved: ResolvedDate,
    pub band: Band,
    /// `since`, `by` …: a bound of something else rather than the date of what the clause tells.
    pub bound: bool,
    /// The date at the head of a passage, apart from the words it dates: of all that the passage
    /// tells, unless it is only the document's own date.
    pub dateline: bool,
}

/// All dates of a document that could be resolved, ascending.
#[derive(Default)]
pub(crate) struct Dates {
    pub all: Vec<Dated>,
    /// When the document was published.
    pub published: Option<Edtf>,
}

impl Dates {
    /// Finds and resolves the dates; `published` is the document's own date.
    pub fn find(document: &Document, published: Option<Edtf>) -> Self {
        let expressions = find::expressions(document);
        Self {
            all: resolve::resolve(document, expressions, published),
            published,
        }
    }

    /// The dates that begin within the stretch.
    pub fn within(&self, stretch: Stretch) -> &[Dated] {
        let from = self.all.partition_point(|d| d.tokens.from < stretch.from);
        let to = self.all.partition_point(|d| d.tokens.from < stretch.to);
        self.all.get(from..to).unwrap_or_default()
    }

    /// The date at the head of a passage that dates what it tells.
    pub fn dateline(&self, block: Stretch) -> Option<&Dated> {
        let head = Stretch::new(block.from, block.to.min(block.from + 8));
        self.within(head)
            .iter()
            .find(|dated| dated.dateline && !dated.bound)
    }

    /// Whether the date comes after the document was published: nothing took place on it yet.
    pub fn is_to_come(&self, dated: &Dated) -> bool {
        let first = |date: Edtf| match date {
            Edtf::Date(date) => Some(date.bounds().0),
            Edtf::Interval(from, to) => from.or(to).map(|date| date.bounds().0),
        };
        let last = |date: Edtf| match date {
            Edtf::Date(date) => Some(date.bounds().1),
            Edtf::Interval(_, to) => to.map(|date| date.bounds().1),
        };
        match (first(dated.resolved.date), self.published.and_then(last)) {
            (Some(first), Some(published)) => first > published,
            _ => false,
        }
    }

    /// Whether the date lies years before the document: in another term of office, maybe.
    pub fn is_long_before(&self, dated: &Dated) -> bool {
        let year = |date: Edtf| match date {
            Edtf::Date(date) => Some(date.of_year()),
            Edtf::Interval(from, to) => from.or(to).map(|date| date.of_year()),
        };
        match (year(dated.resolved.date), self.published.and_then(year)) {
            (Some(told), Some(published)) => told + 1 < published,
            _ => false,
        }
    }

    /// Whether the token is part of a date.
    pub fn has(&self, token: u32) -> bool {
        let after = self.all.partition_point(|d| d.tokens.from <= token);
        after
            .checked_sub(1)
            .is_some_and(|at| self.all[at].tokens.has(token))
    }
}
