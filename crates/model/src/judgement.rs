//! What people judged of machine-made links and alerts: the only part of linking that is on
//! record. Links themselves are computed anew from records and judgements.
//!
//! Invariant: a judgement names both records with their place in a reading, so that it holds
//! when a newer extractor proposes the same records under other ids.

use crate::{RecordId, RecordKind, Sha256Digest, SourceId, Span};
use serde::{Deserialize, Serialize};

/// A record that was judged, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Judged {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// The source it was read from.
    pub source: SourceId,
    /// SHA-256 of the reading it was read from.
    pub reading: Sha256Digest,
    /// The characters of the reading that carry it.
    pub span: Span,
}

/// What was judged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Matter {
    /// Whether two records of one kind are about the same person, case, incident or demand. The
    /// lesser record stands first.
    Pair(Judged, Judged),
    /// An alert, by its id, and the first record of its evidence.
    Alert(String, Judged),
}

/// What a person said of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The same.
    Same,
    /// Not the same.
    Different,
    /// It cannot be told from what is on record; not to be asked again.
    Unsure,
    /// The alert was seen.
    Acknowledged,
    /// What was judged before no longer holds.
    Withdrawn,
}

impl Verdict {
    /// Its name, as the command line and the formats spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Unsure => "unsure",
            Self::Acknowledged => "acknowledged",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A person's judgement. Of several of one matter the latest holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Judgement {
    /// What was judged.
    pub matter: Matter,
    /// What was said of it.
    pub verdict: Verdict,
    /// Who judged.
    pub by: String,
    /// Why, in words.
    pub reason: String,
}

impl Matter {
    /// The records it is about.
    #[must_use]
    pub fn judged(&self) -> Vec<Judged> {
        match self {
            Self::Pair(left, right) => vec![*left, *right],
            Self::Alert(_, evidence) => vec![*evidence],
        }
    }

    /// Two records, in their order.
    #[must_use]
    pub fn pair(one: Judged, other: Judged) -> Self {
        Self::Pair(one.min(other), one.max(other))
    }
}
