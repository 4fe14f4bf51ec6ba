//! One pass over all hits: how many, in which languages, by whom and when, and the best of them.
//!
//! Invariant: the order of hits depends on the passages alone. Scores are compared in steps of a
//! thousandth, so that the order in which floating-point numbers were added decides nothing;
//! equals stand in the order of their source and passage.

use super::passages::source_of;
use model::SourceId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::FastFieldReaders;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// Hits by what they have in common: value and number of passages, sorted by value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By language, as a BCP 47 tag.
    pub languages: BTreeMap<String, u64>,
    /// By publisher.
    pub publishers: BTreeMap<String, u64>,
    /// By genre.
    pub genres: BTreeMap<String, u64>,
    /// By compartment.
    pub compartments: BTreeMap<String, u64>,
    /// By the year in which the source was published.
    pub years: BTreeMap<u16, u64>,
}

/// Where a hit stands among the others: greater is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// The score in thousandths.
    score: u64,
    place: Reverse<(u64, u64, u64, u64)>,
}

/// A hit before its text is fetched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Best {
    rank: Rank,
    segment: SegmentOrdinal,
    doc: DocId,
    end: u64,
}

impl Best {
    pub(crate) fn source(&self) -> SourceId {
        let (high, low, _, _) = self.rank.place.0;
        source_of(high, low)
    }

    pub(crate) fn passage(&self) -> u32 {
        self.rank.place.0.2 as u32
    }

    pub(crate) fn span(&self) -> model::Span {
        model::Span::new(self.rank.place.0.3 as u32, self.end as u32)
    }

    pub(crate) fn score(&self) -> f32 {
        self.rank.score as f32 / 1_000.0
    }

    pub(crate) fn address(&self) -> DocAddress {
        DocAddress::new(self.segment, self.doc)
    }
}

/// What the pass gathers.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) total: u64,
    /// The best hits, best first.
    pub(crate) best: Vec<Best>,
    pub(crate) facets: Facets,
}

/// Gathers the `most` best hits, all counts and all facets.
pub(crate) struct Gather {
    pub(crate) most: usize,
}

/// Hits of one segment by the value of one text column: numbers of values, counted.
struct Counted {
    column: Option<StrColumn>,
    counts: Vec<u64>,
}

impl Counted {
    fn new(columns: &FastFieldReaders, name: &str) -> tantivy::Result<Self> {
        let column = columns.str(name)?;
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        Ok(Self {
            column,
            counts: vec![0; values],
        })
    }

    fn count(&mut self, doc: DocId) {
        if let Some(column) = &self.column
            && let Some(value) = column.ords().first(doc)
            && let Some(count) = self.counts.get_mut(value as usize)
        {
            *count += 1;
        }
    }

    fn into_map(self) -> BTreeMap<String, u64> {
        let mut map = BTreeMap::new();
        let Some(column) = self.column else {
            return map;
        };
        let mut value = String::new();
        for (number, count) in self.counts.into_iter().enumerate() {
            value.clear();
            if count > 0 && column.ord_to_str(number as u64, &mut value).unwrap_or(false) {
                map.insert(value.clone(), count);
            }
        }
        map
    }
}

/// [`Gather`] within one segment.
pub(crate) struct InSegment {
    most: usize,
    segment: SegmentOrdinal,
    total: u64,
    best: BinaryHeap<Reverse<Best>>,
    place: [Column<u64>; 5],
    published: Column<u64>,
    languages: Counted,
    publishers: Counted,
    genres: Counted,
    compartments: Counted,
    years: BTreeMap<u16, u64>,
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = InSegment;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<InSegment> {
        let columns = reader.fast_fields();
        Ok(InSegment {
            most: self.most,
            segment,
            total: 0,
            best: BinaryHeap::with_capacity(self.most.min(1_024) + 1),
            place: [
                columns.u64("source_high")?,
                columns.u64("source_low")?,
                columns.u64("passage")?,
                columns.u64("start")?,
                columns.u64("end")?,
            ],
            published: columns.u64("published")?,
            languages: Counted::new(columns, "language")?,
            publishers: Counted::new(columns, "publisher")?,
            genres: Counted::new(columns, "genre")?,
            compartments: Counted::new(columns, "compartment")?,
            years: BTreeMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Gathered>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for segment in segments {
            all.total += segment.total;
            all.best.extend(segment.best);
            let (into, from) = (&mut all.facets, segment.facets);
            add(&mut into.languages, from.languages);
            add(&mut into.publishers, from.publishers);
            add(&mut into.genres, from.genres);
            add(&mut into.compartments, from.compartments);
            add(&mut into.years, from.years);
        }
        all.best.sort_unstable_by(|a, b| b.cmp(a));
        all.best.truncate(self.most);
        Ok(all)
    }
}

fn add<K: Ord>(into: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}

impl SegmentCollector for InSegment {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        for facet in [
            &mut self.languages,
            &mut self.publishers,
            &mut self.genres,
            &mut self.compartments,
        ] {
            facet.count(doc);
        }
        if let Some(day) = self.published.first(doc) {
            *self.years.entry((day / 10_000) as u16).or_default() += 1;
        }
        if self.most == 0 {
            return;
        }
        // A negative or undefined score does not exist; a cast would make it 0.
        let score = (f64::from(score) * 1_000.0).round() as u64;
        let full = self.best.len() >= self.most;
        if full && self.best.peek().is_some_and(|Reverse(worst)| score < worst.rank.score) {
            return;
        }
        let [high, low, passage, start, end] = &self.place;
        let value = |column: &Column<u64>| column.first(doc).unwrap_or(0);
        let place = Reverse((value(high), value(low), value(passage), value(start)));
        self.best.push(Reverse(Best {
            rank: Rank { score, place },
            segment: self.segment,
            doc,
            end: value(end),
        }));
        if full {
            self.best.pop();
        }
    }

    fn harvest(self) -> Gathered {
        Gathered {
            total: self.total,
            best: self.best.into_iter().map(|Reverse(best)| best).collect(),
            facets: Facets {
                languages: self.languages.into_map(),
                publishers: self.publishers.into_map(),
                genres: self.genres.into_map(),
                compartments: self.compartments.into_map(),
                years: self.years,
            },
        }
    }
}
