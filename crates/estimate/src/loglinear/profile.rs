//! Profile-likelihood interval of a total (Cormack 1992), as `closedpCI` of Rcapture has it.
//!
//! For each supposed number of unseen people the model is fitted to the completed table; the numbers
//! whose likelihood is not too far below the best make the interval.

use crate::error::NoEstimate;
use crate::histories::Histories;
use crate::loglinear::fit::Prepared;
use crate::loglinear::{Model, fit};
use crate::numeric::{exp, ln, ln_gamma, normal_quantile};
use serde::Serialize;

/// A total with its profile-likelihood interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// The total with the highest profile likelihood.
    pub total: f64,
    /// Lower end; the number of people seen where even nobody unseen is compatible with the data.
    pub lower: f64,
    /// Upper end; `None` where the likelihood rules out no number, however large.
    pub upper: Option<f64>,
}

struct Profiled {
    counts: Vec<f64>,
    prepared: Prepared,
    seen: f64,
}

impl Profiled {
    /// Logarithm of the multinomial likelihood, up to a constant, with so many unseen.
    fn at(&mut self, unseen: f64) -> Result<f64, NoEstimate> {
        self.counts[0] = unseen;
        let problem = self.prepared.problem(&self.counts);
        let deviance = problem.solve()?.deviance;
        let total = self.seen + unseen;
        // The deviance holds the likelihood of the cells against their own counts; what depends on the
        // total is the multinomial coefficient and those counts.
        Ok(
            ln_gamma(total + 1.0) - total * ln(total) - ln_gamma(unseen + 1.0)
                + unseen * ln(unseen)
                - deviance / 2.0,
        )
    }
}

/// Computes the interval at a level such as 0.95 (clamped into [0.5, 0.9999]).
///
/// # Errors
/// As [`fit()`].
pub fn profile_interval(
    histories: &Histories,
    model: &Model,
    level: f64,
) -> Result<Profile, NoEstimate> {
    let start = fit(histories, model)?.unseen().max(0.5);
    let mut prepared = Prepared::new(histories, model)?;
    prepared.used[0] = true;
    let counts: Vec<f64> = histories.counts().iter().map(|&c| c as f64).collect();
    let seen = histories.observed() as f64;
    let mut profiled = Profiled {
        counts,
        prepared,
        seen,
    };
    let (best, top) = maximum(&mut profiled, ln(start))?;
    let half = normal_quantile(0.5 + level.clamp(0.5, 0.9999) / 2.0);
    let floor = top - half * half / 2.0;
    let lower = crossing(&mut profiled, best, floor, -0.25, ln(1e-3))?;
    let upper = crossing(&mut profiled, best, floor, 0.25, ln(1e6 * (seen + start)))?;
    Ok(Profile {
        total: seen + exp(best),
        lower: lower.map_or(seen, |x| seen + exp(x)),
        upper: upper.map(|x| seen + exp(x)),
    })
}

/// Golden-section search over the logarithm of the unseen, which brackets the maximum first.
fn maximum(profiled: &mut Profiled, start: f64) -> Result<(f64, f64), NoEstimate> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut low, mut high) = (start - 0.5, start + 0.5);
    while low > ln(1e-4) && profiled.at(exp(low))? > profiled.at(exp(low + 0.5))? {
        low -= 0.5;
    }
    let top = start + 30.0;
    while high < top && profiled.at(exp(high))? > profiled.at(exp(high - 0.5))? {
        high += 0.5;
    }
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_a, mut at_b) = (profiled.at(exp(a))?, profiled.at(exp(b))?);
    while high - low > 1e-7 {
        if at_a >= at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - GOLDEN * (high - low);
            at_a = profiled.at(exp(a))?;
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + GOLDEN * (high - low);
            at_b = profiled.at(exp(b))?;
        }
    }
    let best = (low + high) / 2.0;
    Ok((best, profiled.at(exp(best))?))
}

/// Where the profile falls below `floor`, walking from `from` by `step`; `None` if not before `limit`.
fn crossing(
    profiled: &mut Profiled,
    from: f64,
    floor: f64,
    step: f64,
    limit: f64,
) -> Result<Option<f64>, NoEstimate> {
    let (mut inside, mut outside) = (from, from + step);
    while profiled.at(exp(outside))? > floor {
        inside = outside;
        outside += step;
        if (outside - limit) * step.signum() > 0.0 {
            return Ok(None);
        }
    }
    while (outside - inside).abs() > 1e-9 {
        let middle = (inside + outside) / 2.0;
        if profiled.at(exp(middle))? > floor {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    Ok(Some((inside + outside) / 2.0))
}
