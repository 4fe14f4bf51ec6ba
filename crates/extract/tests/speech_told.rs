//! Speech, demands and answers in wordings without the plain verb: tags, roles, wishes, silences.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::RecordBody;

/// Who says what, by statement: speaker, act, the words.
fn said(passages: &[&str]) -> Vec<(String, String, String)> {
    let proposals = extract(passages, None);
    let statements = proposals.iter().filter_map(|proposal| {
        let RecordBody::Statement(it) = &proposal.body else {
            return None;
        };
        let speaker = it.speaker.as_ref().map(|who| who.value.name.clone());
        Some((
            speaker.unwrap_or_default(),
            it.act.value.to_string(),
            proposal.quotes[0].quote.clone(),
        ))
    });
    statements.collect()
}

/// Whom each call asks, and for what.
fn asked(passages: &[&str]) -> Vec<(Vec<String>, String)> {
    let proposals = extract(passages, None);
    let calls = proposals.iter().filter_map(|proposal| {
        let RecordBody::Call(it) = &proposal.body else {
            return None;
        };
        let whom = it.addressees.iter().map(|who| who.value.name.clone());
        Some((whom.collect(), it.demand.value.clone()))
    });
    calls.collect()
}

/// Who answers how.
fn answered(passages: &[&str]) -> Vec<(String, String)> {
    let proposals = extract(passages, None);
    let answers = proposals.iter().filter_map(|proposal| {
        let RecordBody::Response(it) = &proposal.body else {
            return None;
        };
        Some((it.by.value.name.clone(), it.answer.value.to_string()))
    });
    answers.collect()
}

fn assert_speaks(passages: &[&str], who: &str, words: &str) {
    let all = said(passages);
    assert!(
        all.iter()
            .any(|(speaker, _, quote)| speaker.contains(who) && quote.contains(words)),
        "{passages:?} gives {all:?}"
    );
}

#[test]
fn those_without_a_name_speak_by_their_role() {
    for (text, who, words) in [
        (
            "The Applicants submit that the prison was full.",
            "Applicants",
            "the prison was full",
        ),
        (
            "Former inmates of Branch 9 gave evidence that men slept in turns.",
            "Former inmates of Branch 9",
            "men slept in turns",
        ),
        (
            "She has only days left, the doctors say.",
            "doctors",
            "She has only days left",
        ),
        (
            "She is in pain and goes without treatment, her friends tell us.",
            "her friends",
            "She is in pain",
        ),
        (
            "Investigators appointed by the United Nations said on Monday there were grounds to act.",
            "Investigators",
            "there were grounds to act",
        ),
        (
            "The Assembly noted the finding of the High Commissioner that detainees were beaten.",
            "High Commissioner",
            "detainees were beaten",
        ),
    ] {
        assert_speaks(&[text], who, words);
    }
}

#[test]
fn a_question_about_what_is_said_says_nothing() {
    assert_eq!(
        said(&["What has Beijing told the world about its camps?"]),
        []
    );
    assert_eq!(
        said(&["Did the Committee say that the border was closed?"]),
        []
    );
}

#[test]
fn single_marks_enclose_speech_and_apostrophes_do_not() {
    let text = "'They stole a child and they boast of it,' Elizabeth Salmón told the meeting. 'Let him come home.'";
    assert_speaks(&[text], "Salmón", "They stole a child");
    let text = "The workers' rights were many. 'Twas long ago, the miners' wives recall.";
    assert!(
        said(&[text])
            .iter()
            .all(|(_, _, quote)| !quote.starts_with("rights"))
    );
}

#[test]
fn signatories_speak_in_each_item_of_their_list() {
    let text = [
        "We, the undersigned,",
        "demand that the prisoners be set free today;",
        "condemn the trials of the past year.",
    ];
    let acts: Vec<String> = said(&text).into_iter().map(|(_, act, _)| act).collect();
    assert_eq!(acts, ["calls-upon", "condemns"]);
}

#[test]
fn what_those_in_power_say_is_not_so_they_deny() {
    let act = |text: &str| said(&[text]).pop().unwrap().1;
    assert_eq!(
        act("China says that there are no camps in the country."),
        "denies"
    );
    assert_eq!(
        act("The refugees say that there are no doctors in the camp."),
        "asserts"
    );
}

#[test]
fn wants_wishes_and_questions_ask_for_deeds() {
    assert_eq!(
        asked(&["Japan wants North Korea to return every abductee."]),
        [(
            vec!["North Korea".to_owned()],
            "return every abductee".to_owned()
        )]
    );
    assert_eq!(asked(&["He wants to go home to his wife."]), []);
    assert_eq!(
        asked(&["“I want my son to take his boy to school,” said Laila Soueif."]),
        []
    );
    assert_eq!(
        asked(&["Why not simply open the schools?"])[0].1,
        "open the schools"
    );
    assert_eq!(asked(&["Would you call that torture?"]), []);
    assert_eq!(asked(&["Let me explain the matter."]), []);
    assert_eq!(asked(&["Let us be clear about it."]), []);
}

#[test]
fn who_is_to_be_freed_is_not_asked() {
    let calls = asked(&["We demand that Pham Doan Trang be set free today."]);
    assert_eq!(calls[0].0, Vec::<String>::new());
}

#[test]
fn silence_without_a_subject_is_that_of_those_who_were_asked() {
    let text = "The United Nations urged the Government of Belarus to free them. Nothing followed.";
    assert_eq!(
        answered(&[text]),
        [("Belarus".to_owned(), "none".to_owned())]
    );
    let text = "Offers of help to the Government of Laos were turned down.";
    assert_eq!(
        answered(&[text]),
        [("Laos".to_owned(), "obstructed".to_owned())]
    );
    assert_eq!(
        answered(&["The mission was never let into the country."]),
        []
    );
}

#[test]
fn a_sentence_set_back_in_time_goes_on_in_what_was_told() {
    let text = "Elizabeth Salmón said that women were detained. Some of the women had been beaten by guards.";
    let proposals = extract(&[text], None);
    let beaten = proposals.iter().find_map(|proposal| match &proposal.body {
        RecordBody::Allegation(it) if proposal.quotes[0].quote.contains("beaten") => Some(it),
        _ => None,
    });
    let who = beaten.unwrap().attribution.first().unwrap();
    assert_eq!(who.value.speaker.as_ref().unwrap().name, "Elizabeth Salmón");
}

#[test]
fn whoever_spoke_last_speaks_on_by_a_pronoun() {
    for (text, who, words) in [
        (
            "Halima Nour said that the men came at night. “They shot my brother,” she said.",
            "Halima Nour",
            "They shot my brother",
        ),
        (
            "A former guard said that the cells were full. “They wept every night,” he said.",
            "former guard",
            "They wept every night",
        ),
        (
            "A former guard said that the cells were full. He said that nobody came.",
            "former guard",
            "nobody came",
        ),
    ] {
        assert_speaks(&[text], who, words);
    }
}

#[test]
fn who_says_so_stands_within_what_is_said_or_behind_it() {
    for (text, who, words) in [
        (
            "Most of the detainees, the lawyers say, have never seen a judge.",
            "lawyers",
            "have never seen a judge",
        ),
        (
            "The teacher, his wife says, was taken at night.",
            "his wife",
            "was taken at night",
        ),
        (
            "A guard smothered the newborn, a former inmate told the commission of inquiry.",
            "former inmate",
            "A guard smothered the newborn",
        ),
        (
            "North Korea tortures detainees, the Special Rapporteur said.",
            "Special Rapporteur",
            "tortures detainees",
        ),
    ] {
        assert_speaks(&[text], who, words);
    }
}

#[test]
fn who_keeps_something_from_somebody_answers_nobody() {
    assert_eq!(
        answered(&["Guards denied the two sisters food for nine days."]),
        []
    );
    let twice = "The ambassador of North Korea rejected the report, calling it a fabrication.";
    assert_eq!(answered(&[twice]).len(), 1);
}
