//! Vocabularies: controlled lists of terms, as data. The shipped ones stand in
//! `data/vocabularies`, one TOML file a list, and are embedded here; a folder may override them.

use crate::Code;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A vocabulary file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyError {
    /// Not TOML, or not of the shape in `docs/formats/vocabularies.md`.
    #[error("the vocabulary `{name}` cannot be read: {why}")]
    Malformed {
        /// Name of the file.
        name: String,
        /// What the parser says.
        why: String,
    },
    /// A code stands twice.
    #[error("the vocabulary `{list}` has the code `{code}` twice; give one of them another code")]
    Twice {
        /// Id of the list.
        list: String,
        /// The code.
        code: Code,
    },
    /// A parent that is not in the list.
    #[error("in the vocabulary `{list}`, the parent of `{code}` is not in the list")]
    NoParent {
        /// Id of the list.
        list: String,
        /// The code whose parent is missing.
        code: Code,
    },
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its code, unique in the list.
    pub code: Code,
    /// The broader term.
    pub parent: Option<Code>,
    /// Labels by language (BCP 47); `en` is always there.
    pub labels: BTreeMap<String, String>,
    /// What it means, in a sentence.
    #[serde(default)]
    pub definition: String,
    /// Whether a decision on it needs a second person.
    #[serde(default)]
    pub grave: bool,
    /// Codes of the same term in other lists, by the name of the list.
    #[serde(default)]
    pub crosswalk: BTreeMap<String, Vec<String>>,
}

impl Term {
    /// The label in `language`, or in English where there is none.
    #[must_use]
    pub fn label(&self, language: &str) -> &str {
        self.labels
            .get(language)
            .or_else(|| self.labels.get("en"))
            .map_or(self.code.as_str(), String::as_str)
    }
}

/// One controlled list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Id, such as `violation`.
    pub id: String,
    /// Title, in English.
    pub title: String,
    /// Where the terms come from.
    pub source: String,
    /// The terms, in the order in which they are shown.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}

impl Vocabulary {
    /// Reads a list from TOML; `name` is the file's, for errors.
    ///
    /// # Errors
    /// When it is malformed, a code stands twice, or a parent is missing.
    pub fn parse(name: &str, text: &str) -> Result<Self, VocabularyError> {
        let list: Self = toml::from_str(text).map_err(|error| VocabularyError::Malformed {
            name: name.to_owned(),
            why: error.to_string(),
        })?;
        for (at, term) in list.terms.iter().enumerate() {
            if list.terms[..at].iter().any(|other| other.code == term.code) {
                return Err(VocabularyError::Twice {
                    list: list.id.clone(),
                    code: term.code.clone(),
                });
            }
            let parent_exists = term
                .parent
                .as_ref()
                .is_none_or(|parent| list.term(parent.as_str()).is_some());
            if !parent_exists {
                return Err(VocabularyError::NoParent {
                    list: list.id.clone(),
                    code: term.code.clone(),
                });
            }
        }
        Ok(list)
    }

    /// The term with this code.
    #[must_use]
    pub fn term(&self, code: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.code.as_str() == code)
    }

    /// The label of a code in `language`; the code itself where the list does not have it.
    #[must_use]
    pub fn label<'v>(&'v self, code: &'v str, language: &str) -> &'v str {
        self.term(code).map_or(code, |term| term.label(language))
    }
}

/// All vocabularies, by id.
#[derive(Clone, Debug, Default)]
pub struct Vocabularies {
    lists: BTreeMap<String, Vocabulary>,
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../data/vocabularies/", $name, ".toml")))),*]
    };
}

/// Name and text of every list that is shipped.
const SHIPPED: &[(&str, &str)] = shipped![
    "attribution",
    "case-category",
    "compartment",
    "consent-use",
    "crime-element",
    "event-type",
    "genre",
    "impact",
    "intervention",
    "involvement",
    "language",
    "modality",
    "perpetrator-type",
    "record-kind",
    "rejection",
    "response",
    "source-reliability",
    "speech-act",
    "standard-of-proof",
    "status-at-end",
    "victim-characteristic",
    "violation",
    "violation-status",
];

impl Vocabularies {
    /// The shipped lists.
    ///
    /// # Errors
    /// None in a released program: a test reads every list.
    pub fn shipped() -> Result<Self, VocabularyError> {
        Self::default().with(SHIPPED.iter().copied())
    }

    /// These lists in place of, or beside, those that are here.
    ///
    /// # Errors
    /// As for [`Vocabulary::parse`].
    pub fn with<'a>(
        mut self,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, VocabularyError> {
        for (name, text) in files {
            let list = Vocabulary::parse(name, text)?;
            self.lists.insert(list.id.clone(), list);
        }
        Ok(self)
    }

    /// The list with this id.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&Vocabulary> {
        self.lists.get(id)
    }

    /// All lists, by id.
    pub fn lists(&self) -> impl Iterator<Item = &Vocabulary> {
        self.lists.values()
    }

    /// The label of a code of a list; the code itself where there is none.
    #[must_use]
    pub fn label<'v>(&'v self, list: &str, code: &'v str, language: &str) -> &'v str {
        self.list(list)
            .map_or(code, |list| list.label(code, language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Compartment, Modality, RecordKind};

    #[test]
    fn every_shipped_list_reads_and_has_english_labels() {
        let shipped = Vocabularies::shipped().unwrap();
        assert_eq!(shipped.lists().count(), SHIPPED.len());
        for list in shipped.lists() {
            for term in &list.terms {
                assert!(term.labels.contains_key("en"), "{} {}", list.id, term.code);
            }
        }
        assert_eq!(shipped.label("violation", "torture", "ko"), "고문");
        assert_eq!(
            shipped.label("violation", "no-such-code", "en"),
            "no-such-code"
        );
    }

    #[test]
    fn what_is_a_type_here_is_a_term_there() {
        let shipped = Vocabularies::shipped().unwrap();
        let has = |list: &str, code: &str| shipped.list(list).unwrap().term(code).is_some();
        for kind in RecordKind::ALL {
            assert!(has("record-kind", kind.name()), "{}", kind.name());
        }
        for compartment in Compartment::ALL {
            assert!(has("compartment", compartment.name()));
        }
        for modality in ["alleged", "found", "admitted", "feared", "denied"] {
            assert!(has("modality", modality));
        }
        assert_eq!(Modality::Feared.name(), "feared");
    }

    #[test]
    fn mistakes_are_named() {
        let list =
            |terms: &str| Vocabulary::parse("t", &format!("id='t'\ntitle=''\nsource=''\n{terms}"));
        let term = "[[term]]\ncode='a'\nlabels={en='A'}\n";
        assert!(list(term).is_ok());
        let twice = list(&term.repeat(2)).unwrap_err().to_string();
        assert!(twice.contains("`a` twice"), "{twice}");
        let orphan = list(&format!("{term}parent='z'\n"))
            .unwrap_err()
            .to_string();
        assert!(orphan.contains("parent of `a`"), "{orphan}");
        assert!(matches!(
            list("[[term]]"),
            Err(VocabularyError::Malformed { .. })
        ));
    }
}
