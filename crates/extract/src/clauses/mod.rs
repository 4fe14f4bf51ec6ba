//! Whether a clause tells of a violation, and of which, by the words it is made of: linear models
//! (logistic regression), one for telling of any and one for each type, that `examples/train_clauses` trains on clauses written for it.
//! For wordings that no lexicon holds; `docs/clauses.md` gives the recipe and what it is worth.
//!
//! Invariant: weights are whole numbers, added in a fixed order, so that the same words get the same
//! guess on every machine. A guess is a suggestion: what a rule found goes first.

mod features;
mod model;
mod units;
mod vectors;

pub use features::{Clause, Feature};
pub use model::{Model, ModelError, Row, UNIT};
pub use units::{LEAST, Unit, units};
pub use vectors::{DIMENSIONS, SCALE, Vectors};

use std::collections::BTreeMap;
use std::ops::Range;
use vectors::add;

/// How surely a clause must tell of a violation, in [`UNIT`]s of the logarithm of the odds.
pub const TOLD: i32 = UNIT / 2;
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
    /// Number of the type.
    class: usize,
}

/// The words and marks of a text, as the extractor cuts them: where each stands, in bytes.
#[must_use]
pub fn words(text: &str) -> Vec<Range<usize>> {
    crate::text::cut(text)
}

impl Model {
    /// What a clause is taken to tell, however unsurely; `None` for a model without types.
    #[must_use]
    pub fn guess(&self, clause: &Clause) -> Option<Guess<'_>> {
        let hashes = clause.features.iter().map(|feature| feature.hash);
        self.guess_features(hashes, &clause.sum)
    }

    /// The same by the hashes of a clause's features and the sum of its words' vectors.
    #[must_use]
    pub fn guess_features(
        &self,
        hashes: impl Iterator<Item = u32>,
        sum: &[i32; DIMENSIONS],
    ) -> Option<Guess<'_>> {
        let senses = self.of_senses(sum);
        let (of_told, of_types) = senses.split_first()?;
        let mut told = self.bias() + of_told;
        let biases = self.type_biases().iter();
        let mut types: Vec<i32> = biases.zip(of_types).map(|(bias, of)| bias + of).collect();
        for row in hashes.filter_map(|hash| self.row(hash)) {
            told += i32::from(row.told);
            for (class, weight) in row.types {
                if let Some(score) = types.get_mut(usize::from(*class)) {
                    *score += i32::from(*weight);
                }
            }
        }
        // Of equals the first.
        let all = types.into_iter().enumerate();
        let (class, kind) = all.max_by_key(|(class, score)| (*score, usize::MAX - class))?;
        let code = self.code(class)?;
        Some(Guess {
            code,
            told,
            kind,
            class,
        })
    }

    /// The words of a clause that speak most for a guess, by their number among those given, most
    /// telling first; at most three.
    #[must_use]
    pub fn telling(&self, clause: &Clause, guess: &Guess) -> Vec<u32> {
        let class = guess.class;
        let mut by_word: BTreeMap<u32, i32> = BTreeMap::new();
        for (word, vector) in &clause.senses {
            let mut alone = [0; DIMENSIONS];
            add(&mut alone, vector);
            let scores = self.of_senses(&alone);
            let (told, kind) = (scores.first(), scores.get(class + 1));
            *by_word.entry(*word).or_default() += told.zip(kind).map_or(0, |(a, b)| a + b);
        }
        for feature in &clause.features {
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
