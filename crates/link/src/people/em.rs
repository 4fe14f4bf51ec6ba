//! Expectation maximisation over counts of patterns (Fellegi–Sunter with conditional independence):
//! how often two records of one person agree (`m`). Its cost does not depend on the number of pairs.

use super::compare::Comparator;

/// Iterations after which it is said that the weights did not settle.
const MOST_ITERATIONS: u32 = 200;
/// Largest change of a parameter at which they have settled.
const SETTLED: f64 = 1e-4;

/// What one training block says.
#[derive(Clone, Debug)]
pub(crate) struct Learnt {
    /// Agreement of true pairs for every comparison and level; only trained comparisons count.
    pub(crate) agreement: Vec<Vec<f64>>,
    /// Share of true pairs in the block.
    pub(crate) matches: f64,
    pub(crate) iterations: u32,
    pub(crate) settled: bool,
}

/// Where the search starts: true pairs mostly agree.
fn start(levels: u32) -> Vec<f64> {
    let rest = 0.1 / f64::from(levels - 2).max(1.0);
    (0..levels)
        .map(|level| if level == 1 { 0.9 } else { rest })
        .collect()
}

/// Probability that a pair with these levels is true, from the comparisons that are trained.
pub(crate) fn truth(
    matches: f64,
    levels: &[usize],
    trained: &[bool],
    agreement: &[Vec<f64>],
    chance: &[Vec<f64>],
) -> f64 {
    let (mut same, mut different) = (matches, 1.0 - matches);
    for (comparison, &level) in levels.iter().enumerate() {
        if trained[comparison] && level > 0 {
            same *= agreement[comparison][level];
            different *= chance[comparison][level];
        }
    }
    if same + different > 0.0 {
        same / (same + different)
    } else {
        0.0
    }
}

/// Learns from the counts of a block; `trained` are the comparisons that the block does not fix.
pub(crate) fn learn(
    comparator: &Comparator<'_>,
    counts: &[(u32, u64)],
    chance: &[Vec<f64>],
    trained: &[bool],
) -> Learnt {
    let width = comparator.ready.len();
    let levels: Vec<Vec<usize>> = counts
        .iter()
        .map(|&(pattern, _)| {
            (0..width)
                .map(|c| comparator.level(pattern, c) as usize)
                .collect()
        })
        .collect();
    let mut agreement: Vec<Vec<f64>> = comparator
        .ready
        .iter()
        .map(|ready| start(ready.levels))
        .collect();
    let (mut matches, mut iterations) = (0.2, 0);
    loop {
        iterations += 1;
        let mut sums: Vec<Vec<f64>> = agreement
            .iter()
            .map(|levels| vec![1e-6; levels.len()])
            .collect();
        let (mut matching, mut all) = (0.0, 0.0);
        for (levels, &(_, count)) in levels.iter().zip(counts) {
            let share = truth(matches, levels, trained, &agreement, chance);
            let weight = share * count as f64;
            matching += weight;
            all += count as f64;
            for comparison in 0..width {
                if levels[comparison] > 0 {
                    sums[comparison][levels[comparison]] += weight;
                }
            }
        }
        let next = if all > 0.0 { matching / all } else { 0.0 };
        let mut change = (next - matches).abs();
        for (sums, known) in sums.iter_mut().zip(&agreement) {
            let total: f64 = sums[1..].iter().sum();
            for level in 1..sums.len() {
                sums[level] /= total;
                change = change.max((sums[level] - known[level]).abs());
            }
        }
        agreement = sums;
        matches = next;
        if change < SETTLED || iterations == MOST_ITERATIONS {
            return Learnt {
                agreement,
                matches,
                iterations,
                settled: change < SETTLED,
            };
        }
    }
}
