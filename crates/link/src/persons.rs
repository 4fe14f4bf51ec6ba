//! Persons as lists give them, made ready for linkage: one row a person on a list, of the newest
//! version of that list that names them.
//!
//! Invariant: nothing is invented. An age becomes a year of birth only where the list says as of
//! when, and then as an approximate one. A row that a newer version of its list no longer has
//! stays. The result depends on the records alone, not on their order.

use model::{
    Cited, Edtf, EntityRef, Name, PartialDate, Person, Qualifier, Record, RecordBody, RecordId,
    Relative, SourceId, Status,
};
use std::collections::BTreeMap;

/// Sex, as lists state it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neither, or another word.
    Other,
}

/// One person on one list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRow {
    /// The person's record.
    pub record: RecordId,
    /// The case's record of the same row, where there is one.
    pub case: Option<RecordId>,
    /// The source it was read from.
    pub source: SourceId,
    /// The list's name; persons of documents that are no lists have none.
    pub list: String,
    /// Row of the list, from 1; 0 where there is none.
    pub row: u32,
    /// Whether the list claims to name nobody twice.
    pub one_to_one: bool,
    /// Every written form of the name, the first as the list's own.
    pub names: Vec<Name>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Date of birth, or the year that follows from age and date (approximate).
    pub born: Option<PartialDate>,
    /// Age in whole years as stated, and the date it is stated for.
    pub age: Option<(u16, Option<PartialDate>)>,
    /// Nationality, as a key (`state:KR`) or in lower case.
    pub nationality: Option<String>,
    /// Places of birth and residence, then those of what happened, as keys or in lower case.
    pub birthplace: Option<String>,
    /// Where the person lived.
    pub residences: Vec<String>,
    /// Where the person was taken, held or last seen.
    pub event_places: Vec<String>,
    /// When the person was taken, else last seen.
    pub event_date: Option<PartialDate>,
    /// Date of death.
    pub died: Option<PartialDate>,
    /// Relatives by name.
    pub relatives: Vec<Relative>,
    /// The list's own number for the entry.
    pub reference: Option<String>,
}

/// What became of the rows of a list from one version to the next. Rows are positions in what was
/// compared.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Comparison {
    /// Rows that say the same: (before, after).
    pub unchanged: Vec<(usize, usize)>,
    /// Rows for the same entry that say something else: (before, after).
    pub changed: Vec<(usize, usize)>,
    /// Rows that were not there before.
    pub new: Vec<usize>,
    /// Rows that are there no more.
    pub absent: Vec<usize>,
}

/// Compares two versions of a list.
///
/// Rows that say word for word the same are the same; of the others, those with the same
/// reference number, else (when only one on each side has it) the same first name and birth.
#[must_use]
pub fn compare(before: &[&Person], after: &[&Person]) -> Comparison {
    let mut result = Comparison::default();
    let mut left: Vec<usize> = (0..before.len()).collect();
    let mut new: Vec<usize> = (0..after.len()).collect();
    result.unchanged = pair(&mut left, &mut new, before, after, false, &|person| {
        Some(content(person))
    });
    let reference =
        |person: &Person| Some(listed(person)?.reference.clone()?.trim().to_lowercase());
    result.changed = pair(&mut left, &mut new, before, after, true, &reference);
    let name = |person: &Person| {
        // Different reference numbers are different entries, whatever the name.
        if reference(person).is_some() {
            return None;
        }
        let born = person.born.as_ref().map(|born| born.value.date.to_string());
        let name = person.names.first()?.value.form.to_lowercase();
        Some(format!("{name}\u{1f}{}", born.unwrap_or_default()))
    };
    let by_name = pair(&mut left, &mut new, before, after, true, &name);
    result.changed.extend(by_name);
    result.changed.sort_unstable();
    result.new = new;
    result.absent = left;
    result
}

/// Pairs rows with equal keys, in their order, and takes them out of `left` and `new`; with
/// `unique`, only where the key stands once on each side.
fn pair(
    left: &mut Vec<usize>,
    new: &mut Vec<usize>,
    before: &[&Person],
    after: &[&Person],
    unique: bool,
    key: &dyn Fn(&Person) -> Option<String>,
) -> Vec<(usize, usize)> {
    let mut keys: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for &at in left.iter() {
        if let Some(key) = key(before[at]) {
            keys.entry(key).or_default().0.push(at);
        }
    }
    for &at in new.iter() {
        if let Some(key) = key(after[at]) {
            keys.entry(key).or_default().1.push(at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = keys
        .into_values()
        .filter(|(old, new)| !unique || (old.len() == 1 && new.len() == 1))
        .flat_map(|(old, new)| old.into_iter().zip(new))
        .collect();
    pairs.sort_unstable();
    let old: std::collections::BTreeSet<usize> = pairs.iter().map(|pair| pair.0).collect();
    let fresh: std::collections::BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
    left.retain(|at| !old.contains(at));
    new.retain(|at| !fresh.contains(at));
    pairs
}

fn listed(person: &Person) -> Option<&model::ListRow> {
    person.listed.as_ref().map(|listed| &listed.value)
}

/// What a row says, apart from where it stands: equal for rows that say the same.
fn content(person: &Person) -> String {
    let mut same = person.clone();
    if let Some(listed) = &mut same.listed {
        listed.value.row = 0;
        listed.value.sheet = None;
        listed.value.one_to_one = false;
    }
    fn bare<T>(cited: &mut [Cited<T>]) {
        cited.iter_mut().for_each(|cited| cited.quotes.clear());
    }
    bare(&mut same.names);
    bare(&mut same.roles);
    bare(&mut same.residences);
    bare(&mut same.relatives);
    bare(&mut same.events);
    bare(&mut same.details);
    let Person {
        sex,
        born,
        nationality,
        age,
        died,
        birthplace,
        listed,
        ..
    } = &mut same;
    for quotes in [
        sex.as_mut().map(|cited| &mut cited.quotes),
        born.as_mut().map(|cited| &mut cited.quotes),
        nationality.as_mut().map(|cited| &mut cited.quotes),
        age.as_mut().map(|cited| &mut cited.quotes),
        died.as_mut().map(|cited| &mut cited.quotes),
        birthplace.as_mut().map(|cited| &mut cited.quotes),
        listed.as_mut().map(|cited| &mut cited.quotes),
    ]
    .into_iter()
    .flatten()
    {
        quotes.clear();
    }
    format!("{same:?}")
}

/// The persons of a list, by the source of each version.
type Versions<'r> = BTreeMap<SourceId, Vec<(&'r Record, &'r Person)>>;

/// The persons among `records` as rows for linkage, by list, source and row. Rejected records are
/// left out; of several versions of a list (sources that came one after the other) each entry is
/// taken from the newest one that has it.
#[must_use]
pub fn rows(records: &[Record]) -> Vec<PersonRow> {
    let mut lists: BTreeMap<&str, Versions<'_>> = BTreeMap::new();
    let mut cases: BTreeMap<(SourceId, u32, &str), RecordId> = BTreeMap::new();
    for record in records.iter().filter(|r| r.status != Status::Rejected) {
        let Some(source) = record.source else {
            continue;
        };
        match &record.body {
            RecordBody::Person(person) => {
                let list = listed(person).map_or("", |row| row.list.as_str());
                let persons = lists.entry(list).or_default().entry(source).or_default();
                persons.push((record, person));
            }
            RecordBody::Case(case) => {
                if let Some(row) = &case.listed {
                    let sheet = row.value.sheet.as_deref().unwrap_or_default();
                    cases.insert((source, row.value.row, sheet), record.id);
                }
            }
            _ => {}
        }
    }
    let mut rows = Vec::new();
    for (list, sources) in lists {
        let mut current: Vec<(&Record, &Person)> = Vec::new();
        for (_, mut persons) in sources {
            persons.sort_by_key(|(record, person)| (place(person), record.id));
            if list.is_empty() {
                current.append(&mut persons);
                continue;
            }
            let before: Vec<&Person> = current.iter().map(|(_, person)| *person).collect();
            let after: Vec<&Person> = persons.iter().map(|(_, person)| *person).collect();
            let absent = compare(&before, &after).absent;
            persons.extend(absent.into_iter().map(|at| current[at]));
            current = persons;
        }
        current.sort_by_key(|(record, person)| (record.source, place(person), record.id));
        rows.extend(current.into_iter().filter_map(|(record, person)| {
            let mut row = row(record, person)?;
            let sheet = listed(person).and_then(|row| row.sheet.as_deref());
            row.case = cases
                .get(&(row.source, row.row, sheet.unwrap_or_default()))
                .copied();
            Some(row)
        }));
    }
    rows
}

/// Where a person stands in a list: sheet and row.
fn place(person: &Person) -> (Option<&str>, u32) {
    listed(person).map_or((None, 0), |row| (row.sheet.as_deref(), row.row))
}

fn row(record: &Record, person: &Person) -> Option<PersonRow> {
    let listed = listed(person);
    let born = person.born.as_ref().and_then(|born| one(born.value.date));
    let age = person.age.as_ref().map(|age| &age.value);
    let stated_for = age.and_then(|age| one(age.as_of.as_ref()?.date));
    let events = || person.events.iter().map(|event| &event.value);
    let taken = events().find(|event| event.what == "taken" && event.date.is_some());
    let seen = events().find(|event| event.date.is_some());
    Some(PersonRow {
        record: record.id,
        case: None,
        source: record.source?,
        list: listed.map(|row| row.list.clone()).unwrap_or_default(),
        row: listed.map_or(0, |row| row.row),
        one_to_one: listed.is_some_and(|row| row.one_to_one),
        names: person.names.iter().map(|name| name.value.clone()).collect(),
        sex: person.sex.as_ref().map(|sex| match sex.value.as_str() {
            "female" => Sex::Female,
            "male" => Sex::Male,
            _ => Sex::Other,
        }),
        born: born.or_else(|| by_age(age?, stated_for?)),
        age: age.map(|age| (age.least, stated_for)),
        nationality: person.nationality.as_ref().map(|it| key(&it.value)),
        birthplace: person.birthplace.as_ref().map(|it| key(&it.value)),
        residences: person.residences.iter().map(|it| key(&it.value)).collect(),
        event_places: events()
            .filter_map(|event| event.place.as_ref().map(key))
            .collect(),
        event_date: taken
            .or(seen)
            .and_then(|event| one(event.date.as_ref()?.date)),
        died: person.died.as_ref().and_then(|died| one(died.value.date)),
        relatives: person.relatives.iter().map(|it| it.value.clone()).collect(),
        reference: listed.and_then(|row| row.reference.clone()),
    })
}

/// One date; of an interval, the year (or month) that it lies within.
fn one(date: Edtf) -> Option<PartialDate> {
    let (first, last) = match date {
        Edtf::Date(date) => return Some(date),
        Edtf::Interval(..) => (date.earliest()?, date.latest()?),
    };
    let within = if first.0 != last.0 {
        None
    } else if first.1 == last.1 {
        PartialDate::month(first.0, first.1)
    } else {
        PartialDate::year(first.0)
    };
    within.map(|date| date.qualified(Qualifier::Approximate))
}

/// The year of birth that an age at a date means, give or take one.
fn by_age(age: &model::Age, as_of: PartialDate) -> Option<PartialDate> {
    let middle = age.least.checked_add(age.most)? / 2;
    let year = PartialDate::year(as_of.of_year().checked_sub(middle)?)?;
    Some(year.qualified(Qualifier::Approximate))
}

/// What stands for a place or state: its key in a gazetteer, else its name in lower case.
fn key(entity: &EntityRef) -> String {
    match &entity.key {
        Some(key) => key.clone(),
        None => entity.name.to_lowercase(),
    }
}

#[cfg(test)]
#[path = "persons_tests.rs"]
mod tests;
