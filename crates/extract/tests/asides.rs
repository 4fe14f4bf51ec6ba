//! Calls with words between the parts of a demand, undertakings in the third person, and answers that
//! refuse, put off or stay silent.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Proposal, RecordBody};

/// The first addressee and the demand of each call.
fn demands(sentence: &str) -> Vec<(String, String)> {
    let found = extract(&[sentence], None);
    let call = |proposal: &Proposal| match &proposal.body {
        RecordBody::Call(call) => Some((
            call.addressees
                .first()
                .map(|it| it.value.name.clone())
                .unwrap_or_default(),
            call.demand.value.clone(),
        )),
        _ => None,
    };
    found.iter().filter_map(call).collect()
}

/// What the first record of a kind says.
fn first<T>(sentence: &str, of: impl Fn(&RecordBody) -> Option<T>) -> Option<T> {
    extract(&[sentence], None)
        .iter()
        .find_map(|it| of(&it.body))
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|&(who, what)| (who.to_owned(), what.to_owned()))
        .collect()
}

#[test]
fn an_aside_stands_between_a_duty_and_its_verb() {
    for (sentence, expected) in [
        (
            "The State party should, as a matter of urgency, abandon the practice; ensure that every search begins without delay; and protect those who search.",
            &[
                ("State party", "abandon the practice"),
                (
                    "State party",
                    "ensure that every search begins without delay",
                ),
                ("State party", "protect those who search"),
            ][..],
        ),
        (
            "The Government must, without further delay, release all those held for their opinions.",
            &[("Government", "release all those held for their opinions")],
        ),
        (
            "The authorities should immediately and without conditions free the four editors.",
            &[("authorities", "free the four editors")],
        ),
        (
            "The Government is urged, in the strongest terms, to restore the internet.",
            &[("Government", "restore the internet")],
        ),
    ] {
        assert_eq!(demands(sentence), pairs(expected), "{sentence}");
    }
}

#[test]
fn items_within_one_passage_are_calls_of_their_own() {
    for (sentence, expected) in [
        (
            "The Office urges the de facto authorities to: (a) reopen schools for girls; (b) lift the ban on work; and (c) release the protesters.",
            &[
                ("de facto authorities", "reopen schools for girls"),
                ("de facto authorities", "lift the ban on work"),
                ("de facto authorities", "release the protesters"),
            ][..],
        ),
        (
            "The Rapporteur requested the Government to: (1) provide a copy of the warrant; and (2) suspend the transfer.",
            &[
                ("Government", "provide a copy of the warrant"),
                ("Government", "suspend the transfer"),
            ],
        ),
    ] {
        assert_eq!(demands(sentence), pairs(expected), "{sentence}");
    }
}

#[test]
fn a_line_that_calls_leads_the_list_below_it() {
    use model::PassageKind::{Heading, ListItem};
    let reading = common::reading(&[
        (Heading, "We therefore petition"),
        (
            ListItem,
            "1. the Government of Japan to confirm whether the eleven are alive;",
        ),
        (
            ListItem,
            "2. the Government of France to meet the families.",
        ),
    ]);
    let found = common::shipped().extract(&reading, &onrecord_extract::Context::default());
    let asked: Vec<_> = found
        .iter()
        .filter_map(|it| match &it.body {
            RecordBody::Call(call) => call.addressees.first().map(|it| it.value.name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(asked, ["Japan", "France"]);
}

#[test]
fn who_is_written_to_is_asked() {
    for (sentence, who) in [
        (
            "The experts wrote to the Government, urging it to clarify the fate of the men.",
            "Government",
        ),
        (
            "Members of Congress wrote to the Secretary of State, pressing him to raise the case.",
            "Secretary of State",
        ),
        (
            "The Commission called upon the Government to respect the right to strike and requested it to send a report.",
            "Government",
        ),
    ] {
        let found = demands(sentence);
        assert_eq!(found.last().unwrap().0, who, "{sentence}");
    }
}

#[test]
fn a_question_asks_for_words() {
    let sentence =
        "The delegation of Norway asked what steps the Government would take to end the practice.";
    assert_eq!(demands(sentence), []);
}

#[test]
fn what_nobody_may_do_keeps_its_no() {
    for (sentence, expected) in [
        (
            "No government should sell spyware to Belgrade.",
            &[(
                "government",
                "No government should sell spyware to Belgrade",
            )][..],
        ),
        ("No child should have to live like this.", &[]),
    ] {
        assert_eq!(demands(sentence), pairs(expected), "{sentence}");
    }
}

#[test]
fn undertakings_in_the_third_person() {
    let undertaken = |sentence: &str| {
        first(sentence, |body| match body {
            RecordBody::Commitment(it) => Some(it.undertaking.value.clone()),
            _ => None,
        })
    };
    for (sentence, expected) in [
        (
            "The ministry has undertaken to open the archives of the secret police.",
            "open the archives of the secret police",
        ),
        (
            "The delegation assured the Committee that the draft law would be adopted.",
            "the draft law would be adopted",
        ),
        (
            "The European Union will keep pressing for his release.",
            "keep pressing for his release",
        ),
        (
            "Sweden committed itself to resettling 500 families.",
            "resettling 500 families",
        ),
    ] {
        assert_eq!(
            undertaken(sentence).as_deref(),
            Some(expected),
            "{sentence}"
        );
    }
    for sentence in [
        "The army vowed to wipe out the village.",
        "The smuggler promised them work in Spain.",
        "The regime is committed to crushing all dissent.",
    ] {
        assert_eq!(undertaken(sentence), None, "{sentence}");
    }
}

#[test]
fn answers_that_refuse_put_off_or_stay_silent() {
    let answered = |sentence: &str| {
        first(sentence, |body| match body {
            RecordBody::Response(it) => Some((
                it.answer.value.as_str().to_owned(),
                it.by.value.name.clone(),
            )),
            _ => None,
        })
    };
    for (sentence, answer, by) in [
        (
            "The Government of Burundi has yet to answer the three letters.",
            "none",
            "Burundi",
        ),
        (
            "Turkmenistan let the deadline pass.",
            "none",
            "Turkmenistan",
        ),
        (
            "The embassy of Tajikistan sent a one-line reply.",
            "token",
            "embassy",
        ),
        (
            "The Government of Nicaragua declined to take part in the dialogue.",
            "obstructed",
            "Nicaragua",
        ),
        (
            "The request was refused by Harare.",
            "obstructed",
            "Zimbabwe",
        ),
        (
            "The junta released three of the eleven reporters.",
            "favourable",
            "junta",
        ),
    ] {
        let expected = Some((answer.to_owned(), by.to_owned()));
        assert_eq!(answered(sentence), expected, "{sentence}");
    }
    assert_eq!(answered("The prisoners agreed to share their bread."), None);
}
