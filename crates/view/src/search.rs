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
    /// Published in one of these years.
    pub years: Vec<u16>,
    /// What must not hold.
    pub without: Without,
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

/// What a passage that is looked for must not be like.
#[derive(Clone, Debug, Default)]
pub struct Without {
    /// In none of these languages.
    pub languages: Vec<String>,
    /// By none of these publishers.
    pub publishers: Vec<String>,
    /// Of none of these genres.
    pub genres: Vec<String>,
    /// In none of these compartments.
    pub compartments: Vec<Compartment>,
    /// Published in none of these years.
    pub years: Vec<u16>,
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
            years: Vec::new(),
            without: Without::default(),
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

    /// Where the best `most` passages stand that a search finds, best first, without their text:
    /// source and number of the passage. Its offset and limit mean nothing here.
    ///
    /// # Errors
    /// As [`View::search`].
    pub fn passages_found(&self, query: &Query, most: usize) -> Result<Vec<(SourceId, u32)>> {
        let text = self.text()?;
        text.places(&query.words, &narrow(query), most.min(MOST))
    }
}

/// The values of each list of a search, under the name of its field in the index.
type Lists = Vec<(&'static str, Vec<String>)>;

fn lists(
    languages: &[String],
    publishers: &[String],
    genres: &[String],
    compartments: &[Compartment],
) -> Lists {
    let named = compartments.iter().map(|one| one.name().to_owned());
    vec![
        ("language", languages.to_vec()),
        ("publisher", publishers.to_vec()),
        ("genre", genres.to_vec()),
        ("compartment", named.collect()),
    ]
}

fn given(lists: Lists) -> Lists {
    let given = lists.into_iter().filter(|(_, values)| !values.is_empty());
    given.collect()
}

fn narrow(query: &Query) -> Narrow {
    let mut terms = lists(
        &query.languages,
        &query.publishers,
        &query.genres,
        &query.compartments,
    );
    let kinds = query.kinds.iter().map(|kind| kind_name(*kind).to_owned());
    terms.push(("kind", kinds.collect()));
    let without = &query.without;
    let none = lists(
        &without.languages,
        &without.publishers,
        &without.genres,
        &without.compartments,
    );
    Narrow {
        terms: given(terms),
        none: given(none),
        years: query.years.clone(),
        no_years: without.years.clone(),
        source: query.source,
        published: (
            query.since.map(|date| day_number(date.bounds().0)),
            query.until.map(|date| day_number(date.bounds().1)),
        ),
    }
}
