//! Whether a reading is in a language whose lexicon is here.
//!
//! Invariant: a reading that says its language is believed; one that does not is English only when
//! its most frequent words are, or, of a few words, most of them (`Soldiers fired, killing seven farmers.`).

use model::Reading;

/// English words that no English page of any length is without.
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "for", "on", "with",
];
/// Words looked at.
const SAMPLE: usize = 2_000;
/// The words of a text that says too little for its frequent words to be counted.
const SHORT: usize = 40;

/// The language of a reading by its primary subtag: `en`, `ko` …; `None` when it is not known.
/// `is_english` tells whether a word in small letters is in the English lexicon.
pub(crate) fn of(reading: &Reading, is_english: impl Fn(&str) -> bool) -> Option<String> {
    if let Some(language) = &reading.language {
        let primary = language.value.split(['-', '_']).next().unwrap_or_default();
        return Some(primary.to_ascii_lowercase());
    }
    let mut words = 0;
    let mut common = 0;
    let mut known = 0;
    for word in reading.text.split_whitespace().take(SAMPLE) {
        words += 1;
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        common += usize::from(COMMON.iter().any(|known| word.eq_ignore_ascii_case(known)));
        known += usize::from(words <= SHORT && is_english(&word.to_lowercase()));
    }
    let most = (3..SHORT).contains(&words) && known * 100 >= words * 60;
    let frequent = words >= 3 && common * 100 >= words * 8 || words < SHORT && common >= 1;
    (frequent || most).then(|| "en".to_owned())
}
