//! A source: the document on the left, its records on the right, level with their passages.

use crate::Frame;
use crate::card::Card;
use crate::passages::{Mark, Shown};
use askama::Template;

/// Something that is known of a source.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What.
    pub label: String,
    /// The value.
    pub value: String,
    /// Where it comes from; may be empty.
    pub basis: String,
    /// Language of `basis` where it is the engine's; else empty.
    pub lang: &'static str,
    /// Whether it is a hash, an id or a name that machines read.
    pub exact: bool,
}

/// Another document that shares text with this one.
#[derive(Clone, Debug)]
pub struct Telling {
    /// How they belong together, in words.
    pub how: String,
    /// Title of the other.
    pub title: String,
    /// Address of the other.
    pub address: String,
}

/// What stands beside the document as a whole.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Names in it: cards by position.
    pub names: Vec<usize>,
    /// Claims in it.
    pub claims: usize,
}

/// One way to look at a source: a link.
#[derive(Clone, Debug)]
pub struct ViewLink {
    /// Its name in words.
    pub label: String,
    /// Its address.
    pub address: String,
    /// Whether it is the one that is shown.
    pub here: bool,
    /// How many passages it shows beside the clean ones.
    pub more: usize,
}

/// What stands above a source in every view of it.
#[derive(Clone, Debug)]
pub struct SourceHead {
    /// Id of the source.
    pub id: String,
    /// Address of this page without choices.
    pub address: String,
    /// Language of the document, for the `lang` attribute.
    pub lang: String,
    /// `ltr`, `rtl` or `auto`.
    pub direction: &'static str,
    /// Publisher, date, genre: a line below the title.
    pub about: Vec<String>,
    /// Compartment, in words; empty for open sources.
    pub compartment: String,
    /// Where it comes from: hashes, capture, readings.
    pub facts: Vec<Fact>,
    /// What a person should know of the reading.
    pub remarks: Vec<String>,
    /// Documents that share text with it.
    pub tellings: Vec<Telling>,
    /// The ways to look at it.
    pub views: Vec<ViewLink>,
    /// Claims in it, and names.
    pub counts: (usize, usize),
    /// Whether it has text that can be coded.
    pub has_text: bool,
}

/// Passages of one kind that the page shows in their place, and how many there are.
#[derive(Clone, Debug)]
pub struct Legend {
    /// What they are, in words.
    pub label: String,
    /// How many.
    pub number: usize,
}

/// The page of a source.
#[derive(Template)]
#[template(path = "source.html")]
pub struct SourcePage {
    /// The frame.
    pub frame: Frame,
    /// What stands above it.
    pub head: SourceHead,
    /// Why there is no reading; empty when there is one.
    pub unread: String,
    /// The passages.
    pub passages: Vec<Shown>,
    /// Whether what is not part of the clean text is shown.
    pub as_captured: bool,
    /// What was set aside, by reason: shown where that is shown.
    pub aside: Vec<Legend>,
    /// The records.
    pub cards: Vec<Card>,
    /// Names and counts.
    pub beside: Beside,
    /// Position of the chosen card.
    pub chosen: Option<usize>,
    /// The minimap.
    pub marks: Vec<Mark>,
    /// Address of the passages before these; empty at the start.
    pub before: String,
    /// Address of the passages behind these; empty at the end.
    pub after: String,
}

impl SourcePage {
    /// Whether the card at `position` is the chosen one.
    #[must_use]
    pub fn is_chosen(&self, position: &usize) -> bool {
        self.chosen == Some(*position)
    }

    /// Where the link of a card leads: to the same page with its words lit.
    #[must_use]
    pub fn choose(&self, card: &Card) -> String {
        let text = if self.as_captured {
            "&text=captured"
        } else {
            ""
        };
        let (address, passage) = (&self.head.address, card.passage());
        format!("{address}?record={}{text}#p{passage}", card.id)
    }

    /// The claims that stand beside a passage: positions of their cards.
    #[must_use]
    pub fn claims_beside<'s>(&self, passage: &'s Shown) -> Vec<&'s usize> {
        let claims = passage.cards.iter();
        claims
            .filter(|at| self.cards.get(**at).is_some_and(|card| !card.is_name))
            .collect()
    }

    /// The card at a position.
    #[must_use]
    pub fn card(&self, position: &usize) -> Option<&Card> {
        self.cards.get(*position)
    }
}
