//! Nouns of people with something behind them that belongs to them: `doctors at the hospital said`,
//! `a prisoner released last month told`, `those who returned reported`.
//!
//! Invariant: the noun stands in the verb's clause, and no verb of its own stands between the two.

use super::{Phrase, Syntax};
use crate::lexicon::{Class, Table};
use crate::text::Stretch;

/// The most words between such a noun and its verb.
const REACH: u32 = 18;

impl Syntax<'_, '_> {
    /// The subject that the words before a verb, which begins at `start`, begin with, where `found` is
    /// only what stands next to the verb.
    pub(super) fn led_by(&self, found: Phrase, start: u32, sentence: Stretch) -> Option<Phrase> {
        let document = self.document;
        let words = self.noun_side(start, sentence);
        for noun in words.tokens().take_while(|&at| at + 2 < words.to) {
            let stops = document.is(noun, Class::Auxiliary) && !document.is_word(noun, "'s")
                || document.is(noun, Class::Preposition) && !document.is_word(noun, "of");
            if stops {
                return None;
            }
            let behind = Stretch::new(noun + 1, start);
            if self.is_doer(noun)
                && let Some(end) = self.behind_of(behind)
                && self.belongs(noun, Stretch::new(end, start))
                && !matches!(found, Phrase::Entity(_, words, _) if words.from <= noun)
            {
                // `survivors of the massacre at the church`
                let from = self.words_before(noun + 1, words).from;
                return Some(Phrase::Words(Stretch::new(from, end)));
            }
            if document.is_word(noun, "those") && self.is_who(behind) {
                return Some(Phrase::Words(Stretch::new(noun, start)));
            }
            if self.is_doer(noun) && self.belongs(noun, behind) {
                return self.noun_phrase(found, noun, words);
            }
        }
        None
    }

    /// `guards`, `soldiers`, or any other noun of those who can act.
    fn is_doer(&self, noun: u32) -> bool {
        self.is_agent(noun) || self.document.is(noun, Class::Armed)
    }

    /// The words before a verb that may be its subject: back to a mark, a pronoun, a conjunction of
    /// clauses or a verb of saying.
    fn noun_side(&self, start: u32, sentence: Stretch) -> Stretch {
        let document = self.document;
        let least = start.saturating_sub(REACH).max(sentence.from);
        let mut from = start;
        while from > least {
            let before = from - 1;
            let who = document.is_any(before, &["who", "whom", "whose"]);
            let ends = !document.is_plain(before)
                || document.is(before, Class::Subordinator) && !who
                || document.is(before, Class::ThirdPerson)
                || document.is(before, Class::FirstPerson)
                || document.is(before, Class::Modal)
                || document.is(before, Class::Negation)
                || document.is_any(before, &["why", "what", "how"])
                || self.is_said(before);
            if ends {
                break;
            }
            from = before;
        }
        Stretch::new(from, start)
    }

    /// Whether a verb of saying with a subject of its own stands here: `he told prisoners at the camp`.
    fn is_said(&self, at: u32) -> bool {
        let document = self.document;
        let verb = !document
            .hits_in(Table::Speech, Stretch::new(at, at + 1))
            .is_empty();
        let reduced = document.is(at, Class::BehindNoun)
            || document.written(at).ends_with("ed") && self.goes_on_as_aside(at + 1);
        verb && !reduced && !self.is_not_finite(at) && !self.is_agent(at)
    }

    /// Where what follows `of` and its noun begins: `survivors of the massacre | at the church`.
    fn behind_of(&self, behind: Stretch) -> Option<u32> {
        let document = self.document;
        let of = document.is_word(behind.from, "of");
        let mut rest = behind.tokens().skip(2).filter(|_| of);
        rest.find(|&at| {
            document.is(at, Class::Preposition) && !document.is_word(at, "of")
                || self.is_participle(at)
                || self.is_doing(at)
        })
    }

    /// Whether what stands behind a noun belongs to it.
    fn belongs(&self, noun: u32, behind: Stretch) -> bool {
        let document = self.document;
        let next = behind.from;
        if self.is_who(behind) {
            return true;
        }
        let preposition = document.is(next, Class::Preposition)
            && !document.is_any(next, &["of", "like", "as", "since", "until", "including"])
            && !document.is_capital(next)
            && !self.is_name_with(noun, next);
        let opens = preposition || self.is_participle(next) || self.is_doing(next);
        let only_nouns = behind.tokens().all(|at| {
            let verb = document.is(at, Class::Auxiliary) && !document.is_word(at, "'s");
            !verb && !self.is_infinitive(at)
        });
        opens
            && only_nouns
            && behind
                .tokens()
                .filter(|&at| self.is_participle(at))
                .all(|at| at + 1 == behind.to || self.goes_on_as_aside(at + 1))
    }

    /// `to promote`: not `to the court`.
    fn is_infinitive(&self, to: u32) -> bool {
        let document = self.document;
        document.is_word(to, "to")
            && document.is_plain(to + 1)
            && !document.is(to + 1, Class::Determiner)
            && !document.is(to + 1, Class::Possessive)
            && !document.is_capital(to + 1)
    }

    /// `who returned`: a relative clause with a verb.
    fn is_who(&self, behind: Stretch) -> bool {
        let document = self.document;
        let verb = |at: u32| {
            document.is(at, Class::Auxiliary)
                || document.is(at, Class::Past)
                || document.written(at).ends_with("ed")
        };
        document.is_any(behind.from, &["who", "whom", "whose"]) && behind.tokens().skip(1).any(verb)
    }

    /// `the Network for Justice`: a name that no list holds.
    fn is_name_with(&self, noun: u32, preposition: u32) -> bool {
        let document = self.document;
        let next = preposition + 1 + u32::from(document.is_word(preposition + 1, "the"));
        let sentence = document.sentence(noun).tokens;
        noun > sentence.from && document.is_capital(noun) && document.is_capital(next)
    }

    /// `released`, `held`, `close (to)`.
    fn is_participle(&self, at: u32) -> bool {
        let document = self.document;
        let written = document.written(at);
        document.is_plain(at)
            && !document.is_capital(at)
            && (written.len() > 4 && written.ends_with("ed")
                || document.is(at, Class::Past)
                || document.is(at, Class::BehindNoun))
    }

    /// `representing three of them`, `waiting outside`.
    fn is_doing(&self, at: u32) -> bool {
        let document = self.document;
        let written = document.written(at);
        written.len() > 5
            && written.ends_with("ing")
            && !document.is_capital(at)
            && (document.is(at + 1, Class::Preposition)
                || document.is(at + 1, Class::Determiner)
                || document.is(at + 1, Class::Possessive)
                || document.is_digits(at + 1)
                || document.is_capital(at + 1))
    }

    /// Whether a participle before the token is none of a finite verb with an object: `released last
    /// month`, `interviewed by us`; not `sentenced journalists`.
    fn goes_on_as_aside(&self, at: u32) -> bool {
        let document = self.document;
        document.is(at, Class::Preposition)
            || document.is(at, Class::TimeUnit)
            || document.is(at, Class::Weekday)
            || document.is(at, Class::Conjunction)
            || document.is_digits(at)
            || document.is_any(at, &["last", "this", "earlier", "to", "out", "up", "off"])
            || self.is_adverb(at)
    }

    /// The noun phrase that ends with the noun, unless `found` is a name that holds it or words that
    /// it is the head of already (`experts on torture`).
    fn noun_phrase(&self, found: Phrase, noun: u32, side: Stretch) -> Option<Phrase> {
        let document = self.document;
        match found {
            Phrase::Entity(_, words, _) if words.from <= noun => return None,
            Phrase::Words(words)
                if words.from <= noun && document.is_any(noun + 1, &["in", "on"]) =>
            {
                return None;
            }
            _ => {}
        }
        if let Some(phrase) = self.ending_at(noun + 1, side) {
            return Some(phrase);
        }
        let words = self.words_before(noun + 1, side);
        // `the ability of governments`: the noun before is meant, and is none of people.
        let things = words.tokens().skip(1).any(|at| {
            document.is_word(at, "of")
                && !self.is_agent(at - 1)
                && !document.is(at - 1, Class::Count)
                && !document.is(at - 1, Class::SomePeople)
                && !document.is_digits(at - 1)
                && !document.is_any(at - 1, &["one", "two"])
        });
        (!words.is_empty() && !things).then_some(Phrase::Words(words))
    }
}
