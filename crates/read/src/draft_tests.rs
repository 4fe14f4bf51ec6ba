//! A draft takes what is pushed as people read it, and knows where each character stood.
#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn read_whole(source: &str) -> Draft<'_> {
    let mut draft = Draft::new(source);
    draft.open(PassageKind::Paragraph, 0, 0);
    draft.push(source, 0, false);
    draft.close();
    draft
}

#[test]
fn white_space_is_one_space_and_invisible_characters_are_gone() {
    let draft = read_whole("  The\u{a0}Com\u{ad}mission\r\n\t of\u{2060} Inquiry ");
    assert_eq!(draft.text, "The Commission of Inquiry");
}

#[test]
fn a_line_end_between_han_is_nothing_and_between_hangul_a_space() {
    assert_eq!(read_whole("人権の\n状況").text, "人権の状況");
    assert_eq!(read_whole("인권\n상황").text, "인권 상황");
}

#[test]
fn cells_keep_their_columns() {
    let source = "a b c";
    let mut draft = Draft::new(source);
    draft.open(PassageKind::TableRow, 0, 0);
    for (at, cell) in [(0, "a"), (1, " "), (2, "b "), (1, "")] {
        draft.cell();
        draft.push(cell, at, false);
    }
    draft.open(PassageKind::TableRow, 0, 0);
    draft.cell();
    draft.cell();
    draft.push("c", 4, false);
    draft.close();
    assert_eq!(draft.text, "a | | b\n\n| c");
}

#[test]
fn blocks_are_separated_by_one_empty_line() {
    let source = "One two";
    let mut draft = Draft::new(source);
    draft.open(PassageKind::Heading, 0, 1);
    draft.push("One", 0, false);
    draft.open(PassageKind::Paragraph, 0, 0);
    draft.open(PassageKind::Paragraph, 0, 0);
    draft.push("two", 4, true);
    draft.close();
    assert_eq!(draft.text, "One\n\ntwo");
    assert_eq!(draft.blocks.len(), 2);
    assert_eq!(draft.blocks[1].span, Span::new(5, 8));
    assert_eq!(draft.map.original(Span::new(5, 8)), Some(Span::new(4, 7)));
}

proptest! {
    #[test]
    fn each_mapped_character_is_that_of_the_original(source in "[a-c \\n\\t\u{a0}\u{ad}é人]{0,80}") {
        let draft = read_whole(&source);
        let original: Vec<char> = source.chars().collect();
        let text: Vec<char> = draft.text.chars().collect();
        for run in draft.map.runs() {
            for step in 0..run.len {
                let here = text[(run.reading + step) as usize];
                let there = original[(run.original + step) as usize];
                prop_assert!(here == there || (here == ' ' && there.is_whitespace()));
            }
        }
        let visible = original.iter().filter(|c| !c.is_whitespace() && !is_invisible(**c));
        prop_assert!(visible.eq(text.iter().filter(|c| **c != ' ')));
    }
}
