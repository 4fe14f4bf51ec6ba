//! Who says what.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Band, Proposal, RecordBody, Statement};

fn statements(proposals: &[Proposal]) -> Vec<(&Proposal, &Statement)> {
    proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Statement(statement) => Some((proposal, statement)),
            _ => None,
        })
        .collect()
}

fn speaker(statement: &Statement) -> Option<&str> {
    statement
        .speaker
        .as_ref()
        .map(|speaker| speaker.value.name.as_str())
}

#[test]
fn speech_split_by_its_attribution_is_one_statement() {
    let found = extract(
        &[
            "“The border is open,” said United Nations Special Rapporteur on Human Rights in the DPRK, Elizabeth Salmón, “but nobody knows for how long.”",
        ],
        None,
    );
    let all = statements(&found);
    let [(proposal, statement)] = all.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(speaker(statement), Some("Elizabeth Salmón"));
    assert_eq!(
        statement.role.as_ref().unwrap().value,
        "United Nations Special Rapporteur on Human Rights in the DPRK"
    );
    assert!(statement.direct);
    assert!(proposal.quotes[0].quote.starts_with("The border is open"));
    assert!(proposal.quotes[0].quote.ends_with("for how long"));
}

#[test]
fn marks_that_do_not_match_still_enclose_speech() {
    let found = extract(
        &["\"The families have waited for seventy years,” Ambassador Lisa Carty said."],
        None,
    );
    let (proposal, statement) = statements(&found)[0];
    assert_eq!(speaker(statement), Some("Lisa Carty"));
    assert_eq!(
        proposal.quotes[0].quote,
        "The families have waited for seventy years"
    );
}

#[test]
fn speech_goes_on_over_passages() {
    let found = extract(
        &[
            "Tomás Ojea Quintana spoke to the press. “I asked for access to the country,” he said.",
            "“I was told that the time was not right.”",
        ],
        None,
    );
    let all = statements(&found);
    assert_eq!(all.len(), 2, "{found:?}");
    for (proposal, statement) in all {
        assert_eq!(speaker(statement), Some("Tomás Ojea Quintana"));
        assert_eq!(proposal.band, Band::Inferred);
    }
}

#[test]
fn one_quotation_over_two_passages_is_one_statement() {
    let found = extract(
        &[
            "Lisa Carty said: “We have three concerns about the border.",
            "“The first is that nobody may look behind it.”",
        ],
        None,
    );
    let all = statements(&found);
    assert_eq!(all.len(), 1, "{found:?}");
    assert_eq!(all[0].0.quotes.len(), 4);
}

#[test]
fn so_called_words_are_no_speech() {
    let found = extract(
        &["The so-called “re-education through labour” went on in the camps."],
        None,
    );
    assert!(statements(&found).is_empty(), "{found:?}");
}

#[test]
fn speech_acts_follow_the_verb_or_the_words_said() {
    for (sentence, act) in [
        ("Lisa Carty said that the border is closed.", "asserts"),
        (
            "The General Assembly condemned the violations in the DPRK.",
            "condemns",
        ),
        (
            "Elizabeth Salmón warned that women would be punished.",
            "warns",
        ),
        (
            "The European Union welcomed the release of the prisoners.",
            "welcomes",
        ),
        (
            "The Special Rapporteur recalled that China is a party to the Refugee Convention.",
            "recalls",
        ),
        (
            "“We are deeply troubled by these reports,” said Lisa Carty.",
            "condemns",
        ),
        (
            "“We will continue to press for access,” said Lisa Carty.",
            "commits-to",
        ),
        (
            "The Commission of Inquiry found that crimes were committed.",
            "concludes",
        ),
        ("North Korea denied that the camps exist.", "denies"),
    ] {
        let found = extract(&[sentence], None);
        let acts: Vec<_> = statements(&found)
            .iter()
            .map(|(_, statement)| statement.act.value.as_str())
            .collect();
        assert!(acts.contains(&act), "{sentence}: {acts:?}");
    }
}

#[test]
fn the_verb_in_a_name_says_nothing() {
    let found = extract(
        &["The Department of State and the United States share a building."],
        None,
    );
    assert!(statements(&found).is_empty(), "{found:?}");
}

/// Speakers and words of all statements.
fn who_and_what(passages: &[&str]) -> Vec<(Option<String>, String)> {
    let found = extract(passages, None);
    statements(&found)
        .into_iter()
        .map(|(proposal, statement)| {
            (
                speaker(statement).map(str::to_owned),
                proposal.quotes[0].quote.clone(),
            )
        })
        .collect()
}

fn assert_says(passages: &[&str], who: Option<&str>, what: &str) {
    let all = who_and_what(passages);
    assert!(
        all.iter()
            .any(|(speaker, words)| speaker.as_deref() == who && words.contains(what)),
        "{who:?} does not say {what:?} in {all:?}"
    );
}

#[test]
fn whoever_stands_beside_a_quotation_speaks() {
    for (text, who) in [
        (
            "“We are asking for his address,” a relative of the scholar told us.",
            "relative of the scholar",
        ),
        (
            "“Where is my brother?” the witness asked. Nobody answered.",
            "witness",
        ),
        (
            "“Nobody came back to the village,” Jane Moore (Ruritania) said on Monday.",
            "Jane Moore",
        ),
        (
            "“Nobody came back to the village.” — Jane Moore",
            "Jane Moore",
        ),
    ] {
        let all = who_and_what(&[text]);
        let [(speaker, _)] = all.as_slice() else {
            panic!("{text}: {all:?}");
        };
        assert_eq!(speaker.as_deref(), Some(who), "{text}");
    }
    let apart = [
        "Elizabeth Salmón said:",
        "“Nobody came back to the village that year.”",
    ];
    assert_says(&apart, Some("Elizabeth Salmón"), "Nobody came back");
}

#[test]
fn words_as_spoken_without_a_sign_are_kept_without_a_speaker() {
    let all = who_and_what(&["On the wall stood in red “nobody leaves this place alive again”."]);
    assert_eq!(
        all,
        [(None, "nobody leaves this place alive again".to_owned())]
    );
    let title = ["A film called “The Long Road Out of the North” was shown."];
    assert!(who_and_what(&title).is_empty());
}

#[test]
fn tags_behind_and_within_indirect_speech() {
    assert_says(
        &[
            "The Commission of Inquiry met in Geneva. Thousands of people had been enslaved, it estimated.",
        ],
        Some("Commission of Inquiry"),
        "Thousands of people had been enslaved",
    );
    assert_says(
        &["If the clinic stays closed, Elizabeth Salmón warned, the wounded will die."],
        Some("Elizabeth Salmón"),
        "the wounded will die",
    );
    assert_says(
        &["One man told the judges that guards beat him with cables."],
        Some("One man"),
        "guards beat him",
    );
    let asked = who_and_what(&["The officers asked whether I had met foreigners."]);
    assert!(asked.is_empty(), "{asked:?}");
    let passive = who_and_what(&["The witness was told that her son had died."]);
    assert!(passive.is_empty(), "{passive:?}");
}

#[test]
fn the_body_speaks_in_every_paragraph_of_its_resolution() {
    let resolution = [
        "The Assembly of Cities,",
        "Deeply concerned at the detention of journalists,",
        "1. Condemns the persecution of lawyers and calls upon the authorities of Belarus to release them;",
        "2. Requests its Bureau to report in March.",
    ];
    for what in [
        "detention of journalists",
        "persecution of lawyers",
        "to release them",
        "Requests its Bureau",
    ] {
        assert_says(&resolution, Some("Assembly of Cities"), what);
    }
    let advice =
        who_and_what(&["Noting what one reads helps the memory of everybody who does it."]);
    assert!(advice.is_empty(), "{advice:?}");
}

#[test]
fn what_a_document_does_in_its_own_voice_is_its_own() {
    assert_says(
        &["We condemn the arrest of journalists in Belarus."],
        Some("document"),
        "condemn the arrest",
    );
}
