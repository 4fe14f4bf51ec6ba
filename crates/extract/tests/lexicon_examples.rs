//! Every pattern of the shipped lexicons does what its examples say, and not what its
//! counter-examples say.
#![allow(clippy::unwrap_used)]

mod common;

use model::{Modality, Proposal, RecordBody, Vocabularies};
use onrecord_extract::Examples;

fn modalities(proposals: &[Proposal]) -> Vec<Modality> {
    proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Allegation(allegation) => Some(allegation.modality.value),
            _ => None,
        })
        .collect()
}

/// Whether the pattern did its work in a sentence: in an example (`wanted`), or wrongly.
fn fires(pattern: &Examples, sentence: &str, wanted: bool) -> bool {
    let passages: Vec<&str> = sentence.split("\n\n").collect();
    let proposals = common::extract(&passages, Some("2024-10-18"));
    let found = modalities(&proposals);
    let code = |proposal: &Proposal| match &proposal.body {
        RecordBody::Allegation(allegation) => allegation.violation.value.to_string(),
        _ => String::new(),
    };
    match (pattern.table, pattern.detail.as_str()) {
        // Several patterns may tell of one act; which of them is named is no matter to a coder.
        ("violation", violation) if wanted => proposals.iter().any(|one| code(one) == violation),
        // `event.dated` takes any past verb with a date: that it fires says nothing of the terms.
        ("event", event) if wanted => proposals.iter().any(|one| match &one.body {
            RecordBody::Event(found) => {
                found.event.value.as_str() == event && one.rule != "event.dated"
            }
            _ => false,
        }),
        ("mask", _) | ("context", "topic") => found.is_empty(),
        ("context", "found") => found.contains(&Modality::Found),
        ("context", "feared") => found.contains(&Modality::Feared),
        ("context", "denied") => found.contains(&Modality::Denied),
        ("context", "admitted") => found.contains(&Modality::Admitted),
        ("context", _) => found.contains(&Modality::Alleged),
        ("symbol", _) => proposals
            .iter()
            .any(|proposal| proposal.rule == "name.symbol"),
        _ => proposals.iter().any(|proposal| proposal.rule == pattern.id),
    }
}

#[test]
fn examples_fire_and_counter_examples_do_not() {
    let mut wrong = Vec::new();
    for pattern in common::shipped().examples() {
        assert!(
            !pattern.examples.is_empty(),
            "{} has no example",
            pattern.id
        );
        assert!(
            !pattern.counter.is_empty(),
            "{} has no counter-example",
            pattern.id
        );
        for sentence in &pattern.examples {
            if !fires(pattern, sentence, true) {
                wrong.push(format!("{} does not fire in: {sentence}", pattern.id));
            }
        }
        for sentence in &pattern.counter {
            if fires(pattern, sentence, false) {
                wrong.push(format!("{} fires in: {sentence}", pattern.id));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_code_stands_in_its_vocabulary() {
    let vocabularies = Vocabularies::shipped().unwrap();
    for list in [
        "violation",
        "speech-act",
        "event-type",
        "response",
        "case-category",
        "victim-characteristic",
    ] {
        let codes = common::shipped().codes(list);
        assert!(!codes.is_empty(), "{list}");
        let vocabulary = vocabularies.list(list).unwrap();
        for code in codes {
            assert!(vocabulary.term(&code).is_some(), "{list}: {code}");
        }
    }
}

#[test]
fn every_type_of_violation_has_words() {
    let vocabularies = Vocabularies::shipped().unwrap();
    let codes = common::shipped().codes("violation");
    let families = [
        "life",
        "liberty-and-security",
        "integrity",
        "movement",
        "labour-and-exploitation",
        "freedoms",
        "equality",
        "conclusions",
    ];
    // Grounds that sources name together with `discrimination` only, never by words of their own.
    let grounds = [
        "discrimination-property",
        "discrimination-birth",
        "discrimination-other-status",
    ];
    for term in &vocabularies.list("violation").unwrap().terms {
        let code = term.code.as_str();
        if families.contains(&code) || grounds.contains(&code) {
            continue;
        }
        assert!(
            codes.iter().any(|known| known == code),
            "no words for {code}"
        );
    }
}
