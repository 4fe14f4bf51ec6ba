//! Subjects that stand elsewhere: before a relative clause, or at the verb that another shares its own with.
//!
//! Invariant: as for subjects: within [`REACH`] words and the sentence.

use super::subjects::{Found, REACH};
use super::{Phrase, Syntax};
use crate::lexicon::{Class, Table};
use crate::text::Stretch;

impl Syntax<'_, '_> {
    /// What a relative pronoun stands for: the phrase before it.
    pub(super) fn antecedent(&self, pronoun: u32, sentence: Stretch) -> Found {
        let document = self.document;
        let mut end = pronoun;
        while end > sentence.from
            && (document.is_word(end.saturating_sub(1), ",")
                || document.is(end.saturating_sub(1), Class::Conjunction))
        {
            end -= 1;
        }
        // `the fate of Choi Eun-hee, who was abducted`: she, not her fate.
        if document.is_any(pronoun, &["who", "whom"])
            && let Some(person) = self.person_ending_at(end, sentence)
        {
            return Found::Phrase(person);
        }
        match self.ending_at(end, sentence) {
            Some(phrase) => Found::Phrase(phrase),
            None => {
                let words = self.words_before(end, sentence);
                if words.is_empty() {
                    Found::Nothing
                } else {
                    Found::Phrase(Phrase::Words(words))
                }
            }
        }
    }

    fn person_ending_at(&self, end: u32, sentence: Stretch) -> Option<Phrase> {
        let near = Stretch::new(end.saturating_sub(REACH).max(sentence.from), end);
        let mention = (self.names.within(near).iter().rev())
            .take(2)
            .find(|mention| mention.outer.to == end || mention.tokens.to == end)?;
        let entity = self.names.entity(mention);
        entity.is_named_person().then_some(Phrase::Entity(
            mention.entity,
            mention.outer,
            mention.form,
        ))
    }

    /// `were stripped and beaten`, `are beaten, stripped and left without food`: the participle
    /// behind the helper that a bare one shares.
    pub fn passive_before(&self, verb: u32, sentence: Stretch) -> Option<u32> {
        let document = self.document;
        let participle = |at: u32| {
            let written = document.written(at);
            document.is(at, Class::Past) || written.len() > 4 && written.ends_with("ed")
        };
        let here = Stretch::new(verb, verb + 1);
        let found = |table| !document.hits_in(table, here).is_empty();
        // `was received and recalled that`: what somebody says has its own subject; not so `were
        // jailed and held hostage`.
        if !found(Table::Violation) && (found(Table::Speech) || found(Table::Call)) {
            return None;
        }
        let inside = document.quotation_at(verb);
        let floor = verb.saturating_sub(REACH).max(sentence.from);
        let helper = (floor..verb)
            .rev()
            .take_while(|&at| {
                !document.is_any(at, &[";", ":", "where"])
                    && !document.is(at, Class::Relative)
                    && document.quotation_at(at) == inside
            })
            .find(|&at| document.is(at, Class::Be))?;
        let first = (helper + 1..verb).find(|&at| !self.is_adverb(at))?;
        (participle(verb) && participle(first)).then_some(first)
    }

    /// The subject of the first verb in the past that a verb is joined to, each with an object of its own:
    /// `policemen came at dawn, broke the door and arrested the brothers`.
    pub(super) fn coordinated(&self, verb: u32, sentence: Stretch) -> Option<Phrase> {
        let document = self.document;
        let inside = document.quotation_at(verb);
        let floor = (verb.saturating_sub(2 * REACH).max(sentence.from)..verb)
            .rev()
            .find(|&at| {
                document.is_any(at, &[";", ":", "that", "where", "when", "because"])
                    || document.is(at, Class::Relative)
                    || document.is(at, Class::Be)
                    || document.quotation_at(at) != inside
            })
            .map_or(verb.saturating_sub(2 * REACH).max(sentence.from), |at| {
                at + 1
            });
        let past = |at: u32| {
            let written = document.written(at);
            document.is(at, Class::Past)
                || document.is_any(at, &["did", "had", "has", "have"])
                || written.len() > 4 && written.ends_with("ed")
        };
        (floor + 1..verb.saturating_sub(1))
            .filter(|&at| past(at) && !document.is_capital(at))
            .find_map(|at| {
                let phrase = self.near_subject(at)?;
                let words = phrase.stretch();
                // `by villagers displaced`: no subject, nor `from the camp`.
                let governed = words.from > sentence.from && {
                    let before = words.from - 1;
                    let before = before
                        - u32::from(
                            before > sentence.from && document.is(before, Class::Determiner),
                        );
                    document.is(before, Class::Preposition)
                };
                let force = |it: u32| document.is(it, Class::Armed);
                let people = self.can_act(phrase) || words.tokens().any(force);
                (words.from >= floor && !governed && people).then_some(phrase)
            })
    }
}
