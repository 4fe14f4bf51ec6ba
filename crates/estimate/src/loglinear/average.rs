//! Fits weighed by an information criterion and averaged (Buckland, Burnham and Augustin 1997).
//!
//! Each model's unseen number is taken as log-normal around its estimate; the average is the mixture,
//! so its interval holds the doubt about the model as well.

use crate::error::NoEstimate;
use crate::loglinear::{Fit, Search};
use crate::numeric::{exp, normal_cdf, normal_quantile};
use serde::Serialize;

/// What the models are weighed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Akaike: lets in larger models.
    Aic,
    /// Schwarz: prefers smaller models as the people seen grow.
    Bic,
}

/// A weighted mixture of fits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Average {
    /// Weight, logarithm of the unseen, and its standard error, of each model that counts.
    parts: Vec<(f64, f64, f64)>,
    /// People seen.
    seen: f64,
    /// Sum of the squared distances of the models' log-estimates, weighed: doubt between models.
    between: f64,
}

impl Search {
    /// The average of the search by a criterion. Saturated models are left out unless there is no
    /// other; weights below a millionth are dropped.
    ///
    /// # Errors
    /// [`NoEstimate::NoModel`] where no model fitted.
    pub fn average(&self, criterion: Criterion) -> Result<Average, NoEstimate> {
        let open: Vec<&Fit> = self
            .fits
            .iter()
            .filter(|fit| fit.degrees_of_freedom > 0)
            .collect();
        let fits = if open.is_empty() {
            self.fits.iter().collect()
        } else {
            open
        };
        Average::of(&fits, criterion)
    }
}

impl Average {
    /// Averages fits of one table.
    pub(crate) fn of(fits: &[&Fit], criterion: Criterion) -> Result<Self, NoEstimate> {
        let value = |fit: &Fit| match criterion {
            Criterion::Aic => fit.aic,
            Criterion::Bic => fit.bic,
        };
        let best = fits
            .iter()
            .map(|fit| value(fit))
            .fold(f64::INFINITY, f64::min);
        let first = fits.first().ok_or(NoEstimate::NoModel)?;
        let mut parts: Vec<(f64, f64, f64)> = fits
            .iter()
            .map(|fit| {
                (
                    exp((best - value(fit)) / 2.0),
                    fit.intercept,
                    fit.intercept_error,
                )
            })
            .filter(|part| part.0 > 1e-6 && part.1.is_finite() && part.2.is_finite())
            .collect();
        let sum: f64 = parts.iter().map(|part| part.0).sum();
        if sum <= 0.0 {
            return Err(NoEstimate::NoModel);
        }
        parts.iter_mut().for_each(|part| part.0 /= sum);
        let mean: f64 = parts.iter().map(|part| part.0 * part.1).sum();
        let between = parts
            .iter()
            .map(|part| part.0 * (part.1 - mean) * (part.1 - mean))
            .sum();
        Ok(Self {
            parts,
            seen: first.total - first.unseen(),
            between,
        })
    }

    /// The total below which the mixture lies with chance `p` (clamped into [1e-6, 1 - 1e-6]).
    pub fn quantile(&self, p: f64) -> f64 {
        let p = p.clamp(1e-6, 1.0 - 1e-6);
        let z = normal_quantile(p);
        let at = |part: &(f64, f64, f64)| part.1 + z * part.2;
        let low = self.parts.iter().map(at).fold(f64::INFINITY, f64::min);
        let high = self.parts.iter().map(at).fold(f64::NEG_INFINITY, f64::max);
        self.seen + exp(self.log_quantile(p, low, high, 1e-11))
    }

    /// Bisects for the quantile of the logarithm of the unseen, known to lie between two values.
    fn log_quantile(&self, p: f64, mut low: f64, mut high: f64, precision: f64) -> f64 {
        while high - low > precision * (1.0 + high.abs()) {
            let middle = (low + high) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            if self.below(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        (low + high) / 2.0
    }

    /// Chance that the logarithm of the unseen lies below `x`.
    fn below(&self, x: f64) -> f64 {
        let one = |&(weight, mean, error): &(f64, f64, f64)| {
            weight
                * if error > 0.0 {
                    normal_cdf((x - mean) / error)
                } else {
                    f64::from(u8::from(x >= mean))
                }
        };
        self.parts.iter().map(one).sum()
    }

    /// Evenly spread draws from the mixture: its quantiles at the middles of `count` equal shares, each
    /// within a thousandth.
    pub(crate) fn spread(&self, count: usize) -> Vec<f64> {
        let ends = |z: f64| self.parts.iter().map(move |part| part.1 + z * part.2);
        // No share of 1 / (2 * count) lies further out, for any count of draws that is used.
        let mut low = ends(-6.0).fold(f64::INFINITY, f64::min);
        let high = ends(6.0).fold(f64::NEG_INFINITY, f64::max);
        (0..count)
            .map(|i| {
                low = self.log_quantile((i as f64 + 0.5) / count as f64, low, high, 1e-5);
                self.seen + exp(low)
            })
            .collect()
    }

    /// How far the models disagree: the standard deviation of the logarithm of the unseen between
    /// them. Above about `ln 2 / 2`, models that fit alike differ by a factor of two.
    pub fn disagreement(&self) -> f64 {
        self.between.max(0.0).sqrt()
    }

    /// Share of the weight on the heaviest model.
    pub fn top_weight(&self) -> f64 {
        self.parts.iter().fold(0.0, |top, part| part.0.max(top))
    }

    /// Number of models that count, after their weights: one divided by the sum of squared weights.
    pub fn effective_models(&self) -> f64 {
        1.0 / self.parts.iter().map(|part| part.0 * part.0).sum::<f64>()
    }

    /// Smallest and largest total among the models with at least this weight, relative to the heaviest.
    pub fn range(&self, relative_weight: f64) -> (f64, f64) {
        let least = self.top_weight() * relative_weight;
        let held = self
            .parts
            .iter()
            .filter(|part| part.0 >= least)
            .map(|part| self.seen + exp(part.1));
        held.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), total| {
            (low.min(total), high.max(total))
        })
    }
}
