//! One log-linear model fitted to one table.
//!
//! Interactions of lists that share nobody have their best value at minus infinity: their cells are
//! held at zero and taken out, and what is left is checked for existence before it is fitted
//! (Chan, Silverman and Vincent 2021).

use crate::error::NoEstimate;
use crate::histories::{Histories, Pattern};
use crate::loglinear::{Heterogeneity, Model, existence, newton};
use crate::numeric::{exp, ln, ln_gamma, normal_quantile};
use serde::Serialize;

/// A model fitted to a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// What was fitted.
    pub model: Model,
    /// Logarithm of the expected number of unseen people.
    pub intercept: f64,
    /// Standard error of the intercept.
    pub intercept_error: f64,
    /// Coefficients of the terms that could be fitted, by term.
    pub coefficients: Vec<(Pattern, f64)>,
    /// Coefficient of the differences between people, where the model has them.
    pub spread: Option<f64>,
    /// Interactions of lists that share nobody: held at minus infinity.
    pub empty_overlaps: Vec<Pattern>,
    /// Estimated people in all, seen and unseen.
    pub total: f64,
    /// Standard error of the total.
    pub standard_error: f64,
    /// Poisson deviance of the cells that can be seen.
    pub deviance: f64,
    /// Cells that can be seen less parameters.
    pub degrees_of_freedom: usize,
    /// Akaike's criterion, of the Poisson likelihood.
    pub aic: f64,
    /// Schwarz's criterion, with the logarithm of the number of people seen.
    pub bic: f64,
}

impl Fit {
    /// Estimated people on no list.
    pub fn unseen(&self) -> f64 {
        exp(self.intercept)
    }

    /// The interval that holds the total with this chance, taking the logarithm of the unseen as
    /// normal (as SparseMSE does). `level` is clamped into [0.01, 0.9999].
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let reach = normal_quantile(0.5 + level.clamp(0.01, 0.9999) / 2.0) * self.intercept_error;
        let seen = self.total - self.unseen();
        (
            seen + exp(self.intercept - reach),
            seen + exp(self.intercept + reach),
        )
    }
}

/// Fits a model.
///
/// # Errors
/// [`NoEstimate`] where nobody was seen, the data do not determine the model, or its best fit does
/// not exist.
pub fn fit(histories: &Histories, model: &Model) -> Result<Fit, NoEstimate> {
    let prepared = Prepared::new(histories, model)?;
    let counts: Vec<f64> = histories.counts().iter().map(|&c| c as f64).collect();
    let problem = prepared.problem(&counts);
    let solution = problem.solve()?;
    let intercept = solution.coefficients[0];
    let mut first = vec![0.0; solution.coefficients.len()];
    first[0] = 1.0;
    solution.information.solve(&mut first);
    let unseen = exp(intercept);
    let seen = histories.observed() as f64;
    let parameters = model.parameters();
    let log_likelihood = log_likelihood(&counts, &solution.expected);
    Ok(Fit {
        model: model.clone(),
        intercept,
        intercept_error: first[0].max(0.0).sqrt(),
        coefficients: prepared
            .terms
            .iter()
            .zip(&solution.coefficients)
            .skip(1)
            .map(|(&t, &c)| (Pattern(t), c))
            .collect(),
        spread: solution.coefficients.get(prepared.terms.len()).copied(),
        empty_overlaps: prepared.empty,
        total: seen + unseen,
        standard_error: (unseen + unseen * unseen * first[0].max(0.0)).sqrt(),
        deviance: solution.deviance,
        degrees_of_freedom: (histories.counts().len() - 1).saturating_sub(parameters),
        aic: 2.0 * parameters as f64 - 2.0 * log_likelihood,
        bic: parameters as f64 * ln(seen) - 2.0 * log_likelihood,
    })
}

fn log_likelihood(counts: &[f64], expected: &[f64]) -> f64 {
    let cells = counts.iter().zip(expected).filter(|(_, m)| **m > 0.0);
    cells
        .map(|(&y, &m)| y * ln(m) - m - ln_gamma(y + 1.0))
        .sum()
}

/// A table and model with the impossible cells taken out, known to have a best fit.
pub(crate) struct Prepared {
    pub used: Vec<bool>,
    /// The constant first.
    pub terms: Vec<u16>,
    pub empty: Vec<Pattern>,
    /// The column of differences between people.
    pub extra: Option<Vec<f64>>,
}

impl Prepared {
    pub(crate) fn new(histories: &Histories, model: &Model) -> Result<Self, NoEstimate> {
        if histories.observed() == 0 {
            return Err(NoEstimate::Empty);
        }
        let mut margins: Vec<f64> = histories.counts().iter().map(|&c| c as f64).collect();
        crate::numeric::sum_over_supersets(&mut margins);
        let (empty, fitted): (Vec<Pattern>, Vec<Pattern>) = model
            .terms()
            .iter()
            .partition(|term| margins[usize::from(term.0)] == 0.0);
        let cells = 0..histories.counts().len() as u16;
        let used: Vec<bool> = cells
            .map(|cell| cell != 0 && !empty.iter().any(|e| Pattern(cell).contains(*e)))
            .collect();
        let terms: Vec<u16> = std::iter::once(0)
            .chain(fitted.iter().map(|t| t.0))
            .collect();
        let column = |form: Heterogeneity| {
            (0..histories.counts().len() as u16)
                .map(|cell| form.column(Pattern(cell).size()))
                .collect()
        };
        let extra = model.heterogeneity().map(column);
        let prepared = Self {
            used,
            terms,
            empty,
            extra,
        };
        prepared.check(histories)?;
        Ok(prepared)
    }

    /// The counts to fit; those of the unseen cell only matter if it is used.
    pub(crate) fn problem<'a>(&'a self, counts: &'a [f64]) -> newton::Problem<'a> {
        newton::Problem {
            counts,
            used: &self.used,
            terms: &self.terms,
            extra: self.extra.as_deref(),
        }
    }

    fn check(&self, histories: &Histories) -> Result<(), NoEstimate> {
        let used = self.used.iter().enumerate().filter(|(_, used)| **used);
        let cells: Vec<(Vec<f64>, bool)> = used
            .map(|(cell, _)| {
                let set = |&t: &u16| f64::from(u8::from(cell as u16 & t == t));
                let row = self
                    .terms
                    .iter()
                    .map(set)
                    .chain(self.extra.iter().map(|x| x[cell]))
                    .collect();
                (row, histories.counts()[cell] > 0)
            })
            .collect();
        existence::check(&cells, self.terms.len() + usize::from(self.extra.is_some()))
    }
}
