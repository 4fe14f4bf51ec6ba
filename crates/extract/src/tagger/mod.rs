//! Names that no lexicon knows: an averaged perceptron over words (Collins 2002), trained on sets
//! under CC BY 4.0 by `examples/train_tagger.rs`; `docs/tagger.md` gives the recipe and what it is
//! worth.
//!
//! Invariant: weights are whole numbers, added in a fixed order, so that the same words get the
//! same tags on every machine. A tag is a suggestion: what a lexicon or a pattern says goes first.

mod features;
mod model;

pub use features::{Seen, features};
pub use model::{Model, ModelError};

/// What a word is: outside of names, or the first or a later word of one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Tag {
    /// Not part of a name.
    Outside = 0,
    /// First word of a person's name.
    PersonFirst = 1,
    /// Later word of a person's name.
    Person = 2,
    /// First word of an organisation's name.
    OrganisationFirst = 3,
    /// Later word of an organisation's name.
    Organisation = 4,
    /// First word of a place's name.
    PlaceFirst = 5,
    /// Later word of a place's name.
    Place = 6,
}

/// Number of tags.
pub const TAGS: usize = 7;

/// Every tag, by its number.
pub const ALL: [Tag; TAGS] = [
    Tag::Outside,
    Tag::PersonFirst,
    Tag::Person,
    Tag::OrganisationFirst,
    Tag::Organisation,
    Tag::PlaceFirst,
    Tag::Place,
];

impl Tag {
    /// Whether it may stand after `before`: a later word goes on with the same kind of name.
    #[must_use]
    pub fn may_follow(self, before: Self) -> bool {
        match self {
            Self::Person => matches!(before, Self::PersonFirst | Self::Person),
            Self::Organisation => matches!(before, Self::OrganisationFirst | Self::Organisation),
            Self::Place => matches!(before, Self::PlaceFirst | Self::Place),
            _ => true,
        }
    }
}

impl Model {
    /// The tags of a sentence's words, from left to right.
    #[must_use]
    pub fn tag(&self, words: &[&str], seen: &Seen) -> Vec<Tag> {
        let mut tags: Vec<Tag> = Vec::with_capacity(words.len());
        let mut hashes = Vec::new();
        for at in 0..words.len() {
            features(words, at, &tags, seen, &mut hashes);
            tags.push(self.best(&hashes, tags.last().copied().unwrap_or(Tag::Outside)));
        }
        tags
    }

    fn best(&self, hashes: &[u32], before: Tag) -> Tag {
        let scores = self.scores(hashes);
        let allowed = ALL.into_iter().filter(|tag| tag.may_follow(before));
        // Of equals the lesser tag: outside of names.
        allowed
            .rev()
            .max_by_key(|tag| scores[*tag as usize])
            .unwrap_or(Tag::Outside)
    }
}
