//! On which atoms true pairs agree, seen in training blocks: what one block catches of the pairs
//! that another catches tells how many true pairs there are (Lincoln and Petersen's estimate), and
//! what a blocking rule would lose.

use super::PeopleError;
use super::candidates::Atoms;
use super::compare::{Comparator, Desk};
use super::em;
use super::options::Options;
use super::oversize::{Oversize, find_oversize};
use super::parallel::in_order;
use super::rules::RuleSet;
use super::train::{Block, Trained};
use super::visit::{Partition, Runs};
use std::collections::BTreeMap;

/// Pairs of a block that are looked at.
const LOOKED_AT: u64 = 200_000;

/// Of each set of atoms, the expected number of true pairs of the block that agree on exactly it.
pub(crate) type Captured = BTreeMap<u32, f64>;

/// Looks at the pairs of a block and weighs each by the probability that it is true.
pub(crate) fn captured(
    comparator: &Comparator<'_>,
    trained: &Trained,
    block: &Block,
    atoms: &Atoms,
    options: &Options,
) -> Result<Captured, PeopleError> {
    let table = comparator.table;
    let rules = RuleSet::new(table, std::slice::from_ref(&block.rule))?;
    let keys = rules.sorted(table, 0);
    let limit = options.longest_run();
    let oversize: Oversize = vec![find_oversize(table, &rules, 0, &keys, limit)];
    let all = Runs::new(
        table,
        &rules,
        0,
        keys.clone(),
        Partition::WHOLE,
        &oversize,
        limit,
    )
    .pairs();
    let of = u32::try_from(all.div_ceil(LOOKED_AT))
        .unwrap_or(u32::MAX)
        .max(1);
    let runs = Runs::new(
        table,
        &rules,
        0,
        keys,
        Partition { index: 0, of },
        &oversize,
        limit,
    );
    let pieces = in_order(
        &runs.pieces(1 << 16),
        options.threads,
        Desk::default,
        |desk, piece| {
            let mut captured = Captured::new();
            runs.visit(*piece, &mut |_, _, a, b| {
                let pattern = comparator.pattern(a, b, desk);
                *captured
                    .entry(atoms.set.agreement(a, atoms.set.known(a), b))
                    .or_default() += truth(comparator, trained, block, pattern);
            });
            captured
        },
    );
    let mut sums = Captured::new();
    for (mask, weight) in pieces.into_iter().flatten() {
        *sums.entry(mask).or_default() += weight;
    }
    Ok(sums)
}

/// Probability that a pair of a block is true, from what the block leaves free.
fn truth(comparator: &Comparator<'_>, trained: &Trained, block: &Block, pattern: u32) -> f64 {
    let mut levels = [0; 16];
    for (comparison, level) in levels.iter_mut().enumerate().take(comparator.ready.len()) {
        *level = comparator.level(pattern, comparison) as usize;
    }
    let levels = &levels[..comparator.ready.len()];
    em::truth(
        block.learnt.matches,
        levels,
        &block.free,
        &block.learnt.agreement,
        &trained.chance.shares,
    )
}

/// Share of captured true pairs that agree on all atoms of `mask`.
pub(crate) fn share(captured: &Captured, mask: u32) -> f64 {
    let all: f64 = captured.values().sum();
    let agreeing: f64 = captured
        .iter()
        .filter(|(agree, _)| *agree & mask == mask)
        .map(|(_, weight)| weight)
        .sum();
    if all > 0.0 { agreeing / all } else { 0.0 }
}

/// Estimated number of true pairs in the table: of each block, its true pairs divided by the
/// share of the other blocks' true pairs that it catches; the geometric mean over blocks.
pub(crate) fn true_pairs(
    comparator: &Comparator<'_>,
    trained: &Trained,
    options: &Options,
) -> Result<f64, PeopleError> {
    let rules: Vec<Vec<String>> = trained
        .blocks
        .iter()
        .map(|block| block.rule.clone())
        .collect();
    let atoms = Atoms::of(comparator, &rules)?;
    let masks = &atoms.set.masks[comparator.table.schema.atoms.len()..];
    let mut logs = Vec::new();
    for (position, other) in trained.blocks.iter().enumerate() {
        let seen = captured(comparator, trained, other, &atoms, options)?;
        for (mask, block) in masks
            .iter()
            .zip(&trained.blocks)
            .enumerate()
            .filter(|(at, _)| *at != position)
            .map(|(_, pair)| pair)
        {
            let caught = share(&seen, *mask).max(1e-3);
            logs.push((block.true_pairs.max(1.0) / caught).ln());
        }
    }
    if logs.is_empty() {
        return Ok(trained
            .blocks
            .iter()
            .map(|block| block.true_pairs)
            .sum::<f64>()
            .max(1.0));
    }
    Ok((logs.iter().sum::<f64>() / logs.len() as f64).exp())
}
