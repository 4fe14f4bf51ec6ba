//! Levels of agreement of dates, places and sets. Level 0 is unknown, level 1 the same; higher
//! levels agree less, and the last says different.

use super::row::PartialDay;

/// What two dates have in common, as an index into a table of levels: how far apart the years are
/// (0, 1, 2, more), whether month or day is unknown in either, equal month, equal day, swapped.
#[inline]
fn common(a: u32, b: u32) -> usize {
    let (one, other) = (PartialDay::unpack(a), PartialDay::unpack(b));
    let years = one.year.abs_diff(other.year).min(3);
    let bit = |yes: bool, at: u32| usize::from(yes) << at;
    usize::from(years)
        | bit(one.month == 0 || other.month == 0, 2)
        | bit(one.day == 0 || other.day == 0, 3)
        | bit(one.month == other.month, 4)
        | bit(one.day == other.day, 5)
        | bit(one.month == other.day && one.day == other.month, 6)
}

/// Levels of births for what two dates have in common.
static BIRTHS: [u8; 128] = levels(true);
/// Levels of events likewise.
static EVENTS: [u8; 128] = levels(false);

/// The tables: branches would cost more than all else in the pair loop.
const fn levels(births: bool) -> [u8; 128] {
    let mut levels = [0; 128];
    let mut index = 0;
    while index < 128 {
        let (years, month_unknown, day_unknown) =
            (index & 3, index >> 2 & 1 == 1, index >> 3 & 1 == 1);
        let (month, day, swapped) = (
            index >> 4 & 1 == 1,
            index >> 5 & 1 == 1,
            index >> 6 & 1 == 1,
        );
        levels[index] = if births {
            birth_level(years, month_unknown, day_unknown, month, day, swapped)
        } else {
            event_level(years, month_unknown, day_unknown, month, day)
        };
        index += 1;
    }
    levels
}

const fn birth_level(
    years: usize,
    month_unknown: bool,
    day_unknown: bool,
    month: bool,
    day: bool,
    swapped: bool,
) -> u8 {
    let full = !month_unknown && !day_unknown;
    if years == 0 {
        if full && month && day {
            1
        } else if full && swapped {
            2
        } else if month_unknown {
            5
        } else if month {
            3
        } else {
            7
        }
    } else if full && years <= 2 && month && day {
        4
    } else if month_unknown && years == 1 {
        6
    } else {
        8
    }
}

const fn event_level(
    years: usize,
    month_unknown: bool,
    day_unknown: bool,
    month: bool,
    day: bool,
) -> u8 {
    if years == 0 {
        if month_unknown {
            3
        } else if !month {
            7
        } else if day_unknown {
            2
        } else if day {
            1
        } else {
            4
        }
    } else if years == 1 && month_unknown {
        6
    } else if years == 1 && month && (day_unknown || day) {
        5
    } else {
        8
    }
}

/// Whether a year is open by as much as the years are apart, and no month says otherwise.
fn within_tolerance(a: u32, b: u32) -> bool {
    let (a, b) = (PartialDay::unpack(a), PartialDay::unpack(b));
    (a.month == 0 || b.month == 0)
        && a.year.abs_diff(b.year) <= u16::from(a.tolerance.max(b.tolerance))
}

/// 1 when both values are known; levels are multiplied with it, because a branch would often be
/// guessed wrong.
#[inline]
fn both_known(a: u32, b: u32) -> u32 {
    u32::from((a != 0) & (b != 0))
}

/// Levels of [`super::Measure::Birth`]: slips that lists make with birth dates have levels of their own.
#[inline]
pub(crate) fn birth(a: u32, b: u32) -> u32 {
    let mut level = u32::from(BIRTHS[common(a, b) & 127]);
    if (a | b) >> 21 != 0 && within_tolerance(a, b) {
        level = 5;
    }
    both_known(a, b) * level
}

/// Levels of [`super::Measure::Event`].
#[inline]
pub(crate) fn event(a: u32, b: u32) -> u32 {
    let mut level = u32::from(EVENTS[common(a, b) & 127]);
    if (a | b) >> 21 != 0 && level == 8 && within_tolerance(a, b) {
        level = 6;
    }
    both_known(a, b) * level
}

/// Levels of [`super::Measure::Year`].
#[inline]
pub(crate) fn year(a: u32, b: u32) -> u32 {
    let (one, other) = (PartialDay::unpack(a), PartialDay::unpack(b));
    both_known(a, b) * (u32::from(one.year.abs_diff(other.year).min(2)) + 1)
}

/// Levels of [`super::Measure::Hierarchy`] for `depth` fields, each given as a pair of values from
/// the widest to the narrowest: 1 is the same narrowest place; then, from narrow to wide, *same
/// above, one of the narrower ones unknown* and *same above, narrower ones differ*; the last is different.
#[inline]
pub(crate) fn hierarchy(depth: usize, pair: impl Fn(usize) -> (u32, u32)) -> u32 {
    let (mut below_known, mut compared, mut level) = (0, 0, 0);
    for up in 0..depth as u32 {
        let (a, b) = pair(depth - 1 - up as usize);
        let known = both_known(a, b);
        let here = if up == 0 { 1 } else { 2 * up + below_known };
        // The narrowest shared place counts.
        let shared = known & u32::from((a == b) & (level == 0));
        level += shared * here;
        below_known = known;
        compared |= known;
    }
    level + u32::from(level == 0) * compared * 2 * depth as u32
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
