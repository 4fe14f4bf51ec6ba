//! Two records become one number, their pattern: the levels of all comparisons in mixed radix.
//! Invariant: a pattern says nothing about texts, only about agreement, so counts of patterns are
//! all that training needs (Fellegi and Sunter 1969).

use super::level;
use super::packed::{Packed, Slot};
use super::rules::RuleSet;
use super::schema::Measure;
use super::similarity::{Prepared, by_edits, by_similarity};
use super::table::Table;

/// A comparison made ready for the pair loop.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) measure: Measure,
    pub(crate) slots: [Slot; 4],
    pub(crate) depth: usize,
    /// The field whose dictionary or sets are needed, and whose frequencies count.
    pub(crate) field: usize,
    pub(crate) levels: u32,
    pub(crate) stride: u32,
}

/// All comparisons of a table; shared by threads.
#[derive(Debug)]
pub(crate) struct Comparator<'t> {
    pub(crate) table: &'t Table,
    pub(crate) ready: Vec<Ready>,
}

/// What one thread prepares while it compares.
#[derive(Default)]
pub(crate) struct Desk {
    prepared: [Prepared; 16],
    /// Of each pair of a batch, what is known so far.
    pub(crate) sums: Vec<Sum>,
}

/// A pair while its comparisons add up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sum {
    pub(crate) bits: f32,
    /// Most that the open comparisons can add.
    pub(crate) at_most: f32,
    pub(crate) pattern: u32,
    /// Comparisons that need texts.
    pub(crate) open: u32,
}

impl<'t> Comparator<'t> {
    pub(crate) fn new(table: &'t Table) -> Self {
        let mut ready = Vec::new();
        let mut stride = 1;
        for comparison in &table.schema.comparisons {
            let fields: Vec<usize> = comparison
                .fields
                .iter()
                .filter_map(|name| table.schema.field(name))
                .collect();
            let mut slots = [Slot::default(); 4];
            for (slot, &field) in slots.iter_mut().zip(&fields) {
                *slot = table.slots[field];
            }
            let field = *fields
                .last()
                .expect("a checked comparison names fields that exist");
            let levels = comparison.levels();
            ready.push(Ready {
                measure: comparison.measure,
                slots,
                depth: fields.len(),
                field,
                levels,
                stride,
            });
            stride *= levels;
        }
        Self { table, ready }
    }

    /// The comparisons (as bits) in which every pair that a rule makes stands at level 1, because
    /// the rule asks for the very value that they compare.
    pub(crate) fn settled(&self, rules: &RuleSet, rule: usize) -> u32 {
        let asked = |slot: Slot, part: Option<&str>| {
            let mut held = (0..rules.atoms.len()).filter(|atom| rules.masks[rule] >> atom & 1 == 1);
            held.any(|atom| {
                let named = rules.names[atom].split_once('/').map(|(_, part)| part);
                self.table.slots[rules.atoms[atom].field] == slot && named == part
            })
        };
        let settles = |ready: &Ready| match ready.measure {
            Measure::Exact | Measure::JaroWinkler { .. } | Measure::Edits { .. } => {
                asked(ready.slots[0], None)
            }
            Measure::Hierarchy => asked(ready.slots[(ready.depth - 1) & 3], None),
            Measure::Year => asked(ready.slots[0], Some("year")),
            Measure::Birth | Measure::Event | Measure::Overlap => false,
        };
        (0..self.ready.len())
            .filter(|&comparison| settles(&self.ready[comparison]))
            .fold(0, |bits, comparison| bits | 1 << comparison)
    }

    /// The level of a pattern in one comparison.
    #[inline]
    pub(crate) fn level(&self, pattern: u32, comparison: usize) -> u32 {
        let ready = &self.ready[comparison];
        pattern / ready.stride % ready.levels
    }

    /// The level without looking into texts that differ; `None` when texts must be compared.
    #[inline]
    pub(crate) fn quick(&self, comparison: usize, a: &Packed, b: &Packed) -> Option<u32> {
        let ready = &self.ready[comparison];
        let (x, y) = (ready.slots[0].get(a), ready.slots[0].get(b));
        Some(match ready.measure {
            Measure::Exact => u32::from(x != 0 && y != 0) * (1 + u32::from(x != y)),
            Measure::JaroWinkler { .. } | Measure::Edits { .. } => {
                if x == 0 || y == 0 {
                    0
                } else if x == y {
                    1
                } else {
                    return None;
                }
            }
            Measure::Birth => level::birth(x, y),
            Measure::Event => level::event(x, y),
            Measure::Year => level::year(x, y),
            Measure::Hierarchy => level::hierarchy(ready.depth, |depth| {
                (ready.slots[depth].get(a), ready.slots[depth].get(b))
            }),
            Measure::Overlap => {
                let sets = &self.table.sets[ready.field];
                level::overlap(&sets[x as usize], &sets[y as usize])
            }
        })
    }

    /// The level of two texts that are known and differ.
    #[inline]
    pub(crate) fn texts(&self, comparison: usize, a: &Packed, b: &Packed, desk: &mut Desk) -> u32 {
        let ready = &self.ready[comparison];
        let (x, y) = (ready.slots[0].get(a), ready.slots[0].get(b));
        let (texts, prepared) = (
            &self.table.dictionaries[ready.field],
            &mut desk.prepared[comparison & 15],
        );
        match ready.measure {
            Measure::JaroWinkler { near, alike } => {
                by_similarity(texts, x, y, near, alike, prepared)
            }
            Measure::Edits { few, some } => by_edits(texts, x, y, few, some, prepared),
            _ => 0,
        }
    }

    /// The pattern of two records.
    #[inline]
    pub(crate) fn pattern(&self, a: &Packed, b: &Packed, desk: &mut Desk) -> u32 {
        let mut pattern = 0;
        for (comparison, ready) in self.ready.iter().enumerate() {
            let level = self
                .quick(comparison, a, b)
                .unwrap_or_else(|| self.texts(comparison, a, b, desk));
            pattern += level * ready.stride;
        }
        pattern
    }

    /// The value that frequency speaks of when a comparison stands at level 1.
    #[inline]
    pub(crate) fn shared(&self, comparison: usize, a: &Packed) -> u32 {
        let ready = &self.ready[comparison];
        ready.slots[(ready.depth - 1) & 3].get(a)
    }
}
