//! Whether the letters of a page make words. A font may draw the right shapes and name the wrong
//! letters; nothing but the letters themselves tells.
//!
//! Invariant: only pages with enough letters of the Latin script, or of no meaning at all, are
//! judged; a short page is never garbled.

use super::compose::Leaf;
use super::glyphs::is_private;
use crate::data::COMMON_WORDS;
use std::collections::BTreeSet;

/// Letters that a page must have to be judged.
const ENOUGH: usize = 150;

/// Words, all different, that a page must have to be judged by its letters.
const DIFFERENT: usize = 20;

/// How often each letter from a to z stands in a thousand of European prose, over English,
/// French, Spanish, German, Portuguese and Indonesian alike.
const USUAL: [f32; 26] = [
    95.0, 15.0, 31.0, 43.0, 140.0, 13.0, 17.0, 25.0, 77.0, 4.0, 8.0, 47.0, 29.0, 76.0, 66.0, 25.0,
    6.0, 67.0, 72.0, 68.0, 40.0, 12.0, 9.0, 2.0, 11.0, 5.0,
];

/// For each page, whether its letters make no words.
pub(super) fn pages(leaves: &[Leaf]) -> Vec<bool> {
    leaves
        .iter()
        .map(|leaf| {
            let mut text = String::new();
            for line in &leaf.lines {
                text.push_str(&line.text);
                text.push('\n');
            }
            is_garbled(&text)
        })
        .collect()
}

/// Whether a text of some length is no language.
pub(super) fn is_garbled(text: &str) -> bool {
    let visible = text.chars().filter(|c| !c.is_whitespace()).count();
    if visible < ENOUGH {
        return false;
    }
    let lost = text.chars().filter(|&c| is_private(c)).count();
    if lost * 2 > visible {
        return true;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // Signs instead of letters; tables of numbers are none.
    let signs = visible - letters - digits;
    if letters < ENOUGH {
        return signs * 2 > visible && digits * 4 < visible;
    }
    if latin * 10 < letters * 7 {
        return false;
    }
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let different: BTreeSet<&String> = words.iter().filter(|word| word.len() > 1).collect();
    if different.len() < DIFFERENT {
        return false;
    }
    let common = COMMON_WORDS
        .values()
        .map(|common| words.iter().filter(|word| common.contains(*word)).count())
        .max()
        .unwrap_or(0);
    if common * 25 > words.len() {
        return false;
    }
    likeness(text) < 0.8
}

/// How alike the frequencies of letters are to those of prose: 1 is the same.
fn likeness(text: &str) -> f32 {
    let mut counts = [0.0f32; 26];
    for letter in text.chars().filter(char::is_ascii_alphabetic) {
        counts[usize::from(letter.to_ascii_lowercase() as u8 - b'a')] += 1.0;
    }
    let product: f32 = counts.iter().zip(&USUAL).map(|(a, b)| a * b).sum();
    let length = |values: &[f32; 26]| values.iter().map(|value| value * value).sum::<f32>().sqrt();
    product / (length(&counts) * length(&USUAL)).max(f32::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The Commission found that crimes against humanity had been committed in \
        the camps, entailing extermination, murder, enslavement, torture, imprisonment and rape, \
        and that those who gave the orders knew what was being done in their name.";

    #[test]
    fn shifted_letters_are_found_and_prose_is_not() {
        let shifted: String = PROSE
            .chars()
            .map(|letter| match letter {
                'a'..='z' => char::from((letter as u8 - b'a' + 7) % 26 + b'a'),
                other => other,
            })
            .collect();
        assert!(is_garbled(&shifted));
        assert!(!is_garbled(PROSE));
        let up: String = PROSE
            .chars()
            .map(|letter| char::from(letter as u8 - 0x1d).max('!'))
            .collect();
        assert!(is_garbled(&up));
    }

    #[test]
    fn other_scripts_tables_and_short_texts_are_left_alone() {
        assert!(!is_garbled(
            &"유엔 인권이사회는 결의를 채택하였다 ".repeat(20)
        ));
        assert!(!is_garbled(&"1954 17 03 2013 88 ".repeat(30)));
        assert!(!is_garbled("qxzv wkkj"));
        let polish = "Rzecznik praw obywatelskich wezwał władze do natychmiastowego uwolnienia \
            wszystkich zatrzymanych oraz do wyjaśnienia losu osób zaginionych podczas protestów, \
            które odbyły się w stolicy w ubiegłym tygodniu, kiedy policja użyła siły.";
        assert!(!is_garbled(polish));
    }
}
