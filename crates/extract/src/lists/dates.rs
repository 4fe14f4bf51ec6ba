//! Dates as cells hold them, in five languages and several calendars.
//!
//! Invariant: nothing is added to what is written. Where day and month cannot be told apart and
//! no order is given, only the year is taken. A year of two digits is no year.

use super::DateOrder;
use super::data::LISTS;
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

/// One word of a date.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    /// A number and how many digits it is written with.
    Number(u16, usize),
    Word(String),
    Sign(char),
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
    if text.chars().count() > LONGEST || text.parse::<Edtf>().is_ok() {
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

/// Numbers, words and signs, without the words that make a date approximate or uncertain.
fn tokens(text: &str) -> (Vec<Token>, Qualifier) {
    let lower = text.to_lowercase();
    // A time of day behind the date is none of it.
    let lower = match lower.split_once([' ', 't']) {
        Some((date, time)) if is_clock(time) => date,
        _ => lower.as_str(),
    };
    let mut tokens = Vec::new();
    let mut rest = lower;
    let (mut approximate, mut uncertain) = (false, false);
    while let Some(first) = rest.chars().next() {
        let kind = kind(first);
        let end = match kind {
            Kind::Sign => first.len_utf8(),
            _ => rest.find(|c| self::kind(c) != kind).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        let about = &LISTS.about;
        if about.approximate.contains(word) {
            approximate = true;
            continue;
        }
        if about.uncertain.contains(word) {
            uncertain = true;
            continue;
        }
        // 1954년경, 1954年頃: the word is written onto the unit.
        let ending = about
            .approximate
            .iter()
            .find_map(|it| word.strip_suffix(it.as_str()));
        let word = match ending.filter(|rest| kind == Kind::Han && !rest.is_empty()) {
            Some(unit) => {
                approximate = true;
                unit
            }
            None => word,
        };
        match kind {
            Kind::Blank => {}
            Kind::Digit => tokens.push(number(word)),
            Kind::Letter | Kind::Han => tokens.push(Token::Word(word.to_owned())),
            Kind::Sign => tokens.push(Token::Sign(first)),
        }
    }
    // "Oct." and "c. 1954": a full stop behind a word says nothing.
    let mut kept: Vec<Token> = Vec::new();
    for token in tokens {
        let after_number = matches!(kept.last(), Some(Token::Number(..)));
        if token == Token::Sign('.') && !after_number {
            continue;
        }
        kept.push(token);
    }
    while matches!(kept.last(), Some(Token::Sign('.' | ','))) {
        kept.pop();
    }
    let qualifier = match (approximate, uncertain) {
        (true, true) => Qualifier::Both,
        (true, false) => Qualifier::Approximate,
        (false, true) => Qualifier::Uncertain,
        (false, false) => Qualifier::Exact,
    };
    (kept, qualifier)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    /// Letters of scripts written without spaces: each run between digits is a word.
    Han,
    Blank,
    Sign,
}

fn kind(letter: char) -> Kind {
    match letter {
        '0'..='9' | '０'..='９' => Kind::Digit,
        letter if letter.is_whitespace() => Kind::Blank,
        letter if super::data::is_unspaced(letter) => Kind::Han,
        letter if letter.is_alphabetic() => Kind::Letter,
        _ => Kind::Sign,
    }
}

fn number(digits: &str) -> Token {
    let ascii: String = digits
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
            other => other,
        })
        .collect();
    // 19771115 is a day by itself.
    match (ascii.len(), ascii.parse::<u32>()) {
        (8, Ok(_)) => Token::Word(ascii),
        (len @ ..=4, Ok(number)) => Token::Number(number as u16, len),
        (len, _) => Token::Number(u16::MAX, len),
    }
}

fn is_clock(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'z' | '+' | '-');
    text.contains(':') && text.chars().all(is_sign)
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, order: Option<DateOrder>) -> String {
        match read(text, order) {
            Read::Date(date) => date.date.to_string(),
            Read::Ambiguous => "both ways".to_owned(),
            Read::Nothing => "-".to_owned(),
        }
    }

    #[test]
    fn dates_are_read_in_the_forms_that_lists_use() {
        for (text, date) in [
            ("1977-11-15", "1977-11-15"),
            ("1977-11-15 00:00:00", "1977-11-15"),
            ("1977.11.15.", "1977-11-15"),
            ("1977/11", "1977-11"),
            ("19771115", "1977-11-15"),
            ("1977년 11월 15일", "1977-11-15"),
            ("1977年11月15日", "1977-11-15"),
            ("1954년생", "1954"),
            ("昭和52年11月15日", "1977-11-15"),
            ("平成元年1月8日", "1989-01-08"),
            ("주체66", "1977"),
            ("15 November 1977", "1977-11-15"),
            ("Nov. 15th, 1977", "1977-11-15"),
            ("15-Nov-1977", "1977-11-15"),
            ("Nov 1977", "1977-11"),
            ("15 de noviembre de 1977", "1977-11-15"),
            ("1er août 1977", "1977-08-01"),
            ("c. 1954", "1954~"),
            ("about 1954", "1954~"),
            ("1954경", "1954~"),
            ("1954년경", "1954~"),
            ("1977年11月頃", "1977-11~"),
            ("11/1977", "1977-11"),
            ("1954 ?", "1954?"),
            ("1977-1978", "1977/1978"),
            ("1970s", "1970/1979"),
            ("1970년대", "1970/1979"),
            ("15/11/1977", "1977-11-15"),
            ("11/15/1977", "1977-11-15"),
            ("11/11/1977", "1977-11-11"),
            ("１９７７年", "1977"),
        ] {
            assert_eq!(shown(text, None), date, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        assert_eq!(shown("03/04/1977", None), "both ways");
        assert_eq!(shown("03/04/1977", Some(DateOrder::DayFirst)), "1977-04-03");
        assert_eq!(
            shown("03/04/1977", Some(DateOrder::MonthFirst)),
            "1977-03-04"
        );
        assert_eq!(shown("03/04/1977", Some(DateOrder::YearOnly)), "1977");
        assert_eq!(shown("15/11/1977", Some(DateOrder::MonthFirst)), "-");
        for text in [
            "",
            "77",
            "12/11/77",
            "1977-13-01",
            "2013-02-30",
            "spring",
            "24",
            "Kim 1954",
            "0954",
            "9999",
            "1954 1955 1956",
        ] {
            assert_eq!(shown(text, None), "-", "{text}");
        }
        assert_eq!(
            evidence("15/11/1977"),
            Evidence::Proves(DateOrder::DayFirst)
        );
        assert_eq!(
            evidence("11/15/1977"),
            Evidence::Proves(DateOrder::MonthFirst)
        );
        assert_eq!(evidence("03/04/1977"), Evidence::Both);
        assert_eq!(evidence("1977-04-03"), Evidence::None);
    }

    proptest! {
        #[test]
        fn no_cell_panics(text in "[0-9年월/.\\- a-z元昭和~?]{0,24}|\\PC{0,30}") {
            let _ = read(&text, None);
            let _ = evidence(&text);
        }
    }
}
