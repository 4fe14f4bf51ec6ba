//! What each level of agreement weighs, in bits: log2 of how much likelier it is between two
//! records of one person than between records of two. The weights of a pair add up.

use super::batch::Batch;
use super::chance::frequencies;
use super::compare::{Comparator, Desk, Likely};
use super::packed::Packed;
use super::sift::Sieve;

/// Weights of a model; the same for every pair.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// Odds that two random records are one person, in bits.
    pub(crate) prior: f32,
    /// Of every comparison, its levels; level 0, unknown, weighs nothing.
    levels: Vec<[f32; 16]>,
    /// Of every comparison, what a shared value adds: rare ones more, frequent ones less.
    pub(crate) frequency: Vec<Vec<f32>>,
    /// Most that two texts which differ can still weigh.
    most_apart: Vec<f32>,
    /// Most that the frequency of a value adds.
    rarest: Vec<f32>,
}

/// Covers rounding where sums are added in another order: a pair is never lost by a shortcut.
const MARGIN: f32 = 1e-3;

impl Weights {
    pub(crate) fn new(
        comparator: &Comparator<'_>,
        prior: f64,
        agreement: &[Vec<f64>],
        chance: &[Vec<f64>],
    ) -> Self {
        let levels: Vec<Vec<f32>> = agreement
            .iter()
            .zip(chance)
            .map(|(same, different)| {
                let weigh = |(same, different): (&f64, &f64)| {
                    (same.max(1e-7) / different.max(1e-9)).log2() as f32
                };
                let mut levels: Vec<f32> = same.iter().zip(different).map(weigh).collect();
                levels[0] = 0.0;
                levels
            })
            .collect();
        let comparisons = &comparator.table.schema.comparisons;
        let frequency: Vec<Vec<f32>> = comparisons
            .iter()
            .enumerate()
            .map(|(position, comparison)| {
                if comparison.frequency {
                    by_frequency(comparator, position)
                } else {
                    Vec::new()
                }
            })
            .collect();
        let most = |levels: &Vec<f32>| {
            levels[2..]
                .iter()
                .copied()
                .fold(f32::NEG_INFINITY, f32::max)
        };
        let most_apart = levels.iter().map(most).collect();
        let greatest = |values: &Vec<f32>| values.iter().copied().fold(0.0, f32::max);
        let rarest = frequency.iter().map(greatest).collect();
        let levels = levels
            .iter()
            .map(|levels| std::array::from_fn(|level| levels.get(level).copied().unwrap_or(0.0)))
            .collect();
        Self {
            prior: (prior / (1.0 - prior)).log2() as f32,
            levels,
            frequency,
            most_apart,
            rarest,
        }
    }

    /// What a level of a comparison weighs.
    #[inline]
    pub(crate) fn of_level(&self, comparison: usize, level: u32) -> f32 {
        self.levels[comparison][level as usize & 15]
    }

    /// What the shared value of a comparison adds when it stands at level 1.
    #[inline]
    pub(crate) fn of_frequency(&self, comparison: usize, value: u32) -> f32 {
        self.frequency[comparison]
            .get(value as usize)
            .copied()
            .unwrap_or(0.0)
    }

    /// What a comparison weighs for a record and another that stands at level 1 with it.
    #[inline]
    pub(super) fn when_same(
        &self,
        comparator: &Comparator<'_>,
        comparison: usize,
        a: &Packed,
    ) -> f32 {
        self.levels[comparison][1] + self.of_frequency(comparison, comparator.shared(comparison, a))
    }

    /// Weight and pattern of any pair.
    pub(crate) fn weigh(
        &self,
        comparator: &Comparator<'_>,
        a: &Packed,
        b: &Packed,
        desk: &mut Desk,
    ) -> (f32, u32) {
        let same = self.all_same(comparator, a);
        self.weigh_pair(comparator, &same, a, b, f32::NEG_INFINITY, desk)
            .expect("every weight reaches minus infinity")
    }

    /// Gives positions, weight and pattern of every pair of a batch that weighs at least `least`.
    pub(crate) fn weigh_batch(
        &self,
        comparator: &Comparator<'_>,
        sieve: &Sieve,
        batch: &Batch<'_>,
        least: f32,
        desk: &mut Desk,
        keep: &mut impl FnMut([u32; 2], f32, u32),
    ) {
        sieve.sift(self, comparator, batch, least - MARGIN, desk);
        let likely = std::mem::take(&mut desk.likely);
        let (mut outer, mut same) = (u32::MAX, [0.0; 16]);
        for &Likely { pair, .. } in &likely {
            let [a, b] = pair.map(|position| &batch.records[position as usize]);
            if outer != pair[0] {
                (outer, same) = (pair[0], self.all_same(comparator, a));
            }
            if let Some((bits, pattern)) = self.weigh_pair(comparator, &same, a, b, least, desk) {
                keep(pair, bits, pattern);
            }
        }
        desk.likely = likely;
    }

    /// Of every comparison, what it weighs for a record and another of the same value.
    fn all_same(&self, comparator: &Comparator<'_>, a: &Packed) -> [f32; 16] {
        let mut same = [0.0; 16];
        for (comparison, same) in (0..comparator.ready.len()).zip(&mut same) {
            *same = self.when_same(comparator, comparison, a);
        }
        same
    }

    /// Weight and pattern of a pair that weighs at least `least`. Texts are compared last, and only
    /// where they can still help; the sum goes in the order of the comparisons, so that a pair
    /// weighs the same to the last bit whichever rule made it.
    #[inline]
    fn weigh_pair(
        &self,
        comparator: &Comparator<'_>,
        same: &[f32; 16],
        a: &Packed,
        b: &Packed,
        least: f32,
        desk: &mut Desk,
    ) -> Option<(f32, u32)> {
        let (mut at_most, mut open) = (self.prior, 0u32);
        let mut weights = [0.0f32; 16];
        let mut pattern = 0;
        for (comparison, ready) in comparator.ready.iter().enumerate() {
            let weight = &mut weights[comparison & 15];
            if let Some(level) = comparator.quick(comparison, a, b) {
                *weight = if level == 1 {
                    same[comparison & 15]
                } else {
                    self.of_level(comparison, level)
                };
                pattern += level * ready.stride;
            } else {
                *weight = self.most_apart[comparison];
                open |= 1 << comparison;
            }
            at_most += *weight;
        }
        while open != 0 {
            if at_most < least - MARGIN {
                return None;
            }
            let comparison = open.trailing_zeros() as usize;
            open &= open - 1;
            let level = comparator.texts(comparison, a, b, desk);
            let weight = &mut weights[comparison & 15];
            at_most -= *weight;
            *weight = self.of_level(comparison, level);
            at_most += *weight;
            pattern += level * comparator.ready[comparison].stride;
        }
        let bits = weights[..comparator.ready.len()]
            .iter()
            .fold(self.prior, |bits, weight| bits + weight);
        (bits >= least).then_some((bits, pattern))
    }

    /// Most that a comparison can add.
    pub(super) fn most(&self, comparison: usize) -> f32 {
        self.most_of(comparison, u32::MAX, true).max(0.0)
    }

    /// Most that a comparison weighs at some of these levels (as bits), with or without what the
    /// rarest of its values adds.
    pub(super) fn most_of(&self, comparison: usize, levels: u32, with_frequency: bool) -> f32 {
        let weigh = |level: u32| {
            let rarest = if level == 1 && with_frequency {
                self.rarest[comparison]
            } else {
                0.0
            };
            self.of_level(comparison, level) + rarest
        };
        let possible = (0..16).filter(|level| levels >> level & 1 == 1);
        possible.map(weigh).reduce(f32::max).unwrap_or(0.0)
    }

    /// Most that two texts which differ can weigh.
    pub(super) fn most_apart(&self, comparison: usize) -> f32 {
        self.most_apart[comparison]
    }

    /// Whether shared values of a comparison weigh differently.
    pub(super) fn has_frequency(&self, comparison: usize) -> bool {
        !self.frequency[comparison].is_empty()
    }
}

/// log2 of the chance that any value is shared over the chance that this one is.
fn by_frequency(comparator: &Comparator<'_>, comparison: usize) -> Vec<f32> {
    let counts = frequencies(comparator, comparison);
    let known: f64 = counts[1..].iter().map(|&count| f64::from(count)).sum();
    let shared: f64 = counts[1..]
        .iter()
        .map(|&count| (f64::from(count) / known.max(1.0)).powi(2))
        .sum();
    let adjust = |&count: &u32| {
        if count == 0 {
            0.0
        } else {
            (shared / (f64::from(count) / known)).log2() as f32
        }
    };
    let mut adjusted: Vec<f32> = counts.iter().map(adjust).collect();
    adjusted[0] = 0.0;
    adjusted
}

/// The probability that belongs to a weight.
#[must_use]
pub fn probability(bits: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(bits)).exp2())
}

/// The weight that belongs to a probability strictly between 0 and 1.
#[must_use]
pub fn bits_of(probability: f64) -> f32 {
    let probability = probability.clamp(1e-9, 1.0 - 1e-9);
    (probability / (1.0 - probability)).log2() as f32
}
