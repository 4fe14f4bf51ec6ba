//! Whether the letters of a page make words. A font may draw the right shapes and name the wrong
//! letters; nothing but the letters themselves tells.
//!
//! Invariant: only pages with enough letters of the Latin script, or of no meaning at all, are
//! judged; a short page is never garbled.

use super::compose::Leaf;
use super::glyphs::is_private;
use crate::data::COMMON_WORDS;
use std::collections::{BTreeSet, HashSet};

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
    if latin * 10 < letters * 7 {
        return false;
    }
    let tokens = Tokens::of(text);
    if tokens.common * 25 > tokens.all {
        return false;
    }
    // Signs inside words, and few letters: codes that a font shifted.
    let shifted = tokens.signed * 8 > tokens.all && tokens.all >= 20;
    if shifted && tokens.common * 60 < tokens.all && letters * 2 < visible {
        return true;
    }
    if letters < ENOUGH {
        return signs * 2 > visible && digits * 4 < visible;
    }
    if tokens.different < DIFFERENT {
        return false;
    }
    likeness(text) < 0.8
}

/// What stands between white space.
struct Tokens {
    all: usize,
    /// Those that are common words, in the language that has most of them. Single letters are
    /// none: any text holds them.
    common: usize,
    /// Those with a letter and, inside, a sign that words do not hold.
    signed: usize,
    /// Different words of two letters and more.
    different: usize,
}

impl Tokens {
    fn of(text: &str) -> Self {
        let is_edge =
            |c: char| !c.is_alphanumeric() && !matches!(c, '#' | '$' | '%' | '&' | '~' | '^');
        let tokens = text
            .split_whitespace()
            .map(|token| token.trim_matches(is_edge));
        let tokens: Vec<&str> = tokens.filter(|token| !token.is_empty()).collect();
        let lower: Vec<String> = tokens.iter().map(|token| token.to_lowercase()).collect();
        let is_common =
            |common: &HashSet<String>, word: &&String| word.len() > 1 && common.contains(*word);
        let counts = COMMON_WORDS
            .values()
            .map(|common| lower.iter().filter(|word| is_common(common, word)).count());
        let is_sign = |c: char| {
            !c.is_alphanumeric()
                && !matches!(c, '\'' | '’' | '.' | '-' | '‑' | '–' | '/' | '@' | ':')
        };
        let signed = |token: &&&str| token.contains(char::is_alphabetic) && token.contains(is_sign);
        let words = text.split(|c: char| !c.is_alphabetic());
        let different: BTreeSet<String> = words
            .filter(|word| word.len() > 1)
            .map(str::to_lowercase)
            .collect();
        Self {
            all: tokens.len(),
            common: counts.max().unwrap_or(0),
            signed: tokens.iter().filter(signed).count(),
            different: different.len(),
        }
    }
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
        let codes: String = PROSE
            .chars()
            .map(|letter| match letter {
                '!'..='~' => char::from((letter as u8 - 32 + 29) % 95 + 32),
                other => other,
            })
            .collect();
        assert!(is_garbled(&codes));
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
