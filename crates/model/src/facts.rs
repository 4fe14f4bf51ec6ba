//! Events, figures, cases, and what is built on several records: incidents, findings, links,
//! consents.

use crate::{Cited, Code, EntityRef, ListRow, RecordId, ResolvedDate};
use serde::{Deserialize, Serialize};

/// Who took part in an event, and as what.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Participant {
    /// Who.
    pub who: EntityRef,
    /// As what, in the words of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// Something that took place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// Term of the vocabulary `event-type`.
    pub event: Cited<Code>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Cited<ResolvedDate>>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Cited<EntityRef>>,
    /// Who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Cited<Participant>>,
    /// The instrument it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Cited<EntityRef>>,
    /// Events that came before it in one chain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<RecordId>,
    /// Events it brought about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consequences: Vec<RecordId>,
}

/// A number, of what, as of when, said by whom. `least == most` for a single number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Lower bound, in thousandths of the unit: 1 500 is 1.5.
    pub least: Cited<i64>,
    /// Upper bound, in thousandths of the unit; `None` when it is open (“more than”).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Cited<i64>>,
    /// Whether the text gives it as approximate.
    pub approximate: bool,
    /// Unit, in the singular: `person`, `percent`, `year`, `member state`.
    pub unit: Cited<String>,
    /// Of what, in the words of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Cited<String>>,
    /// As of when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Cited<ResolvedDate>>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_by: Option<Cited<EntityRef>>,
}

/// What was known of a case from a date on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct CaseStatus {
    /// The status, in the words of the text or by a vocabulary.
    pub status: String,
    /// From when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<ResolvedDate>,
}

/// A person or group to be found, freed or reunited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Who.
    pub subject: Cited<EntityRef>,
    /// Term of the vocabulary `case-category`.
    pub category: Cited<Code>,
    /// Status, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<Cited<CaseStatus>>,
    /// Where the subject was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Cited<EntityRef>>,
    /// When the subject was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_on: Option<Cited<ResolvedDate>>,
    /// Requests made and replies received.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<RecordId>,
    /// Next of kin; kept in a sealed compartment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_of_kin: Vec<Cited<EntityRef>>,
    /// Authorities seized of it: WGEID, communications of the special procedures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<Cited<EntityRef>>,
    /// When the subject was taken: abducted, arrested, captured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_on: Option<Cited<ResolvedDate>>,
    /// Where the subject was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Cited<EntityRef>>,
    /// Where the subject is said to be held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_at: Option<Cited<EntityRef>>,
    /// The row of the list that the case stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Cited<ListRow>>,
}

/// What several allegations describe in common.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Incident {
    /// The allegations.
    pub allegations: Vec<RecordId>,
    /// The sources that are independent origins of it, one a lineage.
    pub origins: Vec<crate::SourceId>,
    /// Why they were grouped, for people.
    pub reasons: Vec<String>,
}

/// A conclusion under a stated standard of proof.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// What is concluded.
    pub conclusion: String,
    /// Term of the vocabulary `standard-of-proof`.
    pub standard: Code,
    /// Records that support it.
    pub supporting: Vec<RecordId>,
    /// Records that contradict it.
    pub contradicting: Vec<RecordId>,
    /// Who assessed it.
    pub assessor: String,
    /// Terms of the vocabulary `crime-element` that it covers.
    pub elements: Vec<Code>,
}

/// An asserted relation between two subjects.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Link {
    /// From whom or what.
    pub from: Cited<EntityRef>,
    /// To whom or what.
    pub to: Cited<EntityRef>,
    /// The relation, in the words of the text.
    pub relation: Cited<String>,
    /// When it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<Cited<ResolvedDate>>,
    /// Who asserts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_by: Option<Cited<EntityRef>>,
    /// Probability in millionths when it was inferred, `None` when it was asserted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<u32>,
}

/// One dated step of a consent; the latest wins.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ConsentEvent {
    /// When.
    pub date: crate::PartialDate,
    /// Uses allowed from then on, by the vocabulary `consent-use`; none at all is a withdrawal.
    pub uses: Vec<Code>,
    /// Conditions, in words.
    pub conditions: String,
}

/// What somebody allowed to be done with what they gave.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consent {
    /// By whom.
    pub by: EntityRef,
    /// What was explained to them.
    pub explained: String,
    /// In which language, as a BCP 47 tag.
    pub language: String,
    /// What was allowed and withdrawn, oldest first.
    pub events: Vec<ConsentEvent>,
    /// Until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<crate::PartialDate>,
}
