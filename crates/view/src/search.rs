//! Searching the text of all readings.

use crate::text::Facets;
use crate::text::index::Narrow;
use crate::text::passages::{day_number, kind_name};
use crate::{Error, Result, View};
use model::{Compartment, Edtf, PartialDate, PassageKind, SourceId, Span};

/// Most hits that can be passed over or given.
const MOST: usize = 100_000;

/// What to look for, and where. Each field that is given must hold.
#[derive(Clone, Debug)]
pub struct Query {
    /// Words, "exact phrases", -exclusions and OR.
    pub words: String,
    /// In one of these languages.
    pub languages: Vec<String>,
    /// By one of these publishers, exactly.
    pub publishers: Vec<String>,
    /// Of one of these genres.
    pub genres: Vec<String>,
    /// In one of these compartments.
    pub compartments: Vec<Compartment>,
    /// In passages of one of these kinds.
    pub kinds: Vec<PassageKind>,
    /// In this source.
    pub source: Option<SourceId>,
    /// Published then or later.
    pub since: Option<PartialDate>,
    /// Published then or earlier, by the first day that the date may mean.
    pub until: Option<PartialDate>,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give, at most.
    pub limit: usize,
}

impl Query {
    /// A search for `words` everywhere, for the ten best hits.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            languages: Vec::new(),
            publishers: Vec::new(),
            genres: Vec::new(),
            compartments: Vec::new(),
            kinds: Vec::new(),
            source: None,
            since: None,
            until: None,
            offset: 0,
            limit: 10,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Passages that were found in all.
    pub total: u64,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
    /// All passages that were found, by what they have in common.
    pub facets: Facets,
    /// The search with words that exist, when it had some that stand nowhere.
    pub did_you_mean: Option<String>,
}

/// A passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its source.
    pub source: SourceId,
    /// Number of the passage in the reading; 0 for a title that stands in no passage.
    pub passage: u32,
    /// Characters of the reading: the passage, or a piece of one that is very long.
    pub span: Span,
    /// How well it fits: comparable within one search only.
    pub score: f32,
    /// The source's title.
    pub title: Option<String>,
    /// The source's publisher.
    pub publisher: Option<String>,
    /// When the source was published.
    pub published: Option<Edtf>,
    /// The source's language.
    pub language: Option<String>,
    /// Part of the passage, with what was found.
    pub snippet: String,
    /// What was found, in characters of the snippet; ascending.
    pub highlights: Vec<Span>,
}

impl View {
    /// Searches the clean text of all readings.
    ///
    /// # Errors
    /// [`Error::Query`] when the search cannot be understood; [`Error::Stale`] when the index
    /// cannot be used.
    pub fn search(&self, query: &Query) -> Result<Found> {
        if query.offset.saturating_add(query.limit) > MOST {
            let why = format!("no more than the first {MOST} hits can be shown; use more words");
            return Err(Error::Query(why));
        }
        let narrow = narrow(query);
        let text = self.text()?;
        let found = text.search(&query.words, &narrow, query.offset, query.limit)?;
        let mut hits = Vec::with_capacity(found.hits.len());
        for hit in found.hits {
            let source = hit.best.source();
            let about = self.heading(&source)?;
            hits.push(Hit {
                source,
                passage: hit.best.passage(),
                span: hit.best.span(),
                score: hit.best.score(),
                title: about.title,
                publisher: about.publisher,
                published: about.published,
                language: about.language,
                snippet: hit.snippet.text,
                highlights: hit.snippet.marks,
            });
        }
        Ok(Found {
            total: found.total,
            hits,
            facets: found.facets,
            did_you_mean: found.did_you_mean,
        })
    }
}

fn narrow(query: &Query) -> Narrow {
    let named = |compartment: &Compartment| compartment.name().to_owned();
    let lists = [
        ("language", query.languages.clone()),
        ("publisher", query.publishers.clone()),
        ("genre", query.genres.clone()),
        (
            "compartment",
            query.compartments.iter().map(named).collect(),
        ),
        (
            "kind",
            query
                .kinds
                .iter()
                .map(|kind| kind_name(*kind).to_owned())
                .collect(),
        ),
    ];
    Narrow {
        terms: lists
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .collect(),
        source: query.source,
        published: (
            query.since.map(|date| day_number(date.bounds().0)),
            query.until.map(|date| day_number(date.bounds().1)),
        ),
    }
}
