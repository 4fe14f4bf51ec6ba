//! What somebody says happened, demands, undertakes or answers.
//!
//! HURIDOCS Events Standard Formats: who did what to whom, and who says so.

use crate::{Cited, Code, EntityRef, RecordId, ResolvedDate};
use serde::{Deserialize, Serialize};

/// How an allegation is put forward.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Somebody says that it happened.
    Alleged,
    /// A body charged with finding out concluded that it happened.
    Found,
    /// Those who did it say so.
    Admitted,
    /// It may happen: a risk, a fear, a warning.
    Feared,
    /// Somebody says that it did not happen.
    Denied,
}

impl Modality {
    /// Its code in the vocabulary `modality`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Alleged => "alleged",
            Self::Found => "found",
            Self::Admitted => "admitted",
            Self::Feared => "feared",
            Self::Denied => "denied",
        }
    }
}

/// One link of the chain of who says so, outermost first: the editorial quotes a joint statement
/// that takes note of “credible reports”.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Attribution {
    /// Who says it; `None` when the words name a source without identity (“credible reports”).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<EntityRef>,
    /// The words that attribute it, such as `said` or `credible reports of`.
    pub words: String,
}

/// Those who suffered.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Victim {
    /// A person or group, as the text calls them.
    pub who: EntityRef,
    /// How many, when the text says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// Terms of the vocabulary `victim-characteristic`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub characteristics: Vec<Code>,
}

/// Those who are said to have done it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Perpetrator {
    /// A person, organisation or state.
    pub who: EntityRef,
    /// Term of the vocabulary `involvement` (MT 18).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub involvement: Option<Code>,
}

/// A violation that somebody is said to have suffered: one type, one passage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Allegation {
    /// Term of the vocabulary `violation`.
    pub violation: Cited<Code>,
    /// How it is put forward.
    pub modality: Cited<Modality>,
    /// Who says so, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attribution: Vec<Cited<Attribution>>,
    /// Who suffered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub victims: Vec<Cited<Victim>>,
    /// Who is said to have done it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perpetrators: Vec<Cited<Perpetrator>>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Cited<EntityRef>>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Cited<ResolvedDate>>,
    /// By what means, in the words of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Cited<String>>,
    /// Attribution by the authorities: term of the vocabulary `attribution` (MT 28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution_by_authorities: Option<Cited<Code>>,
    /// Term of the vocabulary `status-at-end` (MT 25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_at_end: Option<Cited<Code>>,
}

/// What a speaker said, as a speech act.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Who speaks; `None` when the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Cited<EntityRef>>,
    /// In what role or for which body, in the words of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Cited<String>>,
    /// Term of the vocabulary `speech-act`.
    pub act: Cited<Code>,
    /// Whether the words are given as spoken.
    pub direct: bool,
    /// Of whom or what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Cited<EntityRef>>,
    /// On what occasion, in the words of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Cited<String>>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Cited<ResolvedDate>>,
}

/// A demand made of somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Call {
    /// Who calls; `None` when the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<Cited<EntityRef>>,
    /// Of whom something is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addressees: Vec<Cited<EntityRef>>,
    /// What is asked, in the words of the text.
    pub demand: Cited<String>,
    /// Types of violation that it is about, by the vocabulary `violation`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Cited<Code>>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Cited<ResolvedDate>>,
    /// The instrument and paragraph it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Cited<EntityRef>>,
    /// The same demand made before: the first of its thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<RecordId>,
}

/// An answer to a call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Response {
    /// Who answers.
    pub by: Cited<EntityRef>,
    /// The call, when it is known which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<RecordId>,
    /// Term of the vocabulary `response` (MT 27).
    pub answer: Cited<Code>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Cited<ResolvedDate>>,
    /// Term of the vocabulary `impact` (MT 44).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Cited<Code>>,
    /// Whose assessment the type and the effect are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed_by: Option<Cited<EntityRef>>,
}

/// What somebody undertook to do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Commitment {
    /// Who undertakes it; `None` when the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Cited<EntityRef>>,
    /// What, in the words of the text.
    pub undertaking: Cited<String>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Cited<ResolvedDate>>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Cited<ResolvedDate>>,
}
