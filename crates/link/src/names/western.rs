//! Names of no particular tradition: given names first, surname last, unless the writing says
//! otherwise.
//!
//! Invariant: never fails on letters; marks, case and hyphens make no difference.

use super::key::Key;
use super::latin_text::plain;
use super::parsed::{Order, Reading, Script, Tradition};
use super::written::Word;

/// What a letter of an unlisted name costs, as a logarithm in hundredths.
const LETTER: i32 = -230;
/// What a name costs that nothing is known of, as a logarithm in hundredths.
const UNKNOWN: i32 = -500;

/// The folded letters: marks and doubled letters dropped.
pub(super) fn fold(words: &[Word]) -> Key {
    let mut key = Key::default();
    let mut last = 0;
    for word in words {
        for part in &word.parts {
            for byte in plain(part) {
                if byte != last {
                    key.push(&[byte]);
                }
                last = byte;
            }
        }
    }
    key
}

/// Readings of a form as a name of no particular tradition.
pub(super) fn read(words: &[Word], script: Script) -> Vec<Reading> {
    let letters: usize = words
        .iter()
        .flat_map(|word| &word.parts)
        .map(Vec::len)
        .sum();
    let weight = i32::try_from(letters)
        .unwrap_or(i32::MAX / 1000)
        .saturating_mul(LETTER)
        + UNKNOWN;
    let make = |surname: &[Word], given: &[Word], order, why, prior: i32| Reading {
        tradition: Tradition::Western,
        script,
        surname: (!surname.is_empty()).then(|| joined(surname)),
        given: joined(given),
        order,
        why,
        surname_key: fold(surname),
        given_key: fold(given),
        given_second: None,
        weight: weight + prior,
    };
    if letters == 0 {
        return Vec::new();
    }
    let end = words.len() - 1;
    if end == 0 {
        return vec![make(
            &[],
            words,
            Order::OnlyOne,
            "only one name is written",
            0,
        )];
    }
    if let Some(at) = words[..end].iter().position(|word| word.comma) {
        let (surname, given) = words.split_at(at + 1);
        return vec![make(
            surname,
            given,
            Order::SurnameFirst,
            "a comma follows the surname",
            0,
        )];
    }
    let capitals = words.iter().take_while(|word| word.capitals).count();
    if (1..=end).contains(&capitals) {
        let (surname, given) = words.split_at(capitals);
        return vec![make(
            surname,
            given,
            Order::SurnameFirst,
            "the surname is in capitals",
            0,
        )];
    }
    let capitals = words.iter().rev().take_while(|word| word.capitals).count();
    if (1..=end).contains(&capitals) {
        let (given, surname) = words.split_at(words.len() - capitals);
        return vec![make(
            surname,
            given,
            Order::GivenFirst,
            "the surname is in capitals",
            0,
        )];
    }
    let (given, surname) = words.split_at(end);
    let (first, rest) = words.split_at(1);
    vec![
        make(
            surname,
            given,
            Order::GivenFirstAssumed,
            "the last word is taken as the surname",
            -20,
        ),
        make(
            first,
            rest,
            Order::SurnameFirstAssumed,
            "the first word may be the surname",
            -170,
        ),
    ]
}

fn joined(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}
