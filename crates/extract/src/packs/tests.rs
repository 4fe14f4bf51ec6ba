//! Every pattern of the shipped packs does what its examples say, and not what its
//! counter-examples say; no text breaks a rule.
#![allow(clippy::unwrap_used)]

use super::Pack;
use crate::{Context, Examples, Extractor};
use model::{CharIndex, Modality, Proposal, Reading, RecordBody, Vocabularies};
use std::sync::OnceLock;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::shipped().unwrap())
}

/// A reading of one paragraph in a language.
pub(super) fn reading(language: &str, text: &str) -> Reading {
    let mut reading = crate::line(text);
    reading.language = Some(model::Found {
        value: language.to_owned(),
        basis: "given".to_owned(),
        span: None,
    });
    reading
}

pub(super) fn proposals(language: &str, text: &str) -> Vec<Proposal> {
    let reading = reading(language, text);
    let context = Context {
        published: Some("2024-10-18".parse().unwrap()),
        publisher: None,
    };
    let pack = extractor().packs.of(language).unwrap();
    let numbers = std::collections::BTreeSet::from([1]);
    let proposals = pack.propose(&reading, &numbers, context.published);
    check(&reading, &proposals);
    proposals
}

fn check(reading: &Reading, proposals: &[Proposal]) {
    let index = CharIndex::new(&reading.text);
    for proposal in proposals {
        assert!(!proposal.quotes.is_empty());
        for quote in &proposal.quotes {
            quote.check(&reading.text, &index).unwrap();
            assert!(!quote.quote.trim().is_empty(), "{proposal:?}");
        }
    }
}

fn fires(pack: &Pack, pattern: &Examples, sentence: &str) -> bool {
    let found = proposals(pack.language(), sentence);
    let modalities: Vec<Modality> = found
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Allegation(it) => Some(it.modality.value),
            _ => None,
        })
        .collect();
    match pattern.table {
        "mask" => modalities.is_empty(),
        "context" => {
            let context = pack.contexts.iter().find(|it| it.id == pattern.id).unwrap();
            use super::schema::Effect;
            match context.effect {
                Effect::Topic => modalities.is_empty(),
                Effect::Fact | Effect::Deprived => modalities.contains(&Modality::Alleged),
                Effect::Feared => modalities.contains(&Modality::Feared),
                Effect::Denied => modalities.contains(&Modality::Denied),
                Effect::Found => modalities.contains(&Modality::Found),
                Effect::Admitted => modalities.contains(&Modality::Admitted),
            }
        }
        "date" => {
            let day = "2024-10-18".parse().unwrap();
            let trace = pack.trace(sentence, Some(day));
            trace.iter().any(|fired| fired.id == pattern.id)
        }
        _ => found.iter().any(|proposal| proposal.rule == pattern.id),
    }
}

#[test]
fn examples_fire_and_counter_examples_do_not() {
    let mut wrong = Vec::new();
    for pack in extractor().packs.iter() {
        assert!(!pack.examples.is_empty(), "{}", pack.language());
        for pattern in &pack.examples {
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
                if !fires(pack, pattern, sentence) {
                    wrong.push(format!("{} does not fire in: {sentence}", pattern.id));
                }
            }
            for sentence in &pattern.counter {
                if fires(pack, pattern, sentence) {
                    wrong.push(format!("{} fires in: {sentence}", pattern.id));
                }
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
    for pack in extractor().packs.iter() {
        for list in [
            "violation",
            "speech-act",
            "event-type",
            "victim-characteristic",
        ] {
            let vocabulary = vocabularies.list(list).unwrap();
            for code in pack.codes(list) {
                assert!(
                    vocabulary.term(&code).is_some(),
                    "{}: {list}: {code}",
                    pack.language()
                );
            }
        }
    }
}

#[test]
fn every_pack_has_words_for_most_violations() {
    let vocabularies = Vocabularies::shipped().unwrap();
    let all = &vocabularies.list("violation").unwrap().terms;
    for pack in extractor().packs.iter() {
        let codes = pack.codes("violation");
        let with = all
            .iter()
            .filter(|term| codes.contains(&term.code.to_string()))
            .count();
        assert!(
            with * 10 >= all.len() * 7,
            "{}: {with} of {}",
            pack.language(),
            all.len()
        );
    }
}

#[test]
fn each_passage_is_read_in_its_own_language() {
    let found = |text: &str| super::languages(&extractor().packs, &reading("und", text), None);
    assert_eq!(
        found("북한은 인권을 보장해야 한다.")[0].1.as_deref(),
        Some("ko")
    );
    assert_eq!(
        found("The commission found that the state was responsible for it.")[0]
            .1
            .as_deref(),
        Some("en")
    );
    assert_eq!(found("2024")[0].1, None);
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_a_pack(text in "[가-힣 .,“”0-9一-龥ぁ-んァ-ンa-zéñA-Z「」«»\\n]{0,120}|\\PC{0,60}") {
        for pack in extractor().packs.iter() {
            proposals(pack.language(), &text);
        }
    }
}
