//! Reads a form as a Korean name: which is the surname, and what the key is.
//!
//! Invariant: every order that the writing allows is tried; the likeliest comes first and no reading
//! is made whose surname is unknown unless the script is Hangul.

use std::ops::Range;

use super::super::decode::{Counts, Decoded, decode};
use super::super::found::{Found, Part};
use super::super::key::Key;
use super::super::parsed::{Order, Tradition};
use super::super::unknown::is_a_certain;
use super::super::written::Form;

use super::lexicon::{LEXICON, Lexicon};

/// How often the surname stands first where nothing shows the order, as logarithms in hundredths.
const SURNAME_FIRST: i32 = -25;
const SURNAME_LAST: i32 = -150;
/// A capitalised surname, or one before a comma, that does not stand where the reading puts it.
const AGAINST_THE_WRITING: i32 = -900;
/// A surname in Hangul that the table does not list.
const UNLISTED: i32 = -700;
/// The longest name, in syllables, that may begin with a surname which the table does not list.
const LONGEST_RARE: usize = 4;
/// A name without a surname, and one without a given name.
const NO_SURNAME: i32 = -300;
const NO_GIVEN: i32 = -500;

/// What the number of syllables of a given name costs: nearly all have two.
pub(super) const COUNTS: Counts = [0, -350, -5, -600, -1300];

/// Readings of a form in Hangul.
pub(in super::super) fn read_hangul(form: &Form) -> Vec<Found> {
    let lexicon: &Lexicon = &LEXICON;
    if let Some(apart) = written_apart(lexicon, form) {
        return vec![apart];
    }
    let all: Vec<char> = form.characters().collect();
    match all.as_slice() {
        [] => Vec::new(),
        [only] => vec![one_syllable(lexicon, form, *only)],
        [first, ..] if all.len() > LONGEST_RARE && listed(lexicon, &[*first]).is_none() => {
            vec![foreign(lexicon, form, &all)]
        }
        _ => run_together(lexicon, &all),
    }
}

/// A foreign name written in Hangul: 토마스 오헤아 킨타나. The last word is taken as the surname.
fn foreign(lexicon: &Lexicon, form: &Form, all: &[char]) -> Found {
    let end = form.words.len() - 1;
    let last = form.word(end).chars().count();
    let (surname, given) = if end == 0 {
        (0..0, 0..1)
    } else {
        (end..end + 1, 0..end)
    };
    let parted = if end == 0 { 0 } else { all.len() - last };
    let (before, after) = all.split_at(parted);
    let (surname_key, given_key) = match end {
        0 => (Key::default(), lexicon.code_of(all)),
        _ => (lexicon.code_of(after), lexicon.code_of(before)),
    };
    Found {
        tradition: Tradition::Western,
        surname: Part::Words(surname),
        given: Part::Words(given),
        order: if end == 0 {
            Order::OnlyOne
        } else {
            Order::GivenFirstAssumed
        },
        why: "too long for a Korean name that no known surname begins",
        surname_key,
        given_key,
        given_second: None,
        weight: UNLISTED,
    }
}

/// Surname and given name without a space between.
fn run_together(lexicon: &Lexicon, all: &[char]) -> Vec<Found> {
    let mut found = Vec::with_capacity(1);
    for length in [2, 1] {
        if all.len() <= length {
            continue;
        }
        let known = listed(lexicon, &all[..length]).is_some();
        if known || length == 1 {
            let why = match known {
                true => "Hangul is written surname first",
                false => "the first syllable is taken as a rare surname",
            };
            let given = length..all.len();
            let mut reading = in_hangul(lexicon, all, 0..length, given, Order::SurnameFirst, why);
            // 선우진 is more often 선우 진 than 선 우진; 사공 likewise.
            reading.weight = if known {
                -i32::from(length == 1)
            } else {
                UNLISTED
            };
            found.push(reading);
        }
    }
    found
}

/// A syllable alone: a surname if the rest is withheld or it is oftener a surname, else a given name.
fn one_syllable(lexicon: &Lexicon, form: &Form, only: char) -> Found {
    let as_given = lexicon
        .syllable(only)
        .map(|row| lexicon.syllables[usize::from(row)].score);
    let as_surname = lexicon
        .short_surname(only)
        .map(|row| lexicon.surnames[usize::from(row)].score);
    if as_surname.is_some() && (form.masked || as_surname > as_given) {
        let why = "only the surname is written";
        return in_hangul(lexicon, &[only], 0..1, 1..1, Order::OnlyOne, why);
    }
    in_hangul(
        lexicon,
        &[only],
        0..0,
        0..1,
        Order::OnlyOne,
        "one syllable stands alone",
    )
}

/// Surname and given name that a space parts.
fn written_apart(lexicon: &Lexicon, form: &Form) -> Option<Found> {
    let count = form.words.len();
    if count < 2 {
        return None;
    }
    let all: Vec<char> = form.characters().collect();
    let (first, last) = (
        form.word(0).chars().count(),
        form.word(count - 1).chars().count(),
    );
    if listed(lexicon, &all[..first]).is_some() {
        let why = "written apart, a known surname first";
        return Some(in_hangul(
            lexicon,
            &all,
            0..first,
            first..all.len(),
            Order::SurnameFirst,
            why,
        ));
    }
    let start = all.len() - last;
    listed(lexicon, &all[start..])?;
    let why = "written apart, a known surname last";
    Some(in_hangul(
        lexicon,
        &all,
        start..all.len(),
        0..start,
        Order::GivenFirstAssumed,
        why,
    ))
}

fn listed(lexicon: &Lexicon, syllables: &[char]) -> Option<u16> {
    match syllables {
        [one] => lexicon.short_surname(*one),
        [_, _] => lexicon.surname(&syllables.iter().collect::<String>()),
        _ => None,
    }
}

fn in_hangul(
    lexicon: &Lexicon,
    all: &[char],
    surname: Range<usize>,
    given: Range<usize>,
    order: Order,
    why: &'static str,
) -> Found {
    let given = if is_a_certain(&all[given.clone()]) {
        given.end..given.end
    } else {
        given
    };
    let surname_key = match listed(lexicon, &all[surname.clone()]) {
        Some(row) => lexicon.surnames[usize::from(row)].key,
        None => lexicon.code_of(&all[surname.clone()]),
    };
    Found {
        tradition: Tradition::Korean,
        surname_key,
        given_key: lexicon.given_key(&all[given.clone()]),
        given_second: None,
        surname: Part::Characters(surname),
        given: Part::Characters(given),
        order,
        why,
        weight: 0,
    }
}

/// Readings of a form in Latin letters: none when it cannot be a Korean name.
pub(in super::super) fn read_latin(form: &Form) -> Vec<Found> {
    let found = read_letters(form, false);
    if found.is_empty() {
        read_letters(form, true)
    } else {
        found
    }
}

/// The same, with every letter right, or to `mend` one.
fn read_letters(form: &Form, mend: bool) -> Vec<Found> {
    let lexicon: &Lexicon = &LEXICON;
    let count = form.words.len();
    let end = count.saturating_sub(1);
    let mut found = Vec::new();
    let mut read = |surname: Range<usize>, given: Range<usize>, sign: Sign| {
        found.extend(in_latin(lexicon, form, surname, given, sign, mend));
    };
    match form.words[..end].iter().position(|word| word.comma) {
        _ if count == 1 => found.extend(one_word(lexicon, form, mend)),
        Some(0) => read(
            0..1,
            1..count,
            (Order::SurnameFirst, "a comma follows the surname", 0),
        ),
        Some(_) => {}
        None => {
            let (first, last) = signs(form);
            read(0..1, 1..count, first);
            read(end..count, 0..end, last);
        }
    }
    found
}

type Sign = (Order, &'static str, i32);

/// What the capitals say of the order: surname first, surname last.
fn signs(form: &Form) -> (Sign, Sign) {
    let against = "the order goes against the capitals";
    let capitals = "the surname is in capitals";
    match (
        form.words[0].capitals,
        form.words[form.words.len() - 1].capitals,
    ) {
        (true, false) => (
            (Order::SurnameFirst, capitals, 0),
            (Order::GivenFirst, against, AGAINST_THE_WRITING),
        ),
        (false, true) => (
            (Order::SurnameFirst, against, AGAINST_THE_WRITING),
            (Order::GivenFirst, capitals, 0),
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

fn in_latin(
    lexicon: &Lexicon,
    form: &Form,
    surname: Range<usize>,
    given: Range<usize>,
    (order, why, prior): Sign,
    mend: bool,
) -> Option<Found> {
    let entry = lexicon
        .surname_spellings
        .find(form.letters(surname.clone()))?;
    let decoded = decode(
        &lexicon.given_spellings,
        &COUNTS,
        form.parts(given.clone()),
        mend,
    )?;
    let (given_key, given_second) = decoded_keys(lexicon, &decoded);
    Some(Found {
        tradition: Tradition::Korean,
        surname: Part::Words(surname),
        given: Part::Words(given),
        order,
        why,
        surname_key: entry.key,
        given_key,
        given_second,
        weight: entry.score + decoded.score + prior,
    })
}

/// A single word: a surname, the rest being withheld or left out, or a given name.
fn one_word(lexicon: &Lexicon, form: &Form, mend: bool) -> Vec<Found> {
    let only = |why| Found {
        tradition: Tradition::Korean,
        surname: Part::NONE,
        given: Part::NONE,
        order: Order::OnlyOne,
        why,
        surname_key: Key::default(),
        given_key: Key::default(),
        given_second: None,
        weight: 0,
    };
    let surname = lexicon
        .surname_spellings
        .find(form.letters(0..1))
        .map(|entry| Found {
            surname: Part::Words(0..1),
            surname_key: entry.key,
            weight: if form.masked {
                0
            } else {
                entry.score + NO_GIVEN
            },
            ..only("only the surname is written")
        });
    let decoded = decode(&lexicon.given_spellings, &COUNTS, form.parts(0..1), mend);
    let given = decoded.map(|decoded| {
        let (given_key, given_second) = decoded_keys(lexicon, &decoded);
        Found {
            given: Part::Words(0..1),
            given_key,
            given_second,
            weight: decoded.score + NO_SURNAME,
            ..only("only one name is written")
        }
    });
    surname.into_iter().chain(given).collect()
}

/// The key of a decoded given name, and the next likely: that of its most ambiguous syllable.
fn decoded_keys(lexicon: &Lexicon, decoded: &Decoded) -> (Key, Option<Key>) {
    let entries = || {
        decoded
            .entries
            .iter()
            .map(|entry| lexicon.given_spellings.entry(*entry))
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
