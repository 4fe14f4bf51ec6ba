//! Names of no particular tradition: given names first, surname last, unless the writing says
//! otherwise.
//!
//! Invariant: never fails on letters; marks, case, hyphens and particles make no difference to keys.

use std::ops::Range;
use std::sync::LazyLock;

use super::found::{Found, Part};
use super::key::Key;
use super::latin_text::{letters, plain};
use super::parsed::{Order, Tradition};
use super::table::{TableError, rows};
use super::trie::Trie;
use super::written::Form;

/// What a letter of an unlisted name costs, as a logarithm in hundredths.
const LETTER: i32 = -230;
/// What a name costs that nothing is known of.
const UNKNOWN: i32 = -900;
/// What a listed given name is worth.
const LISTED: i32 = 300;
/// How likely each way to part a name is where nothing shows it.
const SURNAME_LAST: i32 = -20;
const TWO_SURNAMES: i32 = -90;
const SURNAME_FIRST: i32 = -170;

struct Lexicon {
    particles: Trie,
    /// The form that stands for all forms of a given name.
    forms: Trie,
    /// The key of each row of forms.
    form_keys: Vec<Key>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let particles = include_str!("../../../../data/names/particles.tsv");
    let forms = include_str!("../../../../data/names/given-forms.tsv");
    Lexicon::read(particles, forms).expect("the shipped tables are read by a test")
});

impl Lexicon {
    fn read(particles: &str, given: &str) -> Result<Self, TableError> {
        let mut lexicon = Self {
            particles: Trie::new(),
            forms: Trie::new(),
            form_keys: Vec::new(),
        };
        for row in rows("particles.tsv", particles) {
            lexicon.particles.insert(&letters(row.text(0)?), 0);
        }
        for row in rows("given-forms.tsv", given) {
            let first = row.words(0).next().ok_or_else(|| row.wrong("no name"))?;
            let number =
                u16::try_from(lexicon.form_keys.len()).map_err(|_| row.wrong("too many rows"))?;
            for form in row.words(0).map(letters) {
                if lexicon.forms.find(&form).is_some() {
                    return Err(row.wrong("a form stands twice"));
                }
                lexicon.forms.insert(&form, number);
            }
            lexicon.form_keys.push(fold(first.bytes()));
        }
        Ok(lexicon)
    }

    fn is_particle(&self, form: &Form, word: usize) -> bool {
        self.is_particle_part(form.letters(word..word + 1))
    }

    fn is_particle_part(&self, letters: &[u8]) -> bool {
        self.particles.find(letters).is_some()
    }

    fn form(&self, letters: &[u8]) -> Option<Key> {
        self.forms
            .find(letters)
            .map(|row| self.form_keys[usize::from(row)])
    }
}

/// Letters with doubled ones made single.
fn fold(letters: impl Iterator<Item = u8>) -> Key {
    let mut folded = [0; Key::BYTES];
    let mut length = 0;
    let mut last = 0;
    for byte in letters {
        if byte != last && length < folded.len() {
            folded[length] = byte;
            length += 1;
        }
        last = byte;
    }
    let mut key = Key::default();
    key.push(&folded[..length]);
    key
}

/// Whether two words are forms of one given name, such as Bill and William.
pub(super) fn same_given(a: &[u8], b: &[u8]) -> bool {
    matches!((LEXICON.form(a), LEXICON.form(b)), (Some(a), Some(b)) if a == b)
}

/// The most that a reading of this form can weigh.
pub(super) fn most(form: &Form) -> i32 {
    cost(form) + LISTED
}

fn cost(form: &Form) -> i32 {
    let letters = form.letters(0..form.words.len()).len();
    i32::try_from(letters)
        .unwrap_or(i32::MAX / 1000)
        .saturating_mul(LETTER)
        + UNKNOWN
}

/// Readings of a form as a name of no particular tradition.
pub(super) fn read(form: &Form) -> Vec<Found> {
    let count = form.words.len();
    if form.letters(0..count).is_empty() {
        return Vec::new();
    }
    if count == 1 {
        let why = "only one name is written";
        return vec![found(form, 0..0, 0..1, Order::OnlyOne, why, 0)];
    }
    match shown(form) {
        Some(found) => vec![found],
        None => assumed(form),
    }
}

/// The reading that a comma or capitals show.
fn shown(form: &Form) -> Option<Found> {
    let words = &form.words;
    let count = words.len();
    let inner = 1..count;
    if let Some(at) = words[..count - 1].iter().position(|word| word.comma) {
        let (surname, given) = (0..at + 1, at + 1..count);
        let why = "a comma follows the surname";
        return Some(found(form, surname, given, Order::SurnameFirst, why, 0));
    }
    let why = "the surname is in capitals";
    let end = words.iter().take_while(|word| word.capitals).count();
    if inner.contains(&end) {
        return Some(found(form, 0..end, end..count, Order::SurnameFirst, why, 0));
    }
    let start = count - words.iter().rev().take_while(|word| word.capitals).count();
    let last = inner.contains(&start);
    last.then(|| found(form, start..count, 0..start, Order::GivenFirst, why, 0))
}

/// The readings where nothing shows the order: one surname last, two surnames, surname first.
fn assumed(form: &Form) -> Vec<Found> {
    let count = form.words.len();
    let with_particles = |mut start: usize| {
        while start > 1 && LEXICON.is_particle(form, start - 1) {
            start -= 1;
        }
        start
    };
    let start = with_particles(count - 1);
    let why = match start == count - 1 {
        true => "the last word is taken as the surname",
        false => "a particle begins the surname",
    };
    let order = Order::GivenFirstAssumed;
    let mut all = vec![found(
        form,
        start..count,
        0..start,
        order,
        why,
        SURNAME_LAST,
    )];
    if start > 1 {
        let names = (0..count)
            .filter(|word| !LEXICON.is_particle(form, *word))
            .count();
        let prior = if names > 3 {
            SURNAME_LAST / 2
        } else {
            TWO_SURNAMES
        };
        let from = with_particles(start - 1);
        let why = "the last two may both be surnames";
        all.push(found(form, from..count, 0..from, order, why, prior));
    }
    let why = "the first word may be the surname";
    all.push(found(
        form,
        0..1,
        1..count,
        Order::SurnameFirstAssumed,
        why,
        SURNAME_FIRST,
    ));
    all
}

fn found(
    form: &Form,
    surname: Range<usize>,
    given: Range<usize>,
    order: Order,
    why: &'static str,
    prior: i32,
) -> Found {
    let surname_key = surname_key(form, surname.clone());
    let first = form.letters(given.start..(given.start + 1).min(given.end));
    let listed = LEXICON.form(first);
    Found {
        tradition: Tradition::Western,
        surname_key,
        given_key: listed.unwrap_or_else(|| fold(plain(first))),
        surname: Part::Words(surname),
        given: Part::Words(given),
        order,
        why,
        given_second: None,
        weight: cost(form) + prior + if listed.is_some() { LISTED } else { 0 },
    }
}

/// Of two surnames the first counts, of one with a hyphen both parts; particles come and go.
fn surname_key(form: &Form, surname: Range<usize>) -> Key {
    for word in surname {
        let parts = form
            .parts(word..word + 1)
            .filter(|part| !LEXICON.is_particle_part(part));
        let key = fold(parts.flat_map(plain));
        if !key.is_empty() {
            return key;
        }
    }
    Key::default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::written::forms;
    use super::*;

    fn keys(written: &str) -> Vec<String> {
        let form = forms(written).remove(0);
        let mut all = read(&form);
        all.sort_by_key(|found| -found.weight);
        all.iter()
            .map(|found| format!("{} {}", found.surname_key, found.given_key))
            .collect()
    }

    #[test]
    fn marks_case_titles_and_middle_names_make_no_difference() {
        for (one, other) in [
            ("Marzuki Darusman", "DARUSMAN, Marzuki"),
            ("Zeid Ra'ad al-Hussein", "Zeid Raad Al Husein"),
            ("Mr. Michael Donald Kirby", "KIRBY Michael"),
            ("Ludwig van Beethoven", "Beethoven, Ludwig"),
            ("Bob King", "Robert R. King"),
        ] {
            assert_eq!(keys(one)[0], keys(other)[0], "{one}");
        }
    }

    #[test]
    fn of_two_surnames_the_first_counts_in_a_second_reading() {
        assert_eq!(
            keys("Tomás Ojea Quintana")[..2],
            ["quintana thomas", "ojea thomas"]
        );
        assert_eq!(keys("Ojea Quintana, Tomás")[0], "ojea thomas");
        assert_eq!(keys("Juan Carlos García Márquez")[0], "garcia john");
    }

    #[test]
    fn a_form_of_two_names_is_refused() {
        assert!(Lexicon::read("", "john jon\njon jonas\n").is_err());
    }
}
