//! What each level of agreement weighs, in bits: log2 of how much likelier it is between two
//! records of one person than between records of two. The weights of a pair add up.

use super::chance::frequencies;
use super::compare::{Comparator, Desk};
use super::packed::Packed;

/// Weights of a model; the same for every pair.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// Odds that two random records are one person, in bits.
    pub(crate) prior: f32,
    /// Of every comparison and level, sixteen places a comparison; level 0, unknown, weighs nothing.
    levels: Vec<f32>,
    /// Of every comparison, what a shared value adds: rare ones more, frequent ones less.
    pub(crate) frequency: Vec<Vec<f32>>,
    /// Most that two texts which differ can still weigh.
    most_apart: Vec<f32>,
}

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
        let frequency = comparisons
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
        let levels = levels
            .iter()
            .flat_map(|levels| (0..16).map(|level| levels.get(level).copied().unwrap_or(0.0)))
            .collect();
        Self {
            prior: (prior / (1.0 - prior)).log2() as f32,
            levels,
            frequency,
            most_apart,
        }
    }

    /// What a level of a comparison weighs.
    #[inline]
    pub(crate) fn of_level(&self, comparison: usize, level: u32) -> f32 {
        self.levels[comparison * 16 + (level as usize & 15)]
    }

    /// What the shared value of a comparison adds when it stands at level 1.
    #[inline]
    pub(crate) fn of_frequency(&self, comparison: usize, value: u32) -> f32 {
        self.frequency[comparison]
            .get(value as usize)
            .copied()
            .unwrap_or(0.0)
    }

    /// Weight and pattern of a pair; `None` when it weighs less than `least`, which is found
    /// without comparing texts where they cannot help.
    #[inline]
    pub(crate) fn weigh(
        &self,
        comparator: &Comparator<'_>,
        a: &Packed,
        b: &Packed,
        least: f32,
        desk: &mut Desk,
    ) -> Option<(f32, u32)> {
        let (mut weight, mut pattern, mut open, mut at_most) = (self.prior, 0, 0u32, 0.0);
        for (comparison, ready) in comparator.ready.iter().enumerate() {
            match comparator.quick(comparison, a, b) {
                Some(level) => {
                    weight += self.of_level(comparison, level);
                    if level == 1 {
                        weight += self.of_frequency(comparison, comparator.shared(comparison, a));
                    }
                    pattern += level * ready.stride;
                }
                None => {
                    open |= 1 << comparison;
                    at_most += self.most_apart[comparison];
                }
            }
        }
        while open != 0 {
            // The margin covers rounding: a pair is never lost by the shortcut.
            if weight + at_most < least - 1e-3 {
                return None;
            }
            let comparison = open.trailing_zeros() as usize;
            open &= open - 1;
            let level = comparator.texts(comparison, a, b, desk);
            at_most -= self.most_apart[comparison];
            weight += self.of_level(comparison, level);
            pattern += level * comparator.ready[comparison].stride;
        }
        (weight >= least).then_some((weight, pattern))
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
