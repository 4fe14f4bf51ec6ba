//! The published tables that the reference tests reproduce.
#![allow(dead_code, clippy::unwrap_used)]

use onrecord_estimate::Histories;

/// One table of `tables.json`.
pub fn table(name: &str) -> Histories {
    let all: serde_json::Value = serde_json::from_str(include_str!("../tables.json")).unwrap();
    let entry = &all[name];
    let lists: Vec<&str> = entry["lists"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap())
        .collect();
    let counts = entry["counts"].as_object().unwrap();
    let counts: Vec<(&str, u64)> = counts
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_u64().unwrap()))
        .collect();
    let table = Histories::from_digits(&lists, &counts).unwrap();
    assert_eq!(table.observed(), entry["people"].as_u64().unwrap());
    table
}

/// Asserts that two figures differ by no more than `tolerance`.
#[track_caller]
pub fn near(found: f64, published: f64, tolerance: f64) {
    assert!(
        (found - published).abs() <= tolerance,
        "found {found}, published {published} (± {tolerance})"
    );
}
