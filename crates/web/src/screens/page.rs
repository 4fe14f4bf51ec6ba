//! A page of a source as an image, the words of its records boxed, the records beside it.

use super::source::SourceHead;
use crate::Frame;
use crate::card::Card;
use askama::Template;
use model::Area;

/// An image of a page that can be shown.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Its address.
    pub address: String,
    /// What it is, for those who do not see it.
    pub alt: String,
    /// Dots from left to right, and from top to bottom.
    pub size: (u32, u32),
}

/// A record whose words stand on the page.
#[derive(Clone, Debug)]
pub struct Marked {
    /// The record.
    pub card: Card,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Where its words stand; none where that is not known.
    pub areas: Vec<Area>,
    /// The same page with this record chosen.
    pub address: String,
}

impl Marked {
    /// Whether its boxes have a second line around them.
    #[must_use]
    pub fn is_double(&self) -> bool {
        self.card.status == "disputed"
    }
}

/// The page.
#[derive(Template)]
#[template(path = "page.html")]
pub struct PagePage {
    /// The frame.
    pub frame: Frame,
    /// What stands above it.
    pub head: SourceHead,
    /// Number of the page, from 1, and of all pages.
    pub at: (u32, u32),
    /// Why the source has no text; empty when it has.
    pub unread: String,
    /// Why there is no image; empty when there is one.
    pub problem: String,
    /// Why no words are marked; empty when they are.
    pub unmarked: String,
    /// The image.
    pub drawn: Drawn,
    /// The records, from top to foot.
    pub marked: Vec<Marked>,
    /// Address of the page before; empty on the first.
    pub before: String,
    /// Address of the next page; empty on the last.
    pub after: String,
    /// Id of the chosen record; empty for none.
    pub record: String,
    /// Whether the whole page is hidden, since names stand on it.
    pub is_hidden: bool,
    /// Whether this session sees its pictures now.
    pub sees: bool,
    /// Whether a reason was missing.
    pub missing: bool,
    /// For how many minutes pictures are seen.
    pub minutes: u64,
}
