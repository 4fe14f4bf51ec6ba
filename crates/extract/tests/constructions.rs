//! Acts told in many constructions: who suffered, who did it, where, when, and who says so.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Allegation, RecordBody};

/// What an allegation says of the six, several joined.
fn fields(it: &Allegation) -> [String; 6] {
    let joined = |names: Vec<&str>| names.join("; ");
    [
        it.violation.value.to_string(),
        joined(
            it.victims
                .iter()
                .map(|one| one.value.who.name.as_str())
                .collect(),
        ),
        joined(
            it.perpetrators
                .iter()
                .map(|one| one.value.who.name.as_str())
                .collect(),
        ),
        it.place
            .as_ref()
            .map_or_else(String::new, |place| place.value.name.clone()),
        it.date
            .as_ref()
            .map_or_else(String::new, |date| date.value.date.to_string()),
        joined(
            (it.attribution.iter())
                .filter_map(|link| link.value.speaker.as_ref())
                .map(|who| who.name.as_str())
                .collect(),
        ),
    ]
}

#[test]
fn an_act_is_read_from_any_construction() {
    let mut wrong = Vec::new();
    let rows = include_str!("constructions.txt").lines();
    for row in rows.filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('|').collect();
        let [sentence, expected @ ..] = columns.as_slice() else {
            panic!("no sentence in {row}");
        };
        let proposals = extract(&[sentence], None);
        let found: Vec<_> = (proposals.iter())
            .filter_map(|it| match &it.body {
                RecordBody::Allegation(allegation) => Some(fields(allegation)),
                _ => None,
            })
            .filter(|fields| expected.first() == Some(&fields[0].as_str()))
            .collect();
        if !found.iter().any(|fields| fields.as_slice() == expected) {
            wrong.push(format!("{row}\n  found {found:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
