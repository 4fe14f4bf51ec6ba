//! Two records become one number, their pattern: the levels of all comparisons in mixed radix.
//! Invariant: a pattern says nothing about texts, only about agreement, so counts of patterns are
//! all that training needs (Fellegi and Sunter 1969).

use super::batch::LANES;
use super::level;
use super::packed::{Packed, Slot};
use super::rules::RuleSet;
use super::schema::Measure;
use super::similarity::{Letters, Prepared, by_edits, by_similarity, letters_allow_edits};
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
    /// Whether some record leaves its year open.
    pub(crate) open_years: bool,
    letters: Letters,
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
    /// Pairs that may still be kept.
    pub(crate) likely: Vec<Likely>,
    /// Of each record of a batch, the lanes by which it is sifted: as they are, and as another
    /// record must have them.
    pub(crate) lanes: Vec<([u32; LANES], [u32; LANES])>,
    /// Of each record of a batch, what is known of all its pairs.
    pub(crate) traits: Vec<Traits>,
}

/// A pair while its comparisons add up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Likely {
    /// Positions of its records.
    pub(crate) pair: [u32; 2],
    /// Most that it can weigh, as far as is known.
    pub(crate) bits: f32,
}

/// What a record brings to all its pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    /// The prior, what the rule has settled, and the most that is not looked at.
    pub(crate) bits: f32,
    /// Its lanes that are known.
    pub(crate) known: u32,
    /// What its values add where another record shares them.
    pub(crate) rare: [f32; 2],
}

impl Ready {
    /// The lane in which two records agree exactly when they stand at level 1.
    pub(crate) fn equal_lane(&self) -> Option<usize> {
        match self.measure {
            Measure::Exact | Measure::JaroWinkler { .. } | Measure::Edits { .. } => Some(0),
            Measure::Hierarchy => Some(self.depth - 1),
            Measure::Birth | Measure::Event | Measure::Year | Measure::Overlap => None,
        }
    }
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
            let open_year = |record: &Packed| slots[0].get(record) >> 21 != 0;
            ready.push(Ready {
                open_years: comparison.measure == Measure::Birth
                    && table.records.iter().any(open_year),
                measure: comparison.measure,
                slots,
                depth: fields.len(),
                field,
                levels,
                stride,
                letters: match comparison.measure {
                    Measure::JaroWinkler { alike, .. } => Letters::new(alike),
                    _ => Letters::default(),
                },
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

    /// Whether two texts that are known and differ can stand at another level than the last, as
    /// far as their letters say.
    #[inline]
    pub(crate) fn letters_allow(&self, ready: &Ready, x: u32, y: u32) -> bool {
        let texts = &self.table.dictionaries[ready.field];
        let (one, other) = (texts.outline(x), texts.outline(y));
        match ready.measure {
            Measure::JaroWinkler { .. } => ready.letters.allow(one, other),
            Measure::Edits { some, .. } => letters_allow_edits(one, other, some),
            _ => true,
        }
    }

    /// The level of two texts that are known and differ.
    #[inline]
    pub(crate) fn texts(&self, comparison: usize, a: &Packed, b: &Packed, desk: &mut Desk) -> u32 {
        let ready = &self.ready[comparison];
        let (x, y) = (ready.slots[0].get(a), ready.slots[0].get(b));
        if !self.letters_allow(ready, x, y) {
            return ready.levels - 1;
        }
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
