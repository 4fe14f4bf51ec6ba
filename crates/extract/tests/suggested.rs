//! What the models of clauses suggest, and figures and dates that stand without their nouns and years.
#![allow(clippy::unwrap_used)]

mod common;

use model::{Allegation, Band, Event, Figure, Proposal, RecordBody};

/// Allegations that only the models of clauses propose.
fn suggested(proposals: &[Proposal]) -> Vec<(&Proposal, &Allegation)> {
    proposals
        .iter()
        .filter(|proposal| proposal.rule.ends_with(".suggested"))
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Allegation(allegation) => Some((proposal, allegation)),
            _ => None,
        })
        .collect()
}

#[test]
fn words_that_no_list_holds_are_suggested_with_what_told_it() {
    let found = common::extract(
        &["Three boys fell dead when the soldiers emptied their rifles."],
        None,
    );
    let all = suggested(&found);
    let (proposal, allegation) = all.first().unwrap();
    assert_eq!(allegation.violation.value.as_str(), "extrajudicial-killing");
    assert_eq!(proposal.band, Band::Suggested);
    let telling: Vec<&str> = allegation
        .violation
        .quotes
        .iter()
        .map(|&at| proposal.quotes[at as usize].quote.as_str())
        .collect();
    assert!(telling.contains(&"dead"), "{telling:?}");
}

#[test]
fn a_rule_goes_first_and_near_misses_are_left_alone() {
    let told = "Police tortured the students in Kisumu.";
    let found = common::extract(&[told], None);
    let tortured = |proposal: &&Proposal| match &proposal.body {
        RecordBody::Allegation(allegation) => allegation.violation.value.as_str() == "torture",
        _ => false,
    };
    assert_eq!(found.iter().filter(tortured).count(), 1, "{found:?}");
    for sentence in [
        "The ministry runs a hotline and trains police on the law against torture.",
        "The delegation landed in Lima and met the minister for two days of talks.",
        "Everyone has the right to leave any country and to return to it.",
        "Were the prisoners beaten to death with iron bars by the guards?",
        "The goalkeeper was beaten twice in the final minutes of the match.",
    ] {
        let found = common::extract(&[sentence], None);
        assert!(suggested(&found).is_empty(), "{sentence}: {found:?}");
    }
}

fn figures(sentence: &str) -> Vec<Figure> {
    let found = common::extract(&[sentence], None);
    found
        .into_iter()
        .filter_map(|proposal| match proposal.body {
            RecordBody::Figure(figure) => Some(figure),
            _ => None,
        })
        .collect()
}

#[test]
fn figures_without_a_noun_behind_the_number() {
    for (sentence, least, most, unit) in [
        (
            "At least 200 have been killed since June.",
            200_000,
            None,
            "person",
        ),
        (
            "A further nineteen were wounded.",
            19_000,
            Some(19_000),
            "person",
        ),
        (
            "The death toll has climbed past 1,200, a medic said.",
            1_200_000,
            Some(1_200_000),
            "person",
        ),
        (
            "The number of executions rose to 853.",
            853_000,
            Some(853_000),
            "execution",
        ),
        (
            "Nearly half of the households went without a meal.",
            50_000,
            Some(50_000),
            "percent",
        ),
        (
            "Two thirds of those interviewed were women.",
            66_667,
            Some(66_667),
            "percent",
        ),
        (
            "More than a quarter of a million people fled.",
            250_000_000,
            None,
            "person",
        ),
        (
            "No fewer than sixty journalists are in jail.",
            60_000,
            None,
            "journalist",
        ),
        (
            "One in every four children is hungry.",
            25_000,
            Some(25_000),
            "percent",
        ),
        (
            "The trial of the six lasted two days.",
            2_000,
            Some(2_000),
            "day",
        ),
    ] {
        let found = figures(sentence);
        assert!(
            found.iter().any(|figure| figure.least.value == least
                && figure.most.as_ref().map(|most| most.value) == most
                && figure.unit.value == unit),
            "{sentence}: {found:?}"
        );
    }
    for sentence in [
        "In 2019 were the elections.",
        "He took half a year.",
        "The third of May was a Friday.",
    ] {
        let found = figures(sentence);
        let counts = |figure: &Figure| ["person", "percent"].contains(&figure.unit.value.as_str());
        assert!(!found.iter().any(counts), "{sentence}: {found:?}");
    }
}

#[test]
fn a_day_goes_on_with_the_dated_story() {
    let story = "In January 2019 a court in Minsk arrested the blogger Ihar Losik. On 3 March he was sentenced to ten years.";
    let found = common::extract(&[story], Some("2024-10-18"));
    let dates: Vec<String> = found
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Event(Event {
                date: Some(date), ..
            }) => Some(date.value.date.to_string()),
            _ => None,
        })
        .collect();
    assert!(dates.contains(&"2019-03-03".to_owned()), "{dates:?}");
}
