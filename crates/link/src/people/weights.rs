//! What each level of agreement weighs, in bits: log2 of how much likelier it is between two
//! records of one person than between records of two. The weights of a pair add up.

use super::batch::Batch;
use super::chance::frequencies;
use super::compare::{Comparator, Desk, Sum};
use super::level;
use super::packed::Packed;
use super::schema::Measure;

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
            .map(|levels| std::array::from_fn(|level| levels.get(level).copied().unwrap_or(0.0)))
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
    fn when_same(&self, comparator: &Comparator<'_>, comparison: usize, a: &Packed) -> f32 {
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
        let records = [*a, *b];
        let batch = Batch {
            run: &[0, 1],
            records: &records,
            outer: 0,
            picked: &[1],
        };
        let mut weighed = (f32::NEG_INFINITY, 0);
        self.weigh_batch(
            comparator,
            &batch,
            0,
            f32::NEG_INFINITY,
            desk,
            &mut |_, bits, pattern| weighed = (bits, pattern),
        );
        weighed
    }

    /// Gives position in the run, weight and pattern of every pair of a batch that weighs at least
    /// `least`. The rule has `settled` some comparisons (as bits): all pairs stand at level 1 there.
    /// The others are done one after the other over the whole batch; texts are compared only where
    /// they can still help.
    pub(crate) fn weigh_batch(
        &self,
        comparator: &Comparator<'_>,
        batch: &Batch<'_>,
        settled: u32,
        least: f32,
        desk: &mut Desk,
        keep: &mut impl FnMut(usize, f32, u32),
    ) {
        let a = batch.record();
        let mut start = Sum {
            bits: self.prior,
            at_most: 0.0,
            pattern: 0,
            open: 0,
        };
        let is_settled = |comparison: &usize| settled >> comparison & 1 == 1;
        for comparison in (0..comparator.ready.len()).filter(is_settled) {
            start.bits += self.when_same(comparator, comparison, a);
            start.pattern += comparator.ready[comparison].stride;
        }
        let mut sums = std::mem::take(&mut desk.sums);
        sums.clear();
        sums.resize(batch.picked.len(), start);
        for comparison in (0..comparator.ready.len()).filter(|comparison| !is_settled(comparison)) {
            self.add(comparator, comparison, batch, &mut sums);
        }
        for (sum, &inner) in sums.iter_mut().zip(batch.picked) {
            let b = &batch.records[inner as usize];
            // The margin covers rounding: a pair is never lost by the shortcut.
            while sum.open != 0 && sum.bits + sum.at_most >= least - 1e-3 {
                let comparison = sum.open.trailing_zeros() as usize;
                sum.open &= sum.open - 1;
                let level = comparator.texts(comparison, a, b, desk);
                sum.at_most -= self.most_apart[comparison];
                sum.bits += self.of_level(comparison, level);
                sum.pattern += level * comparator.ready[comparison].stride;
            }
            if sum.open == 0 && sum.bits >= least {
                keep(inner as usize, sum.bits, sum.pattern);
            }
        }
        desk.sums = sums;
    }

    /// Adds one comparison to every pair of a batch.
    #[inline]
    fn add(
        &self,
        comparator: &Comparator<'_>,
        comparison: usize,
        batch: &Batch<'_>,
        sums: &mut [Sum],
    ) {
        let ready = &comparator.ready[comparison];
        let (a, slot) = (batch.record(), ready.slots[0]);
        let x = slot.get(a);
        if x == 0 && ready.measure != Measure::Hierarchy {
            return; // unknown weighs nothing against anything
        }
        let mut bits = self.levels[comparison];
        bits[1] = self.when_same(comparator, comparison, a);
        let pairs = sums.iter_mut().zip(
            batch
                .picked
                .iter()
                .map(|&inner| &batch.records[inner as usize]),
        );
        macro_rules! add {
            ($level:expr) => {
                for (sum, b) in pairs {
                    let level: u32 = $level(b);
                    sum.bits += bits[(level & 15) as usize];
                    sum.pattern += level * ready.stride;
                }
            };
        }
        match ready.measure {
            Measure::Exact => add!(|b| {
                let y = slot.get(b);
                u32::from(y != 0) * (1 + u32::from(x != y))
            }),
            Measure::Birth => add!(|b| level::birth(x, slot.get(b))),
            Measure::Event => add!(|b| level::event(x, slot.get(b))),
            Measure::Year => add!(|b| level::year(x, slot.get(b))),
            Measure::Hierarchy => {
                let places = ready.slots.map(|slot| slot.get(a));
                add!(|b| level::hierarchy(ready.depth, |depth| (
                    places[depth & 3],
                    ready.slots[depth & 3].get(b)
                )));
            }
            Measure::Overlap => {
                let sets = &comparator.table.sets[ready.field];
                add!(|b| level::overlap(&sets[x as usize], &sets[slot.get(b) as usize]));
            }
            Measure::JaroWinkler { .. } | Measure::Edits { .. } => {
                for (sum, b) in pairs {
                    let y = slot.get(b);
                    if x == y {
                        sum.bits += bits[1];
                        sum.pattern += ready.stride;
                    } else if y != 0 {
                        sum.open |= 1 << comparison;
                        sum.at_most += self.most_apart[comparison];
                    }
                }
            }
        }
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
