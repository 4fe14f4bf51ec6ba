//! Who answers a call: the verb's subject; where the words name nobody (`has gone unanswered`), the
//! state or body in the sentence, or those who were asked right before.
//!
//! Invariant: whoever follows from what came before is marked as inferred.

use super::implied;
use crate::calls::Calls;
use crate::lexicon::Class;
use crate::speech::{Speech, Voices, last_speaker, meant_by_it, spoken_by};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Document, Hit, Stretch};
use model::EntityKind;

/// Whether the words begin with what was asked for: `requests for access have not been granted`.
pub(super) fn is_requested(document: &Document, hit: &Hit) -> bool {
    document.is_any(
        hit.tokens.from,
        &["request", "requests", "access", "permission"],
    )
}

/// What tells who answers.
pub(super) struct Answering<'s, 'd, 'a> {
    pub syntax: &'s Syntax<'d, 'a>,
    pub speech: &'s Speech,
    pub voices: &'s Voices,
    pub calls: &'s Calls,
}

impl Answering<'_, '_, '_> {
    /// Who answers with the words of `hit`; `unnamed` when these have no subject who does.
    pub fn responder(&self, hit: &Hit, unnamed: bool) -> Option<Actor> {
        let document = self.syntax.document;
        let from = hit.tokens.from;
        let sentence = document.sentence(from).tokens;
        let requested = is_requested(document, hit);
        // `was refused by Harare`
        if (requested || unnamed)
            && document.is_word(hit.tokens.to, "by")
            && let Some(phrase) = self.syntax.phrase_at(hit.tokens.to + 1)
        {
            return self.syntax.actor(phrase);
        }
        if requested || unnamed {
            let behind = Stretch::new(from, sentence.to);
            let ahead = Stretch::new(sentence.from, from);
            let named = self.state_in(behind).or_else(|| self.state_in(ahead));
            return match unnamed {
                true => named
                    .map(|actor| Actor {
                        inferred: true,
                        ..actor
                    })
                    .or_else(|| self.asked_before(from)),
                false => named,
            };
        }
        match self.syntax.subject(from)? {
            phrase @ Phrase::Entity(entity, ..) => {
                let kind = self.syntax.names.entities[entity as usize].kind;
                let acts = kind != EntityKind::Place && kind != EntityKind::Instrument;
                acts.then(|| self.syntax.actor(phrase)).flatten()
            }
            phrase @ Phrase::Words(words) => {
                let last = words.to.saturating_sub(1);
                // `There is no denying the crackdown`
                let nobody = document.is_word(last, "there");
                // `The prisoners agreed to share their bread`: they were asked nothing.
                let held = document.is(last, Class::Captive);
                let acts =
                    !held && (self.syntax.can_act(phrase) || document.is_capital(last) && !nobody);
                acts.then(|| self.syntax.actor(phrase)).flatten()
            }
            Phrase::Pronoun(at) if document.is_word(at, "it") => {
                meant_by_it(self.syntax, at, last_speaker(self.speech, at))
                    .map(|actor| implied(actor, at))
            }
            Phrase::Pronoun(at) if document.is_any(at, &["we", "i"]) => None,
            phrase @ Phrase::Pronoun(at) => {
                let last = last_speaker(self.speech, at);
                spoken_by(self.syntax, self.voices, phrase, last)
            }
        }
    }

    /// The first state in the stretch that is not behind `by` or `to`.
    fn state_in(&self, stretch: Stretch) -> Option<Actor> {
        let document = self.syntax.document;
        let mention = self.syntax.names.within(stretch).iter().find(|mention| {
            let before = mention.outer.from.saturating_sub(1);
            self.syntax.names.entity(mention).kind == EntityKind::State
                && !document.is_any(before, &["by", "from", "against"])
        })?;
        let phrase = Phrase::Entity(mention.entity, mention.tokens, mention.form);
        self.syntax.actor(phrase)
    }

    /// Who was asked last, in this passage or the one before; else the state named last in it.
    fn asked_before(&self, at: u32) -> Option<Actor> {
        let document = self.syntax.document;
        let block = document.block_number(at);
        let asked = self
            .calls
            .asked_before(at)
            .filter(|actor| document.block_number(actor.words.from) + 1 >= block)
            .cloned();
        let state = || {
            let mention = self.syntax.names.before(at, 12, |mention, entity| {
                entity.kind == EntityKind::State
                    && document.block_number(mention.tokens.from) == block
            })?;
            let phrase = Phrase::Entity(mention.entity, mention.tokens, mention.form);
            self.syntax.actor(phrase)
        };
        asked.or_else(state).map(|actor| Actor {
            inferred: true,
            ..actor
        })
    }
}
