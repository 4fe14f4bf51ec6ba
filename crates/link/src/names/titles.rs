//! Words before and after a name that are no part of it: Mr, Dr, 씨, 先生.
//!
//! Invariant: at least one word of a name is left.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::latin_text::letters;
use super::parsed::Script;
use super::table::{TableError, rows};
use super::trie::Trie;
use super::written::Form;

/// Where a title stands.
const BEFORE: u16 = 1;
const AFTER: u16 = 2;

/// Titles, and where each may stand.
struct Titles {
    latin: Trie,
    others: BTreeMap<&'static str, u16>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    Titles::read(include_str!("../../../../data/names/titles.tsv"))
        .expect("the shipped table is read by a test")
});

impl Titles {
    fn read(text: &'static str) -> Result<Self, TableError> {
        let mut titles = Self {
            latin: Trie::new(),
            others: BTreeMap::new(),
        };
        for row in rows("titles.tsv", text) {
            let title = row.text(0)?;
            let place = match row.text(1)? {
                "before" => BEFORE,
                "after" => AFTER,
                "both" => BEFORE | AFTER,
                _ => return Err(row.wrong("before, after or both was expected")),
            };
            if title.is_ascii() {
                titles.latin.insert(&letters(title), place);
            } else {
                titles.others.insert(title, place);
            }
        }
        Ok(titles)
    }

    /// Whether a word of the form is a title that stands there.
    fn has(&self, form: &Form, word: usize, place: u16) -> bool {
        let found = match form.script {
            Script::Latin => self.latin.find(form.letters(word..word + 1)),
            _ => self.others.get(form.word(word)).copied(),
        };
        found.is_some_and(|found| found & place != 0)
    }
}

/// Drops titles from both ends.
pub(super) fn drop_from(form: &mut Form) {
    while form.words.len() > 1 && TITLES.has(form, 0, BEFORE) {
        form.words.remove(0);
    }
    // Of two words a Latin title after the name may be a name: "Kim Junior".
    let least = if form.script == Script::Latin { 2 } else { 1 };
    while form.words.len() > least && TITLES.has(form, form.words.len() - 1, AFTER) {
        form.words.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_without_its_place_is_an_error() {
        assert!(Titles::read("mr\tsomewhere\n").is_err());
    }
}
