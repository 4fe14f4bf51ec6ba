//! Levels of agreement of dates, places and sets. Level 0 is unknown, level 1 the same; higher
//! levels agree less, and the last says different.

use super::row::PartialDay;

/// Levels of [`super::Measure::Birth`]: slips that lists make with birth dates have levels of their own.
#[inline]
pub(crate) fn birth(a: u32, b: u32) -> u32 {
    if a == 0 || b == 0 {
        return 0;
    }
    let (a, b) = (PartialDay::unpack(a), PartialDay::unpack(b));
    let years = a.year.abs_diff(b.year);
    let month_unknown = a.month == 0 || b.month == 0;
    let day_unknown = a.day == 0 || b.day == 0;
    let full = !month_unknown && !day_unknown;
    if years == 0 {
        return match () {
            () if full && a.month == b.month && a.day == b.day => 1,
            () if full && a.month == b.day && a.day == b.month => 2,
            () if !month_unknown && a.month == b.month => 3,
            () if month_unknown => 5,
            () => 7,
        };
    }
    if full && years <= 2 && a.month == b.month && a.day == b.day {
        4
    } else if month_unknown && years <= u16::from(a.tolerance.max(b.tolerance)) {
        5
    } else if month_unknown && years == 1 {
        6
    } else {
        8
    }
}

/// Levels of [`super::Measure::Event`].
#[inline]
pub(crate) fn event(a: u32, b: u32) -> u32 {
    if a == 0 || b == 0 {
        return 0;
    }
    if a == b {
        let date = PartialDay::unpack(a);
        return if date.day > 0 {
            1
        } else if date.month > 0 {
            2
        } else {
            3
        };
    }
    let (a, b) = (PartialDay::unpack(a), PartialDay::unpack(b));
    let month_unknown = a.month == 0 || b.month == 0;
    let day_unknown = a.day == 0 || b.day == 0;
    match a.year.abs_diff(b.year) {
        0 if month_unknown => 3,
        0 if a.month != b.month => 7,
        0 if day_unknown => 2,
        0 if a.day == b.day => 1,
        0 => 4,
        years
            if month_unknown
                && (years == 1 || years <= u16::from(a.tolerance.max(b.tolerance))) =>
        {
            6
        }
        1 if a.month == b.month && (day_unknown || a.day == b.day) => 5,
        _ => 8,
    }
}

/// Levels of [`super::Measure::Year`].
#[inline]
pub(crate) fn year(a: u32, b: u32) -> u32 {
    if a == 0 || b == 0 {
        return 0;
    }
    u32::from(
        PartialDay::unpack(a)
            .year
            .abs_diff(PartialDay::unpack(b).year)
            .min(2),
    ) + 1
}

/// Levels of [`super::Measure::Hierarchy`] for `depth` fields, each given as a pair of values from
/// the widest to the narrowest: 1 is the same narrowest place; then, from narrow to wide, *same
/// above, one of the narrower ones unknown* and *same above, narrower ones differ*; the last is different.
#[inline]
pub(crate) fn hierarchy(depth: usize, pair: impl Fn(usize) -> (u32, u32)) -> u32 {
    let (mut below_unknown, mut compared) = (true, false);
    for above in (0..depth).rev() {
        let (a, b) = pair(above);
        let known = a != 0 && b != 0;
        if known && a == b {
            let up = depth - 1 - above;
            let level = if up == 0 {
                1
            } else {
                2 * up + usize::from(!below_unknown)
            };
            return level as u32;
        }
        below_unknown = !known;
        compared |= known;
    }
    if compared { 2 * depth as u32 } else { 0 }
}

/// Levels of [`super::Measure::Overlap`] over two ascending sets.
pub(crate) fn overlap(a: &[u32], b: &[u32]) -> u32 {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() && shared < 2 {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    3 - shared
}

/// Two birth dates, both full, that no slip explains: more than two years apart, and month and day differ.
pub(crate) fn births_irreconcilable(a: u32, b: u32) -> bool {
    let (a, b) = (PartialDay::unpack(a), PartialDay::unpack(b));
    let swapped = a.month == b.day && a.day == b.month;
    a.is_full()
        && b.is_full()
        && a.year.abs_diff(b.year) > 2
        && (a.month, a.day) != (b.month, b.day)
        && !swapped
}

/// Two known dates of something that happens once, more than a year apart.
pub(crate) fn years_irreconcilable(a: u32, b: u32) -> bool {
    let (a, b) = (PartialDay::unpack(a), PartialDay::unpack(b));
    let tolerance = u16::from(a.tolerance) + u16::from(b.tolerance);
    a.year > 0 && b.year > 0 && a.year.abs_diff(b.year) > 1 + tolerance
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> u32 {
        PartialDay::new(year, month, day).pack()
    }

    #[test]
    fn slips_of_birth_dates_have_levels_of_their_own() {
        let full = day(1954, 3, 9);
        let levels: Vec<u32> = [
            0,
            full,
            day(1954, 9, 3),
            day(1954, 3, 1),
            day(1955, 3, 9),
            day(1954, 0, 0),
            day(1953, 0, 0),
            day(1954, 7, 1),
            day(1971, 1, 2),
        ]
        .iter()
        .map(|&other| birth(full, other))
        .collect();
        assert_eq!(levels, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            birth(PartialDay::from_age(40, 1995).pack(), full),
            5,
            "an age fits within a year"
        );
    }

    #[test]
    fn events_agree_as_far_as_they_are_known() {
        let full = day(1997, 5, 20);
        let levels: Vec<u32> = [
            0,
            full,
            day(1997, 5, 0),
            day(1997, 0, 0),
            day(1997, 5, 2),
            day(1998, 5, 20),
            day(1996, 0, 0),
            day(1997, 8, 20),
            day(2004, 5, 20),
        ]
        .iter()
        .map(|&other| event(full, other))
        .collect();
        assert_eq!(levels, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            event(day(1997, 0, 0), day(1997, 0, 0)),
            3,
            "two bare years are not the same day"
        );
    }

    #[test]
    fn places_agree_as_deep_as_they_are_known() {
        let place = |a: [u32; 3], b: [u32; 3]| hierarchy(3, |level| (a[level], b[level]));
        assert_eq!(place([1, 2, 3], [1, 2, 3]), 1);
        assert_eq!(
            place([0, 0, 3], [1, 2, 3]),
            1,
            "the narrowest place alone suffices"
        );
        assert_eq!(place([1, 2, 3], [1, 2, 0]), 2);
        assert_eq!(place([1, 2, 3], [1, 2, 4]), 3);
        assert_eq!(place([1, 0, 0], [1, 2, 4]), 4);
        assert_eq!(place([1, 2, 0], [1, 3, 4]), 5);
        assert_eq!(place([1, 2, 0], [2, 3, 4]), 6);
        assert_eq!(place([0, 0, 0], [2, 3, 4]), 0);
    }

    #[test]
    fn sets_share_members_or_not() {
        assert_eq!(overlap(&[1, 4, 9], &[2, 4, 9]), 1);
        assert_eq!(overlap(&[1, 4, 9], &[4]), 2);
        assert_eq!(overlap(&[1, 4, 9], &[5]), 3);
        assert_eq!(overlap(&[], &[5]), 0);
    }

    #[test]
    fn only_what_no_slip_explains_is_impossible() {
        assert!(births_irreconcilable(day(1954, 3, 9), day(1971, 1, 2)));
        assert!(!births_irreconcilable(day(1954, 3, 9), day(1971, 0, 0)));
        assert!(
            !births_irreconcilable(day(1954, 3, 9), day(1964, 3, 9)),
            "a digit of the year may have slipped"
        );
        assert!(years_irreconcilable(day(1999, 0, 0), day(2004, 1, 1)));
        assert!(!years_irreconcilable(day(1999, 0, 0), day(2000, 1, 1)));
    }
}
