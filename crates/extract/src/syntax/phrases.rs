//! Noun phrases by their first or last word.
//!
//! Invariant: a phrase lies in one sentence, and has at most [`PHRASE`] words unless it is a name.

use super::{Phrase, Syntax};
use crate::lexicon::{Class, Table};
use crate::names::Mention;
use crate::text::{Document, Stretch};
use model::EntityKind;

/// The most words a noun phrase without a name has.
pub(super) const PHRASE: u32 = 9;

impl Syntax<'_, '_> {
    /// The words of a noun phrase that ends right before `end`, without its determiner's left.
    pub fn words_before(&self, end: u32, sentence: Stretch) -> Stretch {
        let document = self.document;
        let mut from = end;
        while from > sentence.from && end - from < PHRASE {
            let before = from - 1;
            if !document.is_plain(before)
                || document.is(before, Class::Subordinator)
                || document.is(before, Class::Auxiliary) && !document.is_word(before, "'s")
                || document.is(before, Class::Modal)
            {
                break;
            }
            let preposition = document.is(before, Class::Preposition)
                && !document.is_any(before, &["of", "in", "on"]);
            // `On 3 March 2024 two men`: the date is no part of the phrase.
            let date =
                before + 1 < end && is_date(document, before) && !is_date(document, before + 1);
            if preposition || date {
                break;
            }
            from = before;
            // `Relatives of the missing`, `the head of the delegation`: the noun before is meant.
            let of = before > sentence.from + 1
                && document.is_word(before - 1, "of")
                && document.is_plain(before - 2);
            if document.is(before, Class::Determiner)
                && !document.is_any(before, &["all", "other"])
                && !of
            {
                break;
            }
        }
        while from < end
            && (document.is(from, Class::Conjunction)
                || document.is(from, Class::Preposition)
                || self.is_adverb(from))
        {
            from += 1;
        }
        Stretch::new(from, end)
    }

    /// A noun phrase that begins at `from`: a pronoun, a named entity, or words up to a verb,
    /// a preposition or a mark.
    pub fn phrase_at(&self, from: u32) -> Option<Phrase> {
        let document = self.document;
        let sentence = document.sentence(from).tokens;
        if !document.is_plain(from) && !document.is_any(from, &["[", "("]) {
            return None;
        }
        if document.is(from, Class::ThirdPerson) || document.is(from, Class::FirstPerson) {
            return Some(Phrase::Pronoun(from));
        }
        let near = Stretch::new(from.saturating_sub(1), (from + 24).min(sentence.to));
        let named = self
            .names
            .within(near)
            .iter()
            .filter(|mention| {
                mention.tokens.from >= from
                    && (mention.outer.from <= from
                        || mention.tokens.from <= from + 1 && document.is(from, Class::Determiner))
            })
            .max_by_key(|mention| (mention.outer.to, std::cmp::Reverse(mention.tokens.from)));
        if let Some(words) = named.and_then(|mention| self.named_after_state(mention, sentence)) {
            return Some(Phrase::Words(words));
        }
        if let Some(mention) = named {
            let owned = self
                .names
                .at(mention.outer.to + 1)
                .filter(|_| document.is_word(mention.outer.to, "'s"));
            let mention = owned.unwrap_or(mention);
            let stretch = Stretch::new(
                from.min(mention.outer.from).max(from),
                mention.outer.to.max(mention.tokens.to),
            );
            return Some(Phrase::Entity(mention.entity, stretch, mention.form));
        }
        let mut to = from;
        while to < sentence.to && to - from < PHRASE {
            if !document.is_plain(to)
                || document.is(to, Class::Auxiliary) && !document.is_word(to, "'s")
                || document.is(to, Class::Modal)
                || document.is_any(to, &["remain", "remains", "remained"])
                || document.is(to, Class::Subordinator)
                || document.is(to, Class::Preposition) && !document.is_word(to, "of")
                || to > from && document.is(to, Class::ThirdPerson)
                || to > from && self.is_joined_verb(to)
                || to > from && self.has_article_behind(to)
            {
                break;
            }
            to += 1;
        }
        (to > from).then(|| Phrase::Words(Stretch::new(from, to)))
    }

    /// `by the police shocked the town`: a verb, and no part of the noun before.
    fn has_article_behind(&self, at: u32) -> bool {
        let document = self.document;
        let object = ["the", "a", "an", "him", "them", "us", "me"];
        document.written(at).ends_with("ed") && document.is_any(at + 1, &object)
    }

    /// `rounded up by soldiers and forced to drink`: another verb begins.
    fn is_joined_verb(&self, and: u32) -> bool {
        let document = self.document;
        let next = document.written(and + 1);
        let past = document.is(and + 1, Class::Past) || next.len() > 4 && next.ends_with("ed");
        document.is(and, Class::Conjunction) && past && document.is_word(and + 2, "to")
    }

    /// `Iran Human Rights`: a body that no list holds, whose name begins with a state's.
    fn named_after_state(&self, mention: &Mention, sentence: Stretch) -> Option<Stretch> {
        let document = self.document;
        let state = self.names.entity(mention).kind == EntityKind::State;
        let next = mention.tokens.to;
        let mut to = next;
        while state && sentence.has(to) && document.is_capital(to) && self.names.at(to).is_none() {
            to += 1;
        }
        let title = !document
            .hits_in(Table::Role, Stretch::new(next, to.max(next)))
            .is_empty();
        (to >= next + 2 && !title).then(|| Stretch::new(mention.tokens.from, to))
    }
}

/// Whether a token is a month or a year, in digits.
fn is_date(document: &Document, at: u32) -> bool {
    let written = document.written(at);
    let year = written.len() == 4 && (written.starts_with("19") || written.starts_with("20"));
    year && document.is_digits(at) || document.is(at, Class::Month) && document.is_capital(at)
}
