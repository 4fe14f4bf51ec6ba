//! How alike two names are, with the reasons in words.
//!
//! Invariant: symmetric; every reading of one name is held against every reading of the other and
//! the best pair counts, less what makes those readings unlikely.

use super::korean::syllable_sets;
use super::parse::parse;
use super::parsed::{ParsedName, Reading, Tradition};

/// How alike, in steps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Other names.
    Different,
    /// A part agrees: the surname, or the given name, and nothing speaks for more.
    Partial,
    /// A letter, a vowel or a syllable differs.
    Near,
    /// Spellings of one name in different scripts, systems or orders.
    SameByRomanisation,
    /// Written alike but for case, marks, hyphens and spaces.
    Same,
}

/// How alike two names are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Similarity {
    /// The step.
    pub level: Level,
    /// From 0 (nothing in common) to 1000 (written alike).
    pub score: u16,
    /// Why, in words; the most important first.
    pub reasons: Vec<String>,
}

/// The most readings of a name that are compared.
const READINGS: usize = 6;

/// Compares two written names.
#[must_use]
pub fn compare(a: &str, b: &str) -> Similarity {
    compare_parsed(&parse(a), &parse(b))
}

/// Compares two names that have been read.
#[must_use]
pub fn compare_parsed(a: &ParsedName, b: &ParsedName) -> Similarity {
    // One order of the two, so that both directions give the same words.
    let (a, b) = if a.written <= b.written {
        (a, b)
    } else {
        (b, a)
    };
    if a.readings.is_empty() || b.readings.is_empty() {
        let reasons = vec!["one of the two holds nothing that can be read as a name".to_owned()];
        return Similarity {
            level: Level::Different,
            score: 0,
            reasons,
        };
    }
    let mut best: Option<Similarity> = None;
    for (i, left) in a.readings.iter().take(READINGS).enumerate() {
        for (j, right) in b.readings.iter().take(READINGS).enumerate() {
            let mut similarity = pair(left, right);
            let unlikely = u16::try_from(20 * (i + j)).unwrap_or(u16::MAX);
            similarity.score = similarity.score.saturating_sub(unlikely);
            if best
                .as_ref()
                .is_none_or(|best| (similarity.level, similarity.score) > (best.level, best.score))
            {
                best = Some(similarity);
            }
        }
    }
    best.expect("both names have a reading")
}

/// Compares one reading of each.
fn pair(a: &Reading, b: &Reading) -> Similarity {
    let mut reasons = Vec::new();
    let surname = surname(a, b, &mut reasons);
    let given = given(a, b, &mut reasons);
    let score = surname * 2 / 5 + given * 3 / 5;
    let level = match (surname, given) {
        (1000, 1000) => Level::Same,
        (900.., 900..) => Level::SameByRomanisation,
        (900.., 600..) | (600.., 900..) => Level::Near,
        (900.., _) | (_, 900..) => Level::Partial,
        _ => Level::Different,
    };
    Similarity {
        level,
        score,
        reasons,
    }
}

fn surname(a: &Reading, b: &Reading, reasons: &mut Vec<String>) -> u16 {
    match (&a.surname, &b.surname) {
        (None, _) | (_, None) => {
            reasons.push("one of the two has no surname".to_owned());
            600
        }
        (Some(left), Some(right)) if left.to_lowercase() == right.to_lowercase() => 1000,
        (Some(left), Some(right)) if a.surname_key == b.surname_key => {
            reasons.push(format!("{left} and {right} are spellings of one surname"));
            950
        }
        (Some(left), Some(right)) => {
            reasons.push(format!("the surnames {left} and {right} differ"));
            0
        }
    }
}

fn given(a: &Reading, b: &Reading, reasons: &mut Vec<String>) -> u16 {
    let plain = |reading: &Reading| -> String {
        reading
            .given
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (left, right) = (&a.given, &b.given);
    if plain(a) == plain(b) {
        return 1000;
    }
    if a.tradition == Tradition::Korean && b.tradition == Tradition::Korean {
        let (one, other) = (syllable_sets(a), syllable_sets(b));
        let fits = |(x, y): (&Vec<char>, &Vec<char>)| x.iter().any(|c| y.contains(c));
        let fitting = one.iter().zip(&other).filter(|pair| fits(*pair)).count();
        if one.len() == other.len() && fitting == one.len() && fitting > 0 {
            reasons.push(format!(
                "{left} and {right} are spellings of the same syllables"
            ));
            return 950;
        }
        if fitting > 0 {
            reasons.push(format!("of {left} and {right}, one syllable agrees"));
            return 500;
        }
    } else if a.given_key == b.given_key && !a.given_key.is_empty() {
        reasons.push(format!("{left} and {right} are folded to the same letters"));
        return 900;
    }
    reasons.push(format!("the given names {left} and {right} differ"));
    0
}
