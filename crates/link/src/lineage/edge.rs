//! What is said of two documents that share text.

use super::direction::Direction;
use model::{SourceId, Span};

/// How two documents with the same words are related.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Relation {
    /// One copies text of the other, or both of a third.
    CopiesText,
    /// The same words with other names, dates or numbers in them: form letters, yearly reissues.
    /// They are different documents about different facts.
    SameForm,
}

/// Text that stands in two documents, edits included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SharedPassage {
    /// Its characters in the reading of each document, in the order of [`Edge::documents`].
    pub spans: [Span; 2],
    /// Share of the longer side's words that is the same, in thousandths.
    pub same: u16,
}

/// Two documents that share text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edge {
    /// The two, the one that was collected first in front.
    pub documents: [SourceId; 2],
    /// How they are related.
    pub relation: Relation,
    /// What they share, in the order of the second document.
    pub passages: Vec<SharedPassage>,
    /// Share of each document's words that stands in the other, in thousandths.
    pub shares: [u16; 2],
    /// Places where the shared text has another name in it.
    pub other_names: u32,
    /// Places where the shared text has another number or date in it.
    pub other_numbers: u32,
    /// Which of the two was first, as far as anything shows it.
    pub direction: Direction,
}

impl Edge {
    /// Which of the two places in [`Edge::documents`] is this document's.
    #[must_use]
    pub fn side(&self, source: &SourceId) -> Option<usize> {
        self.documents.iter().position(|id| id == source)
    }

    /// The document that had the text first, when that is known.
    #[must_use]
    pub fn original(&self) -> Option<SourceId> {
        self.direction.original.map(|side| self.documents[side])
    }

    /// The document that has the text from the other, when that is known.
    #[must_use]
    pub fn copy(&self) -> Option<SourceId> {
        self.direction.original.map(|side| self.documents[1 - side])
    }
}
