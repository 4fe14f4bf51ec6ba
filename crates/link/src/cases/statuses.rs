//! What words, events and allegations mean for a case: `data/cases/statuses.toml`, or a user's own.
//!
//! Invariant: the source's own words stay beside every status that is read from them.

use crate::corpus::fold;
use serde::Deserialize;
use std::collections::BTreeMap;

const SHIPPED: &str = include_str!("../../../../data/cases/statuses.toml");

/// A file of statuses that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum StatusesError {
    /// Not TOML, or a part is missing or misspelt.
    #[error("the statuses of cases cannot be read; they are as in data/cases/statuses.toml: {0}")]
    Malformed(String),
    /// A status means nothing without words.
    #[error("the status `{0}` has no words; write words = [\"...\"] or leave the status out")]
    NoWords(String),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    code: String,
    #[serde(default, rename = "final")]
    is_final: bool,
    words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    category: String,
    violations: Vec<String>,
    words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    status: Vec<Status>,
    #[serde(default)]
    feared: BTreeMap<String, String>,
    events: BTreeMap<String, String>,
    violations: BTreeMap<String, String>,
    openings: BTreeMap<String, String>,
    group: Vec<Group>,
}

/// What words, events and allegations mean for a case.
#[derive(Clone, Debug)]
pub struct Statuses {
    file: File,
    /// Folded words and their codes, the longest first.
    words: Vec<(String, String)>,
}

impl Statuses {
    /// The shipped file.
    #[must_use]
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).expect("a test reads the shipped statuses")
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is not TOML, a part is missing or unknown, or a status has no words.
    pub fn parse(text: &str) -> Result<Self, StatusesError> {
        let file: File =
            toml::from_str(text).map_err(|error| StatusesError::Malformed(error.to_string()))?;
        let mut words = Vec::new();
        for status in &file.status {
            if status.words.is_empty() {
                return Err(StatusesError::NoWords(status.code.clone()));
            }
            let folded = status
                .words
                .iter()
                .map(|word| (fold(word), status.code.clone()));
            words.extend(folded);
        }
        words.sort_by_key(|(word, code)| {
            (
                std::cmp::Reverse(word.chars().count()),
                word.clone(),
                code.clone(),
            )
        });
        Ok(Self { file, words })
    }

    /// The status that words state; `None` when they state none that is known.
    pub(crate) fn of_words(&self, text: &str) -> Option<&str> {
        let text = format!(" {} ", fold(text));
        let stands = |word: &str| {
            // Words of scripts that are written without spaces stand anywhere.
            let spaced = word.is_ascii() || word.chars().any(|c| c.is_ascii_alphabetic());
            if spaced {
                text.contains(&format!(" {word} "))
            } else {
                text.contains(word)
            }
        };
        let found = self.words.iter().find(|(word, _)| stands(word));
        found.map(|(_, code)| code.as_str())
    }

    /// Whether this status is what a case of this category fears.
    pub(crate) fn is_feared(&self, category: &str, code: &str) -> bool {
        self.file.feared.get(category).is_some_and(|it| it == code)
    }

    /// The status of a person who took part in an event of this type.
    pub(crate) fn of_event(&self, event: &str) -> Option<&str> {
        self.file.events.get(event).map(String::as_str)
    }

    /// The status of a person who suffered a violation of this type.
    pub(crate) fn of_violation(&self, violation: &str) -> Option<&str> {
        self.file.violations.get(violation).map(String::as_str)
    }

    /// The category of the case that such an allegation opens.
    pub(crate) fn opening(&self, violation: &str) -> Option<&str> {
        self.file.openings.get(violation).map(String::as_str)
    }

    /// Whether nobody leaves the status.
    pub(crate) fn is_final(&self, code: &str) -> bool {
        self.file
            .status
            .iter()
            .any(|status| status.is_final && status.code == code)
    }

    /// The categories whose cases a call with these words and types of violation speaks of, each
    /// with the reason.
    pub(crate) fn groups(&self, text: &str, violations: &[&str]) -> Vec<(&str, String)> {
        let text = format!(" {} ", fold(text));
        let mut found = Vec::new();
        for group in &self.file.group {
            let violation = violations
                .iter()
                .find(|code| group.violations.iter().any(|own| own == *code));
            let word = group
                .words
                .iter()
                .find(|word| text.contains(&format!(" {} ", fold(word))));
            match (violation, word) {
                (_, Some(word)) => {
                    found.push((group.category.as_str(), format!("it speaks of “{word}”")))
                }
                (Some(code), None) => {
                    found.push((group.category.as_str(), format!("it is about {code}")))
                }
                (None, None) => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_longest_words_decide() {
        let statuses = Statuses::shipped();
        assert_eq!(
            statuses.of_words("Returned home in 2002"),
            Some("returned-home")
        );
        assert_eq!(
            statuses.of_words("whereabouts unknown since her arrest"),
            Some("missing")
        );
        assert_eq!(statuses.of_words("1997년 사망"), Some("dead"));
        assert_eq!(statuses.of_words("undetained"), None);
        assert!(statuses.is_final("dead") && !statuses.is_final("held"));
    }

    #[test]
    fn codes_are_terms_of_their_vocabularies() {
        let shipped = model::Vocabularies::shipped().unwrap();
        let has = |list: &str, code: &str| shipped.list(list).unwrap().term(code).is_some();
        let file = Statuses::shipped().file;
        for status in &file.status {
            assert!(has("status-at-end", &status.code), "{}", status.code);
        }
        assert!(!file.feared.is_empty());
        for (category, status) in &file.feared {
            assert!(
                has("case-category", category) && has("status-at-end", status),
                "{category}"
            );
        }
        for (event, status) in &file.events {
            assert!(
                has("event-type", event) && has("status-at-end", status),
                "{event}"
            );
        }
        for (violation, status) in &file.violations {
            assert!(
                has("violation", violation) && has("status-at-end", status),
                "{violation}"
            );
        }
        for (violation, category) in &file.openings {
            assert!(
                has("violation", violation) && has("case-category", category),
                "{violation}"
            );
        }
        for group in &file.group {
            assert!(has("case-category", &group.category), "{}", group.category);
            assert!(group.violations.iter().all(|code| has("violation", code)));
        }
    }

    #[test]
    fn a_status_without_words_is_named() {
        let wrong = SHIPPED.replacen(
            "code = \"missing\"\nwords = [",
            "code = \"missing\"\nwords = []\n#",
            1,
        );
        assert_eq!(
            Statuses::parse(&wrong).unwrap_err(),
            StatusesError::NoWords("missing".to_owned())
        );
    }
}
