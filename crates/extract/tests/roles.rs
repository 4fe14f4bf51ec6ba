//! Who suffered and who did it, where other words of the sentence say so than those beside the act;
//! whom a pronoun means; what a court found.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Allegation, Modality, RecordBody};

fn allegation(text: &str, code: &str) -> Allegation {
    let found = extract(&[text], None);
    let mut all = found.into_iter().filter_map(|it| match it.body {
        RecordBody::Allegation(allegation) => Some(allegation),
        _ => None,
    });
    all.find(|it| it.violation.value.as_str() == code)
        .unwrap_or_else(|| panic!("no {code} in {text}"))
}

fn victims(text: &str, code: &str) -> Vec<String> {
    let found = allegation(text, code);
    let names = found.victims.iter();
    names.map(|one| one.value.who.name.clone()).collect()
}

fn perpetrators(text: &str, code: &str) -> Vec<String> {
    let found = allegation(text, code);
    let names = found.perpetrators.iter();
    names.map(|one| one.value.who.name.clone()).collect()
}

#[test]
fn whoever_is_convicted_of_it_has_done_it() {
    let text = "The judges held Anwar Raslan answerable for 27 killings in Damascus.";
    assert_eq!(
        perpetrators(text, "extrajudicial-killing"),
        ["Anwar Raslan"]
    );
    assert!(victims(text, "extrajudicial-killing").is_empty());
    let text = "In Belarus a colonel of the intelligence service was guilty of torture.";
    assert_eq!(
        perpetrators(text, "torture"),
        ["colonel of the intelligence service"]
    );
}

#[test]
fn a_court_that_convicts_of_it_has_found_it() {
    let found = allegation(
        "A German court on Thursday sentenced Anwar Raslan to life in prison for crimes against humanity.",
        "crimes-against-humanity",
    );
    assert_eq!(found.modality.value, Modality::Found);
    let speaker = found.attribution[0].value.speaker.as_ref().unwrap();
    assert_eq!(speaker.name, "German court");
    // What a court does itself it has not found.
    let found = allegation(
        "A court in Belarus sentenced them to forced labour.",
        "forced-labour",
    );
    assert_eq!(found.modality.value, Modality::Alleged);
}

#[test]
fn people_do_it_to_people() {
    let text = "Mr. Ferrer came home to Cuba in May. Other prisoners beat him in his cell.";
    assert_eq!(perpetrators(text, "ill-treatment"), ["Other prisoners"]);
    assert_eq!(victims(text, "ill-treatment"), ["Ferrer"]);
}

#[test]
fn whoever_must_end_it_does_it() {
    let text = "We call on the authorities of Belarus to stop the torture of prisoners.";
    assert_eq!(perpetrators(text, "torture"), ["Belarus"]);
    assert_eq!(victims(text, "torture"), ["prisoners"]);
}

#[test]
fn a_person_named_once_in_passing_is_not_meant() {
    let text = "Pham Doan Trang wrote a report on the raid on Dong Tam. She was tortured in prison, and Ms. Trang has had no doctor since.";
    let found = victims(text, "torture");
    assert_ne!(found, ["Dong Tam"], "a village");
}

#[test]
fn a_noun_that_tells_the_sex_is_meant_by_a_pronoun() {
    let text = "The officer came for the girl. They tortured her in a cell.";
    assert_eq!(victims(text, "torture"), ["girl"]);
}

#[test]
fn those_counted_speak_of_themselves() {
    let text =
        "Three journalists came home from Syria. Some of them said they were tortured in a cell.";
    assert_eq!(victims(text, "torture"), ["Some of them"]);
}

#[test]
fn a_government_by_its_leader_s_name_suffers_nothing() {
    let text = "The Ortega government’s detention of peaceful protesters in Nicaragua was arbitrary detention.";
    let found = victims(text, "arbitrary-detention");
    assert!(!found.iter().any(|name| name.contains("Ortega")));
}

#[test]
fn whoever_is_accused_of_an_act_did_it_and_not_who_accuses() {
    for (text, code, doer, victim) in [
        (
            "The army accused the militia of abducting the nurses.",
            "abduction",
            "militia",
            "nurses",
        ),
        (
            "Two officers were charged with killing the driver.",
            "extrajudicial-killing",
            "Two officers",
            "driver",
        ),
        (
            "The court convicted the colonel of torturing prisoners.",
            "torture",
            "colonel",
            "prisoners",
        ),
    ] {
        assert_eq!(perpetrators(text, code), [doer], "{text}");
        assert_eq!(victims(text, code), [victim], "{text}");
    }
    let each_other = "Both sides accused each other of torturing prisoners.";
    assert!(perpetrators(each_other, "torture").is_empty());
}

#[test]
fn relatives_and_clients_are_not_those_they_belong_to() {
    for (text, code, victim) in [
        (
            "Soldiers shot her husband at the roadblock.",
            "extrajudicial-killing",
            "her husband",
        ),
        (
            "Police detained her younger brother in Minsk.",
            "arbitrary-detention",
            "her younger brother",
        ),
        (
            "We have received allegations that your clients were tortured.",
            "torture",
            "your clients",
        ),
        (
            "The judges accepted the evidence of twelve witnesses that women had been raped.",
            "rape",
            "women",
        ),
        (
            "His lawyer, Reza Karimi, said that he had been tortured.",
            "torture",
            "he",
        ),
        (
            "Reza Karimi said that he had been tortured.",
            "torture",
            "Reza Karimi",
        ),
    ] {
        assert_eq!(victims(text, code), [victim], "{text}");
    }
}

#[test]
fn what_is_denied_of_anybody_and_what_a_court_does_not_accept_is_denied() {
    for (text, code) in [
        (
            "The minister denied that anyone had been tortured.",
            "torture",
        ),
        (
            "The tribunal did not accept that the prisoners had been tortured.",
            "torture",
        ),
    ] {
        let found = allegation(text, code);
        assert_eq!(found.modality.value, model::Modality::Denied, "{text}");
    }
}

#[test]
fn whoever_is_found_guilty_did_it_and_a_judgment_finds() {
    for text in [
        "The accused was convicted of rape.",
        "The accused was found guilty of rape.",
        "He was held responsible for the rape of the women.",
    ] {
        let found = allegation(text, "rape");
        assert_eq!(found.modality.value, model::Modality::Found, "{text}");
        assert_eq!(found.perpetrators.len(), 1, "{text}");
    }
    let text = "He had tortured a priest, the judgment says.";
    let found = allegation(text, "torture");
    assert_eq!(found.modality.value, model::Modality::Found);
}

#[test]
fn what_is_warned_of_is_feared_whomever_it_may_befall() {
    let text = "The Special Rapporteur warned that women who are returned may be subjected to forced abortion.";
    let found = allegation(text, "forced-abortion");
    assert_eq!(found.modality.value, model::Modality::Feared);
    assert_eq!(victims(text, "forced-abortion"), ["women"]);
}

#[test]
fn a_story_goes_on_with_whoever_tells_it() {
    let text = "An escapee from Hyesan told the briefing how her mother was tortured. Her sister was sold \
                to a man in Jilin. She herself was deported twice.";
    let found = allegation(text, "forced-repatriation");
    assert_eq!(found.attribution.len(), 1, "{found:?}");
}

#[test]
fn those_who_hear_nothing_have_not_done_it() {
    let text = "His relatives have had no word of him since 2017.";
    assert!(perpetrators(text, "enforced-disappearance").is_empty());
}

#[test]
fn a_range_of_people_is_not_its_larger_number() {
    for (text, who) in [
        (
            "80,000 to 120,000 people were tortured in the camps of North Korea.",
            "80,000 to 120,000 people",
        ),
        (
            "Between 80,000 and 120,000 people were tortured in North Korea.",
            "Between 80,000 and 120,000 people",
        ),
        (
            "Guards tortured 30 to 40 villagers in Moura.",
            "30 to 40 villagers",
        ),
        ("In 2019 and 2020 people were tortured in Minsk.", "people"),
    ] {
        assert_eq!(victims(text, "torture"), [who], "{text}");
        let found = allegation(text, "torture");
        assert_eq!(found.victims[0].value.number, None, "{text}");
    }
    let found = allegation("40 villagers were tortured in Moura.", "torture");
    assert_eq!(found.victims[0].value.number, Some(40));
}
