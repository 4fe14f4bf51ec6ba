//! Korean names written in Chinese characters: read by the table of Hanja readings.
//!
//! Invariant: only a name whose surname is Korean and all of whose characters are listed is read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::found::{Found, Part};
use super::super::han::standard;
use super::super::parsed::{Order, Tradition};
use super::super::table::{TableError, rows};
use super::super::written::Form;
use super::lexicon::{LEXICON, Lexicon};

/// What a syllable of a given name costs, as a logarithm in hundredths: among some hundred readings
/// it is no surprise.
const SYLLABLE: i32 = -450;
/// What a character that Koreans seldom use in names costs.
const SELDOM: i32 = -300;

/// Readings of each character and each surname of two characters, in the order of the table.
struct Hanja {
    characters: BTreeMap<char, Vec<char>>,
    surnames: BTreeMap<String, String>,
}

static HANJA: LazyLock<Hanja> = LazyLock::new(|| {
    Hanja::read(include_str!("../../../../../data/names/hanja.tsv"))
        .expect("the shipped table is read by a test")
});

impl Hanja {
    fn read(text: &str) -> Result<Self, TableError> {
        let mut hanja = Self {
            characters: BTreeMap::new(),
            surnames: BTreeMap::new(),
        };
        for row in rows("hanja.tsv", text) {
            let reading = row.text(0)?;
            let mut syllables = reading.chars();
            match (syllables.next(), syllables.next()) {
                (Some(one), None) => {
                    for c in row.text(1)?.chars() {
                        hanja.characters.entry(c).or_default().push(one);
                    }
                }
                _ => drop(
                    hanja
                        .surnames
                        .insert(row.text(1)?.to_owned(), reading.to_owned()),
                ),
            }
        }
        Ok(hanja)
    }

    fn of(&self, c: char) -> &[char] {
        let known = self
            .characters
            .get(&c)
            .or_else(|| self.characters.get(&standard(c)));
        known.map_or(&[], Vec::as_slice)
    }
}

/// Readings of a form in Chinese characters as a Korean name.
pub(in super::super) fn read_hanja(form: &Form) -> Vec<Found> {
    let lexicon: &Lexicon = &LEXICON;
    let characters: Vec<char> = form.characters().collect();
    let mut found = Vec::new();
    if !(2..=5).contains(&characters.len()) {
        return found;
    }
    let two: String = characters[..2].iter().copied().map(standard).collect();
    if let Some(row) = HANJA
        .surnames
        .get(&two)
        .and_then(|surname| lexicon.surname(surname))
    {
        found.extend(with_surname(lexicon, &characters, 2, row));
    }
    // 金 is read 김 as a surname and 금 in a given name: the more frequent surname counts.
    let rows = HANJA
        .of(characters[0])
        .iter()
        .filter_map(|c| lexicon.surname(c.encode_utf8(&mut [0; 4])));
    if let Some(row) = rows.max_by_key(|row| lexicon.surnames[usize::from(*row)].score) {
        found.extend(with_surname(lexicon, &characters, 1, row));
    }
    found
}

fn with_surname(lexicon: &Lexicon, characters: &[char], length: usize, row: u16) -> Option<Found> {
    let surname = &lexicon.surnames[usize::from(row)];
    let given = given_readings(&characters[length..])?;
    let costs = given.iter().map(|c| {
        SYLLABLE
            + if lexicon.syllable(*c).is_none() {
                SELDOM
            } else {
                0
            }
    });
    let weight = surname.score + costs.sum::<i32>() + if given.len() > 2 { SELDOM } else { 0 };
    Some(Found {
        tradition: Tradition::Korean,
        surname: Part::Characters(0..length),
        given: Part::Characters(length..characters.len()),
        order: Order::SurnameFirst,
        why: "Chinese characters are written surname first",
        surname_key: surname.key,
        given_key: lexicon.given_key(&given),
        given_second: None,
        weight,
    })
}

/// The given name in Hangul, by the first reading of each character.
pub(in super::super) fn given_readings(characters: &[char]) -> Option<Vec<char>> {
    let first = |c: &char| HANJA.of(*c).first().copied();
    let given: Option<Vec<char>> = characters.iter().map(first).collect();
    given.filter(|given| !given.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::super::written::forms;
    use super::*;

    fn read(hanja: &str) -> Option<(String, String)> {
        let form = forms(hanja).remove(0);
        let found = read_hanja(&form).into_iter().next()?;
        let given = found.given.text(&form).chars().collect::<Vec<char>>();
        let surname = found.surname_key.as_str().to_owned();
        Some((
            surname,
            given_readings(&given).unwrap().into_iter().collect(),
        ))
    }

    #[test]
    fn names_of_public_persons() {
        for (hanja, surname, given) in [
            ("金正恩", "gim", "정은"),
            ("金日成", "gim", "일성"),
            ("文在寅", "mun", "재인"),
            ("朴槿惠", "bak", "근혜"),
            ("潘基文", "ban", "기문"),
            ("李明博", "ri", "명박"),
            ("盧武鉉", "ro", "무현"),
            ("赵明禄", "jo", "명록"),
            ("南宮錫", "namgung", "석"),
        ] {
            assert_eq!(
                read(hanja),
                Some((surname.to_owned(), given.to_owned())),
                "{hanja}"
            );
        }
    }

    #[test]
    fn a_name_of_unknown_characters_is_not_read() {
        assert_eq!(read("習近平"), None);
        assert_eq!(read("鈴木"), None);
    }
}
