//! An incident: what several allegations describe in common, with reasons and contradictions.
//!
//! Invariant: every reason, contradiction and value names the records that carry it.

use model::{Code, Edtf, Modality, Record, RecordId, SourceId};

/// Whether an incident is one event or a general claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// One act or event.
    Event,
    /// A claim about what is usual, a policy, or many events at once.
    Pattern,
}

/// Words of a record that carry a reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cite {
    /// The record.
    pub record: RecordId,
    /// The source it was read from.
    pub source: Option<SourceId>,
    /// The words, as they stand there.
    pub quote: String,
}

/// A reason in words, with what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// A sentence for people.
    pub text: String,
    /// The words it rests on.
    pub cites: Vec<Cite>,
}

/// Who put an allegation into its incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum How {
    /// It was the first; the others joined it.
    First,
    /// By the rules.
    Rules,
    /// A person judged so.
    Person(String),
}

/// An allegation of an incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// The allegation.
    pub record: RecordId,
    /// The source it was read from.
    pub source: Option<SourceId>,
    /// How it is put forward: what is feared or denied does not say that it happened.
    pub modality: Modality,
    /// Who put it here.
    pub how: How,
    /// Why it is here.
    pub reasons: Vec<Reason>,
}

/// Somebody or something that members name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The same for all who name it: a key of a gazetteer or a folded name.
    pub identity: String,
    /// Its name, for people.
    pub name: String,
    /// The members that name it, ascending.
    pub records: Vec<RecordId>,
}

/// When it happened, as far as the members say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Time {
    /// From the earliest to the latest day that any of them means or, when all may mean the same,
    /// the narrowest of their dates.
    pub range: Edtf,
    /// Whether all dates may be the same.
    pub agreed: bool,
    /// Whether the date is that of publication: it may be when it was told, not when it happened.
    pub of_telling: bool,
    /// The members that carry a date, ascending.
    pub records: Vec<RecordId>,
}

/// Who suffered, as far as the members say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Victims {
    /// Persons by name.
    pub named: Vec<Named>,
    /// Groups, in the words of the texts.
    pub groups: Vec<Named>,
    /// At least so many people, by the lowest number stated, or by the names.
    pub least: Option<u64>,
    /// At most so many, by the highest number stated; `None` when no number is.
    pub most: Option<u64>,
    /// What the numbers rest on, in words.
    pub because: String,
}

/// What accounts disagree about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Disputed {
    /// Whether it happened at all.
    Whether,
    /// When.
    When,
    /// Where.
    Where,
    /// How many suffered.
    HowMany,
    /// Who did it.
    ByWhom,
}

/// One side of a contradiction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// What it says, for people.
    pub says: String,
    /// The words of the members that say so.
    pub cites: Vec<Cite>,
}

/// Accounts that cannot all be true.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    /// What they disagree about.
    pub about: Disputed,
    /// A sentence for people.
    pub text: String,
    /// The sides, in a fixed order that means nothing.
    pub accounts: Vec<Account>,
}

/// An allegation that is alike and yet stands in another incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Apart {
    /// The member of this incident.
    pub member: RecordId,
    /// The allegation elsewhere.
    pub other: RecordId,
    /// Why they were kept apart.
    pub reason: Reason,
}

/// An event record that tells of the same happening.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happening {
    /// The event.
    pub record: RecordId,
    /// Why it is taken for the same.
    pub reason: Reason,
}

/// What several allegations describe in common, or one alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Incident {
    /// The id of its earliest allegation: it does not change when later ones join.
    pub id: RecordId,
    /// One event, or a general claim.
    pub level: Level,
    /// Why it is of that level.
    pub level_because: String,
    /// Types of violation, the most frequent first, with the members that give them.
    pub types: Vec<(Code, Vec<RecordId>)>,
    /// Where: places below the level of a state, else states; the most specific first.
    pub places: Vec<Named>,
    /// When.
    pub time: Option<Time>,
    /// Who suffered.
    pub victims: Victims,
    /// Who is said to have done it.
    pub perpetrators: Vec<Named>,
    /// Who took part in events that tell of the same happening.
    pub participants: Vec<Named>,
    /// Events that tell of the same happening.
    pub happenings: Vec<Happening>,
    /// The allegations, ascending.
    pub members: Vec<Member>,
    /// Where they disagree.
    pub contradictions: Vec<Contradiction>,
    /// What is alike and was kept apart; at most eight.
    pub apart: Vec<Apart>,
}

impl Incident {
    /// The allegations, ascending.
    #[must_use]
    pub fn records(&self) -> Vec<RecordId> {
        self.members.iter().map(|member| member.record).collect()
    }

    /// Why a record belongs to it, in words; empty when it does not.
    #[must_use]
    pub fn why(&self, record: RecordId) -> Vec<Reason> {
        let member = self.members.iter().find(|member| member.record == record);
        let happening = self.happenings.iter().find(|event| event.record == record);
        member
            .map(|member| member.reasons.clone())
            .or_else(|| happening.map(|event| vec![event.reason.clone()]))
            .unwrap_or_default()
    }

    /// The record of it, with the sources that are origins of it.
    #[must_use]
    pub fn to_record(&self, origins: Vec<SourceId>) -> model::Incident {
        let reasons = self.members.iter().flat_map(|member| &member.reasons);
        let mut reasons: Vec<String> = reasons.map(|reason| reason.text.clone()).collect();
        reasons.dedup();
        model::Incident {
            allegations: self.records(),
            origins,
            reasons,
        }
    }
}

impl Disputed {
    /// What is disputed, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Whether => "whether it happened",
            Self::When => "when it happened",
            Self::Where => "where it happened",
            Self::HowMany => "how many suffered",
            Self::ByWhom => "who did it",
        }
    }
}

impl Cite {
    /// The words that carry a record as a whole.
    pub(crate) fn of(record: &Record) -> Self {
        let quote = record.citations.first();
        Self {
            record: record.id,
            source: record.source,
            quote: quote.map_or_else(String::new, |citation| citation.quote.quote.clone()),
        }
    }

    /// The words that carry a value of a record; those that carry the whole when it has none.
    pub(crate) fn of_value(record: &Record, quotes: &[u16]) -> Self {
        let of_value = quotes
            .first()
            .and_then(|at| record.citations.get(usize::from(*at)));
        match of_value {
            Some(citation) => Self {
                quote: citation.quote.quote.clone(),
                ..Self::of(record)
            },
            None => Self::of(record),
        }
    }
}
