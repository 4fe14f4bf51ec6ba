//! Who is to be found, freed or reunited.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::RecordBody;

fn cases(sentence: &str) -> Vec<(String, String)> {
    extract(&[sentence], Some("2024-10-18"))
        .into_iter()
        .filter_map(|proposal| match proposal.body {
            RecordBody::Case(case) => Some((
                case.category.value.to_string(),
                case.subject.value.name.clone(),
            )),
            _ => None,
        })
        .collect()
}

#[test]
fn those_who_are_held_and_asked_for_are_cases() {
    for (sentence, kind, who) in [
        (
            "We will not stop fighting for the release of other Americans who are unjustly being held.",
            "detainee",
            "Americans",
        ),
        (
            "We remain dedicated to securing the release of your loved ones who are wrongfully detained.",
            "detainee",
            "loved ones",
        ),
        (
            "The Government must disclose where the 40 men are being held.",
            "detainee",
            "40 men",
        ),
        (
            "Kenneth Bae and Matthew Miller are serving their sentences.",
            "detainee",
            "Matthew Miller",
        ),
    ] {
        let found = cases(sentence);
        assert!(
            found
                .iter()
                .any(|(it, name)| it == kind && name.contains(who)),
            "{sentence}: {found:?}"
        );
    }
}

#[test]
fn who_is_back_is_no_case() {
    for sentence in [
        "After years of being wrongfully detained, Jorge Toledo was released and is home.",
        "We have secured the release of 13 Americans held captive.",
        "He was arrested as a fugitive in a case of bribery.",
        "A wrongfully detained national may apply for help after release.",
    ] {
        let found = cases(sentence);
        assert!(found.is_empty(), "{sentence}: {found:?}");
    }
}
