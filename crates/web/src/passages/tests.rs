//! Passages are cut where quotes begin and end, and nothing is lost.

use super::*;
use crate::Language;
use model::{OffsetMap, Reader};
use proptest::prelude::*;

fn reading(text: &str) -> Reading {
    let chars = text.chars().count() as u32;
    Reading {
        reader: Reader {
            name: "text".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "valid UTF-8".to_owned(),
        text: text.to_owned(),
        map: OffsetMap::identity(chars),
        passages: vec![Passage {
            number: 1,
            span: Span::new(0, chars),
            kind: PassageKind::Paragraph,
            left_out: None,
        }],
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: None,
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}

fn card(number: usize, spans: &[(u32, u32)]) -> Card {
    Card {
        number,
        id: String::new(),
        source: String::new(),
        kind: "allegation",
        kind_label: String::new(),
        headline: String::new(),
        manner: String::new(),
        status: "proposed",
        status_label: String::new(),
        fields: Vec::new(),
        why: String::new(),
        words: spans
            .iter()
            .enumerate()
            .map(|(number, (start, end))| crate::card::Words {
                number,
                quote: String::new(),
                passage: 1,
                span: Span::new(*start, *end),
            })
            .collect(),
        proposed_by: String::new(),
        rule: String::new(),
        band: String::new(),
        grave: false,
        is_name: false,
    }
}

fn pieces(text: &str, cards: &[Card], chosen: Option<usize>) -> Vec<Piece> {
    let range = Range {
        first: 1,
        most: 10,
        as_captured: false,
    };
    let shown = cut(
        &reading(text),
        cards,
        range,
        chosen,
        Text::of(Language::English),
    );
    shown
        .into_iter()
        .flat_map(|passage| passage.pieces)
        .collect()
}

#[test]
fn overlapping_quotes_name_both_records_where_they_overlap() {
    let found = pieces(
        "abcdefgh",
        &[card(1, &[(1, 5)]), card(2, &[(3, 7)])],
        Some(1),
    );
    let found: Vec<_> = found
        .iter()
        .map(|piece| (piece.text.as_str(), piece.records.as_str(), piece.class))
        .collect();
    assert_eq!(
        found,
        [
            ("a", "", "name"),
            ("bc", "1", "claim"),
            ("de", "1 2", "lit"),
            ("fg", "2", "lit"),
            ("h", "", "name"),
        ]
    );
}

proptest! {
    #[test]
    fn pieces_put_together_are_the_text(
        text in "\\PC{1,80}",
        spans in prop::collection::vec((0u32..90, 0u32..90), 0..12),
        chosen in prop::option::of(0usize..12),
    ) {
        let cards: Vec<Card> = spans.iter().enumerate()
            .map(|(at, (a, b))| card(at + 1, &[(*a.min(b), *a.max(b)), (*b, b + 3)]))
            .collect();
        let whole: String = pieces(&text, &cards, chosen).into_iter().map(|p| p.text).collect();
        prop_assert_eq!(whole, text);
    }
}
