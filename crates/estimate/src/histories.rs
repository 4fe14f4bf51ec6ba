//! Capture histories: how many people stand on exactly which lists.
//!
//! Invariant: list names differ, the count of people on no list is zero (it is what is sought), and
//! the total stays below [`MOST_PEOPLE`], so that sums of counts never overflow.

use crate::error::InputError;
use serde::{Deserialize, Serialize};

/// Most lists in one table. Methods have lower limits of their own, which they state.
pub const MOST_LISTS: usize = 10;
/// Most people in one table: more than have ever lived at one time.
pub const MOST_PEOPLE: u64 = 10_000_000_000;

/// The set of lists on which somebody stands: bit `j` is set for list number `j`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pattern(pub u16);

impl Pattern {
    /// The pattern of the lists with these numbers (from zero); numbers above 15 are an error.
    pub fn of(lists: &[usize]) -> Result<Self, InputError> {
        lists.iter().try_fold(Self(0), |pattern, &index| {
            if index >= MOST_LISTS {
                return Err(InputError::UnknownList {
                    index,
                    lists: MOST_LISTS,
                });
            }
            Ok(Self(pattern.0 | 1 << index))
        })
    }

    /// Number of lists in the set.
    pub fn size(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether list number `list` is in the set.
    pub fn has(self, list: usize) -> bool {
        list < 16 && self.0 >> list & 1 == 1
    }

    /// Whether every list of `other` is in this set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Numbers of the lists in the set, ascending.
    pub fn lists(self) -> impl Iterator<Item = usize> {
        (0..16).filter(move |&list| self.has(list))
    }

    /// One digit a list, the first list first: `101` is on the first and third of three lists.
    pub fn digits(self, lists: usize) -> String {
        (0..lists)
            .map(|list| if self.has(list) { '1' } else { '0' })
            .collect()
    }
}

/// How many people stand on exactly which of up to [`MOST_LISTS`] lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histories {
    names: Vec<String>,
    /// Indexed by pattern; the first is always zero.
    counts: Vec<u64>,
}

impl Histories {
    /// A table from counts by pattern; counts of the same pattern are added up.
    ///
    /// # Errors
    /// Names that are missing, too many or repeated; patterns outside the lists or empty with a
    /// count; totals above [`MOST_PEOPLE`].
    pub fn new<N: Into<String>>(
        names: impl IntoIterator<Item = N>,
        counts: impl IntoIterator<Item = (Pattern, u64)>,
    ) -> Result<Self, InputError> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.is_empty() || names.len() > MOST_LISTS {
            return Err(InputError::Lists {
                given: names.len(),
                most: MOST_LISTS,
            });
        }
        for (place, name) in names.iter().enumerate() {
            if names[..place].contains(name) {
                return Err(InputError::SameName(name.clone()));
            }
        }
        let mut table = Self {
            counts: vec![0; 1 << names.len()],
            names,
        };
        let mut total = 0_u64;
        for (pattern, count) in counts {
            table.check(pattern, count)?;
            total = total.saturating_add(count);
            if total > MOST_PEOPLE {
                return Err(InputError::TooMany { most: MOST_PEOPLE });
            }
            table.counts[usize::from(pattern.0)] += count;
        }
        Ok(table)
    }

    /// A table from patterns in digits, as they are printed in the literature (`"1010"`).
    ///
    /// # Errors
    /// As [`Histories::new`], and patterns that are not one digit a list.
    pub fn from_digits(names: &[&str], counts: &[(&str, u64)]) -> Result<Self, InputError> {
        let parsed = counts
            .iter()
            .map(|&(digits, count)| Ok((parse_digits(digits, names.len())?, count)))
            .collect::<Result<Vec<_>, _>>()?;
        Self::new(names.iter().copied(), parsed)
    }

    /// A table from the lists of each person. People on no list are left out of it.
    ///
    /// # Errors
    /// As [`Histories::new`].
    pub fn from_people<N: Into<String>>(
        names: impl IntoIterator<Item = N>,
        people: impl IntoIterator<Item = Pattern>,
    ) -> Result<Self, InputError> {
        Self::new(
            names,
            people.into_iter().filter(|p| p.0 != 0).map(|p| (p, 1)),
        )
    }

    fn check(&self, pattern: Pattern, count: u64) -> Result<(), InputError> {
        if usize::from(pattern.0) >= self.counts.len() {
            let index = 15 - pattern.0.leading_zeros() as usize;
            return Err(InputError::UnknownList {
                index,
                lists: self.names.len(),
            });
        }
        if pattern.0 == 0 && count > 0 {
            return Err(InputError::CountOfUnseen);
        }
        Ok(())
    }

    /// Number of lists.
    pub fn lists(&self) -> usize {
        self.names.len()
    }

    /// Names of the lists, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// People on at least one list.
    pub fn observed(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// People on exactly these lists; zero for a pattern outside the table.
    pub fn count(&self, pattern: Pattern) -> u64 {
        self.counts
            .get(usize::from(pattern.0))
            .copied()
            .unwrap_or(0)
    }

    /// Counts indexed by pattern, the (always zero) count of the unseen first.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// People on all of these lists, whatever other lists they are on.
    pub fn on_all(&self, pattern: Pattern) -> u64 {
        self.patterns()
            .filter(|(p, _)| p.contains(pattern))
            .map(|(_, count)| count)
            .sum()
    }

    /// Patterns that somebody has, with their counts, by number.
    pub fn patterns(&self) -> impl Iterator<Item = (Pattern, u64)> + '_ {
        // At most 2^10 patterns, so the cast is exact.
        self.counts
            .iter()
            .enumerate()
            .filter(|(_, c)| **c > 0)
            .map(|(p, c)| (Pattern(p as u16), *c))
    }

    /// People by the number of lists on which they stand: the first figure is one list.
    pub fn by_number_of_lists(&self) -> Vec<u64> {
        let mut by_size = vec![0; self.lists()];
        for (pattern, count) in self.patterns() {
            by_size[pattern.size() - 1] += count;
        }
        by_size
    }

    /// Pairs of lists, each with how many people are on both.
    pub fn pairs(&self) -> Vec<(usize, usize, u64)> {
        let mut pairs = Vec::new();
        for first in 0..self.lists() {
            for second in first + 1..self.lists() {
                pairs.push((
                    first,
                    second,
                    self.on_all(Pattern(1 << first | 1 << second)),
                ));
            }
        }
        pairs
    }

    /// The same people seen through fewer lists. Whoever is only on the lists that are left out is
    /// no longer in the table.
    ///
    /// # Errors
    /// A number outside the table, or no list kept.
    pub fn keep_lists(&self, keep: &[usize]) -> Result<Self, InputError> {
        if let Some(&index) = keep.iter().find(|&&index| index >= self.lists()) {
            return Err(InputError::UnknownList {
                index,
                lists: self.lists(),
            });
        }
        let narrowed = self.patterns().map(|(pattern, count)| {
            let bits = keep
                .iter()
                .enumerate()
                .filter(|&(_, &old)| pattern.has(old));
            (
                Pattern(bits.fold(0, |bits, (new, _)| bits | 1 << new)),
                count,
            )
        });
        Self::new(
            keep.iter().map(|&k| self.names[k].clone()),
            narrowed.filter(|(p, _)| p.0 != 0),
        )
    }

    /// The table of both together, such as two strata of one population.
    ///
    /// # Errors
    /// Different lists, or too many people.
    pub fn plus(&self, other: &Self) -> Result<Self, InputError> {
        if self.names != other.names {
            return Err(InputError::DifferentLists(other.names.join(", ")));
        }
        Self::new(
            self.names.iter().cloned(),
            self.patterns().chain(other.patterns()),
        )
    }

    /// Names of the lists of a pattern, with commas between: `EXH, OSCE`.
    pub fn name_of(&self, pattern: Pattern) -> String {
        let named: Vec<&str> = pattern
            .lists()
            .filter_map(|j| self.names.get(j))
            .map(String::as_str)
            .collect();
        named.join(", ")
    }
}

fn parse_digits(digits: &str, lists: usize) -> Result<Pattern, InputError> {
    let wrong = || InputError::Digits(digits.chars().take(40).collect());
    if digits.len() != lists || lists > MOST_LISTS {
        return Err(wrong());
    }
    digits
        .bytes()
        .enumerate()
        .try_fold(Pattern(0), |pattern, (list, digit)| match digit {
            b'0' => Ok(pattern),
            b'1' => Ok(Pattern(pattern.0 | 1 << list)),
            _ => Err(wrong()),
        })
}

/// As it stands in a report: names, and each pattern in digits with its count.
impl Serialize for Histories {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let counts: std::collections::BTreeMap<String, u64> = self
            .patterns()
            .map(|(p, count)| (p.digits(self.lists()), count))
            .collect();
        let mut table = serializer.serialize_struct("Histories", 3)?;
        table.serialize_field("lists", &self.names)?;
        table.serialize_field("observed", &self.observed())?;
        table.serialize_field("counts", &counts)?;
        table.end()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn small() -> Histories {
        Histories::from_digits(
            &["A", "B", "C"],
            &[("100", 5), ("110", 3), ("011", 2), ("111", 1)],
        )
        .unwrap()
    }

    #[test]
    fn counts_add_up_by_list_overlap_and_number() {
        let table = small();
        assert_eq!(table.observed(), 11);
        assert_eq!(table.on_all(Pattern(0b001)), 9);
        assert_eq!(table.on_all(Pattern(0b110)), 3);
        assert_eq!(table.by_number_of_lists(), [5, 5, 1]);
        assert_eq!(table.pairs(), [(0, 1, 4), (0, 2, 1), (1, 2, 3)]);
    }

    #[test]
    fn leaving_a_list_out_keeps_who_is_on_another() {
        let kept = small().keep_lists(&[1, 2]).unwrap();
        assert_eq!(kept.names(), ["B", "C"]);
        assert_eq!(kept.counts(), [0, 3, 0, 3]);
        assert!(small().keep_lists(&[]).is_err());
        assert!(small().keep_lists(&[7]).is_err());
    }

    #[test]
    fn people_on_no_list_are_not_counted_as_seen() {
        let table =
            Histories::from_people(["A", "B"], [Pattern(0), Pattern(1), Pattern(3)]).unwrap();
        assert_eq!(table.observed(), 2);
        assert_eq!(
            Histories::new(["A"], [(Pattern(0), 1)]),
            Err(InputError::CountOfUnseen)
        );
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        assert!(matches!(
            Histories::from_digits(&["A", "A"], &[]),
            Err(InputError::SameName(_))
        ));
        assert!(matches!(
            Histories::from_digits(&["A", "B"], &[("1", 1)]),
            Err(InputError::Digits(_))
        ));
        assert!(matches!(
            Histories::new(["A"], [(Pattern(2), 1)]),
            Err(InputError::UnknownList { index: 1, .. })
        ));
        let huge = Histories::from_digits(&["A"], &[("1", u64::MAX), ("1", u64::MAX)]);
        assert!(
            huge.unwrap_err()
                .to_string()
                .contains("no population reaches")
        );
        assert!(Histories::new(Vec::<String>::new(), []).is_err());
    }
}
