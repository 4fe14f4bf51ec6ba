//! Office documents as other programs write them: `paged_data/make_office.py` makes
//! `report.docx` by python-docx, with the changes, comment and note that Word adds, and
//! `report.odt` by odfpy.
#![allow(clippy::unwrap_used)]

mod common;

use common::passages;
use model::{LeftOut, PassageKind, Reading};
use onrecord_read::{Input, read};
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn reading(name: &str, bytes: &[u8]) -> Reading {
    read(&Input { bytes, name }).unwrap()
}

#[test]
fn a_word_document_is_read_with_what_was_changed_noted_and_hidden() {
    use PassageKind::{Comment, Footnote, Heading, ListItem, Paragraph, TableRow, Title};
    let reading = reading("report.docx", include_bytes!("paged_data/report.docx"));
    let head = Some(LeftOut::RunningHead);
    assert_eq!(
        passages(&reading),
        [
            (Paragraph, head, "Confidential draft"),
            (Title, None, "Visit to the border county"),
            (Heading, None, "What was seen"),
            (Paragraph, None, "The team met nine families. ¹"),
            (
                Paragraph,
                None,
                "Guards beat the detainees. They were not fed."
            ),
            (Paragraph, Some(LeftOut::StruckOut), "Nobody was hurt."),
            (Paragraph, Some(LeftOut::Hidden), "Source: the cook."),
            (ListItem, None, "first point"),
            (TableRow, None, "Name | Born | Camp"),
            (TableRow, None, "Kim Chol | 1954 | Hwasong"),
            (TableRow, None, "Ri Yong Su | 1961 | Yodok"),
            (Footnote, None, "¹ Interviews of 3 May 2013."),
            (Comment, None, "Reviewer: Ask & check who saw it."),
            (Paragraph, head, "Field office"),
        ]
    );
    assert_eq!(
        reading.title.as_ref().unwrap().value,
        "Visit to the border county"
    );
    assert_eq!(reading.authors[0].value, "Field office");
    let remarks = reading.remarks.join("\n");
    assert!(remarks.contains("by Editor: 1 insertions"), "{remarks}");
    assert!(remarks.contains("Not read: 1 picture."), "{remarks}");
}

#[test]
fn an_open_document_is_read_with_notes_and_comments() {
    use PassageKind::{Comment, Footnote, Heading, Paragraph, TableRow};
    let reading = reading("report.odt", include_bytes!("paged_data/report.odt"));
    assert_eq!(
        passages(&reading),
        [
            (Paragraph, Some(LeftOut::RunningHead), "Confidential draft"),
            (Heading, None, "What was seen"),
            (Footnote, None, "¹ Interviews of 3 May 2013."),
            (Comment, None, "Reviewer: Ask who saw it."),
            (
                Paragraph,
                None,
                "The team met nine families.¹ They were afraid."
            ),
            (Paragraph, None, "Signed on 7 February 2014 by A. Clerk."),
            (TableRow, None, "Name | Camp"),
            (TableRow, None, "Kim Chol | Hwasong"),
        ]
    );
    assert_eq!(
        reading.title.as_ref().unwrap().value,
        "Visit to the border county"
    );
}

#[test]
fn the_kind_of_a_document_is_told_without_its_name() {
    let docx = include_bytes!("paged_data/report.docx");
    let odt = include_bytes!("paged_data/report.odt");
    assert_eq!(reading("report", docx).reader.name, "docx");
    assert_eq!(reading("report", odt).reader.name, "odt");
}

fn docx_of(part: &str, write: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(part, SimpleFileOptions::default()).unwrap();
    write(&mut zip);
    zip.finish().unwrap().into_inner()
}

/// A DOCX file whose paragraphs are `(id of its style, words)`, with these styles: `(id, name)`.
fn styled(styles: &[(&str, &str)], paragraphs: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, body: String| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(body.as_bytes()).unwrap();
    };
    let defined = styles.iter().map(|(id, name)| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>
               <w:rPr><w:rFonts w:ascii="x"/></w:rPr></w:style>"#
        )
    });
    let defined: String = defined.collect();
    part(
        "word/styles.xml",
        format!("<w:styles><w:docDefaults/>{defined}</w:styles>"),
    );
    let body = paragraphs.iter().map(|(id, words)| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
        )
    });
    let body: String = body.collect();
    part(
        "word/document.xml",
        format!("<w:document><w:body>{body}</w:body></w:document>"),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn styles_are_known_by_their_names_whatever_the_language_of_word() {
    use PassageKind::{Heading, ListItem, Paragraph, Quotation, Title};
    let styles = [
        ("Titel", "Title"),
        ("berschrift1", "heading 1"),
        ("2", "heading 2"),
        ("Citation", "Quote"),
        ("Paragraphedeliste", "List Paragraph"),
        ("Heading9", "My own words"),
    ];
    let paragraphs = [
        ("Titel", "Visit to the border county"),
        ("berschrift1", "What was seen"),
        ("2", "In the camp"),
        ("Citation", "They were not fed."),
        ("Paragraphedeliste", "first point"),
        ("Heading9", "Nine families came."),
        ("Heading3", "Of a style that is not defined"),
    ];
    let reading = reading("bericht.docx", &styled(&styles, &paragraphs));
    let kinds: Vec<_> = passages(&reading).iter().map(|passage| passage.0).collect();
    let expected = [
        Title, Heading, Heading, Quotation, ListItem, Paragraph, Heading,
    ];
    assert_eq!(kinds, expected);
    assert_eq!(reading.title.unwrap().value, "Visit to the border county");
}

#[test]
fn what_stands_behind_a_deep_nest_is_kept_as_it_is() {
    let nest = |open: &str, close: &str| open.repeat(100) + &close.repeat(100);
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
    let paragraphs = nest("<w:p>", "</w:p>");
    let rows = nest("<w:tr><w:tc>", "</w:tc></w:tr>");
    let deep = docx_of("word/document.xml", |part| {
        let body = format!(
            "<w:p>{}{paragraphs}{}</w:p><w:tr>{}<w:tc>{rows}</w:tc>{}</w:tr>",
            run("They came at night. "),
            run("Guards beat him."),
            cell("Kim Chol"),
            cell("Hwasong"),
        );
        part.write_all(body.as_bytes()).unwrap();
    });
    let reading = reading("deep.docx", &deep);
    let expected = [
        (
            PassageKind::Paragraph,
            None,
            "They came at night. Guards beat him.",
        ),
        (PassageKind::TableRow, None, "Kim Chol | | Hwasong"),
    ];
    assert_eq!(passages(&reading), expected);
}

#[test]
fn a_part_that_unpacks_to_more_than_any_document_is_refused() {
    let bomb = docx_of("word/document.xml", |part| {
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..97 {
            part.write_all(&zeros).unwrap();
        }
    });
    assert!(bomb.len() < 1 << 20);
    let name = "bomb.docx";
    let reason = read(&Input { bytes: &bomb, name }).unwrap_err().reason;
    assert!(reason.contains("unpacks to more than"), "{reason}");
}

#[test]
fn nesting_of_any_depth_and_broken_parts_are_no_fault() {
    let deep = docx_of("word/document.xml", |part| {
        for _ in 0..50_000 {
            part.write_all(b"<w:tr><w:tc><w:p><w:r><w:t>x</w:t>")
                .unwrap();
        }
    });
    let name = "deep.docx";
    assert!(read(&Input { bytes: &deep, name }).is_ok());
    let broken = docx_of("word/document.xml", |part| {
        part.write_all(b"<w:p><w:r><w:t>Guards beat him.</w:t></w:r></w:p><w:p <<<")
            .unwrap();
    });
    let reading = reading("broken.docx", &broken);
    assert!(reading.text.starts_with("Guards beat him."));
    assert!(reading.remarks.join(" ").contains("damaged"));
}
