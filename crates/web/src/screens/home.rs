//! Home: what needs me.

use crate::Frame;
use askama::Template;

/// Something that needs somebody.
#[derive(Clone, Debug)]
pub struct Due {
    /// How many.
    pub number: String,
    /// What it is.
    pub what: String,
    /// Why it matters or what to do, in a sentence.
    pub why: String,
    /// Where it is dealt with; empty where there is no page for it yet.
    pub address: String,
    /// Class of the style sheet: `proposed`, `alert`, `disputed`, `calm`.
    pub class: &'static str,
}

/// A source that came in lately.
#[derive(Clone, Debug)]
pub struct Recent {
    /// Title, or the file's name.
    pub title: String,
    /// Its language, for the `lang` attribute; empty when it is not known.
    pub language: String,
    /// Publisher and date.
    pub about: String,
    /// Records read out of it.
    pub records: u64,
    /// Address of its page.
    pub address: String,
}

/// The first page.
#[derive(Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
    /// What needs somebody, the most urgent first.
    pub due: Vec<Due>,
    /// Sources that came in last, the newest first.
    pub recent: Vec<Recent>,
    /// Sources on record.
    pub sources: u64,
    /// Records, by kind: label, number.
    pub records: Vec<(String, String)>,
    /// Entries in the ledger, signed.
    pub entries: u64,
    /// The form for adding files, where the archive is empty.
    pub upload: crate::screens::UploadForm,
}
