//! Random counts: binomial, Poisson and negative binomial, exact for small and large parameters.

use super::Random;
use crate::numeric::{exp, ln, ln_gamma};

impl Random {
    /// Number of successes in `n` trials of chance `p`.
    #[inline]
    pub(crate) fn binomial(&mut self, n: u64, p: f64) -> u64 {
        if n == 0 || p.is_nan() || p <= 0.0 {
            return 0;
        }
        if p >= 1.0 {
            return n;
        }
        if p > 0.5 {
            return n - self.binomial_below_half(n, 1.0 - p);
        }
        self.binomial_below_half(n, p)
    }

    fn binomial_below_half(&mut self, n: u64, p: f64) -> u64 {
        if n as f64 * p < 10.0 {
            self.binomial_small(n, p)
        } else {
            self.binomial_large(n, p)
        }
    }

    /// By inversion: walks up from zero.
    fn binomial_small(&mut self, n: u64, p: f64) -> u64 {
        let none = exp(n as f64 * libm::log1p(-p));
        let odds = p / (1.0 - p);
        let rise = (n as f64 + 1.0) * odds;
        loop {
            let (mut u, mut at, mut chance) = (self.uniform(), 0_u64, none);
            // The mean is below ten: beyond 110 only rounding is left, and the walk starts anew.
            while at <= 110.min(n) {
                if u <= chance {
                    return at;
                }
                u -= chance;
                at += 1;
                chance *= rise / at as f64 - odds;
            }
        }
    }

    /// Transformed rejection (Hörmann 1993, algorithm BTRS).
    fn binomial_large(&mut self, n: u64, p: f64) -> u64 {
        let count = n as f64;
        let q = 1.0 - p;
        let spread = (count * p * q).sqrt();
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let centre = count * p + 0.5;
        let quick = 0.92 - 4.2 / b;
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + centre).floor();
            if !(0.0..=count).contains(&k) {
                continue;
            }
            if us >= 0.07 && v <= quick {
                return k as u64;
            }
            let scale = (2.83 + 5.1 / b) * spread;
            let v = ln(v * scale / (a / (us * us) + b));
            let odds = p / q;
            let mode = ((count + 1.0) * p).floor();
            let bound = (mode + 0.5) * ln((mode + 1.0) / (odds * (count - mode + 1.0)))
                + (count + 1.0) * ln((count - mode + 1.0) / (count - k + 1.0))
                + (k + 0.5) * ln(odds * (count - k + 1.0) / (k + 1.0))
                + stirling_rest(mode)
                + stirling_rest(count - mode)
                - stirling_rest(k)
                - stirling_rest(count - k);
            if v <= bound {
                return k as u64;
            }
        }
    }

    /// Poisson number; means above 10^15 are cut to that.
    pub(crate) fn poisson(&mut self, mean: f64) -> u64 {
        if mean.is_nan() || mean <= 0.0 {
            return 0;
        }
        let mean = mean.min(1e15);
        if mean < 10.0 {
            let floor = exp(-mean);
            let (mut product, mut k) = (self.uniform(), 0);
            while product > floor {
                product *= self.uniform();
                k += 1;
            }
            return k;
        }
        // Transformed rejection (Hörmann 1993, algorithm PTRS).
        let b = 0.931 + 2.53 * mean.sqrt();
        let a = -0.059 + 0.02483 * b;
        let inverse = 1.1239 + 1.1328 / (b - 3.4);
        let quick = 0.9277 - 3.6224 / (b - 2.0);
        let log_mean = ln(mean);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
            if us >= 0.07 && v <= quick {
                return k.max(0.0) as u64;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            if ln(v) + ln(inverse) - ln(a / (us * us) + b)
                <= k * log_mean - mean - ln_gamma(k + 1.0)
            {
                return k as u64;
            }
        }
    }

    /// Failures before `successes` successes, each trial failing with chance `failure`.
    pub(crate) fn negative_binomial(&mut self, successes: f64, failure: f64) -> u64 {
        let odds = failure / (1.0 - failure).max(1e-300);
        let mean = self.gamma(successes) * odds;
        self.poisson(mean)
    }
}

/// What Stirling's formula leaves out of the logarithm of a factorial.
fn stirling_rest(k: f64) -> f64 {
    const TABLE: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_29,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_09,
        0.009_255_462_182_712_733,
        0.008_330_563_433_362_87,
    ];
    if k < 10.0 {
        return TABLE[k.max(0.0) as usize];
    }
    let square = (k + 1.0) * (k + 1.0);
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / (k + 1.0)
}
