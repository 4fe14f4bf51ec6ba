//! Dates as cells hold them, in five languages and several calendars.
//!
//! Invariant: nothing is added to what is written. Where day and month cannot be told apart and
//! no order is given, only the year is taken. A year of two digits is no year.

use super::DateOrder;
use super::data::LISTS;
use super::date_words::{Token, tokens};
use model::{Edtf, PartialDate, Qualifier, ResolvedDate};

/// Longest text that may be a date, in characters.
const LONGEST: usize = 60;
/// Years that are believed.
const YEARS: std::ops::Range<u16> = 1800..2200;

/// What a cell says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Read {
    /// A date.
    Date(ResolvedDate),
    /// A day and a month that can be read both ways.
    Ambiguous,
    /// No date.
    Nothing,
}

/// Which order a date proves, and whether it can be read both ways.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Evidence {
    /// It can be read only so.
    Proves(DateOrder),
    /// It can be read both ways.
    Both,
    /// It says nothing about the order.
    None,
}

/// Reads a cell; `order` is that of its column.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Read {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Read::Nothing;
    }
    let written = |date: Edtf| Read::Date(resolved(date, "as written"));
    if let Ok(date) = text.parse::<Edtf>()
        && is_plausible(&date)
    {
        return written(date);
    }
    let (tokens, qualifier) = tokens(text);
    let qualify = |date: PartialDate| Edtf::Date(date.qualified(qualifier));
    if let Some((date, basis)) = of_era(&tokens) {
        return Read::Date(resolved(qualify(date), &basis));
    }
    let only_so = in_words(&tokens)
        .or_else(|| year_first(&tokens))
        .or_else(|| month_and_year(&tokens));
    if let Some(date) = only_so {
        return written(qualify(date));
    }
    if let Some(date) = span(&tokens) {
        return written(date);
    }
    match year_last(&tokens) {
        Some((a, b, year)) => numbers(a, b, year, order, qualifier),
        None => Read::Nothing,
    }
}

/// What a cell tells of the order of day and month.
pub(super) fn evidence(text: &str) -> Evidence {
    let text = text.trim();
    // Most cells are no date in numbers; telling so must cost next to nothing.
    let begins = text.starts_with(|c: char| c.is_numeric() || !c.is_alphabetic());
    let signs = text.chars().filter(|c| matches!(c, '/' | '-' | '.' | '‐'));
    if text.len() > LONGEST || !begins || signs.take(2).count() < 2 {
        return Evidence::None;
    }
    if text.parse::<Edtf>().is_ok() {
        return Evidence::None;
    }
    match year_last(&tokens(text).0) {
        Some((day, month @ 1..=12, _)) if day > 12 && month > 0 => {
            Evidence::Proves(DateOrder::DayFirst)
        }
        Some((1..=12, day, _)) if day > 12 => Evidence::Proves(DateOrder::MonthFirst),
        Some((a @ 1..=12, b @ 1..=12, _)) if a != b => Evidence::Both,
        _ => Evidence::None,
    }
}

fn resolved(date: Edtf, basis: &str) -> ResolvedDate {
    let basis = basis.to_owned();
    ResolvedDate { date, basis }
}

fn is_plausible(date: &Edtf) -> bool {
    let ends = [date.earliest(), date.latest()];
    let mut years = ends.into_iter().flatten().map(|(year, ..)| year);
    years.all(|year| YEARS.contains(&year))
}

fn date(year: u16, month: Option<u16>, day: Option<u16>) -> Option<PartialDate> {
    let small = |number: u16| u8::try_from(number).ok();
    let date = match (month, day) {
        (None, None) => PartialDate::year(year),
        (Some(month), None) => PartialDate::month(year, small(month)?),
        (Some(month), Some(day)) => PartialDate::day(year, small(month)?, small(day)?),
        (None, Some(_)) => None,
    };
    date.filter(|_| YEARS.contains(&year))
}

/// `昭和52年11月15日`, `주체66(1977)`, `Showa 52`.
fn of_era(tokens: &[Token]) -> Option<(PartialDate, String)> {
    let Token::Word(era) = tokens.first()? else {
        return None;
    };
    let first_year = era.strip_suffix("元年").or_else(|| era.strip_suffix('元'));
    let (name, year, rest) = match (first_year, tokens.get(1)) {
        (Some(name), _) => (name, 1, &tokens[1..]),
        (None, Some(Token::Number(year, ..=3))) => (era.as_str(), *year, &tokens[2..]),
        _ => return None,
    };
    let before = *LISTS.eras.get(name)?;
    let western = before.checked_add(year)?;
    let parts: Vec<u16> = rest
        .iter()
        .filter_map(|token| match token {
            Token::Number(number, ..=2) => Some(*number),
            _ => None,
        })
        .collect();
    let date = date(western, parts.first().copied(), parts.get(1).copied())?;
    Some((date, format!("year {year} of {name} is {western}")))
}

/// A month by name: `15 November 1977`, `Nov 15, 1977`, `noviembre de 1977`; or a day in eight
/// digits.
fn in_words(tokens: &[Token]) -> Option<PartialDate> {
    if let [Token::Word(day)] = tokens
        && day.len() == 8
        && day.is_ascii()
    {
        let part = |from, to| day.get(from..to)?.parse::<u16>().ok();
        return date(part(0, 4)?, part(4, 6), part(6, 8));
    }
    let (mut year, mut month, mut day) = (None, None, None);
    for token in tokens {
        match token {
            Token::Number(number, 4) if year.is_none() => year = Some(*number),
            Token::Number(number, 1..=2) if day.is_none() => day = Some(*number),
            Token::Word(word) => match LISTS.months.get(word) {
                Some(number) if month.is_none() => month = Some(u16::from(*number)),
                Some(_) => return None,
                None if matches!(
                    word.as_str(),
                    "st" | "nd"
                        | "rd"
                        | "th"
                        | "er"
                        | "of"
                        | "de"
                        | "del"
                        | "le"
                        | "el"
                        | "the"
                        | "on"
                        | "in"
                        | "en"
                ) => {}
                None => return None,
            },
            Token::Sign(',' | '.' | '-' | '/' | '\'') => {}
            _ => return None,
        }
    }
    date(year?, Some(month?), day)
}

/// `1977-11-15`, `1977.11`, `1977/11/15`, `1977년 11월 15일`, `1977年`, `1977`.
fn year_first(tokens: &[Token]) -> Option<PartialDate> {
    let mut numbers: Vec<u16> = Vec::new();
    let Token::Number(year, 4) = tokens.first()? else {
        return None;
    };
    for token in &tokens[1..] {
        match token {
            Token::Number(number, 1..=2) if numbers.len() < 2 => numbers.push(*number),
            Token::Sign('-' | '.' | '/' | '‐' | '–') => {}
            Token::Word(word)
                if matches!(
                    word.as_str(),
                    "년" | "월"
                        | "일"
                        | "年"
                        | "月"
                        | "日"
                        | "년생"
                        | "年生"
                        | "생"
                        | "生"
                        | "일생"
                        | "日生"
                ) => {}
            _ => return None,
        }
    }
    date(*year, numbers.first().copied(), numbers.get(1).copied())
}

/// `1977-1978`, `1970s`, `1970년대`.
fn span(tokens: &[Token]) -> Option<Edtf> {
    let (from, to) = match tokens {
        [
            Token::Number(from, 4),
            Token::Sign('-' | '–' | '~' | '/'),
            Token::Number(to, 4),
        ] => (*from, *to),
        [Token::Number(from, 4), Token::Word(word)]
            if matches!(word.as_str(), "s" | "년대" | "年代") && from % 10 == 0 =>
        {
            (*from, from.checked_add(9)?)
        }
        _ => return None,
    };
    let interval = Edtf::Interval(PartialDate::year(from), PartialDate::year(to));
    (from <= to && is_plausible(&interval)).then_some(interval)
}

/// `11/1977`.
fn month_and_year(tokens: &[Token]) -> Option<PartialDate> {
    match tokens {
        [
            Token::Number(month, 1..=2),
            Token::Sign('/' | '-' | '.'),
            Token::Number(year, 4),
        ] => date(*year, Some(*month), None),
        _ => None,
    }
}

/// Two numbers and a year: `15/11/1977`, `11-15-1977`.
fn year_last(tokens: &[Token]) -> Option<(u16, u16, u16)> {
    let is_sign = |token: &Token| matches!(token, Token::Sign('/' | '-' | '.' | '‐'));
    let sign = |at: usize| tokens.get(at).is_some_and(is_sign);
    match tokens {
        [
            Token::Number(a, 1..=2),
            _,
            Token::Number(b, 1..=2),
            _,
            Token::Number(year, 4),
        ] if sign(1) && sign(3) => Some((*a, *b, *year)),
        _ => None,
    }
}

fn numbers(a: u16, b: u16, year: u16, order: Option<DateOrder>, qualifier: Qualifier) -> Read {
    let as_days = date(year, Some(b), Some(a));
    let as_months = date(year, Some(a), Some(b));
    let (found, basis) = match (as_days, as_months, order) {
        (Some(one), Some(other), _) if one == other => (Some(one), "as written"),
        (one, _, Some(DateOrder::DayFirst)) => (one, "day before month"),
        (_, other, Some(DateOrder::MonthFirst)) => (other, "month before day"),
        (Some(_), Some(_), None) => return Read::Ambiguous,
        (Some(_), Some(_), Some(DateOrder::YearOnly)) => (
            date(year, None, None),
            "the year only: day and month cannot be told apart",
        ),
        (Some(one), None, _) => (Some(one), "as written: only so is it a day"),
        (None, other, _) => (other, "as written: only so is it a day"),
    };
    match found {
        Some(date) => Read::Date(resolved(Edtf::Date(date.qualified(qualifier)), basis)),
        None => Read::Nothing,
    }
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
