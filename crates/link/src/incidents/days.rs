//! Dates as stretches of days, so that two of them can be compared.
//!
//! Invariant: a stretch covers every day that the EDTF date may mean and never fewer; what its source
//! calls uncertain reaches further by a stated slack.

use super::rules::Slack;
use model::{Edtf, PartialDate, Qualifier};

/// Before and after every date of the years 0 to 9999, in days since 1970-01-01.
const EVER: (i32, i32) = (-800_000, 3_000_000);

/// The days that a date may mean, counted from 1970-01-01, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Days {
    pub first: i32,
    pub last: i32,
    /// Days by which either end may be wrong.
    slack: i32,
}

impl Days {
    /// The days of `date`; `None` when it is open at both ends.
    pub(crate) fn of(date: &Edtf, slack: &Slack) -> Option<Self> {
        let (first, last) = (date.earliest(), date.latest());
        if first.is_none() && last.is_none() {
            return None;
        }
        let ends = match date {
            Edtf::Date(date) => [Some(*date), None],
            Edtf::Interval(from, to) => [*from, *to],
        };
        let slack = ends.iter().flatten().map(|end| slack_of(end, slack)).max();
        Some(Self {
            first: first.map_or(EVER.0, number),
            last: last.map_or(EVER.1, number),
            slack: slack.unwrap_or(0),
        })
    }

    /// Days it covers, at least 1.
    pub(crate) fn width(&self) -> i32 {
        self.last - self.first + 1
    }

    /// Days between the two beyond what either may be wrong by; 0 when they may be one date.
    pub(crate) fn gap(&self, other: &Self) -> i32 {
        let apart = (other.first - self.last).max(self.first - other.last);
        (apart - self.slack - other.slack).max(0)
    }

    /// The first and last day it may mean, slack included.
    pub(crate) fn reach(&self) -> (i32, i32) {
        (self.first - self.slack, self.last + self.slack)
    }

    /// Year and month of a day number, as months since the year 0.
    pub(crate) fn month_number(day: i32) -> i32 {
        // The mean length of a Gregorian month: neighbouring months share a number at the seams,
        // which blocking bears as it looks at the months beside as well.
        ((i64::from(day) + 719_528) * 1_000_000 / 30_436_875) as i32
    }

    /// The year of a day number, as good as blocking needs it.
    pub(crate) fn year_number(day: i32) -> i32 {
        Self::month_number(day).div_euclid(12)
    }
}

fn slack_of(date: &PartialDate, slack: &Slack) -> i32 {
    match (date.qualifier(), date.of_month(), date.of_day()) {
        (Qualifier::Exact, _, _) => 0,
        (_, None, _) => slack.year,
        (_, Some(_), None) => slack.month,
        (_, Some(_), Some(_)) => slack.day,
    }
}

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar.
fn number((year, month, day): (u16, u8, u8)) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    // Years that begin in March put the leap day last.
    let year = i32::from(year) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SLACK: Slack = Slack {
        day: 7,
        month: 31,
        year: 366,
    };

    fn days(text: &str) -> Days {
        Days::of(&text.parse().unwrap(), &SLACK).unwrap()
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days("1970-01-01").first, 0);
        assert_eq!(days("2000-02-29").first, 11_016);
        assert_eq!(days("2000-03-01").first, 11_017);
        assert_eq!(days("2024").width(), 366);
        assert_eq!(days("0000-01-01").first, -719_528);
        assert!(Days::of(&"../..".parse().unwrap(), &SLACK).is_none());
    }

    #[test]
    fn uncertain_dates_reach_further() {
        assert_eq!(days("2013-05-01").gap(&days("2013-05-04")), 3);
        assert_eq!(days("2013-05-01~").gap(&days("2013-05-04")), 0);
        assert_eq!(days("1998~").gap(&days("1999-11")), 0);
        assert_eq!(days("1998").gap(&days("1999-02-01")), 32);
        assert_eq!(days("2013/..").gap(&days("2024-01-01")), 0);
    }

    #[test]
    fn months_are_near_enough_for_blocking() {
        for (day, month) in [
            ("1977-11-15", 1977 * 12 + 10),
            ("2013-05-28", 2013 * 12 + 4),
        ] {
            assert_eq!(Days::month_number(days(day).first), month, "{day}");
        }
    }
}
