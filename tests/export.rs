//! Exported records: every quote stands where its citation says, in the reading and in the
//! decoded original.

use crate::support::Place;
use std::collections::BTreeMap;

fn slice(text: &str, at: &serde_json::Value) -> String {
    let (start, end) = (at["start"].as_u64().unwrap(), at["end"].as_u64().unwrap());
    text.chars()
        .skip(start as usize)
        .take((end - start) as usize)
        .collect()
}

/// Letters and digits only: what a quote and its place in the original have in common.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_quote_stands_where_its_citation_says() {
    let place = Place::with_demo();
    let mut readings = BTreeMap::new();
    let mut originals = BTreeMap::new();
    let mut quotes = 0;
    for record in place.exported() {
        let id = record["source"]["id"].as_str().unwrap().to_owned();
        let sha256 = record["source"]["sha256"].as_str().unwrap().to_owned();
        if record["kind"] == "source" {
            let shown = place.json(&["show", &sha256]).remove(0);
            readings.insert(id.clone(), shown["text"].as_str().unwrap().to_owned());
            originals.insert(id, place.ok(&["show", "--original", &sha256]));
            continue;
        }
        assert_eq!(record["status"], "proposed");
        assert!(record["rule"].as_str().is_some_and(|rule| !rule.is_empty()));
        for citation in record["citations"].as_array().unwrap() {
            let quote = citation["quote"].as_str().unwrap();
            assert!(!quote.is_empty());
            assert_eq!(slice(&readings[&id], &citation["reading"]), quote);
            assert_eq!(citation["original"]["sha256"], sha256.as_str());
            // The demo's sources are all UTF-8: their decoded text is their text. Markup within a
            // quote stands in the original and not in the quote.
            let there = letters(&slice(&originals[&id], &citation["original"]));
            let is_plain = !originals[&id].contains("</") && !originals[&id].starts_with("---");
            if is_plain {
                assert_eq!(there, letters(quote));
            } else {
                let words = quote.split_whitespace().map(letters);
                assert!(
                    words.into_iter().all(|word| there.contains(&word)),
                    "{quote} | {there}"
                );
            }
            quotes += 1;
        }
    }
    assert!(quotes > 300, "only {quotes} quotes");
}

#[test]
fn the_same_archive_exports_the_same_bytes() {
    let place = Place::with_demo();
    let first = place.ok(&["export", "--up-to", "sealed"]);
    place.ok(&["rebuild"]);
    assert_eq!(place.ok(&["export", "--up-to", "sealed"]), first);
}

#[test]
fn two_archives_of_the_same_sources_say_the_same() {
    let said = |place: &Place| -> Vec<String> {
        let records = place
            .exported()
            .into_iter()
            .filter(|record| record["kind"] != "source");
        records
            .map(|record| {
                format!(
                    "{} {} {}",
                    record["rule"], record["fields"], record["citations"]
                )
            })
            .collect()
    };
    assert_eq!(said(&Place::with_demo()), said(&Place::with_demo()));
}
