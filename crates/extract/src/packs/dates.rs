//! Dates of packs: patterns with slots, resolved to EDTF (ISO 8601-2) with the reason.
//!
//! Invariant: nothing is made more precise than the words; what does not exist in the calendar is
//! no date.

use super::page::Page;
use super::schema::{Date, Means};
use crate::dates::{add_days, add_months, add_years};
use model::{Band, Edtf, PartialDate, Qualifier, ResolvedDate};
use regex_automata::meta::Regex;
use std::collections::BTreeMap;
use std::ops::Range;

/// What stands in a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Slot {
    Year,
    Month,
    Day,
    Number,
}

/// The compiled patterns of one kind of date.
#[derive(Debug)]
pub(super) struct DatePattern {
    pub id: String,
    means: Means,
    /// With the slot of each group, in order.
    patterns: Vec<(Regex, Vec<Slot>)>,
    months: BTreeMap<String, u8>,
    numbers: BTreeMap<String, i64>,
}

/// A date in a page.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub at: Range<usize>,
    pub resolved: ResolvedDate,
    pub band: Band,
    /// The rule.
    pub id: String,
}

/// What was read in the slots.
#[derive(Default, Debug)]
struct Read {
    years: Vec<u16>,
    months: Vec<u8>,
    days: Vec<u8>,
    number: Option<i64>,
}

impl DatePattern {
    /// Compiles a table's patterns; the error is the pattern and what is wrong with it.
    pub fn compile(
        date: &Date,
        months: &BTreeMap<String, u8>,
        numbers: &[(String, i64)],
    ) -> Result<Self, (String, String)> {
        let mut patterns = Vec::new();
        for term in &date.terms {
            let fail = |why: String| (term.clone(), why);
            let (expression, slots) = expression(term, months, numbers).map_err(fail)?;
            let regex = Regex::new(&expression).map_err(|error| fail(error.to_string()))?;
            patterns.push((regex, slots));
        }
        Ok(Self {
            id: date.id.clone(),
            means: date.means,
            patterns,
            months: months.clone(),
            numbers: numbers.iter().cloned().collect(),
        })
    }

    fn find(&self, page: &Page, anchor: Option<PartialDate>, found: &mut Vec<Dated>) {
        for (regex, slots) in &self.patterns {
            for captures in regex.captures_iter(page.low.as_bytes()) {
                let Some(whole) = captures.get_match() else {
                    continue;
                };
                let at = whole.range();
                if cuts_a_number(&page.low, &at) {
                    continue;
                }
                let mut read = Read::default();
                for (number, slot) in slots.iter().enumerate() {
                    let words = captures
                        .get_group(number + 1)
                        .and_then(|span| page.low.get(span.range()));
                    if let Some(words) = words {
                        self.read(*slot, words, &mut read);
                    }
                }
                if let Some((date, band)) = resolve(self.means, &read, anchor) {
                    let words = page.text.get(at.clone()).unwrap_or_default();
                    found.push(Dated {
                        resolved: ResolvedDate {
                            date,
                            basis: basis(band, words, anchor),
                        },
                        at,
                        band,
                        id: self.id.clone(),
                    });
                }
            }
        }
    }

    fn read(&self, slot: Slot, words: &str, read: &mut Read) {
        let plain: Option<i64> = words.parse().ok();
        match slot {
            Slot::Year => read
                .years
                .extend(plain.and_then(|it| u16::try_from(it).ok())),
            Slot::Day => read.days.extend(plain.and_then(|it| u8::try_from(it).ok())),
            Slot::Month => {
                let named = self.months.get(words).copied();
                let plain = plain.and_then(|it| u8::try_from(it).ok());
                read.months.extend(named.or(plain));
            }
            Slot::Number => {
                read.number = plain.or_else(|| self.numbers.get(words).copied());
            }
        }
    }
}

/// The dates of a page, ascending, the longest of overlapping ones; `anchor` is the day of
/// publication.
pub(super) fn find(
    patterns: &[DatePattern],
    page: &Page,
    anchor: Option<PartialDate>,
) -> Vec<Dated> {
    let mut all = Vec::new();
    for pattern in patterns {
        pattern.find(page, anchor, &mut all);
    }
    all.sort_by_key(|dated| (dated.at.start, std::cmp::Reverse(dated.at.end)));
    let mut found: Vec<Dated> = Vec::with_capacity(all.len());
    for dated in all {
        match found.last_mut() {
            Some(last) if last.at.end > dated.at.start => {
                if dated.at.len() > last.at.len() {
                    *last = dated;
                }
            }
            _ => found.push(dated),
        }
    }
    found
}

/// Whether digits go on before or behind.
fn cuts_a_number(text: &str, at: &Range<usize>) -> bool {
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let head = text[at.clone()].chars().next();
    let tail = text[at.clone()].chars().next_back();
    digit(head) && digit(text[..at.start].chars().next_back())
        || digit(tail) && digit(text[at.end..].chars().next())
        || head.is_some_and(char::is_alphabetic)
            && !head.is_some_and(super::page::is_wide)
            && text[..at.start]
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric)
        || tail.is_some_and(char::is_alphabetic)
            && !tail.is_some_and(super::page::is_wide)
            && text[at.end..]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric)
}

/// The regular expression of a pattern, and its slots.
fn expression(
    term: &str,
    months: &BTreeMap<String, u8>,
    numbers: &[(String, i64)],
) -> Result<(String, Vec<Slot>), String> {
    let mut expression = String::new();
    let mut slots = Vec::new();
    let mut rest = term;
    while let Some(letter) = rest.chars().next() {
        let len = letter.len_utf8();
        match letter {
            '{' => {
                let end = rest.find('}').ok_or("a `{` is not closed")?;
                let (slot, words) = slot(&rest[1..end], months, numbers)?;
                slots.push(slot);
                expression.push_str(&words);
                rest = &rest[end + 1..];
                continue;
            }
            '(' => expression.push_str("(?:"),
            ')' | '|' | '?' => expression.push(letter),
            ' ' => expression.push_str(" ?"),
            '_' => expression.push(' '),
            '.' | '+' | '*' | '[' | ']' | '\\' | '^' | '$' | '}' => {
                expression.push('\\');
                expression.push(letter);
            }
            other => expression.push(other),
        }
        rest = &rest[len..];
    }
    Ok((expression, slots))
}

fn slot(
    name: &str,
    months: &BTreeMap<String, u8>,
    numbers: &[(String, i64)],
) -> Result<(Slot, String), String> {
    let any = |words: Vec<&str>| words.join("|");
    Ok(match name {
        "year" => (Slot::Year, "([12][0-9]{3})".to_owned()),
        "day" => (Slot::Day, "([0-3]?[0-9])".to_owned()),
        "month" if months.is_empty() => (Slot::Month, "(1[0-2]|0?[1-9])".to_owned()),
        "month" => {
            let mut names: Vec<&str> = months.keys().map(String::as_str).collect();
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
            (Slot::Month, format!("({})", any(names)))
        }
        "number" => {
            let mut names: Vec<&str> = numbers.iter().map(|(word, _)| word.as_str()).collect();
            names.push("[0-9]{1,4}");
            (Slot::Number, format!("({})", any(names)))
        }
        other => return Err(format!("there is no slot {{{other}}}")),
    })
}

fn basis(band: Band, words: &str, anchor: Option<PartialDate>) -> String {
    match (band, anchor) {
        (Band::Inferred, Some(anchor)) => {
            format!("“{words}”, counted from the publication date {anchor}")
        }
        _ => "as written".to_owned(),
    }
}

fn partial(year: u16, month: Option<u8>, day: Option<u8>) -> Option<PartialDate> {
    match (month, day) {
        (Some(month), Some(day)) => PartialDate::day(year, month, day),
        (Some(month), None) => PartialDate::month(year, month),
        _ => PartialDate::year(year),
    }
}

fn resolve(means: Means, read: &Read, anchor: Option<PartialDate>) -> Option<(Edtf, Band)> {
    let (month, day) = (read.months.first().copied(), read.days.first().copied());
    let stated = |date: PartialDate| Some((Edtf::Date(date), Band::Stated));
    let inferred = |date: PartialDate| Some((Edtf::Date(date), Band::Inferred));
    match means {
        Means::Absolute => stated(partial(*read.years.first()?, month, day)?),
        Means::Decade => {
            let from = PartialDate::year(*read.years.first()?)?;
            let to = add_years(from, 9)?;
            Some((Edtf::Interval(Some(from), Some(to)), Band::Stated))
        }
        Means::Since => {
            let from = partial(*read.years.first()?, month, day)?;
            Some((Edtf::Interval(Some(from), None), Band::Stated))
        }
        Means::Interval => {
            let from = partial(*read.years.first()?, month, day)?;
            let month_to = read.months.get(1).copied();
            let year_to = read.years.get(1).copied().unwrap_or(from.of_year());
            let day_to = read.days.get(1).copied();
            let month_to = month_to.or(if day_to.is_some() { month } else { None });
            let to = partial(year_to, month_to, day_to)?;
            (from.bounds().0 <= to.bounds().1)
                .then_some((Edtf::Interval(Some(from), Some(to)), Band::Stated))
        }
        _ => {
            let anchor = anchor?;
            let plain = anchor.qualified(Qualifier::Exact);
            match means {
                Means::YearsAgo => inferred(add_years(plain, -read.number?)?),
                Means::MonthsAgo => inferred(add_months(plain, -read.number?)?),
                Means::DaysAgo => inferred(add_days(plain, -read.number?)?),
                Means::ThisYear => inferred(partial(plain.of_year(), month, day)?),
                Means::YearBefore => {
                    inferred(partial(plain.of_year().checked_sub(1)?, month, day)?)
                }
                Means::ThisMonth => inferred(partial(plain.of_year(), plain.of_month(), day)?),
                Means::MonthBefore => {
                    let before = add_months(plain, -1)?;
                    inferred(partial(before.of_year(), before.of_month(), day)?)
                }
                Means::Today => inferred(plain),
                Means::Yesterday => inferred(add_days(plain, -1)?),
                Means::LastMonth => {
                    let month = month?;
                    let now = (plain.of_month()?, plain.of_day().unwrap_or(31));
                    let comes = (month, day.unwrap_or(0)) > now;
                    let year = plain.of_year().checked_sub(u16::from(comes))?;
                    inferred(partial(year, Some(month), day)?)
                }
                _ => None,
            }
        }
    }
}
