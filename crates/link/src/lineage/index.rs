//! The index of all text: add a document and hear which others share words with it.
//!
//! Invariant: adding documents one by one or all at once gives the same edges, apart from text
//! that became common only later; the time to add one grows with the logarithm of the archive.

use super::align::{Block, Seed, Shared, align};
use super::clues::Clues;
use super::common::Families;
use super::direction::direction;
use super::edge::{Edge, SharedPassage};
use super::judge::{Verdict, judge};
use super::postings::{MOST_WORDS, Postings};
use super::prints::winnow;
use super::rules::Rules;
use super::words::{Cutter, Token, Words, places};
use crate::Document;
use model::{CharIndex, Passage, Reading, SourceId, Span};

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
    /// Its first word among all words.
    pub base: u64,
    pub words: u32,
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
    pub(super) words: Words,
    /// For every [`PAGE`] words, the document that the first of them is in.
    pages: Vec<u32>,
    pub(super) postings: Postings,
    pub(super) families: Families,
    pub(super) scratch: Scratch,
}

/// Words of a page of [`Index::pages`].
const PAGE: u64 = 128;

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

/// A print that stands in two documents, so ordered that those of a pair come together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Hit {
    pub newer: u32,
    pub older: u32,
    pub seed: Seed,
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
    pub fn add(&mut self, document: &DocumentText<'_>) -> Vec<Edge> {
        let Some(newer) = self.enter(document) else {
            return Vec::new();
        };
        self.note(newer, document, true);
        let mut prints = Vec::new();
        let mut hashes = std::mem::take(&mut self.scratch.hashes);
        winnow(self.tokens(newer), &mut hashes, |print, at| {
            prints.push((print, at))
        });
        self.scratch.hashes = hashes;
        let hits = self.hits_of(newer, &prints);
        let base = self.entries[newer as usize].base;
        for &(print, at) in &prints {
            self.postings.insert(print, base + u64::from(at));
        }
        self.postings.settle();
        let mut scratch = std::mem::take(&mut self.scratch);
        let pairs = hits.chunk_by(|a, b| a.older == b.older);
        let found = pairs
            .filter_map(|pair| self.compare(pair, &mut scratch))
            .collect();
        self.scratch = scratch;
        let found = self.leave_out_common(found);
        found.iter().map(|found| self.edge(found)).collect()
    }

    /// The prints that a new document shares with older ones, sorted.
    fn hits_of(&mut self, newer: u32, prints: &[(u64, u32)]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut places = std::mem::take(&mut self.scratch.places);
        let mut seen: Vec<(u64, usize)> = Vec::new();
        for &(print, at) in prints {
            places.clear();
            self.postings.find(print, MOST_FOUND, &mut places);
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
                    hits.push(Hit { newer, older, seed });
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

    /// Takes the words of a document in; its number, or `None` when the index is full or the
    /// document is beyond what an index can number.
    pub(super) fn enter(&mut self, document: &DocumentText<'_>) -> Option<u32> {
        let number = u32::try_from(self.entries.len()).ok()?;
        let base = self.words.tokens.len() as u64;
        let layout = self.words.layout.len() as u64;
        if base + document.text.len() as u64 >= MOST_WORDS {
            return None;
        }
        cut(document, &mut self.words);
        let end = self.words.tokens.len() as u64;
        let words = u32::try_from(end - base).ok()?;
        while (self.pages.len() as u64) * PAGE < end {
            self.pages.push(number);
        }
        self.entries.push(Entry {
            id: document.document.id,
            base,
            words,
            layout,
            clues: None,
        });
        Some(number)
    }

    /// Keeps the clues of a document.
    pub(super) fn note(&mut self, number: u32, document: &DocumentText<'_>, credits: bool) {
        if let Some(entry) = self.entries.get_mut(number as usize)
            && entry.clues.is_none()
        {
            entry.clues = Some(Box::new(Clues::of(document, credits)));
        }
    }

    /// The document of a word among all words, and its number there.
    pub(super) fn document_at(&self, place: u64) -> (u32, u32) {
        let page = (place / PAGE) as usize;
        let mut number = self.pages.get(page).copied().unwrap_or_default() as usize;
        while let Some(next) = self.entries.get(number + 1)
            && next.base <= place
        {
            number += 1;
        }
        (number as u32, (place - self.entries[number].base) as u32)
    }

    /// The words of a document.
    pub(super) fn tokens(&self, number: u32) -> &[Token] {
        let entry = &self.entries[number as usize];
        let from = entry.base as usize;
        &self.words.tokens[from..from + entry.words as usize]
    }

    /// Compares the two documents of these hits.
    pub(super) fn compare(&self, hits: &[Hit], scratch: &mut Scratch) -> Option<Found> {
        let first = hits.first()?;
        let (a, b) = (self.tokens(first.older), self.tokens(first.newer));
        let seeds = hits.iter().map(|hit| hit.seed);
        align(a, b, seeds, &mut scratch.blocks, &mut scratch.shared);
        let verdict = judge(&scratch.shared, &self.rules)?;
        Some(Found {
            older: first.older,
            newer: first.newer,
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
        let shares = [0, 1].map(|side| share(&words[side], entries[side].words));
        let none = Clues::default();
        let begins = [0, 1].map(|side| match words[side][..] {
            [(from, _)] => from <= entries[side].words / 20,
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
        let sum = |count: fn(&Shared) -> u32| found.verdict.passages.iter().map(count).sum();
        Edge {
            documents: entries.map(|entry| entry.id),
            relation: found.verdict.relation,
            other_names: sum(|shared| shared.names),
            other_numbers: sum(|shared| shared.numbers),
            direction: direction(
                entries.map(|entry| entry.clues.as_deref().unwrap_or(&none)),
                &passages,
                shares,
                begins,
            ),
            passages,
            shares,
        }
    }

    /// Characters of stretches of words.
    pub(super) fn spans(&self, number: u32, stretches: &[(u32, u32)]) -> Vec<Span> {
        let mut wanted: Vec<(u32, usize, bool)> = Vec::with_capacity(stretches.len() * 2);
        for (at, &(from, to)) in stretches.iter().enumerate() {
            wanted.push((from, at, true));
            wanted.push((to.saturating_sub(1), at, false));
        }
        wanted.sort_unstable();
        let mut spans = vec![Span::new(0, 0); stretches.len()];
        let entry = &self.entries[number as usize];
        let layout = self.words.layout.get(entry.layout as usize..);
        let mut places = (0..).zip(places(layout.unwrap_or_default()));
        let mut last = None;
        for (word, at, first) in wanted {
            while last.is_none_or(|(number, _)| number < word) {
                match places.next() {
                    Some(place) => last = Some(place),
                    None => return spans,
                }
            }
            if let Some((_, (start, end))) = last {
                if first {
                    spans[at] = Span::new(start, end);
                } else {
                    spans[at].end = end;
                }
            }
        }
        spans
    }
}

/// Cuts the clean passages of a document into words.
pub(super) fn cut(document: &DocumentText<'_>, words: &mut Words) {
    let mut cutter = Cutter::new(words);
    if document.passages.is_empty() {
        cutter.passage(document.text, 0);
        return;
    }
    let index = CharIndex::new(document.text);
    let mut end = 0;
    for passage in document
        .passages
        .iter()
        .filter(|passage| passage.is_clean())
    {
        if passage.span.start < end {
            continue; // passages ascend; one that does not is no passage
        }
        if let Some(text) = index.slice(document.text, passage.span) {
            cutter.passage(text, passage.span.start);
            end = passage.span.end;
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
