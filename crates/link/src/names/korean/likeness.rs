//! How alike two Korean surnames or given names are, as sets of what each spelling may stand for.
//!
//! Invariant: two spellings are the same name when some Hangul can be written both ways; how far
//! from the likeliest that Hangul is lowers the score, never the step.

use super::super::compare::Level;
use super::super::decode::{decode, walk};
use super::super::latin_text::{APOSTROPHE, O_BREVE, U_BREVE, letters};
use super::super::likeness::{
    Likeness, bare, by_letters, changes, form_of, missing_given, missing_surname,
};
use super::super::parsed::{Reading, Script};
use super::hangul::{Syllable, southern_initial};
use super::hanja::given_readings;
use super::letters::System;
use super::lexicon::{LEXICON, Lexicon};
use super::read::COUNTS;
use super::romanise::written_as_heard;

/// A place of a given name: the syllables it may stand for, each with its score.
type Place = Vec<(char, i32)>;

/// What is known of a given name.
struct Given {
    places: Vec<Place>,
    repaired: bool,
}

/// Two Korean surnames.
pub(in super::super) fn surnames(a: &Reading, b: &Reading) -> Likeness {
    let (Some(left), Some(right)) = (&a.surname, &b.surname) else {
        return missing_surname(a, b);
    };
    if bare(left) == bare(right) {
        return Likeness::same();
    }
    let both = format!("the surnames {left} and {right}");
    let (one, other) = (surname_rows(a, left), surname_rows(b, right));
    let shared = one.iter().filter_map(|(row, score)| {
        let (_, other_score) = other.iter().find(|(candidate, _)| candidate == row)?;
        Some((score + other_score, *row))
    });
    let Some((_, row)) = shared.max_by_key(|(score, row)| (*score, u16::MAX - row)) else {
        return near_surnames(a, b, &both);
    };
    let surname = &LEXICON.surnames[usize::from(row)];
    let hangul = match surname.north == surname.south {
        true => surname.north.clone(),
        false => format!("{} (North: {})", surname.south, surname.north),
    };
    let is_it = |written: &str| written == surname.north || written == surname.south;
    let reason = match (is_it(left), is_it(right)) {
        (true, true) => {
            format!("{left} and {right} are the northern and southern form of one surname")
        }
        (true, false) => format!("{right} is a spelling of the surname {hangul}"),
        (false, true) => format!("{left} is a spelling of the surname {hangul}"),
        (false, false) => format!("{both} are spellings of {hangul}"),
    };
    Likeness::new(Level::SameByRomanisation, 960, reason)
}

/// Surnames that share no Hangul: one letter may be wrong.
fn near_surnames(a: &Reading, b: &Reading, both: &str) -> Likeness {
    match (a.script, b.script) {
        (Script::Latin, Script::Latin) => {
            let text = |reading: &Reading| bare(reading.surname.as_deref().unwrap_or_default());
            by_letters(&text(a), &text(b), both)
        }
        _ => Likeness::new(Level::Different, 0, format!("{both} differ")),
    }
}

/// The rows of the surname table that a written surname may stand for.
fn surname_rows(reading: &Reading, written: &str) -> Vec<(u16, i32)> {
    let lexicon: &Lexicon = &LEXICON;
    match reading.script {
        Script::Latin => lexicon
            .surname_spellings
            .find(&letters(written))
            .map_or_else(Vec::new, |entry| entry.candidates.clone()),
        _ => lexicon
            .surname_by_key(reading.surname_key)
            .map(|row| (row, 0))
            .into_iter()
            .collect(),
    }
}

/// Two Korean given names.
pub(in super::super) fn given_names(a: &Reading, b: &Reading) -> Likeness {
    let (left, right) = (&a.given, &b.given);
    if left.is_empty() || right.is_empty() {
        return missing_given(a, b);
    }
    if bare(left) == bare(right) {
        return Likeness::same();
    }
    let both = format!("the given names {left} and {right}");
    let (one, other) = (given(a), given(b));
    if one.places.is_empty() || other.places.is_empty() {
        return Likeness::new(Level::Different, 0, format!("{both} differ"));
    }
    if let Some(hangul) = spelt_by(a, b, &other).or_else(|| spelt_by(b, a, &one)) {
        let reason = format!("{left} = {right}: {}", how(a, b, &hangul));
        return Likeness::new(Level::SameByRomanisation, 960, reason);
    }
    if let Some((hangul, score)) = common(&one.places, &other.places) {
        if one.repaired || other.repaired {
            return Likeness::new(
                Level::Near,
                780,
                format!("{both} are spellings of {hangul} if one letter is wrong"),
            );
        }
        let seldom = u16::try_from((-score).clamp(0, 1000) / 10).unwrap_or(100);
        let reason = format!("{left} = {right}: {}", how(a, b, &hangul));
        return Likeness::new(
            Level::SameByRomanisation,
            960_u16.saturating_sub(seldom),
            reason,
        );
    }
    not_common(a, b, &one, &other, &both)
}

/// The Hangul of `certain`, when the Latin letters of `latin` can be cut so as to spell it.
fn spelt_by(latin: &Reading, certain: &Reading, given: &Given) -> Option<String> {
    if latin.script != Script::Latin || certain.script == Script::Latin {
        return None;
    }
    let form = form_of(&latin.given)?;
    let letters = form.letters(0..form.words.len());
    // Places of the letters that the syllables so far may end at.
    let mut ends = vec![0_usize];
    let mut hangul = String::new();
    for (at, place) in given.places.iter().enumerate() {
        let (c, _) = *place.first()?;
        let first = at == 0;
        let stands_for = |entry: u16| {
            let candidates = &LEXICON.given_spellings.entry(entry).candidates;
            let syllable = |row: u16| LEXICON.syllables[usize::from(row)].hangul;
            candidates.iter().any(|(row, _)| {
                let d = syllable(*row);
                d == c || (first && southern_initial(d) == southern_initial(c))
            })
        };
        let mut next: Vec<usize> = Vec::new();
        for end in &ends {
            let start = end + usize::from(letters.get(*end) == Some(&APOSTROPHE));
            walk(
                &LEXICON.given_spellings.trie,
                letters.get(start..)?,
                |length, entry| {
                    if stands_for(entry) && !next.contains(&(start + length)) {
                        next.push(start + length);
                    }
                },
            );
        }
        ends = next;
        hangul.push(c);
    }
    let heard = || plain(&written_as_heard(&hangul)) == plain(&latin.given);
    (ends.contains(&letters.len()) || heard()).then_some(hangul)
}

/// The likeliest Hangul that both places allow, and how much less likely it is than the best of each.
fn common(one: &[Place], other: &[Place]) -> Option<(String, i32)> {
    if one.len() != other.len() {
        return None;
    }
    let mut hangul = String::new();
    let mut total = 0;
    for (at, (x, y)) in one.iter().zip(other).enumerate() {
        let (c, score) = meet(x, y, at == 0)?;
        hangul.push(c);
        total += score;
    }
    Some((hangul, total))
}

/// The likeliest syllable of both places; at the beginning 룡 and 용 are one.
fn meet(x: &Place, y: &Place, first: bool) -> Option<(char, i32)> {
    let form = |c: char| if first { southern_initial(c) } else { c };
    let best = |place: &Place| place.iter().map(|(_, score)| *score).max().unwrap_or(0);
    let shared = x.iter().filter_map(|(c, score)| {
        let other = y
            .iter()
            .filter(|(d, _)| form(*d) == form(*c))
            .max_by_key(|(d, s)| (*s, *d))?;
        Some((score + other.1 - best(x) - best(y), form(*c)))
    });
    shared
        .max_by_key(|(score, c)| (*score, *c))
        .map(|(score, c)| (c, score))
}

/// Names that no Hangul can be written as: a sound differs, a syllable is missing, or more.
fn not_common(a: &Reading, b: &Reading, one: &Given, other: &Given, both: &str) -> Likeness {
    let different = || Likeness::new(Level::Different, 0, format!("{both} differ"));
    let (short, long) = match one.places.len() <= other.places.len() {
        true => (&one.places, &other.places),
        false => (&other.places, &one.places),
    };
    if long.len() == short.len() + 1 {
        let fits = |from: &[Place]| {
            short
                .iter()
                .zip(from)
                .all(|(x, y)| meet(x, y, false).is_some())
        };
        if fits(&long[1..]) || fits(&long[..short.len()]) {
            return Likeness::new(
                Level::Partial,
                560,
                format!("{both}: one syllable is missing in one of them"),
            );
        }
        return different();
    }
    let unlike: Vec<usize> = (0..short.len().min(long.len()))
        .filter(|at| meet(&one.places[*at], &other.places[*at], *at == 0).is_none())
        .collect();
    let [at] = unlike.as_slice() else {
        return different();
    };
    if short.len() != long.len() {
        return different();
    }
    let (x, y) = (&one.places[*at], &other.places[*at]);
    if let Some((c, d)) = one_sound_apart(x, y) {
        return Likeness::new(
            Level::Near,
            740,
            format!("{both} differ in one sound: {c} and {d}"),
        );
    }
    match (a.script, b.script) {
        (Script::Latin, Script::Latin) if changes(&bare(&a.given), &bare(&b.given)) == 1 => {
            Likeness::new(Level::Near, 700, format!("{both} differ in one letter"))
        }
        _ => different(),
    }
}

/// Likely syllables of two places that differ in one letter of Hangul only.
fn one_sound_apart(x: &Place, y: &Place) -> Option<(char, char)> {
    const LIKELY: usize = 3;
    let pairs = x
        .iter()
        .take(LIKELY)
        .flat_map(|(c, _)| y.iter().take(LIKELY).map(move |(d, _)| (*c, *d)));
    pairs
        .into_iter()
        .find(|(c, d)| match (Syllable::of(*c), Syllable::of(*d)) {
            (Some(c), Some(d)) => {
                let apart = [c.onset != d.onset, c.vowel != d.vowel, c.coda != d.coda];
                apart.into_iter().filter(|differs| *differs).count() == 1
            }
            _ => false,
        })
}

/// What each place of a reading's given name may stand for.
fn given(reading: &Reading) -> Given {
    let lexicon: &Lexicon = &LEXICON;
    let certain = |c: char| vec![(c, 0)];
    let characters: Vec<char> = reading
        .given
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    match reading.script {
        Script::Hangul => Given {
            places: characters.into_iter().map(certain).collect(),
            repaired: false,
        },
        Script::Han => {
            let read = given_readings(&characters).unwrap_or_default();
            Given {
                places: read.into_iter().map(certain).collect(),
                repaired: false,
            }
        }
        _ => {
            let form = form_of(&reading.given);
            let decoded = form.and_then(|form| {
                decode(
                    &lexicon.given_spellings,
                    &COUNTS,
                    form.parts(0..form.words.len()),
                    true,
                )
            });
            let place = |number: &u16| -> Place {
                let candidates = &lexicon.given_spellings.entry(*number).candidates;
                candidates
                    .iter()
                    .map(|(row, score)| (lexicon.syllables[usize::from(*row)].hangul, *score))
                    .collect()
            };
            decoded.map_or(
                Given {
                    places: Vec::new(),
                    repaired: false,
                },
                |decoded| Given {
                    places: decoded.entries.iter().map(place).collect(),
                    repaired: decoded.repaired,
                },
            )
        }
    }
}

/// In words: how the two are spelt.
fn how(a: &Reading, b: &Reading, hangul: &str) -> String {
    let latin =
        |reading: &Reading| (reading.script == Script::Latin).then(|| system(reading, hangul));
    match (latin(a), latin(b)) {
        (None, None) if a.script == Script::Han || b.script == Script::Han => {
            "Chinese characters and their Korean reading".to_owned()
        }
        (None, None) => "the South drops or changes the first sound, the North keeps it".to_owned(),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(one), Some(other)) if one == other => format!("{one} of {hangul}, both"),
        (Some(one), Some(other)) => format!("{one} and {other} of {hangul}"),
    }
}

/// The systems that write the Hangul so.
fn system(reading: &Reading, hangul: &str) -> String {
    let written = plain(&reading.given);
    let spelt = |system: &System| {
        let syllables = hangul.chars().filter_map(Syllable::of);
        let alone: String = syllables
            .map(|s| LEXICON.letters.alone(s, *system))
            .collect();
        plain(&alone) == written
            || (*system == System::McCuneReischauer && plain(&written_as_heard(hangul)) == written)
    };
    let systems = [
        System::RevisedRomanization,
        System::McCuneReischauer,
        System::Dprk,
    ];
    let labels: Vec<&str> = systems
        .iter()
        .filter(|system| spelt(system))
        .map(|system| system.label())
        .collect();
    match labels.as_slice() {
        [] => System::Everyday.label().to_owned(),
        [one] => (*one).to_owned(),
        [start @ .., last] => format!("{} or {last}", start.join(", ")),
    }
}

/// The letters of a romanisation without breves and apostrophes, which typists drop.
fn plain(text: &str) -> Vec<u8> {
    letters(text)
        .into_iter()
        .filter_map(|letter| match letter {
            APOSTROPHE => None,
            O_BREVE => Some(b'o' - b'a'),
            U_BREVE => Some(b'u' - b'a'),
            plain => Some(plain),
        })
        .collect()
}
