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

#[test]
fn those_of_whom_nobody_knows_or_who_are_asked_after_are_cases() {
    for (sentence, who) in [
        (
            "They asked the authorities to say whether the six fishermen are still alive.",
            "six fishermen",
        ),
        (
            "The fate of the eleven passengers has never been clarified.",
            "eleven passengers",
        ),
        (
            "His wife wants only to know whether Kim Jung-wook is alive.",
            "Kim Jung-wook",
        ),
        ("I do not know whether my father lives.", "my father"),
        ("It is not known where the two men were taken.", "two men"),
    ] {
        let found = cases(sentence);
        let expected = ("disappeared".to_owned(), who.to_owned());
        assert!(found.contains(&expected), "{sentence}: {found:?}");
    }
    for sentence in [
        "We know where the prisoners are.",
        "The question is whether the states are ready to act.",
        "The report tells of the fate of the villages.",
        "He asked whether the ministers are serious.",
        "Nobody knew where the food was kept.",
    ] {
        let found = cases(sentence);
        assert!(found.is_empty(), "{sentence}: {found:?}");
    }
}

#[test]
fn in_a_text_on_an_abduction_those_who_are_sought_are_abductees() {
    let found = cases(
        "Agents abducted eleven passengers in 1969. Pyongyang must confirm whether the eleven passengers are alive.",
    );
    let kinds: Vec<_> = found.iter().map(|(kind, _)| kind.as_str()).collect();
    assert!(kinds.contains(&"abductee"), "{found:?}");
    assert!(!kinds.contains(&"disappeared"), "{found:?}");
}

#[test]
fn a_promise_of_release_closes_no_case() {
    let found =
        cases("Ilham Tohti was arbitrarily detained in Urumqi and will be released, they said.");
    assert_eq!(found, [("detainee".to_owned(), "Ilham Tohti".to_owned())]);
}
