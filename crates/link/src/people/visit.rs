//! The pair loop: every pair of records that a rule puts into one run, in a fixed order. Invariants:
//! no pair is visited twice over all rules; work is bounded for any input, because an oversize run
//! is split by further atoms and what even they cannot tell apart is chained, not squared.

use super::batch::{Batch, RunDesk};
use super::oversize::{Oversize, Split, key_of, run_end, splitters, sub_key};
use super::packed::{Packed, Slot};
use super::rules::{NO_RULE, RuleSet};
use super::table::Table;
use std::ops::Range;

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
    /// Whether this rule or an earlier one has a run that is split.
    split: bool,
}

/// About as many entries as are fetched together.
const STRETCH: usize = 512;

/// A piece of work: runs between two positions of the sorted keys; `tile` of `tiles` of their outer records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    start: usize,
    end: usize,
    tile: usize,
    tiles: usize,
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
            split: oversize[..=rule].iter().any(|keys| !keys.is_empty()),
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
            for &[outer, inner] in batch.pairs {
                visitor(
                    batch.row(outer),
                    batch.row(inner),
                    &batch.records[outer as usize],
                    &batch.records[inner as usize],
                );
            }
        });
    }

    /// Visits the pairs of a piece, many at a time.
    pub(crate) fn visit_batches(&self, piece: Piece, visitor: &mut impl FnMut(&Batch<'_>)) {
        let keys = &self.keys[piece.start..piece.end];
        let mut desk = RunDesk::default();
        let mut start = 0;
        while start < keys.len() {
            let split = self.oversize[self.rule].get(&key_of(keys[start]));
            if let Some(split) = split {
                let end = run_end(keys, start);
                self.visit_split(&keys[start..end], *split, piece, visitor);
                start = end;
                continue;
            }
            let entries = self.stretch(&keys[start..]);
            start += entries.len();
            desk.load(self.table, self.rules, entries);
            let mut from = 0;
            for run in entries.chunk_by(|a, b| key_of(*a) == key_of(*b)) {
                let place = from..from + run.len();
                from = place.end;
                self.visit_run(entries, place, piece, Whole::Run, &mut desk, visitor);
            }
            desk.hand_on(entries, true, visitor);
        }
    }

    /// The whole runs that are laid out at once: some thousand entries, and none of an oversize
    /// run, which is laid out part by part. The first run is none.
    fn stretch<'k>(&self, keys: &'k [u64]) -> &'k [u64] {
        let reach = run_end(keys, STRETCH.min(keys.len()) - 1);
        let runs = keys[..reach].chunk_by(|a, b| key_of(*a) == key_of(*b));
        let fit = runs.take_while(|run| !self.oversize[self.rule].contains_key(&key_of(run[0])));
        &keys[..fit.map(<[u64]>::len).sum()]
    }

    fn visit_split(
        &self,
        run: &[u64],
        split: Split,
        piece: Piece,
        visitor: &mut impl FnMut(&Batch<'_>),
    ) {
        let mut desk = RunDesk::default();
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
            desk.load(self.table, self.rules, &entries);
            let all = 0..entries.len();
            self.visit_run(&entries, all, piece, whole, &mut desk, visitor);
            desk.hand_on(&entries, true, visitor);
        }
    }

    /// All pairs of a run among the entries on the desk, or only neighbours when nothing tells its
    /// records apart.
    fn visit_run(
        &self,
        entries: &[u64],
        run: Range<usize>,
        piece: Piece,
        whole: Whole,
        desk: &mut RunDesk,
        visitor: &mut impl FnMut(&Batch<'_>),
    ) {
        for outer in (run.start + piece.tile..run.end).step_by(piece.tiles) {
            let last = if whole == Whole::Chain {
                (outer + 2).min(run.end)
            } else {
                run.end
            };
            if outer + 1 < last {
                self.pick(desk, outer, last, whole);
                desk.hand_on(entries, false, visitor);
            }
        }
    }

    /// Picks the pairs of a record that this rule makes.
    #[inline]
    fn pick(&self, desk: &mut RunDesk, outer: usize, last: usize, whole: Whole) {
        let rule = u8::try_from(self.rule).expect("fewer than 255 rules");
        if !self.split && self.single.is_none() {
            desk.pick(outer, last, |_, _, agreement| {
                self.rules.first(agreement) == rule
            });
            return;
        }
        desk.pick(outer, last, |a, b, agreement| {
            let first = self.rules.first(agreement);
            let mine = if !self.split || first == NO_RULE || (first == rule && whole == Whole::Run)
            {
                first == rule
            } else {
                self.made_by(agreement, a, b) == Some(self.rule)
            };
            mine && !self
                .single
                .is_some_and(|list| self.table.same_single_list(list, a, b))
        });
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
