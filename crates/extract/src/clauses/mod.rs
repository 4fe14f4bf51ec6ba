//! Whether a clause tells of a violation, and of which, by the words it is made of: linear models
//! (logistic regression), one for telling of any and one for each type, that `examples/train_clauses.rs` trains on clauses written for it.
//! For wordings that no lexicon holds; `docs/clauses.md` gives the recipe and what it is worth.
//!
//! Invariant: weights are whole numbers, added in a fixed order, so that the same words get the same
//! guess on every machine. A guess is a suggestion: what a rule found goes first.

mod features;
mod model;
mod units;

pub use features::{Feature, features};
pub use model::{Model, ModelError, Row, UNIT};
pub use units::{LEAST, Unit, units};

use std::collections::BTreeMap;
use std::ops::Range;

/// How surely a clause must tell of a violation, in [`UNIT`]s of the logarithm of the odds.
pub const TOLD: i32 = -UNIT / 2;
/// How surely it must be of its type, in the same unit. A type is rarer than any of them together.
pub const TYPE: i32 = -UNIT;

/// What a clause is taken to tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guess<'m> {
    /// Term of the vocabulary `violation`.
    pub code: &'m str,
    /// Logarithm of the odds that it tells of a violation at all, in [`UNIT`]s.
    pub told: i32,
    /// Logarithm of the odds that it is of this type, in [`UNIT`]s.
    pub kind: i32,
    /// The words that speak for it most, by their number among those given, most telling first; at
    /// most three.
    pub words: Vec<u32>,
}

/// The words and marks of a text, as the extractor cuts them: where each stands, in bytes.
#[must_use]
pub fn words(text: &str) -> Vec<Range<usize>> {
    crate::text::cut(text)
}

impl Model {
    /// What a clause is taken to tell, however unsurely; `None` for a model without types.
    #[must_use]
    pub fn guess(&self, words: &[&str], opens: bool) -> Option<Guess<'_>> {
        let mut found = Vec::new();
        features(words, opens, &mut found);
        let hashes: Vec<u32> = found.iter().map(|feature| feature.hash).collect();
        let (best, told, kind) = self.scores(&hashes)?;
        Some(Guess {
            code: self.code(best)?,
            told,
            kind,
            words: self.telling(&found, best),
        })
    }

    /// The same by the hashes of a clause's features: the type, how surely it is told, and how surely
    /// of this type.
    #[must_use]
    pub fn guess_hashes(&self, hashes: &[u32]) -> Option<(&str, i32, i32)> {
        let (best, told, kind) = self.scores(hashes)?;
        Some((self.code(best)?, told, kind))
    }

    fn scores(&self, hashes: &[u32]) -> Option<(usize, i32, i32)> {
        let mut told = self.bias();
        let mut types = self.type_biases().to_vec();
        for row in hashes.iter().filter_map(|hash| self.row(*hash)) {
            told += i32::from(row.told);
            for (class, weight) in row.types {
                if let Some(score) = types.get_mut(usize::from(*class)) {
                    *score += i32::from(*weight);
                }
            }
        }
        // Of equals the first.
        let all = types.into_iter().enumerate();
        let (best, kind) = all.max_by_key(|(class, score)| (*score, usize::MAX - class))?;
        Some((best, told, kind))
    }

    /// The words whose features speak most for a type and for its being told.
    fn telling(&self, found: &[Feature], class: usize) -> Vec<u32> {
        let mut by_word: BTreeMap<u32, i32> = BTreeMap::new();
        for feature in found {
            let Some(row) = self.row(feature.hash) else {
                continue;
            };
            let of_type = row.types.iter().find(|(of, _)| usize::from(*of) == class);
            let weight = i32::from(row.told) + of_type.map_or(0, |(_, weight)| i32::from(*weight));
            *by_word.entry(feature.word).or_default() += weight;
        }
        let mut words: Vec<(u32, i32)> = by_word.into_iter().filter(|(_, sum)| *sum > 0).collect();
        words.sort_by_key(|(word, sum)| (-sum, *word));
        words.into_iter().take(3).map(|(word, _)| word).collect()
    }
}
