//! Passages that say again what another one says: a title, a caption or a paragraph that stands
//! twice, a pull quote, a teaser above the text.
//!
//! A passage repeats another when they are word for word the same, or when nine in ten of its
//! runs of three words stand in the other and none of the words that differ is a number, a name
//! or a negation: a form letter about another person is no repetition. Of two, the longer stays;
//! of equals, the first. A teaser above the text (six in ten of its runs in one passage below)
//! yields to the text. Work is linear in the words of the document.

use super::Page;
use crate::facts::Facts;
use crate::words::{Word, fold, words_into};
use model::{LeftOut, PassageKind};
use std::collections::HashMap;

/// Passages of fewer words repeat nothing, captions and titles aside.
const MIN_EXACT: usize = 8;
/// Items of a list may be alike and mean different things, unless they are long.
const MIN_ITEM: usize = 20;
/// Passages of fewer words are only compared word for word.
const MIN_NEAR: usize = 12;
/// Passages of more words, too: nothing that long is a paragraph.
const MAX_NEAR: usize = 3000;
/// Passages of more bytes take no part.
const MAX_BYTES: usize = 200_000;
/// Passages that one run of words is remembered for.
const REMEMBERED: usize = 4;
/// A teaser has at most so many words.
const MAX_TEASER: usize = 90;

/// A passage that takes part.
struct Entry {
    index: usize,
    words: Vec<Word>,
    item: bool,
}

pub(super) fn mark(page: &mut Page<'_, '_>, facts: &Facts) {
    titles(page);
    let entries = entries(page);
    let mut repeats: Vec<Option<usize>> = vec![None; entries.len()];
    exact(&entries, &mut repeats);
    let runs = Runs::of(&entries, &repeats);
    near(&entries, &runs, &mut repeats);
    teasers(page, facts, &entries, &runs, &mut repeats);
    for at in 0..entries.len() {
        if repeats[at].is_some() {
            let kept = root(&repeats, at);
            let number = entries[kept].index as u32 + 1;
            page.mark(entries[at].index, LeftOut::RepeatOf(number));
        }
    }
}

/// Follows "repeats" to the passage that stays.
fn root(repeats: &[Option<usize>], at: usize) -> usize {
    let mut at = at;
    for _ in 0..repeats.len() {
        match repeats[at] {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// Lines that are the title again.
fn titles(page: &mut Page<'_, '_>) {
    let Some(title) = page.title else { return };
    let wanted = fold(page.draft.text_at(title));
    for index in 0..page.len() {
        let near_length = page.draft.text_at(index).len().abs_diff(wanted.len()) <= 40;
        if index != title
            && page.is_clean(index)
            && near_length
            && fold(page.draft.text_at(index)) == wanted
        {
            page.mark(index, LeftOut::RepeatOf(title as u32 + 1));
        }
    }
}

fn entries(page: &Page<'_, '_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut words = Vec::new();
    for (index, block) in page.draft.blocks.iter().enumerate() {
        if block.left_out.is_some()
            || matches!(block.kind, PassageKind::TableRow | PassageKind::Title)
        {
            continue;
        }
        let text = page.draft.text_of(block);
        if text.len() > MAX_BYTES {
            continue;
        }
        words_into(text, &mut words);
        let item = block.kind == PassageKind::ListItem;
        let least = match block.kind {
            PassageKind::Caption => 3,
            PassageKind::ListItem => MIN_ITEM,
            _ => MIN_EXACT,
        };
        if words.len() >= least {
            entries.push(Entry {
                index,
                words: words.clone(),
                item,
            });
        }
    }
    entries
}

/// Word for word the same.
fn exact(entries: &[Entry], repeats: &mut [Option<usize>]) {
    let mut first: HashMap<u64, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let hash = entry
            .words
            .iter()
            .fold(entry.words.len() as u64, |hash, word| mix(hash, word.hash));
        match first.get(&hash) {
            Some(&kept) if same(&entries[kept], entry) => repeats[at] = Some(kept),
            Some(_) => {}
            None => {
                first.insert(hash, at);
            }
        }
    }
}

fn same(a: &Entry, b: &Entry) -> bool {
    a.words.len() == b.words.len() && a.words.iter().zip(&b.words).all(|(a, b)| a.hash == b.hash)
}

fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Where each run of three words stands.
struct Runs {
    /// Runs of three words of each passage, sorted.
    of: Vec<Vec<u64>>,
    /// Every run with the passage that it stands in, sorted.
    places: Vec<(u64, u32)>,
}

impl Runs {
    fn of(entries: &[Entry], repeats: &[Option<usize>]) -> Self {
        let mut runs = Self {
            of: Vec::with_capacity(entries.len()),
            places: Vec::new(),
        };
        for (at, entry) in entries.iter().enumerate() {
            let mut own: Vec<u64> = Vec::new();
            if repeats[at].is_none()
                && (MIN_NEAR..=MAX_NEAR).contains(&entry.words.len())
                && !entry.item
            {
                own.extend(
                    entry
                        .words
                        .windows(3)
                        .map(|three| three.iter().fold(3, |hash, word| mix(hash, word.hash))),
                );
                own.sort_unstable();
                own.dedup();
                runs.places.extend(own.iter().map(|&run| (run, at as u32)));
            }
            runs.of.push(own);
        }
        runs.places.sort_unstable();
        runs
    }

    /// The other passage that shares the most runs with `at`, and how many; of equals the first.
    fn nearest(&self, at: usize) -> Option<(usize, usize)> {
        let mut shared: Vec<u32> = Vec::new();
        for run in &self.of[at] {
            let first = self.places.partition_point(|(known, _)| known < run);
            let same = self.places[first..]
                .iter()
                .take_while(|(known, _)| known == run);
            let others = same
                .map(|(_, place)| *place)
                .filter(|&place| place as usize != at);
            shared.extend(others.take(REMEMBERED));
        }
        shared.sort_unstable();
        let mut best = None;
        for alike in shared.chunk_by(|a, b| a == b) {
            if best.is_none_or(|(_, most)| alike.len() > most) {
                best = Some((alike[0] as usize, alike.len()));
            }
        }
        best
    }
}

fn near(entries: &[Entry], runs: &Runs, repeats: &mut [Option<usize>]) {
    for at in 0..entries.len() {
        if repeats[at].is_some() || runs.of[at].is_empty() {
            continue;
        }
        let Some((other, shared)) = runs.nearest(at) else {
            continue;
        };
        let (own, others) = (entries[at].words.len(), entries[other].words.len());
        let yields = others > own || (others == own && other < at);
        if yields
            && shared * 10 >= runs.of[at].len() * 9
            && says_the_same(&entries[at], &entries[other])
        {
            repeats[at] = Some(other);
        }
    }
}

/// Whether no word that tells stands in `short` but not in `long`; where they are about as
/// long, nor the other way round.
fn says_the_same(short: &Entry, long: &Entry) -> bool {
    let lacks = |a: &Entry, b: &Entry| {
        let mut known: Vec<u64> = b.words.iter().map(|word| word.hash).collect();
        known.sort_unstable();
        a.words
            .iter()
            .any(|word| word.tells && known.binary_search(&word.hash).is_err())
    };
    let alike = short.words.len() * 5 >= long.words.len() * 4;
    !(lacks(short, long) || alike && lacks(long, short))
}

/// Teasers above the text: up to two short passages between the title and the running text,
/// when something else of the page (its title again, a player) stands between them and it, or
/// when the document's own description is what they say.
fn teasers(
    page: &Page<'_, '_>,
    facts: &Facts,
    entries: &[Entry],
    runs: &Runs,
    repeats: &mut [Option<usize>],
) {
    let Some(title) = page.title else { return };
    let described = facts.description.as_deref().map(fold);
    let body = page.head_break();
    for (at, entry) in entries.iter().enumerate() {
        let above = entry.index > title && body.is_some_and(|body| entry.index < body);
        let says_description = entry.index < title + 12
            && described
                .as_deref()
                .is_some_and(|text| text == fold(page.draft.text_at(entry.index)));
        if !(above || says_description)
            || repeats[at].is_some()
            || runs.of[at].is_empty()
            || entry.words.len() > MAX_TEASER
            || page.draft.blocks[entry.index].kind == PassageKind::Caption
        {
            continue;
        }
        if let Some((other, shared)) = runs.nearest(at)
            && entries[other].index > entry.index
            && repeats[other] != Some(at)
            && root(repeats, other) != at
            && shared * 10 >= runs.of[at].len() * 6
        {
            repeats[at] = Some(other);
        }
    }
}
