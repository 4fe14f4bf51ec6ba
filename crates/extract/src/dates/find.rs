//! Finds the words of dates.
//!
//! Invariant: a bare number is a year only after a word that makes it one (`in`, `since` …) or in
//! a full date: numbers of resolutions, orders and people are no years.

use super::said::{
    Expression, Said, Unit, absolute, date, day, interval, month, number, unit, weekday, which,
    year, year_from_this,
};
use crate::lexicon::Class;
use crate::numbers::number_at;
use crate::text::{Document, Part, Stretch};
use model::PartialDate;

/// All expressions, ascending, without overlaps.
pub(super) fn expressions(document: &Document) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    for block in &document.blocks {
        if block.part == Part::Head {
            continue;
        }
        let mut at = block.tokens.from;
        while at < block.tokens.to {
            let Some((to, said)) = at_token(document, at, block.tokens) else {
                at += 1;
                continue;
            };
            let tokens = Stretch::new(at, to.min(block.tokens.to));
            let before = at.checked_sub(1).filter(|&before| block.tokens.has(before));
            // `by late 2023`
            let before = before.map(|before| {
                let part = document.is_any(before, &["early", "mid", "late"]);
                before.saturating_sub(u32::from(part))
            });
            let bound = before.is_some_and(|before| {
                document.is_any(
                    before,
                    &[
                        "since", "by", "until", "till", "through", "before", "beyond", "over",
                    ],
                )
            });
            let dateline = at <= block.tokens.from + 6
                && (document.is_dash(tokens.to) || document.is_any(tokens.to, &[":", "|"]));
            found.push(Expression {
                tokens,
                said,
                bound,
                dateline,
            });
            at = tokens.to.max(at + 1);
        }
    }
    found
}

fn at_token(document: &Document, at: u32, block: Stretch) -> Option<(u32, Said)> {
    let token = document.token(at)?;
    // `mid-October`
    let part = document.is_any(at.wrapping_sub(1), &["early", "mid", "late"]);
    if token.shape.is_joined() && !(part && document.is(at, Class::Month)) {
        return None;
    }
    if token.shape.is_number() {
        return numeric(document, at, block)
            .or_else(|| day_month(document, at))
            .or_else(|| year_alone(document, at))
            .or_else(|| counted(document, at));
    }
    if document.is(at, Class::Month) {
        return month_first(document, at);
    }
    if document.is(at, Class::Weekday) {
        let which = which(document, at.checked_sub(1)?);
        let said = Said::Weekday(weekday(document, at)?, which);
        let absolute = document.is_word(at + 1, ",")
            && (document.is(at + 2, Class::Month) || day_month(document, at + 2).is_some());
        return (!absolute).then_some((at + 1, said));
    }
    word_first(document, at).or_else(|| counted(document, at))
}

/// `2023/12/15`, `2023-12-15`, `15.12.2023`; `2009–2013`.
fn numeric(document: &Document, at: u32, block: Stretch) -> Option<(u32, Said)> {
    let first = year(document, at)?;
    let joined = |at: u32| document.token(at).is_some_and(|t| t.shape.is_joined());
    let slash = |at: u32| document.is_word(at, "/");
    if joined(at + 1) && joined(at + 2) {
        let month = number(document, at + 1)?;
        let day = number(document, at + 2)?;
        let date = PartialDate::day(first, month.try_into().ok()?, day.try_into().ok()?)?;
        return Some((at + 3, absolute(date)));
    }
    if slash(at + 1) && slash(at + 3) {
        let month = number(document, at + 2)?;
        let day = number(document, at + 4)?;
        let date = PartialDate::day(first, month.try_into().ok()?, day.try_into().ok()?)?;
        return Some((at + 5, absolute(date)));
    }
    let between = document.is_any(at + 1, &["to", "and"])
        && at > block.from
        && document.is_any(at.saturating_sub(1), &["from", "between"]);
    let range = if joined(at + 1) {
        at + 1
    } else if document.is_dash(at + 1) || between {
        at + 2
    } else {
        return None;
    };
    let second = year(document, range)?;
    Some((
        range + 1,
        interval(PartialDate::year(first)?, PartialDate::year(second)?)?,
    ))
}

/// `27 July 2017`, `27 July`, `17 to 21 July 2017`, `17-21 July`.
fn day_month(document: &Document, at: u32) -> Option<(u32, Said)> {
    let first = day(document, at)?;
    let next = at + 1;
    let of = |at: u32| {
        if document.is_word(at, "of") {
            at + 1
        } else {
            at
        }
    };
    let range = if document.is_any(next, &["to", "and"]) || document.is_dash(next) {
        Some(next + 1)
    } else if document.token(next).is_some_and(|t| t.shape.is_joined()) {
        Some(next)
    } else {
        None
    };
    let (last, month_at) = match range.and_then(|at| day(document, at).map(|day| (day, at))) {
        Some((day, at)) => (Some(day), of(at + 1)),
        None => (None, of(next)),
    };
    let month = month(document, month_at)?;
    // `Memorandum 2 of February 4, 2021`
    if month_at > next && last.is_none() && day(document, month_at + 1).is_some() {
        return None;
    }
    let mut to = month_at + 1;
    let comma = u32::from(document.is_word(to, ","));
    if let Some(year) = year(document, to + comma) {
        to += comma + 1;
        return Some((to, days_of(year, month, first, last)?));
    }
    PartialDate::day(2000, month, first)?;
    let (year, to) = match year_from_this(document, to) {
        Some((by, to)) => (Some(by), to),
        None => (None, to),
    };
    Some((to, Said::DayOf(month, first, last, year)))
}

fn days_of(year: u16, month: u8, first: u8, last: Option<u8>) -> Option<Said> {
    let from = date(year, Some(month), Some(first))?;
    match last {
        Some(last) => interval(from, date(year, Some(month), Some(last))?),
        None => Some(absolute(from)),
    }
}

/// `July 27, 2017`, `March of 2013`, `July 2017`, `August of this year`, `in March`.
fn month_first(document: &Document, at: u32) -> Option<(u32, Said)> {
    let month = month(document, at)?;
    let next = at + 1;
    if let Some(first) = day(document, next) {
        let mut to = next + 1;
        let joined = document.token(to).is_some_and(|t| t.shape.is_joined());
        let dash = document.is_dash(to) || document.is_any(to, &["to", "and"]);
        let last = if joined {
            day(document, to).map(|day| (day, to + 1))
        } else if dash {
            day(document, to + 1).map(|day| (day, to + 2))
        } else {
            None
        };
        let last = last.map(|(day, after)| {
            to = after;
            day
        });
        let comma = u32::from(document.is_word(to, ","));
        if let Some(year) = year(document, to + comma) {
            return Some((to + comma + 1, days_of(year, month, first, last)?));
        }
        PartialDate::day(2000, month, first)?;
        let (year, to) = match year_from_this(document, to) {
            Some((by, to)) => (Some(by), to),
            None => (None, to),
        };
        return Some((to, Said::DayOf(month, first, last, year)));
    }
    let of = u32::from(document.is_any(next, &["of", ","]));
    if let Some(year) = year(document, next + of) {
        let date = PartialDate::month(year, month)?;
        return Some((next + of + 1, absolute(date)));
    }
    if let Some((by, to)) = year_from_this(document, next) {
        return Some((to, Said::MonthInYear(month, by)));
    }
    let before = at.checked_sub(1)?;
    let introduced = document.is_any(
        before,
        &[
            "in", "since", "last", "next", "this", "until", "early", "late", "mid", "by", "during",
        ],
    ) || document.token(at).is_some_and(|t| t.shape.is_joined());
    let which = which(document, before);
    introduced.then_some((next, Said::MonthOf(month, which)))
}

/// `2013` after `in`, `since`, `the year` …; `the 1990s`.
fn year_alone(document: &Document, at: u32) -> Option<(u32, Said)> {
    let written = document.written(at);
    let before = at.checked_sub(1)?;
    if let Some(decade) = written.strip_suffix('s')
        && decade.len() == 4
        && decade.ends_with('0')
    {
        let first: u16 = decade.parse().ok()?;
        let from = PartialDate::year(first)?;
        return Some((at + 1, interval(from, PartialDate::year(first + 9)?)?));
    }
    let year = year(document, at)?;
    let introduced = document.is_any(
        before,
        &[
            "in", "since", "of", "by", "from", "until", "till", "during", "early", "late", "year",
            "mid", "before", "after", "through", "around", "circa", "and", "(",
        ],
    );
    let weak = document.is_any(before, &["of", "and", "from", "by", "after", "("]);
    let next_noun = document.is_plain(at + 1)
        && !document.is(at + 1, Class::Preposition)
        && !document.is(at + 1, Class::Conjunction)
        && !document.is(at + 1, Class::Auxiliary)
        && document
            .token(at + 1)
            .is_some_and(|t| t.shape.is_spaced() && !t.shape.is_capital());
    let closed = document.is_word(before, "(") && !document.is_word(at + 1, ")");
    // `the citizenship law of 1982 denies it to them`
    let law = document.is_word(before, "of")
        && document.is(before.saturating_sub(1), Class::InstrumentHead)
        || document.is_any(before.saturating_sub(1), &["law", "decree", "constitution"]);
    let alone = introduced && (law || !(weak && next_noun)) && !closed;
    alone.then_some((at + 1, absolute(PartialDate::year(year)?)))
}

/// `eleven years ago`, `one year later`, `a decade ago`, `three weeks earlier`.
fn counted(document: &Document, at: u32) -> Option<(u32, Said)> {
    let (count, unit_at) = match number_at(document, at) {
        Some(number) if number.value % 1_000 == 0 && !number.vague => {
            (number.value / 1_000, number.tokens.to)
        }
        Some(_) => return None,
        None if document.is_any(at, &["a", "an"]) => (1, at + 1),
        None => return None,
    };
    let (unit, times) = unit(document, unit_at)?;
    let count = count.checked_mul(times).filter(|count| *count < 10_000)?;
    let next = unit_at + 1;
    if document.is_word(next, "ago") {
        return Some((next + 1, Said::Ago(count, unit)));
    }
    let later = document.is_word(next, "later") && !document.is_word(next + 1, "than");
    later.then_some((next + 1, Said::Later(count, unit)))
}

/// `today`, `this year`, `last month`, `that day`, `in the past year`, `earlier this week`.
fn word_first(document: &Document, at: u32) -> Option<(u32, Said)> {
    for (word, by) in [("today", 0), ("yesterday", -1), ("tomorrow", 1)] {
        if document.is_word(at, word) && !document.is_word(at + 1, "'s") {
            return Some((at + 1, Said::Day(by)));
        }
    }
    if let Some(found) = part_of_day(document, at).or_else(|| season(document, at)) {
        return Some(found);
    }
    if document.is_any(at, &["this", "last", "next"]) {
        let which = which(document, at);
        if document.is(at + 1, Class::Weekday) {
            return Some((at + 2, Said::Weekday(weekday(document, at + 1)?, which)));
        }
        if let Some(month) = month(document, at + 1) {
            let has_more = day(document, at + 2).is_some() || year(document, at + 2).is_some();
            return (!has_more).then_some((at + 2, Said::MonthOf(month, which)));
        }
        let (unit, times) = unit(document, at + 1)?;
        let one = times == 1 && !document.written(at + 1).ends_with('s');
        return (one && unit != Unit::Day).then_some((at + 2, Said::Unit(unit, which)));
    }
    if document.is_word(at, "that") && document.is_any(at + 1, &["day", "year", "month"]) {
        return Some((at + 2, Said::That));
    }
    if document.is_word(at, "the")
        && document.is_word(at + 1, "same")
        && document.is_any(at + 2, &["day", "year", "month"])
    {
        return Some((at + 3, Said::That));
    }
    if document.is_word(at, "the") && document.is_any(at + 1, &["past", "last"]) {
        let (count, unit_at) = match number_at(document, at + 2) {
            Some(number) => (number.value / 1_000, number.tokens.to),
            None => (1, at + 2),
        };
        let (unit, times) = unit(document, unit_at)?;
        let count = count.checked_mul(times).filter(|count| *count < 1_000)?;
        return Some((unit_at + 1, Said::Past(count, unit)));
    }
    None
}

/// `this morning`, `last night`, `the next day`.
fn part_of_day(document: &Document, at: u32) -> Option<(u32, Said)> {
    let part = document.is_any(at + 1, &["morning", "afternoon", "evening"]);
    if document.is_word(at, "this") && part {
        return Some((at + 2, Said::Day(0)));
    }
    if document.is_word(at, "tonight") {
        return Some((at + 1, Said::Day(0)));
    }
    if document.is_word(at, "last") && document.is_word(at + 1, "night") {
        return Some((at + 2, Said::Day(-1)));
    }
    let next = document.is_word(at, "the")
        && document.is_any(at + 1, &["next", "following"])
        && document.is_any(at + 2, &["day", "morning"]);
    next.then_some((at + 3, Said::Later(1, Unit::Day)))
}

/// `the summer of 2017`, `summer 2017`, `this summer`.
fn season(document: &Document, at: u32) -> Option<(u32, Said)> {
    let which = document.is_any(at, &["this", "last"]);
    let name = at + u32::from(which || document.is_word(at, "the"));
    let first = match document.written(name).to_ascii_lowercase().as_str() {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        _ => return None,
    };
    if which {
        return Some((
            name + 1,
            Said::Season(first, super::said::which(document, at)),
        ));
    }
    let of = u32::from(document.is_word(name + 1, "of"));
    let year = year(document, name + 1 + of)?;
    let from = PartialDate::month(year, first)?;
    let to = PartialDate::month(year, first + 2)?;
    Some((name + 2 + of, interval(from, to)?))
}
