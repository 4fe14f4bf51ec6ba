//! Pages of the web captured from a server on loopback, and sources that are read again.

use crate::support::Place;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

const PAGE: &str = "<!DOCTYPE html><html lang=en><title>Prisoners moved</title><link rel=stylesheet href=/s.css>\
    <h1>Prisoners moved</h1><p>GENEVA, 3 March 2014. Guards tortured prisoners in Camp 18, a witness told the \
    Commission of Inquiry.</p><img src=/map.png></html>";

/// A server that answers every request with its page, a style sheet or a picture; its address.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = BufReader::new(stream);
            let mut line = String::new();
            let mut path = String::new();
            while stream.read_line(&mut line).unwrap_or(0) > 2 {
                if path.is_empty() {
                    path = line.split(' ').nth(1).unwrap_or_default().to_owned();
                }
                line.clear();
            }
            let (status, kind, body) = match path.as_str() {
                "/s.css" => ("200 OK", "text/css", "p { margin: 0 }"),
                "/map.png" => ("404 Not Found", "text/plain", "gone"),
                _ => ("200 OK", "text/html", PAGE),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.get_mut().write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn a_page_is_captured_added_and_read() {
    let place = Place::with_archive();
    let address = format!("{}/report?year=2014", server());
    let (_, said) = place.exits(&["capture", &address], 1);
    assert!(said.contains("--allow-private 127.0.0.1"), "{said}");
    assert!(place.json(&["list"]).is_empty());
    place.ok(&[
        "capture",
        &address,
        "--allow-private",
        "127.0.0.1",
        "--to",
        "kept",
    ]);
    let sources = place.json(&["list"]);
    assert_eq!(sources.len(), 2, "the capture and the page: {sources:?}");
    let (capture, page) = (&sources[0]["fields"], &sources[1]["fields"]);
    assert_eq!(capture["collected"]["how"], "capture");
    assert_eq!(page["collected"]["how"], "taken out");
    assert_eq!(page["collected"]["inside"], sources[0]["id"]);
    let shown = place.ok(&["show", sources[1]["id"].as_str().unwrap()]);
    assert!(
        shown.contains(&format!(
            "from {address}, answered 200 by 127.0.0.1; the digest matches"
        )),
        "{shown}"
    );
    assert!(place.ok(&["search", "tortured"]).contains("1 passage"));
    assert_eq!(std::fs::read_dir(place.path("kept")).unwrap().count(), 1);
    place.ok(&["verify"]);
}

#[test]
fn what_cannot_be_captured_is_said_and_nothing_is_kept() {
    let place = Place::with_archive();
    for address in [
        "ftp://example.org/",
        "http://169.254.169.254/latest/meta-data",
        "https://u:p@example.org/",
    ] {
        let (_, said) = place.exits(&["capture", address], 1);
        assert!(said.contains("was not captured"), "{said}");
    }
    let (_, said) = place.exits(
        &["capture", "https://example.org", "--proxy", "nonsense"],
        2,
    );
    assert!(said.contains("is no proxy"), "{said}");
    assert!(place.json(&["list"]).is_empty());
}

/// Whether Tesseract is there; said loudly where it is not.
fn has_tesseract() -> bool {
    let asked = std::process::Command::new("tesseract")
        .arg("--version")
        .output();
    if asked.is_err() {
        eprintln!("NOT TESTED: Tesseract is missing; tests/tools/install brings it");
    }
    asked.is_ok()
}

fn picture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../read/tests/ocr_data/");
    format!("{folder}{name}")
}

#[test]
fn what_ocr_found_stays_where_it_does_not_run_and_what_it_did_not_find_is_asked_once() {
    if !has_tesseract() {
        return;
    }
    let place = Place::with_archive();
    for name in ["page.jpg", "empty.webp", "blank.jpg"] {
        place.ok(&["add", &picture(name)]);
    }
    let (told, _) = place.exits(&["reread"], 1);
    assert!(
        told.contains("3 sources looked at: 2 have a new reading, 1 could not be read"),
        "{told}"
    );
    assert!(
        told.contains("empty.webp  OCR found no words in it"),
        "{told}"
    );
    assert!(place.ok(&["search", "Hwasong"]).contains("1 passage"));
    // No words are no reason to ask again.
    let again = place.ok(&["reread"]);
    assert!(again.contains("0 sources looked at"), "{again}");
    let before = place.ok(&["log"]).lines().count();
    let (told, _) = place.exits(&["reread", "--all", "--no-ocr"], 1);
    assert!(
        told.contains("3 sources looked at: 0 have a new reading"),
        "{told}"
    );
    assert_eq!(place.ok(&["log"]).lines().count(), before);
    assert!(place.ok(&["search", "Hwasong"]).contains("1 passage"));
    assert!(place.ok(&["reread"]).contains("0 sources looked at"));
}

#[test]
fn a_damaged_original_keeps_no_other_from_being_read_again() {
    let place = Place::with_archive();
    place.write(
        "one.txt",
        "Guards beat prisoners at the camp, a witness said.\n",
    );
    place.write(
        "two.txt",
        "They were not fed for three days, a witness said.\n",
    );
    place.ok(&["add", "one.txt"]);
    let blobs = crate::support::files(&place.path("archive/blob"));
    place.ok(&["add", "two.txt"]);
    assert!(!blobs.is_empty());
    for blob in blobs {
        let mut bytes = std::fs::read(&blob).unwrap();
        let from = bytes.len() / 4;
        bytes[from..].iter_mut().for_each(|byte| *byte ^= 0x55);
        std::fs::write(&blob, bytes).unwrap();
    }
    let (told, _) = place.exits(&["reread", "--all", "--json"], 1);
    let told = crate::support::lines(&told);
    let said: Vec<_> = told
        .iter()
        .map(|line| (&line["name"], line["reader"].is_null()))
        .collect();
    assert_eq!(
        said,
        [(&"one.txt".into(), true), (&"two.txt".into(), false)],
        "{told:?}"
    );
    let why = told[0]["difference"][0].as_str().unwrap();
    assert!(why.len() > 20, "{why}");
}

#[test]
fn what_waits_is_read_again_and_what_is_the_same_is_not_written_twice() {
    let place = Place::with_archive();
    let picture = picture("page.png");
    place.write(
        "statement.txt",
        "Guards beat prisoners at the camp, a witness said.\n",
    );
    place.ok(&["add", &picture, "statement.txt"]);
    let waiting = place.json(&["list", "--unread"]);
    assert!(
        waiting[0]["unread"]["reason"]
            .as_str()
            .unwrap()
            .starts_with("Needs OCR:"),
        "{waiting:?}"
    );
    let before = place.ok(&["log"]).lines().count();
    // Nothing is written that is not new.
    place.exits(&["reread", "--all", "--no-ocr"], 1);
    assert_eq!(place.ok(&["log"]).lines().count(), before);
    if !has_tesseract() {
        return;
    }
    let shown = place.ok(&["reread", "--changed"]);
    assert!(shown.contains("ocr/1: read for the first time"), "{shown}");
    assert_eq!(place.ok(&["log"]).lines().count(), before, "only shown");
    assert!(place.ok(&["reread"]).contains("1 have a new reading"));
    assert!(place.ok(&["search", "Hwasong"]).contains("1 passage"));
    assert!(place.json(&["list", "--unread"]).is_empty());
    let again = place.ok(&["reread"]);
    assert!(again.contains("0 sources looked at"), "{again}");
    place.ok(&["verify"]);
}
