//! The language of the clean text: by its script where that decides, else by trigrams
//! (whatlang), checked against what the document declares.

use super::Page;
use crate::data::COMMON_WORDS;
use crate::facts::{Facts, found};
use std::sync::LazyLock;
use whatlang::{Detector, Lang, Script};

/// Bytes of clean text that are looked at.
const SAMPLE: usize = 1500;
/// Letters below which trigrams are not asked.
const ENOUGH: usize = 24;

pub(super) fn settle(page: &Page<'_, '_>, facts: &mut Facts) {
    let sample = sample(page);
    let detected = detect(&sample);
    let declared = facts
        .language
        .take()
        .and_then(|found| Some((tag(&found.value)?, found)));
    facts.language = match (declared, detected) {
        (Some((tag, declared)), Some((code, _))) if primary(&tag) == code => Some(model::Found {
            value: tag,
            basis: format!("{}, and the text agrees", declared.basis),
            span: declared.span,
        }),
        (Some((tag, declared)), Some((code, true))) => {
            facts.remarks.push(format!(
                "The document declares the language {tag} ({}), but its text is in {code}.",
                declared.basis
            ));
            Some(found(code.to_owned(), "detected in the text"))
        }
        (Some((tag, declared)), _) => Some(model::Found {
            value: tag,
            ..declared
        }),
        (None, Some((code, _))) => Some(found(code.to_owned(), "detected in the text")),
        (None, None) => None,
    };
}

fn sample(page: &Page<'_, '_>) -> String {
    let mut sample = String::new();
    for index in 0..page.len() {
        if page.is_clean(index) {
            sample.push_str(page.draft.text_at(index));
            sample.push('\n');
            if sample.len() > SAMPLE {
                break;
            }
        }
    }
    let mut end = sample.len().min(2 * SAMPLE);
    while !sample.is_char_boundary(end) {
        end -= 1;
    }
    sample.truncate(end);
    sample
}

/// The ISO 639-1 code of the text's language, and whether it is sure enough to contradict what
/// the document declares.
pub(super) fn detect(text: &str) -> Option<(&'static str, bool)> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 8 {
        return None;
    }
    let share = |from: char, to: char| {
        let here = text.chars().filter(|c| (from..=to).contains(c)).count();
        here * 10 >= letters * 3
    };
    let kana = text
        .chars()
        .filter(|c| ('\u{3040}'..='\u{30ff}').contains(c))
        .count();
    if share('\u{ac00}', '\u{d7a3}') {
        return Some(("ko", true));
    }
    if kana * 20 >= letters {
        return Some(("ja", true));
    }
    if share('\u{4e00}', '\u{9fff}') {
        return Some(("zh", true));
    }
    if letters < ENOUGH {
        return None;
    }
    let info = DETECTOR.detect(text)?;
    let (_, code) = LANGUAGES.iter().find(|(lang, _)| *lang == info.lang())?;
    if info.script() == Script::Latin && !info.is_reliable() {
        let sure = by_common_words(text).map(|code| (code, true));
        return sure.or_else(|| Some((with_guess(text, code, letters)?, false)));
    }
    Some((code, true))
}

/// Letters from which on a guess by trigrams counts although it is not sure.
const GUESSED: usize = 70;

/// The language for which common words and trigrams speak together.
fn with_guess(text: &str, guess: &'static str, letters: usize) -> Option<&'static str> {
    let counts = common_counts(text);
    let weighed = counts.iter().map(|&(count, code)| {
        // Trigrams are worth a word and a half.
        (2 * count + if code == guess { 3 } else { 0 }, code)
    });
    let (most, code) = weighed.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)))?;
    let known = counts.iter().any(|(_, code)| *code == guess);
    if !known && most < 6 {
        return (letters >= GUESSED).then_some(guess);
    }
    (most >= 6 || (code == guess && letters >= GUESSED)).then_some(code)
}

/// The language whose commonest words make up a good part of a short text, and of no other
/// language's nearly as many.
fn by_common_words(text: &str) -> Option<&'static str> {
    let mut counts = common_counts(text);
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let [(most, code), (second, _), ..] = *counts.as_slice() else {
        return None;
    };
    let words = text.split(|c: char| !c.is_alphabetic());
    let words = words.filter(|word| !word.is_empty()).count();
    (most >= 3 && most >= second * 2 && most * 6 >= words).then_some(code)
}

/// How many words of a text are among the commonest of each language.
fn common_counts(text: &str) -> Vec<(usize, &'static str)> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let counts = COMMON_WORDS.iter().map(|(code, common)| {
        let here = words.iter().filter(|word| common.contains(*word)).count();
        (here, code.as_str())
    });
    counts.collect()
}

/// Asks for the languages below only: fewer candidates, surer answers.
static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|(lang, _)| *lang).collect()));

/// The languages that are told apart, with their ISO 639-1 codes.
const LANGUAGES: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Deu, "de"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Bel, "be"),
    (Lang::Ara, "ar"),
    (Lang::Pes, "fa"),
    (Lang::Urd, "ur"),
    (Lang::Heb, "he"),
    (Lang::Cmn, "zh"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Mya, "my"),
    (Lang::Vie, "vi"),
    (Lang::Tha, "th"),
    (Lang::Khm, "km"),
    (Lang::Ind, "id"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Fin, "fi"),
    (Lang::Ces, "cs"),
    (Lang::Hun, "hu"),
    (Lang::Ron, "ro"),
    (Lang::Bul, "bg"),
    (Lang::Ell, "el"),
    (Lang::Hin, "hi"),
    (Lang::Ben, "bn"),
    (Lang::Tam, "ta"),
    (Lang::Amh, "am"),
];

/// A declared language as a tag: `en_US` → `en-US`; nothing that is no tag.
fn tag(value: &str) -> Option<String> {
    let tag = value.trim().replace('_', "-");
    let primary = primary(&tag);
    let fits = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && tag.len() <= 35
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then_some(tag)
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_decides_where_it_can() {
        assert_eq!(
            detect("유엔 인권이사회는 결의를 채택하였다"),
            Some(("ko", true))
        );
        assert_eq!(detect("国連人権理事会は決議を採択した"), Some(("ja", true)));
        assert_eq!(detect("联合国人权理事会通过了决议"), Some(("zh", true)));
    }

    #[test]
    fn words_decide_among_latin_languages() {
        let english = "The Human Rights Council decided to establish a commission of inquiry.";
        let french = "Le Conseil des droits de l’homme a décidé de créer une commission d’enquête.";
        assert_eq!(detect(english), Some(("en", true)));
        assert_eq!(detect(french), Some(("fr", true)));
        assert_eq!(detect("Camp 15"), None);
    }
}
