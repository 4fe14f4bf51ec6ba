//! The demonstration: what a newcomer runs first.

use crate::support::{Place, contains, files};
use std::collections::BTreeSet;

/// Words that stand in the demo's sources and nowhere in the program's own file formats.
const WORDS: &[&str] = &[
    "Byol-i",
    "nine spoonfuls of maize",
    "grey tin bowl",
    "Yanji",
    "Yokota",
    "Niigata",
    "Darusman",
    "Kirby",
    "abduction",
    "forced labour",
    "납치",
    "국군포로",
];

#[test]
fn it_ends_in_a_report_that_links_every_record_to_its_words() {
    let place = Place::with_demo();
    let html = std::fs::read_to_string(place.path("demo/report.html")).unwrap();
    let targets = |mark: &str| -> BTreeSet<String> {
        html.split(mark)
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    };
    let (links, ids) = (targets("href=\"#"), targets("id=\""));
    let broken: Vec<_> = links.difference(&ids).collect();
    assert!(broken.is_empty(), "{broken:?}");
    assert!(links.len() > 60, "only {} links", links.len());
    for outside in [
        "src=",
        "<script",
        "http-equiv=\"refresh\"",
        "@import",
        "url(",
    ] {
        assert!(!html.contains(outside), "{outside}");
    }
    // The checkpoint that it was made from is the archive's.
    let checkpoint = files(&place.path("demo/archive/log"))
        .into_iter()
        .find(|path| path.ends_with("checkpoint"))
        .unwrap();
    let root = std::fs::read_to_string(checkpoint)
        .unwrap()
        .lines()
        .nth(2)
        .unwrap()
        .to_owned();
    assert!(
        html.contains(&root.replace('+', "&#43;")) || html.contains(&root),
        "{root}"
    );
    let markdown = std::fs::read_to_string(place.path("demo/report.md")).unwrap();
    assert!(markdown.contains("## Calls by addressee"));
}

#[test]
fn the_report_of_open_sources_tells_nothing_of_the_testimony() {
    let place = Place::with_demo();
    for name in ["demo/report.html", "demo/report.md"] {
        let report = std::fs::read_to_string(place.path(name)).unwrap();
        for word in ["Byol-i", "nine spoonfuls", "grey tin bowl"] {
            assert!(!report.contains(word), "{word} in {name}");
        }
        assert!(report.contains("2 sources of narrower compartments are not in this report"));
    }
    let all = place.ok(&["report", "all.md", "--up-to", "sealed"]);
    assert!(all.contains("all.md"));
    assert!(
        std::fs::read_to_string(place.path("all.md"))
            .unwrap()
            .contains("Byol-i")
    );
}

#[test]
fn every_source_is_read_and_run_again_nothing_is_added() {
    let place = Place::with_demo();
    let status = &place.json(&["status"])[0];
    assert_eq!(status["sources"], 13);
    assert_eq!(status["unread"], 0);
    for kind in [
        "allegation",
        "statement",
        "call",
        "figure",
        "person",
        "state",
        "event",
    ] {
        assert!(
            status["records"][kind]["proposed"].as_u64().unwrap() > 0,
            "{kind}"
        );
    }
    let again = place.ok(&["demo", "demo"]);
    assert!(again.contains("0 sources added"), "{again}");
    assert_eq!(place.json(&["status"])[0]["sources"], 13);
    let (verified, _) = place.exits(&["verify"], 0);
    assert!(verified.starts_with("Sound."), "{verified}");
}

#[test]
fn titles_dates_and_languages_are_read_from_the_pages() {
    let place = Place::with_demo();
    let index = include_str!("../data/demo/index.toml");
    let listed = place.json(&["list"]);
    let mut checked = 0;
    for entry in index.split("[[source]]").skip(1) {
        let field = |name: &str| {
            let line = entry
                .lines()
                .find(|line| line.starts_with(&format!("{name} = ")))?;
            line.split('"').nth(1)
        };
        let source = listed
            .iter()
            .find(|source| source["fields"]["collected"]["name"] == field("file").unwrap())
            .unwrap();
        assert_eq!(source["published"].as_str(), field("published"), "{source}");
        assert_eq!(source["language"].as_str(), field("language"), "{source}");
        assert_eq!(source["publisher"].as_str(), field("publisher"), "{source}");
        assert!(
            source["title"]
                .as_str()
                .is_some_and(|title| title.len() > 5),
            "{source}"
        );
        checked += 1;
    }
    assert_eq!(checked, 13);
}

#[test]
fn a_seized_disk_shows_no_word_of_it() {
    let place = Place::with_demo();
    // Searching and exporting must not leave words behind either.
    place.ok(&["search", "Yanji"]);
    place.ok(&["export", "--up-to", "sealed"]);
    place.ok(&["rebuild"]);
    let mut folders = files(&place.path("demo/archive"));
    folders.extend(files(&place.path("home")));
    assert!(folders.len() > 10);
    for path in folders {
        let bytes = std::fs::read(&path).unwrap();
        let folded = bytes.to_ascii_lowercase();
        for word in WORDS {
            let lower = word.to_lowercase();
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let named = path.display();
            assert!(!contains(&folded, lower.as_bytes()), "{word} in {named}");
            assert!(!contains(&bytes, &wide), "{word} in UTF-16 in {named}");
            assert!(!named.to_string().contains(word));
        }
    }
}
