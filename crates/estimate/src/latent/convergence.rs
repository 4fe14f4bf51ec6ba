//! Do the chains agree, and how many independent draws are they worth?
//!
//! Split R-hat and effective sample size after Gelman et al. (Bayesian Data Analysis, 3rd edition, 11.4
//! and 11.5), of the logarithm of the unseen.

use serde::Serialize;

/// Diagnostics of the chains.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Convergence {
    /// Split R-hat: near 1 where the chains agree; above 1.05 their figures should not be used.
    pub r_hat: f64,
    /// How many independent draws the chains are worth.
    pub effective_draws: f64,
}

impl Convergence {
    /// Of chains of equal length, at least four draws each.
    pub(crate) fn of(chains: &[Vec<f64>]) -> Self {
        let halves: Vec<&[f64]> = chains
            .iter()
            .flat_map(|chain| {
                let half = chain.len() / 2;
                [&chain[..half], &chain[chain.len() - half..]]
            })
            .collect();
        let n = halves.first().map_or(0, |half| half.len());
        let (count, length) = (halves.len() as f64, n as f64);
        if n < 2 {
            return Self {
                r_hat: f64::INFINITY,
                effective_draws: 0.0,
            };
        }
        let means: Vec<f64> = halves
            .iter()
            .map(|half| half.iter().sum::<f64>() / length)
            .collect();
        let grand = means.iter().sum::<f64>() / count;
        let between =
            length * means.iter().map(|m| (m - grand) * (m - grand)).sum::<f64>() / (count - 1.0);
        let square = |half: &[f64], mean: f64| {
            half.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (length - 1.0)
        };
        let within = halves
            .iter()
            .zip(&means)
            .map(|(half, mean)| square(half, *mean))
            .sum::<f64>()
            / count;
        if within <= 0.0 {
            // Chains that never move agree only if they stand at the same place.
            let r_hat = if between > 0.0 { f64::INFINITY } else { 1.0 };
            return Self {
                r_hat,
                effective_draws: 1.0,
            };
        }
        let variance = (length - 1.0) / length * within + between / length;
        Self {
            r_hat: (variance / within).sqrt(),
            effective_draws: effective(&halves, variance, count * length),
        }
    }
}

/// Sums the autocorrelations while sums of neighbouring pairs stay positive (Geyer 1992).
fn effective(halves: &[&[f64]], variance: f64, draws: f64) -> f64 {
    let n = halves[0].len();
    let correlation = |lag: usize| {
        let one = |half: &&[f64]| {
            half[lag..]
                .iter()
                .zip(*half)
                .map(|(a, b)| (a - b) * (a - b))
                .sum::<f64>()
        };
        let sum: f64 = halves.iter().map(one).sum();
        1.0 - sum / (halves.len() * (n - lag)) as f64 / (2.0 * variance)
    };
    let (mut sum, mut lag) = (0.0, 1);
    while lag + 1 < n {
        let pair = correlation(lag) + correlation(lag + 1);
        if pair < 0.0 {
            break;
        }
        sum += pair;
        lag += 2;
    }
    (draws / (1.0 + 2.0 * sum)).min(draws)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn independent_draws_agree_and_count_in_full() {
        let chains: Vec<Vec<f64>> = (0..4)
            .map(|stream| {
                let mut random = Random::new(3, stream);
                (0..1000).map(|_| random.normal()).collect()
            })
            .collect();
        let found = Convergence::of(&chains);
        assert!(
            found.r_hat < 1.005 && found.effective_draws > 3_000.0,
            "{found:?}"
        );
    }

    #[test]
    fn chains_at_different_places_are_told() {
        let chains: Vec<Vec<f64>> = (0..2_u32)
            .map(|place| {
                let mut random = Random::new(3, u64::from(place));
                (0..500)
                    .map(|_| random.normal() + 3.0 * f64::from(place))
                    .collect()
            })
            .collect();
        assert!(Convergence::of(&chains).r_hat > 1.5);
        assert!(
            Convergence::of(&[vec![1.0; 8], vec![2.0; 8]])
                .r_hat
                .is_infinite()
        );
    }

    #[test]
    fn slow_chains_are_worth_fewer_draws() {
        let mut random = Random::new(9, 0);
        let mut at = 0.0;
        let chain: Vec<f64> = (0..20_000)
            .map(|_| {
                at = 0.9 * at + random.normal();
                at
            })
            .collect();
        // An autoregression of 0.9 is worth 1/19 of its draws.
        let worth = Convergence::of(&[chain]).effective_draws / 20_000.0;
        assert!((0.03..0.08).contains(&worth), "{worth}");
    }
}
