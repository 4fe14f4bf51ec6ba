//! Every pattern of the shipped packs does what its examples say, and not what its
//! counter-examples say; no text breaks a rule.
#![allow(clippy::unwrap_used)]

use crate::{Context, Extractor};
use model::{CharIndex, Proposal, Reading, Vocabularies};
use std::sync::OnceLock;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| {
        // The files as they lie in the tree: a pack can be worked on without a build.
        let files: Vec<(String, String)> = super::SHIPPED
            .iter()
            .map(|(name, _)| {
                let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/");
                (
                    (*name).to_owned(),
                    std::fs::read_to_string(format!("{data}{name}")).unwrap(),
                )
            })
            .collect();
        let files = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        Extractor::with_overrides(files).unwrap()
    })
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

#[test]
fn examples_fire_and_counter_examples_do_not() {
    let packs = &extractor().packs;
    assert!(packs.iter().count() >= 4);
    assert!(packs.iter().all(|pack| pack.examples.len() > 50));
    let faults: Vec<String> = packs
        .faults()
        .into_iter()
        .map(|fault| format!("{}: {}", fault.id, fault.what))
        .collect();
    assert!(
        faults.is_empty(),
        "{} wrong:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn a_pack_waits_until_a_text_asks_for_it_unless_it_was_changed() {
    let fresh = Extractor::shipped().unwrap();
    let waiting = |extractor: &Extractor| {
        let slots = extractor.packs.all.iter();
        slots.filter(|slot| slot.pack.get().is_none()).count()
    };
    assert_eq!(waiting(&fresh), fresh.packs.all.len());
    assert!(fresh.packs.of("ko").is_some());
    assert_eq!(waiting(&fresh), fresh.packs.all.len() - 1);
    let more = ("packs/fr/own.toml", "");
    let changed = Extractor::with_overrides([more]).unwrap();
    assert_eq!(waiting(&changed), changed.packs.all.len() - 1);
    let broken = ("packs/fr/own.toml", "[[violation]]\nid = \"a\"\n");
    assert!(Extractor::with_overrides([broken]).is_err());
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
                    pack.head.language
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
            pack.head.language,
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
            proposals(&pack.head.language, &text);
        }
    }
}
