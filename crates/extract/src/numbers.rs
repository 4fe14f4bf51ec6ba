//! Numbers in digits and words: `1,200`, `fifty-two`, `2.5 million`, `a dozen`, `tens of thousands`.
//!
//! Invariant: values are in thousandths and never overflow; what is too large is no number.

use crate::lexicon::Class;
use crate::text::{Document, Stretch};

/// A number in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Number {
    pub tokens: Stretch,
    /// In thousandths.
    pub value: i64,
    /// A round plural: `hundreds of`, at least so many.
    pub vague: bool,
}

/// The number that begins at `at`.
pub(crate) fn number_at(document: &Document, at: u32) -> Option<Number> {
    if let Some(vague) = vague_at(document, at) {
        return Some(vague);
    }
    let token = document.token(at)?;
    if token.shape.is_number() {
        return in_digits(document, at);
    }
    in_words(document, at)
}

/// The end of the second number of a range, where `to` stands behind the first: `80,000 to 120,000`.
pub(crate) fn end_of_range(document: &Document, to: u32) -> Option<u32> {
    let links = document.is_any(to, &["to", "and", "or"]) || document.is_dash(to);
    let second = links.then(|| number_at(document, to + 1)).flatten()?;
    Some(second.tokens.to)
}

/// The first number of a range that ends with the number at a token.
pub(crate) fn start_of_range(document: &Document, at: u32) -> Option<u32> {
    let sentence = document.sentence(at).tokens;
    let least = at.checked_sub(2).filter(|&least| sentence.has(least))?;
    let between =
        document.is_word(least.saturating_sub(1), "between") || !document.is_word(at - 1, "and");
    let range = document.is_number(at) && document.is_number(least) && between;
    range
        .then(|| end_of_range(document, at - 1))
        .flatten()
        .map(|_| least)
}

/// Behind the words that make a number a rough one: `about 500`, `more than 40`, `up to 30`.
pub(crate) fn behind_about(document: &Document, from: u32) -> u32 {
    let two = document.is_any(from, &["more", "fewer", "less", "at", "up", "as"])
        && document.is_any(from + 1, &["than", "least", "most", "to"]);
    let many = document.is_any(from + 1, &["many", "few"]) && document.is_word(from + 2, "as");
    let words = match (document.is(from, Class::About), two, many) {
        (_, _, true) => 3,
        (_, true, _) => 2,
        (true, ..) => 1,
        _ => 0,
    };
    let behind = from + words;
    match document.is_number(behind) {
        true => behind,
        false => from,
    }
}

/// The value of a token in digits, in thousandths: `1,200`, `3.5`.
fn digits(written: &str) -> Option<i64> {
    if written.len() > 16
        || !written
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
    {
        return None;
    }
    let (whole, part) = match written.split_once('.') {
        Some((whole, part)) if part.len() <= 3 && !part.contains(['.', ',']) => (whole, part),
        Some(_) => return None,
        None => (written, ""),
    };
    if whole.contains(',') && !whole.split(',').skip(1).all(|group| group.len() == 3) {
        return None;
    }
    let whole: i64 = whole.replace(',', "").parse().ok()?;
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.checked_mul(1_000)?.checked_add(part)
}

/// `5M`, `2.4bn` behind the sign of a currency.
fn shortened(written: &str) -> Option<i64> {
    let lower = written.to_ascii_lowercase();
    let (number, times) = [
        ("bn", 1_000_000_000),
        ("b", 1_000_000_000),
        ("m", 1_000_000),
        ("k", 1_000),
    ]
    .iter()
    .find_map(|(mark, times)| lower.strip_suffix(mark).map(|number| (number, *times)))?;
    digits(number)?.checked_mul(times)
}

fn in_digits(document: &Document, at: u32) -> Option<Number> {
    let money = at > 0 && document.is_any(at - 1, &["$", "€", "£"]);
    let mut value = match digits(document.written(at)) {
        Some(value) => value,
        None if money => shortened(document.written(at))?,
        None => return None,
    };
    let mut to = at + 1;
    if let Some(scale) = scale(document, to)
        && !document.is_any(to, &["hundred"])
    {
        value = value.checked_mul(scale)?;
        to += 1;
    }
    Some(Number {
        tokens: Stretch::new(at, to),
        value,
        vague: false,
    })
}

/// `hundred`, `thousand`, `million` …, or a dozen.
fn scale(document: &Document, at: u32) -> Option<i64> {
    let word = document.token(at)?.word;
    let value = document.lexicon.words.number(word)?;
    (value >= 100).then_some(value)
}

fn small(document: &Document, at: u32) -> Option<i64> {
    let word = document.token(at)?.word;
    document
        .lexicon
        .words
        .number(word)
        .filter(|&value| value < 100)
}

fn in_words(document: &Document, at: u32) -> Option<Number> {
    let mut to = at;
    if document.is_any(at, &["a", "an", "half"]) {
        if document.is_word(at, "half") && document.is_word(at + 1, "a") {
            let scale = scale(document, at + 2)?;
            return Some(Number {
                tokens: Stretch::new(at, at + 3),
                value: scale.checked_mul(500)?,
                vague: false,
            });
        }
        let dozen = document.is_word(at + 1, "dozen");
        let value = if dozen { 12 } else { scale(document, at + 1)? };
        return Some(Number {
            tokens: Stretch::new(at, at + 2),
            value: value.checked_mul(1_000)?,
            vague: false,
        });
    }
    let mut total: i64 = 0;
    let mut group: i64 = 0;
    let mut any = false;
    let limit = at + 12;
    while to < limit {
        if let Some(value) = small(document, to) {
            let fits = group % 100 == 0 || (group % 10 == 0 && group % 100 >= 20 && value < 10);
            if any && (!fits || value == 0 || value == 12 && document.is_word(to, "dozen")) {
                break;
            }
            group += value;
        } else if let Some(scale) = scale(document, to) {
            if !any {
                return None;
            }
            if scale == 100 {
                group = group.checked_mul(100)?;
            } else {
                total = total.checked_add(group.max(1).checked_mul(scale)?)?;
                group = 0;
            }
        } else if any
            && document.is_word(to, "and")
            && small(document, to + 1).is_some()
            && (group >= 100 && group % 100 == 0 || group == 0)
        {
            to += 1;
            continue;
        } else {
            break;
        }
        any = true;
        to += 1;
    }
    if !any {
        return None;
    }
    while to > at && document.is_word(to.saturating_sub(1), "and") {
        to -= 1;
    }
    let mut value = total.checked_add(group)?.checked_mul(1_000)?;
    if document.is_word(to, "and")
        && document.is_word(to + 1, "a")
        && document.is_word(to + 2, "half")
    {
        value += 500;
        to += 3;
    }
    Some(Number {
        tokens: Stretch::new(at, to),
        value,
        vague: false,
    })
}

/// `dozens`, `tens of thousands`, `hundreds`, `millions`.
fn vague_at(document: &Document, at: u32) -> Option<Number> {
    let plural = |at: u32| -> Option<i64> {
        Some(match document.written(at).to_ascii_lowercase().as_str() {
            "tens" => 10,
            "dozens" | "scores" => 24,
            "hundreds" => 100,
            "thousands" => 1_000,
            "millions" => 1_000_000,
            "billions" => 1_000_000_000,
            _ => return None,
        })
    };
    // `several dozen countries`
    if document.is_any(at, &["several", "few"]) && document.is_word(at + 1, "dozen") {
        return Some(Number {
            tokens: Stretch::new(at, at + 2),
            value: 24_000,
            vague: true,
        });
    }
    let first = plural(at)?;
    if document.is_word(at + 1, "of")
        && let Some(second) = plural(at + 2)
        && second > first
    {
        return Some(Number {
            tokens: Stretch::new(at, at + 3),
            value: first.checked_mul(second)?.checked_mul(1_000)?,
            vague: true,
        });
    }
    (first != 10).then(|| Number {
        tokens: Stretch::new(at, at + 1),
        value: first * 1_000,
        vague: true,
    })
}
