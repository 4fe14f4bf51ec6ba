//! Nouns of those who can say, ask or do something: by the word lists, or by how the noun ends.
//!
//! Invariant: a noun that only ends like one of people (`numbers`, `documents`) is none.

use super::{Phrase, Syntax};
use crate::lexicon::{Class, Table};
use crate::text::Stretch;

/// Endings of nouns of people, in the plural.
const MANY: &[&str] = &[
    "ers", "ors", "ists", "ians", "ants", "ees", "dents", "gents", "rents", "nents", "men", "ities",
];

/// Endings of nouns of one person.
const ONE: &[&str] = &["er", "or", "ist", "ian", "ant", "ee", "dent", "man"];

impl Syntax<'_, '_> {
    /// Whether the words name people or bodies who can say or do something: by their head noun, over
    /// what stands behind it (`former inmates of Branch 9`).
    pub fn is_people(&self, phrase: Phrase) -> bool {
        let Phrase::Words(words) = phrase else {
            return false;
        };
        let words = self.document.trimmed(words);
        words
            .to
            .checked_sub(1)
            .is_some_and(|last| words.has(last) && self.is_agent(last))
            || self.head(words).is_some_and(|head| self.is_agent(head))
    }

    /// The noun that other words stand behind: the one before the first preposition.
    pub fn head(&self, words: Stretch) -> Option<u32> {
        let document = self.document;
        let behind = words.tokens().skip(1).find(|&at| {
            document.is_any(
                at,
                &[
                    "of", "in", "from", "at", "on", "with", "for", "who", "whom", "whose",
                ],
            )
        });
        behind.map(|at| at - 1)
    }

    /// Whether a noun is one of people or bodies.
    pub(super) fn is_agent(&self, at: u32) -> bool {
        let document = self.document;
        let known = document.is(at, Class::PersonNoun)
            || document.is(at, Class::Speaker)
            || document.is(at, Class::Obliged)
            || document.is(at, Class::FindingBody)
            || document.is(at, Class::BodyNoun)
            || document.is_any(
                at,
                &["everyone", "somebody", "someone", "nobody", "neighbours"],
            );
        let one = Stretch::new(at.saturating_sub(2), at + 1);
        let group = || {
            [Table::Group, Table::National].iter().any(|&table| {
                let hits = document.hits_in(table, one);
                hits.iter().any(|hit| hit.tokens.to == at + 1)
            })
        };
        known || group() || self.ends_like_people(at)
    }

    fn ends_like_people(&self, at: u32) -> bool {
        let document = self.document;
        let written = document.written(at).to_lowercase();
        if written.len() < 6 || document.is(at, Class::NotAgent) || !document.is_plain(at) {
            return false;
        }
        let many = MANY.iter().any(|ending| written.ends_with(ending));
        let definite = at.checked_sub(1).is_some_and(|before| {
            document.is(before, Class::Determiner) || document.is(before, Class::Possessive)
        });
        many || definite && ONE.iter().any(|ending| written.ends_with(ending))
    }
}
