//! Sources: a table with facets, and the way to add more.

use crate::Frame;
use crate::facets::{Facet, Pager, State};
use askama::Template;

/// A source in the table.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// Address of its page.
    pub address: String,
    /// Title, or the file's name.
    pub title: String,
    /// Its language, for the `lang` attribute; empty when it is not known.
    pub lang: String,
    /// First digits of its SHA-256, by which people name it.
    pub short: String,
    /// Publisher; empty when it is not known.
    pub publisher: String,
    /// Date of publication; empty when it is not known.
    pub published: String,
    /// Its language in words.
    pub language: String,
    /// When it was collected.
    pub collected: String,
    /// Who collected it.
    pub by: String,
    /// Compartment in words; empty for open sources, which need no mark.
    pub compartment: String,
    /// Why it could not be read; empty when it was.
    pub unread: String,
    /// Records read out of it, as written.
    pub records: String,
}

/// What a person may state about files that they add.
#[derive(Clone, Debug, Default)]
pub struct UploadForm {
    /// Compartments: code, label, definition.
    pub compartments: Vec<(&'static str, String, String)>,
    /// Most bytes at once, as written.
    pub most: String,
    /// Whether the form stands open.
    pub open: bool,
}

/// The table of sources.
#[derive(Template)]
#[template(path = "sources.html")]
pub struct SourcesPage {
    /// The frame.
    pub frame: Frame,
    /// State of the list.
    pub state: State,
    /// What narrows it.
    pub facets: Vec<Facet>,
    /// The rows of this page.
    pub rows: Vec<SourceRow>,
    /// Which rows.
    pub pager: Pager,
    /// The form for adding files.
    pub upload: UploadForm,
}
