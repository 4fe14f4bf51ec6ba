//! Every rule has a sentence that says why it proposes.
#![allow(clippy::unwrap_used)]

mod common;

use common::{paragraphs, shipped};
use onrecord_extract::Context;
use std::collections::BTreeSet;

/// Rules that no list gives an id of its own: the program's.
const BUILT_IN: &[&str] = &[
    "call.imperative",
    "call.let",
    "call.listed",
    "call.question",
    "call.wish",
    "event.dated",
    "figure.count",
    "figure.money",
    "figure.of",
    "figure.percent",
    "figure.share",
    "list.case",
    "list.person",
    "model.allegation",
    "name.curated",
    "name.localised",
    "name.pack",
    "name.pack.title",
    "name.person.single",
    "name.person.tagger",
    "name.place.located",
    "name.seat.government",
    "name.symbol",
    "statement.continued",
    "statement.label",
    "statement.quoted",
];

#[test]
fn every_rule_of_every_list_and_pack_has_a_reason() {
    let extractor = shipped();
    let mut rules: BTreeSet<String> = extractor.rules().into_iter().collect();
    assert!(rules.len() > 500 && rules.iter().any(|rule| rule.starts_with("ja.")));
    rules.extend(BUILT_IN.iter().map(|&rule| rule.to_owned()));
    let without: Vec<&String> = rules
        .iter()
        .filter(|rule| model::reason(rule).is_none())
        .collect();
    assert!(without.is_empty(), "no sentence says why: {without:?}");
}

#[test]
fn what_is_proposed_from_the_gold_set_has_a_reason() {
    let extractor = shipped();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../gold/develop");
    let (mut seen, mut without) = (0, BTreeSet::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = path.extension().is_some_and(|it| it == "txt" || it == "md");
        if !text {
            continue;
        }
        let words = std::fs::read_to_string(&path).unwrap();
        let passages: Vec<&str> = words.split("\n\n").collect();
        for proposal in extractor.extract(&paragraphs(&passages), &Context::default()) {
            seen += 1;
            if model::reason(&proposal.rule).is_none() {
                without.insert(proposal.rule);
            }
        }
    }
    assert!(seen > 1_000 && without.is_empty(), "{seen}: {without:?}");
}
