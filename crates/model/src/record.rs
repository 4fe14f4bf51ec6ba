//! Proposals (what an extractor read), records (proposals with id, status and history).
//!
//! A proposal is never a fact: only a person's decision changes its status.

use crate::{
    Allegation, Call, Case, Change, Citation, Commitment, Consent, Event, Figure, Finding, Group,
    Incident, Instrument, Link, Organisation, Person, Place, Quote, RecordId, Response,
    Sha256Digest, SourceId, State, Stated, Statement, Status,
};
use serde::{Deserialize, Serialize};

macro_rules! record_kinds {
    ($($(#[$doc:meta])* $kind:ident => $name:literal),* $(,)?) => {
        /// What a record is about; the fields are those of its kind.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum RecordBody {
            $($(#[$doc])* $kind($kind),)*
        }

        /// The kind of a record, without its fields.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum RecordKind {
            $($(#[$doc])* $kind,)*
        }

        impl RecordBody {
            /// Its kind.
            #[must_use]
            pub fn kind(&self) -> RecordKind {
                match self { $(Self::$kind(_) => RecordKind::$kind,)* }
            }
        }

        impl RecordKind {
            /// Every kind, in the order of the domain model.
            pub const ALL: &'static [RecordKind] = &[$(RecordKind::$kind),*];

            /// Its name, as the command line and the formats spell it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The kind of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

record_kinds! {
    /// A violation that somebody is said to have suffered.
    Allegation => "allegation",
    /// What a speaker said of somebody or something, as a speech act.
    Statement => "statement",
    /// A demand made of somebody.
    Call => "call",
    /// An answer to a call.
    Response => "response",
    /// What somebody undertook to do.
    Commitment => "commitment",
    /// A meeting, vote, visit, adoption, publication, border closed or opened …
    Event => "event",
    /// A number, of what, as of when, said by whom.
    Figure => "figure",
    /// A person or group to be found, freed or reunited.
    Case => "case",
    /// A person.
    Person => "person",
    /// A group of persons without an organisation.
    Group => "group",
    /// An organisation or body.
    Organisation => "organisation",
    /// A state, with its government.
    State => "state",
    /// A place.
    Place => "place",
    /// A resolution, treaty, law, order, report or commission.
    Instrument => "instrument",
    /// What several allegations describe in common.
    Incident => "incident",
    /// A conclusion under a stated standard of proof.
    Finding => "finding",
    /// An asserted relation between two subjects.
    Link => "link",
    /// What somebody allowed to be done with what they gave.
    Consent => "consent",
}

/// How directly the words carry the record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    /// The words say it: a curated name, a full pattern.
    Stated,
    /// It follows from the words by a rule: a pronoun resolved, a relative date.
    Inferred,
    /// A statistical or language model suggests it.
    Suggested,
}

impl Band {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Suggested => "suggested",
        }
    }
}

/// What an extractor read out of one passage.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Proposal {
    /// The rule that fired, by its id in the lexicon or pattern file.
    pub rule: String,
    /// How directly the words carry it.
    pub band: Band,
    /// What was read.
    pub body: RecordBody,
    /// The words that carry it. The first is the shortest passage that carries the record as a
    /// whole; fields refer to the list by position.
    pub quotes: Vec<Quote>,
}

/// All that one run of an extractor read out of one reading.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Proposals {
    /// SHA-256 of the original.
    pub original: Sha256Digest,
    /// SHA-256 of the reading's bytes as stored.
    pub reading: Sha256Digest,
    /// Name and version of the extractor, such as `rules-en/1`.
    pub extractor: String,
    /// The proposals, in the order of their first quotes.
    pub proposals: Vec<Proposal>,
}

/// Who put a record forward.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProposedBy {
    /// An extractor, by name and version, and the rule that fired.
    Extractor {
        /// Name and version.
        extractor: String,
        /// The rule.
        rule: String,
    },
    /// A person, by name.
    Person(String),
}

/// What the name of an extractor begins with that is a person's hand.
const BY_HAND: &str = "by-hand-";

/// The extractor's name for one record that a person coded by hand: each is a run of its own, of
/// a family of its own, so that none displaces another. `number` tells one from the next.
#[must_use]
pub fn hand_of(person: &str, number: u64) -> String {
    format!("{BY_HAND}{number:016x}/{person}")
}

/// The person whose hand the extractor is; `None` for a program.
#[must_use]
pub fn by_hand(extractor: &str) -> Option<&str> {
    let (_, person) = extractor.strip_prefix(BY_HAND)?.split_once('/')?;
    Some(person)
}

/// A proposal with its id, its status and its history.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Id.
    pub id: RecordId,
    /// The source it was read from; `None` for what a person wrote without one.
    pub source: Option<SourceId>,
    /// Status.
    pub status: Status,
    /// Who put it forward.
    pub proposed_by: ProposedBy,
    /// How directly the words carry it.
    pub band: Band,
    /// What it says.
    pub body: RecordBody,
    /// The words that carry it; the first carries the record as a whole.
    pub citations: Vec<Citation>,
    /// What was decided of it, oldest first.
    pub history: Vec<Change>,
}

impl Record {
    /// The fields whose values rest on a stated reason, not on words of the source.
    #[must_use]
    pub fn stated(&self) -> &[Stated] {
        let corrections = self.history.iter().rev();
        let mut corrections = corrections.filter_map(|change| change.decision.corrected.as_ref());
        let says = corrections.find(|correction| correction.proposal.body == self.body);
        says.map_or(&[], |correction| &correction.stated)
    }
}
