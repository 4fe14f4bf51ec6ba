//! A reading while names are being read: positions instead of texts, so that keys cost little.
//!
//! Invariant: positions lie within the form that the reading was made from.

use std::ops::Range;

use super::key::Key;
use super::parsed::{Order, Reading, Tradition};
use super::written::Form;

/// A part of a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Whole words, by number.
    Words(Range<usize>),
    /// Characters, words run together, by number.
    Characters(Range<usize>),
}

impl Part {
    /// Nothing.
    pub const NONE: Self = Self::Words(0..0);

    /// The part as written.
    pub fn text(&self, form: &Form) -> String {
        match self {
            Self::Words(words) => form.joined(words.clone()),
            Self::Characters(range) => form
                .characters()
                .skip(range.start)
                .take(range.len())
                .collect(),
        }
    }
}

/// A way to read a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    pub tradition: Tradition,
    pub surname: Part,
    pub given: Part,
    pub order: Order,
    pub why: &'static str,
    pub surname_key: Key,
    pub given_key: Key,
    pub given_second: Option<Key>,
    pub weight: i32,
}

impl Found {
    /// The reading with its texts.
    pub fn reading(&self, form: &Form) -> Reading {
        let surname = self.surname.text(form);
        Reading {
            tradition: self.tradition,
            script: form.script,
            surname: (!surname.is_empty()).then_some(surname),
            given: self.given.text(form),
            order: self.order,
            why: self.why,
            surname_key: self.surname_key,
            given_key: self.given_key,
            given_second: self.given_second,
            weight: self.weight,
        }
    }
}
