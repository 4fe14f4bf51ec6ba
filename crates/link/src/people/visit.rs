//! The pair loop: every pair of records that a rule puts into one run, in a fixed order. Invariants:
//! no pair is visited twice over all rules; work is bounded for any input, because an oversize run
//! is split by further atoms and what even they cannot tell apart is chained, not squared.

use super::batch::{Batch, RunDesk};
use super::packed::{Packed, Slot};
use super::rules::{NO_RULE, RuleSet};
use super::table::Table;
use std::collections::BTreeMap;

/// One share of a job that can run anywhere: share `index` of `of`, by the hash of rule and key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Which share, below `of`.
    pub index: u32,
    /// Number of shares, at least 1.
    pub of: u32,
}

impl Partition {
    /// The whole job.
    pub const WHOLE: Self = Self { index: 0, of: 1 };

    #[inline]
    fn holds(self, key: u32) -> bool {
        self.of <= 1 || key % self.of == self.index
    }
}

/// Of each rule, the keys of oversize runs and by how many splitters each is split.
pub(crate) type Oversize = Vec<BTreeMap<u32, Split>>;

/// How an oversize run is treated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split {
    /// Splitters that two records must also agree on.
    by: usize,
}

/// What part of a run is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// All its pairs.
    Run,
    /// All pairs of the records that also agree on splitters.
    Part,
    /// Neighbours only: nothing tells the records apart, and they are too many to be squared.
    Chain,
}

/// The runs of one rule.
pub(crate) struct Runs<'t> {
    table: &'t Table,
    rules: &'t RuleSet,
    rule: usize,
    keys: Vec<u64>,
    limit: usize,
    oversize: &'t Oversize,
    /// Where the list stands, when some list holds nobody twice: such pairs are not made.
    single: Option<Slot>,
}

/// A piece of work: runs between two positions of the sorted keys; `tile` of `tiles` of their outer records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    start: usize,
    end: usize,
    tile: usize,
    tiles: usize,
}

#[inline]
fn key_of(entry: u64) -> u32 {
    (entry >> 32) as u32
}

fn run_end(keys: &[u64], start: usize) -> usize {
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
fn splitters(rules: &RuleSet, rule: usize) -> Vec<usize> {
    rules
        .splitters
        .iter()
        .copied()
        .filter(|&atom| rules.masks[rule] >> atom & 1 == 0)
        .collect()
}

fn sub_key(table: &Table, rules: &RuleSet, splitters: &[usize], entry: u64) -> u64 {
    let record = &table.records[(entry & 0xFFFF_FFFF) as usize];
    splitters
        .iter()
        .fold(0x1319_8A2E_0370_7344, |key: u64, &atom| {
            (key ^ u64::from(rules.atoms[atom].get(record)))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(23)
        })
}

impl<'t> Runs<'t> {
    /// Runs of a rule that belong to a partition. `oversize` must hold what was found for this
    /// rule and all earlier ones.
    pub(crate) fn new(
        table: &'t Table,
        rules: &'t RuleSet,
        rule: usize,
        mut keys: Vec<u64>,
        partition: Partition,
        oversize: &'t Oversize,
        limit: usize,
    ) -> Self {
        if partition.of > 1 {
            keys.retain(|&entry| partition.holds(key_of(entry)));
        }
        Self {
            table,
            rules,
            rule,
            keys,
            limit,
            oversize,
            single: table.single_slot(),
        }
    }

    /// Cuts the work into pieces of about `pairs` pairs each, whatever the number of threads.
    pub(crate) fn pieces(&self, pairs: u64) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let (mut start, mut from, mut sum) = (0, 0, 0u64);
        while start < self.keys.len() {
            let end = run_end(&self.keys, start);
            let length = (end - start) as u64;
            let own = length * (length - 1) / 2;
            if own > pairs && !self.oversize[self.rule].contains_key(&key_of(self.keys[start])) {
                if from < start {
                    pieces.push(Piece {
                        start: from,
                        end: start,
                        tile: 0,
                        tiles: 1,
                    });
                }
                let tiles = usize::try_from(own / pairs + 1).unwrap_or(1).min(1024);
                pieces.extend((0..tiles).map(|tile| Piece {
                    start,
                    end,
                    tile,
                    tiles,
                }));
                (from, sum) = (end, 0);
            } else {
                sum += own + length;
                if sum > pairs {
                    pieces.push(Piece {
                        start: from,
                        end,
                        tile: 0,
                        tiles: 1,
                    });
                    (from, sum) = (end, 0);
                }
            }
            start = end;
        }
        if from < self.keys.len() {
            pieces.push(Piece {
                start: from,
                end: self.keys.len(),
                tile: 0,
                tiles: 1,
            });
        }
        pieces
    }

    /// Visits the pairs of a piece: rows and records of both, the lower row first.
    pub(crate) fn visit(&self, piece: Piece, visitor: &mut impl FnMut(u32, u32, &Packed, &Packed)) {
        self.visit_batches(piece, &mut |batch| {
            for &inner in batch.picked {
                let inner = inner as usize;
                visitor(
                    batch.row(batch.outer),
                    batch.row(inner),
                    batch.record(),
                    &batch.records[inner],
                );
            }
        });
    }

    /// Visits the pairs of a piece, those of one record together.
    pub(crate) fn visit_batches(&self, piece: Piece, visitor: &mut impl FnMut(&Batch<'_>)) {
        let keys = &self.keys[piece.start..piece.end];
        let mut desk = RunDesk::default();
        let mut start = 0;
        while start < keys.len() {
            let end = run_end(keys, start);
            let run = &keys[start..end];
            start = end;
            if run.len() < 2 {
                continue;
            }
            match self.oversize[self.rule].get(&key_of(run[0])) {
                None => self.visit_run(run, piece, Whole::Run, &mut desk, visitor),
                Some(split) => self.visit_split(run, *split, piece, &mut desk, visitor),
            }
        }
    }

    fn visit_split(
        &self,
        run: &[u64],
        split: Split,
        piece: Piece,
        desk: &mut RunDesk,
        visitor: &mut impl FnMut(&Batch<'_>),
    ) {
        let others = splitters(self.rules, self.rule);
        let key = |entry: u64| sub_key(self.table, self.rules, &others[..split.by], entry);
        let mut parts: Vec<(u64, u64)> = run.iter().map(|&entry| (key(entry), entry)).collect();
        parts.sort_unstable();
        for part in parts.chunk_by(|a, b| a.0 == b.0) {
            let entries: Vec<u64> = part.iter().map(|part| part.1).collect();
            let whole = if entries.len() > self.limit {
                Whole::Chain
            } else {
                Whole::Part
            };
            self.visit_run(&entries, piece, whole, desk, visitor);
        }
    }

    /// All pairs of a run, or only neighbours when nothing tells its records apart.
    fn visit_run(
        &self,
        run: &[u64],
        piece: Piece,
        whole: Whole,
        desk: &mut RunDesk,
        visitor: &mut impl FnMut(&Batch<'_>),
    ) {
        desk.load(self.table, self.rules, run);
        let split = self.oversize[..=self.rule]
            .iter()
            .any(|keys| !keys.is_empty());
        for outer in (piece.tile..run.len()).step_by(piece.tiles) {
            let last = if whole == Whole::Chain {
                (outer + 2).min(run.len())
            } else {
                run.len()
            };
            if outer + 1 >= last {
                continue;
            }
            desk.agree(self.rules, outer, last);
            self.pick(desk, outer, split, whole);
            if !desk.picked.is_empty() {
                visitor(&Batch {
                    run,
                    records: &desk.records,
                    outer,
                    picked: &desk.picked,
                });
            }
        }
    }

    /// Picks the pairs of a record that this rule makes.
    #[inline]
    fn pick(&self, desk: &mut RunDesk, outer: usize, split: bool, whole: Whole) {
        let rule = u8::try_from(self.rule).expect("fewer than 255 rules");
        let record = &desk.records[outer];
        desk.picked.clear();
        if !split && self.single.is_none() {
            // The usual case, without a branch that the processor would guess wrong.
            desk.picked.resize(desk.agreement.len(), 0);
            let mut picked = 0;
            for (offset, &agreement) in desk.agreement.iter().enumerate() {
                desk.picked[picked] = (outer + 1 + offset) as u32;
                picked += usize::from(self.rules.first(agreement) == rule);
            }
            desk.picked.truncate(picked);
            return;
        }
        for (offset, &agreement) in desk.agreement.iter().enumerate() {
            let inner = outer + 1 + offset;
            let first = self.rules.first(agreement);
            let mine = if !split || first == NO_RULE || (first == rule && whole == Whole::Run) {
                first == rule
            } else {
                self.made_by(agreement, record, &desk.records[inner]) == Some(self.rule)
            };
            if mine
                && !self.single.is_some_and(|list| {
                    self.table
                        .same_single_list(list, record, &desk.records[inner])
                })
            {
                desk.picked.push(inner as u32);
            }
        }
    }

    /// The rule that makes a pair when some runs are split: an oversize run makes only the pairs
    /// that also agree on its splitters.
    fn made_by(&self, agreement: u32, a: &Packed, b: &Packed) -> Option<usize> {
        (0..=self.rule).find(|&rule| {
            let mask = self.rules.masks[rule];
            if agreement & mask != mask {
                return false;
            }
            let Some(split) = self
                .rules
                .key(rule, a)
                .and_then(|key| self.oversize[rule].get(&key))
            else {
                return true;
            };
            let others = splitters(self.rules, rule);
            others[..split.by]
                .iter()
                .all(|&atom| self.rules.atoms[atom].get(a) == self.rules.atoms[atom].get(b))
        })
    }

    /// About how many pairs the rule's runs make, before any is left to an earlier rule.
    pub(crate) fn pairs(&self) -> u64 {
        let mut sum = 0u64;
        let mut start = 0;
        while start < self.keys.len() {
            let end = run_end(&self.keys, start);
            let length = (end - start) as u64;
            let longest = if self.oversize[self.rule].contains_key(&key_of(self.keys[start])) {
                self.limit as u64
            } else {
                length
            };
            sum = sum.saturating_add(length * (longest - 1) / 2);
            start = end;
        }
        sum
    }
}
