//! Runs too long to be squared: how many further atoms two of their records must agree on. Invariant:
//! a run is split by as few atoms as make its longest part short enough.

use super::rules::RuleSet;
use super::table::Table;
use std::collections::BTreeMap;

/// Of each rule, the keys of oversize runs and by how many splitters each is split.
pub(crate) type Oversize = Vec<BTreeMap<u32, Split>>;

/// How an oversize run is treated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split {
    /// Splitters that two records must also agree on.
    pub(crate) by: usize,
}

/// The key of an entry.
#[inline]
pub(crate) fn key_of(entry: u64) -> u32 {
    (entry >> 32) as u32
}

/// Where the run that begins at `start` or holds it ends.
pub(crate) fn run_end(keys: &[u64], start: usize) -> usize {
    let key = key_of(keys[start]);
    let mut end = start + 1;
    while end < keys.len() && key_of(keys[end]) == key {
        end += 1;
    }
    end
}

/// Finds the runs of a rule that are longer than `limit`, and how far they must be split.
pub(crate) fn find_oversize(
    table: &Table,
    rules: &RuleSet,
    rule: usize,
    keys: &[u64],
    limit: usize,
) -> BTreeMap<u32, Split> {
    let mut found = BTreeMap::new();
    let mut start = 0;
    while start < keys.len() {
        let end = run_end(keys, start);
        if end - start > limit {
            found.insert(
                key_of(keys[start]),
                split(table, rules, rule, &keys[start..end], limit),
            );
        }
        start = end;
    }
    found
}

fn split(table: &Table, rules: &RuleSet, rule: usize, run: &[u64], limit: usize) -> Split {
    let others = splitters(rules, rule);
    for by in 1..others.len() {
        let mut values: Vec<u64> = run
            .iter()
            .map(|&entry| sub_key(table, rules, &others[..by], entry))
            .collect();
        values.sort_unstable();
        let longest = values
            .chunk_by(|a, b| a == b)
            .map(<[u64]>::len)
            .max()
            .unwrap_or(0);
        if longest <= limit {
            return Split { by };
        }
    }
    Split { by: others.len() }
}

/// The atoms that a rule does not use, the most telling first.
pub(crate) fn splitters(rules: &RuleSet, rule: usize) -> Vec<usize> {
    rules
        .splitters
        .iter()
        .copied()
        .filter(|&atom| rules.masks[rule] >> atom & 1 == 0)
        .collect()
}

/// What splits an entry off others that share its key.
pub(crate) fn sub_key(table: &Table, rules: &RuleSet, splitters: &[usize], entry: u64) -> u64 {
    let record = &table.records[(entry & 0xFFFF_FFFF) as usize];
    splitters
        .iter()
        .fold(0x1319_8A2E_0370_7344, |key: u64, &atom| {
            (key ^ u64::from(rules.atoms[atom].get(record)))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(23)
        })
}
