//! `Let X do it`: what somebody named ought to do, or have done to them (`Let UNHCR be given the lists`).
//!
//! Invariant: `let` opens its sentence or clause, and those behind it can act; never `let us` or `let me`.

use super::{Called, Finder};
use crate::lexicon::Class;
use crate::syntax::Phrase;
use crate::text::{Part, Stretch};

impl Finder<'_, '_, '_> {
    /// The demands that begin with `let`, but for those in `calls`.
    pub(super) fn hortatives(&self, calls: &[Called]) -> Vec<Called> {
        let document = self.syntax.document;
        let mut found = Vec::new();
        for block in document.blocks.iter().filter(|it| it.part == Part::Body) {
            for at in block.tokens.tokens() {
                let known = || calls.iter().any(|call| call.cue.has(at));
                if document.is_word(at, "let") && self.opens(at) && !known() {
                    found.extend(self.hortative(at));
                }
            }
        }
        found
    }

    /// Whether nobody stands before the verb who lets somebody do it.
    fn opens(&self, at: u32) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence(at).tokens;
        let begins = at == sentence.from && document.is_capital(at);
        begins
            || at > sentence.from
                && (document.is_any(at - 1, &[",", ":", ";", "–", "—"])
                    || document.is_quote_mark(at - 1)
                    || document.is_word(at - 1, "and") && document.is_word(sentence.from, "let"))
    }

    fn hortative(&self, at: u32) -> Option<Called> {
        let document = self.syntax.document;
        let sentence = document.sentence(at).tokens;
        if document.is_any(at + 1, &["us", "me", "'s", "alone", "go", "it"]) {
            return None;
        }
        // `let them give me the body`
        let pronoun = document.is_any(at + 1, &["them", "him", "her"]);
        let (phrase, verb) = match pronoun {
            true => (None, at + 2),
            false => {
                let first = at + 1 + u32::from(document.is(at + 1, Class::Determiner));
                let phrase = self.syntax.phrase_at(first)?;
                let end = self.deed_behind(phrase, sentence)?;
                (Some(self.cut(phrase, end)), end)
            }
        };
        let base = document.is(verb, Class::Demanded) || document.is_word(verb, "be");
        let actors = match phrase {
            Some(phrase) if self.syntax.can_act(phrase) => {
                vec![self.syntax.actor(phrase)?]
            }
            Some(_) => return None,
            None => Vec::new(),
        };
        let cue = Stretch::new(at, at + 1);
        (base && sentence.has(verb)).then(|| Called {
            rule: "call.let".to_owned(),
            cue,
            further: false,
            by_other: false,
            caller: self.caller_around(at),
            addressees: actors,
            demand: self.demand_from(verb, Stretch::new(verb, verb)),
        })
    }

    /// The demanded verb behind those who are to do it.
    fn deed_behind(&self, phrase: Phrase, sentence: Stretch) -> Option<u32> {
        let document = self.syntax.document;
        let words = phrase.stretch();
        let reach = words.from + 1..sentence.to.min(words.to + 2);
        reach.into_iter().find(|&at| {
            let verb = document.is(at, Class::Demanded) || document.is_word(at, "be");
            verb && !document.is_capital(at)
        })
    }

    /// A phrase of words without the verb that ends it.
    fn cut(&self, phrase: Phrase, end: u32) -> Phrase {
        match phrase {
            Phrase::Words(words) => Phrase::Words(Stretch::new(words.from, words.to.min(end))),
            phrase => phrase,
        }
    }
}
