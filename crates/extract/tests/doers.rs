//! Who did it where the words name them once for a whole list; whole lists of those who suffered; what
//! can never be a victim or a doer; participles that tell what befell people.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Allegation, Modality, RecordBody};

fn all(text: &str) -> Vec<Allegation> {
    let found = extract(&[text], None);
    let bodies = found.into_iter().filter_map(|it| match it.body {
        RecordBody::Allegation(allegation) => Some(allegation),
        _ => None,
    });
    bodies.collect()
}

fn allegation(text: &str, code: &str) -> Allegation {
    let mut found = all(text).into_iter();
    found
        .find(|it| it.violation.value.as_str() == code)
        .unwrap_or_else(|| panic!("no {code} in {text}"))
}

fn victims(text: &str, code: &str) -> Vec<String> {
    let found = allegation(text, code);
    let names = found.victims.iter();
    names.map(|one| one.value.who.name.clone()).collect()
}

fn doers(text: &str, code: &str) -> Vec<String> {
    let found = allegation(text, code);
    let names = found.perpetrators.iter();
    names.map(|one| one.value.who.name.clone()).collect()
}

fn codes(text: &str) -> Vec<String> {
    let found = all(text).into_iter();
    found.map(|it| it.violation.value.to_string()).collect()
}

#[test]
fn the_owner_of_the_first_noun_did_the_whole_list() {
    let text = "The Government of Venezuela's erosion of guarantees, persecution of opponents, and \
                arbitrary arrest of students went on.";
    assert_eq!(doers(text, "persecution"), ["Venezuela"]);
    assert_eq!(doers(text, "arbitrary-detention"), ["Venezuela"]);
    let text = "The junta's ongoing crackdown on opponents in Burma goes on.";
    assert_eq!(doers(text, "persecution"), ["junta"]);
}

#[test]
fn whose_actions_it_was_and_whoever_is_punished_for_it_did_it() {
    let text = "The order names the actions of certain officials of Belarus to undermine elections; \
                to commit abuses, including enforced disappearances in Minsk.";
    assert_eq!(
        doers(text, "enforced-disappearance"),
        ["certain officials of Belarus"]
    );
    let text = "The ministry sanctioned two officers for torture of prisoners in Damascus.";
    assert_eq!(doers(text, "torture"), ["two officers"]);
    assert_eq!(victims(text, "torture"), ["prisoners"]);
    // Who is appointed has done nothing.
    let text =
        "The ministry designated two officials to help people who face persecution in Burma.";
    assert!(doers(text, "persecution").is_empty());
}

#[test]
fn the_subject_of_a_deed_did_it_without_the_words_of_saying() {
    let text = "Members of the unit have engaged in torture against prisoners in Uganda.";
    assert_eq!(doers(text, "torture"), ["Members of the unit"]);
    let text = "The panel said guards had raped women in a camp in Libya.";
    assert_eq!(doers(text, "rape"), ["guards"]);
}

#[test]
fn victims_are_whole_lists() {
    let text = "The military unjustly arrested government leaders, journalists and religious leaders \
                in Burma.";
    assert_eq!(
        victims(text, "arbitrary-detention"),
        ["government leaders", "journalists", "religious leaders"]
    );
    let text = "Russia is wrongfully detaining Evan Gershkovich and Paul Whelan.";
    assert_eq!(
        victims(text, "arbitrary-detention"),
        ["Evan Gershkovich", "Paul Whelan"]
    );
    // Another clause begins with the next people.
    let text = "Police beat protesters in Minsk, and journalists were filming it.";
    assert_eq!(victims(text, "ill-treatment"), ["protesters"]);
}

#[test]
fn verbs_days_and_compounds_are_no_victims() {
    let text = "In Seoul she spoke of an imminent risk of forced repatriation after the DPRK allowed \
                its citizens abroad to return.";
    assert_ne!(
        victims(text, "forced-repatriation"),
        ["allowed its citizens"]
    );
    let text = "There is no denying the regime's crackdown in Cuba in response to July 11.";
    assert!(victims(text, "persecution").is_empty());
    let text = "We stand with every Canadian being held hostage or wrongfully detained in Iran.";
    assert_eq!(victims(text, "arbitrary-detention"), ["every Canadian"]);
}

#[test]
fn people_before_a_participle_suffered() {
    let text = "Every Canadian held unjustly abroad must be released.";
    assert_eq!(victims(text, "arbitrary-detention"), ["Every Canadian"]);
    let text = "Two brothers from Canada endured months in captivity in Mali.";
    assert!(codes(text).contains(&"hostage-taking".to_owned()));
    let text = "Reuniting wrongfully detained Canadians with their families is our aim.";
    assert_eq!(victims(text, "arbitrary-detention"), ["Canadians"]);
    // A lawful arrest, and what is to be prevented.
    let text = "A fugitive named Pedro Diaz was arrested in Lima.";
    assert!(codes(text).is_empty());
    let text = "It is our aim to prevent Canadians from being wrongfully detained.";
    assert!(codes(text).is_empty());
}

#[test]
fn what_something_is_put_to_and_rights_not_respected_are_told() {
    let text = "The Ortega government has abused the courts to silence critics.";
    assert_eq!(victims(text, "denial-of-expression"), ["critics"]);
    let possible = all("The law could be used to silence critics.");
    assert!(
        possible
            .iter()
            .all(|it| it.modality.value != Modality::Alleged)
    );
    let text = "The government of Cuba failed to respect the right to peaceful assembly and freedom \
                from arbitrary detention.";
    let found = codes(text);
    assert!(found.contains(&"denial-of-peaceful-assembly".to_owned()));
    assert!(found.contains(&"arbitrary-detention".to_owned()));
}

#[test]
fn aims_guides_and_lessened_risks_tell_of_nothing() {
    for text in [
        "The office gave training in order to combat forced labor.",
        "The new rules reduce the risk of torture in Syria.",
        "The office wrote a guide on human trafficking for students in Boston.",
        "The register holds information on murder and trafficking cases in Peru.",
    ] {
        assert!(codes(text).is_empty(), "{text}: {:?}", codes(text));
    }
}

#[test]
fn who_documents_it_says_so() {
    let text = "The Commission of Inquiry on Eritrea has documented enforced disappearances of \
                deserters.";
    let found = allegation(text, "enforced-disappearance");
    assert_eq!(found.modality.value, Modality::Found);
    let speaker = found.attribution[0].value.speaker.as_ref().unwrap();
    assert_eq!(speaker.name, "Commission of Inquiry on Eritrea");
    let text = "Human Rights Watch documented the torture of 30 detainees in Egypt.";
    let found = allegation(text, "torture");
    assert_eq!(found.modality.value, Modality::Alleged);
    assert_eq!(found.attribution.len(), 1);
    let text = "The torture of detainees in Cairo was confirmed by the inquiry.";
    assert_eq!(allegation(text, "torture").modality.value, Modality::Found);
}

#[test]
fn a_date_is_no_part_of_whoever_did_it() {
    let text = "On 3 March 2024 two men of the security service arrested Timur Alimov.";
    assert_eq!(
        doers(text, "arbitrary-detention"),
        ["two men of the security service"]
    );
    let text = "Cuba released Timur Alimov in January and arrested him again in April.";
    assert_eq!(doers(text, "arbitrary-detention"), ["Cuba"]);
}

#[test]
fn those_inside_the_words_of_the_act_suffered_it() {
    let text = "Chinese police sent her back.";
    assert_eq!(victims(text, "forced-repatriation"), ["her"]);
    assert_eq!(doers(text, "forced-repatriation"), ["Chinese police"]);
    let text = "China returned about 500 people to North Korea.";
    assert_eq!(victims(text, "forced-repatriation"), ["500 people"]);
}
