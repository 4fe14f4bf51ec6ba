//! Whoever tells of an act: who says so, and never who suffered it.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Allegation, RecordBody};

fn allegations(text: &str) -> Vec<Allegation> {
    let proposals = extract(&[text], None);
    let all = proposals
        .into_iter()
        .filter_map(|proposal| match proposal.body {
            RecordBody::Allegation(it) => Some(it),
            _ => None,
        });
    all.collect()
}

fn victims(text: &str) -> Vec<String> {
    let all = allegations(text);
    assert!(!all.is_empty(), "{text:?} alleges nothing");
    let victims = all.iter().flat_map(|it| &it.victims);
    victims.map(|it| it.value.who.name.clone()).collect()
}

/// Who says so, innermost, and the modality, of the first allegation.
fn said_by(text: &str) -> (String, String) {
    let all = allegations(text);
    let first = all
        .first()
        .unwrap_or_else(|| panic!("{text:?} alleges nothing"));
    let last = first.attribution.last();
    let speaker = last.and_then(|it| it.value.speaker.as_ref());
    (
        speaker.map(|it| it.name.clone()).unwrap_or_default(),
        first.modality.value.name().to_owned(),
    )
}

#[test]
fn who_lists_or_finds_it_does_not_suffer_it() {
    let chair = "Michael Kirby led the commission. They listed murder, torture and rape.";
    assert!(victims(chair).is_empty(), "{:?}", victims(chair));
    let found = "The commission concludes that widespread violations have been committed, and that \
        in many cases they are crimes against humanity.";
    assert!(!victims(found).contains(&"commission".to_owned()));
}

#[test]
fn who_writes_of_crimes_does_not_suffer_them() {
    let letter = "Mr. Kirby writes to Kim Jong Un that those who may be held to account for crimes \
        against humanity may include him.";
    assert!(victims(letter).is_empty(), "{:?}", victims(letter));
}

#[test]
fn a_number_of_something_else_suffers_nothing() {
    let refused = "It refused 93 of them, those on public executions included.";
    let all = allegations(refused);
    assert!(
        all.iter()
            .all(|it| it.victims.iter().all(|it| it.value.who.name != "93"))
    );
}

#[test]
fn whoever_documents_it_says_so() {
    let ngo = "Amnesty International has documented the killing of 12 protesters.";
    assert_eq!(
        said_by(ngo),
        ("Amnesty International".into(), "alleged".into())
    );
    let mission = "The fact-finding mission verified 40 cases of torture of prisoners.";
    assert_eq!(said_by(mission).1, "found");
    let own = "My office has recorded the torture of 12 men in the south.";
    assert_eq!(said_by(own).0, "");
    let passive = "The torture of 12 men was recorded by a camera in the corridor.";
    assert_eq!(said_by(passive).0, "");
}

#[test]
fn names_do_not_begin_with_that() {
    let text = "He recalled that guards had shot two men.";
    let all = allegations(text);
    let doers: Vec<&str> = all
        .iter()
        .flat_map(|it| &it.perpetrators)
        .map(|it| it.value.who.name.as_str())
        .collect();
    assert_eq!(doers, ["guards"]);
}

#[test]
fn the_items_of_a_list_are_said_by_who_leads_it_in() {
    let passages = [
        "The Chamber found beyond reasonable doubt that:",
        "– soldiers of the militia killed villagers in the north;",
        "– women were raped in the health centre.",
        "Guards beat the prisoners of the south.",
    ];
    let proposals = extract(&passages, None);
    let said = proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Allegation(it) => Some((
                proposal.quotes[0].passage,
                it.modality.value.name(),
                it.attribution
                    .last()
                    .and_then(|it| it.value.speaker.as_ref())
                    .map_or(String::new(), |it| it.name.clone()),
            )),
            _ => None,
        });
    let said: Vec<_> = said.collect();
    assert!(
        said.contains(&(2, "found", "Chamber".to_owned())),
        "{said:?}"
    );
    assert!(
        said.contains(&(3, "found", "Chamber".to_owned())),
        "{said:?}"
    );
    assert!(
        said.iter().any(|(passage, ..)| *passage == 4)
            && said
                .iter()
                .all(|(passage, _, who)| *passage != 4 || who != "Chamber"),
        "{said:?}"
    );
}

#[test]
fn what_a_body_established_it_found_wherever_its_name_stands() {
    let first = "As found by the Commission of Inquiry, prisoners were tortured in the camps.";
    assert_eq!(said_by(first).1, "found");
    let satisfied = "The Chamber is satisfied beyond reasonable doubt that soldiers raped women.";
    assert_eq!(said_by(satisfied), ("Chamber".into(), "found".into()));
    let whereas = "Whereas, according to Amnesty International, 40 prisoners were tortured in May;";
    assert_eq!(
        said_by(whereas),
        ("Amnesty International".into(), "alleged".into())
    );
}

#[test]
fn whoever_belongs_to_somebody_is_not_that_somebody() {
    let held = "The envoy spoke of Ms. Ito's family and colleagues who are detained in Iran.";
    assert_eq!(victims(held), ["Ms. Ito's family and colleagues"]);
    let brother = "The army arrested Mr. Okello's brother.";
    assert_eq!(victims(brother), ["Mr. Okello's brother"]);
    let own = "Mr. Okello's detention lasted for years.";
    assert_eq!(victims(own), ["Okello"]);
}

#[test]
fn a_pronoun_is_nobody_who_is_named_only_later() {
    let later = "She expressed concern at the detention of Mr. Okello in May.";
    assert_eq!(said_by(later).0, "");
}

#[test]
fn those_in_office_and_powers_suffer_only_what_is_done_to_themselves() {
    let act = "President Biden is taking further action by expanding the tools to hold the regime \
        accountable for its abuses and attacks on civil society.";
    assert!(
        !victims(act).contains(&"Joe Biden".to_owned()),
        "{:?}",
        victims(act)
    );
    let regime = "They are named for their roles in the Ortega-Murillo regime's attacks on human \
        rights and repression of civil society organizations.";
    assert!(
        !victims(regime).iter().any(|it| it.contains("Ortega")),
        "{:?}",
        victims(regime)
    );
    let leaders = "Their own leaders threw them in prison.";
    assert!(
        !victims(leaders).contains(&"leaders".to_owned()),
        "{:?}",
        victims(leaders)
    );
    let himself = "The rapporteur Tomás Ojea Quintana was arrested at the border.";
    assert!(!victims(himself).is_empty());
}
