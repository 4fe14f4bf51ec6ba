#![allow(clippy::unwrap_used)]
use super::*;
use model::{Age, Band, LifeEvent, ListRow, ProposedBy, ResolvedDate};

fn cited<T>(value: T) -> Cited<T> {
    Cited::new(value, 0)
}

fn date(text: &str) -> ResolvedDate {
    ResolvedDate {
        date: text.parse().unwrap(),
        basis: "as written".to_owned(),
    }
}

fn person(name: &str, born: &str, row: u32, reference: Option<&str>) -> Person {
    Person {
        names: vec![cited(Name {
            form: name.to_owned(),
            script: None,
            romanisation: None,
            surname_first: None,
        })],
        born: (!born.is_empty()).then(|| cited(date(born))),
        listed: Some(cited(ListRow {
            list: "A".to_owned(),
            row,
            sheet: None,
            reference: reference.map(str::to_owned),
            one_to_one: false,
        })),
        ..Person::default()
    }
}

fn record(source: u8, number: u8, person: Person) -> Record {
    Record {
        id: RecordId::new(u64::from(source), [number; 10]),
        source: Some(SourceId::new(u64::from(source), [0; 10])),
        status: Status::Proposed,
        proposed_by: ProposedBy::Person("a tester".to_owned()),
        band: Band::Stated,
        body: RecordBody::Person(person),
        citations: Vec::new(),
        history: Vec::new(),
    }
}

#[test]
fn a_newer_version_stands_for_the_entries_it_has_and_the_others_stay() {
    let before = [
        person("Kim Chol", "1954", 2, Some("1")),
        person("Lee Young", "1960", 3, Some("2")),
        person("Pak Il", "", 4, Some("3")),
    ];
    let after = [
        person("Lee Young", "1960", 2, Some("2")),
        person("Kim Cheol", "1954-03", 3, Some("1")),
        person("Choe Su", "1971", 4, Some("4")),
    ];
    let found = compare(&before.each_ref(), &after.each_ref());
    assert_eq!(found.unchanged, [(1, 0)]);
    assert_eq!(found.changed, [(0, 1)]);
    assert_eq!((found.new, found.absent), (vec![2], vec![2]));

    let mut records: Vec<Record> = Vec::new();
    for (at, it) in before.into_iter().enumerate() {
        records.push(record(1, at as u8, it));
    }
    for (at, it) in after.into_iter().enumerate() {
        records.push(record(2, at as u8, it));
    }
    let rows = |records: &[Record]| -> Vec<(String, u64)> {
        let rows = rows(records).into_iter();
        rows.map(|row| (row.names[0].form.clone(), row.source.milliseconds()))
            .collect()
    };
    let expected = [
        ("Pak Il", 1),
        ("Lee Young", 2),
        ("Kim Cheol", 2),
        ("Choe Su", 2),
    ];
    let expected: Vec<_> = expected
        .map(|(name, source)| (name.to_owned(), source))
        .to_vec();
    assert_eq!(rows(&records), expected);
    records.reverse();
    assert_eq!(rows(&records), expected);
}

#[test]
fn without_numbers_a_changed_row_is_found_by_a_name_and_birth_that_stand_once() {
    let with_sex = |mut person: Person| {
        person.sex = Some(cited("male".to_owned()));
        person
    };
    let before = [
        person("Kim Chol", "1954", 2, None),
        person("Lee Young", "1960", 3, None),
        person("Lee Young", "1960", 4, None),
    ];
    let after = [
        with_sex(person("Kim Chol", "1954", 2, None)),
        with_sex(person("Lee Young", "1960", 3, None)),
    ];
    let found = compare(&before.each_ref(), &after.each_ref());
    assert_eq!(found.changed, [(0, 0)]);
    // Which of two namesakes it is cannot be told.
    assert_eq!((found.new, found.absent), (vec![1], vec![1, 2]));
    // The same row twice is twice the same.
    let twice = compare(&before[1..].iter().collect::<Vec<_>>(), &before.each_ref());
    assert_eq!((twice.unchanged.len(), twice.new), (2, vec![0]));
}

#[test]
fn rows_say_what_the_list_says_and_no_more() {
    let mut it = person("Kim Chol", "", 2, None);
    it.age = Some(cited(Age {
        least: 20,
        most: 29,
        as_of: Some(date("1977-11-15")),
    }));
    it.events = vec![
        cited(LifeEvent {
            what: "last seen".to_owned(),
            date: Some(date("1980")),
            place: None,
        }),
        cited(LifeEvent {
            what: "taken".to_owned(),
            date: Some(date("1977-11-01/1977-11-30")),
            place: None,
        }),
    ];
    it.sex = Some(cited("female".to_owned()));
    let mut rejected = record(1, 9, person("Nobody", "", 3, None));
    rejected.status = Status::Rejected;
    let rows = rows(&[record(1, 1, it), rejected]);
    let [row] = rows.as_slice() else {
        panic!("one row: {rows:?}");
    };
    assert_eq!(row.sex, Some(Sex::Female));
    assert_eq!(
        row.born.map(|date| date.to_string()).as_deref(),
        Some("1953~")
    );
    assert_eq!(
        row.event_date.map(|date| date.to_string()).as_deref(),
        Some("1977-11~")
    );
    assert_eq!(row.age.map(|(age, _)| age), Some(20));
    assert_eq!(row.died, None);
}
