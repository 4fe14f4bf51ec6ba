//! Timeline and map: the same incidents, when and where, each with its table.

use crate::Frame;
use crate::facets::{Facet, Pager, State};
use crate::map::Map;
use crate::timeline::Timeline;
use askama::Template;

/// An incident on the timeline.
#[derive(Clone, Debug)]
pub struct DatedRow {
    /// Its date, as known.
    pub date: String,
    /// What limits the date; may be empty.
    pub note: String,
    /// What it is.
    pub heading: String,
    /// Address of its page.
    pub address: String,
    /// Where, in words.
    pub place: String,
    /// “3 documents, at most 1 origin”.
    pub support: String,
}

/// What narrows a timeline or map.
#[derive(Clone, Debug)]
pub struct Narrowed {
    /// State of the list.
    pub state: State,
    /// What narrows it.
    pub facets: Vec<Facet>,
    /// Address of the other drawing of the same.
    pub other: String,
}

/// When.
#[derive(Template)]
#[template(path = "timeline.html")]
pub struct TimelinePage {
    /// The frame.
    pub frame: Frame,
    /// What narrows it.
    pub narrowed: Narrowed,
    /// The drawing of this page's rows.
    pub timeline: Timeline,
    /// The rows, the oldest first.
    pub rows: Vec<DatedRow>,
    /// Which rows.
    pub pager: Pager,
    /// Incidents without a date.
    pub undated: u64,
}

/// A place on the map.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// Its name.
    pub name: String,
    /// Address of the timeline of what happened there.
    pub address: String,
    /// Incidents, as written.
    pub incidents: String,
    /// Coordinates and how exact they are; empty where there are none.
    pub position: String,
}

/// Where.
#[derive(Template)]
#[template(path = "map.html")]
pub struct MapPage {
    /// The frame.
    pub frame: Frame,
    /// What narrows it.
    pub narrowed: Narrowed,
    /// The drawing.
    pub map: Map,
    /// Whether the whole world is shown, and the address of the other view.
    pub world: (bool, String),
    /// The places, the most incidents first.
    pub rows: Vec<PlaceRow>,
    /// Incidents in all.
    pub total: u64,
    /// Incidents on the map.
    pub drawn: u64,
    /// Incidents whose places have no coordinates here.
    pub without: u64,
    /// Incidents without a place.
    pub nowhere: u64,
}
