//! Records of some runs fetched together, and the pairs among them that a rule makes. The atoms of
//! a record stand side by side, so that the processor compares all of them at once.

use super::packed::Packed;
use super::rules::RuleSet;
use super::table::Table;

/// Atoms that are compared at once.
pub(crate) const LANES: usize = 8;
/// Stands for an unknown atom of the record that others are compared with: no atom has this value.
const NOTHING: u32 = u32::MAX;

/// Pairs are handed on when so many wait.
const WAITING: usize = 2048;

/// Runs laid out for comparison, reused from stretch to stretch.
#[derive(Default)]
pub(crate) struct RunDesk {
    pub(crate) records: Vec<Packed>,
    /// The atoms of each record, in one block or two.
    lanes: Vec<[u32; LANES]>,
    blocks: usize,
    /// Room for pairs; the first `waiting` are meant.
    pairs: Vec<[u32; 2]>,
    waiting: usize,
}

/// Pairs among records that were fetched together.
pub(crate) struct Batch<'r> {
    /// Keys and rows of the records.
    pub(crate) entries: &'r [u64],
    pub(crate) records: &'r [Packed],
    /// Positions of two records of one run, the lower row first; those of one record together.
    pub(crate) pairs: &'r [[u32; 2]],
}

impl Batch<'_> {
    /// The row at a position.
    #[inline]
    pub(crate) fn row(&self, position: u32) -> u32 {
        (self.entries[position as usize] & 0xFFFF_FFFF) as u32
    }
}

/// In which lanes two blocks are equal.
#[inline]
pub(crate) fn equal(a: &[u32; LANES], b: &[u32; LANES]) -> u32 {
    let mut bits = 0;
    for lane in 0..LANES {
        bits |= u32::from(a[lane] == b[lane]) << lane;
    }
    bits
}

impl RunDesk {
    /// Copies records together. Many at a time, because each comes from another place in memory and
    /// the processor waits for several as long as for one.
    pub(crate) fn load(&mut self, table: &Table, rules: &RuleSet, entries: &[u64]) {
        self.records.clear();
        self.records.extend(
            entries
                .iter()
                .map(|&entry| table.records[(entry & 0xFFFF_FFFF) as usize]),
        );
        self.blocks = rules.atoms.len().div_ceil(LANES).max(1);
        self.lanes.clear();
        self.lanes
            .resize(self.records.len() * self.blocks, [0; LANES]);
        for (blocks, record) in self.lanes.chunks_exact_mut(self.blocks).zip(&self.records) {
            for (block, atoms) in blocks.iter_mut().zip(rules.atoms.chunks(LANES)) {
                for (lane, atom) in block.iter_mut().zip(atoms) {
                    *lane = atom.get(record);
                }
            }
        }
    }

    /// Adds the pairs of a record with those that follow it up to `last`, where `made` says so of
    /// the atoms on which they agree; without a branch that the processor would guess wrong.
    #[inline]
    pub(crate) fn pick(
        &mut self,
        outer: usize,
        last: usize,
        mut made: impl FnMut(&Packed, &Packed, u32) -> bool,
    ) {
        let most = self.waiting + last - outer - 1;
        if self.pairs.len() < most {
            self.pairs.resize(most + WAITING, [0; 2]);
        }
        let own = |block: usize| {
            let lanes = &self.lanes[outer * self.blocks + block];
            lanes.map(|lane| if lane == 0 { NOTHING } else { lane })
        };
        let (record, mut waiting) = (&self.records[outer], self.waiting);
        let mut take = |inner: usize, other: &Packed, agreement: u32| {
            self.pairs[waiting] = [outer as u32, inner as u32];
            waiting += usize::from(made(record, other, agreement));
        };
        let others = (outer + 1..last).zip(&self.records[outer + 1..last]);
        let lanes = &self.lanes[(outer + 1) * self.blocks..last * self.blocks];
        if self.blocks == 1 {
            let own = own(0);
            for ((inner, other), block) in others.zip(lanes) {
                take(inner, other, equal(&own, block));
            }
        } else {
            let (first, second) = (own(0), own(1));
            for ((inner, other), blocks) in others.zip(lanes.chunks_exact(2)) {
                let more = equal(&second, &blocks[1]);
                take(inner, other, equal(&first, &blocks[0]) | more << LANES);
            }
        }
        self.waiting = waiting;
    }

    /// Hands on the pairs that wait: all that are `left`, or else only when they are many.
    #[inline]
    pub(crate) fn hand_on(
        &mut self,
        entries: &[u64],
        left: bool,
        visitor: &mut impl FnMut(&Batch<'_>),
    ) {
        // Visitors may prepare every record, so long runs wait for more.
        if self.waiting >= WAITING.max(4 * self.records.len()) || (left && self.waiting > 0) {
            visitor(&Batch {
                entries,
                records: &self.records,
                pairs: &self.pairs[..self.waiting],
            });
            self.waiting = 0;
        }
    }
}
