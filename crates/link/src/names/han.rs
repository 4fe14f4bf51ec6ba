//! Characters that have several forms (old, simplified, new Japanese), brought to one.
//!
//! Invariant: a character is never turned into one that means another name; what is not listed stays
//! as it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::found::{Found, Part};
use super::key::Key;
use super::parsed::{Order, Tradition};
use super::table::{TableError, rows};
use super::written::Form;

/// What a name costs that nobody reads, as a logarithm in hundredths.
const UNREAD: i32 = -3000;

static VARIANTS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    read(include_str!("../../../../data/names/han-variants.tsv"))
        .expect("the shipped table is read by a test")
});

fn read(text: &str) -> Result<BTreeMap<char, char>, TableError> {
    let mut variants = BTreeMap::new();
    for row in rows("han-variants.tsv", text) {
        let standard = row.character(0)?;
        for variant in row.text(1)?.chars() {
            if variants.insert(variant, standard).is_some() {
                return Err(row.wrong("a form stands twice"));
            }
        }
    }
    Ok(variants)
}

/// Characters that no tradition reads as a name: kept as they are, with their numbers for a key.
pub(super) fn unread(form: &Form) -> Found {
    Found {
        tradition: Tradition::Western,
        surname: Part::NONE,
        given: Part::Words(0..form.words.len()),
        order: Order::OnlyOne,
        why: "no known surname begins it",
        surname_key: Key::default(),
        given_key: numbers(form.characters()),
        given_second: None,
        weight: UNREAD,
    }
}

/// The numbers of characters, for a key that claims no sound.
pub(super) fn numbers(characters: impl Iterator<Item = char>) -> Key {
    let numbers: Vec<String> = characters
        .map(|c| format!("{:x}", standard(c) as u32))
        .collect();
    Key::new(&numbers.concat())
}

/// The form of a character that the tables hold.
pub(super) fn standard(c: char) -> char {
    VARIANTS.get(&c).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn simplified_and_new_forms_are_brought_to_the_old_one() {
        let old: String = "赵学荣 恵沢".chars().map(standard).collect();
        assert_eq!(old, "趙學榮 惠澤");
        assert!(read("國\t国\n學\t国\n").is_err());
    }
}
