//! Every model of a family fitted to one table, best first.
//!
//! Models whose best fit does not exist are counted, never silently dropped. The order of equal
//! models is that of their terms, so a search always answers alike.

use crate::error::NoEstimate;
use crate::histories::{Histories, Pattern};
use crate::loglinear::{Family, Fit, Heterogeneity, Model, fit};
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
    /// Models whose best fit does not exist, is not determined by the data, or makes no sense.
    pub refused: usize,
}

impl Search {
    /// Fits these models.
    pub(crate) fn of(
        histories: &Histories,
        family: Family,
        models: &[Model],
    ) -> Result<Self, NoEstimate> {
        let mut fits: Vec<Fit> = models
            .iter()
            .filter_map(|model| fit(histories, model).ok())
            .filter(Self::is_sensible)
            .collect();
        if fits.is_empty() {
            return Err(NoEstimate::NoModel);
        }
        fits.sort_by(|a, b| a.bic.total_cmp(&b.bic).then_with(|| a.model.cmp(&b.model)));
        Ok(Self {
            family,
            refused: models.len() - fits.len(),
            fits,
        })
    }

    /// Differences between people can only make the lists agree more than by chance: a fit that needs
    /// them the other way round describes something else.
    pub(crate) fn is_sensible(fit: &Fit) -> bool {
        fit.spread.is_none_or(|spread| spread > 0.0) && fit.intercept.is_finite()
    }

    /// The fit with the lowest BIC.
    pub fn best_by_bic(&self) -> Option<&Fit> {
        self.fits.first()
    }

    /// The fit with the lowest AIC.
    pub fn best_by_aic(&self) -> Option<&Fit> {
        self.fits.iter().min_by(|a, b| a.aic.total_cmp(&b.aic))
    }
}

/// Fits all models of a family.
///
/// # Errors
/// [`NoEstimate`] for fewer than two lists, nobody seen, too many models, or none that fits.
pub fn search(histories: &Histories, family: Family) -> Result<Search, NoEstimate> {
    if histories.observed() == 0 {
        return Err(NoEstimate::Empty);
    }
    Search::of(
        histories,
        family,
        &family.models(histories.lists(), MOST_MODELS)?,
    )
}

/// Fits a model, all that differ from it in one or two interactions of two lists, and those in which
/// people differ: for tables of so many lists that a family would be too large.
///
/// # Errors
/// As [`search()`].
pub fn search_around(histories: &Histories, model: &Model) -> Result<Search, NoEstimate> {
    let lists = histories.lists();
    if lists < 2 {
        return Err(NoEstimate::TooFewLists { lists, needed: 2 });
    }
    let pairs: Vec<Pattern> = histories
        .pairs()
        .iter()
        .map(|&(a, b, _)| Pattern(1 << a | 1 << b))
        .collect();
    let own: Vec<Pattern> = model
        .interactions()
        .filter(|term| term.size() == 2)
        .collect();
    let toggled = |changed: &[Pattern]| {
        let kept = pairs
            .iter()
            .copied()
            .filter(|pair| own.contains(pair) != changed.contains(pair));
        kept.fold(Model::independent(lists), |model, pair| {
            model.with_pair(pair)
        })
    };
    let mut models = vec![Model::independent(lists), toggled(&[])];
    for (i, &first) in pairs.iter().enumerate() {
        models.push(toggled(&[first]));
        models.extend(
            pairs[i + 1..]
                .iter()
                .map(|&second| toggled(&[first, second])),
        );
    }
    let plain = [Model::independent(lists), toggled(&[])];
    models.extend(
        plain
            .iter()
            .flat_map(|base| Heterogeneity::ALL.map(|form| base.clone().with_heterogeneity(form))),
    );
    models.sort();
    models.dedup();
    Search::of(histories, Family::Around, &models)
}
