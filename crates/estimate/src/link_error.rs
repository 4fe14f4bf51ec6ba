//! Tables as they could have been without linkage errors.
//!
//! A missed link leaves a list's record of somebody standing alone; a false link joins strangers. Given
//! rates of both, a table is drawn in which some joined records are parted and some that stand alone are
//! joined again. Invariant: people are never invented: the number of records on each list stays.

use crate::error::InputError;
use crate::histories::{Histories, Pattern};
use crate::random::Random;
use serde::Serialize;

/// How often links are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LinkError {
    /// Share of true links that were missed, from 0 to 0.5.
    pub missed: f64,
    /// Share of the links made that join strangers, from 0 to 0.5.
    pub wrong: f64,
}

impl LinkError {
    /// Every link is right.
    pub const NONE: Self = Self {
        missed: 0.0,
        wrong: 0.0,
    };

    /// Whether any link may be wrong.
    pub fn is_none(self) -> bool {
        self.missed <= 0.0 && self.wrong <= 0.0
    }

    pub(crate) fn check(self) -> Result<(), InputError> {
        for (name, value) in [("missed links", self.missed), ("wrong links", self.wrong)] {
            if !(0.0..=0.5).contains(&value) {
                return Err(InputError::Setting {
                    name,
                    value: value.to_string(),
                    range: "between 0 and 0.5",
                });
            }
        }
        Ok(())
    }
}

/// Draws a table without errors, for these rates.
pub(crate) fn undo(histories: &Histories, rates: LinkError, random: &mut Random) -> Histories {
    let mut counts = histories.counts().to_vec();
    part_false_links(&mut counts, rates.wrong, random);
    join_missed_links(&mut counts, rates.missed, random);
    let pairs = counts
        .iter()
        .enumerate()
        .map(|(pattern, count)| (Pattern(pattern as u16), *count));
    // Parting adds people, but never more than there are records; at the very limit the table stays.
    Histories::new(histories.names().iter().cloned(), pairs).unwrap_or_else(|_| histories.clone())
}

/// Links by which the people of a pattern hang together.
fn links(pattern: usize) -> u64 {
    u64::from(pattern.count_ones()).saturating_sub(1)
}

fn part_false_links(counts: &mut [u64], wrong: f64, random: &mut Random) {
    for pattern in (1..counts.len()).rev().filter(|&p| links(p) > 0) {
        let parted = random
            .binomial(counts[pattern] * links(pattern), wrong)
            .min(counts[pattern]);
        spread(pattern, parted, random, |list, share| {
            counts[pattern] -= share;
            counts[pattern & !(1 << list)] += share;
            counts[1 << list] += share;
        });
    }
}

fn join_missed_links(counts: &mut [u64], missed: f64, random: &mut Random) {
    let before = counts.to_vec();
    for pattern in (1..counts.len()).filter(|&p| links(p) > 0) {
        // Of the true links, those that were made are the part (1 - missed).
        let mean = (before[pattern] * links(pattern)) as f64 * missed / (1.0 - missed);
        let joined = random.poisson(mean);
        spread(pattern, joined, random, |list, share| {
            let rest = pattern & !(1 << list);
            let alone = 1 << list;
            let possible = if rest == alone {
                0
            } else {
                counts[rest].min(counts[alone])
            };
            let share = share.min(possible);
            counts[rest] -= share;
            counts[alone] -= share;
            counts[pattern] += share;
        });
    }
}

/// Spreads a count evenly at random over the lists of a pattern.
fn spread(pattern: usize, count: u64, random: &mut Random, mut each: impl FnMut(usize, u64)) {
    let mut left = count;
    let lists: Vec<usize> = Pattern(pattern as u16).lists().collect();
    for (place, &list) in lists.iter().enumerate() {
        let share = random.binomial(left, 1.0 / (lists.len() - place) as f64);
        left -= share;
        each(list, share);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn table() -> Histories {
        let counts = [
            ("100", 900),
            ("010", 800),
            ("001", 700),
            ("110", 300),
            ("101", 200),
            ("011", 250),
            ("111", 90),
        ];
        Histories::from_digits(&["A", "B", "C"], &counts).unwrap()
    }

    #[test]
    fn records_on_each_list_stay() {
        let (table, mut random) = (table(), Random::new(3, 0));
        for _ in 0..50 {
            let drawn = undo(
                &table,
                LinkError {
                    missed: 0.1,
                    wrong: 0.1,
                },
                &mut random,
            );
            for list in 0..3 {
                assert_eq!(
                    drawn.on_all(Pattern(1 << list)),
                    table.on_all(Pattern(1 << list))
                );
            }
        }
    }

    #[test]
    fn missed_links_are_joined_and_false_ones_parted() {
        let (table, mut random) = (table(), Random::new(3, 0));
        let joined = undo(
            &table,
            LinkError {
                missed: 0.1,
                wrong: 0.0,
            },
            &mut random,
        );
        assert!(joined.observed() < table.observed());
        let parted = undo(
            &table,
            LinkError {
                missed: 0.0,
                wrong: 0.1,
            },
            &mut random,
        );
        assert!(parted.observed() > table.observed());
        assert_eq!(undo(&table, LinkError::NONE, &mut random), table);
    }

    #[test]
    fn rates_beyond_a_half_are_refused() {
        assert!(
            LinkError {
                missed: 0.6,
                wrong: 0.0
            }
            .check()
            .is_err()
        );
        assert!(
            LinkError {
                missed: 0.0,
                wrong: f64::NAN
            }
            .check()
            .is_err()
        );
    }
}
