//! Numbers and what they count.
//!
//! Invariant: a number that cannot be read to its end is none.

use super::hits::Hits;
use super::pack::{Pack, Table};
use super::page::{Page, is_wide};
use super::schema::Writing;
use std::ops::Range;

/// A number with what it counts.
#[derive(Debug)]
pub(super) struct Figure {
    pub at: Range<usize>,
    /// In thousandths.
    pub least: i64,
    /// In thousandths; `None` when it is open.
    pub most: Option<i64>,
    pub unit: String,
    pub counter: u32,
}

/// The value of number words, and whether they leave it open above (`수백`, `des centaines`).
///
/// A class of the table `[numbers]` with a negative value is an open one: `수백 = -100`.
pub(super) fn value(pack: &Pack, words: &str) -> Option<(i64, bool)> {
    let mut rest = words.trim();
    if rest.is_empty() || rest.len() > 60 {
        return None;
    }
    let (mut total, mut here, mut open) = (0_i64, None::<i64>, false);
    while !rest.is_empty() {
        if let Some((number, len)) = digits(pack, rest) {
            if here.is_some() {
                return None;
            }
            here = Some(number);
            rest = rest[len..].trim_start();
            continue;
        }
        let (word, value) = pack
            .numbers
            .iter()
            .find(|(word, _)| begins_with_word(pack, rest, word))?;
        if *value < 0 {
            open = true;
        }
        let value = value.checked_abs()?;
        if value >= 100 && here.is_some() {
            let product = here?.checked_mul(value)?;
            if value >= 10_000 || pack.head.writing == Writing::Spaced {
                total = total.checked_add(product)?;
                here = None;
            } else {
                here = Some(product);
            }
        } else if let Some(before) = here {
            here = Some(before.checked_add(value)?);
        } else {
            here = Some(value);
        }
        rest = rest[word.len()..].trim_start_matches([' ', '-']);
        rest = rest
            .strip_prefix("y ")
            .or(rest.strip_prefix("et "))
            .unwrap_or(rest);
    }
    let sum = total.checked_add(here.unwrap_or(0))?;
    (sum > 0).then_some((sum, open))
}

fn begins_with_word(pack: &Pack, rest: &str, word: &str) -> bool {
    if !rest.starts_with(word) {
        return false;
    }
    let next = rest[word.len()..].chars().next();
    pack.head.writing != Writing::Spaced || !next.is_some_and(char::is_alphanumeric)
}

/// Digits with the marks that group thousands: `1,200`, `1 200`, `1.200`.
fn digits(pack: &Pack, text: &str) -> Option<(i64, usize)> {
    let group: &[char] = match pack.head.writing {
        Writing::Spaced => &[' ', '.', '\u{a0}', '\u{202f}'],
        _ => &[','],
    };
    let mut number = 0_i64;
    let mut len = 0;
    let mut rest = text;
    loop {
        let run = rest.len()
            - rest
                .trim_start_matches(|it: char| it.is_ascii_digit())
                .len();
        if run == 0 || len > 0 && run != 3 {
            break;
        }
        for digit in rest[..run].bytes() {
            number = number
                .checked_mul(10)?
                .checked_add(i64::from(digit - b'0'))?;
        }
        len += run;
        rest = &text[len..];
        let Some(mark) = rest.chars().next().filter(|it| group.contains(it)) else {
            break;
        };
        let after = &rest[mark.len_utf8()..];
        let next = after.len()
            - after
                .trim_start_matches(|it: char| it.is_ascii_digit())
                .len();
        if next != 3 {
            break;
        }
        len += mark.len_utf8();
        rest = &text[len..];
    }
    (len > 0).then_some((number, len))
}

/// The figures of a page.
pub(super) fn find(pack: &Pack, page: &Page, hits: &Hits, dates: &[Range<usize>]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    for hit in hits.of(Table::Counter) {
        let Some(counter) = pack.counters.get(hit.entry as usize) else {
            continue;
        };
        let Some((start, least, open)) = number_before(pack, page, hit.at.start) else {
            continue;
        };
        let overlaps = |it: &Range<usize>| it.start < hit.at.end && start < it.end;
        let near = dates.partition_point(|it| it.end <= start);
        if dates.get(near).is_some_and(overlaps) || found.last().is_some_and(|it| it.at.end > start)
        {
            continue;
        }
        let (mut least, mut open) = (least, open);
        let before = page.low[..start].trim_end();
        let after = page.low[hit.at.end..].trim_start();
        let ends = |class: &str| {
            pack.class(class)
                .iter()
                .any(|it| before.ends_with(it.as_str()))
        };
        let begins = |class: &str| {
            pack.class(class)
                .iter()
                .any(|it| after.starts_with(it.as_str()))
        };
        let mut most = Some(least);
        let own = &page.low[hit.at.clone()];
        let more = pack
            .class("at-least")
            .iter()
            .any(|it| own.starts_with(it.as_str()));
        if more || ends("at-least") || begins("at-least") {
            open = true;
        } else if ends("at-most") || begins("at-most") {
            most = Some(least);
            least = 0;
        }
        if open {
            most = None;
        }
        let thousand = |value: i64| value.checked_mul(1_000);
        let (Some(least), most) = (thousand(least), most.map(thousand)) else {
            continue;
        };
        found.push(Figure {
            at: start..hit.at.end,
            least,
            most: most.flatten(),
            unit: counter.unit.clone(),
            counter: hit.entry,
        });
    }
    found
}

/// The longest number that ends before `at`, on the same line of words.
fn number_before(pack: &Pack, page: &Page, at: usize) -> Option<(usize, i64, bool)> {
    let floor = super::page::floor(&page.low, at.saturating_sub(40));
    let before = page.low[floor..at].trim_end();
    let mut best = None;
    for (start, letter) in before.char_indices().rev() {
        if matches!(letter, ';' | '(' | ')' | '“' | '”' | '「' | '。' | '、') {
            break;
        }
        let previous = before[..start].chars().next_back();
        let apart = previous.is_none_or(|it| {
            !it.is_alphanumeric() || is_wide(it) && pack.head.writing != Writing::Spaced
        });
        if !apart || letter == ' ' {
            continue;
        }
        if previous.is_some_and(|it| it == ',' || it == '.')
            && before[..start.saturating_sub(1)].ends_with(|it: char| it.is_ascii_digit())
        {
            continue;
        }
        if let Some((value, open)) = value(pack, &before[start..]) {
            best = Some((floor + start, value, open));
        }
    }
    best
}
