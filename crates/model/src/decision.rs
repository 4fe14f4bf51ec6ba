//! What people decide of proposed records, and what follows from several decisions of one record.
//!
//! Invariant: nothing is accepted but by a person. Of one person's decisions of a record the
//! latest holds; those of different persons never displace each other: where they differ, the
//! record is disputed until somebody gives way.

use crate::{Code, Judged, Proposal, RecordBody, Sha256Digest};
use serde::{Deserialize, Serialize};

/// Where a record stands.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nobody has decided.
    #[default]
    Proposed,
    /// Accepted as it was proposed.
    Accepted,
    /// Accepted with changes.
    Corrected,
    /// Rejected; it stays on record and out of reports, counts and links.
    Rejected,
    /// Who decided last could not tell, and asks a colleague.
    Unsure,
    /// Persons decided differently.
    Disputed,
    /// Accepted by one person; its type is grave, so another person has to look.
    SecondReview,
}

impl Status {
    /// Every status, in the order in which a record may pass through them.
    pub const ALL: [Self; 7] = [
        Self::Proposed,
        Self::Accepted,
        Self::Corrected,
        Self::Rejected,
        Self::Unsure,
        Self::Disputed,
        Self::SecondReview,
    ];

    /// Its name, as the command line and the formats spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::Unsure => "unsure",
            Self::Disputed => "disputed",
            Self::SecondReview => "second-review",
        }
    }

    /// The status of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether somebody still has to decide.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Accepted | Self::Corrected | Self::Rejected)
    }
}

/// What a person said of a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// It is as its words say.
    Accept,
    /// It is, with other values.
    Correct,
    /// It is not to be used.
    Reject,
    /// It cannot be told by this person; a colleague is asked.
    Unsure,
    /// What this person decided before no longer holds.
    Withdraw,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 5] = [
        Self::Accept,
        Self::Correct,
        Self::Reject,
        Self::Unsure,
        Self::Withdraw,
    ];

    /// Its name, as the command line and the formats spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct => "correct",
            Self::Reject => "reject",
            Self::Unsure => "unsure",
            Self::Withdraw => "withdraw",
        }
    }

    /// The choice of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.name() == name)
    }

    /// What the person did, for people: `accepted`, `corrected` …
    #[must_use]
    pub fn done(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Correct => "corrected",
            Self::Reject => "rejected",
            Self::Unsure => "unsure",
            Self::Withdraw => "withdrawn",
        }
    }
}

/// The state of the record that the person had before them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Upon {
    /// SHA-256 of the record's CBOR as it stood, its history included.
    pub version: Sha256Digest,
    /// Decisions that stood in its history then.
    pub decisions: u32,
}

/// Why a field has a value that no words of the source carry.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Stated {
    /// The field.
    pub field: String,
    /// The reason, in words.
    pub reason: String,
}

/// What a record says after a correction.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Correction {
    /// The whole record as it holds from now on. Its quotes are of the reading that the record
    /// was read from, each checkable at its place.
    pub proposal: Proposal,
    /// The fields whose values rest on a stated reason, not on words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<Stated>,
}

/// What a person decided of a record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// The record, and where it stands: it is found again when a newer extractor proposes the
    /// same under another id.
    pub on: Judged,
    /// What was said of it.
    pub choice: Choice,
    /// Who decided.
    pub by: String,
    /// Why it is rejected: a term of the vocabulary `rejection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Code>,
    /// Anything else, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether it was made without seeing what others had decided.
    #[serde(default)]
    pub blind: bool,
    /// The state it was made upon.
    pub upon: Upon,
    /// What the record says from now on, where that is not what was proposed. Also in the
    /// acceptance of what another person corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Correction>,
}

/// One step in a record's history.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Milliseconds since 1970, UTC, by the clock of the device that wrote it.
    pub at: u64,
    /// What was decided.
    pub decision: Decision,
}

/// What follows from all that was decided of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decided {
    /// Its status.
    pub status: Status,
    /// Which of the decisions says what the record says; `None` where none that holds does, so
    /// that it says what was proposed.
    pub says: Option<usize>,
}

/// Whether two names are those of one person: letter case and white space at the ends say nothing.
#[must_use]
pub fn is_same_person(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The decisions of a history that hold, by their positions: the latest of each person, unless it
/// withdraws.
#[must_use]
pub fn holding(history: &[Change]) -> Vec<usize> {
    let mut latest = std::collections::BTreeMap::new();
    for (at, change) in history.iter().enumerate() {
        latest.insert(change.decision.by.trim().to_lowercase(), at);
    }
    let mut holds: Vec<usize> = latest.into_values().collect();
    holds.retain(|at| history[*at].decision.choice != Choice::Withdraw);
    holds.sort_unstable();
    holds
}

/// What follows from `history`, oldest first, for a record that was proposed with the body
/// `proposed`. `is_grave` says whether a body needs the eyes of two persons.
pub fn decided(
    history: &[Change],
    proposed: &RecordBody,
    is_grave: &dyn Fn(&RecordBody) -> bool,
) -> Decided {
    let holds = holding(history);
    let choice = |at: &usize| history[*at].decision.choice;
    let is_positive = |at: &&usize| matches!(choice(at), Choice::Accept | Choice::Correct);
    let positive: Vec<usize> = holds.iter().filter(is_positive).copied().collect();
    let rejected = holds.iter().any(|at| choice(at) == Choice::Reject);
    let says = positive.last().copied();
    let says_of = |at: usize| history[at].decision.corrected.as_ref().map(content);
    let agree = positive
        .windows(2)
        .all(|two| says_of(two[0]) == says_of(two[1]));
    let status = match (holds.last(), says) {
        (None, _) => Status::Proposed,
        // Whoever is unsure last asks a question; one that a colleague answered is answered.
        (Some(last), _) if choice(last) == Choice::Unsure => Status::Unsure,
        (_, Some(_)) if rejected || !agree => Status::Disputed,
        (_, None) => Status::Rejected,
        (_, Some(at)) => {
            let corrected = history[at].decision.corrected.as_ref();
            let body = corrected.map_or(proposed, |corrected| &corrected.proposal.body);
            match corrected {
                _ if positive.len() < 2 && is_grave(body) => Status::SecondReview,
                Some(_) => Status::Corrected,
                None => Status::Accepted,
            }
        }
    };
    Decided { status, says }
}

/// What of a correction two persons can agree on: not the rule under which it was noted.
fn content(correction: &Correction) -> (&RecordBody, &[crate::Quote]) {
    (&correction.proposal.body, &correction.proposal.quotes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Allegation, Band, Cited, Modality, Quote, RecordId, RecordKind, SourceId, Span, from_cbor,
        to_cbor,
    };

    fn allegation(violation: &str) -> RecordBody {
        RecordBody::Allegation(Allegation {
            violation: Cited::new(Code::from(violation), 0),
            modality: Cited::new(Modality::Alleged, 0),
            attribution: Vec::new(),
            victims: Vec::new(),
            perpetrators: Vec::new(),
            place: None,
            date: None,
            method: None,
            attribution_by_authorities: None,
            status_at_end: None,
        })
    }

    fn correction(violation: &str) -> Correction {
        Correction {
            proposal: Proposal {
                rule: "by hand".to_owned(),
                band: Band::Stated,
                body: allegation(violation),
                quotes: vec![Quote {
                    span: Span::new(3, 9),
                    quote: "beaten".to_owned(),
                    passage: 2,
                    page: None,
                    row: None,
                }],
            },
            stated: vec![Stated {
                field: "place".to_owned(),
                reason: "the witness said so on the telephone".to_owned(),
            }],
        }
    }

    fn change(by: &str, choice: Choice, corrected: Option<&str>) -> Change {
        Change {
            at: 7,
            decision: Decision {
                on: Judged {
                    record: RecordId::new(1, [1; 10]),
                    kind: RecordKind::Allegation,
                    source: SourceId::new(1, [2; 10]),
                    reading: Sha256Digest([3; 32]),
                    span: Span::new(3, 9),
                },
                choice,
                by: by.to_owned(),
                reason: None,
                note: String::new(),
                blind: false,
                upon: Upon {
                    version: Sha256Digest([4; 32]),
                    decisions: 0,
                },
                corrected: corrected.map(correction),
            },
        }
    }

    fn status(history: &[Change]) -> Status {
        let is_grave = |body: &RecordBody| matches!(body, RecordBody::Allegation(it) if it.violation.value.as_str() == "torture");
        decided(history, &allegation("censorship"), &is_grave).status
    }

    #[test]
    fn the_latest_of_a_person_holds_and_persons_do_not_displace_each_other() {
        use Choice::{Accept, Correct, Reject, Unsure, Withdraw};
        let a = |choice| change("Ann", choice, None);
        let b = |choice| change("Ben", choice, None);
        assert_eq!(status(&[]), Status::Proposed);
        assert_eq!(status(&[a(Accept)]), Status::Accepted);
        assert_eq!(status(&[a(Accept), a(Reject)]), Status::Rejected);
        assert_eq!(status(&[a(Accept), b(Reject)]), Status::Disputed);
        assert_eq!(status(&[a(Accept), b(Reject), a(Reject)]), Status::Rejected);
        assert_eq!(
            status(&[a(Accept), b(Reject), b(Withdraw)]),
            Status::Accepted
        );
        assert_eq!(status(&[a(Reject), a(Withdraw)]), Status::Proposed);
        assert_eq!(status(&[a(Unsure)]), Status::Unsure);
        assert_eq!(status(&[a(Unsure), b(Accept)]), Status::Accepted);
        assert_eq!(status(&[a(Accept), b(Unsure)]), Status::Unsure);
        let corrected = |by| change(by, Correct, Some("ill-treatment"));
        assert_eq!(status(&[a(Accept), corrected("Ben")]), Status::Disputed);
        assert_eq!(
            status(&[corrected("Ann"), corrected("Ben")]),
            Status::Corrected
        );
        let agrees = change("Ben", Accept, Some("ill-treatment"));
        assert_eq!(status(&[corrected("Ann"), agrees]), Status::Corrected);
    }

    #[test]
    fn what_is_grave_needs_two_persons() {
        let grave = |by| change(by, Choice::Correct, Some("torture"));
        assert_eq!(status(&[grave("Ann")]), Status::SecondReview);
        // The same person again, spelt otherwise, is no second person.
        assert_eq!(status(&[grave("Ann"), grave(" ANN")]), Status::SecondReview);
        assert_eq!(status(&[grave("Ann"), grave("Ben")]), Status::Corrected);
        let rejects = change("Ben", Choice::Reject, None);
        assert_eq!(status(&[grave("Ann"), rejects]), Status::Disputed);
    }

    #[test]
    fn decisions_come_back_as_they_were() {
        let change = change("Ann", Choice::Correct, Some("torture"));
        let bytes = to_cbor(&change).unwrap();
        assert_eq!(from_cbor::<Change>(&bytes).unwrap(), change);
        for status in Status::ALL {
            let json = serde_json::to_value(status).unwrap();
            assert_eq!(json, status.name());
            assert_eq!(Status::from_name(status.name()), Some(status));
        }
        for choice in Choice::ALL {
            assert_eq!(serde_json::to_value(choice).unwrap(), choice.name());
            assert_eq!(Choice::from_name(choice.name()), Some(choice));
        }
    }
}
