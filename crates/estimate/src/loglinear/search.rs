//! Every model of a family fitted to one table, best first.
//!
//! Models whose best fit does not exist are counted, never silently dropped. The order of equal
//! models is that of their terms, so a search always answers alike.

use crate::error::NoEstimate;
use crate::histories::Histories;
use crate::loglinear::{Family, Fit, fit};
use serde::Serialize;

/// Most models that one search fits.
pub const MOST_MODELS: u64 = 40_000;

/// The fits of a family, by BIC.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Search {
    /// Which models were tried.
    pub family: Family,
    /// Models that have a best fit, the lowest BIC first.
    pub fits: Vec<Fit>,
    /// Models whose best fit does not exist or is not determined by the data.
    pub refused: usize,
}

impl Search {
    /// The fit with the lowest BIC.
    pub fn best_by_bic(&self) -> Option<&Fit> {
        self.fits.first()
    }

    /// The fit with the lowest AIC.
    pub fn best_by_aic(&self) -> Option<&Fit> {
        self.fits.iter().min_by(|a, b| a.aic.total_cmp(&b.aic))
    }
}

/// Differences between people can only make the lists agree more than by chance: a fit that needs
/// them the other way round describes something else.
fn is_sensible(fit: &Fit) -> bool {
    fit.spread.is_none_or(|spread| spread > 0.0) && fit.intercept.is_finite()
}

/// Fits all models of a family.
///
/// # Errors
/// [`NoEstimate`] for fewer than two lists, nobody seen, too many models, or none that fits.
pub fn search(histories: &Histories, family: Family) -> Result<Search, NoEstimate> {
    if histories.observed() == 0 {
        return Err(NoEstimate::Empty);
    }
    let models = family.models(histories.lists(), MOST_MODELS)?;
    let tried = models.len();
    let mut fits: Vec<Fit> = models
        .iter()
        .filter_map(|model| fit(histories, model).ok())
        .filter(is_sensible)
        .collect();
    if fits.is_empty() {
        return Err(NoEstimate::NoModel);
    }
    fits.sort_by(|a, b| a.bic.total_cmp(&b.bic).then_with(|| a.model.cmp(&b.model)));
    Ok(Search {
        family,
        refused: tried - fits.len(),
        fits,
    })
}
