//! Who and what is named.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Person, Proposal, RecordBody};

fn names(proposals: &[Proposal], kind: &str) -> Vec<String> {
    proposals
        .iter()
        .filter(|proposal| proposal.body.kind().name() == kind)
        .map(|proposal| match &proposal.body {
            RecordBody::Person(entity) => entity.names[0].value.form.clone(),
            RecordBody::Organisation(entity) => entity.names[0].value.form.clone(),
            RecordBody::State(entity) => entity.names[0].value.form.clone(),
            RecordBody::Place(entity) => entity.names[0].value.form.clone(),
            RecordBody::Instrument(entity) => entity.names[0].value.form.clone(),
            _ => String::new(),
        })
        .collect()
}

fn person(proposals: &[Proposal]) -> &Person {
    proposals
        .iter()
        .find_map(|proposal| match &proposal.body {
            RecordBody::Person(person) => Some(person),
            _ => None,
        })
        .unwrap()
}

#[test]
fn an_entity_is_proposed_once_with_every_mention() {
    let found = extract(
        &[
            "The DPRK closed its borders. North Korea reopened them, and the North Korean press said so.",
            "The Democratic People’s Republic of Korea is silent.",
        ],
        None,
    );
    assert_eq!(names(&found, "state"), ["North Korea"]);
    let state = found
        .iter()
        .find_map(|proposal| match &proposal.body {
            RecordBody::State(state) => Some((proposal, state)),
            _ => None,
        })
        .unwrap();
    assert_eq!(state.1.iso.as_deref(), Some("KP"));
    // The adjective is no mention.
    assert_eq!(state.0.quotes.len(), 3);
}

#[test]
fn a_seat_of_government_is_a_place_or_the_state() {
    let found = extract(
        &["During a visit to Seoul he learned that Pyongyang had rejected the offer."],
        None,
    );
    assert_eq!(names(&found, "place"), ["Seoul"]);
    assert_eq!(names(&found, "state"), ["North Korea"]);
}

#[test]
fn short_forms_need_the_full_name() {
    let found = extract(
        &[
            "The Security Council met in August 2023. Members of the Council spoke. The Human Rights Council sat in Geneva, where the Council adopted a text.",
        ],
        None,
    );
    let quotes: Vec<_> = found
        .iter()
        .filter(|proposal| proposal.body.kind().name() == "organisation")
        .map(|proposal| proposal.quotes.len())
        .collect();
    assert_eq!(quotes, [2, 2]);
    assert!(names(&extract(&["The Council met."], None), "organisation").is_empty());
}

#[test]
fn persons_with_their_roles() {
    for (sentence, name, role) in [
        (
            "“Yes,” said Special Envoy for North Korean Human Rights Issues Robert King.",
            "Robert King",
            "Special Envoy for North Korean Human Rights Issues",
        ),
        (
            "Tomás Ojea Quintana, the Special Rapporteur on human rights in DPRK, spoke.",
            "Tomás Ojea Quintana",
            "Special Rapporteur on human rights in DPRK",
        ),
        (
            "The offer came from President Moon Jae-in in July.",
            "Moon Jae-in",
            "President",
        ),
        (
            "A drawing by survivor Kim Hye Sook was shown.",
            "Kim Hye Sook",
            "survivor",
        ),
        (
            "Foreign Minister Maria Berger met the families.",
            "Maria Berger",
            "Foreign Minister",
        ),
        (
            "They honoured activist Jana Novakova in June.",
            "Jana Novakova",
            "activist",
        ),
    ] {
        let found = extract(&[sentence], None);
        let person = person(&found);
        assert_eq!(person.names[0].value.form, name, "{sentence}");
        assert_eq!(person.roles[0].value.title, role, "{sentence}");
    }
}

#[test]
fn surnames_are_resolved() {
    let found = extract(
        &[
            "Ms. Maria Berger spoke first. Later Berger said that the camp was closed. Mr. Ojea Quintana and Tomás Ojea Quintana are one.",
        ],
        None,
    );
    let mut persons = names(&found, "person");
    persons.sort();
    assert_eq!(persons, ["Maria Berger", "Tomás Ojea Quintana"]);
    let berger = person(&found);
    assert_eq!(berger.sex.as_ref().unwrap().value, "female");
    assert_eq!(
        berger
            .names
            .iter()
            .map(|name| name.quotes.len())
            .sum::<usize>(),
        2
    );
}

#[test]
fn capitals_alone_are_no_person() {
    let found = extract(
        &[
            "Human Rights Day was marked. The General Provisions apply. Green Valley is near Hidden Lake. National Security is discussed.",
        ],
        None,
    );
    assert!(names(&found, "person").is_empty(), "{found:?}");
}

#[test]
fn bodies_and_instruments_without_a_gazetteer() {
    let found = extract(
        &[
            "The Ministry of Food Administration cited the Foreign Assistance Act of 1961, A/HRC/25/63, Executive Order 13466 and resolution 22/13.",
        ],
        None,
    );
    assert_eq!(
        names(&found, "organisation"),
        ["Ministry of Food Administration"]
    );
    assert_eq!(
        names(&found, "instrument"),
        [
            "Foreign Assistance Act of 1961",
            "A/HRC/25/63",
            "Executive Order 13466",
            "resolution 22/13"
        ]
    );
}

#[test]
fn korean_is_read_by_its_pack() {
    let mut reading =
        common::paragraphs(&["북한은 고문을 부인했다. 대한민국 정부는 우려를 표했다."]);
    if let Some(language) = &mut reading.language {
        language.value = "ko".to_owned();
    }
    let found = common::shipped().extract(&reading, &onrecord_extract::Context::default());
    common::check(&reading, &found);
    let mut states = names(&found, "state");
    states.sort();
    assert_eq!(states, ["North Korea", "South Korea"]);
    let denied = found.iter().any(|proposal| match &proposal.body {
        model::RecordBody::Allegation(it) => it.modality.value == model::Modality::Denied,
        _ => false,
    });
    assert!(denied, "{found:?}");
}

#[test]
fn a_place_by_the_preposition_before_it() {
    let places = |text: &str| -> Vec<String> {
        extract(&[text], None)
            .iter()
            .filter_map(|proposal| match &proposal.body {
                RecordBody::Place(place) => Some(place.names[0].value.form.clone()),
                _ => None,
            })
            .collect()
    };
    assert_eq!(
        places("The fighting in Walungu went on near Bukama."),
        ["Walungu", "Bukama"]
    );
    for none in [
        "The debate in Parliament went on in English.",
        "She was born in January and raised in Islam.",
        "Fighting In Walungu Goes On",
        "He believes in Marxism-Leninism.",
    ] {
        let found = places(none);
        assert!(found.is_empty(), "{none}: {found:?}");
    }
}
