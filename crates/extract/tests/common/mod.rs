//! Readings made of plain paragraphs, for the tests.
#![allow(dead_code, clippy::unwrap_used)]

use model::{
    CharIndex, OffsetMap, Passage, PassageKind, Proposal, Reader, Reading, RecordBody, Span,
};
use onrecord_extract::{Context, Extractor};

/// A reading of passages of the given kinds.
pub fn reading(passages: &[(PassageKind, &str)]) -> Reading {
    let mut text = String::new();
    let mut list = Vec::new();
    let mut at = 0;
    for (number, (kind, words)) in passages.iter().enumerate() {
        if number > 0 {
            text.push_str("\n\n");
            at += 2;
        }
        let chars = words.chars().count() as u32;
        list.push(Passage {
            number: number as u32 + 1,
            span: Span::new(at, at + chars),
            kind: *kind,
            left_out: None,
        });
        text.push_str(words);
        at += chars;
    }
    Reading {
        reader: Reader {
            name: "test".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "given".to_owned(),
        map: OffsetMap::identity(at),
        text,
        passages: list,
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: Some(model::Found {
            value: "en".to_owned(),
            basis: "given".to_owned(),
            span: None,
        }),
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}

/// A reading of paragraphs.
pub fn paragraphs(paragraphs: &[&str]) -> Reading {
    let passages: Vec<_> = paragraphs
        .iter()
        .map(|words| (PassageKind::Paragraph, *words))
        .collect();
    reading(&passages)
}

/// The proposals of paragraphs published on a day, checked.
pub fn extract(paragraphs_of: &[&str], published: Option<&str>) -> Vec<Proposal> {
    let extractor = shipped();
    let reading = paragraphs(paragraphs_of);
    let context = Context {
        published: published.map(|date| date.parse().expect("a date")),
        publisher: None,
    };
    let proposals = extractor.extract(&reading, &context);
    check(&reading, &proposals);
    proposals
}

/// The shipped extractor, compiled once.
pub fn shipped() -> &'static Extractor {
    static EXTRACTOR: std::sync::OnceLock<Extractor> = std::sync::OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::shipped().expect("the shipped lexicons compile"))
}

/// Every quote stands at its place in its passage; every field refers to a quote.
pub fn check(reading: &Reading, proposals: &[Proposal]) {
    let index = CharIndex::new(&reading.text);
    for proposal in proposals {
        assert!(!proposal.quotes.is_empty(), "{proposal:?}");
        assert!(!proposal.rule.is_empty());
        for quote in &proposal.quotes {
            quote
                .check(&reading.text, &index)
                .expect("the quote checks");
            assert!(!quote.quote.is_empty(), "{proposal:?}");
            let passage = reading.passage_at(quote.span.start).expect("a passage");
            assert_eq!(passage.number, quote.passage, "{quote:?}");
            assert!(passage.is_clean());
            assert!(passage.span.contains(quote.span), "{quote:?}");
        }
        for position in positions(&proposal.body) {
            assert!(
                (position as usize) < proposal.quotes.len(),
                "{position} in {proposal:?}"
            );
        }
    }
}

/// All positions of quotes that the fields of a record refer to.
fn positions(body: &RecordBody) -> Vec<u64> {
    fn collect(value: &serde_json::Value, found: &mut Vec<u64>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    if name == "quotes"
                        && let serde_json::Value::Array(list) = value
                    {
                        found.extend(list.iter().filter_map(serde_json::Value::as_u64));
                    } else {
                        collect(value, found);
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(
        &serde_json::to_value(body).expect("a record is JSON"),
        &mut found,
    );
    found
}
