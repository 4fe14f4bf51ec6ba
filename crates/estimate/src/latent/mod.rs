//! Latent class estimation (LCMCR; Manrique-Vallier, Biometrics 72, 2016).
//!
//! People fall into classes that no one sees, and inside a class the lists are independent; how many
//! classes there are is left to a stick-breaking prior. It finds heterogeneity (some people are easy to
//! list, others hard) that no interaction of lists describes.

mod chain;
mod convergence;

pub(crate) use chain::Chain as LatentChain;
pub use convergence::Convergence;

use crate::error::{InputError, NoEstimate};
use crate::histories::Histories;
use chain::Chain;
use serde::Serialize;

/// How the sampler runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Settings {
    /// Most classes (1 to 50).
    pub classes: usize,
    /// Shape of the gamma prior of the stick-breaking weight.
    pub shape: f64,
    /// Rate of the gamma prior of the stick-breaking weight.
    pub rate: f64,
    /// Sweeps before the first draw, in each chain.
    pub burn_in: u32,
    /// Draws kept from each chain.
    pub draws: u32,
    /// Sweeps from one draw to the next.
    pub thin: u32,
    /// Independent chains from scattered starts (1 to 64).
    pub chains: u32,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Settings {
    /// The settings of the published analysis of Kosovo: one chain of 110,000 sweeps.
    pub fn published(seed: u64) -> Self {
        Self {
            classes: 10,
            shape: 0.25,
            rate: 0.25,
            burn_in: 10_000,
            draws: 1_000,
            thin: 100,
            chains: 1,
            seed,
        }
    }

    fn check(&self) -> Result<(), InputError> {
        let wrong = |name, value: String, range| Err(InputError::Setting { name, value, range });
        if !(1..=50).contains(&self.classes) {
            return wrong("classes", self.classes.to_string(), "between 1 and 50");
        }
        if !(1..=64).contains(&self.chains) {
            return wrong("chains", self.chains.to_string(), "between 1 and 64");
        }
        if !(4..=1_000_000).contains(&self.draws) || !(1..=100_000).contains(&self.thin) {
            let value = format!("{} draws, every {} sweeps", self.draws, self.thin);
            return wrong(
                "draws",
                value,
                "between 4 and a million, every 1 to 100,000 sweeps",
            );
        }
        let sound = |x: f64| x > 0.0 && x <= 1e6;
        if !(sound(self.shape) && sound(self.rate)) {
            return wrong(
                "shape and rate",
                format!("{} and {}", self.shape, self.rate),
                "above 0 and at most at a million",
            );
        }
        Ok(())
    }
}

/// Draws of the total from its posterior.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Latent {
    /// Settings that were used.
    pub settings: Settings,
    /// Whether the chains agree.
    pub convergence: Convergence,
    /// Number of classes with at least a hundredth of the people, on average.
    pub classes_in_use: f64,
    /// Draws of the total, chain after chain.
    #[serde(skip)]
    draws: Vec<f64>,
    #[serde(skip)]
    sorted: Vec<f64>,
}

impl Latent {
    /// Draws of the total, chain after chain.
    pub fn draws(&self) -> &[f64] {
        &self.draws
    }

    /// The total below which a share `p` of the draws lies.
    pub fn quantile(&self, p: f64) -> f64 {
        crate::draws::quantile(&self.sorted, p)
    }
}

/// Samples the posterior of the total.
///
/// # Errors
/// The outer error is a wrong setting, the inner one the refusal of a sound table: fewer than three
/// lists, nobody seen, or no two lists that share anybody.
pub fn latent(
    histories: &Histories,
    settings: Settings,
) -> Result<Result<Latent, NoEstimate>, InputError> {
    settings.check()?;
    if let Err(refusal) = check_table(histories) {
        return Ok(Err(refusal));
    }
    let run = |number: u32| {
        let mut chain = Chain::start(histories, &settings, u64::from(number));
        chain.sweep(histories, settings.burn_in);
        let mut draws = Vec::with_capacity(settings.draws as usize);
        let mut in_use = 0.0;
        for _ in 0..settings.draws {
            chain.sweep(histories, settings.thin);
            draws.push(chain.total());
            in_use += chain.classes_in_use();
        }
        (draws, in_use / f64::from(settings.draws))
    };
    let chains: Vec<(Vec<f64>, f64)> = (0..settings.chains).map(run).collect();
    let classes_in_use = chains.iter().map(|chain| chain.1).sum::<f64>() / chains.len() as f64;
    let unseen = |total: &f64| crate::numeric::ln(total - histories.observed() as f64 + 1.0);
    let logs: Vec<Vec<f64>> = chains
        .iter()
        .map(|chain| chain.0.iter().map(unseen).collect())
        .collect();
    let draws: Vec<f64> = chains.into_iter().flat_map(|chain| chain.0).collect();
    let mut sorted = draws.clone();
    sorted.sort_by(f64::total_cmp);
    Ok(Ok(Latent {
        settings,
        convergence: Convergence::of(&logs),
        classes_in_use,
        draws,
        sorted,
    }))
}

/// What the model needs of a table.
pub(crate) fn check_table(histories: &Histories) -> Result<(), NoEstimate> {
    if histories.observed() == 0 {
        return Err(NoEstimate::Empty);
    }
    if histories.lists() < 3 {
        return Err(NoEstimate::TooFewLists {
            lists: histories.lists(),
            needed: 3,
        });
    }
    if histories.pairs().iter().all(|pair| pair.2 == 0) {
        return Err(NoEstimate::NoOverlap);
    }
    Ok(())
}
