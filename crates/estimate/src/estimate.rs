//! One table, several methods, side by side.
//!
//! Invariant: an [`Estimate`] never holds one number alone: every method that can answer does, those that
//! cannot say why, and the caveats belong to the result. It carries its exact input, settings and seed.

use crate::caveats::{Caveat, Severity, thresholds};
use crate::decomposable::{Decomposable, Settings, decomposable};
use crate::error::{InputError, NoEstimate};
use crate::examine;
use crate::histories::Histories;
use crate::latent::Convergence;
use crate::link_error::LinkError;
use crate::loglinear::{Average, Criterion, Fit, Search, stepwise};
use crate::method::Method;
use crate::recommended::{Draws, broad_search, draw, envelope, summary};
use crate::simple::{Figure, chao_lower_bound, chapman};
use serde::Serialize;

/// How long the sampler runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// About a tenth of a second; for simulations and first looks.
    Quick,
    /// A few seconds.
    Usual,
}

impl Effort {
    pub(crate) fn burn_in(self) -> u32 {
        match self {
            Self::Quick => 1_500,
            Self::Usual => 10_000,
        }
    }

    pub(crate) fn thin(self) -> u32 {
        match self {
            Self::Quick => 5,
            Self::Usual => 120,
        }
    }
}

/// What to compute.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Plan {
    /// Chance with which the ranges are meant to hold the truth (0.5 to 0.999).
    pub level: f64,
    /// How often links are believed to be wrong.
    pub link_error: LinkError,
    /// How long the sampler runs.
    pub effort: Effort,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Plan {
    /// 95 % ranges, two links in a hundred wrong in each way, the usual effort.
    pub fn usual(seed: u64) -> Self {
        Self {
            level: 0.95,
            link_error: LinkError {
                missed: 0.02,
                wrong: 0.02,
            },
            effort: Effort::Usual,
            seed,
        }
    }

    pub(crate) fn check(&self) -> Result<(), InputError> {
        if !(0.5..=0.999).contains(&self.level) {
            return Err(InputError::Setting {
                name: "level",
                value: self.level.to_string(),
                range: "between 0.5 and 0.999",
            });
        }
        self.link_error.check()
    }
}

/// What came of a method.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MethodResult {
    /// Which method.
    pub method: Method,
    /// Its figure, or why it gives none.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Which model was chosen, how much the chains agree, and so on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// A figure or a refusal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Estimated people in all, with an interval at the plan's level.
    Figure(Figure),
    /// Why there is none, in words.
    Refused(String),
}

impl Outcome {
    pub(crate) fn of(result: Result<Figure, NoEstimate>) -> Self {
        result.map_or_else(|refusal| Self::Refused(refusal.to_string()), Self::Figure)
    }

    /// The figure, if there is one.
    pub fn figure(&self) -> Option<Figure> {
        match self {
            Self::Figure(figure) => Some(*figure),
            Self::Refused(_) => None,
        }
    }
}

/// The whole answer for one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// The table as it was handed in.
    pub input: Histories,
    /// What was asked for, the seed included.
    pub plan: Plan,
    /// Generator of the random numbers and version of this crate: with input and plan they give the
    /// same figures again.
    pub made_with: String,
    /// People on at least one list.
    pub observed: u64,
    /// The recommended range; `None` where a caveat with [`Severity::Stop`] says why.
    pub recommended: Option<Figure>,
    /// Every method, those that refuse included.
    pub methods: Vec<MethodResult>,
    /// What must be read with the figures, the gravest first.
    pub caveats: Vec<Caveat>,
    /// Draws behind the recommended range, by method.
    #[serde(skip)]
    pub(crate) draws: Vec<Vec<f64>>,
}

/// What the methods found out on the way, for the caveats.
pub(crate) struct Findings<'a> {
    pub search: Option<&'a Search>,
    pub complete_graph: f64,
    pub convergence: Option<Convergence>,
}

/// Estimates the size of a population from one table.
///
/// # Errors
/// Settings out of range. A table that allows no figure is no error: the result says so.
pub fn estimate(histories: &Histories, plan: &Plan) -> Result<Estimate, InputError> {
    plan.check()?;
    let used: Vec<usize> = (0..histories.lists())
        .filter(|&list| histories.on_all(crate::histories::Pattern(1 << list)) > 0)
        .collect();
    let table = if used.is_empty() {
        histories.clone()
    } else {
        histories.keep_lists(&used)?
    };
    let repeated: u64 = table.by_number_of_lists().iter().skip(1).sum();
    let stopped = used.len() < 3 || repeated < thresholds().fewest_repeated;
    let searched = if used.len() < 3 {
        Err(NoEstimate::TooFewLists {
            lists: used.len(),
            needed: 3,
        })
    } else {
        broad_search(&table)
    };
    let mut methods = simple_methods(&table, plan, used.len());
    methods.extend(model_methods(&table, &searched, plan));
    let (graphs, complete_graph) = graph_method(&table, plan)?;
    methods.push(graphs);
    let (mut draws, mut convergence) = (Vec::new(), None);
    if used.len() >= 3 {
        let drawn = draw(&table, searched.as_ref().map_err(Clone::clone), plan);
        convergence = drawn.convergence;
        draws = sampled_methods(drawn, plan, &mut methods);
    }
    let slices: Vec<&[f64]> = draws.iter().map(Vec::as_slice).collect();
    let recommended = if stopped {
        None
    } else {
        envelope(&slices, plan.level)
    };
    let mut estimate = Estimate {
        input: histories.clone(),
        plan: *plan,
        made_with: format!(
            "onrecord-estimate {}, {}",
            env!("CARGO_PKG_VERSION"),
            crate::random::GENERATOR
        ),
        observed: histories.observed(),
        recommended,
        methods,
        caveats: Vec::new(),
        draws: if stopped { Vec::new() } else { draws },
    };
    let findings = Findings {
        search: searched.as_ref().ok(),
        complete_graph,
        convergence,
    };
    estimate.caveats = examine::caveats(&estimate, &table, &findings);
    Ok(estimate)
}

impl Estimate {
    /// Whether a recommended figure is withheld.
    pub fn is_refused(&self) -> bool {
        self.caveats
            .iter()
            .any(|caveat| caveat.severity == Severity::Stop)
    }

    /// The figure of a method, if it gave one.
    pub fn figure(&self, method: Method) -> Option<Figure> {
        self.methods
            .iter()
            .find(|result| result.method == method)
            .and_then(|result| result.outcome.figure())
    }
}

/// Adds the two methods behind the recommended range to the report, and returns their draws.
fn sampled_methods(drawn: Draws, plan: &Plan, methods: &mut Vec<MethodResult>) -> Vec<Vec<f64>> {
    let detail = drawn.convergence.map_or_else(String::new, |c| {
        format!(
            "R-hat {:.3}, worth {:.0} independent draws",
            c.r_hat, c.effective_draws
        )
    });
    let both = [
        (Method::AveragedByAic, drawn.averaged, String::new()),
        (Method::LatentClasses, drawn.latent, detail),
    ];
    let mut kept = Vec::new();
    for (method, result, detail) in both {
        let figure = result.as_ref().map(|draws| summary(draws, plan.level));
        let outcome = Outcome::of(figure.map_err(Clone::clone));
        methods.push(MethodResult {
            method,
            outcome,
            detail,
        });
        kept.extend(result.ok());
    }
    kept
}

fn simple_methods(table: &Histories, plan: &Plan, lists: usize) -> Vec<MethodResult> {
    let plain = |method, result| MethodResult {
        method,
        outcome: Outcome::of(result),
        detail: String::new(),
    };
    let mut methods = Vec::new();
    if lists <= 2 {
        methods.push(plain(Method::Chapman, chapman(table, plan.level)));
    }
    methods.push(plain(
        Method::ChaoLowerBound,
        chao_lower_bound(table, plan.level),
    ));
    methods
}

fn model_methods(
    table: &Histories,
    searched: &Result<Search, NoEstimate>,
    plan: &Plan,
) -> Vec<MethodResult> {
    let one = |method, fit: Result<Fit, NoEstimate>| MethodResult {
        method,
        detail: fit
            .as_ref()
            .map_or_else(|_| String::new(), |fit| fit.model.describe(table)),
        outcome: Outcome::of(fit.map(|fit| {
            let (low, high) = fit.interval(plan.level);
            Figure {
                point: fit.total,
                low,
                high,
            }
        })),
    };
    let searched = searched.as_ref().map_err(Clone::clone);
    let best = searched
        .clone()
        .and_then(|s| s.best_by_bic().cloned().ok_or(NoEstimate::NoModel));
    let steps = match table.lists() {
        lists @ 0..3 => Err(NoEstimate::TooFewLists { lists, needed: 3 }),
        _ => stepwise(table, 0.02).map(|chosen| chosen.fit),
    };
    let average = searched.and_then(|s| s.average(Criterion::Bic));
    vec![
        one(Method::BestLogLinear, best),
        one(Method::Stepwise, steps),
        averaged_by_bic(average, plan),
    ]
}

fn averaged_by_bic(average: Result<Average, NoEstimate>, plan: &Plan) -> MethodResult {
    let tail = (1.0 - plan.level) / 2.0;
    MethodResult {
        method: Method::AveragedByBic,
        detail: average.as_ref().map_or_else(
            |_| String::new(),
            |a| format!("worth {:.1} models of equal weight", a.effective_models()),
        ),
        outcome: Outcome::of(average.map(|a| Figure {
            point: a.quantile(0.5),
            low: a.quantile(tail),
            high: a.quantile(1.0 - tail),
        })),
    }
}

/// The figure without the complete graph, and how probable that graph is when it is let in.
fn graph_method(table: &Histories, plan: &Plan) -> Result<(MethodResult, f64), InputError> {
    let found = decomposable(table, Settings::usual(table))?;
    let complete = found
        .as_ref()
        .map_or(0.0, |found| found.complete_probability);
    let tail = (1.0 - plan.level) / 2.0;
    let figure = |d: &Decomposable| Figure {
        point: d.quantile(0.5) as f64,
        low: d.quantile(tail) as f64,
        high: d.quantile(1.0 - tail) as f64,
    };
    let detail = found
        .as_ref()
        .ok()
        .and_then(|d| d.graphs.first())
        .map_or_else(String::new, |top| {
            let cliques: String = top
                .graph
                .cliques
                .iter()
                .map(|c| format!("[{}]", table.name_of(*c)))
                .collect();
            format!(
                "{cliques} with {}",
                crate::caveats::percent(top.probability)
            )
        });
    let outcome = Outcome::of(found.as_ref().map(figure).map_err(Clone::clone));
    Ok((
        MethodResult {
            method: Method::DecomposableGraphs,
            outcome,
            detail,
        },
        complete,
    ))
}
