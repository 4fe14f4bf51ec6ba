//! How alike one part of a name is: the surname, or the given name.
//!
//! Invariant: symmetric; a step and its score never contradict each other (see [`Level::clamp`]).

use super::compare::Level;
use super::parsed::Reading;
use super::western::same_given;
use super::written::{Form, forms};

/// How alike a part is, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Likeness {
    pub level: Level,
    /// From 0 to 1000.
    pub score: u16,
    /// In words; empty when there is nothing to say.
    pub reason: String,
}

impl Likeness {
    /// A likeness whose score lies within its level.
    pub fn new(level: Level, score: u16, reason: String) -> Self {
        Self {
            level,
            score: level.clamp(score),
            reason,
        }
    }

    /// Written alike.
    pub fn same() -> Self {
        Self::new(Level::Same, 1000, String::new())
    }
}

/// The letters and digits of a text in lower case: what is compared when two parts are written alike.
pub(super) fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A part as a form; `None` when nothing in it can be read.
pub(super) fn form_of(text: &str) -> Option<Form> {
    forms(text).into_iter().next()
}

/// The number of single changes (wrong, missing, added, swapped) between two texts.
pub(super) fn changes(a: &str, b: &str) -> usize {
    rapidfuzz::distance::osa::distance(a.chars(), b.chars())
}

/// Two surnames of which no tradition knows more than the letters.
pub(super) fn surnames(a: &Reading, b: &Reading) -> Likeness {
    let (Some(left), Some(right)) = (&a.surname, &b.surname) else {
        return missing_surname(a, b);
    };
    let (one, other) = (bare(left), bare(right));
    if one == other {
        return Likeness::same();
    }
    let both = format!("the surnames {left} and {right}");
    if !a.surname_key.is_empty() && a.surname_key == b.surname_key {
        let whole = one.contains(&other) || other.contains(&one);
        return match whole && changes(&one, &other) > 3 {
            true => Likeness::new(
                Level::SameByRomanisation,
                880,
                format!("{both}: one has a part that the other leaves out"),
            ),
            false => Likeness::new(
                Level::SameByRomanisation,
                930,
                format!("{both} are spellings of one name"),
            ),
        };
    }
    by_letters(a.surname_key.as_str(), b.surname_key.as_str(), &both)
}

/// What is said when a surname is missing.
pub(super) fn missing_surname(a: &Reading, b: &Reading) -> Likeness {
    if a.surname == b.surname {
        return Likeness::new(Level::Same, 1000, String::new());
    }
    Likeness::new(
        Level::Partial,
        600,
        "one of the two has no surname".to_owned(),
    )
}

/// What is said when a given name is missing: two who are only called Kim are not one person.
pub(super) fn missing_given(a: &Reading, b: &Reading) -> Likeness {
    let reason = match a.given.is_empty() && b.given.is_empty() {
        true => "neither has a given name",
        false => "one of the two has no given name",
    };
    Likeness::new(Level::Partial, 450, reason.to_owned())
}

/// Two given names of which no tradition knows more than the letters.
pub(super) fn given_names(a: &Reading, b: &Reading) -> Likeness {
    let (left, right) = (&a.given, &b.given);
    let (one, other) = (bare(left), bare(right));
    if one.is_empty() || other.is_empty() {
        return missing_given(a, b);
    }
    if one == other {
        return Likeness::same();
    }
    let both = format!("the given names {left} and {right}");
    let (first, second) = (form_of(left), form_of(right));
    let letters = |form: &Option<Form>| {
        form.as_ref()
            .map_or_else(Vec::new, |form| form.letters(0..1).to_vec())
    };
    let (first, second) = (letters(&first), letters(&second));
    if !first.is_empty() && first == second {
        return Likeness::new(
            Level::SameByRomanisation,
            900,
            format!("{both} begin with the same name; one leaves out the rest"),
        );
    }
    if same_given(&first, &second) {
        return Likeness::new(
            Level::SameByRomanisation,
            880,
            format!("{both} are forms of one name"),
        );
    }
    if first.len().min(second.len()) == 1 && first.first() == second.first() {
        return Likeness::new(
            Level::Partial,
            620,
            format!("{both}: one is an initial that fits the other"),
        );
    }
    by_keys(a, b, &both)
}

/// Two given names by their keys.
fn by_keys(a: &Reading, b: &Reading, both: &str) -> Likeness {
    let keys = |reading: &Reading| [Some(reading.given_key), reading.given_second];
    if !a.given_key.is_empty() && a.given_key == b.given_key {
        return Likeness::new(
            Level::SameByRomanisation,
            940,
            format!("{both} are spellings of one name"),
        );
    }
    let meet = keys(a)
        .iter()
        .flatten()
        .any(|key| keys(b).iter().flatten().any(|other| other == key));
    if meet {
        return Likeness::new(
            Level::SameByRomanisation,
            870,
            format!("{both} may be spellings of one name"),
        );
    }
    by_letters(a.given_key.as_str(), b.given_key.as_str(), both)
}

/// Near or different, by the letters that differ.
pub(super) fn by_letters(one: &str, other: &str, both: &str) -> Likeness {
    let shorter = one.chars().count().min(other.chars().count());
    match changes(one, other) {
        1 if shorter >= 4 => {
            Likeness::new(Level::Near, 760, format!("{both} differ in one letter"))
        }
        2 if shorter >= 8 => {
            Likeness::new(Level::Near, 680, format!("{both} differ in two letters"))
        }
        _ => Likeness::new(Level::Different, 0, format!("{both} differ")),
    }
}
