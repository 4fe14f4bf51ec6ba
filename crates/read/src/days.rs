//! Every day that a text or address writes, those in doubt included: day and month that cannot be
//! told apart, years of two digits. What of them is the day of publication is judged elsewhere.
//!
//! Invariant: no day is found that is not written, and the doubt about it is told.

use crate::dates::{Dated, Piece, What, east_asian, floor, in_words, metadata, numeric, pieces};
use model::{Edtf, PartialDate};

/// A date of metadata, when it is one of a day.
pub(crate) fn metadata_day(value: &str) -> Option<PartialDate> {
    match metadata(value)? {
        Edtf::Date(date) => date.of_day().map(|_| date),
        _ => None,
    }
}

/// The month in an address, as publishing systems file by: `/2021/02/`.
pub(crate) fn month_in_path(address: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = address.split(['/', '-']).take(40).collect();
    parts.windows(2).find_map(|pair| {
        let fits = pair[0].len() == 4 && pair[1].len() == 2;
        let year = pair[0]
            .parse()
            .ok()
            .filter(|year| (1990..2200).contains(year) && fits)?;
        PartialDate::month(year, pair[1].parse().ok()?)
    })
}

/// What is not clear of a day that a text writes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Doubt {
    /// The day, were its month written first.
    pub other: Option<PartialDate>,
    /// Only two digits of the year are written.
    pub short_year: bool,
}

/// Bytes of a passage in which days are looked for.
const MAX_LOOKED_AT: usize = 400;

/// The first days that a passage writes, at most `most`, those in doubt included.
pub(crate) fn days_in(text: &str, most: usize) -> Vec<(Dated, Doubt)> {
    let text = &text[..floor(text, MAX_LOOKED_AT)];
    let mut days = Vec::new();
    if text.bytes().filter(u8::is_ascii_digit).count() < 4 {
        return days;
    }
    let pieces = pieces(text);
    let mut at = 0;
    while at < pieces.len() && days.len() < most {
        let rest = &pieces[at..];
        let clear = numeric(rest)
            .or_else(|| east_asian(rest))
            .or_else(|| in_words(rest))
            .filter(|(date, _)| date.of_day().is_some())
            .map(|(date, used)| (date, used, Doubt::default()));
        let Some((date, used, doubt)) = clear.or_else(|| in_doubt(rest)) else {
            at += 1;
            continue;
        };
        if (1990..2200).contains(&date.of_year()) {
            let (from, to) = (pieces[at].from, pieces[at + used - 1].to);
            let dated = Dated {
                date,
                from,
                to,
                updated: false,
            };
            days.push((dated, doubt));
        }
        at += used;
    }
    days
}

/// `03/04/2021`, `3.4.21`, `03-04-21`: read as day and month.
fn in_doubt(pieces: &[Piece]) -> Option<(PartialDate, usize, Doubt)> {
    let [first, dash, second, other_dash, third, ..] = pieces else {
        return None;
    };
    let (What::Separator(mark), What::Separator(other)) = (dash.what, other_dash.what) else {
        return None;
    };
    let together = first.to == dash.from && dash.to == second.from;
    if mark != other || !matches!(mark, '/' | '-' | '.') || !together {
        return None;
    }
    let (What::Number(a, 1 | 2), What::Number(b, 1 | 2), What::Number(year, digits @ (2 | 4))) =
        (first.what, second.what, third.what)
    else {
        return None;
    };
    let short_year = digits == 2;
    let year = if short_year { 2000 + year } else { year };
    let day_first = PartialDate::day(year, b as u8, a as u8);
    let month_first = PartialDate::day(year, a as u8, b as u8).filter(|_| mark != '.');
    let other = month_first.filter(|_| day_first.is_some() && a != b);
    let doubt = Doubt { other, short_year };
    Some((day_first.or(month_first)?, 5, doubt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_doubt_are_found_with_their_other_reading() {
        let of = |text: &str| {
            let days = days_in(text, 3).into_iter();
            let days = days.map(|(dated, doubt)| {
                (
                    dated.date.to_string(),
                    doubt.other.map(|day| day.to_string()),
                )
            });
            days.collect::<Vec<_>>()
        };
        let day = |day: &str, other: Option<&str>| (day.to_owned(), other.map(str::to_owned));
        assert_eq!(of("on 03/04/2021"), [day("2021-04-03", Some("2021-03-04"))]);
        assert_eq!(of("vom 3.4.21"), [day("2021-04-03", None)]);
        assert_eq!(
            of("3 May 2020, changed 2020-06-01"),
            [day("2020-05-03", None), day("2020-06-01", None)]
        );
        assert_eq!(of("room 12 of 2021"), []);
        assert_eq!(
            month_in_path("https://example.org/2021/02/x").map(|month| month.to_string()),
            Some("2021-02".to_owned())
        );
    }
}
