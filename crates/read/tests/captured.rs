//! Captures and documents as other programs write them (`capture_data/make.py`): wget, py-wacz,
//! Chromium, SingleFile, LibreOffice, GNU tar, extract-msg; and as nobody should.
#![allow(clippy::unwrap_used)]

use model::{CharIndex, DigestCheck, LeftOut, PassageKind, Reading};
use onrecord_read::{Input, Member, is_container, read, unpack};

macro_rules! data {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("capture_data/", $name)).as_slice(),
        )
    };
}

type File = (&'static str, &'static [u8]);
const WGET: File = data!("wget.warc.gz");
const AGAIN: File = data!("again.warc.gz");
const PLAIN: File = data!("plain.warc");
const WACZ: File = data!("page.wacz");
const SIGNED: File = data!("signed.wacz");
const CHANGED: File = data!("changed.wacz");
const MHTML: File = data!("page.mhtml");
const SINGLE: File = data!("single-file.html");
const RTF: File = data!("report.rtf");
const EPUB: File = data!("report.epub");
const GNU: File = data!("gnu.tar");
const PAX: File = data!("pax.tar.gz");
const MSG: File = data!("letter.msg");

fn reading((name, bytes): (&str, &[u8])) -> Reading {
    let reading = read(&Input { bytes, name }).unwrap();
    let mut end = 0;
    for passage in &reading.passages {
        assert!(passage.span.start >= end && passage.span.end > passage.span.start);
        end = passage.span.end;
    }
    reading
}

fn taken_out((name, bytes): (&str, &[u8])) -> Vec<Member> {
    unpack(&Input { bytes, name }).unwrap()
}

fn lines(reading: &Reading) -> Vec<&str> {
    let chars = CharIndex::new(&reading.text);
    let passages = reading.passages.iter();
    passages
        .map(|passage| chars.slice(&reading.text, passage.span).unwrap())
        .collect()
}

fn clean(reading: &Reading) -> Vec<&str> {
    let chars = CharIndex::new(&reading.text);
    let passages = reading.clean();
    passages
        .map(|passage| chars.slice(&reading.text, passage.span).unwrap())
        .collect()
}

const FIRST: &str = "Seoul, 3 March 2014. Guards moved two hundred prisoners from Camp 18 in one night, \
                     a former guard told the commission.";

#[test]
fn each_answer_of_a_capture_is_a_source_with_its_time_and_headers() {
    for capture in [WGET, PLAIN] {
        let members = taken_out(capture);
        let page = &members[0];
        let said = page.captured.as_ref().unwrap();
        assert!(page.name.ends_with("/page.html"), "{}", page.name);
        assert!(said.address.starts_with("http://127.0.0.1:"), "{said:?}");
        assert_eq!(
            (said.status, said.digest),
            (Some(200), DigestCheck::Matches)
        );
        assert!(
            said.at.starts_with("20") && said.at.ends_with('Z'),
            "{}",
            said.at
        );
        assert_eq!(said.machine.as_deref(), Some("127.0.0.1"));
        let kind = said.headers.iter().find(|(name, _)| name == "Content-Type");
        assert_eq!(kind.unwrap().1, "text/html; charset=utf-8");
        let page = reading((&page.name, &page.bytes));
        assert_eq!(clean(&page)[1], FIRST);
    }
    let members = taken_out(WGET);
    let names: Vec<&str> = members
        .iter()
        .filter_map(|m| m.name.rsplit('/').next())
        .collect();
    assert_eq!(names, ["page.html", "map.png", "page.html"]);
    assert!(members[1].bytes.starts_with(b"\x89PNG"));
}

#[test]
fn a_capture_is_read_as_a_list_with_what_came_of_its_digests() {
    let list = reading(WGET);
    assert!(is_container(&list.media_type));
    assert!(clean(&list).is_empty());
    let text = lines(&list).join("\n");
    assert!(text.contains(", text/html, "), "{text}");
    assert!(text.contains(" 301 http://127.0.0.1:"), "{text}");
    assert!(text.contains("to /page.html"), "{text}");
    let remark = &list.remarks[0];
    assert!(remark.contains("written by Wget/"), "{remark}");
    assert!(
        remark.contains("20 right, 0 wrong") || remark.contains(" right, 0 wrong"),
        "{remark}"
    );
    assert!(
        list.remarks[1].starts_with("2 style sheets"),
        "{:?}",
        list.remarks
    );
    assert!(
        list.title
            .unwrap()
            .value
            .starts_with("Capture of http://127.0.0.1:")
    );
    // What was seen before is listed, and is no source a second time.
    assert!(taken_out(AGAIN).is_empty());
    let again = reading(AGAIN);
    assert!(lines(&again)[0].contains("revisit"), "{:?}", lines(&again));
}

#[test]
fn changed_bytes_of_a_capture_are_seen() {
    let mut bytes = PLAIN.1.to_vec();
    let at = bytes
        .windows(8)
        .position(|w| w == b"no-store" || w == b"hundred ");
    // The page is packed within the plain capture: change one byte of its body.
    let at = at.unwrap_or_else(|| {
        bytes
            .windows(4)
            .position(|w| w == b"\x1f\x8b\x08\x00")
            .unwrap()
            + 4
    });
    bytes[at] ^= 1;
    let file = (PLAIN.0, bytes.as_slice());
    let members = taken_out(file);
    assert_eq!(
        members[0].captured.as_ref().unwrap().digest,
        DigestCheck::Differs
    );
    let remarks = reading(file).remarks.join(" ");
    assert!(
        remarks.contains(" 1 wrong") || remarks.contains(" 2 wrong"),
        "{remarks}"
    );
    assert!(
        remarks.contains("are not those that were recorded"),
        "{remarks}"
    );
}

#[test]
fn a_capture_that_breaks_off_is_read_up_to_there() {
    let cut = &PLAIN.1[..PLAIN.1.len() / 2];
    let half = reading((PLAIN.0, cut));
    assert!(
        half.remarks.join(" ").contains("is damaged behind record"),
        "{:?}",
        half.remarks
    );
    let refused = read(&Input {
        bytes: b"WARC/1.0\r\nWARC-Type: response\r\n",
        name: "a.warc",
    });
    assert!(refused.unwrap_err().reason.contains("damaged"));
}

#[test]
fn hashes_and_signature_of_a_package_are_checked() {
    let verdict = |file| reading(file).remarks.join(" ");
    let plain = verdict(WACZ);
    assert!(plain.contains("files are what its list states"), "{plain}");
    assert!(plain.contains("the package is not signed"), "{plain}");
    let signed = verdict(SIGNED);
    assert!(
        signed.contains("signature is right, by a key that names nobody"),
        "{signed}"
    );
    let changed = verdict(CHANGED);
    assert!(
        changed.contains("HASHES OF THE PACKAGE DIFFER"),
        "{changed}"
    );
    assert!(changed.contains("pages/pages.jsonl differs"), "{changed}");
    assert!(changed.contains("signature is right"), "{changed}");
    assert_eq!(taken_out(WACZ).len(), taken_out(WGET).len());
    assert_eq!(reading(WACZ).title.unwrap().value, "Camp 18");
}

#[test]
fn a_signature_over_something_else_is_wrong() {
    use std::io::{Cursor, Read, Write};
    let mut old = zip::ZipArchive::new(Cursor::new(SIGNED.1)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut file = old.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == "datapackage-digest.json" {
            let text = String::from_utf8(bytes).unwrap();
            let at = text.find("\"signature\": \"").unwrap() + 20;
            let other = if &text[at..=at] == "A" { "B" } else { "A" };
            bytes = format!("{}{other}{}", &text[..at], &text[at + 1..]).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        new.write_all(&bytes).unwrap();
    }
    let bytes = new.finish().unwrap().into_inner();
    let remarks = reading(("signed.wacz", &bytes)).remarks.join(" ");
    assert!(remarks.contains("SIGNATURE IS WRONG"), "{remarks}");
}

#[test]
fn pages_that_browsers_saved_are_read_as_pages() {
    for (file, words) in [
        (MHTML, "A page saved by a browser from"),
        (SINGLE, "SingleFile from"),
    ] {
        let page = reading(file);
        assert_eq!(
            clean(&page)[..2],
            ["Prisoners moved from Camp 18", FIRST],
            "{}",
            file.0
        );
        assert_eq!(
            page.title.as_ref().unwrap().value,
            "Prisoners moved from Camp 18"
        );
        assert!(
            page.remarks.iter().any(|r| r.contains(words)),
            "{:?}",
            page.remarks
        );
        assert!(page.address.unwrap().value.ends_with("/page.html"));
    }
    let pictures = taken_out(MHTML);
    assert_eq!(pictures.len(), 1);
    assert!(pictures[0].bytes.starts_with(b"\x89PNG"));
    assert!(
        pictures[0]
            .captured
            .as_ref()
            .unwrap()
            .address
            .ends_with("/map.png")
    );
}

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
