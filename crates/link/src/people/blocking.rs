//! Rules chosen from the lists: each must find true pairs that those before it miss, at a price in
//! pairs that the budget allows. What they lose together is estimated, not hoped.

use super::PeopleError;
use super::candidates::{Atoms, count};
use super::capture::{Captured, captured};
use super::compare::Comparator;
use super::options::Options;
use super::train::Trained;
use std::collections::BTreeMap;

/// Most rules that are chosen.
const MOST_RULES: usize = 16;
/// A rule must find at least this share of all true pairs that no other finds.
const LEAST_GAIN: f64 = 5e-4;

/// What a chosen rule is expected to do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    /// Pairs that agree on it.
    pub(crate) pairs: f64,
    /// Share of true pairs that it and those before it find.
    pub(crate) recall: f64,
}

/// The rules and what they lose.
pub(crate) struct Chosen {
    pub(crate) rules: Vec<Vec<String>>,
    pub(crate) expected: Vec<Expected>,
    /// Share of true pairs that no rule finds.
    pub(crate) loss: f64,
}

/// Chooses rules within a budget of pairs a record.
pub(crate) fn choose(
    comparator: &Comparator<'_>,
    trained: &Trained,
    budget: f64,
    options: &Options,
) -> Result<Chosen, PeopleError> {
    let blocks: Vec<Vec<String>> = trained
        .blocks
        .iter()
        .map(|block| block.rule.clone())
        .collect();
    let atoms = Atoms::of(comparator, &blocks)?;
    let mut open = agreement_of_true_pairs(comparator, trained, &atoms, options)?;
    let rows = comparator.table.len() as f64;
    let candidates = count(comparator, &atoms, options);
    let mut left = budget * rows;
    let mut chosen = Chosen {
        rules: Vec::new(),
        expected: Vec::new(),
        loss: open.iter().map(|(_, share)| share).sum(),
    };
    while chosen.rules.len() < MOST_RULES {
        let gain = |mask: u32| {
            open.iter()
                .filter(|(agree, _)| agree & mask == mask)
                .map(|(_, share)| share)
                .sum::<f64>()
        };
        let affordable = candidates
            .iter()
            .filter(|candidate| candidate.pairs <= left);
        // A pair costs the same wherever it comes from; a floor keeps the tightest rules from
        // coming first only because they are free.
        let worth = |pairs: f64, gain: f64| gain / (pairs / rows + 0.5);
        let best = affordable
            .map(|candidate| (candidate, gain(candidate.mask)))
            .filter(|(_, gain)| *gain >= LEAST_GAIN)
            .max_by(|(a, x), (b, y)| {
                worth(a.pairs, *x)
                    .total_cmp(&worth(b.pairs, *y))
                    .then(b.mask.cmp(&a.mask))
            });
        let Some((best, gain)) = best else { break };
        left -= best.pairs;
        chosen.loss -= gain;
        chosen.rules.push(atoms.names(best.mask));
        chosen.expected.push(Expected {
            pairs: best.pairs,
            recall: 1.0 - chosen.loss.max(0.0),
        });
        let mask = best.mask;
        open.retain(|(agree, _)| agree & mask != mask);
    }
    if chosen.rules.is_empty() {
        let text = "no blocking rule finds true pairs within the budget; allow more pairs a record, or give rules";
        return Err(PeopleError::Training(text.into()));
    }
    chosen.loss = chosen.loss.clamp(0.0, 1.0);
    Ok(chosen)
}

/// Sets of atoms on which a true pair agrees, with their probabilities. What goes wrong together,
/// such as surname and given name, is seen together in each block that leaves it free; only what a
/// block fixes is taken from another one as if it were independent. Half a sum over the blocks.
fn agreement_of_true_pairs(
    comparator: &Comparator<'_>,
    trained: &Trained,
    atoms: &Atoms,
    options: &Options,
) -> Result<Vec<(u32, f64)>, PeopleError> {
    let mut seen = Vec::new();
    for block in &trained.blocks {
        let named = |name: &String| atoms.set.names.iter().position(|known| known == name);
        let groups: Vec<usize> = block
            .rule
            .iter()
            .filter_map(named)
            .map(|atom| atoms.groups[atom])
            .collect();
        let fixed = (0..atoms.groups.len())
            .filter(|&atom| groups.contains(&atoms.groups[atom]))
            .fold(0u32, |mask, atom| mask | 1 << atom);
        seen.push((fixed, captured(comparator, trained, block, atoms, options)?));
    }
    let mut mixed: BTreeMap<u32, f64> = BTreeMap::new();
    for (position, (fixed, own)) in seen.iter().enumerate() {
        let free = restricted(own, !fixed);
        let other = seen
            .iter()
            .enumerate()
            .find(|(at, (others, _))| *at != position && others & fixed == 0);
        let rest = other.map_or_else(
            || BTreeMap::from([(*fixed, 1.0)]),
            |(_, (_, other))| restricted(other, *fixed),
        );
        for (agree, share) in &free {
            for (more, weight) in &rest {
                *mixed.entry(agree | more).or_default() += share * weight / seen.len() as f64;
            }
        }
    }
    Ok(mixed.into_iter().collect())
}

/// Shares of the sets of agreeing atoms within `mask`.
fn restricted(seen: &Captured, mask: u32) -> BTreeMap<u32, f64> {
    let all: f64 = seen.values().sum();
    let mut shares = BTreeMap::new();
    for (agree, weight) in seen {
        *shares.entry(agree & mask).or_default() += weight / all.max(1e-9);
    }
    shares
}
