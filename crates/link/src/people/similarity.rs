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

/// Texts up to this length are looked up; longer ones are reckoned.
const LOOKED_UP: usize = 32;

/// Whether two texts can be alike after Jaro and Winkler, from their letters alone.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    alike: f64,
    /// Of two lengths and a common head, the fewest letters in common that suffice.
    fewest: Vec<u8>,
}

impl Letters {
    /// For texts that must be similar to at least this degree.
    pub(crate) fn new(alike: f64) -> Self {
        let mut fewest = vec![0; (LOOKED_UP + 1) * (LOOKED_UP + 1) * 5];
        for (at, fewest) in fewest.iter_mut().enumerate() {
            let (a, b, head) = (at / 5 / (LOOKED_UP + 1), at / 5 % (LOOKED_UP + 1), at % 5);
            let reaches = |common: &usize| highest(*common, a, b, head) >= alike - ROUNDING;
            *fewest = (0..=LOOKED_UP)
                .find(reaches)
                .map_or(u8::MAX, |common| common as u8);
        }
        Self { alike, fewest }
    }

    /// False only where the texts are certainly less similar.
    #[inline]
    pub(crate) fn allow(&self, a: &Outline, b: &Outline) -> bool {
        let common = most_in_common(a, b).min(u32::from(a.length.min(b.length)));
        let (first, second) = (usize::from(a.length), usize::from(b.length));
        let head = common_head(a, b);
        if first > LOOKED_UP || second > LOOKED_UP {
            return highest(common as usize, first, second, head) >= self.alike - ROUNDING;
        }
        common >= u32::from(self.fewest[(first * (LOOKED_UP + 1) + second) * 5 + head])
    }
}

/// How many of the first four bytes two texts share.
#[inline]
fn common_head(a: &Outline, b: &Outline) -> usize {
    let apart = u32::from_le_bytes(a.head) ^ u32::from_le_bytes(b.head);
    let shared = (apart.trailing_zeros() / 8) as u8;
    usize::from(shared.min(a.length).min(b.length).min(4))
}

/// Most similarity that two texts of these lengths can have with so many letters in common.
fn highest(common: usize, a: usize, b: usize, head: usize) -> f64 {
    if common == 0 {
        return 0.0;
    }
    let common = common as f64;
    let jaro = (common / a as f64 + common / b as f64 + 1.0) / 3.0;
    jaro + head as f64 * 0.1 * (1.0 - jaro)
}

/// Bounds and cutoffs are sums in another order than the similarity itself: at equality they may
/// fall on the other side.
const ROUNDING: f64 = 1e-9;

/// Level of two texts with different ids, both known, whose [`Letters`] allow it: 2 near, 3 alike,
/// 4 different.
#[inline]
pub(crate) fn by_similarity(
    texts: &Dictionary,
    a: u32,
    b: u32,
    near: f64,
    alike: f64,
    prepared: &mut Prepared,
) -> u32 {
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

/// Whether the letters of two texts allow so few edits.
#[inline]
pub(crate) fn letters_allow_edits(a: &Outline, b: &Outline, some: u8) -> bool {
    let longer = u32::from(a.length.max(b.length));
    longer.saturating_sub(most_in_common(a, b)) <= u32::from(some)
}

/// Level of two texts with different ids, both known, whose letters allow it: 2 few edits, 3 some
/// edits, 4 different.
#[inline]
pub(crate) fn by_edits(
    texts: &Dictionary,
    a: u32,
    b: u32,
    few: u8,
    some: u8,
    prepared: &mut Prepared,
) -> u32 {
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
        fn bounds_do_not_change_levels(a in "[a-e]{1,40}", b in "[a-e]{1,40}") {
            let texts = dictionary(&[&a, &b]);
            if a != b {
                let (x, y) = (texts.id(&a).unwrap(), texts.id(&b).unwrap());
                let exact = jaro_winkler::similarity(a.bytes(), b.bytes());
                let level = if exact >= 0.92 { 2 } else if exact >= 0.8 { 3 } else { 4 };
                let allowed = Letters::new(0.8).allow(texts.outline(x), texts.outline(y));
                proptest::prop_assert!(allowed || level == 4);
                proptest::prop_assert_eq!(by_similarity(&texts, x, y, 0.92, 0.8, &mut Prepared::default()), level);
                let edits = osa::distance(a.bytes(), b.bytes());
                let level = if edits <= 1 { 2 } else if edits <= 2 { 3 } else { 4 };
                proptest::prop_assert!(letters_allow_edits(texts.outline(x), texts.outline(y), 2) || level == 4);
                proptest::prop_assert_eq!(by_edits(&texts, x, y, 1, 2, &mut Prepared::default()), level);
            }
        }
    }
}
