//! How often two different persons agree by chance (`u`). Equality of texts is counted exactly from
//! their frequencies; everything else from seeded random pairs, until the stated error is reached.

use super::compare::{Comparator, Desk};
use super::packed::Packed;
use super::row::PartialDay;
use super::schema::Measure;

/// Chance agreement of every comparison and level, and how well it is known.
#[derive(Clone, Debug)]
pub(crate) struct Chance {
    /// Share of each level among pairs where both are known; index 0 is unused.
    pub(crate) shares: Vec<Vec<f64>>,
    /// Random pairs that were drawn.
    pub(crate) pairs: u64,
    /// Largest standard error of a level that was counted at least 25 times, in bits.
    pub(crate) error_bits: f64,
}

/// SplitMix64: small, seeded, the same everywhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `bound`; the bias is under one in 2^32 for tables.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

/// Records drawn for comparison stand together, so that pairs are read in a row.
const DRAWN: usize = 1 << 15;

/// Estimates chance agreement from at most `most_pairs` pairs, stopping earlier when every level
/// that was met is known to `error_bits`.
pub(crate) fn estimate(
    comparator: &Comparator<'_>,
    seed: u64,
    most_pairs: u64,
    error_bits: f64,
) -> Chance {
    let drawn = draw(comparator, seed);
    let mut counts: Vec<Vec<u64>> = comparator
        .ready
        .iter()
        .map(|ready| vec![0; ready.levels as usize])
        .collect();
    let sampled: Vec<usize> = (0..comparator.ready.len())
        .filter(|&c| comparator.ready[c].measure != Measure::Exact || !counts_equals(comparator, c))
        .collect();
    let single = comparator.table.single_slot();
    let (mut pairs, mut desk) = (0u64, Desk::default());
    let enough = (1.0 / (error_bits * std::f64::consts::LN_2)).powi(2).ceil() as u64;
    for step in 1..drawn.len() {
        if pairs >= most_pairs || (pairs >= 100_000 && settled(comparator, &counts, enough)) {
            break;
        }
        for (position, a) in drawn.iter().enumerate() {
            let b = &drawn[(position + step) % drawn.len()];
            if single.is_some_and(|list| comparator.table.same_single_list(list, a, b)) {
                continue;
            }
            for &comparison in &sampled {
                let level = comparator.quick(comparison, a, b);
                let level = level.unwrap_or_else(|| comparator.texts(comparison, a, b, &mut desk));
                counts[comparison][level as usize] += 1;
            }
        }
        pairs += drawn.len() as u64;
    }
    let known = |count: &u64| *count >= 25;
    let rarest = sampled
        .iter()
        .flat_map(|&c| &counts[c][first_counted(comparator, c)..])
        .copied()
        .filter(known)
        .min();
    Chance {
        shares: (0..counts.len())
            .map(|comparison| shares(comparator, comparison, &counts[comparison]))
            .collect(),
        pairs,
        error_bits: rarest.map_or(0.0, |count| {
            1.0 / (count as f64).sqrt() / std::f64::consts::LN_2
        }),
    }
}

/// A seeded draw without order; all records when they are few.
fn draw(comparator: &Comparator<'_>, seed: u64) -> Vec<Packed> {
    let records = &comparator.table.records;
    let mut random = Random(seed);
    if records.len() > 4 * DRAWN {
        return (0..DRAWN)
            .map(|_| records[random.below(records.len())])
            .collect();
    }
    let mut all: Vec<Packed> = records.clone();
    let take = all.len().min(DRAWN);
    for position in 0..take {
        let other = position + random.below(all.len() - position);
        all.swap(position, other);
    }
    all.truncate(take);
    all
}

/// Whether equality is counted exactly: it is, unless some pairs of rows may not be compared.
fn counts_equals(comparator: &Comparator<'_>, comparison: usize) -> bool {
    let measure = comparator.ready[comparison].measure;
    comparator.table.single_slot().is_none()
        && !matches!(
            measure,
            Measure::Year | Measure::Hierarchy | Measure::Overlap
        )
}

/// The first level that is sampled.
fn first_counted(comparator: &Comparator<'_>, comparison: usize) -> usize {
    1 + usize::from(counts_equals(comparator, comparison))
}

fn settled(comparator: &Comparator<'_>, counts: &[Vec<u64>], enough: u64) -> bool {
    counts.iter().enumerate().all(|(comparison, counts)| {
        counts[first_counted(comparator, comparison)..]
            .iter()
            .all(|&count| count == 0 || count >= enough)
    })
}

fn shares(comparator: &Comparator<'_>, comparison: usize, counts: &[u64]) -> Vec<f64> {
    let known: u64 = counts[1..].iter().sum();
    // A level that was never met is rarer than half a pair.
    let share = |count: u64, of: u64| (count as f64).max(0.5) / (of as f64).max(1.0);
    let mut shares: Vec<f64> = counts.iter().map(|&count| share(count, known)).collect();
    if counts_equals(comparator, comparison) {
        let (equal, pairs) = equal_pairs(comparator, comparison);
        shares[1] = equal.max(0.5) / pairs.max(1.0);
        let differ: u64 = counts[2..].iter().sum();
        for level in 2..shares.len() {
            let measure = comparator.ready[comparison].measure;
            let among = if measure == Measure::Exact {
                1.0
            } else {
                share(counts[level], differ)
            };
            shares[level] = among * (1.0 - shares[1]);
        }
    }
    shares[0] = 1.0;
    shares
        .iter_mut()
        .for_each(|share| *share = share.clamp(1e-9, 1.0));
    shares
}

/// Pairs of records with equal known values (dates: known to the day), and pairs with known values.
fn equal_pairs(comparator: &Comparator<'_>, comparison: usize) -> (f64, f64) {
    let of = |count: f64| count * (count - 1.0) / 2.0;
    if !matches!(
        comparator.ready[comparison].measure,
        Measure::Birth | Measure::Event
    ) {
        let counts = frequencies(comparator, comparison);
        let known: f64 = counts[1..].iter().map(|&count| f64::from(count)).sum();
        return (
            counts[1..].iter().map(|&count| of(f64::from(count))).sum(),
            of(known),
        );
    }
    let records = &comparator.table.records;
    let known = records
        .iter()
        .map(|record| comparator.shared(comparison, record))
        .filter(|date| *date != 0);
    let mut dates: Vec<u32> = known.collect();
    let known = dates.len() as f64;
    dates.retain(|&date| PartialDay::unpack(date).is_full());
    dates.sort_unstable();
    (
        dates
            .chunk_by(|a, b| a == b)
            .map(|run| of(run.len() as f64))
            .sum(),
        of(known),
    )
}

/// How many records hold each value of the (narrowest) field of a comparison; index 0 is unknown.
pub(crate) fn frequencies(comparator: &Comparator<'_>, comparison: usize) -> Vec<u32> {
    let size = comparator.table.dictionaries[comparator.ready[comparison].field].len();
    let mut counts = vec![0u32; size.max(1)];
    for record in &comparator.table.records {
        counts[comparator.shared(comparison, record) as usize] += 1;
    }
    counts
}
