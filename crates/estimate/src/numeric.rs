//! Small numerical tools: normal and Poisson distributions, and symmetric linear systems.
//!
//! Invariant: every transcendental function comes from `libm`, never from the platform, so the same
//! input gives the same bits on every machine.

pub(crate) use libm::{exp, lgamma as ln_gamma, log as ln};

/// Chance that a standard normal variable lies below `x`.
pub(crate) fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The value below which a standard normal variable lies with chance `p`, for `p` inside (0, 1).
///
/// A rational start (Abramowitz and Stegun 26.2.23) is polished by Halley steps to full precision.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let p = p.max(f64::MIN_POSITIVE);
    let t = (-2.0 * ln(p)).sqrt();
    let top = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let bottom = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut x = top / bottom - t;
    for _ in 0..4 {
        let density = exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
        if density <= 0.0 {
            break;
        }
        let u = (normal_cdf(x) - p) / density;
        x -= u / (1.0 + 0.5 * x * u);
    }
    x
}

/// The smaller tail of a Poisson distribution with this mean: the chance of `count` or fewer, or of
/// `count` or more, whichever is less.
pub(crate) fn poisson_tail(count: u64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return if count == 0 { 1.0 } else { 0.0 };
    }
    let at = count as f64;
    let first = exp(at * ln(mean) - mean - ln_gamma(at + 1.0));
    let (mut sum, mut term, mut k) = (first, first, at);
    // Away from the mean the terms fall at least geometrically, so the sum ends by itself; at the
    // mean it takes a few square roots of the mean.
    if at < mean {
        while k > 0.0 && term > sum * 1e-17 {
            term *= k / mean;
            k -= 1.0;
            sum += term;
        }
    } else {
        while term > sum * 1e-17 {
            k += 1.0;
            term *= mean / k;
            sum += term;
        }
    }
    sum.min(1.0)
}

/// Natural logarithm of the sum of the exponentials.
pub(crate) fn log_sum_exp(values: &[f64]) -> f64 {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !top.is_finite() {
        return top;
    }
    top + ln(values.iter().map(|v| exp(v - top)).sum::<f64>())
}

/// Replaces each value by the sum over all sets that contain its own (values indexed by bit set).
pub(crate) fn sum_over_supersets(values: &mut [f64]) {
    each_bit_pair(values, |without, with| *without += *with);
}

/// Replaces each value by the sum over all subsets of its own (values indexed by bit set).
pub(crate) fn sum_over_subsets(values: &mut [f64]) {
    each_bit_pair(values, |without, with| *with += *without);
}

fn each_bit_pair(values: &mut [f64], join: impl Fn(&mut f64, &mut f64)) {
    let mut half = 1;
    while half < values.len() {
        for block in values.chunks_exact_mut(2 * half) {
            let (without, with) = block.split_at_mut(half);
            without.iter_mut().zip(with).for_each(|(a, b)| join(a, b));
        }
        half *= 2;
    }
}

/// Factor of a symmetric positive definite matrix (Cholesky), for solving with it.
#[derive(Debug)]
pub(crate) struct Factor {
    size: usize,
    lower: Vec<f64>,
}

impl Factor {
    /// Factors the matrix whose lower triangle `matrix` holds by rows; `None` if it is not safely
    /// positive definite.
    pub(crate) fn of(mut matrix: Vec<f64>, size: usize) -> Option<Self> {
        for column in 0..size {
            let scale = matrix[column * size + column];
            let mut pivot = scale;
            for k in 0..column {
                pivot -= matrix[column * size + k] * matrix[column * size + k];
            }
            let safe = pivot > scale * 1e-14 && pivot.is_finite();
            if !safe {
                return None;
            }
            let root = pivot.sqrt();
            matrix[column * size + column] = root;
            for row in column + 1..size {
                let (above, below) = matrix.split_at_mut(row * size);
                let dot: f64 = above[column * size..column * size + column]
                    .iter()
                    .zip(&below[..column])
                    .map(|(a, b)| a * b)
                    .sum();
                below[column] = (below[column] - dot) / root;
            }
        }
        Some(Self {
            size,
            lower: matrix,
        })
    }

    /// Solves for the right-hand side in place.
    pub(crate) fn solve(&self, side: &mut [f64]) {
        let n = self.size;
        for row in 0..n {
            let dot: f64 = (0..row).map(|k| self.lower[row * n + k] * side[k]).sum();
            side[row] = (side[row] - dot) / self.lower[row * n + row];
        }
        for row in (0..n).rev() {
            let dot: f64 = (row + 1..n)
                .map(|k| self.lower[k * n + row] * side[k])
                .sum();
            side[row] = (side[row] - dot) / self.lower[row * n + row];
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn normal_quantiles_are_those_of_the_tables() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-13);
        assert!((normal_quantile(0.01) + 2.326_347_874_040_841).abs() < 1e-12);
        assert!(normal_quantile(0.5).abs() < 1e-15);
        for p in [1e-300, 1e-10, 0.2, 0.7, 1.0 - 1e-12] {
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-12, "{p}");
        }
    }

    #[test]
    fn poisson_tails_are_those_of_the_tables() {
        // P(X <= 2) and P(X >= 9) for mean 5.
        assert!((poisson_tail(2, 5.0) - 0.124_652_019_5).abs() < 1e-10);
        assert!((poisson_tail(9, 5.0) - 0.068_093_634_8).abs() < 1e-9);
        assert!((poisson_tail(0, 3.0) - (-3.0_f64).exp()).abs() < 1e-15);
        assert_eq!(poisson_tail(3, 0.0), 0.0);
        assert!(poisson_tail(1_000_000_000, 2.0) < 1e-300);
    }

    #[test]
    fn sums_over_sets_follow_inclusion() {
        let mut values = [1.0, 2.0, 4.0, 8.0];
        sum_over_supersets(&mut values);
        assert_eq!(values, [15.0, 10.0, 12.0, 8.0]);
        let mut values = [1.0, 2.0, 4.0, 8.0];
        sum_over_subsets(&mut values);
        assert_eq!(values, [1.0, 3.0, 5.0, 15.0]);
    }

    #[test]
    fn a_factored_matrix_solves_its_system() {
        let factor = Factor::of(vec![4.0, 0.0, 2.0, 3.0], 2).unwrap();
        let mut side = [10.0, 9.0];
        factor.solve(&mut side);
        assert!((side[0] - 1.5).abs() < 1e-14 && (side[1] - 2.0).abs() < 1e-14);
        assert!(Factor::of(vec![1.0, 0.0, 1.0, 1.0], 2).is_none());
    }
}
