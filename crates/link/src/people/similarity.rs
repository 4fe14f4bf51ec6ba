//! Levels of agreement of two different texts. Invariant: the cheap bounds never change a level,
//! they only spare the comparison of texts whose letters cannot reach it.

use super::dictionary::{Dictionary, Outline, most_in_common};
use rapidfuzz::distance::{jaro_winkler, osa};

/// Remembers what was prepared for the record that is compared with many others in a row.
#[derive(Default)]
pub(crate) struct Prepared {
    id: u32,
    jaro_winkler: Option<jaro_winkler::BatchComparator<u8>>,
    edits: Option<osa::BatchComparator<u8>>,
}

impl Prepared {
    fn turn_to(&mut self, id: u32) {
        if self.id != id {
            *self = Self {
                id,
                ..Self::default()
            };
        }
    }
}

/// Most similarity that two texts can have after Jaro and Winkler, from their letters alone.
#[inline]
fn highest_similarity(a: &Outline, b: &Outline) -> f64 {
    let common = f64::from(most_in_common(a, b).min(u32::from(a.length.min(b.length))));
    if common == 0.0 {
        return 0.0;
    }
    let jaro = (common / f64::from(a.length) + common / f64::from(b.length) + 1.0) / 3.0;
    let mut head = 0u8;
    while head < 4
        && a.head[usize::from(head)] == b.head[usize::from(head)]
        && head < a.length.min(b.length)
    {
        head += 1;
    }
    jaro + f64::from(head) * 0.1 * (1.0 - jaro)
}

/// Bounds and cutoffs are sums in another order than the similarity itself: at equality they may
/// fall on the other side.
const ROUNDING: f64 = 1e-9;

/// Level of two texts with different ids, both known: 2 near, 3 alike, 4 different.
#[inline]
pub(crate) fn by_similarity(
    texts: &Dictionary,
    a: u32,
    b: u32,
    near: f64,
    alike: f64,
    prepared: &mut Prepared,
) -> u32 {
    if highest_similarity(texts.outline(a), texts.outline(b)) < alike - ROUNDING {
        return 4;
    }
    prepared.turn_to(a);
    let comparator = prepared
        .jaro_winkler
        .get_or_insert_with(|| jaro_winkler::BatchComparator::new(texts.bytes(a).iter().copied()));
    let cutoff = jaro_winkler::Args::default().score_cutoff(alike - ROUNDING);
    match comparator.similarity_with_args(texts.bytes(b).iter().copied(), &cutoff) {
        Some(similarity) if similarity >= near => 2,
        Some(similarity) if similarity >= alike => 3,
        _ => 4,
    }
}

/// Level of two texts with different ids, both known: 2 few edits, 3 some edits, 4 different.
#[inline]
pub(crate) fn by_edits(
    texts: &Dictionary,
    a: u32,
    b: u32,
    few: u8,
    some: u8,
    prepared: &mut Prepared,
) -> u32 {
    let (one, other) = (texts.outline(a), texts.outline(b));
    let longer = u32::from(one.length.max(other.length));
    if longer.saturating_sub(most_in_common(one, other)) > u32::from(some) {
        return 4;
    }
    prepared.turn_to(a);
    let comparator = prepared
        .edits
        .get_or_insert_with(|| osa::BatchComparator::new(texts.bytes(a).iter().copied()));
    let cutoff = osa::Args::default().score_cutoff(usize::from(some));
    match comparator.distance_with_args(texts.bytes(b).iter().copied(), &cutoff) {
        Some(edits) if edits <= usize::from(few) => 2,
        Some(_) => 3,
        None => 4,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::dictionary::Interner;
    use super::*;

    fn dictionary(texts: &[&str]) -> Dictionary {
        let mut interner = Interner::default();
        for text in texts {
            interner.intern(text).unwrap();
        }
        interner.finish().0
    }

    #[test]
    fn near_names_are_near_and_edits_are_counted() {
        let texts = dictionary(&[
            "hyesok",
            "hyesuk",
            "mansu",
            "1964-09-10",
            "1964-09-01",
            "1923-01-31",
        ]);
        let id = |text: &str| texts.id(text).unwrap();
        let names = |a, b| by_similarity(&texts, id(a), id(b), 0.92, 0.8, &mut Prepared::default());
        assert_eq!(names("hyesok", "hyesuk"), 2);
        assert_eq!(names("hyesok", "mansu"), 4);
        // Exactly 0.8: the cutoff must not lose it to rounding.
        let level = |a: &str, b: &str| {
            let texts = dictionary(&[a, b]);
            let id = |text: &str| texts.id(text).unwrap();
            by_similarity(&texts, id(a), id(b), 0.92, 0.8, &mut Prepared::default())
        };
        assert_eq!(level("cbaeaaaaaaaa", "cbe"), 3);
        let dates = |a, b| by_edits(&texts, id(a), id(b), 1, 2, &mut Prepared::default());
        assert_eq!(
            dates("1964-09-10", "1964-09-01"),
            2,
            "two neighbouring signs swapped are one edit"
        );
        assert_eq!(dates("1964-09-10", "1923-01-31"), 4);
    }

    proptest::proptest! {
        #[test]
        fn bounds_do_not_change_levels(a in "[a-e]{1,20}", b in "[a-e]{1,20}") {
            let texts = dictionary(&[&a, &b]);
            if a != b {
                let (x, y) = (texts.id(&a).unwrap(), texts.id(&b).unwrap());
                let exact = jaro_winkler::similarity(a.bytes(), b.bytes());
                let level = if exact >= 0.92 { 2 } else if exact >= 0.8 { 3 } else { 4 };
                proptest::prop_assert_eq!(by_similarity(&texts, x, y, 0.92, 0.8, &mut Prepared::default()), level);
                let edits = osa::distance(a.bytes(), b.bytes());
                let level = if edits <= 1 { 2 } else if edits <= 2 { 3 } else { 4 };
                proptest::prop_assert_eq!(by_edits(&texts, x, y, 1, 2, &mut Prepared::default()), level);
            }
        }
    }
}
