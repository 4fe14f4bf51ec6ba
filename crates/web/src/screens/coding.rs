//! Coding by hand: words of a source on the left, the record that is made of them on the right.

use super::EditRow;
use crate::Frame;
use crate::passages::Shown;
use askama::Template;

/// A field of a record in the making and its inputs are [`EditRow`]s, as in a correction.
#[derive(Template)]
#[template(path = "coding.html")]
pub struct CodingPage {
    /// The frame.
    pub frame: Frame,
    /// Title of the source.
    pub title: String,
    /// Address of the source.
    pub source: String,
    /// Publisher and date.
    pub about: String,
    /// Address of this page without choices.
    pub address: String,
    /// Language of the source.
    pub lang: String,
    /// Direction of the source's text.
    pub direction: &'static str,
    /// The words that carry the record as a whole; empty until they are chosen.
    pub words: String,
    /// Their characters in the reading, as `12-34`; empty until they are chosen.
    pub span: String,
    /// The passages around them.
    pub passages: Vec<Shown>,
    /// Number of the passage that they stand in.
    pub at: u32,
    /// Kinds of record to choose from: code and label.
    pub kinds: Vec<(String, String)>,
    /// Code of the kind that is chosen.
    pub kind: String,
    /// The inputs; none until words and kind are chosen.
    pub rows: Vec<EditRow>,
    /// Whether some fields may have several values.
    pub has_many: bool,
    /// The reason for values that no words carry, as given.
    pub reason: String,
    /// What stands in the way; may be empty.
    pub problem: String,
    /// Whether the record will need a second person.
    pub is_grave: bool,
}
