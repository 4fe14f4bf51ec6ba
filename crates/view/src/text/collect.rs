//! One pass over all hits: how many, in which languages, by whom and when, and the best of them.
//!
//! Invariant: the order of hits depends on the passages alone. Scores are compared in steps of a
//! thousandth, so that the order in which floating-point numbers were added decides nothing;
//! equals stand in the order of their source and passage.

use super::passages::source_of;
use model::SourceId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
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

/// The columns that a pass reads, of the segments that were searched before: opening one copies
/// it out of its sealed blocks.
#[derive(Clone, Default)]
pub(crate) struct OpenColumns(Arc<Mutex<BTreeMap<SegmentId, Arc<Columns>>>>);

/// The columns of one segment.
struct Columns {
    /// High and low half of the source's id, passage, first and last character.
    place: [Column<u64>; 5],
    published: Column<u64>,
    /// Language, publisher, genre, compartment.
    facets: [Option<StrColumn>; 4],
}

impl OpenColumns {
    /// Forgets segments, because there are others now.
    pub(crate) fn clear(&self) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.clear();
    }

    fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<Columns>> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(columns) = open.get(&segment.segment_id()) {
            return Ok(Arc::clone(columns));
        }
        let fast = segment.fast_fields();
        let columns = Arc::new(Columns {
            place: [
                fast.u64("source_high")?,
                fast.u64("source_low")?,
                fast.u64("passage")?,
                fast.u64("start")?,
                fast.u64("end")?,
            ],
            published: fast.u64("published")?,
            facets: [
                fast.str("language")?,
                fast.str("publisher")?,
                fast.str("genre")?,
                fast.str("compartment")?,
            ],
        });
        open.insert(segment.segment_id(), Arc::clone(&columns));
        Ok(columns)
    }
}

/// Gathers the `most` best hits, all counts and all facets.
pub(crate) struct Gather {
    pub(crate) most: usize,
    pub(crate) columns: OpenColumns,
}

/// Hits that are counted together: a column is read faster many at a time.
const TOGETHER: usize = 512;

/// [`Gather`] within one segment.
pub(crate) struct InSegment {
    most: usize,
    segment: SegmentOrdinal,
    columns: Arc<Columns>,
    total: u64,
    best: BinaryHeap<Reverse<Best>>,
    /// Hits whose facets are not counted yet.
    uncounted: Vec<DocId>,
    values: Vec<Option<u64>>,
    /// By column and number of the value.
    counts: [Vec<u64>; 4],
    years: BTreeMap<u16, u64>,
}

impl InSegment {
    fn count(&mut self) {
        for (column, counts) in self.columns.facets.iter().zip(&mut self.counts) {
            let Some(column) = column else {
                continue;
            };
            self.values.clear();
            self.values.resize(self.uncounted.len(), None);
            column.ords().first_vals(&self.uncounted, &mut self.values);
            for value in self.values.iter().flatten() {
                if let Some(count) = counts.get_mut(*value as usize) {
                    *count += 1;
                }
            }
        }
        self.values.clear();
        self.values.resize(self.uncounted.len(), None);
        let published = &self.columns.published;
        published.first_vals(&self.uncounted, &mut self.values);
        // Passages of one source stand together, so years come in runs.
        let years = self
            .values
            .iter()
            .flatten()
            .map(|day| (day / 10_000) as u16);
        let mut run = (0, 0);
        for year in years {
            if year != run.0 && run.1 > 0 {
                *self.years.entry(run.0).or_default() += run.1;
                run.1 = 0;
            }
            run = (year, run.1 + 1);
        }
        if run.1 > 0 {
            *self.years.entry(run.0).or_default() += run.1;
        }
        self.uncounted.clear();
    }

    fn facet(&mut self, number: usize) -> BTreeMap<String, u64> {
        let mut map = BTreeMap::new();
        let Some(column) = &self.columns.facets[number] else {
            return map;
        };
        let mut value = String::new();
        for (ordinal, count) in self.counts[number].iter().enumerate() {
            value.clear();
            if *count > 0
                && column
                    .ord_to_str(ordinal as u64, &mut value)
                    .unwrap_or(false)
            {
                map.insert(value.clone(), *count);
            }
        }
        map
    }
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = InSegment;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<InSegment> {
        let columns = self.columns.of(reader)?;
        let values = |column: &Option<StrColumn>| column.as_ref().map_or(0, |it| it.num_terms());
        Ok(InSegment {
            most: self.most,
            segment,
            total: 0,
            best: BinaryHeap::with_capacity(self.most.min(1_024) + 1),
            uncounted: Vec::with_capacity(TOGETHER),
            values: Vec::with_capacity(TOGETHER),
            counts: [0, 1, 2, 3].map(|number| vec![0; values(&columns.facets[number])]),
            years: BTreeMap::new(),
            columns,
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
        self.uncounted.push(doc);
        if self.uncounted.len() >= TOGETHER {
            self.count();
        }
        if self.most == 0 {
            return;
        }
        // A negative or undefined score does not exist; a cast would make it 0.
        let score = (f64::from(score) * 1_000.0).round() as u64;
        let full = self.best.len() >= self.most;
        if full
            && self
                .best
                .peek()
                .is_some_and(|Reverse(worst)| score < worst.rank.score)
        {
            return;
        }
        let [high, low, passage, start, end] = &self.columns.place;
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

    fn harvest(mut self) -> Gathered {
        self.count();
        Gathered {
            total: self.total,
            facets: Facets {
                languages: self.facet(0),
                publishers: self.facet(1),
                genres: self.facet(2),
                compartments: self.facet(3),
                years: std::mem::take(&mut self.years),
            },
            best: self.best.into_iter().map(|Reverse(best)| best).collect(),
        }
    }
}
