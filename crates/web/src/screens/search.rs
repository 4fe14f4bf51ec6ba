//! Search: passages that hold the words, and the records that were read from them.

use crate::Frame;
use crate::card::Card;
use crate::facets::{Facet, Pager, State};
use crate::map::Map;
use crate::said::Piece;
use crate::timeline::Timeline;
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
    /// On a timeline, when what it tells took place; else empty.
    pub date: String,
    /// What limits that date; may be empty.
    pub date_note: String,
}

/// A place of records that were found.
#[derive(Clone, Debug)]
pub struct FoundPlace {
    /// Its name.
    pub name: String,
    /// Address of the table of its records.
    pub address: String,
    /// How many, as written.
    pub records: String,
    /// Whether its coordinates are known here.
    pub is_drawn: bool,
}

/// Where what was found took place.
#[derive(Clone, Debug)]
pub struct FoundPlaces {
    /// The drawing.
    pub map: Map,
    /// Whether the whole world is shown.
    pub is_world: bool,
    /// Address of the other window.
    pub other: String,
    /// The places, the most records first.
    pub rows: Vec<FoundPlace>,
    /// Records without a place.
    pub nowhere: u64,
}

/// A search that a person keeps.
#[derive(Clone, Debug)]
pub struct SavedRow {
    /// Its number in the list, for the form that forgets it.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// What it finds now, in words.
    pub found: String,
    /// How many more than when it was looked at last; 0 for none.
    pub more: u64,
    /// When it was kept.
    pub since: String,
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
    /// How it can be shown: words, address, and whether it is.
    pub views: Vec<(String, String, bool)>,
    /// Whether records are shown, in whatever form.
    pub as_records: bool,
    /// When they took place, where that is asked for.
    pub timeline: Option<Timeline>,
    /// Records without a date, which are not on the timeline.
    pub undated: u64,
    /// Where they took place, where that is asked for.
    pub places: Option<FoundPlaces>,
    /// Searches that this person keeps; on the page without a search.
    pub saved: Vec<SavedRow>,
    /// Whether this search is kept already.
    pub is_saved: bool,
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
    /// Which column of a table the names were taken from; empty where each line is one.
    pub column: String,
    /// Whether names in other scripts could be compared.
    pub is_ready: bool,
    /// Most names at once, as written.
    pub most: String,
}
