//! Whether a reading is in a language whose lexicon is here.
//!
//! Invariant: a reading that says its language is believed; one that does not is English only when
//! its most frequent words are.

use model::Reading;

/// English words that no English page of any length is without.
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "for", "on", "with",
];
/// Words looked at.
const SAMPLE: usize = 2_000;

/// The language of a reading by its primary subtag: `en`, `ko` …; `None` when it is not known.
pub(crate) fn of(reading: &Reading) -> Option<String> {
    if let Some(language) = &reading.language {
        let primary = language.value.split(['-', '_']).next().unwrap_or_default();
        return Some(primary.to_ascii_lowercase());
    }
    let mut words = 0;
    let mut common = 0;
    for word in reading.text.split_whitespace().take(SAMPLE) {
        words += 1;
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        common += usize::from(COMMON.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    (words >= 3 && common * 100 >= words * 8 || words < 40 && common >= 1).then(|| "en".to_owned())
}
