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
const SHIPPED: &[(&str, &str)] = shipped![];

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
