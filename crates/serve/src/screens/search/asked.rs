//! What a search asks: the address, understood.
//!
//! Invariant: nothing is taken from the address that is not named here, and no more values than
//! [`MOST`].

use super::{HERE, ROWS};
use crate::answer::{Answer, Trouble};
use model::Compartment;
use view::{Query, Without};
use web::facets::State;

/// Facets of passages: name of the parameter, and the vocabulary of its values; empty where they
/// stand for themselves.
pub(super) const FACETS: [(&str, &str); 5] = [
    ("language", "language"),
    ("publisher", ""),
    ("genre", "genre"),
    ("year", ""),
    ("compartment", "compartment"),
];
/// Facets of records.
pub(super) const RECORD_FACETS: [(&str, &str); 4] = [
    ("kind", "record-kind"),
    ("type", "violation"),
    ("place", ""),
    ("status", ""),
];
/// Most values in an address.
const MOST: usize = 64;
/// The last passage that can be turned to.
const DEEPEST: u64 = 10_000;

/// How what is found is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A list of passages.
    Passages,
    /// A table of records.
    Records,
    /// Records by when.
    Timeline,
    /// Records by where.
    Map,
}

impl Shape {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Passages, Self::Records, Self::Timeline, Self::Map];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passages => "",
            Self::Records => "records",
            Self::Timeline => "timeline",
            Self::Map => "map",
        }
    }
}

/// A search as it was asked for.
pub(super) struct Asked {
    /// The address.
    pub state: State,
    /// Number of the page, from 1.
    pub page: u64,
}

impl Asked {
    /// Understands the parameters of an address.
    pub fn of(pairs: &[(String, String)]) -> Answer<Self> {
        let facets = FACETS.iter().chain(&RECORD_FACETS);
        let names: Vec<&str> = facets.map(|(name, _)| *name).collect();
        let is_known = |name: &str| {
            let bare = name.strip_prefix("not-").unwrap_or(name);
            matches!(name, "q" | "view" | "forms" | "page" | "world") || names.contains(&bare)
        };
        let known = pairs.iter().filter(|(name, _)| is_known(name)).take(MOST);
        let known: Vec<(&str, &str)> = known
            .map(|(name, value)| (name.as_str(), value.trim()))
            .collect();
        let state = State::new(HERE, &known);
        let page = match state.get("page") {
            "" => 1,
            number => number
                .parse()
                .map_err(|_| Trouble::NotUnderstood(format!("“{number}” is no page number")))?,
        };
        Ok(Self {
            page: page.clamp(1, DEEPEST / ROWS),
            state,
        })
    }

    /// The words as typed.
    pub fn words(&self) -> &str {
        self.state.get("q")
    }

    /// How it is to be shown.
    pub fn shape(&self) -> Shape {
        let wanted = self.state.get("view");
        let mut all = Shape::ALL.into_iter();
        all.find(|shape| shape.name() == wanted)
            .unwrap_or(Shape::Passages)
    }

    /// Whether a facet narrows the search.
    pub fn is_set(&self, name: &str) -> bool {
        let not = format!("not-{name}");
        self.state.all(name).next().is_some() || self.state.all(&not).next().is_some()
    }

    /// Whether a value passes what a facet asks for.
    pub fn passes(&self, name: &str, value: &str) -> bool {
        let not = format!("not-{name}");
        let mut wanted = self.state.all(name).peekable();
        let is_wanted = wanted.peek().is_none() || wanted.any(|one| one == value);
        is_wanted && self.state.all(&not).all(|one| one != value)
    }

    /// The search for `words` with all facets but one.
    pub fn query(&self, words: &str, leave: Option<&str>) -> Query {
        let values = |name: &str| -> Vec<String> {
            let bare = name.strip_prefix("not-").unwrap_or(name);
            match leave == Some(bare) {
                true => Vec::new(),
                false => self.state.all(name).map(str::to_owned).collect(),
            }
        };
        let compartments = |name: &str| -> Vec<Compartment> {
            let given = values(name);
            let all = Compartment::ALL.into_iter();
            all.filter(|one| given.iter().any(|name| name == one.name()))
                .collect()
        };
        let years = |name: &str| -> Vec<u16> {
            let given = values(name);
            given.iter().filter_map(|year| year.parse().ok()).collect()
        };
        let mut query = Query::new(words);
        query.languages = values("language");
        query.publishers = values("publisher");
        query.genres = values("genre");
        query.compartments = compartments("compartment");
        query.years = years("year");
        query.without = Without {
            languages: values("not-language"),
            publishers: values("not-publisher"),
            genres: values("not-genre"),
            compartments: compartments("not-compartment"),
            years: years("not-year"),
        };
        query
    }
}
