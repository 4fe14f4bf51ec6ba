//! Persons of all lists and documents, linked.
//!
//! Invariant: only rows of lists are linked by machine; what a person judged holds on every run.

use crate::spill::TemporaryFiles;
use crate::{Error, Result};
use link::people::{
    self, Explanation, Linkage, Options, PartialDay, Plan, Progress, RowId, RuleReport, Table,
    TrainingReport,
};
use link::persons::{self, PersonRow, Sex};
use model::{Matter, PartialDate, Qualifier, RecordId, RecordKind};
use std::collections::{BTreeMap, BTreeSet};

/// What linking persons found, and what it rests on.
#[derive(Debug)]
pub struct People {
    /// The rows, by record.
    pub rows: Vec<PersonRow>,
    /// Persons, questions, conflicts.
    pub linkage: Linkage,
    /// What each blocking rule did.
    pub rules: Vec<RuleReport>,
    /// What the weights rest on.
    pub training: Option<TrainingReport>,
    /// Why nothing could be learnt, where that is so: then only judgements link.
    pub not_learnt: Option<String>,
    /// Estimated share of true pairs that no rule makes, from 0 to 1.
    pub blocking_loss: Option<f64>,
    table: Option<Table>,
    options: Options,
    by_record: BTreeMap<RecordId, usize>,
}

impl People {
    /// Links the persons among `records`.
    pub(crate) fn link(
        records: &[model::Record],
        judgements: &[model::Judgement],
        options: Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self> {
        let mut rows = persons::rows(records);
        rows.sort_by_key(|row| row.record);
        let by_record = rows.iter().enumerate();
        let mut people = Self {
            by_record: by_record.map(|(at, row)| (row.record, at)).collect(),
            linkage: Linkage {
                persons: Vec::new(),
                joins: Vec::new(),
                apart: Vec::new(),
                questions: Vec::new(),
                conflicts: Vec::new(),
            },
            rules: Vec::new(),
            training: None,
            not_learnt: None,
            blocking_loss: None,
            table: None,
            options,
            rows,
        };
        if people.rows.len() < 2 {
            return Ok(people);
        }
        let packed: Vec<people::PersonRow> = people.rows.iter().map(packed).collect();
        let mut single: Vec<String> = people
            .rows
            .iter()
            .filter(|row| row.one_to_one)
            .map(|row| row.list.clone())
            .collect();
        single.sort();
        single.dedup();
        let table = people::persons(&packed, &single).map_err(wrong)?;
        let judged = people.judged(judgements);
        {
            let plan = match Plan::learn(&table, &people.options, progress) {
                // Few or short lists are no error: people can still say who is who.
                Err(people::PeopleError::Training(why)) => {
                    people.linkage.persons = judged_the_same(&judged);
                    people.not_learnt = Some(why);
                    return Ok(people);
                }
                plan => plan.map_err(wrong)?,
            };
            let mut spill = TemporaryFiles::default();
            let (linkage, rules) = plan.link(&judged, &mut spill, progress).map_err(wrong)?;
            people.linkage = linkage;
            people.rules = rules;
            people.blocking_loss = plan.blocking_loss;
            people.training = Some(plan.training.clone());
        }
        people.table = Some(table);
        Ok(people)
    }

    /// The judgements about rows that are there.
    fn judged(&self, judgements: &[model::Judgement]) -> Vec<people::Judgement> {
        let mut judged = Vec::new();
        for judgement in judgements {
            let Matter::Pair(one, other) = &judgement.matter else {
                continue;
            };
            let verdict = match judgement.verdict {
                model::Verdict::Same => people::Verdict::Same,
                model::Verdict::Different => people::Verdict::Different,
                model::Verdict::Unsure => people::Verdict::Unsure,
                model::Verdict::Acknowledged | model::Verdict::Withdrawn => continue,
            };
            let here = |record| self.by_record.contains_key(record);
            let persons = one.kind == RecordKind::Person && other.kind == RecordKind::Person;
            if persons && here(&one.record) && here(&other.record) {
                judged.push(people::Judgement {
                    a: row_id(&one.record),
                    b: row_id(&other.record),
                    verdict,
                });
            }
        }
        judged
    }

    /// Why two rows are taken for one person or not; `None` when one of them is no row.
    ///
    /// # Errors
    /// When weights cannot be learnt, which linking would have said.
    pub fn why(&self, one: &RecordId, other: &RecordId) -> Result<Option<Explanation>> {
        let here = |record| self.by_record.contains_key(record);
        let Some(table) = self.table.as_ref().filter(|_| here(one) && here(other)) else {
            return Ok(None);
        };
        let plan = Plan::learn(table, &self.options, &mut |_| {}).map_err(wrong)?;
        let why = plan.why(row_id(one), row_id(other)).map_err(wrong)?;
        Ok(Some(why))
    }

    /// The pairs through which two rows came together, as records; empty when they did not.
    #[must_use]
    pub fn path(&self, one: &RecordId, other: &RecordId) -> Vec<(RecordId, RecordId, f32)> {
        let joins = self.linkage.why_together(row_id(one), row_id(other));
        let joins = joins.into_iter();
        joins
            .map(|join| (record_id(join.a), record_id(join.b), join.bits))
            .collect()
    }

    /// The row of a record.
    #[must_use]
    pub fn row(&self, record: &RecordId) -> Option<&PersonRow> {
        self.rows.get(*self.by_record.get(record)?)
    }

    /// Every person, with its rows; those of one row too, in the order of their first rows.
    #[must_use]
    pub fn persons(&self) -> Vec<Vec<&PersonRow>> {
        let mut person_of: BTreeMap<RecordId, usize> = BTreeMap::new();
        for (number, person) in self.linkage.persons.iter().enumerate() {
            person_of.extend(person.iter().map(|row| (record_id(*row), number)));
        }
        let mut persons: Vec<Vec<&PersonRow>> = Vec::new();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for row in &self.rows {
            match person_of.get(&row.record) {
                Some(number) => {
                    let place = *places.entry(*number).or_insert_with(|| {
                        persons.push(Vec::new());
                        persons.len() - 1
                    });
                    persons[place].push(row);
                }
                None => persons.push(vec![row]),
            }
        }
        persons
    }

    /// The records of persons of two rows or more.
    #[must_use]
    pub fn clusters(&self) -> Vec<Vec<RecordId>> {
        let persons = self.linkage.persons.iter();
        persons
            .map(|person| {
                let records: Vec<RecordId> = person.iter().map(|row| record_id(*row)).collect();
                let cases = records.iter().filter_map(|record| self.row(record)?.case);
                cases.chain(records.iter().copied()).collect()
            })
            .collect()
    }
}

/// Groups of rows that people judged the same, where no weights are known.
fn judged_the_same(judged: &[people::Judgement]) -> Vec<Vec<RowId>> {
    let same = judged
        .iter()
        .filter(|one| one.verdict == people::Verdict::Same);
    let mut groups: Vec<BTreeSet<RowId>> = Vec::new();
    for judgement in same {
        let mut joined = BTreeSet::from([judgement.a, judgement.b]);
        groups.retain(|group| {
            let meets = group.contains(&judgement.a) || group.contains(&judgement.b);
            if meets {
                joined.extend(group);
            }
            !meets
        });
        groups.push(joined);
    }
    groups.sort();
    groups
        .into_iter()
        .map(|group| group.into_iter().collect())
        .collect()
}

/// The id of a record as linking takes it.
#[must_use]
pub fn row_id(record: &RecordId) -> RowId {
    RowId(u128::from_be_bytes(*record.as_bytes()))
}

/// The record of a row.
#[must_use]
pub fn record_id(row: RowId) -> RecordId {
    RecordId::from_bytes(row.0.to_be_bytes())
}

fn wrong(error: people::PeopleError) -> Error {
    Error::People(error.to_string())
}

fn packed(row: &PersonRow) -> people::PersonRow {
    let place = row.event_places.first().or(row.residences.first());
    let place = place.or(row.birthplace.as_ref()).cloned();
    let born = row.born.map(day).or_else(|| {
        let (age, as_of) = row.age?;
        let age = u8::try_from(age).ok()?;
        Some(PartialDay::from_age(age, as_of?.of_year()))
    });
    people::PersonRow {
        id: Some(row_id(&row.record)),
        list: row.list.clone(),
        names: row.names.iter().map(|name| name.form.clone()).collect(),
        sex: row.sex.map(|sex| {
            let code = match sex {
                Sex::Female => "f",
                Sex::Male => "m",
                Sex::Other => "o",
            };
            code.to_owned()
        }),
        born,
        died: row.died.map(day),
        event: row.event_date.map(day),
        place: [row.nationality.clone(), None, place, None],
        relatives: row
            .relatives
            .iter()
            .map(|one| one.name.form.clone())
            .collect(),
    }
}

fn day(date: PartialDate) -> PartialDay {
    let mut day = PartialDay::new(
        date.of_year(),
        date.of_month().unwrap_or(0),
        date.of_day().unwrap_or(0),
    );
    if date.qualifier() != Qualifier::Exact {
        day.tolerance = 1;
    }
    day
}
