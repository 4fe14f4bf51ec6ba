//! Japanese sounds: kana and every romanisation of them, folded to one spelling.
//!
//! Invariant: the key is that of Kunrei-shiki (ISO 3602) with long vowels and doubled consonants made
//! short, since passports and the press write both.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::key::Key;
use super::latin_text::{APOSTROPHE, letters};
use super::table::{TableError, rows};
use super::trie::Trie;

/// Kana and their spellings.
struct Kana {
    keys: Vec<String>,
    spellings: Trie,
    hiragana: BTreeMap<char, u16>,
    digraphs: BTreeMap<(char, char), u16>,
}

static KANA: LazyLock<Kana> = LazyLock::new(|| {
    Kana::read(include_str!("../../../../data/names/kana.tsv"))
        .expect("the shipped table is read by a test")
});

impl Kana {
    fn read(text: &str) -> Result<Self, TableError> {
        let mut kana = Self {
            keys: Vec::new(),
            spellings: Trie::new(),
            hiragana: BTreeMap::new(),
            digraphs: BTreeMap::new(),
        };
        for row in rows("kana.tsv", text) {
            let number = u16::try_from(kana.keys.len()).map_err(|_| row.wrong("too many rows"))?;
            let mut signs = row.text(0)?.chars();
            match (signs.next(), signs.next()) {
                (Some(one), None) => drop(kana.hiragana.insert(one, number)),
                (Some(one), Some(two)) => drop(kana.digraphs.insert((one, two), number)),
                _ => return Err(row.wrong("kana were expected")),
            }
            for spelling in row.words(2) {
                let spelling = letters(spelling);
                // The first row that has a spelling keeps it: じ before ぢ.
                if kana.spellings.find(&spelling).is_none() {
                    kana.spellings.insert(&spelling, number);
                }
            }
            kana.keys.push(row.text(1)?.to_owned());
        }
        Ok(kana)
    }
}

/// Adds the letters of a sound, long vowels made short.
fn push_sound(key: &mut String, sound: &str) {
    for letter in sound.chars() {
        let long = match (key.chars().next_back(), letter) {
            (Some(last), now) if last == now && "aiueo".contains(now) => true,
            (Some('o'), 'u') => true,
            _ => false,
        };
        if !long {
            key.push(letter);
        }
    }
}

/// The sounds of a word in Latin letters: how many, and their key; `None` when it is not Japanese.
pub(super) fn of_latin(word: &[u8]) -> Option<(i32, Key)> {
    let kana: &Kana = &KANA;
    let mut key = String::new();
    let mut count = 0;
    let mut at = 0;
    while at < word.len() {
        let rest = &word[at..];
        let mut place = Trie::ROOT;
        let mut longest = None;
        for (length, &letter) in rest.iter().take(4).enumerate() {
            let Some(next) = kana.spellings.step(place, letter) else {
                break;
            };
            place = next;
            longest = kana
                .spellings
                .entry(place)
                .map(|row| (length + 1, row))
                .or(longest);
        }
        match (longest, rest) {
            (Some((length, row)), _) => {
                // m stands for ん before b, m and p only.
                let lone_m = rest[0] == b'm' - b'a' && length == 1;
                if lone_m && !matches!(rest.get(1).map(|l| l + b'a'), Some(b'b' | b'm' | b'p')) {
                    return None;
                }
                push_sound(&mut key, &kana.keys[usize::from(row)]);
                count += 1;
                at += length;
            }
            // A doubled consonant, also written tch; h after a long o; an apostrophe.
            (None, [one, two, ..]) if one == two => at += 1,
            (None, [t, c, h, ..]) if [t, c, h].map(|l| l + b'a') == [b't', b'c', b'h'] => at += 1,
            (None, [h, ..]) if h + b'a' == b'h' && key.ends_with('o') => at += 1,
            (None, [sign, ..]) if *sign == APOSTROPHE => at += 1,
            _ => return None,
        }
    }
    (count > 0).then(|| (count, Key::new(&key)))
}

/// The key of a word in kana; `None` when something else is in it.
pub(super) fn of_kana(word: impl Iterator<Item = char>) -> Option<Key> {
    let kana: &Kana = &KANA;
    let signs: Vec<char> = word.map(hiragana).collect();
    let mut key = String::new();
    let mut at = 0;
    while at < signs.len() {
        let digraph = signs
            .get(at + 1)
            .and_then(|next| kana.digraphs.get(&(signs[at], *next)));
        let row = match (digraph, kana.hiragana.get(&signs[at])) {
            (Some(row), _) => {
                at += 2;
                row
            }
            (None, Some(row)) => {
                at += 1;
                row
            }
            // A doubled consonant, a long vowel.
            (None, None) if matches!(signs[at], 'っ' | 'ー') => {
                at += 1;
                continue;
            }
            _ => return None,
        };
        push_sound(&mut key, &kana.keys[usize::from(*row)]);
    }
    (!key.is_empty()).then(|| Key::new(&key))
}

/// Katakana as hiragana.
fn hiragana(c: char) -> char {
    match c as u32 {
        code @ 0x30A1..=0x30F6 => char::from_u32(code - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn latin(word: &str) -> Option<String> {
        of_latin(&letters(word)).map(|(_, key)| key.to_string())
    }

    #[test]
    fn romanisations_and_kana_fold_together() {
        for (spellings, kana) in [
            (
                vec!["Shinzō", "Shinzo", "Shinzou", "Sinzo", "Shinzoh"],
                "しんぞう",
            ),
            (vec!["Hattori", "Hatori"], "ハットリ"),
            (vec!["Itō", "Ito", "Itoh", "Itou"], "いとう"),
            (
                vec!["Jun'ichirō", "Junichiro", "Zyun'itiro"],
                "じゅんいちろう",
            ),
            (vec!["Honma", "Homma"], "ほんま"),
            (vec!["Tsuji", "Tuzi"], "つじ"),
            (vec!["Fujita", "Huzita"], "フジタ"),
            (vec!["Etchū", "Ecchu"], "えっちゅう"),
        ] {
            let expected = of_kana(kana.chars()).unwrap().to_string();
            for spelling in spellings {
                assert_eq!(latin(spelling), Some(expected.clone()), "{spelling}");
            }
        }
    }

    #[test]
    fn what_is_not_japanese_is_not_read() {
        for word in ["Kim", "Smith", "Lee'l", "", "Omt"] {
            assert_eq!(latin(word), None, "{word}");
        }
        assert_eq!(of_kana("横田".chars()), None);
    }

    #[test]
    fn a_row_without_kana_is_an_error() {
        assert!(Kana::read("\tka\tka\n").is_err());
    }
}
