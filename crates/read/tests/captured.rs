//! Captures and saved pages as other programs write them.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use model::DigestCheck;
use onrecord_read::{Input, is_container, read};
use std::io::Write;

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
    assert!(remark.contains(": 16 right, 0 wrong."), "{remark}");
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
    let remarks = &again.remarks;
    assert!(remarks[0].contains(": 8 right, 0 wrong."), "{remarks:?}");
    assert!(remarks[1].starts_with("4 records of a repeated answer"));
}

#[test]
fn the_digest_of_a_repeated_answer_is_checked() {
    let block = "HTTP/1.1 304 Not Modified\r\nServer: x\r\n\r\n";
    let digest = ring::digest::digest(&ring::digest::SHA256, block.as_bytes());
    let digits: String = digest.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    let capture = |digits: &str| {
        let head = format!(
            "WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Target-URI: https://example.org/\r\n\
             WARC-Block-Digest: sha256:{digits}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        format!("{head}{block}\r\n\r\n")
    };
    let right = reading(("a.warc", capture(&digits).as_bytes()));
    assert!(
        right.remarks[0].contains(": 1 right, 0 wrong."),
        "{:?}",
        right.remarks
    );
    let other = reading(("a.warc", capture(&digits.replace('0', "1")).as_bytes()));
    assert!(
        other.remarks[0].contains(": 0 right, 0 wrong."),
        "{:?}",
        other.remarks
    );
    assert!(
        other.remarks[1].contains("state a digest that is not"),
        "{:?}",
        other.remarks
    );
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

/// A package with one file whose list is `resources`.
fn package(resources: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let list = format!(r#"{{"title": "A list", "resources": [{resources}]}}"#);
    for (name, body) in [
        ("pages/pages.jsonl", "{}\n"),
        ("datapackage.json", list.as_str()),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).unwrap();
        zip.write_all(body.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_package_is_called_whole_only_where_every_file_was_compared() {
    let verdict = |resources: &str| reading(("a.wacz", &package(resources))).remarks.join(" ");
    let one = |hash: &str| format!(r#"{{"path": "pages/pages.jsonl", "hash": "sha256:{hash}"}}"#);
    // SHA-256 of {} and a line end.
    let right = one("ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356");
    let wrong = one(&"0".repeat(64));
    let said = verdict(&right);
    assert!(
        said.contains("all 1 files are what its list states"),
        "{said}"
    );
    let twice = verdict(&format!("{right}, {right}"));
    assert!(
        twice.contains("all 1 files are"),
        "one file stays one: {twice}"
    );
    let both = verdict(&format!("{right}, {wrong}"));
    assert!(
        both.contains("0 of 1 files are what its list states; pages/pages.jsonl differs"),
        "{both}"
    );
    let none = verdict("");
    assert!(
        none.contains("names no file: nothing was compared"),
        "{none}"
    );
    let mut many: Vec<String> = (0..20_000).map(|_| right.clone()).collect();
    many.push(r#"{"path": "gone", "hash": "sha256:00"}"#.to_owned());
    let many = verdict(&many.join(","));
    assert!(
        many.contains("1 of 2 files are what its list states; gone is missing"),
        "{many}"
    );
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
