//! What an assessment says.
//!
//! Invariant: every number can be told with the records and words that it counts.

use super::settings::KindOfSource;
use super::status::{Counts, Status};
use crate::incidents::{Cite, Reason};
use model::{Code, RecordId, SourceId};

/// What an origin is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OriginKind {
    /// A document in its own voice.
    Document(SourceId),
    /// A person, body, State or report that documents name as their source, or a publisher in its
    /// own voice, by its identity.
    Named(String),
    /// Sources without identity: “credible reports”. All of them count as one.
    Unnamed,
    /// A person who wrote the record without a source, by name.
    Person(String),
}

/// Where reports come from first, as far as the archive shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// What it is.
    pub kind: OriginKind,
    /// Its name, for people.
    pub name: String,
    /// How directly it knows.
    pub directness: KindOfSource,
    /// Whether a document of its own is in the archive; otherwise others tell of it.
    pub at_hand: bool,
    /// Whether it concluded, as a body whose task it was, that it happened.
    pub found: bool,
    /// How reliable it was assessed (MT 42): the lowest degree given to its documents; `None` when
    /// nobody assessed them.
    pub reliability: Option<Code>,
    /// Documents that tell what it says, ascending.
    pub documents: Vec<SourceId>,
    /// Allegations that go back to it, ascending.
    pub records: Vec<RecordId>,
    /// Why several are counted as one.
    pub reasons: Vec<Reason>,
}

/// Somebody says that it did not happen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Denial {
    /// The record.
    pub record: RecordId,
    /// Who denies.
    pub by: String,
    /// Whether it is one of those who are accused, or speaks for their State.
    pub by_accused: bool,
    /// Whether it is about this incident; otherwise it is about everything that the accused is
    /// reproached with.
    pub about_this: bool,
    /// Its words.
    pub cite: Cite,
}

/// How well an incident or allegation is supported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Corroboration {
    /// Documents that report that it happened, ascending.
    pub documents: Vec<SourceId>,
    /// Where the reports come from; no more than these, as far as the archive shows.
    pub origins: Vec<Origin>,
    /// Who denies it.
    pub denials: Vec<Denial>,
    /// Words that only fear or warn: they do not say that it happened.
    pub warnings: Vec<Cite>,
    /// What the status was decided by.
    pub counts: Counts,
    /// The status.
    pub status: Status,
    /// The number of documents and origins in words: “3 documents, 1 origin at most”.
    pub summary: String,
}

impl Corroboration {
    /// Everything that was counted, in words with citations: documents and origins, what was counted
    /// once, denials, warnings, the status.
    #[must_use]
    pub fn why(&self) -> Vec<Reason> {
        let mut why = vec![plain(self.summary.clone())];
        for origin in &self.origins {
            why.push(origin.told());
            why.extend(origin.reasons.iter().cloned());
        }
        why.extend(self.denials.iter().map(Denial::told));
        if !self.warnings.is_empty() {
            why.push(Reason {
                text: format!(
                    "{} of the allegations fear or warn: they do not say that it happened, and \
                     support nothing",
                    self.warnings.len()
                ),
                cites: self.warnings.clone(),
            });
        }
        why.push(plain(self.status.because.clone()));
        why
    }
}

impl Origin {
    fn told(&self) -> Reason {
        let whose = match self.kind {
            OriginKind::Document(_) => "a document in its own voice",
            OriginKind::Named(_) if self.at_hand => "with a document of its own in the archive",
            OriginKind::Named(_) => "known only through those who quote it",
            OriginKind::Unnamed => "sources without a name, which cannot be told apart",
            OriginKind::Person(_) => "entered by a person",
        };
        let reliability = match &self.reliability {
            Some(code) => format!("assessed as {}", code.as_str().replace('-', " ")),
            None => "its reliability was not assessed".to_owned(),
        };
        let found = if self.found {
            "; it concluded that it happened"
        } else {
            ""
        };
        plain(format!(
            "Origin: {} ({}, {whose}; {reliability}{found}), told in {}",
            self.name,
            self.directness.words(),
            counted(self.documents.len(), "document")
        ))
    }
}

impl Denial {
    fn told(&self) -> Reason {
        let who = if self.by_accused {
            "who is accused or speaks for the accused"
        } else {
            "who is not accused"
        };
        let what = if self.about_this {
            "this"
        } else {
            "what the accused is reproached with in general"
        };
        Reason {
            text: format!("{}, {who}, denies {what}", self.by),
            cites: vec![self.cite.clone()],
        }
    }
}

fn plain(text: String) -> Reason {
    Reason {
        text,
        cites: Vec::new(),
    }
}

/// “1 document”, “3 documents”.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        return format!("1 {noun}");
    }
    format!("{count} {noun}s")
}
