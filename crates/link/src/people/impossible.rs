//! What no two rows of one person can hold: facts that contradict each other beyond any slip, and
//! two places in a list that holds nobody twice. Which facts, and in which words, is data.

use super::level::{births_irreconcilable, years_irreconcilable};
use super::packed::Slot;
use super::schema::{Kind, Measure};
use super::table::Table;

/// Checks for impossibilities, made ready.
#[derive(Debug)]
pub(crate) struct Impossible<'t> {
    table: &'t Table,
    facts: Vec<Fact>,
    single: Option<Slot>,
    list: Option<usize>,
}

#[derive(Debug)]
struct Fact {
    slot: Slot,
    birth: bool,
    date: bool,
    field: usize,
    sentence: String,
}

impl<'t> Impossible<'t> {
    pub(crate) fn new(table: &'t Table) -> Self {
        let fact = |comparison: &super::Comparison| {
            let field = table.schema.field(comparison.fields.last()?)?;
            Some(Fact {
                slot: table.slots[field],
                birth: comparison.measure == Measure::Birth,
                date: table.schema.fields[field].kind == Kind::Date,
                field,
                sentence: comparison.impossible.clone()?,
            })
        };
        let facts = table.schema.comparisons.iter().filter_map(fact).collect();
        Self {
            table,
            facts,
            single: table.single_slot(),
            list: table.schema.field("list"),
        }
    }

    /// Whether anything can be impossible at all.
    pub(crate) fn can_be(&self) -> bool {
        self.single.is_some() || !self.facts.is_empty()
    }

    /// Whether two rows cannot be one person.
    #[inline]
    pub(crate) fn are(&self, a: u32, b: u32) -> bool {
        let (one, other) = (
            &self.table.records[a as usize],
            &self.table.records[b as usize],
        );
        self.single
            .is_some_and(|list| self.table.same_single_list(list, one, other))
            || self
                .facts
                .iter()
                .any(|fact| fact.contradicts(fact.slot.get(one), fact.slot.get(other)))
    }

    /// Why two rows cannot be one person.
    pub(crate) fn why(&self, a: u32, b: u32) -> Option<String> {
        let (one, other) = (
            &self.table.records[a as usize],
            &self.table.records[b as usize],
        );
        if self
            .single
            .is_some_and(|list| self.table.same_single_list(list, one, other))
        {
            let list = self
                .list
                .and_then(|field| self.table.words(a, field))
                .unwrap_or_default();
            return Some(format!(
                "both stand in the list {list}, which claims to hold nobody twice"
            ));
        }
        let fact = self
            .facts
            .iter()
            .find(|fact| fact.contradicts(fact.slot.get(one), fact.slot.get(other)))?;
        let value = |row| self.table.words(row, fact.field).unwrap_or_default();
        Some(format!("{}: {} and {}", fact.sentence, value(a), value(b)))
    }
}

impl Fact {
    fn contradicts(&self, a: u32, b: u32) -> bool {
        if self.birth {
            births_irreconcilable(a, b)
        } else if self.date {
            years_irreconcilable(a, b)
        } else {
            a != 0 && b != 0 && a != b
        }
    }
}
