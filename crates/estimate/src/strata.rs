//! A population estimated in parts: by place, year or group, then added up.
//!
//! Within a stratum people are more alike, so the assumptions hold better. Totals are added draw by draw;
//! ends of intervals are never added. Invariant: strata have the same lists and are drawn from random
//! numbers of their own.

use crate::caveats::{Caveat, caveat};
use crate::error::InputError;
use crate::estimate::{Estimate, Plan, estimate};
use crate::histories::Histories;
use crate::random::Random;
use crate::recommended::envelope;
use crate::simple::Figure;
use serde::Serialize;

/// Streams of random numbers that put the draws of each stratum in an order of its own.
const SHUFFLE_STREAM: u64 = 5_000;

/// A stratum's name with its estimate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stratum {
    /// Name, such as a year or a place.
    pub name: String,
    /// Its estimate.
    pub estimate: Estimate,
}

/// Estimates of all strata and of their sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stratified {
    /// Strata in the order in which they were handed in.
    pub strata: Vec<Stratum>,
    /// People on at least one list, over all strata.
    pub observed: u64,
    /// The sum; `None` where no stratum has a figure.
    pub total: Option<Figure>,
    /// Caveats of the sum; those of the strata stand with them.
    pub caveats: Vec<Caveat>,
    /// All strata taken together as one table, for comparison.
    pub pooled: Estimate,
}

/// Estimates each stratum and their sum.
///
/// # Errors
/// No strata, different lists, names that repeat, or settings out of range.
pub fn estimate_strata(
    strata: &[(String, Histories)],
    plan: &Plan,
) -> Result<Stratified, InputError> {
    let (_, first) = strata.first().ok_or(InputError::Nothing)?;
    let mut together = first.clone();
    for (place, (name, table)) in strata.iter().enumerate() {
        if strata[..place].iter().any(|(other, _)| other == name) {
            return Err(InputError::SameName(name.clone()));
        }
        if table.names() != first.names() {
            return Err(InputError::DifferentLists(name.clone()));
        }
        if place > 0 {
            together = together.plus(table)?;
        }
    }
    let mut results = Vec::with_capacity(strata.len());
    for (place, (name, table)) in strata.iter().enumerate() {
        let own = Plan {
            seed: plan.seed.wrapping_add(place as u64),
            ..*plan
        };
        results.push(Stratum {
            name: name.clone(),
            estimate: estimate(table, &own)?,
        });
    }
    let mut caveats: Vec<Caveat> = results
        .iter()
        .filter(|stratum| stratum.estimate.recommended.is_none() && stratum.estimate.observed > 0)
        .map(|stratum| caveat("stratum_refused", &[("stratum", &stratum.name)]))
        .collect();
    caveats.push(caveat("assumptions", &[]));
    Ok(Stratified {
        observed: together.observed(),
        total: sum(&results, plan),
        pooled: estimate(&together, plan)?,
        strata: results,
        caveats,
    })
}

/// Adds the draws of the strata, method by method; strata without a figure add those seen.
fn sum(strata: &[Stratum], plan: &Plan) -> Option<Figure> {
    let with_figure = || strata.iter().filter(|s| !s.estimate.draws.is_empty());
    let length = with_figure()
        .flat_map(|s| &s.estimate.draws)
        .map(Vec::len)
        .min()?;
    let mut sums = vec![vec![0.0; length]; 2];
    for (place, stratum) in strata.iter().enumerate() {
        let draws = &stratum.estimate.draws;
        for (method, sums) in sums.iter_mut().enumerate() {
            // Where one of the two methods refused, the other stands for both.
            let Some(own) = draws.get(method).or_else(|| draws.first()) else {
                sums.iter_mut()
                    .for_each(|sum| *sum += stratum.estimate.observed as f64);
                continue;
            };
            let mut shuffled = own.clone();
            shuffle(
                &mut shuffled,
                &mut Random::new(plan.seed, SHUFFLE_STREAM + 2 * place as u64 + method as u64),
            );
            sums.iter_mut()
                .zip(shuffled)
                .for_each(|(sum, draw)| *sum += draw);
        }
    }
    envelope(&[&sums[0], &sums[1]], plan.level)
}

fn shuffle(values: &mut [f64], random: &mut Random) {
    for last in (1..values.len()).rev() {
        let chosen = (random.uniform() * (last + 1) as f64) as usize;
        values.swap(last, chosen.min(last));
    }
}
