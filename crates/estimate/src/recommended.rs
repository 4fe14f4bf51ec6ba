//! The recommended range: from the lowest to the highest end of two methods that both allow for people
//! who differ, each also run on tables with linkage errors undone.
//!
//! Chosen by simulation (`examples/coverage`): either method alone covers the truth too rarely, in
//! different populations; together they cover it in more than nine of ten. Invariant: draws come in a
//! fixed number and order, so that strata can be added draw by draw.

use crate::error::NoEstimate;
use crate::estimate::Plan;
use crate::histories::Histories;
use crate::latent::{self, Convergence, LatentChain};
use crate::link_error::{LinkError, undo};
use crate::loglinear::{
    Average, Criterion, Family, Fit, Model, Search, differing, fit, search, search_around, stepwise,
};
use crate::random::Random;
use crate::simple::Figure;

/// Tables that are drawn with linkage errors undone.
const TABLES: usize = 24;
/// Draws of each method.
pub(crate) const DRAWS: usize = 2_400;
/// Independent chains of the latent class method.
const CHAINS: usize = 3;
/// First stream of random numbers of the tables; chains use those from zero.
const TABLE_STREAM: u64 = 1_000;

/// Draws of the total from both methods; a method that refused has none.
pub(crate) struct Draws {
    pub averaged: Result<Vec<f64>, NoEstimate>,
    pub latent: Result<Vec<f64>, NoEstimate>,
    pub convergence: Option<Convergence>,
}

/// The family of models that is averaged: as broad as the number of lists allows.
pub(crate) fn broad_search(histories: &Histories) -> Result<Search, NoEstimate> {
    match histories.lists() {
        0..=4 => search(histories, Family::Broad),
        5 => {
            let mut models = Family::Pairs.models(5, crate::loglinear::MOST_MODELS)?;
            models.extend(differing(5));
            Search::of(histories, Family::Broad, &models)
        }
        _ => search_around(histories, &stepwise(histories, 0.02)?.fit.model),
    }
}

/// Draws from both methods. `searched` is the search of the same table.
pub(crate) fn draw(
    histories: &Histories,
    searched: Result<&Search, NoEstimate>,
    plan: &Plan,
) -> Draws {
    let tables = tables(histories, plan);
    let averaged = searched.and_then(|search| averaged(&tables, search));
    match latent::check_table(histories) {
        Ok(()) => {
            let (draws, convergence) = sample(&tables, plan);
            Draws {
                averaged,
                latent: Ok(draws),
                convergence: Some(convergence),
            }
        }
        Err(refusal) => Draws {
            averaged,
            latent: Err(refusal),
            convergence: None,
        },
    }
}

/// The table itself, or tables with errors undone at rates drawn between none and twice the stated.
fn tables(histories: &Histories, plan: &Plan) -> Vec<Histories> {
    if plan.link_error.is_none() {
        return vec![histories.clone()];
    }
    let one = |number: usize| {
        let mut random = Random::new(plan.seed, TABLE_STREAM + number as u64);
        // A stratified uniform draw for the missed rate: the few tables cover its whole range.
        let missed =
            2.0 * plan.link_error.missed * (number as f64 + random.uniform()) / TABLES as f64;
        let wrong = 2.0 * plan.link_error.wrong * random.uniform();
        undo(
            histories,
            LinkError {
                missed: missed.min(0.9),
                wrong: wrong.min(0.9),
            },
            &mut random,
        )
    };
    (0..TABLES).map(one).collect()
}

/// Models that carry weight, averaged by AIC on every table.
fn averaged(tables: &[Histories], search: &Search) -> Result<Vec<f64>, NoEstimate> {
    let best = search.best_by_aic().ok_or(NoEstimate::NoModel)?.aic;
    let carrying = search
        .fits
        .iter()
        .filter(|fit| fit.aic < best + 16.0 && fit.degrees_of_freedom > 0);
    let mut models: Vec<&Model> = carrying.map(|fit| &fit.model).collect();
    if models.is_empty() {
        models = search.fits.iter().map(|fit| &fit.model).collect();
    }
    let mut draws = Vec::with_capacity(DRAWS);
    for table in tables {
        let fits: Vec<Fit> = models
            .iter()
            .filter_map(|model| fit(table, model).ok())
            .filter(Search::is_sensible)
            .collect();
        let fits: Vec<&Fit> = fits.iter().collect();
        draws.extend(Average::of(&fits, Criterion::Aic)?.spread(DRAWS / tables.len()));
    }
    Ok(draws)
}

/// Latent class chains that go on from table to table.
fn sample(tables: &[Histories], plan: &Plan) -> (Vec<f64>, Convergence) {
    let settings = latent::Settings {
        seed: plan.seed,
        ..latent::Settings::published(plan.seed)
    };
    let each = DRAWS / CHAINS / tables.len();
    let mut logs = Vec::new();
    let mut draws = Vec::new();
    for number in 0..CHAINS {
        let mut chain = LatentChain::start(&tables[0], &settings, number as u64);
        chain.sweep(&tables[0], plan.effort.burn_in());
        let mut own = Vec::with_capacity(each * tables.len());
        for table in tables {
            // A changed table moves the chain little; it settles before it is read.
            chain.sweep(table, plan.effort.burn_in() / 20);
            for _ in 0..each {
                chain.sweep(table, plan.effort.thin());
                own.push((chain.total(), table.observed()));
            }
        }
        logs.push(
            own.iter()
                .map(|(total, seen)| crate::numeric::ln(total - *seen as f64 + 1.0))
                .collect(),
        );
        draws.extend(own.into_iter().map(|(total, _)| total));
    }
    (draws, Convergence::of(&logs))
}

/// From the lowest to the highest end of the methods; the point is the median of all draws together.
pub(crate) fn envelope(methods: &[&[f64]], level: f64) -> Option<Figure> {
    let figures: Vec<Figure> = methods
        .iter()
        .filter(|draws| !draws.is_empty())
        .map(|draws| summary(draws, level))
        .collect();
    let all: Vec<f64> = methods
        .iter()
        .flat_map(|draws| draws.iter().copied())
        .collect();
    let low = figures.iter().map(|figure| figure.low).reduce(f64::min)?;
    let high = figures.iter().map(|figure| figure.high).reduce(f64::max)?;
    // Every method that answers gives the same number of draws, so they weigh alike.
    Some(Figure {
        point: summary(&all, level).point.clamp(low, high),
        low,
        high,
    })
}

/// Median and interval of draws.
pub(crate) fn summary(draws: &[f64], level: f64) -> Figure {
    let tail = (1.0 - level) / 2.0;
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |p| crate::draws::quantile(&sorted, p);
    Figure {
        point: at(0.5),
        low: at(tail),
        high: at(1.0 - tail),
    }
}
