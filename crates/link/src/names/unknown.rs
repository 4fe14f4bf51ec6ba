//! Names that are withheld or not known: 성명불상, Kim XX, 김○○, 김모.
//!
//! Invariant: what stands for an unknown name never becomes a name, or all the unknown would be one
//! person.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::latin_text::letters;
use super::parsed::Script;
use super::table::{TableError, rows};
use super::trie::Trie;
use super::written::Form;

/// What lists write for an unknown name.
struct Unknown {
    latin: Trie,
    others: BTreeSet<&'static str>,
    /// First characters of the others, asked for before anything is put together.
    firsts: BTreeSet<char>,
}

static UNKNOWN: LazyLock<Unknown> = LazyLock::new(|| {
    Unknown::read(include_str!("../../../../data/names/unknown.tsv"))
        .expect("the shipped table is read by a test")
});

impl Unknown {
    fn read(text: &'static str) -> Result<Self, TableError> {
        let mut unknown = Self {
            latin: Trie::new(),
            others: BTreeSet::new(),
            firsts: BTreeSet::new(),
        };
        for row in rows("unknown.tsv", text) {
            let name = row.text(0)?;
            if name.is_ascii() {
                unknown.latin.insert(&letters(name), 0);
            } else {
                unknown.others.insert(name);
                unknown.firsts.extend(name.chars().next());
            }
        }
        Ok(unknown)
    }
}

/// Whether a form says that the name is not known.
pub(super) fn is_unknown(form: &Form) -> bool {
    if form.script == Script::Latin {
        return UNKNOWN
            .latin
            .find(form.letters(0..form.words.len()))
            .is_some();
    }
    let first = form
        .characters()
        .next()
        .and_then(|c| c.to_lowercase().next());
    if !first.is_some_and(|first| UNKNOWN.firsts.contains(&first)) {
        return false;
    }
    let all: String = form.characters().flat_map(char::to_lowercase).collect();
    UNKNOWN.others.contains(all.as_str())
}

/// Whether the whole text is the usual mark of an empty field.
pub(super) fn is_not_available(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("n/a")
}

/// Whether a character stands for one that is withheld.
pub(super) fn is_mask(c: char) -> bool {
    matches!(
        c,
        '○' | '〇'
            | '◯'
            | '●'
            | '□'
            | '■'
            | '△'
            | '×'
            | '*'
            | '＊'
            | '⃝'
            | '❍'
            | '?'
            | '？'
    )
}

/// Whether the letters of a word in capitals stand for ones that are withheld: OO, XXX.
pub(super) fn is_masked_word(letters: &[u8]) -> bool {
    const O: u8 = b'o' - b'a';
    const X: u8 = b'x' - b'a';
    letters.len() > 1 && (letters.iter().all(|l| *l == O) || letters.iter().all(|l| *l == X))
}

/// Whether a given name in Hangul or Han says "a certain": 김모 is a Kim who is not named.
pub(super) fn is_a_certain(given: &[char]) -> bool {
    matches!(given, ['모' | '某'])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{compare, keys, parse};
    use super::*;
    use crate::names::Level;

    #[test]
    fn the_unknown_have_no_name() {
        for written in [
            "Unknown",
            "UNKNOWN NAME",
            "N/A",
            "성명불상",
            "성명 미상",
            "氏名不詳",
            "(unknown)",
            "○○○",
            "XXX",
        ] {
            assert!(
                parse(written).readings.is_empty(),
                "{written}: {:?}",
                parse(written).readings
            );
        }
    }

    #[test]
    fn a_withheld_given_name_leaves_the_surname() {
        for written in [
            "김○○",
            "김OO",
            "김 모 씨",
            "김모",
            "Kim XX",
            "KIM ***",
            "Kim",
            "김",
            "Kim (unknown)",
        ] {
            let keys = keys(&parse(written));
            assert_eq!(
                (keys.surname.as_str(), keys.given.as_str()),
                ("gim", ""),
                "{written}"
            );
        }
        assert_eq!(keys(&parse("숙")).given.as_str(), "sok");
    }

    #[test]
    fn two_persons_without_given_names_are_not_one() {
        for (a, b) in [("김○○", "김○○"), ("Kim XX", "김모"), ("김○○", "김혜숙")]
        {
            assert_eq!(
                compare(a, b).level,
                Level::Partial,
                "{a} / {b}: {:?}",
                compare(a, b)
            );
        }
        assert_eq!(compare("김○○", "박○○").level, Level::Different);
    }

    #[test]
    fn an_empty_line_of_the_table_is_an_error() {
        assert!(Unknown::read("미상\n\t\n").is_err());
    }
}
