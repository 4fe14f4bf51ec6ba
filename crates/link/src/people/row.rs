//! One line of a list as linking sees it. Invariant: a date never claims more than was written,
//! so a month without a year and a day without a month are unknown.

/// Names a record for ever; the order of these ids is the order of all output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u128);

/// A date of which the day, or the day and the month, may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDay {
    /// 1..=4095, or 0 when unknown.
    pub year: u16,
    /// 1..=12, or 0 when unknown.
    pub month: u8,
    /// 1..=31, or 0 when unknown.
    pub day: u8,
    /// By how many years the year may be off, 0..=3: an age leaves a birth year open.
    pub tolerance: u8,
}

impl PartialDay {
    /// Parts that are out of range, or that hang below an unknown part, become unknown.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Self {
        let year = if year <= 4095 { year } else { 0 };
        let month = if year > 0 && month <= 12 { month } else { 0 };
        let day = if month > 0 && day <= 31 { day } else { 0 };
        Self {
            year,
            month,
            day,
            tolerance: 0,
        }
    }

    /// Reads `2013`, `2013-03` or `2013-03-09`; anything else is `None`.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let mut parts = written.trim().split('-');
        let number = |part: Option<&str>| match part {
            None => Some(0),
            Some(part) if part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                part.parse::<u16>().ok()
            }
            Some(_) => None,
        };
        let (year, month, day) = (
            number(parts.next())?,
            number(parts.next())?,
            number(parts.next())?,
        );
        if parts.next().is_some() || year == 0 || month > 12 || day > 31 {
            return None;
        }
        Some(Self::new(
            year,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        ))
    }

    /// The birth year of somebody who was `age` in `as_of`: Korean and international counting
    /// differ by up to two years, so the year may be off by one either way.
    #[must_use]
    pub fn from_age(age: u8, as_of: u16) -> Self {
        let year = as_of.saturating_sub(u16::from(age));
        Self {
            tolerance: u8::from(year > 0 && year <= 4095),
            ..Self::new(year, 0, 0)
        }
    }

    /// All three parts are known.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.day > 0
    }

    /// Packs into 23 bits: tolerance, year, month, day; 0 is unknown.
    pub(crate) fn pack(self) -> u32 {
        let date = Self::new(self.year, self.month, self.day);
        if date.year == 0 {
            return 0;
        }
        let tolerance = u32::from(if date.month > 0 {
            0
        } else {
            self.tolerance.min(3)
        });
        (tolerance << 21)
            | (u32::from(date.year) << 9)
            | (u32::from(date.month) << 5)
            | u32::from(date.day)
    }

    /// The inverse of [`Self::pack`].
    #[inline]
    pub(crate) fn unpack(packed: u32) -> Self {
        Self {
            year: ((packed >> 9) & 0xFFF) as u16,
            month: ((packed >> 5) & 0xF) as u8,
            day: (packed & 0x1F) as u8,
            tolerance: ((packed >> 21) & 0x3) as u8,
        }
    }
}

impl std::fmt::Display for PartialDay {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.year, self.month, self.day) {
            (0, _, _) => formatter.write_str("unknown"),
            (year, 0, _) if self.tolerance > 0 => {
                write!(formatter, "{year} give or take {}", self.tolerance)
            }
            (year, 0, _) => write!(formatter, "{year}"),
            (year, month, 0) => write!(formatter, "{year}-{month:02}"),
            (year, month, day) => write!(formatter, "{year}-{month:02}-{day:02}"),
        }
    }
}

/// One cell of a row, as given to [`super::TableBuilder::push`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known: never evidence for or against.
    Unknown,
    /// A folded key or a code; the empty text is unknown.
    Text(&'a str),
    /// A date.
    Date(PartialDay),
    /// Several texts, such as the names of relatives; order has no meaning.
    Set(&'a [String]),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_date_claims_no_more_than_was_written() {
        assert_eq!(
            PartialDay::parse("1954").unwrap(),
            PartialDay::new(1954, 0, 0)
        );
        assert_eq!(PartialDay::parse("1954-03").unwrap().to_string(), "1954-03");
        assert_eq!(PartialDay::parse("1954-13"), None);
        assert_eq!(PartialDay::parse("54/3/1"), None);
        assert_eq!(PartialDay::new(0, 3, 9), PartialDay::default());
        let date = PartialDay::new(1954, 3, 9);
        assert_eq!(PartialDay::unpack(date.pack()), date);
    }

    #[test]
    fn an_age_leaves_the_year_open() {
        let born = PartialDay::from_age(40, 2004);
        assert_eq!((born.year, born.tolerance), (1964, 1));
        assert_eq!(PartialDay::unpack(born.pack()), born);
        assert_eq!(born.to_string(), "1964 give or take 1");
    }
}
