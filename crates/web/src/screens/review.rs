//! Review: one proposal, its words lit, and a decision with one key.

use crate::Frame;
use crate::card::Card;
use crate::facets::State;
use crate::passages::Shown;
use askama::Template;

/// How far the review is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Records that wait.
    pub open: u64,
    /// Of them, of a grave type.
    pub grave: u64,
    /// Accepted by one, to be looked at by a second person.
    pub second: u64,
    /// Somebody was unsure.
    pub unsure: u64,
    /// Persons differ.
    pub disputed: u64,
    /// Decided.
    pub decided: u64,
}

impl Progress {
    /// All of them, at least 1.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.open.saturating_add(self.decided).max(1)
    }
}

/// A reason to reject.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Its key: a digit.
    pub key: String,
    /// Its code.
    pub code: String,
    /// Its label.
    pub label: String,
}

/// Something that was decided of the record.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// What, in words.
    pub what: String,
    /// The reason or the note; may be empty.
    pub why: String,
    /// What the record says after it, where that was corrected; may be empty.
    pub says: String,
}

/// An input of the form that corrects a record.
#[derive(Clone, Debug)]
pub struct EditRow {
    /// Name of the field, as in the formats.
    pub field: String,
    /// Number of the value, from 0.
    pub at: usize,
    /// The field in words; empty on further values of the same.
    pub label: String,
    /// Codes to choose from: code, label; none for words.
    pub options: Vec<(String, String)>,
    /// What the record says now.
    pub value: String,
    /// The words that carry it.
    pub words: String,
    /// Their characters in the reading, as `12-34`; empty when they are not known.
    pub span: String,
    /// Number of those words in the record; empty when they are not known.
    pub quote: String,
    /// Whether the record needs a value.
    pub must: bool,
    /// What words that are selected can be for it: `words`, `date` or `number`.
    pub takes: &'static str,
    /// How a value is written, in a few words; may be empty.
    pub hint: String,
}

/// What was just done, to be undone.
#[derive(Clone, Debug)]
pub struct Done {
    /// The record.
    pub record: String,
    /// What it says, and what was decided.
    pub words: String,
}

/// A record under review.
#[derive(Clone, Debug)]
pub struct Matter {
    /// The record.
    pub card: Card,
    /// The state that a decision is made upon, as hexadecimal digits.
    pub version: String,
    /// Title of its source.
    pub title: String,
    /// Address of its source, at the record.
    pub address: String,
    /// Address of the image of the page that its words stand on; empty where there is none.
    pub image: String,
    /// Language of the source.
    pub lang: String,
    /// Direction of the source's text.
    pub direction: &'static str,
    /// Publisher and date.
    pub about: String,
    /// The passages around its words.
    pub passages: Vec<Shown>,
    /// What was decided before; empty when it is decided blind.
    pub history: Vec<Step>,
    /// The form that corrects it; empty unless it was asked for.
    pub edit: Vec<EditRow>,
}

/// The review queue.
#[derive(Template)]
#[template(path = "review.html")]
pub struct ReviewPage {
    /// The frame.
    pub frame: Frame,
    /// Which records, and where in the queue.
    pub state: State,
    /// How far it is.
    pub progress: Progress,
    /// The record; `None` when none waits.
    pub matter: Option<Matter>,
    /// Reasons to reject.
    pub reasons: Vec<Reason>,
    /// Kinds to choose from: code, label, number that wait.
    pub kinds: Vec<(String, String, String)>,
    /// What records can wait for, to choose from: name, label.
    pub statuses: Vec<(&'static str, String)>,
    /// Whether proposals are seen without what others decided and why they were proposed.
    pub blind: bool,
    /// What was decided last.
    pub done: Option<Done>,
    /// What stands in the way of a decision; may be empty.
    pub problem: String,
    /// Whether something that was passed over waits before this place of the queue.
    pub skipped: bool,
}
