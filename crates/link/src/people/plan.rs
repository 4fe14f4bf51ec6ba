//! A plan is all that scoring needs: rules and weights, learnt once. Any share of the pairs can
//! then be scored anywhere, and the shares put together are the whole.

use super::PeopleError;
use super::blocking;
use super::candidates;
use super::capture;
use super::compare::{Comparator, Desk};
use super::edge::{Edge, Edges};
use super::options::{Blocking, Options, Prior, Progress, Training};
use super::oversize::{Oversize, find_oversize};
use super::parallel::in_order;
use super::rules::RuleSet;
use super::sift::Sieve;
use super::table::Table;
use super::train::{self, Trained, TrainingReport};
use super::visit::{Partition, Runs};
use super::weights::Weights;

/// Room for the edges of a piece of work; most find fewer.
const FOUND: usize = 1 << 15;

/// What the rules did or are expected to do.
#[derive(Clone, Debug, serde::Serialize)]
pub struct RuleReport {
    /// Its atoms.
    pub rule: String,
    /// Pairs expected, when the rule was chosen from a sample.
    pub expected_pairs: Option<f64>,
    /// Estimated share of true pairs that this rule and those before it make.
    pub expected_recall: Option<f64>,
    /// Pairs that were compared because of it.
    pub pairs: u64,
    /// Of those, pairs that were kept.
    pub kept: u64,
    /// Runs that were too long and were split by further atoms.
    pub split_runs: u64,
}

/// Rules and weights for one table.
pub struct Plan<'t> {
    pub(crate) comparator: Comparator<'t>,
    pub(crate) rules: RuleSet,
    pub(crate) weights: Weights,
    /// What the weights rest on.
    pub training: TrainingReport,
    /// Expected pairs and recall of each rule, where rules were chosen.
    pub(crate) expected: Vec<blocking::Expected>,
    /// Estimated share of true pairs that no rule makes; `None` when it could not be estimated.
    pub blocking_loss: Option<f64>,
    pub(crate) options: Options,
}

impl<'t> Plan<'t> {
    /// Learns weights and fixes the rules.
    ///
    /// # Errors
    /// Rules that name unknown fields; nothing to learn from.
    pub fn learn(
        table: &'t Table,
        options: &Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, PeopleError> {
        let comparator = Comparator::new(table);
        // What is asked about or joined must be kept.
        let keep_bits = options
            .keep_bits
            .min(options.review_bits)
            .min(options.join_bits);
        let options = Options {
            keep_bits,
            ..options.clone()
        };
        progress(Progress {
            stage: "learning weights",
            done: 0,
            total: 3,
        });
        let blocks = match &options.training {
            Training::Given(blocks) => blocks.clone(),
            Training::Chosen => candidates::training_blocks(&comparator, &options)?,
        };
        let mut trained = train::train(&comparator, &blocks, &options)?;
        progress(Progress {
            stage: "learning weights",
            done: 1,
            total: 3,
        });
        let prior = prior(&comparator, &trained, &options)?;
        trained.report.prior = prior;
        let weights = Weights::new(
            &comparator,
            prior,
            &trained.agreement,
            &trained.chance.shares,
        );
        progress(Progress {
            stage: "learning weights",
            done: 2,
            total: 3,
        });
        let (rules, expected, blocking_loss) = match &options.blocking {
            Blocking::Given(rules) => (RuleSet::new(table, rules)?, Vec::new(), None),
            Blocking::Chosen { pairs_per_record } => {
                let chosen = blocking::choose(&comparator, &trained, *pairs_per_record, &options)?;
                (
                    RuleSet::new(table, &chosen.rules)?,
                    chosen.expected,
                    Some(chosen.loss),
                )
            }
        };
        progress(Progress {
            stage: "learning weights",
            done: 3,
            total: 3,
        });
        let training = trained.report;
        Ok(Self {
            comparator,
            rules,
            weights,
            training,
            expected,
            blocking_loss,
            options,
        })
    }

    /// The rules in words, in order.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        (0..self.rules.masks.len())
            .map(|rule| self.rules.words(rule))
            .collect()
    }

    /// Compares all pairs of a share and keeps those that weigh enough.
    ///
    /// # Errors
    /// The store of spilled runs fails.
    pub fn score(
        &self,
        partition: Partition,
        edges: &mut Edges<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<RuleReport>, PeopleError> {
        let table = self.comparator.table;
        let limit = self.options.longest_run();
        let total = self.rules.masks.len();
        let mut oversize: Oversize = vec![Default::default(); total];
        let mut reports = Vec::new();
        for rule in 0..total {
            let keys = self.rules.sorted(table, rule);
            if limit != usize::MAX {
                oversize[rule] = find_oversize(table, &self.rules, rule, &keys, limit);
            }
            let runs = Runs::new(table, &self.rules, rule, keys, partition, &oversize, limit);
            let (pairs, kept) = self.score_rule(rule, &runs, edges)?;
            let expected = self.expected.get(rule);
            reports.push(RuleReport {
                rule: self.rules.words(rule),
                expected_pairs: expected.map(|expected| expected.pairs),
                expected_recall: expected.map(|expected| expected.recall),
                pairs,
                kept,
                split_runs: oversize[rule].len() as u64,
            });
            progress(Progress {
                stage: "comparing pairs",
                done: rule as u64 + 1,
                total: total as u64,
            });
        }
        Ok(reports)
    }

    fn score_rule(
        &self,
        rule: usize,
        runs: &Runs<'_>,
        edges: &mut Edges<'_>,
    ) -> Result<(u64, u64), PeopleError> {
        let (mut pairs, mut kept) = (0, 0);
        let number = u8::try_from(rule).expect("fewer than 255 rules");
        let settled = self.comparator.settled(&self.rules, rule);
        let sieve = Sieve::new(&self.weights, &self.comparator, settled);
        // Pieces come in batches, so that what is found waits in bounded memory.
        for batch in runs.pieces(1 << 18).chunks(64) {
            let found = in_order(batch, self.options.threads, Desk::default, |desk, piece| {
                let (mut found, mut compared) = (Vec::with_capacity(FOUND), 0u64);
                runs.visit_batches(*piece, &mut |batch| {
                    compared += batch.pairs.len() as u64;
                    let mut keep = |[outer, inner]: [u32; 2], bits, pattern| {
                        found.push(Edge {
                            bits,
                            a: batch.row(outer),
                            b: batch.row(inner),
                            pattern,
                            rule: number,
                        });
                    };
                    self.weights.weigh_batch(
                        &self.comparator,
                        &sieve,
                        batch,
                        self.options.keep_bits,
                        desk,
                        &mut keep,
                    );
                });
                (found, compared)
            });
            for (found, compared) in found {
                pairs += compared;
                kept += found.len() as u64;
                for edge in found {
                    edges.push(edge)?;
                }
            }
        }
        Ok((pairs, kept))
    }

    /// The weight of any two rows, whether or not a rule made the pair.
    pub(crate) fn weigh(&self, a: u32, b: u32, desk: &mut Desk) -> (f32, u32) {
        let records = &self.comparator.table.records;
        let (one, other) = (&records[a.min(b) as usize], &records[a.max(b) as usize]);
        self.weights.weigh(&self.comparator, one, other, desk)
    }
}

/// The share of true pairs among all pairs that can be compared.
fn prior(
    comparator: &Comparator<'_>,
    trained: &Trained,
    options: &Options,
) -> Result<f64, PeopleError> {
    let true_pairs = match &options.prior {
        Prior::FromRule { atoms, recall } => {
            train::count_pairs(comparator, atoms, options)? as f64 / recall.clamp(1e-3, 1.0)
        }
        Prior::Estimated => capture::true_pairs(comparator, trained, options)?,
    };
    let pairs = comparator.table.comparable_pairs();
    Ok((true_pairs.max(1.0) / pairs.max(2.0)).clamp(1e-12, 0.5))
}
