//! Which language each passage is in.
//!
//! Invariant: a script that only one pack writes decides; else the most frequent words do; a
//! passage that says too little is in the language of its document.

use super::Packs;
use model::Reading;
use std::collections::BTreeMap;

/// English words that no English page of any length is without.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "for", "on", "with", "was", "were", "by", "as",
    "it", "at", "from", "has", "have", "be", "are", "an",
];
/// Words of a passage that are looked at.
const SAMPLE: usize = 400;

/// The languages of the clean passages, by their numbers: primary subtags, `None` where neither
/// passage nor document gives one. `document` is what the document says, or was found to be.
pub(crate) fn languages(
    packs: &Packs,
    reading: &Reading,
    document: Option<&str>,
) -> Vec<(u32, Option<String>)> {
    let index = model::CharIndex::new(&reading.text);
    let mut found: Vec<(u32, Option<String>)> = Vec::new();
    let mut weight: BTreeMap<String, usize> = BTreeMap::new();
    for passage in reading.clean() {
        let words = index.slice(&reading.text, passage.span).unwrap_or_default();
        let language = of_words(packs, words, document);
        if let Some(language) = &language {
            *weight.entry(language.clone()).or_default() += words.len();
        }
        found.push((passage.number, language));
    }
    let heaviest = weight.into_iter().max_by_key(|(_, weight)| *weight);
    let main = document
        .map(str::to_owned)
        .or(heaviest.map(|(language, _)| language));
    for (_, language) in &mut found {
        if language.is_none() {
            language.clone_from(&main);
        }
    }
    found
}

/// The language that the words themselves show.
fn of_words(packs: &Packs, words: &str, document: Option<&str>) -> Option<String> {
    let (mut hangul, mut kana, mut han, mut latin) = (0, 0, 0, 0);
    for letter in words.chars() {
        match letter {
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => hangul += 1,
            '\u{3041}'..='\u{30ff}' => kana += 1,
            '\u{4e00}'..='\u{9fff}' => han += 1,
            _ if letter.is_alphabetic() => latin += 1,
            _ => {}
        }
    }
    // A syllable says as much as three letters.
    if hangul * 3 > latin && hangul > 0 && hangul >= kana {
        return Some("ko".to_owned());
    }
    if (kana + han) * 3 > latin && kana > 0 {
        return Some("ja".to_owned());
    }
    if han * 3 > latin && han > 0 {
        return document
            .filter(|language| matches!(*language, "ja" | "zh" | "ko"))
            .map(str::to_owned);
    }
    by_frequent_words(packs, words)
}

fn by_frequent_words(packs: &Packs, words: &str) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut total = 0;
    for word in words
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(SAMPLE)
    {
        total += 1;
        let word = word.to_lowercase();
        if ENGLISH.contains(&word.as_str()) {
            *counts.entry("en").or_default() += 1;
        }
        for language in packs.with_common(&word) {
            *counts.entry(language).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, &str)> =
        counts.iter().map(|(name, count)| (*count, *name)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let (first, language) = ranked.first().copied()?;
    let second = ranked.get(1).map_or(0, |(count, _)| *count);
    let clear = first >= 3 && first * 12 >= total && first >= second + 2;
    clear.then(|| language.to_owned())
}
