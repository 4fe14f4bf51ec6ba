//! From a Latin spelling to the rows of a table that it may stand for, with likelihoods.
//!
//! Invariant: made from tables only, and in their order: the same tables give the same index.

use std::collections::BTreeMap;

use super::key::Key;
use super::trie::Trie;

/// Spellings in the alphabet of `latin_text`, and the likelihood of each.
pub(super) type Spellings = BTreeMap<Vec<u8>, f64>;

/// What a Latin spelling may stand for, the likeliest first. Scores are logarithms in hundredths.
pub(super) struct Entry {
    /// Rows of the table, with the score of each.
    pub candidates: Vec<(u16, i32)>,
    /// Score of the likeliest key: of all candidates that share it.
    pub score: i32,
    /// The likeliest key.
    pub key: Key,
    /// The likeliest key where the syllable stands first and the law of initials applies.
    pub first_key: Key,
    /// The next likely key and its score.
    pub second: Option<(Key, i32)>,
}

/// Spellings and what each may stand for.
#[derive(Default)]
pub(super) struct SpellingIndex {
    pub trie: Trie,
    entries: Vec<Entry>,
    /// The scores of the entries, close together: they are asked for at every step.
    scores: Vec<i32>,
}

impl SpellingIndex {
    /// Turns "row → spellings" round into "spelling → rows", scored by the weights of the rows.
    /// `firsts` are the keys where the law of initials applies.
    pub fn new(weights: &[f64], all: &[Spellings], keys: &[Key], firsts: &[Key]) -> Self {
        let sum: f64 = weights.iter().sum();
        let mut rows_of: BTreeMap<&[u8], Vec<(u16, f64)>> = BTreeMap::new();
        for (number, (weight, spellings)) in (0_u16..).zip(weights.iter().zip(all)) {
            for (spelling, share) in spellings {
                rows_of
                    .entry(spelling)
                    .or_default()
                    .push((number, weight / sum * share));
            }
        }
        let mut index = Self::default();
        for (spelling, mut rows) in rows_of {
            rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let (by_key, by_first) = (likeliest(&rows, keys), likeliest(&rows, firsts));
            let number =
                u16::try_from(index.entries.len()).expect("fewer spellings than 16 bits count");
            index.trie.insert(spelling, number);
            index.scores.push(score(by_key[0].1));
            index.entries.push(Entry {
                candidates: rows.iter().map(|(row, p)| (*row, score(*p))).collect(),
                score: score(by_key[0].1),
                key: by_key[0].0,
                second: by_key.get(1).map(|(key, p)| (*key, score(*p))),
                first_key: by_first[0].0,
            });
        }
        index
    }

    /// The entry of a whole spelling.
    pub fn find(&self, letters: &[u8]) -> Option<&Entry> {
        self.trie.find(letters).map(|entry| self.entry(entry))
    }

    /// The score of an entry.
    pub fn score(&self, number: u16) -> i32 {
        self.scores[usize::from(number)]
    }

    /// The entry of a number.
    pub fn entry(&self, number: u16) -> &Entry {
        &self.entries[usize::from(number)]
    }
}

/// A likelihood as a logarithm in hundredths.
pub(super) fn score(likelihood: f64) -> i32 {
    // Likelihoods of the tables lie far above e^-100.
    (likelihood.max(1e-40).ln() * 100.0).round() as i32
}

/// The keys of some rows with the likelihood of each, the likeliest first.
fn likeliest(rows: &[(u16, f64)], keys: &[Key]) -> Vec<(Key, f64)> {
    let mut by_key: BTreeMap<Key, f64> = BTreeMap::new();
    for (row, p) in rows {
        *by_key.entry(keys[usize::from(*row)]).or_default() += p;
    }
    let mut by_key: Vec<(Key, f64)> = by_key.into_iter().collect();
    by_key.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    by_key
}
