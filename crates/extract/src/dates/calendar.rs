//! Days and months counted forwards and backwards in the Gregorian calendar.
//!
//! Invariant: years stay within 0 to 9999; what leaves them is no date.

use model::PartialDate;

/// Days since 1 March 0000.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year.saturating_sub(1), month + 9)
    };
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 1
}

fn from_days(days: i64) -> Option<PartialDate> {
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    PartialDate::day(
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    )
}

/// The day `by` days after a day.
pub(crate) fn add_days(date: PartialDate, by: i64) -> Option<PartialDate> {
    let (month, day) = (date.of_month()?, date.of_day()?);
    from_days(days(date.of_year().into(), month.into(), day.into()).checked_add(by)?)
}

/// The month `by` months after the month of a date.
pub(crate) fn add_months(date: PartialDate, by: i64) -> Option<PartialDate> {
    let month = i64::from(date.of_month()?) - 1;
    let count = i64::from(date.of_year()) * 12 + month + by;
    PartialDate::month(
        u16::try_from(count.div_euclid(12)).ok()?,
        u8::try_from(count.rem_euclid(12) + 1).ok()?,
    )
}

/// The year `by` years after the year of a date.
pub(crate) fn add_years(date: PartialDate, by: i64) -> Option<PartialDate> {
    PartialDate::year(u16::try_from(i64::from(date.of_year()) + by).ok()?)
}

/// Day of the week of a day, Monday 0.
pub(super) fn weekday(date: PartialDate) -> Option<i64> {
    let (month, day) = (date.of_month()?, date.of_day()?);
    Some((days(date.of_year().into(), month.into(), day.into()) + 2).rem_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(add_days(day("2024-02-28"), 2), Some(day("2024-03-01")));
        assert_eq!(add_days(day("2023-03-01"), -1), Some(day("2023-02-28")));
        assert_eq!(add_days(day("2000-01-01"), -366), Some(day("1998-12-31")));
        assert_eq!(add_months(day("2014-02"), -3), Some(day("2013-11")));
        assert_eq!(add_years(day("2024-10-18"), -11), Some(day("2013")));
        assert_eq!(add_days(day("2013"), 1), None);
        assert_eq!(add_years(day("0003"), -11), None);
    }

    #[test]
    fn days_of_the_week() {
        assert_eq!(weekday(day("2014-02-17")), Some(0));
        assert_eq!(weekday(day("2024-10-18")), Some(4));
        assert_eq!(weekday(day("2017-07-27")), Some(3));
    }
}
