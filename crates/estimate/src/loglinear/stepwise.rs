//! Forward choice of interactions between two lists, as SparseMSE 2 does (Chan, Silverman and Vincent
//! 2021).
//!
//! Starting from independent lists, the pair whose overlap surprises the present model most is added,
//! while its one-sided Poisson chance stays below a threshold and the larger model has a best fit.

use crate::error::NoEstimate;
use crate::histories::{Histories, Pattern};
use crate::loglinear::{Fit, Model, fit};
use crate::numeric::{exp, poisson_tail};
use serde::Serialize;

/// One interaction that was added.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The two lists.
    pub pair: Pattern,
    /// People on both.
    pub overlap: u64,
    /// How many the model before expected on both.
    pub expected: f64,
    /// One-sided chance of an overlap so far off.
    pub chance: f64,
}

/// The chosen model with the way to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stepwise {
    /// Interactions in the order in which they were added.
    pub steps: Vec<Step>,
    /// The final model.
    pub fit: Fit,
}

/// Chooses a model; `threshold` is the chance below which a pair is added (SparseMSE: 0.02).
///
/// # Errors
/// [`NoEstimate`] where even independent lists have no best fit, or there are fewer than two lists.
pub fn stepwise(histories: &Histories, threshold: f64) -> Result<Stepwise, NoEstimate> {
    let lists = histories.lists();
    if lists < 2 {
        return Err(NoEstimate::TooFewLists { lists, needed: 2 });
    }
    let mut current = fit(histories, &Model::independent(lists))?;
    let mut steps = Vec::new();
    // With two lists their interaction cannot be known.
    let mut open: Vec<(Pattern, u64)> = if lists == 2 {
        Vec::new()
    } else {
        histories
            .pairs()
            .into_iter()
            .map(|(a, b, both)| (Pattern(1 << a | 1 << b), both))
            .collect()
    };
    while !open.is_empty() {
        let expected = expected_counts(&current, lists);
        let mut candidates: Vec<Step> = open
            .iter()
            .map(|&(pair, overlap)| {
                let cells = (0..1_u16 << lists).filter(|&cell| Pattern(cell).contains(pair));
                let expected = cells.map(|cell| expected[usize::from(cell)]).sum();
                Step {
                    pair,
                    overlap,
                    expected,
                    chance: poisson_tail(overlap, expected),
                }
            })
            .collect();
        candidates.retain(|step| step.chance < threshold);
        candidates.sort_by(|a, b| a.chance.total_cmp(&b.chance).then(a.pair.cmp(&b.pair)));
        let added = candidates.into_iter().find_map(|step| {
            Some((
                fit(histories, &current.model.with_pair(step.pair)).ok()?,
                step,
            ))
        });
        let Some((larger, step)) = added else { break };
        open.retain(|(pair, _)| *pair != step.pair);
        steps.push(step);
        current = larger;
    }
    Ok(Stepwise {
        steps,
        fit: current,
    })
}

/// Expected counts of all cells; those of empty overlaps are zero. Stepwise models have no
/// differences between people.
fn expected_counts(fit: &Fit, lists: usize) -> Vec<f64> {
    let mut predictor = vec![0.0; 1 << lists];
    predictor[0] = fit.intercept;
    fit.coefficients
        .iter()
        .for_each(|(term, value)| predictor[usize::from(term.0)] = *value);
    crate::numeric::sum_over_subsets(&mut predictor);
    let cells = predictor.iter().enumerate();
    cells
        .map(|(cell, &p)| {
            let impossible = fit
                .empty_overlaps
                .iter()
                .any(|e| Pattern(cell as u16).contains(*e));
            if impossible { 0.0 } else { exp(p) }
        })
        .collect()
}
