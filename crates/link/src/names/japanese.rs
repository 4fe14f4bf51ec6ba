//! Japanese names: kanji, kana and Latin letters.
//!
//! Invariant: kanji have no one reading, so every listed reading becomes a reading of the name; a
//! given name that is not listed keeps its characters as the key, and never gets a guessed sound.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::found::{Found, Part};
use super::han::{numbers, standard};
use super::key::Key;
use super::latin_text::letters;
use super::parsed::{Order, Script, Tradition};
use super::romaji;
use super::table::{TableError, rows};
use super::written::Form;

/// Costs as logarithms in hundredths: a listed surname, one that is not, a sound of a name.
const LISTED_SURNAME: i32 = -550;
const UNLISTED_SURNAME: i32 = -700;
const SOUND: i32 = -180;
const SOUND_OF_UNLISTED: i32 = -400;
/// A given name of kanji that is listed, one that is not.
const LISTED_GIVEN: i32 = -500;
const UNLISTED_GIVEN: i32 = -1000;
/// What each further listed reading of the same characters costs.
const FURTHER: i32 = -70;
/// A Latin name whose surname stands last, in spite of Japanese habit; abroad both are usual.
const SURNAME_LAST: i32 = -30;
/// The most readings of one form.
const READINGS: usize = 6;

struct Lexicon {
    surnames: BTreeMap<String, Vec<Key>>,
    /// How many surnames are read so.
    surname_sounds: BTreeMap<Key, u32>,
    given: BTreeMap<String, Vec<Key>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let surnames = include_str!("../../../../data/names/japanese-surnames.tsv");
    let given = include_str!("../../../../data/names/japanese-given.tsv");
    Lexicon::read(surnames, given).expect("the shipped tables are read by a test")
});

impl Lexicon {
    fn read(surnames: &str, given: &str) -> Result<Self, TableError> {
        let surnames = read_table("japanese-surnames.tsv", surnames)?;
        let mut surname_sounds = BTreeMap::new();
        for key in surnames.values().flatten() {
            *surname_sounds.entry(*key).or_default() += 1;
        }
        Ok(Self {
            surnames,
            surname_sounds,
            given: read_table("japanese-given.tsv", given)?,
        })
    }
}

fn read_table(file: &'static str, text: &str) -> Result<BTreeMap<String, Vec<Key>>, TableError> {
    let mut table: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    for row in rows(file, text) {
        let written: String = row.text(0)?.chars().map(standard).collect();
        let readings = table.entry(written).or_default();
        for reading in row.words(1) {
            let sound = romaji::of_latin(&letters(reading));
            let (_, key) = sound.ok_or_else(|| row.wrong("the reading is no Japanese"))?;
            if !readings.contains(&key) {
                readings.push(key);
            }
        }
    }
    Ok(table)
}

/// Readings of a form in Latin letters: every word must be made of Japanese sounds.
pub(super) fn read_latin(form: &Form) -> Vec<Found> {
    let count = form.words.len();
    let mut found = Vec::new();
    if count == 1 {
        found.extend(one_word(form));
    }
    if !(2..=3).contains(&count) {
        return found;
    }
    let end = count - 1;
    let comma = form.words[..end].iter().position(|word| word.comma);
    let capitals = (form.words[0].capitals, form.words[end].capitals);
    if comma == Some(0) {
        let sign = (Order::SurnameFirst, "a comma follows the surname", 0);
        found.extend(in_latin(form, 0..1, 1..count, sign));
    } else if capitals != (false, true) && comma.is_none() {
        let sign = match capitals.0 && !capitals.1 {
            true => (Order::SurnameFirst, "the surname is in capitals", 0),
            false => (
                Order::SurnameFirstAssumed,
                "likelier with the surname first",
                0,
            ),
        };
        found.extend(in_latin(form, 0..1, 1..count, sign));
    }
    if comma.is_none() && capitals != (true, false) {
        let sign = match capitals == (false, true) {
            true => (Order::GivenFirst, "the surname is in capitals", 0),
            false => (
                Order::GivenFirstAssumed,
                "likelier with the surname last",
                SURNAME_LAST,
            ),
        };
        found.extend(in_latin(form, end..count, 0..end, sign));
    }
    found
}

/// A single word of Japanese sounds: a given name.
fn one_word(form: &Form) -> Option<Found> {
    let (sounds, given_key) = romaji::of_latin(form.letters(0..1))?;
    (sounds > 1).then(|| Found {
        tradition: Tradition::Japanese,
        surname: Part::NONE,
        given: Part::Words(0..1),
        order: Order::OnlyOne,
        why: "only one name is written",
        surname_key: Key::default(),
        given_key,
        given_second: None,
        weight: UNLISTED_SURNAME + SOUND_OF_UNLISTED * sounds,
    })
}

fn in_latin(
    form: &Form,
    surname: Range<usize>,
    given: Range<usize>,
    (order, why, prior): (Order, &'static str, i32),
) -> Option<Found> {
    let (surname_sounds, surname_key) = romaji::of_latin(form.letters(surname.clone()))?;
    let (given_sounds, given_key) = romaji::of_latin(form.letters(given.clone()))?;
    let weight = match LEXICON.surname_sounds.contains_key(&surname_key) {
        true => LISTED_SURNAME + SOUND * given_sounds,
        false => UNLISTED_SURNAME + SOUND_OF_UNLISTED * (surname_sounds + given_sounds),
    };
    Some(Found {
        tradition: Tradition::Japanese,
        surname: Part::Words(surname),
        given: Part::Words(given),
        order,
        why,
        surname_key,
        given_key,
        given_second: None,
        weight: weight + prior,
    })
}

/// Readings of a form in kanji, kana or both.
pub(super) fn read_characters(form: &Form) -> Vec<Found> {
    let characters: Vec<char> = form.characters().collect();
    let mut found = Vec::new();
    let apart = (form.words.len() > 1).then(|| form.word(0).chars().count());
    let lengths = apart.map_or(1..=4, |length| length..=length);
    for length in lengths.rev().filter(|length| *length < characters.len()) {
        let (surname, given) = characters.split_at(length);
        let surnames = surname_keys(surname, apart.is_some());
        let givens = given_keys(given);
        for (s, surname_key) in surnames.iter().enumerate() {
            for (g, (given_key, cost)) in givens.iter().enumerate() {
                let further = i32::try_from(s + g).unwrap_or(0) * FURTHER;
                found.push(Found {
                    tradition: Tradition::Japanese,
                    surname: Part::Characters(0..length),
                    given: Part::Characters(length..characters.len()),
                    order: Order::SurnameFirst,
                    why: "Japanese characters are written surname first",
                    surname_key: *surname_key,
                    given_key: *given_key,
                    given_second: None,
                    weight: LISTED_SURNAME + cost + further,
                });
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    if found.is_empty() && form.script == Script::Kana {
        found.extend(only_given(form, &characters));
    }
    found.truncate(READINGS);
    found
}

/// The listed readings of a surname; in kana, its sound.
fn surname_keys(surname: &[char], apart: bool) -> Vec<Key> {
    let written: String = surname.iter().copied().map(standard).collect();
    if let Some(keys) = LEXICON.surnames.get(&written) {
        return keys.clone();
    }
    let sound = romaji::of_kana(surname.iter().copied());
    let known = |key: &Key| apart || LEXICON.surname_sounds.contains_key(key);
    sound.filter(known).into_iter().collect()
}

/// The readings of a given name, each with its cost; unlisted kanji keep their numbers.
fn given_keys(given: &[char]) -> Vec<(Key, i32)> {
    if let Some(key) = romaji::of_kana(given.iter().copied()) {
        return vec![(key, LISTED_GIVEN)];
    }
    let written: String = given.iter().copied().map(standard).collect();
    if let Some(keys) = LEXICON.given.get(&written) {
        return keys.iter().map(|key| (*key, LISTED_GIVEN)).collect();
    }
    vec![(numbers(written.chars()), UNLISTED_GIVEN)]
}

/// A name in kana whose surname is not known: all of it is taken as a given name.
fn only_given(form: &Form, characters: &[char]) -> Option<Found> {
    let given_key = romaji::of_kana(characters.iter().copied())?;
    Some(Found {
        tradition: Tradition::Japanese,
        surname: Part::NONE,
        given: Part::Words(0..form.words.len()),
        order: Order::OnlyOne,
        why: "no known surname begins it",
        surname_key: Key::default(),
        given_key,
        given_second: None,
        weight: UNLISTED_SURNAME,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::written::forms;
    use super::*;

    fn keys(written: &str) -> Vec<String> {
        let form = forms(written).remove(0);
        let found = if form.script == Script::Latin {
            read_latin(&form)
        } else {
            read_characters(&form)
        };
        found
            .iter()
            .map(|found| format!("{} {}", found.surname_key, found.given_key))
            .collect()
    }

    #[test]
    fn one_name_in_three_scripts() {
        for written in [
            "横田めぐみ",
            "よこた めぐみ",
            "よこためぐみ",
            "Yokota Megumi",
            "YOKOTA, Megumi",
        ] {
            assert_eq!(keys(written)[0], "yokota megumi", "{written}");
        }
        assert_eq!(keys("Megumi Yokota")[1], "yokota megumi");
        assert_eq!(keys("安倍晋三")[0], keys("Abe Shinzō")[0]);
        assert_eq!(keys("浜本富貴恵"), keys("濱本富貴惠"));
    }

    #[test]
    fn every_listed_reading_is_kept() {
        assert_eq!(
            keys("中島裕"),
            [
                "nakazima yutaka",
                "nakazima hirosi",
                "nakasima yutaka",
                "nakasima hirosi"
            ]
        );
        // Not listed: the characters stand for themselves.
        assert_eq!(keys("横田紗夜"), ["yokota 7d17591c"]);
    }

    #[test]
    fn the_shipped_tables_are_read_and_wrong_ones_refused() {
        assert!(LEXICON.surnames.len() > 200);
        assert!(Lexicon::read("田中\ttanxka\n", "").is_err());
    }
}
