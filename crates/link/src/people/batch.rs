//! One record against the rest of its run. Agreement on atoms is found column by column, so that
//! the processor does several pairs at once; only pairs that this rule makes go on.

use super::packed::Packed;
use super::rules::RuleSet;
use super::table::Table;

/// Below this many pairs columns cost more than they save.
const FEW: usize = 6;

/// A run laid out for comparison, reused from run to run.
#[derive(Default)]
pub(crate) struct RunDesk {
    pub(crate) records: Vec<Packed>,
    columns: [Vec<u32>; 8],
    /// Agreement of the outer record with each that follows it.
    pub(crate) agreement: Vec<u32>,
    pub(crate) picked: Vec<u32>,
}

/// The pairs of one record: with each picked record of the run, all of which follow it.
pub(crate) struct Batch<'r> {
    pub(crate) run: &'r [u64],
    pub(crate) records: &'r [Packed],
    pub(crate) outer: usize,
    pub(crate) picked: &'r [u32],
}

impl Batch<'_> {
    /// The row at a position of the run.
    #[inline]
    pub(crate) fn row(&self, position: usize) -> u32 {
        (self.run[position] & 0xFFFF_FFFF) as u32
    }

    /// The record that all are compared with.
    #[inline]
    pub(crate) fn record(&self) -> &Packed {
        &self.records[self.outer]
    }
}

impl RunDesk {
    /// Copies the records of a run together.
    pub(crate) fn load(&mut self, table: &Table, rules: &RuleSet, run: &[u64]) {
        self.records.clear();
        self.records.extend(
            run.iter()
                .map(|&entry| table.records[(entry & 0xFFFF_FFFF) as usize]),
        );
        if run.len() > FEW {
            for word in rules.words_used() {
                let column = &mut self.columns[word];
                column.clear();
                column.extend(self.records.iter().map(|record| record[word]));
            }
        }
    }

    /// Finds on which atoms a record agrees with each that follows it, up to `last`.
    pub(crate) fn agree(&mut self, rules: &RuleSet, outer: usize, last: usize) {
        let record = &self.records[outer];
        let known = rules.known(record);
        self.agreement.clear();
        if last - outer <= FEW || self.records.len() <= FEW {
            let others = &self.records[outer + 1..last];
            self.agreement.extend(
                others
                    .iter()
                    .map(|other| rules.agreement(record, known, other)),
            );
            return;
        }
        self.agreement.resize(last - outer - 1, 0);
        for (position, (word, mask)) in rules.masked().enumerate() {
            if known >> position & 1 == 0 {
                continue;
            }
            let own = self.columns[word][outer];
            for (bits, other) in self
                .agreement
                .iter_mut()
                .zip(&self.columns[word][outer + 1..last])
            {
                *bits |= u32::from((own ^ other) & mask == 0) << position;
            }
        }
    }
}
