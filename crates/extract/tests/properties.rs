//! Whatever the text: no panic, every quote checks, the same proposals twice, time that grows with
//! the text and no faster.
#![allow(clippy::unwrap_used)]

mod common;

use model::{Passage, PassageKind, Reading, Span};
use onrecord_extract::Context;
use proptest::prelude::*;

fn cut(text: &str, cuts: &[usize]) -> Reading {
    let kinds = [
        PassageKind::Paragraph,
        PassageKind::Title,
        PassageKind::Caption,
        PassageKind::ListItem,
    ];
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut from = 0;
    for cut in cuts {
        let to = (from + cut % 60).min(chars.len());
        if to > from {
            pieces.push(chars[from..to].iter().collect::<String>());
        }
        from = to;
    }
    pieces.push(chars[from..].iter().collect());
    let passages: Vec<_> = pieces
        .iter()
        .enumerate()
        .map(|(number, words)| (kinds[number % kinds.len()], words.as_str()))
        .collect();
    common::reading(&passages)
}

/// Words that rules look for, in any order, with any marks between them.
fn wordlike() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Special Rapporteur",
        "Elizabeth Salmón",
        "said",
        "that",
        "warned",
        "“",
        "”",
        "\"",
        "torture",
        "in",
        "North Korea",
        "DPRK",
        "the regime",
        "must",
        "call on",
        "to",
        "urge",
        "2013",
        "Eleven",
        "years ago",
        "one year later",
        "that day",
        ",",
        ".",
        ";",
        ":",
        "—",
        "and",
        "or",
        "of",
        "were",
        "executed",
        "reports of",
        "freedom of expression",
        "deny",
        "systematic",
        "violations",
        "52",
        "Member States",
        "percent",
        "more than",
        "A/HRC/25/63",
        "Executive Order 13466",
        "Mr.",
        "King",
        "the Council",
        "they",
        "she",
        "We",
        "I",
        "’s",
        "’",
        "(",
        ")",
        "-",
        "\u{a0}",
        "U.S.",
        "Act of 1961",
        "북한",
        "e\u{301}",
        "\u{200b}",
        "according to",
        "was",
        "born",
        "🙂",
        "it is time for",
        "a call by",
        "requests for access",
        "will continue to",
        "support",
        "not",
        "no",
        "any",
        "women",
        "children",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

fn twice(reading: &Reading) {
    let context = Context {
        published: "2024-10-18".parse().ok(),
        publisher: Some("A publisher".to_owned()),
    };
    let first = common::shipped().extract(reading, &context);
    common::check(reading, &first);
    assert_eq!(first, common::shipped().extract(reading, &context));
    let without = common::shipped().extract(reading, &Context::default());
    common::check(reading, &without);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_characters(text in "\\PC{0,300}", cuts in prop::collection::vec(0usize..60, 0..5)) {
        twice(&cut(&text, &cuts));
    }

    #[test]
    fn any_order_of_words(text in wordlike(), cuts in prop::collection::vec(0usize..60, 0..5)) {
        twice(&cut(&text, &cuts));
    }
}

/// A reading whose passages lie about the text must not bring the extractor down.
#[test]
fn passages_beyond_the_text() {
    let mut reading = common::paragraphs(&["Torture in North Korea."]);
    reading.passages.push(Passage {
        number: 2,
        span: Span::new(10, 4_000),
        kind: PassageKind::Paragraph,
        left_out: None,
    });
    let _ = common::shipped().extract(&reading, &Context::default());
}
