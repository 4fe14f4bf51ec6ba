//! What is an allegation, of what, by whom, against whom, and how it is put forward.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Allegation, Band, Modality, Proposal, RecordBody};

fn allegations(proposals: &[Proposal]) -> Vec<(&Proposal, &Allegation)> {
    proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Allegation(allegation) => Some((proposal, allegation)),
            _ => None,
        })
        .collect()
}

fn codes(proposals: &[Proposal]) -> Vec<String> {
    let mut codes: Vec<String> = allegations(proposals)
        .iter()
        .map(|(_, allegation)| allegation.violation.value.to_string())
        .collect();
    codes.sort();
    codes
}

fn of<'p>(proposals: &'p [Proposal], code: &str) -> (&'p Proposal, &'p Allegation) {
    allegations(proposals)
        .into_iter()
        .find(|(_, allegation)| allegation.violation.value.as_str() == code)
        .unwrap_or_else(|| panic!("no allegation of {code} in {:?}", codes(proposals)))
}

#[test]
fn a_list_shares_its_context() {
    let found = extract(
        &[
            "Elizabeth Salmón spoke in Geneva. She warned that returning would expose the women to torture, sexual violence or extrajudicial killings.",
        ],
        None,
    );
    assert_eq!(
        codes(&found),
        ["extrajudicial-killing", "sexual-violence", "torture"]
    );
    for (proposal, allegation) in allegations(&found) {
        assert_eq!(allegation.modality.value, Modality::Feared);
        let speaker = allegation.attribution[0].value.speaker.as_ref().unwrap();
        assert_eq!(speaker.name, "Elizabeth Salmón");
        assert_eq!(allegation.attribution[0].value.words, "warned");
        assert_eq!(allegation.victims[0].value.who.name, "women");
        assert!(!proposal.quotes[0].quote.contains("spoke in Geneva"));
    }
}

#[test]
fn who_speaks_of_a_risk_does_not_run_it() {
    let found = extract(
        &[
            "Nadia Kovac visited the Republic of Korea, where she spoke of an imminent risk of forced repatriation.",
        ],
        None,
    );
    let (_, allegation) = of(&found, "forced-repatriation");
    assert_eq!(allegation.modality.value, Modality::Feared);
    assert!(allegation.victims.is_empty(), "{:?}", allegation.victims);
    assert_eq!(
        allegation.attribution.len(),
        1,
        "{:?}",
        allegation.attribution
    );
    assert!(
        !found
            .iter()
            .any(|proposal| matches!(proposal.body, RecordBody::Case(_)))
    );
    let found = extract(
        &["Nadia Kovac said that she was tortured in Chongjin."],
        None,
    );
    assert_eq!(of(&found, "torture").1.victims.len(), 1);
}

#[test]
fn whoever_finds_it_did_not_do_it() {
    let found = extract(
        &[
            "The commission's chair, Michael Kirby, found that the violations were “systematic and widespread”.",
        ],
        None,
    );
    let (_, allegation) = of(&found, "systematic");
    assert_eq!(allegation.modality.value, Modality::Found);
    assert!(
        allegation.perpetrators.is_empty(),
        "{:?}",
        allegation.perpetrators
    );
    let found = extract(&["The court found Goran Petrov guilty of torture."], None);
    let (_, allegation) = of(&found, "torture");
    assert_eq!(allegation.perpetrators.len(), 1);
}

#[test]
fn who_says_so_is_kept_as_a_chain() {
    let found = extract(
        &[
            "According to the State Department, there are credible reports of forced labor and torture in North Korea.",
        ],
        None,
    );
    let (_, torture) = of(&found, "torture");
    let chain: Vec<_> = torture
        .attribution
        .iter()
        .map(|link| {
            (
                link.value.speaker.as_ref().map(|s| s.name.as_str()),
                link.value.words.as_str(),
            )
        })
        .collect();
    assert_eq!(
        chain,
        [
            (Some("United States Department of State"), "According to"),
            (None, "credible reports of")
        ]
    );
    assert_eq!(
        torture.place.as_ref().unwrap().value.key.as_deref(),
        Some("state:KP")
    );
}

#[test]
fn a_commission_finds_and_a_government_denies() {
    let found = extract(
        &[
            "The Commission of Inquiry concluded that the violations in the DPRK amount to crimes against humanity.",
            "Pyongyang denied the allegations of torture.",
        ],
        None,
    );
    assert_eq!(
        of(&found, "crimes-against-humanity").1.modality.value,
        Modality::Found
    );
    assert_eq!(of(&found, "torture").1.modality.value, Modality::Denied);
}

#[test]
fn a_right_is_no_allegation_until_it_is_taken_away() {
    let named = extract(
        &[
            "Freedom of expression, of thought and of association are rights of everybody in North Korea.",
        ],
        None,
    );
    assert_eq!(codes(&named), [""; 0]);
    let denied = extract(
        &[
            "People in North Korea are unable to exercise their rights, including freedoms of expression, religion, peaceful assembly, and movement.",
        ],
        None,
    );
    assert_eq!(
        codes(&denied),
        [
            "denial-of-expression",
            "denial-of-freedom-of-movement",
            "denial-of-peaceful-assembly",
            "denial-of-thought-conscience-religion"
        ]
    );
}

#[test]
fn norms_titles_and_policies_only_name_a_violation() {
    for sentence in [
        "The Special Rapporteur on torture presented a report on China.",
        "China acceded to the Convention against Torture in 1988.",
        "States should respect the principle of non-refoulement.",
        "Torture is prohibited in Syria as everywhere.",
        "We fund programs to combat human trafficking in Nigeria.",
        "The Uyghur Forced Labor Prevention Act entered into force.",
        "No one may be subjected to torture in Syria.",
        "The office monitors sexual violence prevention in Sudan.",
    ] {
        let found = extract(&[sentence], None);
        assert_eq!(codes(&found), [""; 0], "{sentence}");
    }
}

#[test]
fn a_demand_alleges_only_what_it_takes_for_granted() {
    let found = extract(
        &["We call on China to prevent torture and to protect escapees from forced repatriation."],
        None,
    );
    assert_eq!(codes(&found), [""; 0]);
    let found = extract(
        &["We call on China to end the forced repatriation of escapees."],
        None,
    );
    assert_eq!(codes(&found), ["forced-repatriation"]);
    let call = found
        .iter()
        .find_map(|proposal| match &proposal.body {
            RecordBody::Call(call) => Some(call),
            _ => None,
        })
        .unwrap();
    assert_eq!(call.violations[0].value.as_str(), "forced-repatriation");
}

#[test]
fn victims_and_perpetrators_stand_in_the_clause() {
    let found = extract(
        &[
            "In 2023, Chinese authorities forcibly repatriated 500 North Koreans. Two women were publicly executed in Hyesan.",
        ],
        None,
    );
    let (proposal, repatriation) = of(&found, "forced-repatriation");
    assert_eq!(repatriation.victims[0].value.number, Some(500));
    assert_eq!(repatriation.victims[0].value.who.name, "500 North Koreans");
    assert_eq!(
        repatriation.perpetrators[0].value.who.name,
        "Chinese authorities"
    );
    assert_eq!(
        repatriation.date.as_ref().unwrap().value.date.to_string(),
        "2023"
    );
    assert_eq!(proposal.band, Band::Stated);
    let (_, execution) = of(&found, "public-execution");
    assert_eq!(execution.victims[0].value.number, Some(2));
    assert_eq!(execution.place.as_ref().unwrap().value.name, "Hyesan");
}

#[test]
fn a_state_s_government_is_the_state() {
    let found = extract(&["The DPRK government tortures prisoners."], None);
    let (_, torture) = of(&found, "torture");
    assert_eq!(
        torture.perpetrators[0].value.who.key.as_deref(),
        Some("state:KP")
    );
}

#[test]
fn a_pronoun_is_resolved_and_marked() {
    let found = extract(
        &["Dozens of escapees were caught near Dandong. They are detained or sent back."],
        None,
    );
    let (proposal, detention) = of(&found, "arbitrary-detention");
    assert_eq!(proposal.band, Band::Inferred);
    assert_eq!(detention.victims[0].value.who.name, "escapees");
    assert_eq!(
        detention.victims[0].value.characteristics[0].as_str(),
        "escapees"
    );
}

#[test]
fn one_allegation_a_type_and_passage() {
    let found = extract(
        &[
            "Guards tortured prisoners in Chongjin. Others also spoke of torture there, and of torture elsewhere in North Korea.",
            "A third man reported torture in Hoeryong.",
        ],
        None,
    );
    assert_eq!(codes(&found), ["torture", "torture"]);
}

#[test]
fn titles_headings_and_captions_give_no_allegations() {
    use model::PassageKind::{Caption, Heading, Title};
    let reading = common::reading(&[
        (Title, "Torture in North Korea"),
        (Heading, "Abductions by North Korea"),
        (
            Caption,
            "A drawing of torture in Camp 18, North Korea, in 2014.",
        ),
    ]);
    let found = common::shipped().extract(&reading, &onrecord_extract::Context::default());
    common::check(&reading, &found);
    assert_eq!(codes(&found), [""; 0]);
    assert!(
        found
            .iter()
            .any(|proposal| matches!(proposal.body, RecordBody::State(_)))
    );
}

#[test]
fn who_saw_it_or_tells_of_it_did_not_suffer_it() {
    let found = extract(&["In 1995 he witnessed the massacre at Srebrenica."], None);
    let (_, killing) = of(&found, "extrajudicial-killing");
    assert!(killing.victims.is_empty(), "{killing:?}");
    let found = extract(
        &["Half of those interviewed had been beaten by their employers."],
        None,
    );
    let (_, beaten) = of(&found, "ill-treatment");
    assert_eq!(beaten.victims[0].value.who.name, "those interviewed");
}

#[test]
fn a_state_that_says_that_nobody_suffers_it_denies_it() {
    let found = extract(
        &["The government says no one is detained for his opinions."],
        None,
    );
    let (_, detention) = of(&found, "arbitrary-detention");
    assert_eq!(detention.modality.value, Modality::Denied);
    let found = extract(
        &["If he is returned he will be executed, his lawyers warn."],
        None,
    );
    let (_, execution) = of(&found, "summary-execution");
    assert_eq!(execution.modality.value, Modality::Feared);
}

#[test]
fn another_act_of_the_type_in_one_passage_is_told_by_its_number_or_day() {
    let found = extract(
        &[
            "Three people were killed by the army in Kumbo in May 2019. Two farmers were killed by the police in Buea in June 2020. The killing of the farmers by the police was filmed.",
        ],
        None,
    );
    let told: Vec<(u64, String)> = allegations(&found)
        .iter()
        .map(|(_, one)| {
            let number = one.victims.first().and_then(|victim| victim.value.number);
            let date = one.date.as_ref().map(|date| date.value.date.to_string());
            (number.unwrap_or_default(), date.unwrap_or_default())
        })
        .collect();
    assert_eq!(told, [(3, "2019-05".to_owned()), (2, "2020-06".to_owned())]);
}
