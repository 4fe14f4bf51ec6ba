//! What took place on which day: the words a date belongs to, nouns with a date, kinds by their verb.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Event, Proposal, RecordBody};

fn events(sentence: &str) -> Vec<Event> {
    extract(&[sentence], Some("2024-10-18"))
        .into_iter()
        .filter_map(|proposal: Proposal| match proposal.body {
            RecordBody::Event(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// The kinds of a sentence with their dates.
fn told(sentence: &str) -> Vec<(String, String)> {
    events(sentence)
        .into_iter()
        .map(|event| {
            let date = event.date.map(|date| date.value.date.to_string());
            (event.event.value.to_string(), date.unwrap_or_default())
        })
        .collect()
}

fn tells(sentence: &str, kind: &str, date: &str) {
    let found = told(sentence);
    assert!(
        found.iter().any(|(it, on)| it == kind && on == date),
        "{sentence}: {found:?}"
    );
}

fn tells_nothing(sentence: &str) {
    let found = told(sentence);
    assert!(found.is_empty(), "{sentence}: {found:?}");
}

#[test]
fn a_noun_has_the_date_beside_it() {
    for (sentence, date) in [
        (
            "They reject the fraudulent March 2006 elections.",
            "2006-03",
        ),
        (
            "The August 9, 2020, presidential election was neither free nor fair.",
            "2020-08-09",
        ),
        (
            "Hunger has grown since the outbreak of fighting in April 2023.",
            "2023-04",
        ),
        (
            "The murders of two leaders of the union in June 2021 remain unpunished.",
            "2021-06",
        ),
    ] {
        tells(sentence, "other", date);
    }
    tells(
        "It recalled its nuclear test of September 2, 2017.",
        "weapons-test",
        "2017-09-02",
    );
    tells_nothing("The party will win the election of May 2030.");
    tells_nothing("Protests matter, and so do elections.");
}

#[test]
fn a_date_in_the_phrase_of_a_noun_is_not_that_of_the_verb() {
    tells(
        "Today, on the anniversary of the election of August 9, 2020, the minister signed a decree.",
        "law-enacted",
        "2024-10-18",
    );
    tells_nothing("In advance of marches planned for today, the ministry deployed more police.");
    tells_nothing("Following the vote of 3 May 2021, the embassy issued a statement.");
}

#[test]
fn what_is_to_come_or_counts_a_year_is_no_event() {
    tells_nothing("The department will provide tailored courses this year.");
    tells_nothing("The agency will host a meeting in June 2025.");
    tells_nothing("The line received nearly 8,000 calls last year.");
    tells_nothing("Over the last three years we have brought home forty people.");
    tells_nothing("Today we stand with everybody held hostage or wrongfully detained.");
}

#[test]
fn the_verb_tells_the_kind() {
    for (sentence, kind, date) in [
        (
            "The adviser met yesterday with the leader of the opposition.",
            "meeting",
            "2024-10-17",
        ),
        (
            "In December 2021 the agency released its revised policy on trafficking.",
            "publication",
            "2021-12",
        ),
        (
            "On March 8, 2015, the President issued Executive Order 13692.",
            "law-enacted",
            "2015-03-08",
        ),
        (
            "Last month I was proud to sign the Fair Work Act.",
            "law-enacted",
            "2024-09",
        ),
        (
            "Today, five people who were imprisoned in Iran are finally coming home.",
            "release",
            "2024-10-18",
        ),
        (
            "Today, they are releasing twenty political prisoners.",
            "release",
            "2024-10-18",
        ),
        (
            "In the summer of 2017 the police came for me.",
            "arrest",
            "2017-06/2017-08",
        ),
        (
            "To our letter of 14 December 2022 no reply came.",
            "communication-sent",
            "2022-12-14",
        ),
        (
            "Today we are adding sanctions against the police.",
            "other",
            "2024-10-18",
        ),
        (
            "In June 2023 the ministry announced a new programme.",
            "other",
            "2023-06",
        ),
    ] {
        tells(sentence, kind, date);
    }
}

#[test]
fn parts_of_days_and_of_months_are_dates() {
    tells(
        "The minister called in the Chinese ambassador this morning.",
        "meeting",
        "2024-10-18",
    );
    tells(
        "In mid-October 2021 the ministry published a report.",
        "publication",
        "2021-10",
    );
    tells(
        "On the night of 2 July 2019 the first bomb fell on a garage.",
        "other",
        "2019-07-02",
    );
}

#[test]
fn a_title_of_years_ago_is_left_a_title() {
    let who = |sentence: &str| -> Vec<String> {
        let passages = ["Statement by President Joe Biden", sentence];
        let found = extract(&passages, Some("2024-10-18"));
        found
            .into_iter()
            .filter_map(|proposal| match proposal.body {
                RecordBody::Event(event) => Some(event),
                _ => None,
            })
            .flat_map(|event| event.participants)
            .map(|it| it.value.who.name)
            .collect()
    };
    let old = who("On June 26, 2008, the President signed a decree on trade.");
    assert!(!old.contains(&"Joe Biden".to_owned()), "{old:?}");
    let coordinated = who("On 3 May 2024 steps were taken by the United Kingdom and Canada.");
    assert!(
        coordinated.is_empty() || coordinated.contains(&"Canada".to_owned()),
        "{coordinated:?}"
    );
}
