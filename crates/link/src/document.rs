//! What the modules know of a document beside its records, and where its words come from.

use model::{Edtf, SourceId, Span};

/// A source as far as linking needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: SourceId,
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication.
    pub published: Option<Edtf>,
    /// Term of the vocabulary `genre`.
    pub genre: Option<String>,
    /// Language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Address or custodian it came from.
    pub origin: Option<String>,
    /// Term of the vocabulary `source-reliability` (MT 42), where a person gave one.
    pub reliability: Option<String>,
}

/// Where words come from first, as far as the archive shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The document that holds them first; the document itself when no earlier one shares them.
    pub source: SourceId,
    /// Why, for people; empty when the document is its own origin.
    pub reasons: Vec<String>,
}

/// Says where the words of a passage come from.
pub trait Provenance {
    /// The origin of the characters `span` of the reading of `source`.
    fn origin(&self, source: &SourceId, span: Span) -> Origin;
}
