//! From the written name to its readings, and from them to the keys.
//!
//! Invariant: a form in Hangul is more certain than any in other scripts, so its readings come
//! first; the rest are ordered by likelihood.

use super::korean::{read_hangul, read_latin};
use super::parsed::{NameKeys, ParsedName, Reading, Script, Tradition};
use super::western;
use super::written::{Form, forms};

/// What is known beforehand of the names of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Habits {
    /// All names are of this tradition.
    pub tradition: Option<Tradition>,
    /// The surname stands first (or last) where the writing does not show otherwise.
    pub surname_first: Option<bool>,
}

/// How much a habit of the list counts, as a logarithm in hundredths.
const HABIT: i32 = 400;

/// Reads a name of which nothing is known beforehand.
#[must_use]
pub fn parse(written: &str) -> ParsedName {
    parse_with(written, Habits::default())
}

/// Reads a name of a list whose habits are known.
#[must_use]
pub fn parse_with(written: &str, habits: Habits) -> ParsedName {
    let forms = forms(written);
    let mut scripts: Vec<Script> = Vec::with_capacity(forms.len());
    let mut readings: Vec<(u8, Reading)> = Vec::new();
    for form in &forms {
        if !scripts.contains(&form.script) {
            scripts.push(form.script);
        }
        let rank = u8::from(form.script != Script::Hangul);
        readings.extend(read(form).into_iter().map(|reading| (rank, reading)));
    }
    for (_, reading) in &mut readings {
        reading.weight = reading.weight.saturating_add(favoured(reading, habits));
    }
    readings.sort_by_key(|(rank, reading)| (*rank, -reading.weight));
    ParsedName {
        written: written.to_owned(),
        scripts,
        readings: readings.into_iter().map(|(_, reading)| reading).collect(),
    }
}

/// What the habits of the list add to a reading.
fn favoured(reading: &Reading, habits: Habits) -> i32 {
    let tradition = habits.tradition.map_or(0, |t| {
        if t == reading.tradition {
            HABIT
        } else {
            -HABIT
        }
    });
    let first = reading.order.surname_first_assumed();
    let order = match (habits.surname_first, first) {
        (Some(habit), Some(first)) if habit == first => HABIT / 4,
        (Some(_), Some(_)) => -HABIT / 4,
        _ => 0,
    };
    tradition + order
}

fn read(form: &Form) -> Vec<Reading> {
    match form.script {
        Script::Hangul => read_hangul(&form.words),
        Script::Latin => {
            let mut readings = read_latin(&form.words);
            readings.extend(western::read(&form.words, Script::Latin));
            readings
        }
        other => western::read(&form.words, other),
    }
}

/// The folded keys of a name's likeliest reading, and the next likely ones.
#[must_use]
pub fn keys(name: &ParsedName) -> NameKeys {
    let Some(best) = name.best() else {
        return NameKeys::default();
    };
    let pair = |reading: &Reading| (reading.surname_key, reading.given_key);
    NameKeys {
        surname: best.surname_key,
        given: best.given_key,
        given_second: best.given_second,
        alternative: name
            .readings
            .iter()
            .skip(1)
            .map(pair)
            .find(|other| *other != pair(best)),
    }
}
