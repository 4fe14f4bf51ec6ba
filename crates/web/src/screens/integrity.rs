//! Integrity: whether the archive is sound, how a source came to where it is, and the ledger.

use crate::Frame;
use crate::facets::{Facet, Pager, State};
use crate::screens::Fact;
use askama::Template;

/// Something that verification found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How bad it is, in words.
    pub severity: String,
    /// Class of the style sheet: `alert` or none.
    pub class: &'static str,
    /// The object, by its key.
    pub object: String,
    /// What was found and what it means; the engine's words, in English.
    pub what: String,
    /// Sources whose content it touches: title, address of their custody.
    pub sources: Vec<(String, String)>,
}

/// The head of a log.
#[derive(Clone, Debug)]
pub struct LogHead {
    /// Whose log.
    pub writer: String,
    /// Entries in it, as written.
    pub size: String,
    /// Root of its tree.
    pub root: String,
}

/// Whether the archive is sound.
#[derive(Template)]
#[template(path = "integrity.html")]
pub struct IntegrityPage {
    /// The frame.
    pub frame: Frame,
    /// Class of the verdict: `calm`, `alert`, `proposed`.
    pub class: &'static str,
    /// The verdict in a few words.
    pub verdict: String,
    /// What it rests on, in sentences.
    pub because: Vec<String>,
    /// Percent of a verification that runs.
    pub running: Option<u64>,
    /// What was found.
    pub found: Vec<Found>,
    /// The logs as they stand now.
    pub heads: Vec<LogHead>,
}

/// An entry of the ledger.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// When, by the device that wrote it, UTC.
    pub time: String,
    /// What it is, in words.
    pub kind: String,
    /// Whose log, the first digits.
    pub writer: String,
    /// Its number in that log.
    pub index: String,
    /// The source that it is about: title, address of its custody; empty where it is about none.
    pub about: (String, String),
    /// Compartment, in words.
    pub compartment: String,
}

/// How a source came to where it is.
#[derive(Template)]
#[template(path = "custody.html")]
pub struct CustodyPage {
    /// The frame; its title is that of the source.
    pub frame: Frame,
    /// Language of the title.
    pub lang: String,
    /// Address of the source.
    pub source: String,
    /// Address of the proof bundle.
    pub proof: String,
    /// How it was collected.
    pub facts: Vec<Fact>,
    /// The entries of the ledger about it, the oldest first.
    pub entries: Vec<EntryRow>,
    /// What the last verification says of it.
    pub verified: String,
    /// Class of that: `calm`, `alert`, `proposed`.
    pub class: &'static str,
}

/// The ledger.
#[derive(Template)]
#[template(path = "log.html")]
pub struct LogPage {
    /// The frame.
    pub frame: Frame,
    /// State of the list.
    pub state: State,
    /// What narrows it.
    pub facets: Vec<Facet>,
    /// The entries of this page, the newest first.
    pub rows: Vec<EntryRow>,
    /// Which entries.
    pub pager: Pager,
}
