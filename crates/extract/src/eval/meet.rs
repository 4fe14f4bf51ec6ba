//! Which proposal is which coded record, and whether it is right: leniently and strictly.
//!
//! Invariant: each meets at most one other, and the pairing does not depend on the order in
//! which either side is given.

use super::item::{Item, Layer};
use model::{Edtf, Span, Vocabulary};
use std::collections::BTreeSet;

/// Two items that are about the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) coded: usize,
    pub(super) proposed: usize,
    pub(super) strict: bool,
}

/// Pairs coded and proposed items of one layer; those that overlap most first.
pub(super) fn pairs(coded: &[Item], proposed: &[Item], violations: &Vocabulary) -> Vec<Pair> {
    let mut candidates = Vec::new();
    for (c, one) in coded.iter().enumerate() {
        for (p, other) in proposed.iter().enumerate() {
            if let Some(nearness) = nearness(one, other, violations) {
                let strict = is_strict(one, other);
                candidates.push(((strict, nearness), c, p));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken_c, mut taken_p) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for ((strict, _), c, p) in candidates {
        if !taken_c.contains(&c) && !taken_p.contains(&p) {
            taken_c.insert(c);
            taken_p.insert(p);
            pairs.push(Pair {
                coded: c,
                proposed: p,
                strict,
            });
        }
    }
    pairs
}

/// How well two items of a layer agree leniently; `None` when they do not.
fn nearness(coded: &Item, proposed: &Item, violations: &Vocabulary) -> Option<(bool, u32)> {
    if coded.layer == Layer::Entities {
        let same = coded.sort == proposed.sort && share_a_form(coded, proposed);
        return same.then_some((true, 0));
    }
    let shared = coded
        .span
        .zip(proposed.span)
        .map_or(0, |(one, other)| shared(one, other));
    let same_passage = coded.passage == proposed.passage;
    match coded.layer {
        Layer::Allegations => {
            let same = coded.sort == proposed.sort;
            let related = same || is_parent(&coded.sort, &proposed.sort, violations);
            ((shared > 0 || same_passage) && related).then_some((same, shared))
        }
        Layer::Events => {
            let same = coded.sort == proposed.sort;
            ((shared > 0 || same_passage) && same).then_some((true, shared))
        }
        Layer::Figures => {
            let same = coded.sort == proposed.sort;
            (shared > 0 && same).then_some((true, shared))
        }
        _ => (shared > 0).then_some((true, shared)),
    }
}

fn shared(one: Span, other: Span) -> u32 {
    let (start, end) = (one.start.max(other.start), one.end.min(other.end));
    end.saturating_sub(start)
}

fn is_parent(one: &str, other: &str, violations: &Vocabulary) -> bool {
    let parent = |code: &str| violations.term(code).and_then(|term| term.parent.clone());
    let is_under =
        |low: &str, high: &str| parent(low).is_some_and(|parent| parent.as_str() == high);
    is_under(one, other) || is_under(other, one)
}

fn share_a_form(coded: &Item, proposed: &Item) -> bool {
    let (Some(one), Some(other)) = (coded.fields.get("names"), proposed.fields.get("names")) else {
        return false;
    };
    let forms: BTreeSet<Vec<String>> = one.iter().map(|form| words(form)).collect();
    other.iter().any(|form| forms.contains(&words(form)))
}

/// Whether a pair agrees in what strict comparison asks for.
fn is_strict(coded: &Item, proposed: &Item) -> bool {
    let same = |field: &str| match (coded.fields.get(field), proposed.fields.get(field)) {
        (None, None) => true,
        (Some(one), Some(other)) => one.iter().any(|one| other.contains(one)),
        _ => false,
    };
    let who = |field: &str| match (coded.fields.get(field), proposed.fields.get(field)) {
        (None, None) => true,
        (Some(one), Some(other)) => one
            .iter()
            .any(|one| other.iter().any(|other| same_name(one, other))),
        _ => false,
    };
    match coded.layer {
        Layer::Allegations => {
            let coded_one = |field: &str| coded.fields.contains_key(field);
            let roles = match (coded_one("victims"), coded_one("perpetrators")) {
                (false, false) => true,
                (true, true) => who("victims") || who("perpetrators"),
                (true, false) => who("victims"),
                (false, true) => who("perpetrators"),
            };
            coded.sort == proposed.sort && same("modality") && who("attribution") && roles
        }
        Layer::Statements => same("act") && who("speaker"),
        Layer::Calls => who("caller") && who("addressees"),
        Layer::Commitments => who("by"),
        Layer::Responses => who("by") && same("answer"),
        Layer::Events => match (coded.fields.get("date"), proposed.fields.get("date")) {
            (None, _) => true,
            (Some(one), Some(other)) => dates_meet(&one[0], &other[0]),
            _ => false,
        },
        Layer::Figures => coded
            .fields
            .get("unit")
            .is_none_or(|unit| proposed.fields.get("unit") == Some(unit)),
        Layer::Cases => same("category") && who("subject"),
        Layer::Entities => coded
            .fields
            .get("key")
            .is_none_or(|key| proposed.fields.get("key") == Some(key)),
        Layer::Quotations => {
            !coded.fields.contains_key("speaker")
                || !proposed.fields.contains_key("speaker")
                || who("speaker")
        }
    }
}

fn dates_meet(one: &str, other: &str) -> bool {
    let day = |text: &str| {
        let date: Edtf = text.parse().ok()?;
        Some((date.earliest()?, date.latest()?))
    };
    match (day(one), day(other)) {
        (Some(one), Some(other)) => one.0 <= other.1 && other.0 <= one.1,
        _ => one == other,
    }
}

/// Words that say nothing of who is meant.
const SLIGHT: &[&str] = &[
    "the", "a", "an", "of", "and", "in", "for", "on", "to", "his", "her", "their", "mr", "ms",
    "mrs", "dr", "all", "those", "these", "some", "many", "several", "other", "two", "three",
];

/// The words of a name that tell who is meant, in lower case.
fn words(name: &str) -> Vec<String> {
    let letters = name.split(|c: char| !c.is_alphanumeric());
    let all = letters
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let telling: Vec<String> = all
        .filter(|word| !SLIGHT.contains(&word.as_str()))
        .collect();
    telling
}

/// Whether two names share their last telling word, or all words of the shorter one.
fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() {
        return one == other;
    }
    let (short, long) = match one.len() <= other.len() {
        true => (&one, &other),
        false => (&other, &one),
    };
    short.iter().all(|word| long.contains(word)) || one.last() == other.last()
}
