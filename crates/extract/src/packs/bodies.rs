//! Bodies that no pack lists, by how their names end: `서울중앙지방법원`, `国境なき記者団`.
//!
//! Invariant: a body never reaches over a blank or mark, nor over a name that the pack knows, unless
//! the name only begins it (`東京` of `東京高裁`).

use super::hits::word;
use super::mentions::{Mention, Who};
use super::pack::Pack;
use super::page::Page;
use super::schema::Writing;
use std::ops::Range;

/// Most characters of such a name.
const LONGEST: usize = 24;

/// The bodies of a page whose language writes their kind at the end. `names` ascend.
pub(super) fn find(pack: &Pack, page: &Page, names: &[Mention]) -> Vec<Mention> {
    let mut found = match pack.head.writing {
        Writing::Loose => korean(pack, page),
        Writing::Unspaced => japanese(pack, page),
        Writing::Spaced => Vec::new(),
    };
    found.retain(|(at, _)| !is_known(pack, page, names, at));
    found
        .into_iter()
        .map(|(at, power)| Mention {
            who: Who::Body {
                name: page.text[at.clone()].to_owned(),
                power,
            },
            name: at.clone(),
            whole: at.clone(),
            at,
            title: None,
            number: None,
            parts: Vec::new(),
        })
        .collect()
}

/// How names end, longest first, and whether such a body does things or tells of them.
fn kinds(pack: &Pack) -> Vec<(&str, bool)> {
    let tells = pack.class("body-tells").iter();
    let acts = pack.class("body-acts").iter();
    let mut kinds: Vec<(&str, bool)> = tells.map(|it| (it.as_str(), false)).collect();
    kinds.extend(acts.map(|it| (it.as_str(), true)));
    kinds.sort_by_key(|(end, _)| std::cmp::Reverse(end.len()));
    kinds
}

/// Words that end so, without their particles: `국경없는기자회는`.
fn korean(pack: &Pack, page: &Page) -> Vec<(Range<usize>, bool)> {
    let kinds = kinds(pack);
    let mut found = Vec::new();
    if kinds.is_empty() {
        return found;
    }
    let mut at = 0;
    while at < page.text.len() {
        let part = word(&page.text[at..]);
        if part.is_empty() {
            at += page.text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let apart = !page.text[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        if apart && let Some((len, power)) = ends_as(pack, &kinds, part) {
            found.push((at..at + len, power));
        }
        at += part.len();
    }
    found
}

/// The bytes of a word up to its particles, where it names a body.
fn ends_as(pack: &Pack, kinds: &[(&str, bool)], part: &str) -> Option<(usize, bool)> {
    kinds.iter().find_map(|(end, power)| {
        let start = part.rfind(end)?;
        let name = &part[..start + end.len()];
        let joined = &part[name.len()..];
        let particle = joined.is_empty()
            || pack.class("particle").iter().any(|it| it == joined)
            || pack.class("suffix").iter().any(|it| {
                let rest = joined.strip_prefix(it.as_str());
                rest.is_some_and(|rest| pack.class("particle").iter().any(|it| it == rest))
            });
        // `반군`, but not `장군`: one syllable says too little of a short word.
        let least = if end.chars().count() == 1 { 3 } else { 2 };
        let letters = name.chars().count();
        let fits = (least..=LONGEST).contains(&letters) && !pack.is("not-body", name);
        (particle && fits).then_some((name.len(), *power))
    })
}

/// Kanji and katakana before the end: `準軍事組織`, `東京高裁`.
fn japanese(pack: &Pack, page: &Page) -> Vec<(Range<usize>, bool)> {
    let kinds = kinds(pack);
    let mut found: Vec<(Range<usize>, bool)> = Vec::new();
    let mut at = 0;
    while let Some(rest) = page.text.get(at..) {
        let Some(letter) = rest.chars().next() else {
            break;
        };
        let hit = kinds.iter().find(|(end, _)| rest.starts_with(end));
        let Some((end, power)) = hit else {
            at += letter.len_utf8();
            continue;
        };
        let until = at + end.len();
        // `政府軍`, `監視団体`: a longer name ends later.
        let goes_on = page.text[until..].chars().next().is_some_and(is_of_name);
        if goes_on {
            at += letter.len_utf8();
            continue;
        }
        at = until;
        let start = begins(&page.text, until - end.len());
        let name = &page.text[start..until];
        let letters = name.chars().count();
        if letters >= 2 && !pack.is("not-body", name) {
            found.push((start..until, *power));
        }
    }
    found
}

/// Where the run of kanji and katakana before `end` begins.
fn begins(text: &str, end: usize) -> usize {
    let before = text[..end].char_indices().rev().take(LONGEST);
    let run = before.take_while(|(_, letter)| is_of_name(*letter));
    run.last().map_or(end, |(at, _)| at)
}

/// Whether a Japanese name may be written with it.
fn is_of_name(letter: char) -> bool {
    matches!(letter, '\u{30a1}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '々')
}

/// Whether the pack knows these words already: `北朝鮮` with `当局` behind it is a state.
fn is_known(pack: &Pack, page: &Page, names: &[Mention], at: &Range<usize>) -> bool {
    let from = names.partition_point(|it| it.at.end <= at.start);
    let mut over = names[from..].iter().take_while(|it| it.at.start < at.end);
    // `북한 정부`: the state is named, and its government adds nothing.
    let before = from.checked_sub(1).and_then(|it| names.get(it));
    let joined = before.is_some_and(|it| {
        let gap = page.text.get(it.at.end..at.start).unwrap_or(",");
        gap.trim().is_empty() && pack.is("attached", &page.text[at.clone()])
    });
    joined
        || over.any(|it| {
            let rest = page.text.get(it.at.end..at.end).unwrap_or_default();
            rest.is_empty() || pack.is("attached", rest) || it.at.start < at.start
        })
}
