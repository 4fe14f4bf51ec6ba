//! The persons of the archive's lists as the estimate of those in no list takes them.
//!
//! Invariant: a person counts once on each list, whatever number of its rows they are; whoever is
//! on no list counts nowhere.

use crate::people::People;
use crate::{Assembled, Result};
use estimate::{Estimate, Histories, InputError, Pattern, Person, Plan};
use link::persons::PersonRow;
use std::collections::BTreeSet;

/// Seed of the draws that are made when nobody gave one.
const SEED: u64 = 1;

impl People {
    /// Names of the archive's lists, ascending.
    #[must_use]
    pub fn lists(&self) -> Vec<String> {
        let there = self.rows.iter().map(|row| row.list.as_str());
        let there: BTreeSet<&str> = there.filter(|list| !list.is_empty()).collect();
        there.into_iter().map(str::to_owned).collect()
    }

    /// Each person of these lists, with the lists that hold it, and when and where something
    /// happened to it, as far as all its rows agree.
    ///
    /// # Errors
    /// When there are more lists than can be compared.
    pub fn listed(&self, names: &[String]) -> Result<Vec<Person>, InputError> {
        let mut members = Vec::new();
        for rows in self.persons() {
            let on: BTreeSet<usize> = rows
                .iter()
                .filter_map(|row| names.iter().position(|name| *name == row.list))
                .collect();
            if on.is_empty() {
                continue;
            }
            let on: Vec<usize> = on.into_iter().collect();
            members.push(Person {
                lists: Pattern::of(&on)?,
                year: agreed(&rows, |row| Some(i32::from(row.event_date?.of_year()))),
                place: agreed(&rows, |row| row.event_places.first().cloned()),
            });
        }
        Ok(members)
    }
}

impl Assembled {
    /// How many persons are in no list at all, by the usual plan; `None` where the archive has no
    /// lists. Takes seconds, the first time it is asked for.
    ///
    /// # Errors
    /// As [`Assembled::people`], and when the lists cannot be compared.
    pub fn estimate(&self) -> Result<Option<&Estimate>> {
        let made = self.estimated();
        if let Some(estimate) = made.get() {
            return Ok(estimate.as_ref());
        }
        let people = self.people()?;
        let names = people.lists();
        let estimate = match names.is_empty() {
            true => None,
            false => {
                let members = people.listed(&names)?;
                let table = Histories::from_people(names, members.iter().map(|one| one.lists))?;
                Some(estimate::estimate(&table, &Plan::usual(SEED))?)
            }
        };
        Ok(made.get_or_init(|| estimate).as_ref())
    }
}

/// What all rows say that say anything; `None` when they disagree.
fn agreed<T: PartialEq>(rows: &[&PersonRow], of: impl Fn(&PersonRow) -> Option<T>) -> Option<T> {
    let mut values = rows.iter().filter_map(|row| of(row));
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
