//! Demands that no verb of asking makes: wants (`Japan wants the North to …`), wishes (`I wish
//! somebody would …`) and questions that ask for something to be done (`Why not open the schools?`).
//!
//! Invariant: what somebody wants for themselves is no call; a question for an answer is none.

use super::listed::within;
use super::{Called, Finder, several};
use crate::lexicon::Class;
use crate::syntax::{Actor, Phrase};
use crate::text::{Hit, Part, Stretch};
use model::EntityKind;

/// The most words between a wish and its `would`.
const NEAR: u32 = 12;

/// Verbs that ask for words, not for deeds.
const ANSWERS: &[&str] = &[
    "say", "call", "tell", "agree", "describe", "accept", "like", "address",
];

/// Demands in questions and wishes. `before` are the calls found so far.
pub(super) fn find(finder: &Finder, before: &[Called]) -> Vec<Called> {
    let document = finder.syntax.document;
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let words = sentence.tokens;
        let block = document.blocks[sentence.block as usize];
        let called = !within(before, words).is_empty();
        if block.part != Part::Body || words.len() < 4 || called {
            continue;
        }
        let call = finder.question(words).or_else(|| finder.wish(words));
        found.extend(
            call.into_iter()
                .flat_map(|call| several::split(finder.syntax, call)),
        );
    }
    found
}

impl Finder<'_, '_, '_> {
    /// `want X to do`; `want him freed`.
    pub(super) fn wanted(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let verb = hit.tokens.from;
        if self.syntax.is_not_finite(verb) {
            return None;
        }
        let sentence = document.sentence(verb).tokens;
        let from = hit.tokens.to;
        let caller = self.caller(verb).ok()?;
        let near = Stretch::new(from, sentence.to.min(from + NEAR));
        let to = near
            .tokens()
            .take_while(|&at| document.is_plain(at))
            .find(|&at| document.is_word(at, "to") && document.is_plain(at + 1));
        if let Some(to) = to {
            let address = Stretch::new(from, to);
            let addressees = self.addressees(address);
            let bound = document.is_word(from, "you") && address.len() == 1
                || addressees.iter().any(|actor| self.is_bound(actor));
            let passive = document.is_word(to + 1, "be");
            if address.is_empty() || !(bound || passive && address.len() >= 2) {
                return None;
            }
            let addressees = if passive { Vec::new() } else { addressees };
            let demand = if passive { from } else { to + 1 };
            let demand = self.demand_from(demand, hit.tokens);
            return self.finish(hit, caller, addressees, demand);
        }
        let done = near
            .tokens()
            .take_while(|&at| document.is_plain(at) && !document.is(at, Class::Preposition))
            .skip(1)
            .find(|&at| {
                document.written(at).ends_with("ed")
                    || document.is(at, Class::Past)
                    || document.is_any(at, &["out", "free", "home", "back"])
            })?;
        let object = document.is_any(from, &["him", "her", "them", "it"])
            || document.is(from, Class::Determiner)
            || self.syntax.names.at(from).is_some()
            || done > from + 1;
        let demand = self.demand_from(from, hit.tokens);
        object
            .then(|| self.finish(hit, caller, Vec::new(), demand))
            .flatten()
    }

    /// Whether somebody is a state, a body, or among those on whom a duty can be laid.
    fn is_bound(&self, actor: &Actor) -> bool {
        let document = self.syntax.document;
        matches!(
            actor.reference.kind,
            EntityKind::State | EntityKind::Organisation
        ) || actor.words.tokens().any(|at| {
            document.is(at, Class::Obliged)
                || document.is(at, Class::Armed)
                || document.is(at, Class::FindingBody)
        })
    }

    /// `Why not let them go?`, `Would you be prepared to press for a visit?`
    fn question(&self, sentence: Stretch) -> Option<Called> {
        let document = self.syntax.document;
        let from = sentence
            .tokens()
            .take(3)
            .find(|&at| document.is_plain(at) && !document.is_digits(at))?;
        let last = sentence.to.checked_sub(1)?;
        let asks = (last.saturating_sub(2)..=last).any(|at| document.is_word(at, "?"));
        let why_not = document.is_word(from, "why") && document.is_word(from + 1, "not");
        let would_you = document.is_any(from, &["would", "will", "could", "can"])
            && document.is_word(from + 1, "you");
        if !asks || !(why_not || would_you) {
            return None;
        }
        let mut verb = from + 2;
        while verb < last
            && (self.syntax.is_adverb(verb)
                || document.is_any(
                    verb,
                    &[
                        "simply", "please", "be", "prepared", "willing", "ready", "to",
                    ],
                ))
        {
            verb += 1;
        }
        if !document.is(verb, Class::Demanded) || document.is_any(verb, ANSWERS) {
            return None;
        }
        let addressees = Vec::new();
        Some(self.implicit(
            "call.question",
            Stretch::new(from, from + 2),
            verb,
            addressees,
        ))
    }

    /// `I wish somebody would sit beside that bed`.
    fn wish(&self, sentence: Stretch) -> Option<Called> {
        let document = self.syntax.document;
        let wish = sentence
            .tokens()
            .skip(1)
            .find(|&at| document.is_word(at, "wish") && document.is(at - 1, Class::FirstPerson))?;
        let near = Stretch::new(wish + 1, sentence.to.min(wish + 1 + NEAR));
        let would = near
            .tokens()
            .find(|&at| document.is_any(at, &["would", "could"]))?;
        let phrase = self.syntax.phrase_at(wish + 1)?;
        let who = match phrase {
            Phrase::Pronoun(_) => None,
            phrase => self.syntax.actor(phrase),
        };
        let verb = would + 1;
        document.is_plain(verb).then(|| {
            let cue = Stretch::new(wish, wish + 1);
            self.implicit("call.wish", cue, verb, who.into_iter().collect())
        })
    }

    fn implicit(&self, rule: &str, cue: Stretch, verb: u32, addressees: Vec<Actor>) -> Called {
        Called {
            rule: rule.to_owned(),
            cue,
            further: false,
            by_other: false,
            caller: self.caller_around(verb),
            addressees,
            demand: self.demand_from(verb, Stretch::new(verb, verb)),
        }
    }
}
