//! The posterior of the number of unseen people over all decomposable graphs.
//!
//! Invariant: with [`Prior::ReciprocalTotal`] and no graph left out, the figures are those of dga 2.0.2
//! to six decimals. (Its manual names the prior 1/unseen; its code uses 1/total, which matters.)

use crate::decomposable::graphs::{Graph, decomposable_graphs};
use crate::error::{InputError, NoEstimate};
use crate::histories::{Histories, Pattern};
use crate::numeric::{exp, ln, ln_gamma, log_sum_exp};
use serde::Serialize;

/// Most numbers of unseen people that are weighed; a longer range is walked in larger strides.
const MOST_POINTS: u64 = 25_000;

/// What is believed of the total before the lists are seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// In proportion to 1/total: what the code of dga does.
    ReciprocalTotal,
    /// In proportion to 1/unseen: what the manual of dga says.
    ReciprocalUnseen,
    /// Every number alike.
    Flat,
    /// A Poisson number whose mean has a gamma distribution with this shape and this scale (Madigan
    /// and York use 13.14 and 55.17).
    GammaPoisson {
        /// Shape of the gamma distribution.
        shape: f64,
        /// Scale of the gamma distribution: its mean is shape times scale.
        scale: f64,
    },
}

/// How the averaging is done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Settings {
    /// Weight of the Dirichlet prior in each cell: between 0 and 1; dga proposes 1 divided by the
    /// number of cells.
    pub delta: f64,
    /// Prior of the total.
    pub prior: Prior,
    /// Largest number of unseen people that is thought possible.
    pub most_unseen: u64,
    /// Whether the graph in which all lists depend on each other takes part. It cannot learn
    /// about the unseen and draws the figure towards nobody missing.
    pub with_complete: bool,
}

impl Settings {
    /// The usual settings for a table: `delta` one divided by the number of cells, prior 1/total,
    /// at most 30 times (and at least 1,000) as many unseen as seen, the complete graph left out.
    pub fn usual(histories: &Histories) -> Self {
        Self {
            delta: 1.0 / histories.counts().len() as f64,
            prior: Prior::ReciprocalTotal,
            most_unseen: (histories.observed().saturating_mul(30)).max(1_000),
            with_complete: false,
        }
    }

    fn check(&self) -> Result<(), InputError> {
        let wrong = |name, value: f64, range| {
            Err(InputError::Setting {
                name,
                value: value.to_string(),
                range,
            })
        };
        if !(self.delta > 0.0 && self.delta <= 100.0) {
            return wrong("delta", self.delta, "above 0 and at most at 100");
        }
        if self.most_unseen == 0 || self.most_unseen > 1_000_000_000_000 {
            return wrong(
                "most_unseen",
                self.most_unseen as f64,
                "between 1 and a million million",
            );
        }
        match self.prior {
            Prior::GammaPoisson { shape, .. } if !(shape > 0.0 && shape < 1e9) => {
                wrong("shape", shape, "above 0 and below a thousand million")
            }
            Prior::GammaPoisson { scale, .. } if !(scale > 0.0 && scale < 1e12) => {
                wrong("scale", scale, "above 0 and below a million million")
            }
            _ => Ok(()),
        }
    }
}

/// One graph and its share of the posterior.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GraphWeight {
    /// The graph.
    pub graph: Graph,
    /// Its posterior probability.
    pub probability: f64,
    /// Expected total if this graph were true.
    pub mean: f64,
}

/// The posterior of the total.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decomposable {
    /// Settings that were used.
    pub settings: Settings,
    /// Graphs, the most probable first.
    pub graphs: Vec<GraphWeight>,
    /// Mean of the total.
    pub mean: f64,
    /// The most probable total.
    pub mode: u64,
    /// Probability of the graph in which all lists depend on each other, when it is let in.
    pub complete_probability: f64,
    /// Posterior probability of the last hundredth of the range: if it is not small, the range
    /// cut the posterior off.
    pub at_the_edge: f64,
    totals: Vec<u64>,
    mass: Vec<f64>,
}

impl Decomposable {
    /// The smallest total that the posterior exceeds with a chance of at most `1 - p`.
    pub fn quantile(&self, p: f64) -> u64 {
        let mut sum = 0.0;
        let at = self.mass.iter().position(|mass| {
            sum += mass;
            sum >= p
        });
        at.or_else(|| self.totals.len().checked_sub(1))
            .map_or(0, |at| self.totals[at])
    }
}

/// Averages over all decomposable graphs of three to five lists.
///
/// # Errors
/// The outer error is a wrong setting, the inner one the refusal of a sound table: fewer than three
/// or more than five lists, nobody seen, or no two lists that share anybody.
pub fn decomposable(
    histories: &Histories,
    settings: Settings,
) -> Result<Result<Decomposable, NoEstimate>, InputError> {
    settings.check()?;
    Ok(refusal(histories).map_or_else(|| Ok(posterior(histories, settings)), Err))
}

fn refusal(histories: &Histories) -> Option<NoEstimate> {
    let lists = histories.lists();
    if lists < 3 {
        return Some(NoEstimate::TooFewLists { lists, needed: 3 });
    }
    if lists > 5 {
        return Some(NoEstimate::TooManyLists { lists, most: 5 });
    }
    if histories.observed() == 0 {
        return Some(NoEstimate::Empty);
    }
    histories
        .pairs()
        .iter()
        .all(|pair| pair.2 == 0)
        .then_some(NoEstimate::NoOverlap)
}

fn posterior(histories: &Histories, settings: Settings) -> Decomposable {
    let stride = settings.most_unseen.div_ceil(MOST_POINTS).max(1);
    let unseen: Vec<u64> = (1..=settings.most_unseen / stride)
        .map(|k| k * stride)
        .collect();
    let totals: Vec<u64> = unseen.iter().map(|m| histories.observed() + m).collect();
    let components = Components::new(histories, settings.delta, &unseen);
    let prior: Vec<f64> = unseen
        .iter()
        .map(|&m| log_prior(settings.prior, histories.observed(), m))
        .collect();
    let mut sum = Mixture {
        mass: vec![0.0; totals.len()],
        reference: f64::NEG_INFINITY,
    };
    let mut weighed = Vec::new();
    let mut complete = f64::NEG_INFINITY;
    for graph in decomposable_graphs(histories.lists()) {
        let mut weights = components.log_weights(&graph, &prior);
        if graph.is_complete() && !settings.with_complete {
            complete = log_sum_exp(&weights);
            continue;
        }
        let (evidence, mean) = sum.add(&mut weights, &totals);
        if graph.is_complete() {
            complete = evidence;
        }
        weighed.push((graph, evidence, mean));
    }
    let evidence: Vec<f64> = weighed.iter().map(|(_, evidence, _)| *evidence).collect();
    let whole = log_sum_exp(&evidence);
    let with_complete = if settings.with_complete {
        whole
    } else {
        log_sum_exp(&[whole, complete])
    };
    let mut graphs: Vec<GraphWeight> = weighed
        .into_iter()
        .map(|(graph, evidence, mean)| GraphWeight {
            graph,
            probability: exp(evidence - whole),
            mean,
        })
        .collect();
    graphs.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then_with(|| a.graph.cliques.cmp(&b.graph.cliques))
    });
    let scale = exp(sum.reference - whole);
    let mass: Vec<f64> = sum.mass.iter().map(|m| m * scale).collect();
    let top = mass.iter().enumerate().fold(
        (0, 0.0),
        |top, (i, &m)| if m > top.1 { (i, m) } else { top },
    );
    Decomposable {
        settings,
        graphs,
        mean: mass.iter().zip(&totals).map(|(m, t)| m * *t as f64).sum(),
        mode: totals[top.0],
        complete_probability: exp(complete - with_complete),
        at_the_edge: mass[mass.len() - mass.len().div_ceil(100)..].iter().sum(),
        totals,
        mass,
    }
}

/// Weights of all graphs added up, relative to the largest evidence so far: one graph's weights are in
/// memory at a time.
struct Mixture {
    mass: Vec<f64>,
    reference: f64,
}

impl Mixture {
    /// Adds a graph; returns the logarithm of its evidence and the mean total under it.
    fn add(&mut self, logs: &mut [f64], totals: &[u64]) -> (f64, f64) {
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut sum, mut mean) = (0.0, 0.0);
        for (log, total) in logs.iter_mut().zip(totals) {
            *log = exp(*log - top);
            sum += *log;
            mean += *log * *total as f64;
        }
        let evidence = top + ln(sum);
        if evidence > self.reference {
            let shrink = exp(self.reference - evidence);
            self.mass.iter_mut().for_each(|m| *m *= shrink);
            self.reference = evidence;
        }
        let share = exp(top - self.reference);
        self.mass
            .iter_mut()
            .zip(logs.iter())
            .for_each(|(mass, weight)| *mass += share * weight);
        (evidence, mean / sum)
    }
}

fn log_prior(prior: Prior, seen: u64, unseen: u64) -> f64 {
    let total = (seen + unseen) as f64;
    match prior {
        Prior::ReciprocalTotal => -ln(total),
        Prior::ReciprocalUnseen => -ln(unseen as f64),
        Prior::Flat => 0.0,
        Prior::GammaPoisson { shape, scale } => {
            total * ln(scale) - (total + shape) * ln(1.0 + scale) + ln_gamma(total + shape)
                - ln_gamma(total + 1.0)
                - ln_gamma(shape)
        }
    }
}

/// The part of the likelihood that each set of lists contributes, for every number of unseen.
struct Components {
    /// By set of lists.
    sets: Vec<Vec<f64>>,
    /// Normaliser of one Dirichlet distribution of the whole.
    norm: Vec<f64>,
    /// Logarithm of the number of ways in which the unseen can be chosen.
    ways: Vec<f64>,
}

impl Components {
    fn new(histories: &Histories, delta: f64, unseen: &[u64]) -> Self {
        let lists = histories.lists();
        let whole = delta * histories.counts().len() as f64;
        let seen = histories.observed();
        let total = |m: &u64| (seen + m) as f64;
        let log_whole = ln_gamma(whole);
        Self {
            sets: (0..1_u16 << lists)
                .map(|set| component(histories, delta, unseen, Pattern(set)))
                .collect(),
            norm: unseen
                .iter()
                .map(|m| log_whole - ln_gamma(total(m) + whole))
                .collect(),
            ways: unseen
                .iter()
                .map(|m| ln_gamma(total(m) + 1.0) - ln_gamma(*m as f64 + 1.0))
                .collect(),
        }
    }

    fn log_weights(&self, graph: &Graph, prior: &[f64]) -> Vec<f64> {
        let balance = graph.cliques.len() as f64 - graph.separators.len() as f64;
        let mut weights: Vec<f64> = self
            .ways
            .iter()
            .zip(&self.norm)
            .zip(prior)
            .map(|((w, n), p)| w + balance * n + p)
            .collect();
        let add = |weights: &mut Vec<f64>, set: &Pattern, sign: f64| {
            weights
                .iter_mut()
                .zip(&self.sets[usize::from(set.0)])
                .for_each(|(w, c)| *w += sign * c);
        };
        graph
            .cliques
            .iter()
            .for_each(|clique| add(&mut weights, clique, 1.0));
        graph
            .separators
            .iter()
            .for_each(|separator| add(&mut weights, separator, -1.0));
        weights
    }
}

fn component(histories: &Histories, delta: f64, unseen: &[u64], set: Pattern) -> Vec<f64> {
    if set.0 == 0 {
        return Vec::new();
    }
    let mut margin = std::collections::BTreeMap::new();
    for (pattern, count) in histories.patterns() {
        *margin.entry(pattern.0 & set.0).or_insert(0) += count;
    }
    let cells = 1_u32 << set.size();
    let weight = delta * f64::from(1_u32 << (histories.lists() - set.size()));
    let off_all = margin.remove(&0).unwrap_or(0) as f64;
    let on_some: f64 = margin
        .values()
        .map(|&count| ln_gamma(count as f64 + weight))
        .sum();
    let empty = f64::from(cells - 1) - margin.len() as f64;
    let constant = on_some + (empty - f64::from(cells)) * ln_gamma(weight);
    unseen
        .iter()
        .map(|&m| ln_gamma(m as f64 + off_all + weight) + constant)
        .collect()
}
