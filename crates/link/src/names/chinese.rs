//! Chinese names: characters, Hanyu Pinyin, Wade–Giles and spellings of Hong Kong and overseas.
//!
//! Invariant: the key is the pinyin without tones; where a spelling or a character has several
//! readings the next likely is kept.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use pinyin::{ToPinyin, ToPinyinMulti};

use super::decode::{Counts, decode};
use super::found::{Found, Part};
use super::han::standard;
use super::key::Key;
use super::latin_text::{APOSTROPHE, letters};
use super::parsed::{Order, Tradition};
use super::spelling_index::{SpellingIndex, Spellings, score};
use super::table::{TableError, rows};
use super::written::Form;

/// How much rarer Chinese names are than Korean ones in the lists at hand, as a logarithm in
/// hundredths.
const RARER: i32 = -300;
/// How likely each order is where nothing shows it.
const SURNAME_FIRST: i32 = -35;
const SURNAME_LAST: i32 = -120;
/// What a character of a given name costs.
const CHARACTER: i32 = -450;
/// What the number of syllables of a given name costs: one or two are usual.
const COUNTS: Counts = [0, -80, -60, -2000, -2000];
/// How often a name is written in pinyin rather than in Wade-Giles.
const PINYIN: f64 = 0.85;

struct Lexicon {
    /// Pinyin and logarithm of the share of bearers of each surname.
    surnames: Vec<(Key, i32)>,
    surname_of: BTreeMap<String, u16>,
    surname_spellings: SpellingIndex,
    given_spellings: SpellingIndex,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let surnames = include_str!("../../../../data/names/chinese-surnames.tsv");
    let syllables = include_str!("../../../../data/names/chinese-syllables.tsv");
    Lexicon::read(surnames, syllables).expect("the shipped tables are read by a test")
});

impl Lexicon {
    fn read(surnames: &str, syllables: &str) -> Result<Self, TableError> {
        let mut surname_of = BTreeMap::new();
        let (mut weights, mut all, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows("chinese-surnames.tsv", surnames) {
            let number = u16::try_from(keys.len()).map_err(|_| row.wrong("too many rows"))?;
            for written in surnames_in(row.text(1)?) {
                surname_of.entry(written).or_insert(number);
            }
            weights.push(f64::from(row.number(2)?));
            let mut spellings = Spellings::from([(letters(row.text(0)?), 0.7)]);
            for spelling in row.words(3) {
                *spellings.entry(letters(spelling)).or_default() += 0.1;
            }
            all.push(spellings);
            keys.push(Key::new(row.text(0)?));
        }
        let sum: f64 = weights.iter().sum();
        let surnames = keys
            .iter()
            .zip(&weights)
            .map(|(key, w)| (*key, score(w / sum)))
            .collect();
        let surname_spellings = SpellingIndex::new(&weights, &all, &keys, &keys);
        let given_spellings = read_syllables(syllables)?;
        Ok(Self {
            surnames,
            surname_of,
            surname_spellings,
            given_spellings,
        })
    }
}

/// The written forms of a surname's column: single characters, or pairs for surnames of two.
fn surnames_in(column: &str) -> Vec<String> {
    const OF_TWO: [&str; 8] = [
        "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "尉迟",
    ];
    let characters: Vec<char> = column.chars().collect();
    let pairs: Vec<String> = characters
        .chunks(2)
        .map(|pair| pair.iter().collect())
        .collect();
    if pairs.iter().all(|pair| OF_TWO.contains(&pair.as_str())) {
        return pairs;
    }
    characters.iter().map(char::to_string).collect()
}

fn read_syllables(text: &str) -> Result<SpellingIndex, TableError> {
    let (mut weights, mut all, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows("chinese-syllables.tsv", text) {
        weights.push(f64::from(row.number(1)?));
        let mut spellings = Spellings::from([(letters(row.text(0)?), PINYIN)]);
        for wade in row.words(2).map(letters) {
            let plain: Vec<u8> = wade.iter().copied().filter(|l| *l != APOSTROPHE).collect();
            *spellings.entry(wade).or_default() += (1.0 - PINYIN) / 2.0;
            *spellings.entry(plain).or_default() += (1.0 - PINYIN) / 2.0;
        }
        all.push(spellings);
        keys.push(Key::new(row.text(0)?));
    }
    Ok(SpellingIndex::new(&weights, &all, &keys, &keys))
}

/// Readings of a form in Latin letters: a known surname and one or two syllables.
pub(super) fn read_latin(form: &Form) -> Vec<Found> {
    let count = form.words.len();
    let mut found = Vec::new();
    if !(2..=3).contains(&count) {
        return found;
    }
    let end = count - 1;
    let comma = form.words[..end].iter().position(|word| word.comma);
    let capitals = (form.words[0].capitals, form.words[end].capitals);
    let first = match (comma, capitals) {
        (Some(0), _) => Some((Order::SurnameFirst, "a comma follows the surname", 0)),
        (None, (true, false)) => Some((Order::SurnameFirst, "the surname is in capitals", 0)),
        (Some(_), _) | (None, (false, true)) => None,
        _ => Some((
            Order::SurnameFirstAssumed,
            "likelier with the surname first",
            SURNAME_FIRST,
        )),
    };
    let last = match (comma, capitals) {
        (Some(_), _) | (None, (true, false)) => None,
        (None, (false, true)) => Some((Order::GivenFirst, "the surname is in capitals", 0)),
        _ => Some((
            Order::GivenFirstAssumed,
            "likelier with the surname last",
            SURNAME_LAST,
        )),
    };
    found.extend(first.and_then(|sign| in_latin(form, 0..1, 1..count, sign)));
    found.extend(last.and_then(|sign| in_latin(form, end..count, 0..end, sign)));
    found
}

fn in_latin(
    form: &Form,
    surname: Range<usize>,
    given: Range<usize>,
    (order, why, prior): (Order, &'static str, i32),
) -> Option<Found> {
    let entry = LEXICON
        .surname_spellings
        .find(form.letters(surname.clone()))?;
    let index = &LEXICON.given_spellings;
    let decoded = decode(index, &COUNTS, form.parts(given.clone()), false)?;
    if decoded.entries.len() > 2 {
        return None;
    }
    let (mut given_key, mut second) = (Key::default(), Key::default());
    for number in &decoded.entries {
        let entry = index.entry(*number);
        given_key.push(entry.key.as_str().as_bytes());
        let other = entry.second.map_or(entry.key, |(key, _)| key);
        second.push(other.as_str().as_bytes());
    }
    Some(Found {
        tradition: Tradition::Chinese,
        surname: Part::Words(surname),
        given: Part::Words(given),
        order,
        why,
        surname_key: entry.key,
        given_key,
        given_second: Some(second).filter(|second| *second != given_key),
        weight: entry.score + decoded.score + prior + RARER,
    })
}

/// Readings of a form in Chinese characters.
pub(super) fn read_characters(form: &Form) -> Vec<Found> {
    let characters: Vec<char> = form.characters().collect();
    let mut found = Vec::new();
    for length in [2, 1] {
        // A given name has one or two characters.
        if !(1..=2).contains(&characters.len().saturating_sub(length)) {
            continue;
        }
        let written: String = characters[..length].iter().collect();
        let old: String = written.chars().map(standard).collect();
        let row = LEXICON
            .surname_of
            .get(&written)
            .or_else(|| LEXICON.surname_of.get(&old));
        let Some(&row) = row else { continue };
        let (surname_key, share) = LEXICON.surnames[usize::from(row)];
        let Some((given_key, given_second)) = given_keys(&characters[length..]) else {
            continue;
        };
        let cost = CHARACTER * i32::try_from(characters.len() - length).unwrap_or(2);
        found.push(Found {
            tradition: Tradition::Chinese,
            surname: Part::Characters(0..length),
            given: Part::Characters(length..characters.len()),
            order: Order::SurnameFirst,
            why: "Chinese characters are written surname first",
            surname_key,
            given_key,
            given_second,
            weight: share + cost + RARER,
        });
    }
    found
}

/// The pinyin of a given name, and one with the next readings of its characters.
fn given_keys(given: &[char]) -> Option<(Key, Option<Key>)> {
    let (mut key, mut second) = (Key::default(), Key::default());
    for c in given {
        let first = c.to_pinyin()?.plain();
        let mut others = c
            .to_pinyin_multi()?
            .into_iter()
            .map(|reading| reading.plain());
        let other = others.find(|other| *other != first).unwrap_or(first);
        key.push(first.as_bytes());
        second.push(other.as_bytes());
    }
    Some((key, Some(second).filter(|second| *second != key)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::parsed::Script;
    use super::super::written::forms;
    use super::*;

    fn keys(written: &str) -> String {
        let form = forms(written).remove(0);
        let found = if form.script == Script::Latin {
            read_latin(&form)
        } else {
            read_characters(&form)
        };
        let best = found.iter().max_by_key(|found| found.weight).unwrap();
        format!("{} {}", best.surname_key, best.given_key)
    }

    #[test]
    fn names_of_public_persons() {
        for (spellings, key) in [
            (vec!["习近平", "習近平"], "xi jinping"),
            (
                vec!["毛泽东", "毛澤東", "Mao Zedong", "Mao Tse-tung"],
                "mao zedong",
            ),
            (vec!["周恩来", "Zhou Enlai", "Chou En-lai"], "zhou enlai"),
            (vec!["王毅", "Wang Yi", "WANG Yi", "Yi WANG"], "wang yi"),
            (vec!["刘晓波", "劉曉波", "Liu Xiaobo"], "liu xiaobo"),
            (vec!["诸葛亮"], "zhuge liang"),
        ] {
            for spelling in spellings {
                assert_eq!(keys(spelling), key, "{spelling}");
            }
        }
    }

    #[test]
    fn a_character_with_two_readings_keeps_both() {
        let form = forms("王乐").remove(0);
        let found = read_characters(&form).remove(0);
        assert_eq!(found.given_key.as_str(), "le");
        assert_eq!(
            found.given_second.map(|key| key.to_string()),
            Some("yue".to_owned())
        );
    }

    #[test]
    fn wade_giles_that_is_also_pinyin_keeps_both() {
        let found = read_latin(&forms("Liu Hsiao-po").remove(0)).remove(0);
        assert_eq!(found.given_key.as_str(), "xiaopo");
        assert_eq!(
            found.given_second.map(|key| key.to_string()),
            Some("xiaobo".to_owned())
        );
    }

    #[test]
    fn a_wrong_table_is_refused() {
        assert!(Lexicon::read("li\t李\tmany\n", "").is_err());
    }
}
