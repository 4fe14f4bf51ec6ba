//! The index of all text: add a document and hear which others share words with it.
//!
//! Invariant: adding documents one by one or all at once gives the same edges, apart from text
//! that became common only later; the time to add one grows with the logarithm of the archive.

use super::align::{Block, Seed, Shared, align};
use super::clues::Clues;
use super::common::Families;
use super::direction::{days_between, direction};
use super::edge::{Edge, Relation, SharedPassage};
use super::held::SetAside;
use super::judge::{Verdict, judge};
use super::postings::Postings;
use super::prints::winnow;
use super::rules::Rules;
use super::store::{Aside, Store, StoreError};
use super::words::Words;
use crate::Document;
use model::{Passage, Reading, SourceId};

/// The text of a document, as the index takes it.
#[derive(Clone, Copy, Debug)]
pub struct DocumentText<'a> {
    /// The document.
    pub document: &'a Document,
    /// The text of its reading.
    pub text: &'a str,
    /// The passages of its reading; those of its clean text are compared. When there are none
    /// the whole text is one passage.
    pub passages: &'a [Passage],
}

impl<'a> DocumentText<'a> {
    /// A document with its reading.
    #[must_use]
    pub fn new(document: &'a Document, reading: &'a Reading) -> Self {
        Self {
            document,
            text: &reading.text,
            passages: &reading.passages,
        }
    }
}

/// What the index keeps of a document.
#[derive(Debug)]
pub(super) struct Entry {
    pub id: SourceId,
    /// Its first byte in the layout of all.
    pub layout: u64,
    /// `None` until they are asked for.
    pub clues: Option<Box<Clues>>,
}

/// Two documents and what was found of them; numbers are places in the index, the older first.
#[derive(Debug)]
pub(super) struct Found {
    pub older: u32,
    pub newer: u32,
    pub verdict: Verdict,
}

/// Which documents share text, found as they come in.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) rules: Rules,
    pub(super) entries: Vec<Entry>,
    /// The first word of each document among all words, and the end of the last: apart from the
    /// rest, so that it stays near the processor.
    pub(super) bases: Vec<u64>,
    pub(super) words: Words,
    /// For every [`super::held::PAGE`] words, the document that the first of them is in.
    pub(super) pages: Vec<u32>,
    pub(super) postings: Postings,
    pub(super) families: Families,
    pub(super) aside: Aside,
    /// Bytes of words and postings in memory above which they are set aside.
    pub(super) most_memory: Option<usize>,
    /// Volumes of words and of their places, once there are any, and how many are in them.
    pub(super) set_aside: Option<SetAside>,
    pub(super) scratch: Scratch,
}

/// Occurrences of a print that are looked at when a document is added.
const MOST_FOUND: usize = 64;

/// Occurrences of one print in one document that are compared: text that repeats itself over
/// and over would otherwise cost its square.
pub(super) const MOST_REPEATS: usize = 4;

#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub hashes: Vec<u64>,
    blocks: Vec<Block>,
    shared: Vec<Shared>,
    places: Vec<u64>,
}

/// A print that stands in two documents, as one number: the newer document, the older, the word
/// in the newer, that in the older, and whether the print is rare. Hits of a pair come together
/// when sorted, and ascend in the newer text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Hit(u128);

impl Hit {
    /// Words of a document are fewer than two to the 31st, which [`Index::enter`] sees to.
    pub fn new(newer: u32, older: u32, seed: Seed) -> Self {
        let places = u64::from(seed.b) << 32 | u64::from(seed.a) << 1 | u64::from(seed.rare);
        let pair = u64::from(newer) << 32 | u64::from(older);
        Self(u128::from(pair) << 64 | u128::from(places))
    }

    /// The newer and the older document, as one number.
    pub fn pair(self) -> u64 {
        (self.0 >> 64) as u64
    }

    pub fn newer(self) -> u32 {
        (self.pair() >> 32) as u32
    }

    pub fn older(self) -> u32 {
        self.pair() as u32
    }

    pub fn seed(self) -> Seed {
        Seed {
            b: (self.0 >> 32) as u32,
            a: self.0 as u32 >> 1,
            rare: self.0 & 1 == 1,
        }
    }
}

impl Index {
    /// An empty index that judges by `rules`.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }

    /// An empty index that keeps at most about `memory` bytes of words and prints in memory, and
    /// sets what is beyond aside in `store`. About 200 bytes a document stay in memory.
    #[must_use]
    pub fn with_store(rules: Rules, store: Box<dyn Store>, memory: usize) -> Self {
        Self {
            rules,
            aside: Aside::new(store),
            most_memory: Some(memory),
            ..Self::default()
        }
    }

    /// Documents in the index.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a document; the edges to those that came before it, in their order.
    ///
    /// A document whose id is there already is added once more under the same id: take care to
    /// add each once.
    ///
    /// # Errors
    /// The store failed; without one there is no error.
    pub fn add(&mut self, document: &DocumentText<'_>) -> Result<Vec<Edge>, StoreError> {
        let Some(newer) = self.enter(document) else {
            return Ok(Vec::new());
        };
        self.note(newer, document, true);
        let mut prints = Vec::new();
        let mut hashes = std::mem::take(&mut self.scratch.hashes);
        winnow(&self.tokens(newer), &mut hashes, |print, at| {
            prints.push((print, at))
        });
        self.scratch.hashes = hashes;
        let hits = self.hits_of(newer, &prints);
        let base = self.bases[newer as usize];
        for &(print, at) in &prints {
            self.postings.insert(print, base + u64::from(at));
        }
        self.postings.settle();
        let mut scratch = std::mem::take(&mut self.scratch);
        let pairs = hits.chunk_by(|a, b| a.pair() == b.pair());
        let found = pairs
            .filter_map(|pair| self.compare(pair, &mut scratch))
            .collect();
        self.scratch = scratch;
        let found = self.leave_out_common(found);
        let edges = found.iter().map(|found| self.edge(found)).collect();
        self.set_aside();
        self.aside.check().map(|()| edges)
    }

    /// The prints that a new document shares with older ones, sorted.
    fn hits_of(&mut self, newer: u32, prints: &[(u64, u32)]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut places = std::mem::take(&mut self.scratch.places);
        let mut seen: Vec<(u64, usize)> = Vec::new();
        for &(print, at) in prints {
            places.clear();
            self.postings
                .find(&self.aside, print, MOST_FOUND, &mut places);
            if places.is_empty() {
                continue;
            }
            match seen.iter_mut().find(|(other, _)| *other == print) {
                Some((_, times)) if *times >= MOST_REPEATS => continue,
                Some((_, times)) => *times += 1,
                None => seen.push((print, 1)),
            }
            let group = self.group(&places);
            let documents = 1 + group.chunk_by(|a, b| a.0 == b.0).count();
            let rare = documents <= self.rules.common_documents;
            let take = if rare {
                usize::MAX
            } else {
                self.rules.common_compared
            };
            for of_one in group.chunk_by(|a, b| a.0 == b.0).take(take) {
                for &(older, a) in of_one.iter().take(MOST_REPEATS) {
                    let seed = Seed { b: at, a, rare };
                    hits.push(Hit::new(newer, older, seed));
                }
            }
        }
        self.scratch.places = places;
        hits.sort_unstable();
        hits
    }

    /// Documents and words of places.
    fn group(&self, places: &[u64]) -> Vec<(u32, u32)> {
        places
            .iter()
            .map(|&place| self.document_at(place))
            .collect()
    }

    /// Compares the two documents of these hits.
    pub(super) fn compare(&self, hits: &[Hit], scratch: &mut Scratch) -> Option<Found> {
        let first = hits.first()?;
        let (older, newer) = (first.older(), first.newer());
        let (a, b) = (self.tokens(older), self.tokens(newer));
        let seeds = hits.iter().map(|hit| hit.seed());
        align(&a, &b, seeds, &mut scratch.blocks, &mut scratch.shared);
        let verdict = judge(&scratch.shared, &self.rules)?;
        Some(Found {
            older,
            newer,
            verdict,
        })
    }

    /// What is said of two documents.
    pub(super) fn edge(&self, found: &Found) -> Edge {
        let sides = [found.older, found.newer];
        let entries = sides.map(|number| &self.entries[number as usize]);
        let passages = &found.verdict.passages;
        let words = [
            passages.iter().map(|p| p.a).collect::<Vec<_>>(),
            passages.iter().map(|p| p.b).collect::<Vec<_>>(),
        ];
        let spans = [0, 1].map(|side| self.spans(sides[side], &words[side]));
        let shares = [0, 1].map(|side| share(&words[side], self.words_of(sides[side])));
        let none = Clues::default();
        let begins = [0, 1].map(|side| match words[side][..] {
            [(from, _)] => from <= self.words_of(sides[side]) / 20,
            _ => false,
        });
        let passages: Vec<SharedPassage> = passages
            .iter()
            .zip(spans[0].iter().zip(&spans[1]))
            .map(|(shared, (&a, &b))| SharedPassage {
                spans: [a, b],
                same: shared.density().min(1000) as u16,
            })
            .collect();
        let names = found.verdict.passages.iter().map(|shared| shared.names);
        let clues = entries.map(|entry| entry.clues.as_deref().unwrap_or(&none));
        let same_text = u32::from(shares[0].max(shares[1])) >= self.rules.derived_share;
        let reissued = same_text
            && found.verdict.numbers > 0
            && days_between(clues) >= Some(self.rules.reissue_days);
        Edge {
            documents: entries.map(|entry| entry.id),
            relation: if reissued {
                Relation::SameForm
            } else {
                found.verdict.relation
            },
            other_names: names.sum(),
            other_numbers: found.verdict.numbers,
            direction: direction(clues, &passages, shares, begins),
            passages,
            shares,
        }
    }
}

/// How much of `words` words lies in the stretches, in thousandths.
pub(super) fn share(stretches: &[(u32, u32)], words: u32) -> u16 {
    let (mut held, mut end) = (0u64, 0);
    let mut add = |&(from, to): &(u32, u32)| {
        held += u64::from(to.saturating_sub(from.max(end)));
        end = end.max(to);
    };
    if stretches.is_sorted() {
        stretches.iter().for_each(add);
    } else {
        let mut sorted = stretches.to_vec();
        sorted.sort_unstable();
        sorted.iter().for_each(&mut add);
    }
    (held * 1000 / u64::from(words.max(1))).min(1000) as u16
}
