//! Documents, archives and messages as other programs write them; and as nobody should.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use model::{LeftOut, PassageKind};
use onrecord_read::{Input, is_container, read, unpack};

#[test]
fn documents_of_an_office_program_keep_words_notes_and_tables() {
    let page = reading(("report.html", include_bytes!("paged_data/report.html")));
    let words = clean(&page).join(" ").replace(" | ", " ");
    let words: Vec<&str> = words.split_whitespace().collect();
    assert!(words.len() > 200, "{}", words.len());
    for file in [RTF, EPUB] {
        let text = clean(&reading(file)).join(" ");
        let missing: Vec<_> = words.iter().filter(|word| !text.contains(**word)).collect();
        assert!(missing.len() * 50 < words.len(), "{}: {missing:?}", file.0);
        assert!(
            text.contains("Kim Chol | 1954 | Hwasong"),
            "{}: {text}",
            file.0
        );
    }
    let kinds =
        |file| -> Vec<PassageKind> { reading(file).passages.iter().map(|p| p.kind).collect() };
    assert!(
        kinds(RTF).contains(&PassageKind::Heading),
        "{:?}",
        kinds(RTF)
    );
}

#[test]
fn rtf_keeps_what_is_struck_out_hidden_and_noted_apart() {
    let source = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil Times;}{\f1\fnil\fcharset129 Batang;}}
{\info{\title Report on Camp 18}{\author Field Office}}
{\header\pard Confidential\par}
\pard\outlinelevel0 Summary\par
\pard The guard {\deleted never }said\chftn {\footnote\pard Interview 12.\par} so {\v secret} caf\'e9 \u8212?\f1 \'c0\'ce\'b1\'c7\par
{\*\atnauthor Reviewer}{\*\annotation\pard Check this.\par}
\trowd\pard\intbl Name\cell Born\cell\row
\trowd\pard\intbl Kim\cell 1954\cell\row
\pard End{\pict\bin4 }}}x}{\*\unknown hidden} of it.\par}";
    let document = reading(("a.rtf", source));
    let found: Vec<_> = document
        .passages
        .iter()
        .zip(lines(&document))
        .map(|(p, text)| (p.kind, p.left_out, text))
        .collect();
    use PassageKind::{Comment, Footnote, Heading, Paragraph, TableRow};
    let expected = [
        (Paragraph, Some(LeftOut::RunningHead), "Confidential"),
        (Heading, None, "Summary"),
        (Footnote, None, "¹ Interview 12."),
        (Paragraph, None, "The guard said¹ so café —인권"),
        (Paragraph, Some(LeftOut::StruckOut), "never"),
        (Paragraph, Some(LeftOut::Hidden), "secret"),
        (Comment, None, "Reviewer: Check this."),
        (TableRow, None, "Name | Born"),
        (TableRow, None, "Kim | 1954"),
        (Paragraph, None, "End of it."),
    ];
    assert_eq!(found, expected);
    assert_eq!(document.title.unwrap().value, "Report on Camp 18");
    assert!(
        document.remarks.iter().any(|r| r.contains("1 pictures")),
        "{:?}",
        document.remarks
    );
}

#[test]
fn tape_archives_hold_their_files_whatever_their_dialect() {
    for file in [GNU, PAX] {
        let members = taken_out(file);
        assert_eq!(members.len(), 2, "links and folders are no files");
        assert!(members[0].name.ends_with("관찰.txt"), "{}", members[0].name);
        assert_eq!(members[0].bytes, b"They were not fed.\n");
        let list = reading(file);
        assert!(is_container(&list.media_type));
        assert!(
            lines(&list)[1].ends_with("statement.txt (35 bytes)"),
            "{:?}",
            lines(&list)
        );
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, b"Nobody came.\n").unwrap();
    let packed = packed.finish().unwrap();
    let single = taken_out(("notes.txt.gz", &packed));
    assert_eq!(
        (single[0].name.as_str(), single[0].bytes.as_slice()),
        ("notes.txt", &b"Nobody came.\n"[..])
    );
}

#[test]
fn a_message_of_outlook_is_read_with_the_message_inside() {
    let message = reading(MSG);
    let head = Some(LeftOut::FrontMatter);
    let found: Vec<_> = message
        .passages
        .iter()
        .zip(lines(&message))
        .map(|(p, text)| (p.kind, p.left_out, text))
        .collect();
    use PassageKind::{Heading, Paragraph, Quotation, Title};
    let expected = [
        (Paragraph, head, "From: Field Office <office@example.org>"),
        (Paragraph, head, "To: Registry"),
        (Paragraph, head, "Date: 2014-02-07T01:00:00Z"),
        (Title, None, "Statement of a former guard"),
        (Paragraph, None, "Guards beat prisoners."),
        (Quotation, None, "Please send it."),
        (Paragraph, head, "From: Cook <cook@example.org>"),
        (Paragraph, head, "To: Registry"),
        (Paragraph, head, "Date: 2014-02-06T00:00:00Z"),
        (Heading, None, "What the cook saw"),
        (Paragraph, None, "Nobody came. 진술"),
    ];
    assert_eq!(found, expected);
    assert_eq!(message.published.unwrap().value.to_string(), "2014-02-07");
    let files = taken_out(MSG);
    assert_eq!(files.len(), 1);
    assert_eq!(
        (files[0].name.as_str(), files[0].bytes.as_slice()),
        ("관찰.txt", &b"Kim Chol was seen last in 1954.\n"[..])
    );
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gzip, bytes).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn files_made_to_fill_a_disk_are_refused() {
    let zeros = vec![b'0'; 40 << 20];
    let record = |body: &[u8]| {
        let mut record = format!("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
        record.extend_from_slice(body);
        record.extend_from_slice(b"\r\n\r\n");
        record
    };
    let mut body = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    body.extend_from_slice(&packed(&zeros));
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(zeros.len() as u64);
    tar.append_data(&mut header, "zeros", zeros.as_slice())
        .unwrap();
    let tar = packed(&tar.into_inner().unwrap());
    for (name, bomb) in [
        ("a.warc.gz", packed(&record(&zeros))),
        ("a.warc", record(&body)),
        ("a.tar.gz", tar),
        ("a.gz", packed(&zeros)),
    ] {
        let bytes = bomb.as_slice();
        let refused = unpack(&Input { bytes, name }).unwrap_err();
        assert!(
            refused.contains("nothing was taken out"),
            "{name}: {refused}"
        );
        assert!(read(&Input { bytes, name }).is_err(), "{name}");
    }
}

#[test]
fn damage_is_never_a_fault() {
    let mut opened = 0;
    let files = [WGET, PLAIN, WACZ, SIGNED, MHTML, RTF, EPUB, GNU, PAX, MSG];
    for (name, whole) in files {
        // A few hundred places of each.
        for at in (0..whole.len()).step_by(whole.len() / 200 + 1) {
            let mut damaged = whole.to_vec();
            damaged[at] ^= 0x21;
            let bytes = damaged.as_slice();
            opened += usize::from(unpack(&Input { bytes, name }).is_ok());
            let _ = read(&Input { bytes, name });
            let bytes = &whole[..at];
            let _ = (read(&Input { bytes, name }), unpack(&Input { bytes, name }));
        }
    }
    assert!(opened > 300, "{opened}");
}

/// What fuzzing (`fuzz/`) has found so far, and began from.
#[test]
fn the_corpus_of_the_fuzzer_is_read_without_a_fault() {
    let names = [
        "a.warc",
        "a.warc.gz",
        "a.wacz",
        "a.mhtml",
        "a.html",
        "a.rtf",
        "a.epub",
        "a.tar",
        "a.tar.gz",
        "a.gz",
        "a.msg",
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/captured");
    let mut replayed = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let whole = std::fs::read(file.unwrap().path()).unwrap();
        let (kind, bytes) = whole.split_first().unwrap();
        let name = names[usize::from(*kind) % names.len()];
        let _ = read(&Input { bytes, name });
        let _ = unpack(&Input { bytes, name });
        replayed += 1;
    }
    assert!(replayed >= 10, "{replayed}");
}
