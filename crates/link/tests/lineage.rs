//! Shared text over many documents: nothing depends on order, on memory, or on how they come in.
#![allow(clippy::unwrap_used)]

use link::lineage::{
    DocumentText, Edge, Index, Lineages, MemoryStore, Relation, Rules, Store, StoreError,
};
use link::{Document, Provenance};
use model::{SourceId, Span};
use onrecord_link as link;
use proptest::prelude::*;

const WORDS: [&str; 24] = [
    "camp", "border", "officer", "was", "the", "of", "taken", "Kim", "Seoul", "2014", "family",
    "report", "heard", "and", "prison", "guard", "March", "said", "witness", "returned", "Pak",
    "17", "river", "night",
];

/// A small stream of numbers that is the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    fn text(&mut self, words: usize) -> Vec<String> {
        let word = |this: &mut Self| match this.below(3) {
            0 => WORDS[this.below(WORDS.len())].to_owned(),
            _ => format!("w{}", this.below(5_000)),
        };
        (0..words).map(|_| word(self)).collect()
    }
}

/// Documents of which every third holds a stretch of an earlier one that holds none.
fn made(seed: u64, count: usize) -> Vec<(Document, String)> {
    let mut numbers = Numbers(seed);
    let mut texts: Vec<Vec<String>> = Vec::new();
    for number in 0..count {
        let mut text = numbers.text(40 + number % 50);
        if number % 3 == 2 && number > 2 {
            let from = &texts[numbers.below(number / 3) * 3 + numbers.below(2)];
            let part: Vec<String> = from.iter().take(35).cloned().collect();
            text.splice(10..10, part);
        }
        texts.push(text);
    }
    let texts = texts.into_iter().map(|words| words.join(" "));
    (0..)
        .zip(texts)
        .map(|(number, text)| (document(number), text))
        .collect()
}

fn document(number: u64) -> Document {
    Document {
        id: SourceId::new(number, [0; 10]),
        title: None,
        publisher: None,
        published: None,
        genre: None,
        language: None,
        origin: None,
        reliability: None,
    }
}

fn given(documents: &[(Document, String)]) -> Vec<DocumentText<'_>> {
    let text = |(document, text)| DocumentText {
        document,
        text,
        passages: &[],
    };
    documents
        .iter()
        .map(|(d, t)| text((d, t.as_str())))
        .collect()
}

fn one_by_one(index: &mut Index, documents: &[DocumentText<'_>]) -> Vec<Edge> {
    documents
        .iter()
        .flat_map(|document| index.add(document).unwrap())
        .collect()
}

#[test]
fn added_one_by_one_in_portions_or_at_once_the_edges_are_the_same() {
    let documents = made(1, 240);
    let given = given(&documents);
    let at_once = Index::default().add_all(&given).unwrap();
    assert!(at_once.len() >= 70, "{} edges", at_once.len());
    assert!(one_by_one(&mut Index::default(), &given) == at_once);
    let mut portions = Index::default();
    let mut edges = Vec::new();
    for portion in given.chunks(37) {
        edges.extend(portions.add_all(portion).unwrap());
    }
    assert!(edges == at_once, "in portions");
    assert!(Lineages::of(&given).edges() == at_once);
}

#[test]
fn what_is_set_aside_is_found_again() {
    let documents = made(2, 300);
    let given = given(&documents);
    let in_memory = one_by_one(&mut Index::default(), &given);
    for memory in [0, 20_000] {
        let store = Box::new(MemoryStore::default());
        let mut index = Index::with_store(Rules::default(), store, memory);
        assert_eq!(
            one_by_one(&mut index, &given),
            in_memory,
            "with {memory} bytes"
        );
    }
    let mut portions = Index::with_store(Rules::default(), Box::new(MemoryStore::default()), 0);
    let mut edges = Vec::new();
    for portion in given.chunks(50) {
        edges.extend(portions.add_all(portion).unwrap());
    }
    assert!(edges == in_memory, "in portions");
}

/// A store that keeps nothing after so many bytes.
#[derive(Debug)]
struct Full(MemoryStore, usize);

impl Store for Full {
    fn append(&mut self, volume: u32, bytes: &[u8]) -> Result<(), StoreError> {
        self.1 = self
            .1
            .checked_sub(bytes.len())
            .ok_or_else(|| StoreError::new("the disk is full"))?;
        self.0.append(volume, bytes)
    }
    fn read(&self, volume: u32, at: u64, into: &mut [u8]) -> Result<(), StoreError> {
        self.0.read(volume, at, into)
    }
    fn remove(&mut self, volume: u32) -> Result<(), StoreError> {
        self.0.remove(volume)
    }
}

#[test]
fn a_full_store_is_said_from_then_on() {
    let documents = made(3, 60);
    let store = Box::new(Full(MemoryStore::default(), 40_000));
    let mut index = Index::with_store(Rules::default(), store, 0);
    let answers: Vec<_> = given(&documents)
        .iter()
        .map(|document| index.add(document))
        .collect();
    let first = answers.iter().position(Result::is_err).unwrap();
    assert!(first > 0 && answers[first..].iter().all(Result::is_err));
    let said = answers[first].as_ref().unwrap_err().to_string();
    assert!(said.contains("the disk is full"), "{said}");
}

#[test]
fn korean_text_is_followed_through_other_spacing_and_composition() {
    let original = "북한 당국은 납북자의 생사 확인 요청에 아무런 답을 하지 않았으며 가족들은 오랜 세월 동안 기다려 왔다고 말했다.";
    let copy = format!(
        "오늘 발표에 따르면 {} 라고 전했다.",
        original.replace("생사 확인", "생사확인")
    );
    let other = "유엔 안전보장이사회는 어제 뉴욕에서 회의를 열고 새로운 결의안에 대하여 논의하였으나 합의에 이르지 못하였다.";
    let documents = [
        (document(1), original.to_owned()),
        (document(2), copy),
        (document(3), other.to_owned()),
    ];
    let found = Lineages::of(&given(&documents));
    assert_eq!(found.edges().len(), 1);
    assert_eq!(found.edges()[0].relation, Relation::CopiesText);
    let chars = original.chars().count() as u32;
    assert_eq!(
        found.edges()[0].passages[0].spans[0],
        Span::new(0, chars - 1)
    );
}

#[test]
fn text_that_repeats_itself_without_end_is_compared_in_bounded_time() {
    let endless = "the same words over and over again until nobody can bear it ".repeat(4_000);
    let one_word = "no ".repeat(50_000);
    let documents: Vec<(Document, String)> = (0..6)
        .map(|number| {
            let text = if number % 2 == 0 { &endless } else { &one_word };
            (document(number), text.clone())
        })
        .collect();
    let found = Lineages::of(&given(&documents));
    assert_eq!(found.origins(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_spans_within_it(texts in proptest::collection::vec(".{0,400}", 1..6), twice in any::<bool>()) {
        let mut documents: Vec<(Document, String)> =
            (0..).zip(texts).map(|(number, text)| (document(number), text)).collect();
        if twice {
            let (_, text) = documents[0].clone();
            let number = documents.len() as u64;
            documents.push((document(number), text));
        }
        let found = Lineages::of(&given(&documents));
        for edge in found.edges() {
            for passage in &edge.passages {
                for (id, span) in edge.documents.iter().zip(passage.spans) {
                    let text = &documents[id.milliseconds() as usize].1;
                    prop_assert!(span.start < span.end && span.end as usize <= text.chars().count());
                }
            }
        }
        for (document, text) in &documents {
            let all = Span::new(0, text.chars().count() as u32);
            let origin = found.origin(&document.id, all);
            prop_assert!(origin.source <= document.id, "without dates the first collected is shown");
        }
    }
}
