//! Reads the words of a form as a Korean name: which is the surname, and what the key is.
//!
//! Invariant: every order that the writing allows is tried; the likeliest comes first and no reading
//! is made whose surname is unknown unless the script is Hangul.

use super::super::key::Key;
use super::super::parsed::{Order, Reading, Script, Tradition};
use super::super::written::{Word, forms};
use super::decode::{Decoded, decode};
use super::lexicon::{LEXICON, Lexicon};

/// How often the surname stands first where nothing shows the order, as logarithms in hundredths.
const SURNAME_FIRST: i32 = -35;
const SURNAME_LAST: i32 = -120;
/// A capitalised surname, or one before a comma, that does not stand where the reading puts it.
const AGAINST_THE_WRITING: i32 = -900;
/// What is certain from the script.
const HANGUL: i32 = 0;
/// A surname in Hangul that the table does not list.
const UNLISTED: i32 = -700;

/// Readings of a form in Hangul.
pub(in super::super) fn read_hangul(words: &[Word]) -> Vec<Reading> {
    let lexicon: &Lexicon = &LEXICON;
    let mut readings = Vec::new();
    if let [first, rest @ ..] = words
        && !rest.is_empty()
    {
        let given: String = rest.iter().map(|word| word.text.as_str()).collect();
        let last = words.last().map_or("", |word| word.text.as_str());
        if lexicon.surname(&first.text).is_some() {
            let order = if first.comma {
                Order::SurnameFirst
            } else {
                Order::SurnameFirstAssumed
            };
            readings.push(hangul_reading(
                lexicon,
                &first.text,
                &given,
                order,
                "written apart, known surname first",
            ));
        } else if lexicon.surname(last).is_some() {
            let given: String = words[..words.len() - 1]
                .iter()
                .map(|word| word.text.as_str())
                .collect();
            readings.push(hangul_reading(
                lexicon,
                last,
                &given,
                Order::GivenFirstAssumed,
                "the known surname stands last",
            ));
        }
        if !readings.is_empty() {
            return readings;
        }
    }
    let all: Vec<char> = words.iter().flat_map(|word| word.text.chars()).collect();
    for length in [2, 1] {
        if all.len() <= length {
            continue;
        }
        let surname: String = all[..length].iter().collect();
        let given: String = all[length..].iter().collect();
        let known = lexicon.surname(&surname).is_some();
        if known || length == 1 {
            let why = if known {
                "Hangul is written surname first"
            } else {
                "the first syllable is taken as a rare surname"
            };
            let mut reading = hangul_reading(lexicon, &surname, &given, Order::SurnameFirst, why);
            // 선우진 is more often 선우 진 than 선 우진; 사공 likewise.
            reading.weight = if known {
                HANGUL - i32::from(length == 1)
            } else {
                UNLISTED
            };
            readings.push(reading);
        }
    }
    if let ([only], true) = (all.as_slice(), readings.is_empty()) {
        let why = "one syllable stands alone";
        readings.push(hangul_reading(
            lexicon,
            "",
            &only.to_string(),
            Order::OnlyOne,
            why,
        ));
    }
    readings
}

fn hangul_reading(
    lexicon: &Lexicon,
    surname: &str,
    given: &str,
    order: Order,
    why: &'static str,
) -> Reading {
    let surname_key = match lexicon.surname(surname) {
        Some(row) => lexicon.surnames[usize::from(row)].key,
        None => lexicon.code_of(surname),
    };
    let (given_key, given_second) = lexicon.given_keys(given);
    Reading {
        tradition: Tradition::Korean,
        script: Script::Hangul,
        surname: (!surname.is_empty()).then(|| surname.to_owned()),
        given: given.to_owned(),
        order,
        why,
        surname_key,
        given_key,
        given_second,
        weight: HANGUL,
    }
}

/// Readings of a form in Latin letters: none when it cannot be a Korean name.
pub(in super::super) fn read_latin(words: &[Word]) -> Vec<Reading> {
    let lexicon: &Lexicon = &LEXICON;
    let mut readings = Vec::new();
    match words {
        [] => {}
        [only] => readings.extend(one_word(lexicon, only)),
        [first, rest @ ..] => {
            if let Some(at) = words
                .iter()
                .position(|word| word.comma)
                .filter(|at| at + 1 < words.len())
            {
                if at == 0 {
                    let sign = (Order::SurnameFirst, "a comma follows the surname", 0);
                    readings.extend(latin_reading(lexicon, first, rest, sign));
                }
                return readings;
            }
            let last = &words[words.len() - 1];
            let start = &words[..words.len() - 1];
            let (first_sign, last_sign) = signs(first, last);
            readings.extend(latin_reading(lexicon, first, rest, first_sign));
            readings.extend(latin_reading(lexicon, last, start, last_sign));
        }
    }
    readings
}

type Sign = (Order, &'static str, i32);

/// What the capitals say of the order.
fn signs(first: &Word, last: &Word) -> (Sign, Sign) {
    match (first.capitals, last.capitals) {
        (true, false) => (
            (Order::SurnameFirst, "the surname is in capitals", 0),
            (
                Order::GivenFirst,
                "the order goes against the capitals",
                AGAINST_THE_WRITING,
            ),
        ),
        (false, true) => (
            (
                Order::SurnameFirst,
                "the order goes against the capitals",
                AGAINST_THE_WRITING,
            ),
            (Order::GivenFirst, "the surname is in capitals", 0),
        ),
        _ => (
            (
                Order::SurnameFirstAssumed,
                "likelier with the surname first",
                SURNAME_FIRST,
            ),
            (
                Order::GivenFirstAssumed,
                "likelier with the surname last",
                SURNAME_LAST,
            ),
        ),
    }
}

fn latin_reading(lexicon: &Lexicon, surname: &Word, given: &[Word], sign: Sign) -> Option<Reading> {
    let (order, why, prior) = sign;
    let entry = match surname.parts.as_slice() {
        [one] => lexicon.surname_spellings.find(one)?,
        _ => lexicon.surname_spellings.find(&surname.letters())?,
    };
    let entry = &lexicon.surname_entries[usize::from(entry)];
    let parts: Vec<&[u8]> = given
        .iter()
        .flat_map(|word| &word.parts)
        .map(Vec::as_slice)
        .collect();
    let decoded = decode(lexicon, &parts)?;
    let (given_key, given_second) = decoded_keys(lexicon, &decoded);
    Some(Reading {
        tradition: Tradition::Korean,
        script: Script::Latin,
        surname: Some(surname.text.clone()),
        given: joined(given),
        order,
        why,
        surname_key: entry.key,
        given_key,
        given_second,
        weight: entry.score + decoded.score + prior,
    })
}

/// A single word: a given name, or surname and given name run together.
fn one_word(lexicon: &Lexicon, word: &Word) -> Option<Reading> {
    let parts: Vec<&[u8]> = word.parts.iter().map(Vec::as_slice).collect();
    let decoded = decode(lexicon, &parts)?;
    let (given_key, given_second) = decoded_keys(lexicon, &decoded);
    Some(Reading {
        tradition: Tradition::Korean,
        script: Script::Latin,
        surname: None,
        given: word.text.clone(),
        order: Order::OnlyOne,
        why: "only one name is written",
        surname_key: Key::default(),
        given_key,
        given_second,
        weight: decoded.score - 300,
    })
}

/// The words of a given name as written, a space between.
fn joined(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

/// The key of a decoded given name, and the next likely: that of its most ambiguous syllable.
fn decoded_keys(lexicon: &Lexicon, decoded: &Decoded) -> (Key, Option<Key>) {
    let entries = || {
        decoded
            .entries
            .iter()
            .map(|entry| &lexicon.given_entries[usize::from(*entry)])
    };
    let mut key = Key::default();
    for (at, entry) in entries().enumerate() {
        let code = if at == 0 { entry.first_key } else { entry.key };
        key.push(code.as_str().as_bytes());
    }
    let open = entries()
        .enumerate()
        .filter_map(|(at, entry)| Some((at, entry.score, entry.second?)));
    let widest = open.min_by_key(|(at, score, (_, second))| (score - second, *at));
    let second = widest.map(|(place, _, (code, _))| {
        let mut second = Key::default();
        for (at, entry) in entries().enumerate() {
            let first = if at == 0 { entry.first_key } else { entry.key };
            second.push(if at == place { code } else { first }.as_str().as_bytes());
        }
        second
    });
    (key, second.filter(|second| *second != key))
}

/// The Hangul syllables that each place of a reading's given name may stand for, the likeliest first.
pub(in super::super) fn syllable_sets(reading: &Reading) -> Vec<Vec<char>> {
    let lexicon: &Lexicon = &LEXICON;
    if reading.script == Script::Hangul {
        return reading.given.chars().map(|c| vec![c]).collect();
    }
    let parts: Vec<Vec<u8>> = forms(&reading.given)
        .into_iter()
        .flat_map(|form| form.words)
        .flat_map(|word| word.parts)
        .collect();
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let candidates = |entry: &u16| -> Vec<char> {
        let rows = &lexicon.given_entries[usize::from(*entry)].candidates;
        rows.iter()
            .map(|(row, _)| lexicon.syllables[usize::from(*row)].hangul)
            .collect()
    };
    decode(lexicon, &parts).map_or_else(Vec::new, |decoded| {
        decoded.entries.iter().map(candidates).collect()
    })
}
