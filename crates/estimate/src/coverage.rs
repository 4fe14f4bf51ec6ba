//! What each list covers: by source, year and place.
//!
//! The share of a list among those seen by the others is what it would have caught of people known to
//! exist; it says nothing of people whom no list reaches. Intervals are Wilson's (1927), which hold for
//! few people too. Invariant: rows are in the order of their names, lists in the order given.

use crate::error::InputError;
use crate::histories::{Histories, Pattern};
use crate::numeric::normal_quantile;
use serde::Serialize;
use std::collections::BTreeMap;

/// A person with what is known of when and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Lists that hold the person.
    pub lists: Pattern,
    /// Year, if known.
    pub year: Option<i32>,
    /// Place, if known.
    pub place: Option<String>,
}

/// A share with its 95 % Wilson interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// People counted.
    pub count: u64,
    /// People among whom they are counted.
    pub of: u64,
    /// The share, or `None` of nobody.
    pub share: Option<f64>,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Share {
    /// The share of `count` among `of`.
    pub fn new(count: u64, of: u64) -> Self {
        if of == 0 {
            return Self {
                count,
                of,
                share: None,
                low: 0.0,
                high: 1.0,
            };
        }
        let count = count.min(of);
        let (n, p) = (of as f64, count as f64 / of as f64);
        let z = normal_quantile(0.975);
        let z2 = z * z / n;
        let middle = p + z2 / 2.0;
        let reach = z * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt();
        let end = |value: f64| (value / (1.0 + z2)).clamp(0.0, 1.0);
        // Nobody and everybody are ends of the scale, whatever the last digit of the root says.
        let low = if count == 0 { 0.0 } else { end(middle - reach) };
        let high = if count == of {
            1.0
        } else {
            end(middle + reach)
        };
        Self {
            count,
            of,
            share: Some(p),
            low,
            high,
        }
    }
}

/// One list's coverage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListCoverage {
    /// Name of the list.
    pub list: String,
    /// People on it.
    pub people: u64,
    /// People on it alone.
    pub alone: u64,
    /// Of those on any other list, how many are on this one too.
    pub of_the_others: Share,
}

/// Two lists' overlap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overlap {
    /// First list.
    pub first: String,
    /// Second list.
    pub second: String,
    /// People on both.
    pub both: u64,
    /// Of those on the second, how many are on the first.
    pub first_of_second: Share,
    /// Of those on the first, how many are on the second.
    pub second_of_first: Share,
}

/// Coverage of one group of people, or of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// Year, place or `all`; `unknown` where it is not recorded.
    pub group: String,
    /// People on at least one list.
    pub people: u64,
    /// Each list.
    pub lists: Vec<ListCoverage>,
    /// Each pair of lists.
    pub overlaps: Vec<Overlap>,
    /// People by the number of lists on which they are: the first figure is one list.
    pub by_number_of_lists: Vec<u64>,
}

/// Coverage of everybody, by year and by place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageReport {
    /// Everybody.
    pub all: Coverage,
    /// By year, ascending; those of unknown year last.
    pub by_year: Vec<Coverage>,
    /// By place, by name; those of unknown place last.
    pub by_place: Vec<Coverage>,
}

/// Counts what each list covers.
///
/// # Errors
/// As [`Histories::new`].
pub fn coverage<'a>(
    names: &[String],
    persons: impl IntoIterator<Item = &'a Person>,
) -> Result<CoverageReport, InputError> {
    let mut all = Vec::new();
    let mut years: BTreeMap<(bool, i32), Vec<Pattern>> = BTreeMap::new();
    let mut places: BTreeMap<(bool, &str), Vec<Pattern>> = BTreeMap::new();
    for person in persons {
        all.push(person.lists);
        years
            .entry((person.year.is_none(), person.year.unwrap_or(0)))
            .or_default()
            .push(person.lists);
        let place = person.place.as_deref();
        places
            .entry((place.is_none(), place.unwrap_or("")))
            .or_default()
            .push(person.lists);
    }
    let of = |group: String, people: Vec<Pattern>| {
        Ok(group_coverage(
            group,
            &Histories::from_people(names.iter().cloned(), people)?,
        ))
    };
    let unknown = || "unknown".to_owned();
    Ok(CoverageReport {
        all: of("all".to_owned(), all)?,
        by_year: years
            .into_iter()
            .map(|((missing, year), people)| {
                of(if missing { unknown() } else { year.to_string() }, people)
            })
            .collect::<Result<_, _>>()?,
        by_place: places
            .into_iter()
            .map(|((missing, place), people)| {
                of(if missing { unknown() } else { place.to_owned() }, people)
            })
            .collect::<Result<_, _>>()?,
    })
}

/// Coverage of one table.
pub fn group_coverage(group: String, table: &Histories) -> Coverage {
    let on = |list: usize| table.on_all(Pattern(1 << list));
    let lists = (0..table.lists())
        .map(|list| {
            let others = |(pattern, _): &(Pattern, u64)| pattern.0 & !(1 << list) != 0;
            let seen_by_others: u64 = table
                .patterns()
                .filter(others)
                .map(|(_, count)| count)
                .sum();
            let alone = table.count(Pattern(1 << list));
            ListCoverage {
                list: table.names()[list].clone(),
                people: on(list),
                alone,
                of_the_others: Share::new(on(list) - alone, seen_by_others),
            }
        })
        .collect();
    let overlaps = table
        .pairs()
        .into_iter()
        .map(|(first, second, both)| Overlap {
            first: table.names()[first].clone(),
            second: table.names()[second].clone(),
            both,
            first_of_second: Share::new(both, on(second)),
            second_of_first: Share::new(both, on(first)),
        });
    Coverage {
        group,
        people: table.observed(),
        lists,
        overlaps: overlaps.collect(),
        by_number_of_lists: table.by_number_of_lists(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn person(lists: u16, year: Option<i32>, place: Option<&str>) -> Person {
        Person {
            lists: Pattern(lists),
            year,
            place: place.map(str::to_owned),
        }
    }

    #[test]
    fn wilson_intervals_are_those_of_the_textbook() {
        let share = Share::new(15, 50);
        assert!(
            (share.low - 0.191_0).abs() < 5e-4 && (share.high - 0.437_5).abs() < 5e-4,
            "{share:?}"
        );
        assert_eq!(Share::new(0, 10).low, 0.0);
        assert_eq!(Share::new(0, 0).share, None);
        assert_eq!(Share::new(10, 10).high, 1.0);
    }

    #[test]
    fn coverage_is_told_by_list_year_and_place() {
        let names = ["camp records".to_owned(), "families".to_owned()];
        let people = [
            person(0b01, Some(2001), Some("North Hamgyong")),
            person(0b11, Some(1999), Some("North Hamgyong")),
            person(0b10, Some(1999), None),
            person(0b11, None, Some("Kaesong")),
        ];
        let report = coverage(&names, &people).unwrap();
        assert_eq!(report.all.people, 4);
        assert_eq!(report.all.lists[0].alone, 1);
        assert_eq!(
            (
                report.all.lists[0].of_the_others.count,
                report.all.lists[0].of_the_others.of
            ),
            (2, 3)
        );
        assert_eq!(report.all.overlaps[0].both, 2);
        let years: Vec<&str> = report.by_year.iter().map(|c| c.group.as_str()).collect();
        assert_eq!(years, ["1999", "2001", "unknown"]);
        let places: Vec<&str> = report.by_place.iter().map(|c| c.group.as_str()).collect();
        assert_eq!(places, ["Kaesong", "North Hamgyong", "unknown"]);
    }
}
