//! What stands behind the noun of a subject and belongs to it: relative clauses, participles, `of`.
//!
//! Invariant: the noun before them is the subject, whatever name they end with.

use super::{Phrase, Syntax};
use crate::lexicon::{Class, Table};
use crate::text::Stretch;

impl Syntax<'_, '_> {
    /// `The companies that buy in Viet Nam are called upon`: whoever the clause before the verb says
    /// more of, where that clause has a verb of its own.
    pub(super) fn before_relative(
        &self,
        phrase: Stretch,
        verb: u32,
        sentence: Stretch,
    ) -> Option<Phrase> {
        let document = self.document;
        let near = Stretch::new(phrase.to.saturating_sub(14).max(sentence.from), phrase.to);
        let relative = near
            .tokens()
            .rev()
            .find(|&at| document.is_any(at, &["who", "whom", "that"]) && at + 1 < phrase.to)?;
        let noun = relative.checked_sub(1).filter(|&at| sentence.has(at))?;
        let group = self.verb_group_start(verb)..verb;
        // `the evidence of witnesses that women had been raped`: what it says, not whom it is about.
        let says = document.is_word(relative, "that")
            && group.clone().any(|at| document.is(at, Class::Be));
        let helped = !group.is_empty();
        let own_verb = (relative + 1..phrase.from.max(relative + 2)).any(|at| {
            let written = document.written(at);
            document.is(at, Class::Auxiliary)
                || document.is(at, Class::Past)
                || written.ends_with("ed")
                || at == relative + 1 && helped && document.is_plain(at)
        });
        let marked = (relative..phrase.to).any(|at| !document.is_plain(at));
        let noun_before = document.is_plain(noun)
            && document
                .hits_in(Table::Speech, Stretch::new(noun, noun + 1))
                .is_empty()
            && self.is_people(Phrase::Words(Stretch::new(
                noun.saturating_sub(2).max(sentence.from),
                noun + 1,
            )));
        if marked || says || !own_verb || !noun_before {
            return None;
        }
        self.ending_at(relative, sentence).or_else(|| {
            let words = self.words_before(relative, sentence);
            (!words.is_empty()).then_some(Phrase::Words(words))
        })
    }

    /// Whether a body or office stands before the `of`: `the fact-finding mission of the Council`.
    pub(super) fn is_body_of(&self, of: u32) -> bool {
        let document = self.document;
        let noun = of.saturating_sub(1);
        document.is_word(of, "of")
            && noun < of
            && (document.is(noun, Class::FindingBody) || document.is(noun, Class::Speaker))
            && !document.is(noun, Class::DocumentNoun)
    }

    /// The word before a preposition, over the particle of a verb: `set up by`.
    pub(super) fn participle_before(&self, preposition: u32) -> Option<u32> {
        let before = preposition.checked_sub(1)?;
        match self.document.is_any(before, &["up", "out", "off", "down"]) {
            true => before.checked_sub(1),
            false => Some(before),
        }
    }

    /// Whether a participle behind its noun stands before the preposition: `investigators appointed
    /// by`.
    pub(super) fn is_reduced(&self, preposition: u32) -> bool {
        let document = self.document;
        let Some(participle) = self.participle_before(preposition) else {
            return false;
        };
        let noun = participle.saturating_sub(1);
        let written = document.written(participle);
        let passive = written.ends_with("ed") && written.len() > 4
            || document.is(participle, Class::Past)
            || participle + 1 < preposition;
        passive
            && document.is_word(preposition, "by")
            && document.is_plain(noun)
            && noun < participle
            && !document.is(noun, Class::Auxiliary)
            && !self.is_adverb(noun)
    }
}
