//! Dates as far as they are known: the levels 0 and 1 of EDTF (ISO 8601-2:2019) that sources need.
//!
//! `2013-03`, `1998~`, `1977-11-15?`, `2013-03/2014-02`, `../2020`. A year stays a year: nothing
//! here ever turns it into 1 January.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// The text is not a date of the kinds above.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a date: write 2013, 2013-03, 2013-03-21, 2013~, 2013-03/2014-02 or ../2014")]
pub struct DateError(String);

/// Whether a date is given as certain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Qualifier {
    /// As it stands.
    #[default]
    Exact,
    /// `?`: the source is not sure.
    Uncertain,
    /// `~`: about then.
    Approximate,
    /// `%`: both.
    Both,
}

impl Qualifier {
    fn sign(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::Uncertain => "?",
            Self::Approximate => "~",
            Self::Both => "%",
        }
    }
}

/// A day, a month or a year. Years 0 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
    qualifier: Qualifier,
}

impl PartialDate {
    /// A year.
    #[must_use]
    pub fn year(year: u16) -> Option<Self> {
        Self::new(year, None, None)
    }

    /// A month, 1 to 12.
    #[must_use]
    pub fn month(year: u16, month: u8) -> Option<Self> {
        Self::new(year, Some(month), None)
    }

    /// A day of the Gregorian calendar.
    #[must_use]
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        Self::new(year, Some(month), Some(day))
    }

    fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let date = Self {
            year,
            month,
            day,
            qualifier: Qualifier::Exact,
        };
        let month_exists = month.is_none_or(|month| (1..=12).contains(&month));
        let day_exists = day.is_none_or(|day| {
            month.is_some_and(|month| (1..=days_in_month(year, month)).contains(&day))
        });
        (year <= 9999 && month_exists && day_exists).then_some(date)
    }

    /// The same date with this qualifier.
    #[must_use]
    pub fn qualified(self, qualifier: Qualifier) -> Self {
        Self { qualifier, ..self }
    }

    /// The year.
    #[must_use]
    pub fn of_year(&self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, when it is known.
    #[must_use]
    pub fn of_month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, when it is known.
    #[must_use]
    pub fn of_day(&self) -> Option<u8> {
        self.day
    }

    /// How certain it is.
    #[must_use]
    pub fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// First and last day it may mean, as (year, month, day).
    #[must_use]
    pub fn bounds(&self) -> ((u16, u8, u8), (u16, u8, u8)) {
        let (first, last) = (self.month.unwrap_or(1), self.month.unwrap_or(12));
        (
            (self.year, first, self.day.unwrap_or(1)),
            (
                self.year,
                last,
                self.day.unwrap_or(days_in_month(self.year, last)),
            ),
        )
    }
}

/// Days in a month of the Gregorian calendar; 0 for a month that does not exist.
fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        f.write_str(self.qualifier.sign())
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.chars().take(40).collect());
        let (digits, qualifier) = match text.as_bytes().last() {
            Some(b'?') => (&text[..text.len() - 1], Qualifier::Uncertain),
            Some(b'~') => (&text[..text.len() - 1], Qualifier::Approximate),
            Some(b'%') => (&text[..text.len() - 1], Qualifier::Both),
            _ => (text, Qualifier::Exact),
        };
        let mut parts = digits.split('-');
        let mut number = |len: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == len && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse::<u16>().map(Some).map_err(|_| error())
            }
            Some(_) => Err(error()),
        };
        let year = number(4)?.ok_or_else(error)?;
        let month = number(2)?.map(|month| month as u8);
        let day = number(2)?.map(|day| day as u8);
        if parts.next().is_some() {
            return Err(error());
        }
        Self::new(year, month, day)
            .map(|date| date.qualified(qualifier))
            .ok_or_else(error)
    }
}

/// A date or an interval. An end that is `None` is open or not known (`..`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Edtf {
    /// One date.
    Date(PartialDate),
    /// From a date to a date, both included.
    Interval(Option<PartialDate>, Option<PartialDate>),
}

impl Edtf {
    /// First day it may mean, `None` when it is open.
    #[must_use]
    pub fn earliest(&self) -> Option<(u16, u8, u8)> {
        match self {
            Self::Date(date) => Some(date.bounds().0),
            Self::Interval(from, _) => from.map(|date| date.bounds().0),
        }
    }

    /// Last day it may mean, `None` when it is open.
    #[must_use]
    pub fn latest(&self) -> Option<(u16, u8, u8)> {
        match self {
            Self::Date(date) => Some(date.bounds().1),
            Self::Interval(_, to) => to.map(|date| date.bounds().1),
        }
    }
}

impl From<PartialDate> for Edtf {
    fn from(date: PartialDate) -> Self {
        Self::Date(date)
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |f: &mut fmt::Formatter<'_>, date: &Option<PartialDate>| match date {
            Some(date) => date.fmt(f),
            None => f.write_str(".."),
        };
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Interval(from, to) => {
                end(f, from)?;
                f.write_str("/")?;
                end(f, to)
            }
        }
    }
}

impl FromStr for Edtf {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let Some((from, to)) = text.split_once('/') else {
            return text.parse().map(Self::Date);
        };
        let end = |text: &str| match text {
            ".." | "" => Ok(None),
            date => date.parse().map(Some),
        };
        let interval = Self::Interval(end(from)?, end(to)?);
        let in_order = match (interval.earliest(), interval.latest()) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        if in_order {
            Ok(interval)
        } else {
            Err(DateError(text.chars().take(40).collect()))
        }
    }
}

macro_rules! serde_as_text {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_string())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )*};
}
serde_as_text!(PartialDate, Edtf);

/// A date as read in a text, with how it was understood.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ResolvedDate {
    /// The date.
    pub date: Edtf,
    /// How the words were resolved, for people: `as written`, or
    /// `eleven years before the publication date 2024-10-18`.
    pub basis: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_known_is_kept_and_no_more() {
        for text in [
            "2013",
            "2013-03",
            "2013-03-21",
            "1998~",
            "1977-11-15?",
            "1950%",
            "2013-03/2014-02",
            "../2020",
            "2019/..",
        ] {
            let date: Edtf = text.parse().unwrap();
            assert_eq!(date.to_string(), text);
        }
        let year: Edtf = "2013".parse().unwrap();
        assert_eq!(year.earliest(), Some((2013, 1, 1)));
        assert_eq!(year.latest(), Some((2013, 12, 31)));
        let february: PartialDate = "2000-02".parse().unwrap();
        assert_eq!(february.bounds().1, (2000, 2, 29));
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in [
            "",
            "13",
            "2013-13",
            "2013-02-29",
            "1900-02-29",
            "2013-3",
            "2013-03-21-01",
            "2014/2013",
            "２０１３",
            "2013-",
            "+201",
            "~",
            "é~",
        ] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _ = text.parse::<Edtf>();
        }

        #[test]
        fn shown_dates_read_back(year in 0u16..=9999, month in 1u8..=12, day in 1u8..=31) {
            if let Some(date) = PartialDate::day(year, month, day) {
                prop_assert_eq!(date.to_string().parse::<PartialDate>(), Ok(date));
            }
        }
    }
}
