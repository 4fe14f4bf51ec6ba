//! Citations: what carries a record, checkable by machine down to the character.
//!
//! Invariant: a quote stands in its reading at its span, letter for letter. One that does not is
//! an integrity error, never a warning.

use crate::{CharIndex, Sha256Digest, Span};
use serde::{Deserialize, Serialize};

/// Words of one reading, at their place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Quote {
    /// Characters of the reading.
    pub span: Span,
    /// The words there, letter for letter.
    pub quote: String,
    /// Number of the passage, from 1.
    pub passage: u32,
    /// Page of a paged original, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Row of a table or list, from 1, as the program that made the file counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

/// A quote with the digests of what it was read from: complete by itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Citation {
    /// SHA-256 of the original bytes.
    pub original: Sha256Digest,
    /// SHA-256 of the reading's bytes as stored.
    pub reading: Sha256Digest,
    /// The words and their place.
    pub quote: Quote,
}

/// A value and the quotes of its record that carry it, by position in the record's list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// Positions in [`Proposal::quotes`](crate::Proposal::quotes), from 0.
    pub quotes: Vec<u16>,
}

/// Why a quote does not check.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CitationError {
    /// The span reaches beyond the reading.
    #[error("the citation {start}..{end} reaches beyond the reading's {chars} characters")]
    Beyond {
        /// First character of the span.
        start: u32,
        /// One past its last character.
        end: u32,
        /// Characters in the reading.
        chars: u32,
    },
    /// Other words stand there.
    #[error("the quote “{quote}” is not what stands at {start}..{end}: “{found}”")]
    Differs {
        /// The words that were cited.
        quote: String,
        /// The words that stand there.
        found: String,
        /// First character of the span.
        start: u32,
        /// One past its last character.
        end: u32,
    },
}

impl Quote {
    /// Checks the quote against the reading's text; `index` is of that text.
    ///
    /// # Errors
    /// When the span reaches beyond the text, or other words stand there.
    pub fn check(&self, text: &str, index: &CharIndex) -> Result<(), CitationError> {
        let Span { start, end } = self.span;
        let Some(found) = index.slice(text, self.span) else {
            let chars = index.chars();
            return Err(CitationError::Beyond { start, end, chars });
        };
        if found == self.quote {
            return Ok(());
        }
        Err(CitationError::Differs {
            quote: self.quote.clone(),
            found: found.to_owned(),
            start,
            end,
        })
    }
}

impl<T> Cited<T> {
    /// A value carried by the record's quote at position `quote`.
    pub fn new(value: T, quote: u16) -> Self {
        Self {
            value,
            quotes: vec![quote],
        }
    }
}
