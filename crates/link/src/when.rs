//! Days between dates that are known only in part.
//!
//! Invariant: a date is never made more exact than it is. Where a year is all that is known, a
//! count of days is a range.

use model::Edtf;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Days from 1970-01-01 to a day of the Gregorian calendar; negative before.
pub(crate) fn day_number((year, month, day): (u16, u8, u8)) -> i64 {
    // Years that start in March: the leap day is then the last day of its year.
    let year = i64::from(year) - i64::from(month <= 2);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let of_era = year.rem_euclid(400);
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    year.div_euclid(400) * 146_097 + day_of_era - 719_468
}

/// First and last day that a date may mean; an open end is `None`.
pub(crate) fn bounds(date: &Edtf) -> (Option<i64>, Option<i64>) {
    (
        date.earliest().map(day_number),
        date.latest().map(day_number),
    )
}

/// Whether two dates may mean the same day, allowing `slack` days between them.
pub(crate) fn may_meet(one: &Edtf, other: &Edtf, slack: i64) -> bool {
    let before = |last: Option<i64>, first: Option<i64>| match (last, first) {
        (Some(last), Some(first)) => last + slack < first,
        _ => false,
    };
    let ((a, b), (c, d)) = (bounds(one), bounds(other));
    !before(b, c) && !before(d, a)
}

/// Whether `one` ends before `other` starts.
pub(crate) fn surely_before(one: &Edtf, other: &Edtf) -> bool {
    matches!((bounds(one).1, bounds(other).0), (Some(last), Some(first)) if last < first)
}

/// A sort key of a date that may be missing: by first day, then last; what is not dated comes last.
pub(crate) fn order(date: Option<&Edtf>) -> (bool, i64, i64) {
    date.map_or((true, 0, 0), |date| {
        let (first, last) = bounds(date);
        (false, first.unwrap_or(i64::MIN), last.unwrap_or(i64::MAX))
    })
}

/// A number of days that may be known only within bounds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Days {
    /// At least so many.
    pub least: i64,
    /// At most so many; `None` when the date is open towards the past.
    pub most: Option<i64>,
}

impl Days {
    /// Days from `date` to the day numbered `today`; 0 for what lies ahead.
    pub(crate) fn since(date: &Edtf, today: i64) -> Self {
        let (first, last) = bounds(date);
        Self {
            least: last.map_or(0, |last| (today - last).max(0)),
            most: first.map(|first| (today - first).max(0)),
        }
    }
}

impl fmt::Display for Days {
    /// For people: `412 days`, `between 3,204 and 3,568 days`, `at least 90 days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = grouped(self.least);
        match self.most {
            Some(most) if most == self.least => {
                write!(f, "{least} day{}", if most == 1 { "" } else { "s" })
            }
            Some(most) => write!(f, "between {least} and {} days", grouped(most)),
            None => write!(f, "at least {least} days"),
        }
    }
}

/// A number of things, for people: `1 event`, `2,000 events`.
pub(crate) fn counted(number: u64, singular: &str) -> String {
    let text = grouped(i64::try_from(number).unwrap_or(i64::MAX));
    if number == 1 {
        format!("{text} {singular}")
    } else {
        format!("{text} {singular}s")
    }
}

/// A number with a comma between thousands.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    #[test]
    fn day_numbers_are_those_of_the_calendar() {
        assert_eq!(day_number((1970, 1, 1)), 0);
        assert_eq!(day_number((2000, 2, 29)), 11_016);
        assert_eq!(day_number((2024, 10, 18)), 20_014);
        assert_eq!(day_number((1950, 6, 25)), -7_130);
        assert_eq!(day_number((0, 1, 1)), -719_528);
    }

    proptest! {
        #[test]
        fn each_day_follows_the_one_before(year in 0u16..=9998) {
            prop_assert_eq!(day_number((year, 12, 31)) + 1, day_number((year + 1, 1, 1)));
            prop_assert_eq!(day_number((year, 3, 31)) + 1, day_number((year, 4, 1)));
        }
    }

    #[test]
    fn a_year_gives_a_range_of_days() {
        let today = day_number((2024, 1, 10));
        assert_eq!(Days::since(&date("2024-01-09"), today).to_string(), "1 day");
        let year = Days::since(&date("2022"), today);
        assert_eq!(year.to_string(), "between 375 and 739 days");
        assert_eq!(Days::since(&date("../2014-02"), today).most, None);
        assert_eq!(Days::since(&date("2030"), today).least, 0);
    }

    #[test]
    fn dates_meet_when_they_may_mean_one_day() {
        assert!(may_meet(&date("2013"), &date("2013-03-21"), 0));
        assert!(!may_meet(&date("2013"), &date("2014"), 0));
        assert!(may_meet(&date("2013"), &date("2014"), 1));
        assert!(may_meet(&date("../2020"), &date("1998"), 0));
        assert!(surely_before(&date("1998"), &date("1999-01-01")));
        assert!(!surely_before(&date("1998"), &date("1998-05")));
    }

    #[test]
    fn numbers_are_grouped_in_thousands() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(-999), "-999");
        assert_eq!(grouped(i64::MIN), "-9,223,372,036,854,775,808");
    }
}
