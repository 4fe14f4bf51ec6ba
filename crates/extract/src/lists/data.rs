//! The lists that importing goes by, from `data/lists/`.

use super::Field;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    field: Vec<FieldEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    field: Field,
    means: String,
    #[serde(default)]
    many: bool,
    en: Vec<String>,
    ko: Vec<String>,
    fr: Vec<String>,
    es: Vec<String>,
    ja: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueFile {
    blank: BTreeSet<String>,
    sex: BTreeMap<String, Vec<String>>,
    months: BTreeMap<String, Vec<String>>,
    eras: BTreeMap<String, u16>,
    about: About,
}

/// Words beside dates and ages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    pub approximate: BTreeSet<String>,
    pub uncertain: BTreeSet<String>,
    pub age: BTreeSet<String>,
}

/// Headings and values, ready to be looked up.
pub(super) struct Lists {
    headings: BTreeMap<String, Field>,
    means: BTreeMap<Field, String>,
    many: BTreeSet<Field>,
    blank: BTreeSet<String>,
    /// Words for the sexes: `female`, `male`, `other`.
    pub sex: BTreeMap<String, String>,
    /// Months, 1 to 12, by name.
    pub months: BTreeMap<String, u8>,
    /// Eras, and the year before the first of each.
    pub eras: BTreeMap<String, u16>,
    pub about: About,
}

/// What `data/lists/` says.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let columns: ColumnFile = toml::from_str(include_str!("../../../../data/lists/columns.toml"))
        .expect("the shipped columns.toml is read by a test");
    let values: ValueFile = toml::from_str(include_str!("../../../../data/lists/values.toml"))
        .expect("the shipped values.toml is read by a test");
    let mut lists = Lists {
        headings: BTreeMap::new(),
        means: BTreeMap::new(),
        many: BTreeSet::new(),
        blank: values.blank,
        sex: BTreeMap::new(),
        months: BTreeMap::new(),
        eras: values.eras,
        about: values.about,
    };
    for entry in columns.field {
        for heading in [entry.en, entry.ko, entry.fr, entry.es, entry.ja].concat() {
            let heading = folded(&heading);
            lists.headings.entry(heading).or_insert(entry.field);
        }
        lists.means.insert(entry.field, entry.means);
        if entry.many {
            lists.many.insert(entry.field);
        }
    }
    for (sex, words) in values.sex {
        let words = words.into_iter().map(|word| (word, sex.clone()));
        lists.sex.extend(words);
    }
    for names in values.months.values() {
        for (number, forms) in (1..).zip(names) {
            let forms = forms
                .split_whitespace()
                .map(|form| (form.to_owned(), number));
            lists.months.extend(forms);
        }
    }
    lists
});

impl Lists {
    /// The field that a heading, folded, is a usual name of.
    pub fn heading(&self, folded: &str) -> Option<Field> {
        self.headings.get(folded).copied()
    }

    /// What a field means, in words.
    pub fn means(&self, field: Field) -> &str {
        self.means
            .get(&field)
            .map_or("text that is kept as it is", String::as_str)
    }

    /// Whether several columns may hold the field.
    pub fn is_many(&self, field: Field) -> bool {
        field == Field::Other || self.many.contains(&field)
    }

    /// Whether a cell says that nothing is known.
    pub fn is_blank(&self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || self.blank.contains(&text.to_lowercase())
    }
}

/// A heading as it is compared: lower case, punctuation as spaces, none between letters of
/// scripts that are written without.
pub(super) fn folded(heading: &str) -> String {
    let mut folded = String::new();
    for letter in heading.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            folded.push(letter);
        } else if !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    let words: Vec<&str> = folded.split_whitespace().collect();
    let mut result = String::new();
    for word in words {
        let first = word.chars().next().is_some_and(is_unspaced);
        let last = result.chars().next_back().is_some_and(is_unspaced);
        let joined = result.is_empty() || (first && last);
        if !joined {
            result.push(' ');
        }
        result.push_str(word);
    }
    result
}

/// Han, Kana, Hangul.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_are_read_and_no_heading_means_two_things() {
        assert_eq!(LISTS.heading("date of birth"), Some(Field::Born));
        assert_eq!(LISTS.heading(&folded("생년 월일")), Some(Field::Born));
        assert_eq!(LISTS.heading(&folded("D.O.B.")), Some(Field::Born));
        assert_eq!(LISTS.heading(&folded("拉致 年月日")), Some(Field::TakenOn));
        assert_eq!(LISTS.months.get("août"), Some(&8));
        let file: ColumnFile = toml::from_str(include_str!("../../../../data/lists/columns.toml"))
            .expect("it is read");
        let mut seen: BTreeMap<String, Field> = BTreeMap::new();
        for entry in file.field {
            for heading in [entry.en, entry.ko, entry.fr, entry.es, entry.ja].concat() {
                assert_eq!(folded(&heading), heading, "it would never be found");
                let before = seen.insert(heading.clone(), entry.field);
                assert!(before.is_none_or(|f| f == entry.field), "{heading}");
            }
        }
    }
}
