//! The words of all documents as the index holds them: in memory, and beyond that in a store.
//!
//! Invariant: words of documents stand one behind the other in the order of the documents, and a
//! document lies wholly in memory or wholly in the store.

use super::clues::Clues;
use super::index::{DocumentText, Entry, Hit, Index};
use super::postings::MOST_WORDS;
use super::words::{Cutter, Token, Words, places};
use model::{CharIndex, Span};
use std::borrow::Cow;

/// Words that lie in the store.
#[derive(Debug)]
pub(super) struct SetAside {
    tokens: u32,
    layout: u32,
    words: u64,
    layout_bytes: u64,
}

/// Words of a page of [`Index::pages`].
pub(super) const PAGE: u64 = 128;

/// Words before and behind a hit that are fetched: what one edit on either side looks at.
const FETCHED: u64 = 16;

impl Index {
    /// Moves words and postings into the store when they are more than memory is to hold.
    pub(super) fn set_aside(&mut self) {
        let held = self.postings.bytes() + self.words.tokens.len() * 2 + self.words.layout.len();
        if self.most_memory.is_none_or(|most| held <= most) {
            return;
        }
        self.postings.set_aside(&mut self.aside);
        let (aside, words) = (&mut self.aside, std::mem::take(&mut self.words));
        let volumes = self.set_aside.get_or_insert_with(|| SetAside {
            tokens: aside.volume(),
            layout: aside.volume(),
            words: 0,
            layout_bytes: 0,
        });
        let bytes: Vec<u8> = words
            .tokens
            .iter()
            .flat_map(|token| token.to_le_bytes())
            .collect();
        aside.append(volumes.tokens, &bytes);
        aside.append(volumes.layout, &words.layout);
        volumes.words += words.tokens.len() as u64;
        volumes.layout_bytes += words.layout.len() as u64;
    }

    /// Words, and bytes of their places, that lie in the store.
    fn gone(&self) -> (u64, u64) {
        let gone = self.set_aside.as_ref();
        gone.map_or((0, 0), |gone| (gone.words, gone.layout_bytes))
    }

    /// Takes the words of a document in; its number, or `None` when the index is full or the
    /// document is beyond what an index can number.
    pub(super) fn enter(&mut self, document: &DocumentText<'_>) -> Option<u32> {
        let number = u32::try_from(self.entries.len()).ok()?;
        let (gone, layout_gone) = self.gone();
        let base = gone + self.words.tokens.len() as u64;
        let layout = layout_gone + self.words.layout.len() as u64;
        // A word takes two bytes or more, so that there are fewer than a [`Hit`] has room for.
        let bytes = u32::try_from(document.text.len()).ok()?;
        if base + u64::from(bytes) >= MOST_WORDS {
            return None;
        }
        cut(document, &mut self.words);
        let end = gone + self.words.tokens.len() as u64;
        while (self.pages.len() as u64) * PAGE < end {
            self.pages.push(number);
        }
        self.entries.push(Entry {
            id: document.document.id,
            layout,
            clues: None,
        });
        if self.bases.is_empty() {
            self.bases.push(base);
        }
        self.bases.push(end);
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
        // One document further is as likely as not, so that step is no branch.
        number += usize::from(self.bases[number + 1] <= place);
        while self.bases[number + 1] <= place {
            number += 1;
        }
        (number as u32, (place - self.bases[number]) as u32)
    }

    /// How many words a document has.
    pub(super) fn words_of(&self, number: u32) -> u32 {
        let number = number as usize;
        (self.bases[number + 1] - self.bases[number]) as u32
    }

    /// The words of a document.
    pub(super) fn tokens(&self, number: u32) -> Cow<'_, [Token]> {
        let base = self.bases[number as usize];
        let len = self.words_of(number) as usize;
        match &self.set_aside {
            Some(gone) if base < gone.words => {
                let bytes = self.aside.read(gone.tokens, base * 2, len * 2);
                let (pairs, _) = bytes.as_chunks::<2>();
                pairs
                    .iter()
                    .map(|pair| Token::from_le_bytes(*pair))
                    .collect()
            }
            _ => {
                let from = (base - self.gone().0) as usize;
                Cow::Borrowed(&self.words.tokens[from..from + len])
            }
        }
    }

    /// Reads the words around the first hit of each pair, before any of them is compared. They
    /// lie all over the archive; the processor waits for many at once when none depends on
    /// another, and for one after the other when each is compared as it comes.
    pub(super) fn fetch(&self, pairs: &[&[Hit]]) {
        let gone = self.gone().0;
        let mut read = 0;
        for hit in pairs.iter().filter_map(|pair| pair.first()) {
            let place = self.bases[hit.older() as usize] + u64::from(hit.seed().a);
            for near in [place.wrapping_sub(FETCHED), place + FETCHED] {
                let at = near.wrapping_sub(gone) as usize;
                read ^= self.words.tokens.get(at).copied().unwrap_or_default();
            }
        }
        std::hint::black_box(read);
    }

    /// The places of the words of a document.
    fn layout(&self, number: u32) -> Cow<'_, [u8]> {
        let entry = &self.entries[number as usize];
        let (_, gone) = self.gone();
        let next = self.entries.get(number as usize + 1);
        let end = next.map_or(gone + self.words.layout.len() as u64, |next| next.layout);
        let len = (end - entry.layout) as usize;
        match &self.set_aside {
            Some(volumes) if entry.layout < gone => {
                self.aside.read(volumes.layout, entry.layout, len).into()
            }
            _ => {
                let from = (entry.layout - gone) as usize;
                Cow::Borrowed(&self.words.layout[from..from + len])
            }
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
        let layout = self.layout(number);
        let mut places = (0..).zip(places(&layout));
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
