//! The parts of dates: years, months, days, units, and what the words of a date say in them.
//!
//! Invariant: a part that does not exist in the calendar is no part.

use crate::lexicon::Class;
use crate::text::{Document, Stretch};
use model::{Edtf, PartialDate};

/// What the words of a date say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// The whole date.
    Absolute(Edtf),
    /// Days of a month, of a year that is not said or counted from this one; the second day of a
    /// range.
    DayOf(u8, u8, Option<u8>, Option<i64>),
    /// A month of a year that is not said: the last one, the next, or unsaid.
    MonthOf(u8, Which),
    /// A month of this year, of last year, of next year.
    MonthInYear(u8, i64),
    /// `this year`, `last month`, `next week`.
    Unit(Unit, Which),
    /// So many units before the document.
    Ago(i64, Unit),
    /// So many units after the date before.
    Later(i64, Unit),
    /// `today`, `yesterday`, `tomorrow`, by days.
    Day(i64),
    /// A day of the week, Monday 0.
    Weekday(u8, Which),
    /// Three months from this one on, of this year or the one before: `this summer`.
    Season(u8, Which),
    /// `that day`, `the same year`: the date before.
    That,
    /// `in the past year`.
    Past(i64, Unit),
}

/// Which one of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Which {
    Unsaid,
    This,
    Last,
    Next,
}

/// Units of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Words of a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expression {
    pub tokens: Stretch,
    pub said: Said,
    pub bound: bool,
    /// Whether it stands at the head of its passage, apart from the words it dates.
    pub dateline: bool,
}

pub(super) fn number(document: &Document, at: u32) -> Option<u32> {
    let written = document.written(at);
    let plain = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    (plain && written.len() <= 4).then(|| written.parse().ok())?
}

pub(super) fn year(document: &Document, at: u32) -> Option<u16> {
    let value = number(document, at)?;
    (document.written(at).len() == 4 && (1500..=2199).contains(&value)).then_some(value as u16)
}

pub(super) fn day(document: &Document, at: u32) -> Option<u8> {
    let written = document.written(at);
    let bare = written
        .strip_suffix("th")
        .or_else(|| written.strip_suffix("st"))
        .or_else(|| written.strip_suffix("nd"))
        .or_else(|| written.strip_suffix("rd"))
        .unwrap_or(written);
    if bare.is_empty() || bare.len() > 2 || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    bare.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The month that a word names. `May` and `March` must be capitalised.
pub(super) fn month(document: &Document, at: u32) -> Option<u8> {
    if !document.is(at, Class::Month) || !document.is_capital(at) {
        return None;
    }
    let written = document.written(at).to_ascii_lowercase();
    let names = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let number = names.iter().position(|name| written.starts_with(name))?;
    Some(number as u8 + 1)
}

pub(super) fn weekday(document: &Document, at: u32) -> Option<u8> {
    let written = document.written(at).to_ascii_lowercase();
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let number = names.iter().position(|name| written.starts_with(name))?;
    Some(number as u8)
}

pub(super) fn which(document: &Document, at: u32) -> Which {
    if document.is_any(at, &["this", "current"]) {
        Which::This
    } else if document.is_any(at, &["last", "past", "previous"]) {
        Which::Last
    } else if document.is_any(at, &["next", "coming"]) {
        Which::Next
    } else {
        Which::Unsaid
    }
}

pub(super) fn unit(document: &Document, at: u32) -> Option<(Unit, i64)> {
    Some(match document.written(at).to_ascii_lowercase().as_str() {
        "day" | "days" => (Unit::Day, 1),
        "week" | "weeks" => (Unit::Week, 1),
        "month" | "months" => (Unit::Month, 1),
        "year" | "years" => (Unit::Year, 1),
        "decade" | "decades" => (Unit::Year, 10),
        "century" | "centuries" => (Unit::Year, 100),
        _ => return None,
    })
}

pub(super) fn absolute(date: PartialDate) -> Said {
    Said::Absolute(Edtf::Date(date))
}

pub(super) fn interval(from: PartialDate, to: PartialDate) -> Option<Said> {
    (from.bounds().0 <= to.bounds().1)
        .then_some(Said::Absolute(Edtf::Interval(Some(from), Some(to))))
}

pub(super) fn date(year: u16, month: Option<u8>, day: Option<u8>) -> Option<PartialDate> {
    match (month, day) {
        (Some(month), Some(day)) => PartialDate::day(year, month, day),
        (Some(month), None) => PartialDate::month(year, month),
        _ => PartialDate::year(year),
    }
}

/// `this year`, `of last year` behind a month: years from this one, and one past the words.
pub(super) fn year_from_this(document: &Document, at: u32) -> Option<(i64, u32)> {
    let of = u32::from(document.is_word(at, "of"));
    let by = match which(document, at + of) {
        Which::This => 0,
        Which::Last => -1,
        Which::Next => 1,
        Which::Unsaid => return None,
    };
    document
        .is_word(at + of + 1, "year")
        .then_some((by, at + of + 2))
}
