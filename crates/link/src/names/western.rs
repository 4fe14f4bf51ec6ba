//! Names of no particular tradition: given names first, surname last, unless the writing says
//! otherwise.
//!
//! Invariant: never fails on letters; marks, case and hyphens make no difference.

use std::ops::Range;

use super::found::{Found, Part};
use super::key::Key;
use super::latin_text::plain;
use super::parsed::{Order, Tradition};
use super::written::Form;

/// What a letter of an unlisted name costs, as a logarithm in hundredths.
const LETTER: i32 = -230;
/// How often the surname stands last, and first, as logarithms in hundredths.
const SURNAME_LAST: i32 = -20;
const SURNAME_FIRST: i32 = -170;
/// What a name costs that nothing is known of, as a logarithm in hundredths.
const UNKNOWN: i32 = -500;

/// The folded letters of some words: marks and doubled letters dropped.
pub(super) fn fold(letters: &[u8]) -> Key {
    let mut key = Key::default();
    let mut last = 0;
    for byte in plain(letters) {
        if byte != last {
            key.push(&[byte]);
        }
        last = byte;
    }
    key
}

/// Readings of a form as a name of no particular tradition.
pub(super) fn read(form: &Form) -> Vec<Found> {
    let words = &form.words;
    let count = words.len();
    let letters = form.letters(0..count).len();
    let weight = i32::try_from(letters)
        .unwrap_or(i32::MAX / 1000)
        .saturating_mul(LETTER)
        + UNKNOWN;
    let make = |surname: Range<usize>, given: Range<usize>, order, why, prior: i32| Found {
        tradition: Tradition::Western,
        surname_key: fold(form.letters(surname.clone())),
        given_key: fold(form.letters(given.clone())),
        surname: Part::Words(surname),
        given: Part::Words(given),
        order,
        why,
        given_second: None,
        weight: weight + prior,
    };
    if letters == 0 {
        return Vec::new();
    }
    let end = count - 1;
    if end == 0 {
        return vec![make(
            0..0,
            0..1,
            Order::OnlyOne,
            "only one name is written",
            0,
        )];
    }
    if let Some(at) = words[..end].iter().position(|word| word.comma) {
        let why = "a comma follows the surname";
        return vec![make(0..at + 1, at + 1..count, Order::SurnameFirst, why, 0)];
    }
    let why = "the surname is in capitals";
    let capitals = words.iter().take_while(|word| word.capitals).count();
    if (1..=end).contains(&capitals) {
        return vec![make(
            0..capitals,
            capitals..count,
            Order::SurnameFirst,
            why,
            0,
        )];
    }
    let start = count - words.iter().rev().take_while(|word| word.capitals).count();
    if (1..=end).contains(&start) {
        return vec![make(start..count, 0..start, Order::GivenFirst, why, 0)];
    }
    let last = "the last word is taken as the surname";
    let first = "the first word may be the surname";
    vec![
        make(
            end..count,
            0..end,
            Order::GivenFirstAssumed,
            last,
            SURNAME_LAST,
        ),
        make(
            0..1,
            1..count,
            Order::SurnameFirstAssumed,
            first,
            SURNAME_FIRST,
        ),
    ]
}
