//! Random numbers from a seed: xoshiro256++ (Blackman and Vigna 2019), and the few distributions that
//! the samplers need.
//!
//! Invariant: a seed and a stream number give the same numbers on every machine: integers come from
//! the generator, everything else from basic arithmetic and `libm`.

mod counts;

use crate::numeric::{exp, ln};
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::sync::OnceLock;

/// Name of the generator, as it stands in reports.
pub(crate) const GENERATOR: &str = "xoshiro256++";

pub(crate) struct Random {
    generator: Xoshiro256PlusPlus,
    layers: &'static Layers,
}

impl Random {
    /// The numbers of one stream of a seed; streams of the same seed do not resemble each other.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        // Two rounds of SplitMix64's finaliser keep (seed, stream) and (seed + 1, stream - 1) apart.
        let mixed = mix(seed ^ mix(stream.wrapping_add(0x9e37_79b9_7f4a_7c15)));
        Self {
            generator: Xoshiro256PlusPlus::seed_from_u64(mixed),
            layers: Layers::shared(),
        }
    }

    /// Uniform inside (0, 1), never one of the ends.
    #[inline]
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.generator.next_u64() >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
    }

    /// Standard normal, by the ziggurat of Marsaglia and Tsang as corrected by Doornik (2005).
    #[inline]
    pub(crate) fn normal(&mut self) -> f64 {
        loop {
            let bits = self.generator.next_u64();
            let layer = (bits & 127) as usize;
            let u = (bits >> 12) as f64 * (2.0 / 4_503_599_627_370_496.0) - 1.0;
            let edge = self.layers.edge[layer];
            if u.abs() < self.layers.ratio[layer] {
                return u * edge;
            }
            if layer == 0 {
                return self.normal_tail(u < 0.0);
            }
            let x = u * edge;
            let next = self.layers.edge[layer + 1];
            let outer = exp(-0.5 * (edge * edge - x * x));
            let inner = exp(-0.5 * (next * next - x * x));
            if inner + self.uniform() * (outer - inner) < 1.0 {
                return x;
            }
        }
    }

    fn normal_tail(&mut self, negative: bool) -> f64 {
        loop {
            let x = ln(self.uniform()) / LAST_EDGE;
            let y = ln(self.uniform());
            if -2.0 * y >= x * x {
                return if negative {
                    x - LAST_EDGE
                } else {
                    LAST_EDGE - x
                };
            }
        }
    }

    /// Gamma with this shape and scale one (Marsaglia and Tsang 2000).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = exp(ln(self.uniform()) / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let u = self.uniform();
            let square = x * x;
            if u < 1.0 - 0.0331 * square * square || ln(u) < 0.5 * square + d * (1.0 - v + ln(v)) {
                return d * v;
            }
        }
    }

    /// Beta, for any positive parameters.
    pub(crate) fn beta(&mut self, a: f64, b: f64) -> f64 {
        if a == 1.0 && b == 1.0 {
            return self.uniform();
        }
        let x = self.gamma(a);
        let y = self.gamma(b);
        let sum = x + y;
        if sum > 0.0 { x / sum } else { 0.5 }
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Edge of the last layer of the ziggurat, and the area of each layer.
const LAST_EDGE: f64 = 3.442_619_855_899;
const AREA: f64 = 9.912_563_035_262_17e-3;

struct Layers {
    edge: [f64; 129],
    ratio: [f64; 128],
}

impl Layers {
    fn shared() -> &'static Self {
        static LAYERS: OnceLock<Layers> = OnceLock::new();
        LAYERS.get_or_init(|| {
            let mut edge = [0.0; 129];
            let mut height = exp(-0.5 * LAST_EDGE * LAST_EDGE);
            edge[0] = AREA / height;
            edge[1] = LAST_EDGE;
            for i in 2..128 {
                edge[i] = (-2.0 * ln(AREA / edge[i - 1] + height)).sqrt();
                height = exp(-0.5 * edge[i] * edge[i]);
            }
            let ratio = std::array::from_fn(|i| edge[i + 1] / edge[i]);
            Self { edge, ratio }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::ln_gamma;

    /// Mean and variance of many draws.
    fn moments(count: usize, mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let values: Vec<f64> = (0..count).map(|_| draw()).collect();
        let mean = values.iter().sum::<f64>() / count as f64;
        (
            mean,
            values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count as f64,
        )
    }

    #[track_caller]
    fn check(found: (f64, f64), mean: f64, variance: f64, count: f64) {
        assert!(
            (found.0 - mean).abs() < 5.0 * (variance / count).sqrt(),
            "mean {} not {mean}",
            found.0
        );
        assert!(
            (found.1 / variance - 1.0).abs() < 0.03,
            "variance {} not {variance}",
            found.1
        );
    }

    #[test]
    fn the_generator_is_the_published_one() {
        // First outputs of xoshiro256++ from the state 1, 2, 3, 4.
        let seed: Vec<u8> = [1_u64, 2, 3, 4]
            .iter()
            .flat_map(|w| w.to_le_bytes())
            .collect();
        let mut state = [0; 32];
        state.copy_from_slice(&seed);
        let mut generator = Xoshiro256PlusPlus::from_seed(state);
        assert_eq!(
            [generator.next_u64(), generator.next_u64()],
            [41_943_041, 58_720_359]
        );
    }

    #[test]
    fn streams_differ_and_repeat() {
        let first = |seed, stream| Random::new(seed, stream).uniform();
        assert_eq!(first(7, 1), first(7, 1));
        assert!(
            first(7, 1) != first(7, 2) && first(7, 1) != first(8, 1) && first(7, 1) != first(8, 0)
        );
    }

    #[test]
    fn distributions_have_their_means_and_variances() {
        let count = 200_000;
        let n = count as f64;
        let mut random = Random::new(1, 0);
        check(moments(count, || random.uniform()), 0.5, 1.0 / 12.0, n);
        check(moments(count, || random.normal()), 0.0, 1.0, n);
        for shape in [0.25, 1.0, 7.5, 400.0] {
            check(moments(count, || random.gamma(shape)), shape, shape, n);
        }
        check(
            moments(count, || random.beta(3.0, 5.0)),
            0.375,
            15.0 / (64.0 * 9.0),
            n,
        );
        for (trials, p) in [
            (20, 0.2),
            (20, 0.9),
            (100, 0.3),
            (5_000, 0.5),
            (1_000_000, 0.7),
            (10_000_000_000, 1e-9),
        ] {
            let mean = trials as f64 * p;
            check(
                moments(count, || random.binomial(trials, p) as f64),
                mean,
                mean * (1.0 - p),
                n,
            );
        }
        for mean in [0.3, 9.0, 11.0, 5_000.0] {
            check(
                moments(count, || random.poisson(mean) as f64),
                mean,
                mean,
                n,
            );
        }
        let mean = 50.0 * 0.6 / 0.4;
        check(
            moments(count, || random.negative_binomial(50.0, 0.6) as f64),
            mean,
            mean / 0.4,
            n,
        );
    }

    #[test]
    fn binomial_counts_follow_their_chances_exactly() {
        // Chi-squared over all outcomes, where the rejection sampler is used.
        let (trials, p, count) = (60_u64, 0.3_f64, 300_000_u32);
        let mut random = Random::new(5, 0);
        let mut seen = vec![0_u32; 61];
        (0..count).for_each(|_| seen[random.binomial(trials, p) as usize] += 1);
        let log =
            |k: u64| ln_gamma(61.0) - ln_gamma(k as f64 + 1.0) - ln_gamma((60 - k) as f64 + 1.0);
        let mut sum = 0.0;
        let mut cells = 0;
        for k in 0..=trials {
            let expected = f64::from(count)
                * exp(log(k) + k as f64 * ln(p) + (trials - k) as f64 * ln(1.0 - p));
            if expected > 5.0 {
                sum += (f64::from(seen[k as usize]) - expected).powi(2) / expected;
                cells += 1;
            }
        }
        assert!(
            cells > 20 && sum < f64::from(cells) + 4.0 * f64::from(2 * cells).sqrt(),
            "{sum} over {cells} cells"
        );
    }

    #[test]
    fn impossible_parameters_give_no_panic() {
        let mut random = Random::new(1, 0);
        assert_eq!(random.binomial(0, 0.5), 0);
        assert_eq!(random.binomial(10, f64::NAN), 0);
        assert_eq!(random.binomial(10, 2.0), 10);
        assert_eq!(random.poisson(f64::NAN), 0);
        assert!(random.poisson(f64::INFINITY) > 0);
    }
}
