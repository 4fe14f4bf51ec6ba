//! Search: passages that hold the words, and the records that were read from them.

use crate::Frame;
use crate::card::Card;
use crate::facets::{Facet, Pager, State};
use crate::said::Piece;
use askama::Template;

/// A record that was read from a passage, in a line.
#[derive(Clone, Debug)]
pub struct Chip {
    /// Address of the record beside its words.
    pub address: String,
    /// Its kind in words.
    pub kind: String,
    /// What it says.
    pub headline: String,
    /// Name of its status: a class of the style sheet.
    pub status: &'static str,
    /// Its status in words.
    pub status_label: String,
}

/// A passage that was found.
#[derive(Clone, Debug)]
pub struct HitRow {
    /// Address of the passage in the reader.
    pub address: String,
    /// Title of its source.
    pub title: String,
    /// Language of its source, for the `lang` attribute; empty when it is not known.
    pub lang: String,
    /// Publisher, date, number of the passage.
    pub about: String,
    /// Part of the passage, what was found lit.
    pub pieces: Vec<Piece>,
    /// Records read from it.
    pub chips: Vec<Chip>,
}

/// A record of a passage that was found.
#[derive(Clone, Debug)]
pub struct FoundRecord {
    /// The record.
    pub card: Card,
    /// Address of the record beside its words.
    pub address: String,
    /// Title of its source.
    pub title: String,
    /// Language of its source; empty when it is not known.
    pub lang: String,
    /// When its source was published; empty when it is not known.
    pub published: String,
}

/// Something to do about a search: words and an address.
#[derive(Clone, Debug)]
pub struct Way {
    /// In words.
    pub words: String,
    /// What it would find; empty where that is not said.
    pub number: String,
    /// Where it leads.
    pub address: String,
}

/// How a name that is looked for is written elsewhere.
#[derive(Clone, Debug, Default)]
pub struct OtherForms {
    /// The other forms, each with the search for it alone.
    pub forms: Vec<Way>,
    /// Whether they are looked for too.
    pub used: bool,
    /// Address of the search that does, or does not, look for them.
    pub turn: String,
}

/// The page of a search.
#[derive(Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// The frame.
    pub frame: Frame,
    /// State of the search.
    pub state: State,
    /// What narrows it.
    pub facets: Vec<Facet>,
    /// Why the words cannot be looked for; empty when they can.
    pub trouble: String,
    /// Addresses of the list of passages and of the table of records.
    pub views: [String; 2],
    /// Whether the records are shown.
    pub as_records: bool,
    /// Passages of this page.
    pub hits: Vec<HitRow>,
    /// Records of this page.
    pub records: Vec<FoundRecord>,
    /// Which of them.
    pub pager: Pager,
    /// Other forms of a name that is looked for.
    pub other: OtherForms,
    /// Words that exist, where some that were looked for do not.
    pub meant: Option<Way>,
    /// What finds more: the search without one of its filters.
    pub wider: Vec<Way>,
    /// Whether only part of the passages that were found was asked for records.
    pub is_partial: bool,
}

impl SearchPage {
    /// Whether nothing was looked for yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.state.get("q").is_empty()
    }

    /// The parameters that a new search keeps: all but the words and the page.
    pub fn kept(&self) -> impl Iterator<Item = &(String, String)> {
        let given = self.state.parameters().iter();
        given.filter(|(name, _)| name != "q" && name != "page" && name != "forms")
    }
}

/// What stands on record of one name of a list.
#[derive(Clone, Debug)]
pub struct NameRow {
    /// The name as given.
    pub name: String,
    /// Passages that hold it in any of its forms.
    pub passages: u64,
    /// Records that name somebody so.
    pub records: u64,
    /// The forms that are on record.
    pub forms: Vec<String>,
    /// Address of the search for it.
    pub address: String,
    /// Why it could not be looked for; empty when it could.
    pub trouble: String,
}

/// The page on which many names are looked for at once.
#[derive(Template)]
#[template(path = "names.html")]
pub struct NamesPage {
    /// The frame.
    pub frame: Frame,
    /// What was found, name by name; empty before a list was given.
    pub rows: Vec<NameRow>,
    /// Names of which something is on record.
    pub found: u64,
    /// Names that were left out because there were too many.
    pub left_out: u64,
    /// Whether names in other scripts could be compared.
    pub is_ready: bool,
    /// Most names at once, as written.
    pub most: String,
}
