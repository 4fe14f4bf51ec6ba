//! From the written name to its readings, and from them to the keys.
//!
//! Invariant: a form in Hangul is more certain than any in other scripts, so its readings come
//! first; the rest are ordered by likelihood.

use super::chinese;
use super::found::Found;
use super::han;
use super::japanese;
use super::key::Key;
use super::korean::{read_hangul, read_hanja, read_latin};
use super::parsed::{NameKeys, ParsedName, Script, Tradition};
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

/// How much likelier a reading must be than any of no tradition, for these to be left out, as a
/// logarithm in hundredths.
const CLEARLY: i32 = 400;
/// How much a habit of the list counts, as a logarithm in hundredths.
const HABIT: i32 = 400;

/// Reads a name of which nothing is known beforehand.
///
/// ```
/// use onrecord_link::names::{keys, parse};
/// let (hangul, latin) = (parse("김혜숙"), parse("Hye-Sook KIM"));
/// assert_eq!(keys(&hangul).given, keys(&latin).given);
/// assert_eq!(latin.readings[0].why, "the surname is in capitals");
/// ```
#[must_use]
pub fn parse(written: &str) -> ParsedName {
    parse_with(written, Habits::default())
}

/// Reads a name of a list whose habits are known.
#[must_use]
pub fn parse_with(written: &str, habits: Habits) -> ParsedName {
    let forms = forms(written);
    let mut scripts: Vec<Script> = Vec::with_capacity(forms.len());
    for form in &forms {
        if !scripts.contains(&form.script) {
            scripts.push(form.script);
        }
    }
    let found = find(&forms, habits);
    let readings = found
        .iter()
        .map(|(form, found)| found.reading(&forms[*form]))
        .collect();
    ParsedName {
        written: written.to_owned(),
        scripts,
        readings,
    }
}

/// The folded keys of a name's likeliest reading, and the next likely ones.
#[must_use]
pub fn keys(name: &ParsedName) -> NameKeys {
    let pairs = name
        .readings
        .iter()
        .map(|reading| (reading.surname_key, reading.given_key));
    of_pairs(pairs, name.best().and_then(|best| best.given_second))
}

/// The keys of a written name: what [`keys`] makes of [`parse_with`], without making the texts.
#[must_use]
pub fn keys_of(written: &str, habits: Habits) -> NameKeys {
    let found = find(&forms(written), habits);
    let second = found.first().and_then(|(_, best)| best.given_second);
    of_pairs(
        found
            .iter()
            .map(|(_, found)| (found.surname_key, found.given_key)),
        second,
    )
}

fn of_pairs(mut pairs: impl Iterator<Item = (Key, Key)>, given_second: Option<Key>) -> NameKeys {
    let Some(best) = pairs.next() else {
        return NameKeys::default();
    };
    let alternative = pairs.find(|other| *other != best);
    NameKeys {
        surname: best.0,
        given: best.1,
        given_second,
        alternative,
    }
}

/// All readings of all forms, the likeliest first, each with the number of its form.
fn find(forms: &[Form], habits: Habits) -> Vec<(usize, Found)> {
    let mut all = Vec::with_capacity(4);
    for (at, form) in forms.iter().enumerate() {
        all.extend(read(form).into_iter().map(|found| (at, found)));
    }
    for (_, found) in &mut all {
        found.weight = found.weight.saturating_add(favoured(found, habits));
    }
    all.sort_by_key(|(at, found)| (forms[*at].script != Script::Hangul, -found.weight));
    all
}

/// What the habits of the list add to a reading.
fn favoured(found: &Found, habits: Habits) -> i32 {
    let tradition = habits
        .tradition
        .map_or(0, |t| if t == found.tradition { HABIT } else { -HABIT });
    let order = match (habits.surname_first, found.order.surname_first_assumed()) {
        (Some(habit), Some(first)) if habit == first => HABIT / 4,
        (Some(_), Some(_)) => -HABIT / 4,
        _ => 0,
    };
    tradition + order
}

/// All readings of a form. The table of traditions: a new one is a file and a line here.
fn read(form: &Form) -> Vec<Found> {
    match form.script {
        Script::Hangul => read_hangul(form),
        Script::Latin => {
            let mut found = read_latin(form);
            found.extend(japanese::read_latin(form));
            found.extend(chinese::read_latin(form));
            // A name that is clearly one of these needs no reading of no tradition beside it.
            let best = found.iter().map(|found| found.weight).max();
            if best.is_none_or(|best| best < western::most(form) + CLEARLY) {
                found.extend(western::read(form));
            }
            found
        }
        Script::Han => {
            let mut found = read_hanja(form);
            found.extend(chinese::read_characters(form));
            found.extend(japanese::read_characters(form));
            if found.is_empty() {
                found.push(han::unread(form));
            }
            found
        }
        Script::Kana => {
            let mut found = japanese::read_characters(form);
            if found.is_empty() {
                found.push(han::unread(form));
            }
            found
        }
        Script::Other => western::read(form),
    }
}
