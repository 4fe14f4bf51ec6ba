//! Persons by their title (`살몬 특별보고관`, `Mme Roy`, `横田さん`) or a known given name.
//!
//! Invariant: a title without a name is no person; a name never reaches over a mark.

use super::hits::{Hits, word};
use super::mentions::{Mention, Who};
use super::pack::{Pack, Table};
use super::page::Page;
use super::schema::Writing;
use std::ops::Range;

/// Persons with a title, and titles that stand for somebody.
pub(super) fn find(pack: &Pack, page: &Page, hits: &Hits, names: &[Mention]) -> Vec<Mention> {
    let mut found = Vec::new();
    for hit in hits.of(Table::Title) {
        let Some(title) = pack.titles.get(hit.entry as usize) else {
            continue;
        };
        let name = match pack.head.writing {
            Writing::Loose => korean(pack, page, names, &hit.at, title.address),
            Writing::Unspaced => japanese(pack, page, names, &hit.at),
            Writing::Spaced => latin(pack, page, &hit.at),
        };
        match name {
            Some(name) => {
                let at = name.start.min(hit.at.start)..name.end.max(hit.at.end);
                found.push(Mention {
                    whole: at.clone(),
                    at,
                    who: Who::Person(page.text[name.clone()].to_owned()),
                    name,
                    title: (!title.address).then(|| hit.at.clone()),
                    number: None,
                    parts: Vec::new(),
                });
            }
            None if !title.address => found.push(Mention {
                at: hit.at.clone(),
                name: hit.at.clone(),
                whole: hit.at.clone(),
                who: Who::Titled(hit.entry),
                title: Some(hit.at.clone()),
                number: None,
                parts: Vec::new(),
            }),
            None => {}
        }
    }
    if pack.head.writing == Writing::Spaced {
        found.extend(given(pack, page, names));
    }
    found
}

/// The words of a page before `at`, nearest first, up to a mark.
fn words_before(text: &str, at: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut end = at;
    std::iter::from_fn(move || {
        let before = text[..end].trim_end_matches(' ');
        // The first word must stand apart from the title or be joined to it; the others apart.
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, letter)| letter.is_alphanumeric() || matches!(letter, '·' | '-' | '.'))
            .last()
            .map(|(start, _)| start)?;
        end = start;
        Some((start, &before[start..]))
    })
}

/// `김정욱 선교사`, `엘리자베스 살몬 유엔 특별보고관`, `이 씨`.
fn korean(
    pack: &Pack,
    page: &Page,
    names: &[Mention],
    title: &Range<usize>,
    address: bool,
) -> Option<Range<usize>> {
    let text = page.text.as_str();
    let mut parts: Vec<(usize, &str)> = Vec::new();
    for (start, part) in words_before(text, title.start).take(8) {
        let end = start + part.len();
        let after = names.partition_point(|it| it.at.start <= start);
        let name = after.checked_sub(1).and_then(|it| names.get(it));
        let known =
            name.is_some_and(|it| end <= it.at.end || it.at.start == start && it.at.end < end);
        let inflected = name.is_some_and(|it| it.at.start == start && it.at.end < end);
        if parts.is_empty() && inflected && !part.ends_with('의') {
            // `북한에 선교사들을`: what stands before is another noun of the sentence.
            break;
        }
        if parts.is_empty() && known && address {
            // `미얀마 군`: an army, nobody whom one addresses so.
            return None;
        }
        if parts.is_empty() && (known || pack.is("title-modifier", part)) {
            continue;
        }
        if known || !is_hangul_name(pack, part) {
            break;
        }
        parts.push((start, part));
        let surname = pack
            .class("surname")
            .iter()
            .any(|it| part.starts_with(it.as_str()));
        let len = part.chars().count();
        if parts.len() == 1 && surname && (len == 3 || len == 1) || parts.len() == 3 {
            break;
        }
    }
    let &(start, first) = parts.last()?;
    let &(last, word) = parts.first()?;
    // One syllable is a name only as a surname before a form of address.
    let single = parts.len() == 1 && first.chars().count() == 1;
    if single && !pack.is("surname", first) {
        return None;
    }
    Some(start..last + word.len())
}

fn is_hangul_name(pack: &Pack, part: &str) -> bool {
    let letters = part.chars().count();
    let hangul = part
        .chars()
        .all(|it| matches!(it, '\u{ac00}'..='\u{d7a3}' | '·'));
    let latin = part.chars().next().is_some_and(char::is_uppercase);
    if !(hangul && letters <= 6 || latin) || pack.is("not-name", part) {
        return false;
    }
    let surname = pack
        .class("surname")
        .iter()
        .any(|it| part.starts_with(it.as_str()));
    let object = letters > 2 && part.ends_with(['는', '를', '을', '의', '에']);
    if surname && (2..=4).contains(&letters) && !object {
        return true;
    }
    // A word that ends in a particle is none of the name's: `북한의 인권 보고관`.
    let inflected = pack
        .class("negation")
        .iter()
        .any(|it| part.ends_with(it.as_str()));
    let particles = [
        "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "한", "된", "인", "할", "로",
        "던", "서", "고", "도", "며",
    ];
    let particle = letters >= 2 && particles.iter().any(|it| part.ends_with(it));
    !inflected && !particle && letters >= 2
}

/// `横田早紀江さん`, `エリザベス・サルモン特別報告者`.
fn japanese(
    pack: &Pack,
    page: &Page,
    names: &[Mention],
    title: &Range<usize>,
) -> Option<Range<usize>> {
    let text = page.text.as_str();
    let mut start = title.start;
    let mut katakana = None;
    for (at, letter) in text[..title.start].char_indices().rev() {
        let is_kana = matches!(letter, '\u{30a1}'..='\u{30ff}' | '=' | '＝');
        let is_han = matches!(letter, '\u{4e00}'..='\u{9fff}' | '々');
        let same = match katakana {
            None => is_kana || is_han,
            Some(true) => is_kana,
            Some(false) => is_han,
        };
        let within = is_named(names, at);
        if !same || within {
            break;
        }
        katakana = Some(is_kana);
        start = at;
    }
    let name = text[start..title.start].trim_matches('・');
    let letters = name.chars().count();
    let most = if katakana == Some(true) { 24 } else { 6 };
    let fits = (2..=most).contains(&letters) && !pack.is("not-name", name);
    let glued = pack
        .class("title-modifier")
        .iter()
        .any(|it| name.ends_with(it.as_str()));
    (fits && !glued).then(|| start..start + name.len())
}

/// `Mme Élisabeth Roy`, `le rapporteur spécial Tomás Ojea Quintana`, `Juan Pérez, periodista`.
fn latin(pack: &Pack, page: &Page, title: &Range<usize>) -> Option<Range<usize>> {
    let behind = capitals(pack, page, title.end);
    if behind.is_some() {
        return behind;
    }
    // The name before its apposition.
    let before = page.text[..title.start].trim_end();
    let before = before.strip_suffix([',']).or_else(|| {
        let article = before.rsplit(' ').next()?;
        let rest = before[..before.len() - article.len()].trim_end();
        pack.is("determiner", article)
            .then(|| rest.strip_suffix(','))?
    })?;
    let mut start = before.len();
    let mut parts = 0;
    for word in before.rsplit(' ') {
        let capital = word.chars().next().is_some_and(char::is_uppercase)
            && word
                .chars()
                .all(|it| it.is_alphabetic() || matches!(it, '-' | '.' | '\''));
        let small = parts > 0 && pack.is("name-particle", word);
        if !(capital && !pack.is("not-name", &word.to_lowercase()) || small) || parts == 5 {
            break;
        }
        parts += 1;
        start = start.saturating_sub(word.len() + usize::from(start < before.len()));
    }
    (parts >= 2 && start < before.len()).then(|| {
        let skip = before[start..].len() - before[start..].trim_start().len();
        start + skip..before.len()
    })
}

/// The capitalised words that begin behind `at`, up to five.
fn capitals(pack: &Pack, page: &Page, at: usize) -> Option<Range<usize>> {
    let rest = page.text.get(at..)?;
    // No mark but a comma: `dijo el ministro. Aseguró` begins anew.
    let blank = rest.len() - rest.trim_start_matches([' ', ',']).len();
    let comma = rest[..blank].contains(',');
    let start = at + blank;
    let mut end = start;
    let mut parts = 0;
    for part in page.text[start..].split(' ') {
        let word = word_of_name(part);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let small = parts > 0 && pack.is("name-particle", word);
        if word.is_empty()
            || !(capital || small)
            || pack.is("not-name", &word.to_lowercase())
            || parts == 5
        {
            break;
        }
        parts += 1;
        end = if parts == 1 { start } else { end + 1 } + word.len();
        if word.len() < part.len() {
            break;
        }
    }
    let enough = if comma { 2 } else { 1 };
    (parts >= enough && end > start).then_some(start..end)
}

/// Whether a name that the pack knows holds `at`; names ascend and do not overlap.
fn is_named(names: &[Mention], at: usize) -> bool {
    let after = names.partition_point(|it| it.at.start <= at);
    let name = after.checked_sub(1).and_then(|it| names.get(it));
    name.is_some_and(|it| it.at.contains(&at))
}

fn word_of_name(part: &str) -> &str {
    let end = part
        .char_indices()
        .find(|(at, letter)| {
            let initial = *letter == '.' && part[..*at].chars().count() == 1;
            !(letter.is_alphabetic() || matches!(letter, '-' | '\'') || initial)
        })
        .map_or(part.len(), |(at, _)| at);
    &part[..end]
}

/// Two or more capitalised words of which the first is a known given name.
fn given(pack: &Pack, page: &Page, names: &[Mention]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while let Some(part) = page.text.get(at..).map(word) {
        if part.is_empty() {
            let Some(next) = page.text[at..].chars().next() else {
                break;
            };
            at += next.len_utf8();
            continue;
        }
        let start = at;
        at += part.len();
        let apart = !page.text[..start]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        let known = is_named(names, start);
        if !apart || known || !pack.is("given-name", part) {
            continue;
        }
        if let Some(range) = capitals(pack, page, start)
            && range.start == start
            && page.text[range.clone()].contains(' ')
        {
            at = range.end;
            found.push(Mention {
                at: range.clone(),
                who: Who::Person(page.text[range.clone()].to_owned()),
                name: range.clone(),
                whole: range,
                title: None,
                number: None,
                parts: Vec::new(),
            });
        }
    }
    found
}
