//! Learning: chance agreement, then agreement of true pairs in two or more blocks that fix
//! different fields, averaged over the blocks that leave a comparison free.

use super::PeopleError;
use super::chance::{self, Chance};
use super::compare::{Comparator, Desk};
use super::em::{self, Learnt};
use super::options::Options;
use super::oversize::{Oversize, find_oversize};
use super::parallel::in_order;
use super::rules::RuleSet;
use super::visit::{Partition, Runs};
use std::collections::BTreeMap;

/// What was learnt and how well.
#[derive(Clone, Debug, serde::Serialize)]
pub struct TrainingReport {
    /// Random pairs drawn for chance agreement.
    pub chance_pairs: u64,
    /// Largest standard error of a level's chance agreement, in bits, rare levels aside.
    pub chance_error_bits: f64,
    /// The blocks.
    pub blocks: Vec<BlockReport>,
    /// Odds of two random records being one person, as a probability.
    pub prior: f64,
    /// What a person should know before trusting the weights.
    pub warnings: Vec<String>,
}

/// One training block.
#[derive(Clone, Debug, serde::Serialize)]
pub struct BlockReport {
    /// Its atoms.
    pub rule: String,
    /// Pairs that were looked at.
    pub pairs: u64,
    /// Share of true pairs among them.
    pub matches: f64,
    /// Iterations of the EM algorithm.
    pub iterations: u32,
    /// Whether they settled.
    pub settled: bool,
}

/// What training hands on.
pub(crate) struct Trained {
    pub(crate) chance: Chance,
    /// `m` of every comparison and level.
    pub(crate) agreement: Vec<Vec<f64>>,
    pub(crate) report: TrainingReport,
    pub(crate) blocks: Vec<Block>,
}

/// A block as far as the estimate of the prior needs it.
pub(crate) struct Block {
    pub(crate) rule: Vec<String>,
    /// Estimated true pairs in the whole block.
    pub(crate) true_pairs: f64,
    pub(crate) learnt: Learnt,
    /// Comparisons that the block leaves free.
    pub(crate) free: Vec<bool>,
}

/// Counts of patterns over (about `most` of) the pairs of one rule, with the share looked at.
pub(crate) fn count_patterns(
    comparator: &Comparator<'_>,
    rules: &RuleSet,
    options: &Options,
    most: u64,
) -> (Vec<(u32, u64)>, f64) {
    let table = comparator.table;
    let keys = rules.sorted(table, 0);
    let limit = options.longest_run();
    let oversize: Oversize = vec![find_oversize(table, rules, 0, &keys, limit)];
    let all = Runs::new(
        table,
        rules,
        0,
        keys.clone(),
        Partition::WHOLE,
        &oversize,
        limit,
    )
    .pairs();
    let of = u32::try_from(all.div_ceil(most.max(1)))
        .unwrap_or(u32::MAX)
        .max(1);
    // A share of the keys; another one where it happens to hold no pair.
    let counted = (0..of.min(8))
        .map(|index| {
            count_share(
                comparator,
                rules,
                keys.clone(),
                Partition { index, of },
                &oversize,
                options,
            )
        })
        .find(|counted| counted.iter().any(|piece| !piece.is_empty()))
        .unwrap_or_default();
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    for (pattern, count) in counted.into_iter().flatten() {
        *counts.entry(pattern).or_default() += count;
    }
    (counts.into_iter().collect(), 1.0 / f64::from(of))
}

/// Counts of patterns in each piece of a share of the pairs.
fn count_share(
    comparator: &Comparator<'_>,
    rules: &RuleSet,
    keys: Vec<u64>,
    share: Partition,
    oversize: &Oversize,
    options: &Options,
) -> Vec<Vec<(u32, u64)>> {
    let runs = Runs::new(
        comparator.table,
        rules,
        0,
        keys,
        share,
        oversize,
        options.longest_run(),
    );
    in_order(
        &runs.pieces(1 << 17),
        options.threads,
        Desk::default,
        |desk, piece| {
            let mut patterns = Vec::new();
            runs.visit(*piece, &mut |_, _, a, b| {
                patterns.push(comparator.pattern(a, b, desk))
            });
            patterns.sort_unstable();
            let count = |run: &[u32]| (run[0], run.len() as u64);
            patterns.chunk_by(|a, b| a == b).map(count).collect()
        },
    )
}

/// Learns chance agreement and agreement of true pairs from these blocks.
pub(crate) fn train(
    comparator: &Comparator<'_>,
    blocks: &[Vec<String>],
    options: &Options,
) -> Result<Trained, PeopleError> {
    if comparator.table.len() < 2 {
        return Err(PeopleError::Training(
            "there are fewer than two rows; import a list first".into(),
        ));
    }
    let chance = chance::estimate(comparator, options.seed, options.chance_pairs, 0.05);
    let mut sums: Vec<Vec<f64>> = comparator
        .ready
        .iter()
        .map(|ready| vec![0.0; ready.levels as usize])
        .collect();
    let mut times = vec![0.0f64; comparator.ready.len()];
    let (mut reports, mut warnings, mut learnt_blocks) = (Vec::new(), Vec::new(), Vec::new());
    for block in blocks {
        let rules = RuleSet::new(comparator.table, std::slice::from_ref(block))?;
        let trained = free_comparisons(comparator, &rules);
        let (counts, looked_at) =
            count_patterns(comparator, &rules, options, options.training_pairs);
        let pairs: u64 = counts.iter().map(|(_, count)| count).sum();
        if pairs == 0 {
            warnings.push(format!(
                "no two records agree on {}, so nothing was learnt there",
                rules.words(0)
            ));
            continue;
        }
        let learnt = em::learn(comparator, &counts, &chance.shares, &trained);
        if !learnt.settled {
            warnings.push(format!(
                "the weights did not settle in {} steps on {}",
                learnt.iterations,
                rules.words(0)
            ));
        }
        if learnt.matches * (pairs as f64) < 20.0 {
            warnings.push(format!("fewer than 20 true pairs are seen among those that agree on {}: its weights are guesses", rules.words(0)));
        }
        for comparison in (0..sums.len()).filter(|&comparison| trained[comparison]) {
            times[comparison] += 1.0;
            for (sum, share) in sums[comparison]
                .iter_mut()
                .zip(&learnt.agreement[comparison])
            {
                *sum += share;
            }
        }
        let (matches, iterations, settled) = (learnt.matches, learnt.iterations, learnt.settled);
        reports.push(BlockReport {
            rule: rules.words(0),
            pairs,
            matches,
            iterations,
            settled,
        });
        let true_pairs = matches * pairs as f64 / looked_at;
        learnt_blocks.push(Block {
            rule: block.clone(),
            true_pairs,
            learnt,
            free: trained,
        });
    }
    if reports.is_empty() {
        let text = "no two records agree on any training block; the lists may not overlap, or hold too little";
        return Err(PeopleError::Training(text.into()));
    }
    let agreement = average(comparator, sums, &times, &chance, &mut warnings);
    let (chance_pairs, chance_error_bits) = (chance.pairs, chance.error_bits);
    let report = TrainingReport {
        chance_pairs,
        chance_error_bits,
        blocks: reports,
        prior: 0.0,
        warnings,
    };
    Ok(Trained {
        chance,
        agreement,
        report,
        blocks: learnt_blocks,
    })
}

/// Comparisons none of whose fields the rule fixes.
fn free_comparisons(comparator: &Comparator<'_>, rules: &RuleSet) -> Vec<bool> {
    let schema = &comparator.table.schema;
    let fixed = |name: &String| {
        rules
            .atoms
            .iter()
            .any(|atom| schema.field(name) == Some(atom.field))
    };
    schema
        .comparisons
        .iter()
        .map(|comparison| !comparison.fields.iter().any(fixed))
        .collect()
}

/// Averages over blocks; what no block left free weighs nothing, and that is said.
fn average(
    comparator: &Comparator<'_>,
    sums: Vec<Vec<f64>>,
    times: &[f64],
    chance: &Chance,
    warnings: &mut Vec<String>,
) -> Vec<Vec<f64>> {
    let names = &comparator.table.schema.comparisons;
    let mut agreement = Vec::new();
    for (comparison, (levels, &times)) in sums.into_iter().zip(times).enumerate() {
        let name = &names[comparison].name;
        if times == 0.0 {
            warnings.push(format!(
                "{name} was fixed in every training block, so it weighs nothing"
            ));
            agreement.push(chance.shares[comparison].clone());
            continue;
        }
        let levels: Vec<f64> = levels.iter().map(|sum| sum / times).collect();
        if levels[1] < chance.shares[comparison][1] && names[comparison].name != "list" {
            warnings.push(format!(
                "{name} agrees less often in true pairs than by chance: look at that column"
            ));
        }
        agreement.push(levels);
    }
    agreement
}

/// Pairs that agree on a rule, no run split: for a rule so strict that few pairs agree.
pub(crate) fn count_pairs(
    comparator: &Comparator<'_>,
    rule: &[String],
    options: &Options,
) -> Result<u64, PeopleError> {
    let rules = RuleSet::new(comparator.table, &[rule.to_vec()])?;
    let keys = rules.sorted(comparator.table, 0);
    let limit = options.longest_run();
    let oversize: Oversize = vec![find_oversize(comparator.table, &rules, 0, &keys, limit)];
    let runs = Runs::new(
        comparator.table,
        &rules,
        0,
        keys,
        Partition::WHOLE,
        &oversize,
        limit,
    );
    let counts = in_order(
        &runs.pieces(1 << 17),
        options.threads,
        || (),
        |(), piece| {
            let mut count = 0u64;
            runs.visit(*piece, &mut |_, _, _, _| count += 1);
            count
        },
    );
    Ok(counts.iter().sum())
}
