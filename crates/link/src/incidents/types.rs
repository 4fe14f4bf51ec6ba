//! Types of violation as a hierarchy: which is narrower than which, and what they are called.
//!
//! Invariant: a term that the vocabulary does not have is a family of its own.

use model::Vocabulary;
use std::collections::HashMap;

/// Steps up the hierarchy before it is taken for a circle.
const DEEPEST: usize = 16;

/// The hierarchy of the vocabulary `violation`.
#[derive(Clone, Debug, Default)]
pub struct Types {
    parents: HashMap<String, String>,
    labels: HashMap<String, String>,
}

impl Types {
    /// The hierarchy of a vocabulary.
    #[must_use]
    pub fn of(vocabulary: &Vocabulary) -> Self {
        let mut types = Self::default();
        for term in &vocabulary.terms {
            let code = term.code.as_str().to_owned();
            if let Some(parent) = &term.parent {
                types
                    .parents
                    .insert(code.clone(), parent.as_str().to_owned());
            }
            types.labels.insert(code, term.label("en").to_lowercase());
        }
        types
    }

    /// The terms above it, nearest first.
    fn above<'t>(&'t self, code: &'t str) -> impl Iterator<Item = &'t str> {
        let up = |code: &&str| self.parents.get(*code).map(String::as_str);
        std::iter::successors(up(&code), move |code| up(code)).take(DEEPEST)
    }

    /// The topmost term above it, itself when there is none.
    pub(crate) fn family<'t>(&'t self, code: &'t str) -> &'t str {
        self.above(code).last().unwrap_or(code)
    }

    /// Whether `code` is a kind of `broader`.
    pub(crate) fn is_narrower(&self, code: &str, broader: &str) -> bool {
        self.above(code).any(|above| above == broader)
    }

    /// Its name in English, in small letters.
    pub(crate) fn label<'t>(&'t self, code: &'t str) -> &'t str {
        self.labels.get(code).map_or(code, String::as_str)
    }
}
