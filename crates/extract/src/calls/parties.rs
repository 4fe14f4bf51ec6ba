//! Who calls, and on whom.
//!
//! Invariant: only those who can act call; only those on whom a duty can be laid are addressed by
//! `must`.

use super::{Called, Finder};
use crate::lexicon::Class;
use crate::speech::meant_by_it;
use crate::syntax::{Actor, Phrase};
use crate::text::{Hit, Stretch};
use model::EntityKind;

/// The most words between who is written to and what they are asked.
const LETTER: u32 = 30;

impl Finder<'_, '_, '_> {
    /// Who calls: the subject of the verb.
    pub(super) fn caller(&self, verb: u32) -> Result<Option<Actor>, ()> {
        let document = self.syntax.document;
        let verb = self.joined(verb).unwrap_or(verb);
        if let Some((wrote, _)) = self.letter_before(verb)
            && document.written(verb).ends_with("ing")
        {
            return self.caller(wrote);
        }
        let Some(phrase) = self.syntax.subject(verb) else {
            return Ok(self.speech.speaker_at(verb).cloned().map(implied));
        };
        match phrase {
            Phrase::Pronoun(at) if document.is_any(at, &["we", "i"]) => Ok(self
                .speech
                .speaker_at(verb)
                .cloned()
                .map(implied)
                .or_else(|| self.voices.at(document, at))),
            Phrase::Pronoun(at) if document.is_any(at, &["he", "she", "they"]) => {
                let told = self
                    .speech
                    .utterances
                    .iter()
                    .rev()
                    .skip(self.after(at))
                    .take(6)
                    .filter_map(|utterance| utterance.speaker.as_ref())
                    .find(|speaker| {
                        let plural = !matches!(speaker.reference.kind, EntityKind::Person);
                        plural == document.is_word(at, "they")
                    })
                    .cloned()
                    .map(|actor| Actor {
                        words: Stretch::new(at, at + 1),
                        ..implied(actor)
                    });
                Ok(told)
            }
            Phrase::Pronoun(at) if document.is_word(at, "it") => Ok(self.body_before(at)),
            Phrase::Pronoun(_) => Err(()),
            phrase if self.syntax.can_act(phrase) || self.is_body(phrase) => {
                let row = self.syntax.row_ending(phrase);
                Ok(row.or_else(|| self.syntax.actor(phrase)))
            }
            _ => Err(()),
        }
    }

    /// `joined others in calling for`: the verb whose subject calls.
    pub(super) fn joined(&self, verb: u32) -> Option<u32> {
        let document = self.syntax.document;
        let sentence = document.sentence(verb).tokens;
        let within = verb.checked_sub(1).filter(|&at| sentence.has(at))?;
        let near = within.saturating_sub(8).max(sentence.from)..within;
        document.is_word(within, "in").then_some(())?;
        near.rev()
            .find(|&at| document.is_any(at, &["join", "joins", "joined"]))
    }

    /// Who wrote to whom in the sentence, before a word: the verb, and the one written to (`wrote to the
    /// Minister, urging him`, `in a letter to the Government`).
    fn letter_before(&self, at: u32) -> Option<(u32, Phrase)> {
        let document = self.syntax.document;
        let sentence = document.sentence(at).tokens;
        let floor = (sentence.from + 1).max(at.saturating_sub(LETTER));
        let to = (floor..at).rev().find(|&to| {
            document.is_word(to, "to")
                && document.is_any(
                    to - 1,
                    &["wrote", "writes", "written", "letter", "letters", "message"],
                )
        })?;
        let phrase = self.syntax.phrase_at(to + 1)?;
        (phrase.stretch().to <= at).then_some((to - 1, phrase))
    }

    /// The state that was named last before a word, in its passage.
    pub(super) fn state_before(&self, at: u32) -> Option<Actor> {
        let document = self.syntax.document;
        let block = document.block_number(at);
        let mention = self.syntax.names.before(at, 12, |mention, entity| {
            entity.kind == EntityKind::State && document.block_number(mention.tokens.from) == block
        })?;
        let phrase = Phrase::Entity(mention.entity, mention.tokens, mention.form);
        self.syntax.actor(phrase)
    }

    /// The body or state that `it` means: the speaker before, when that is one.
    fn body_before(&self, at: u32) -> Option<Actor> {
        let document = self.syntax.document;
        let own = document.sentence_number(at);
        let is_body = |speaker: &Actor| {
            matches!(
                speaker.reference.kind,
                EntityKind::Organisation | EntityKind::State | EntityKind::Instrument
            )
        };
        let told = self.speech.at(at).filter(|told| told.cue.from < at);
        // `UNHCR said it had asked for access`
        if let Some(speaker) = told.and_then(|told| told.speaker.clone())
            && is_body(&speaker)
        {
            return Some(Actor {
                words: Stretch::new(at, at + 1),
                ..implied(speaker)
            });
        }
        let before: Vec<_> = self
            .speech
            .utterances
            .iter()
            .rev()
            .skip(self.after(at))
            .filter(|utterance| document.sentence_number(utterance.cue.from) < own)
            .take(6)
            .collect();
        let sentence = document.sentence_number(before.first()?.cue.from);
        before
            .into_iter()
            .filter(|utterance| document.sentence_number(utterance.cue.from) == sentence)
            .min_by_key(|utterance| utterance.cue)
            .and_then(|utterance| utterance.speaker.clone())
            .filter(is_body)
            .map(|actor| Actor {
                words: Stretch::new(at, at + 1),
                ..implied(actor)
            })
    }

    /// How many utterances begin behind the token.
    fn after(&self, token: u32) -> usize {
        let utterances = &self.speech.utterances;
        utterances.len() - utterances.partition_point(|utterance| utterance.words.from <= token + 2)
    }

    /// Somebody on whom a duty can be laid: a state, a body, governments, the community of states,
    /// people by what they do.
    pub(super) fn obliged(&self, phrase: Phrase) -> Option<Actor> {
        let document = self.syntax.document;
        let can = match phrase {
            Phrase::Entity(entity, ..) => {
                let record = &self.syntax.names.entities[entity as usize];
                matches!(
                    record.kind,
                    EntityKind::State | EntityKind::Organisation | EntityKind::Person
                )
            }
            Phrase::Words(words)
                if words.to > words.from + 1
                    && words
                        .tokens()
                        .rev()
                        .skip(1)
                        .any(|at| document.is_word(at, "that")) =>
            {
                // `were told that their sons must …`
                let that = words
                    .tokens()
                    .rev()
                    .find(|&at| document.is_word(at, "that"));
                let from = that.map_or(words.from, |that| that + 1);
                // `governments that host refugees must`
                if document.is(from.saturating_sub(2), Class::Obliged) {
                    return self.obliged(Phrase::Words(Stretch::new(words.from, from - 1)));
                }
                return self.obliged(Phrase::Words(Stretch::new(from, words.to)));
            }
            Phrase::Words(words)
                if document.is_word(words.from, "no")
                    || words.tokens().any(|at| {
                        document.is(at, Class::Subordinator) || document.is_word(at, "what")
                    }) =>
            {
                false
            }
            Phrase::Words(words) => {
                let world =
                    document.trimmed(words).len() <= 2 && document.is_word(words.to - 1, "world");
                world
                    || words.tokens().any(|at| document.is(at, Class::Obliged))
                    || self.is_agent(phrase)
            }
            Phrase::Pronoun(_) => false,
        };
        can.then(|| self.syntax.actor(phrase)).flatten()
    }

    /// Whether the words are a body by a capital: `the Chamber`.
    fn is_body(&self, phrase: Phrase) -> bool {
        let document = self.syntax.document;
        let Phrase::Words(words) = phrase else {
            return false;
        };
        let words = document.trimmed(words);
        let last = words.to.saturating_sub(1);
        (2..=3).contains(&words.len())
            && document.is_word(words.from, "the")
            && document.is_capital(last)
    }

    /// Whether something may be asked of those whom a phrase names: a name, or words for those who can
    /// act; not those of whom a rule tells what is done to them (`Prisoners are required to bow`).
    pub(super) fn can_be_asked(&self, phrase: Phrase) -> bool {
        self.is_agent(phrase) || self.syntax.can_act(phrase) && !self.suffers(phrase)
    }

    /// Whether words end with a noun for people in general or for those who are held.
    pub(super) fn suffers(&self, phrase: Phrase) -> bool {
        let document = self.syntax.document;
        let Phrase::Words(words) = phrase else {
            return false;
        };
        let last = document.trimmed(words).to.checked_sub(1);
        last.is_some_and(|last| {
            document.is(last, Class::PersonNoun) || document.is(last, Class::Captive)
        })
    }

    /// Whether the words end with a noun for people of whom something may be asked in general:
    /// not of `prisoners`, `workers`, `children`, whose duties are told as what is done to them.
    pub(super) fn is_agent(&self, phrase: Phrase) -> bool {
        self.syntax.is_people(phrase) && !self.suffers(phrase)
    }

    /// Puts those whom a pronoun means in its place: `them` are those called on before, `it` the body
    /// or state named last.
    pub(super) fn resolve(&self, called: &mut Called, before: &[Called]) {
        let document = self.syntax.document;
        let address = Stretch::new(called.cue.to, called.demand.from.max(called.cue.to));
        let opens = called.demand.from;
        let pronoun = address
            .tokens()
            .chain([opens])
            .find(|&at| document.is_any(at, &["them", "they", "it", "him", "her"]));
        let Some(pronoun) = pronoun.filter(|_| called.addressees.is_empty()) else {
            return;
        };
        let same = before.last().filter(|last| {
            !document.is_word(pronoun, "they")
                && document.sentence_number(last.cue.from) == document.sentence_number(pronoun)
                && last.caller == called.caller
        });
        let found = if pronoun >= opens && !document.is_any(pronoun, &["them", "they"]) {
            None
        } else if let Some((_, phrase)) = self.letter_before(called.cue.from) {
            self.syntax.actor(phrase)
        } else if let Some(actor) = same.and_then(|last| last.addressees.first()) {
            Some(actor.clone())
        } else if document.is_any(pronoun, &["him", "her"]) {
            None
        } else if document.is_word(pronoun, "it") && pronoun < opens {
            let caller = called.caller.as_ref().map(|caller| &caller.reference);
            meant_by_it(self.syntax, pronoun, None).filter(|actor| Some(&actor.reference) != caller)
        } else {
            before
                .last()
                .filter(|last| {
                    document.block_number(last.cue.from) + 1 >= document.block_number(pronoun)
                })
                .and_then(|last| last.addressees.first().cloned())
        };
        called.addressees.extend(found.map(|actor| Actor {
            words: Stretch::new(pronoun, pronoun + 1),
            ..implied(actor)
        }));
    }

    pub(super) fn caller_around(&self, at: u32) -> Option<Actor> {
        let document = self.syntax.document;
        self.speech
            .speaker_at(at)
            .cloned()
            .map(implied)
            .or_else(|| self.voices.labelled(document, at))
            .or_else(|| {
                self.voices
                    .at(document, at)
                    .filter(|_| self.voices.is_statement)
            })
    }

    /// `Pyongyang has rejected a call by …`: whoever rejects it is whom it was made of.
    pub(super) fn rejecting(&self, hit: &Hit, sentence: Stretch) -> Option<Actor> {
        let document = self.syntax.document;
        let near = Stretch::new(
            hit.tokens.from.saturating_sub(6).max(sentence.from),
            hit.tokens.from,
        );
        let verb = near
            .tokens()
            .find(|&at| document.is(at, Class::Answering))?;
        let phrase = self.syntax.subject(verb)?;
        self.syntax.actor(phrase)
    }

    /// All that an address names; its words when it names nobody.
    pub(super) fn addressees(&self, address: Stretch) -> Vec<Actor> {
        let document = self.syntax.document;
        let address = document.trimmed(address);
        let mut found: Vec<Actor> = Vec::new();
        for mention in self.syntax.names.within(address) {
            let entity = self.syntax.names.entity(mention);
            let fits = !matches!(entity.kind, EntityKind::Place | EntityKind::Instrument);
            let before = mention.outer.from.saturating_sub(1);
            let before = before
                .saturating_sub(u32::from(document.is_word(before, "the")))
                .max(address.from.saturating_sub(1));
            let governs = document.is(before.saturating_sub(1), Class::Regime);
            let part_of = before >= address.from
                && (document.is_any(before, &["in", "on", "for", "with", "at"])
                    || document.is_word(before, "of") && before > address.from && !governs);
            if fits && !part_of && found.len() < 40 {
                let phrase = Phrase::Entity(mention.entity, mention.outer, mention.form);
                if let Some(actor) = self.syntax.actor(phrase)
                    && !found.iter().any(|other| other.reference == actor.reference)
                {
                    found.push(actor);
                }
            }
        }
        if found.is_empty() && !address.is_empty() && address.len() <= 30 {
            let pronoun = address.len() == 1
                && document.is_any(address.from, &["them", "him", "her", "us", "you", "it"]);
            if !pronoun {
                found.extend(self.syntax.actor(Phrase::Words(address)));
            }
        }
        found
    }
}

/// The actor as one whom the words here do not name.
fn implied(actor: Actor) -> Actor {
    Actor {
        inferred: true,
        ..actor
    }
}
