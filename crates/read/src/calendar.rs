//! Days of the civil calendar (Gregorian, UTC) and seconds since 1970, without a clock.

/// Seconds since 1970 of a time such as `2026-11-22T05:00:00`, taken as UTC; `None` for what is no
/// such time, and for times before 1970.
pub(crate) fn seconds(time: &str) -> Option<u64> {
    let part = |from: usize, to: usize| time.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that the leap day is their last.
    let shifted = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let era = shifted / 400;
    let of_era = shifted - era * 400;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468;
    u64::try_from(days * 86_400 + hour * 3600 + minute * 60 + second).ok()
}

/// The time, as RFC 3339 writes it, so many seconds after 1970; `None` beyond the year 9999.
pub(crate) fn rfc3339(seconds: u64) -> Option<String> {
    let days = i64::try_from(seconds / 86_400).ok()? + 719_468;
    let era = days / 146_097;
    let of_era = days - era * 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    (year <= 9999)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_there_and_back() {
        assert_eq!(seconds("1970-01-01T00:00:00"), Some(0));
        assert_eq!(seconds("2024-02-29T12:30:15"), Some(1_709_209_815));
        for time in [
            "1970-01-01T00:00:00Z",
            "2000-02-29T23:59:59Z",
            "2026-11-22T05:00:00Z",
            "9999-12-31T00:00:00Z",
        ] {
            assert_eq!(seconds(time).and_then(rfc3339).as_deref(), Some(time));
        }
        for wrong in [
            "",
            "2024-13-01T00:00:00",
            "1969-01-01T00:00:00",
            "yesterday, at noon",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
        assert_eq!(rfc3339(u64::MAX), None);
    }
}
