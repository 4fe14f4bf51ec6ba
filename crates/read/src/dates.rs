//! Dates of publication as documents write them: ISO 8601 in metadata, full dates in a line of
//! their own, datelines before the first sentence.
//!
//! Invariant: only a date that names its year is found, and nothing is added to it. Where day
//! and month cannot be told apart (03/04/2021), only the year is taken.

use crate::data::MONTHS;
use crate::words::fold;
use model::{Edtf, PartialDate};

/// A date in a text, with the bytes that write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    pub date: PartialDate,
    pub from: usize,
    pub to: usize,
    /// Whether the words before it say that it is the date of a change.
    pub updated: bool,
}

/// A date of metadata: `2021-02-04`, `2021-02-04T20:36:34-05:00`, `20210204`, or as people
/// write it. The day is the one that is written, whatever the time zone.
pub(crate) fn metadata(value: &str) -> Option<Edtf> {
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 && value.len() == 8 {
        let number = |from: usize, to: usize| value[from..to].parse::<u16>().ok();
        return PartialDate::day(number(0, 4)?, number(4, 6)? as u8, number(6, 8)? as u8)
            .filter(plausible)
            .map(Edtf::Date);
    }
    if digits == 4 {
        let head = value.split(['T', ' ', '+', 'Z']).next().unwrap_or(value);
        if let Ok(date) = head.parse::<PartialDate>() {
            return Some(date).filter(plausible).map(Edtf::Date);
        }
    }
    // A year alone is what is left of a day that cannot be told from its month: no date here.
    let found = whole_line(value).filter(|found| found.date.of_day().is_some())?;
    Some(Edtf::Date(found.date))
}

/// The day in a web address: `/2021/02/04/`, `/2021-02-04-`, `/20210204/`.
pub(crate) fn in_address(address: &str) -> Option<Edtf> {
    let path = address.split_once("://")?.1.split(['?', '#']).next()?;
    let numbers: Vec<&str> = path.split(['/', '-', '_', '.']).skip(1).collect();
    let day = |year: &str, month: &str, day: &str| {
        let fits =
            year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        let date = PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        date.filter(|date| fits && (1990..2200).contains(&date.of_year()))
    };
    let split = numbers
        .windows(3)
        .find_map(|three| day(three[0], three[1], three[2]));
    split
        .or_else(|| {
            let is_whole =
                |number: &&&str| number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit());
            numbers
                .iter()
                .filter(is_whole)
                .find_map(|number| day(&number[..4], &number[4..6], &number[6..]))
        })
        .map(Edtf::Date)
}

/// No press existed before 1450, and nothing is published after 2199.
fn plausible(date: &PartialDate) -> bool {
    (1450..2200).contains(&date.of_year())
}

/// The date of a line that gives a date and nothing else, but for words such as
/// "Published on Friday".
pub(crate) fn whole_line(line: &str) -> Option<Dated> {
    if line.len() > 120 {
        return None;
    }
    let mut found = first_in(line)?;
    let around = &MONTHS.1;
    let before = fold(&line[..found.from]);
    let is_before = |word: &str| {
        word.is_empty() || around.before.contains(word) || around.weekdays.contains(word)
    };
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ':' | '(' | ')' | '|' | '-' | '/' | '.')
        })
        .map(str::to_owned)
        .collect()
    };
    if !around.before.contains(&before)
        && !around.updated.contains(&before)
        && !words(&before)
            .iter()
            .all(|word| is_before(word) || around.updated.contains(word))
    {
        return None;
    }
    found.updated = around.updated.contains(&before)
        || words(&before)
            .iter()
            .any(|word| around.updated.contains(word));
    let after = fold(&line[found.to..]);
    let is_after = |word: &String| {
        word.is_empty()
            || word.bytes().all(|b| b.is_ascii_digit())
            || around.after.contains(word.as_str())
            || around.weekdays.contains(word.as_str())
    };
    words(&after).iter().all(is_after).then_some(found)
}

/// The date of a dateline: `27 July 2017 – `, `GENEVA (27 July 2017) – `,
/// `WASHINGTON, Feb. 3, 2021 (AP) — `. A place and a date before a dash; no sentence.
pub(crate) fn dateline(paragraph: &str) -> Option<Dated> {
    let head = paragraph.get(..floor(paragraph, 100))?;
    let mut dash = None;
    for (at, letter) in head.char_indices() {
        let spaced = head[..at].ends_with([' ', ')']) && head[at..].chars().nth(1) == Some(' ');
        if matches!(letter, '–' | '—' | '―') || (letter == '-' && spaced) {
            dash = Some(at);
            if spaced {
                break;
            }
        }
    }
    let line = &head[..dash?];
    let found = first_in(line)?;
    let place = line[..found.from].trim_end_matches([' ', '(', ',', '/', '[']);
    let small = |word: &str| {
        word.chars().next().is_some_and(char::is_lowercase)
            && !matches!(word, "of" | "the" | "and" | "de" | "la" | "le" | "del")
    };
    // "On 18 October 2024 – ten years after it –" begins a sentence.
    let begins_sentence = place.split_whitespace().next().is_some_and(|word| {
        [
            "on", "in", "at", "by", "since", "from", "until", "after", "before", "as", "the", "le",
            "el", "am",
        ]
        .contains(&fold(word).as_str())
    });
    if begins_sentence
        || place.split_whitespace().count() > 6
        || place.split_whitespace().any(small)
    {
        return None;
    }
    let rest = line[found.to..].trim();
    let is_agency = rest.is_empty()
        || rest.chars().all(|c| !c.is_alphanumeric())
        || (rest.len() < 40 && rest.trim_start_matches([')', ' ', ',']).starts_with('('));
    is_agency.then_some(found)
}

pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A piece of a line, as dates are made of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub what: What,
    pub from: usize,
    pub to: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum What {
    /// A number and its digits.
    Number(u16, u8),
    Month(u8),
    /// 年 or 년, 月 or 월, 日 or 일.
    Year,
    MonthMark,
    Day,
    Separator(char),
    Other,
}

/// The first full date in a line, in any of the orders that can be told apart.
pub(crate) fn first_in(line: &str) -> Option<Dated> {
    let pieces = pieces(line);
    for at in 0..pieces.len() {
        let made = numeric(&pieces[at..])
            .or_else(|| east_asian(&pieces[at..]))
            .or_else(|| in_words(&pieces[at..]));
        if let Some((date, used)) = made
            && plausible(&date)
        {
            return Some(Dated {
                date,
                from: pieces[at].from,
                to: pieces[at + used - 1].to,
                updated: false,
            });
        }
    }
    None
}

pub(crate) fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some((from, letter)) = rest.next() {
        let mut to = from + letter.len_utf8();
        let mut take_while = |accept: fn(char) -> bool| {
            while let Some(&(at, next)) = rest.peek()
                && accept(next)
            {
                to = at + next.len_utf8();
                rest.next();
            }
        };
        let what = match letter {
            '0'..='9' => {
                take_while(|c| c.is_ascii_digit());
                let digits = &line[from..to];
                match digits.parse() {
                    Ok(number) if digits.len() <= 4 => What::Number(number, digits.len() as u8),
                    _ => What::Other,
                }
            }
            '年' | '년' => What::Year,
            '月' | '월' => What::MonthMark,
            '日' | '일' => What::Day,
            c if c.is_whitespace() => continue,
            c if c.is_alphabetic() => {
                take_while(|c| c.is_alphabetic());
                let word = fold(&line[from..to]);
                match MONTHS.0.get(&word) {
                    Some(&month) => What::Month(month),
                    None => What::Other,
                }
            }
            c => What::Separator(c),
        };
        pieces.push(Piece { what, from, to });
    }
    pieces
}

/// `2023/12/15`, `2023-12-15`, `2023.12.15`, `15.12.2023`, `12/15/2023`.
pub(crate) fn numeric(pieces: &[Piece]) -> Option<(PartialDate, usize)> {
    let [first, dash, second, other_dash, third, ..] = pieces else {
        return None;
    };
    let (What::Separator(mark), What::Separator(other)) = (dash.what, other_dash.what) else {
        return None;
    };
    if mark != other || !matches!(mark, '/' | '-' | '.' | '‑' | '–') {
        return None;
    }
    let together = |a: &Piece, b: &Piece| a.to == b.from;
    if mark != '.' && !(together(first, dash) && together(dash, second)) {
        return None;
    }
    match (first.what, second.what, third.what) {
        (What::Number(year, 4), What::Number(month, 1 | 2), What::Number(day, 1 | 2)) => {
            Some((PartialDate::day(year, month as u8, day as u8)?, 5))
        }
        (What::Number(a, 1 | 2), What::Number(b, 1 | 2), What::Number(year, 4)) => {
            let date = if mark == '.' || (a > 12 && b <= 12) || a == b {
                PartialDate::day(year, b as u8, a as u8)?
            } else if b > 12 && a <= 12 {
                PartialDate::day(year, a as u8, b as u8)?
            } else {
                PartialDate::day(year, a as u8, b as u8)?;
                PartialDate::year(year)?
            };
            Some((date, 5))
        }
        _ => None,
    }
}

/// `2023年12月15日`, `2023년 12월 15일`.
pub(crate) fn east_asian(pieces: &[Piece]) -> Option<(PartialDate, usize)> {
    let [year, y, month, m, rest @ ..] = pieces else {
        return None;
    };
    let (What::Number(year, 4), What::Year, What::Number(month, 1 | 2), What::MonthMark) =
        (year.what, y.what, month.what, m.what)
    else {
        return None;
    };
    if let [day, d, ..] = rest
        && let (What::Number(day, 1 | 2), What::Day) = (day.what, d.what)
    {
        return Some((PartialDate::day(year, month as u8, day as u8)?, 6));
    }
    Some((PartialDate::month(year, month as u8)?, 4))
}

/// `27 July 2017`, `27th of July, 2017`, `July 27, 2017`, `Feb. 3, 2021`, `27 de julio de 2017`.
pub(crate) fn in_words(pieces: &[Piece]) -> Option<(PartialDate, usize)> {
    let mut numbers = [None; 2];
    let mut month = None;
    let mut seen = 0;
    for (at, piece) in pieces.iter().enumerate().take(9) {
        match piece.what {
            What::Number(number, digits) if seen < 2 && month.is_none() == (seen == 0) => {
                numbers[seen] = Some((number, digits));
                seen += 1;
                // A day first, then its month; or a month first, then day and year.
            }
            What::Number(number, digits) if month.is_some() && seen < 2 => {
                numbers[seen] = Some((number, digits));
                seen += 1;
            }
            What::Month(number) if month.is_none() => month = Some(number),
            What::Separator(',' | '.' | 'º' | '°') if at > 0 => continue,
            What::Other if at > 0 && piece.to - piece.from <= 2 => continue,
            _ => return None,
        }
        if let ([Some((day, 1 | 2)), Some((year, 4))], Some(month)) = (numbers, month) {
            return Some((PartialDate::day(year, month, day as u8)?, at + 1));
        }
    }
    None
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
