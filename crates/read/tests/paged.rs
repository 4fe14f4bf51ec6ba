//! Documents with pages, as other programs write them.
//!
//! `paged_data/make.sh` makes the files: `report.pdf` by Chromium (three pages with running heads,
//! a paragraph over the end of a page, a table, a note, two columns), `locked.pdf` and `scan.pdf`
//! by qpdf.
#![allow(clippy::unwrap_used)]

use model::{CharIndex, LeftOut, Passage, PassageKind, Reading};
use onrecord_read::{Input, read};

const REPORT: &[u8] = include_bytes!("paged_data/report.pdf");

fn report() -> Reading {
    read(&Input {
        bytes: REPORT,
        name: "report.pdf",
    })
    .unwrap()
}

fn refusal(bytes: &[u8]) -> String {
    let name = "file.pdf";
    read(&Input { bytes, name }).unwrap_err().reason
}

fn text<'r>(reading: &'r Reading, passage: &Passage) -> &'r str {
    CharIndex::new(&reading.text)
        .slice(&reading.text, passage.span)
        .unwrap()
}

/// The one passage that begins so.
fn passage<'r>(reading: &'r Reading, begins: &str) -> &'r Passage {
    let mut found = reading
        .passages
        .iter()
        .filter(|passage| text(reading, passage).starts_with(begins));
    let first = found.next().unwrap_or_else(|| panic!("no {begins}"));
    assert!(found.next().is_none(), "several {begins}");
    first
}

/// The page of the first character of `words`.
fn page_of(reading: &Reading, words: &str) -> Option<u32> {
    let at = reading.text.find(words).unwrap();
    reading.page_at(reading.text[..at].chars().count() as u32)
}

#[test]
fn a_report_is_read_in_order_and_every_word_knows_its_page() {
    let reading = report();
    assert_eq!(reading.reader.name, "pdf");
    let title = reading.title.as_ref().unwrap();
    assert_eq!(title.value, "Report on detention in the northern province");
    assert_eq!(passage(&reading, "Report on").kind, PassageKind::Title);
    assert_eq!(passage(&reading, "Findings").kind, PassageKind::Heading);
    assert_eq!(
        reading.published.as_ref().unwrap().value.to_string(),
        "2014-02-07"
    );
    assert_eq!(reading.language.as_ref().unwrap().value, "en");
    assert_eq!(page_of(&reading, "The panel found"), Some(1));
    assert_eq!(page_of(&reading, "The panel asks"), Some(2));
    assert_eq!(page_of(&reading, "The left column"), Some(3));
    assert_eq!(page_of(&reading, "He counted"), Some(3));
    let order: Vec<usize> = [
        "Findings",
        "Kim Chol",
        "The left column",
        "She never",
        "The right",
    ]
    .iter()
    .map(|words| reading.text.find(words).unwrap())
    .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(reading.remarks.is_empty(), "{:?}", reading.remarks);
}

#[test]
fn a_paragraph_goes_on_over_the_end_of_the_page() {
    let reading = report();
    let long = passage(&reading, "Relatives asked");
    assert!(text(&reading, long).ends_with("nobody has explained this since."));
    assert_eq!(reading.page_at(long.span.start), Some(1));
    assert_eq!(reading.page_at(long.span.end - 1), Some(2));
    assert!(!reading.text.contains("- "), "a word is still parted");
}

#[test]
fn heads_and_notes_are_told_from_the_text() {
    let reading = report();
    let heads = reading
        .passages
        .iter()
        .filter(|passage| text(&reading, passage) == "A/NP/2014/7");
    let heads: Vec<Option<LeftOut>> = heads.map(|passage| passage.left_out).collect();
    assert_eq!(heads, [Some(LeftOut::RunningHead); 3]);
    let note = passage(&reading, "¹² Letter of the panel");
    assert_eq!(note.kind, PassageKind::Footnote);
    assert!(reading.text.contains("as it asked before.¹²"));
}

#[test]
fn rows_of_a_table_keep_their_cells() {
    let reading = report();
    let row = passage(&reading, "Kim Chol");
    assert_eq!(row.kind, PassageKind::TableRow);
    assert_eq!(text(&reading, row), "Kim Chol | 1954 | Hwasong");
}

#[test]
fn what_cannot_be_read_is_said_in_words() {
    assert!(refusal(include_bytes!("paged_data/locked.pdf")).contains("password"));
    assert!(refusal(include_bytes!("paged_data/scan.pdf")).starts_with("Needs OCR"));
    assert!(refusal(b"%PDF-1.7\nnothing more").contains("damaged"));
}

#[test]
fn a_damaged_file_never_makes_the_reader_panic() {
    let mut read_anyway = 0;
    for at in (0..REPORT.len()).step_by(REPORT.len() / 60) {
        let mut bytes = REPORT.to_vec();
        bytes[at] ^= 0x55;
        let name = "r.pdf";
        read_anyway += usize::from(
            read(&Input {
                bytes: &bytes,
                name,
            })
            .is_ok(),
        );
        let _ = read(&Input {
            bytes: &REPORT[..at],
            name,
        });
    }
    assert!(read_anyway > 30, "{read_anyway}");
}
