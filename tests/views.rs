//! Asking the view: lists, search, rebuild.

use crate::support::{Place, files};

#[test]
fn search_finds_words_phrases_and_korean() {
    let place = Place::with_demo();
    let total = |words: &str| {
        let found = place.json(&["search", words]);
        found.last().unwrap()["total"].as_u64().unwrap()
    };
    assert!(total("abducted") > 0);
    assert_eq!(
        total("abductions"),
        total("abducted"),
        "grammatical forms are one word"
    );
    assert!(total("\"Commission of Inquiry\"") > 0);
    assert_eq!(total("\"Inquiry of Commission\""), 0);
    assert!(total("납치") > 0, "two syllables inside longer words");
    let none = place.ok(&["search", "abducktion"]);
    assert!(none.contains("Did you mean: "), "{none}");
    assert!(total("commission -inquiry") < total("commission"));
}

#[test]
fn lists_are_narrowed() {
    let place = Place::with_demo();
    let calls = place.json(&["list", "--kind", "calls"]);
    assert!(!calls.is_empty());
    assert!(
        calls
            .iter()
            .all(|record| record["body"]["call"].is_object())
    );
    let korean = place.json(&["list", "--language", "ko"]);
    assert_eq!(korean.len(), 1);
    let torture = place.json(&["list", "--kind", "allegation", "--code", "torture"]);
    for record in &torture {
        assert_eq!(
            record["body"]["allegation"]["violation"]["value"],
            "torture"
        );
    }
    let (_, err) = place.exits(&["list", "--kind", "rumour"], 2);
    assert!(err.contains("say one of allegation"), "{err}");
}

#[test]
fn a_lost_or_damaged_view_is_made_again() {
    let place = Place::with_demo();
    let before = place.ok(&["export"]);
    let view = files(&place.path("home"));
    for path in view
        .iter()
        .filter(|path| path.components().any(|part| part.as_os_str() == "view"))
    {
        std::fs::write(path, b"damaged").unwrap();
    }
    let (_, err) = place.exits(&["list"], 2);
    assert!(err.contains("rebuild"), "{err}");
    place.ok(&["rebuild"]);
    assert_eq!(place.ok(&["export"]), before);
}

#[test]
fn the_manual_and_completions_are_written() {
    let place = Place::new();
    place.ok(&["man", "pages"]);
    assert!(place.path("pages/onrecord-add.1").exists());
    assert!(place.ok(&["completions", "bash"]).contains("onrecord"));
}
