//! What keeps two groups of records from being one person.
//!
//! Invariant: only what is known on both sides contradicts.

use super::seeds::Seed;
use crate::when::may_meet;
use model::{Edtf, ListRow};
use std::collections::{BTreeMap, BTreeSet};

/// What tells the persons of two groups apart.
#[derive(Default)]
pub(super) struct Facts<'a> {
    born: BTreeSet<Edtf>,
    /// Rows of lists that name nobody twice, by list.
    rows: BTreeMap<&'a str, BTreeSet<(Option<&'a str>, u32)>>,
}

impl<'a> Facts<'a> {
    /// What one record says.
    pub fn of(seed: &Seed<'a>) -> Self {
        let row = seed.row.filter(|row| row.one_to_one);
        let place = |row: &'a ListRow| BTreeSet::from([(row.sheet.as_deref(), row.row)]);
        Self {
            born: seed.born.into_iter().collect(),
            rows: row
                .map(|row| (row.list.as_str(), place(row)))
                .into_iter()
                .collect(),
        }
    }

    /// Takes in what is known of another group.
    pub fn add(&mut self, other: Self) {
        self.born.extend(other.born);
        for (list, rows) in other.rows {
            self.rows.entry(list).or_default().extend(rows);
        }
    }

    /// Whether the two cannot be one person.
    pub fn contradicts(&self, other: &Self) -> bool {
        let other_row = self.rows.iter().any(|(list, rows)| {
            let same_list = other.rows.get(list);
            same_list.is_some_and(|others| others.iter().any(|row| !rows.contains(row)))
        });
        let other_birth = self
            .born
            .iter()
            .any(|own| other.born.iter().any(|born| !may_meet(own, born, 0)));
        other_row || other_birth
    }
}
