//! What may open a case: a `Case` record, or an allegation that names its victim.
//!
//! Invariant: seeds come in the order of their records' ids.

use super::Statuses;
use crate::corpus::{Corpus, fold};
use model::{
    Case, Code, Edtf, EntityKind, EntityRef, ListRow, Record, RecordBody, RecordId, SourceId,
};
use std::collections::{BTreeSet, HashMap};

/// One record that speaks of a person or group to be found, freed or reunited.
pub(super) struct Seed<'a> {
    /// The case, or the allegation.
    pub record: &'a Record,
    /// Who.
    pub subject: &'a EntityRef,
    /// Term of the vocabulary `case-category`.
    pub category: Code,
    /// Whether only an allegation proposes it.
    pub is_proposed: bool,
    /// Written forms of the name.
    pub names: Vec<String>,
    /// Records of the person.
    pub persons: Vec<&'a Record>,
    /// Date of birth.
    pub born: Option<Edtf>,
    /// When the person was taken or last seen.
    pub taken: Option<Edtf>,
    /// The row of a list that it stands in.
    pub row: Option<&'a ListRow>,
}

impl Seed<'_> {
    /// The name it is shown by.
    pub fn name(&self) -> String {
        self.subject.name.clone()
    }
}

/// Persons of the corpus, findable from the records that speak of them.
struct Persons<'a> {
    by_id: HashMap<RecordId, &'a Record>,
    by_row: HashMap<(SourceId, Option<&'a str>, u32), &'a Record>,
    by_name: HashMap<(SourceId, String), &'a Record>,
}

impl<'a> Persons<'a> {
    fn of(corpus: &Corpus<'a>) -> Self {
        let mut persons = Self {
            by_id: HashMap::new(),
            by_row: HashMap::new(),
            by_name: HashMap::new(),
        };
        for &record in &corpus.records {
            let RecordBody::Person(person) = &record.body else {
                continue;
            };
            persons.by_id.insert(record.id, record);
            let Some(source) = record.source else {
                continue;
            };
            if let Some(listed) = &person.listed {
                let row = (source, listed.value.sheet.as_deref(), listed.value.row);
                persons.by_row.entry(row).or_insert(record);
                continue;
            }
            for name in &person.names {
                let name = (source, fold(&name.value.form));
                persons.by_name.entry(name).or_insert(record);
            }
        }
        persons
    }

    /// The records of the person that a record is about: the one it names, the one in its row,
    /// the one of that name in its document.
    fn find(&self, record: &Record, subject: &EntityRef, row: Option<&ListRow>) -> Vec<&'a Record> {
        let mut found: Vec<&Record> = Vec::new();
        if let Some(id) = subject.record {
            found.extend(self.by_id.get(&id));
        }
        if let Some(source) = record.source {
            if let Some(row) = row {
                found.extend(self.by_row.get(&(source, row.sheet.as_deref(), row.row)));
            } else if subject.record.is_none() {
                found.extend(self.by_name.get(&(source, fold(&subject.name))));
            }
        }
        found.sort_by_key(|record| record.id);
        found.dedup_by_key(|record| record.id);
        found
    }
}

/// Everything in the corpus that opens or proposes a case.
pub(super) fn seeds<'a>(corpus: &Corpus<'a>, statuses: &Statuses) -> Vec<Seed<'a>> {
    let persons = Persons::of(corpus);
    let mut seeds = Vec::new();
    for &record in &corpus.records {
        match &record.body {
            RecordBody::Case(case) => seeds.push(of_case(record, case, &persons)),
            RecordBody::Allegation(allegation) => {
                let opening = statuses.opening(allegation.violation.value.as_str());
                let happened = allegation.modality.value != model::Modality::Denied;
                let Some(category) = opening.filter(|_| happened) else {
                    continue;
                };
                let taken = allegation.date.as_ref().map(|date| date.value.date);
                for victim in &allegation.victims {
                    let subject = &victim.value.who;
                    if !is_full_name(subject) {
                        continue;
                    }
                    let persons = persons.find(record, subject, None);
                    seeds.push(seed(record, subject, category.into(), persons, taken, None));
                }
            }
            _ => {}
        }
    }
    seeds
}

fn of_case<'a>(record: &'a Record, case: &'a Case, persons: &Persons<'a>) -> Seed<'a> {
    let row = case.listed.as_ref().map(|listed| &listed.value);
    let taken = case.taken_on.as_ref().or(case.last_seen_on.as_ref());
    let taken = taken.map(|date| date.value.date);
    let found = persons.find(record, &case.subject.value, row);
    let category = case.category.value.clone();
    seed(record, &case.subject.value, category, found, taken, row)
}

fn seed<'a>(
    record: &'a Record,
    subject: &'a EntityRef,
    category: Code,
    persons: Vec<&'a Record>,
    taken: Option<Edtf>,
    row: Option<&'a ListRow>,
) -> Seed<'a> {
    let mut names = BTreeSet::from([subject.name.clone()]);
    let mut born = None;
    for person in &persons {
        if let RecordBody::Person(it) = &person.body {
            names.extend(it.names.iter().map(|name| name.value.form.clone()));
            born = born.or(it.born.as_ref().map(|born| born.value.date));
        }
    }
    Seed {
        record,
        subject,
        category,
        is_proposed: !matches!(record.body, RecordBody::Case(_)),
        names: names.into_iter().collect(),
        persons,
        born,
        taken,
        row,
    }
}

/// Whether an entity is a person by more than one name, so that it may be told from others.
fn is_full_name(entity: &EntityRef) -> bool {
    let folded = fold(&entity.name);
    let several = folded.contains(' ');
    let without_spaces = !folded.is_ascii() && folded.chars().count() >= 3;
    entity.kind == EntityKind::Person && (several || without_spaces)
}
