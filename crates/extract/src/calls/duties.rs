//! Duties: `X must do`, `it is incumbent on X to do`.
//!
//! Invariant: what must be done to somebody (`must be released`) is a call on nobody, unless `by`
//! says who must do it; what must only be said (`it must be noted`) is none.

use super::{Called, Finder};
use crate::lexicon::Class;
use crate::speech::meant_by_it;
use crate::syntax::{Actor, Phrase};
use crate::text::{Hit, Stretch};

/// The most words of an aside between somebody and their duty.
const ASIDE: u32 = 30;

/// The most words between `no` and its duty, or between a duty and a verb behind an adverbial.
const NEAR: u32 = 8;

impl Finder<'_, '_, '_> {
    /// `X must do`, `it is for X to do`.
    pub(super) fn duty(&self, hit: &Hit, before: &[Called]) -> Option<Called> {
        let document = self.syntax.document;
        let at = hit.tokens.from;
        if hit.tokens.len() > 2 && (document.is_word(at, "it") || document.is_word(at, "it's")) {
            return self.incumbent(hit);
        }
        // `has yet to respond`: told of what was not done.
        if hit.tokens.tokens().any(|at| document.is_word(at, "yet")) {
            return None;
        }
        let sentence = document.sentence(at).tokens;
        let next = self.deed(hit.tokens.to, sentence);
        if let Some(called) = self
            .forbidden(hit, next)
            .or_else(|| self.to_be_done(hit, next))
        {
            return Some(called);
        }
        let actor = self.bound(hit, before)?;
        // `what Mr. Mujahid has to say`
        let told = document.is_word(next, "say")
            && (at.saturating_sub(8).max(sentence.from)..at).any(|at| document.is_word(at, "what"));
        if told {
            return None;
        }
        let passive = document.is_word(next, "be")
            || document.is_any(next, &["have", "go", "come"])
                && !document.is_any(next + 1, &["to", "back", "in", "out"]);
        let negated = document.is(at.saturating_sub(1), Class::Negation);
        if passive || negated || !document.is_plain(next) {
            return None;
        }
        // Over an aside only what the duty's own words negate is forbidden: not `must, without delay, release`.
        let forbids = hit
            .tokens
            .tokens()
            .any(|at| document.is(at, Class::Negation));
        let cue = match forbids || next == hit.tokens.to {
            true => hit.tokens,
            false => Stretch::new(next, next),
        };
        let demand = self.demand_from(next, cue);
        self.finish(hit, self.caller_around(at), vec![actor], demand)
    }

    /// Where the verb of a duty begins, over what stands between: `should, as a matter of urgency, abandon`,
    /// `must without delay release`, `should immediately and without conditions free`.
    fn deed(&self, from: u32, sentence: Stretch) -> u32 {
        let document = self.syntax.document;
        if document.is_word(from, ",") {
            let opens = |at: u32| at + 1 + u32::from(document.is_word(at + 1, "to"));
            let mut ends = (from + 1..sentence.to.min(from + ASIDE))
                .filter(|&at| document.is_word(at, ","))
                .map(opens);
            let first = ends.clone().next();
            return ends
                .find(|&verb| document.is(verb, Class::Demanded))
                .or(first)
                .unwrap_or(from);
        }
        if !document.is_word(from, "and") && !document.is(from, Class::Preposition) {
            return from;
        }
        (from + 1..sentence.to.min(from + NEAR))
            .take_while(|&at| document.is_plain(at))
            .find(|&at| document.is(at, Class::Demanded))
            .unwrap_or(from)
    }

    /// `No State should send anyone back`: what nobody may do is shown with its `no`.
    fn forbidden(&self, hit: &Hit, next: u32) -> Option<Called> {
        let document = self.syntax.document;
        let at = hit.tokens.from;
        let sentence = document.sentence(at).tokens;
        let no = (at.saturating_sub(NEAR).max(sentence.from)..at)
            .rev()
            .take_while(|&at| document.is_plain(at) && !document.is(at, Class::Auxiliary))
            .find(|&at| document.is_word(at, "no"))?;
        let opens = no == sentence.from
            || !document.is_plain(no - 1)
            || document.is_word(no - 1, "that")
            || document.is(no - 1, Class::Conjunction);
        // `No child should suffer like this` grieves, and asks nobody for anything.
        let befalls = document.is(next, Class::BefallsSubject)
            || document.is_any(next, &["have", "fear", "need", "live", "die", "feel"]);
        if !opens || befalls || !document.is(at, Class::Deontic) || !document.is_plain(next) {
            return None;
        }
        let behind = self.demand_from(next, Stretch::new(next, next));
        let passive = document.is_word(next, "be");
        let addressee = self
            .obliged(Phrase::Words(Stretch::new(no + 1, at)))
            .filter(|_| !passive);
        let demand = Stretch::new(no, behind.to);
        let caller = self.caller_around(at);
        self.finish(hit, caller, addressee.into_iter().collect(), demand)
    }

    /// `every prisoner must be released`, `the torture must stop`, `it should be condemned by all
    /// States`: on whom it is called only where `by` says so.
    fn to_be_done(&self, hit: &Hit, next: u32) -> Option<Called> {
        let document = self.syntax.document;
        let done = (next + 1..next + 4)
            .take_while(|&at| document.is_plain(at))
            .find(|&at| !self.syntax.is_adverb(at));
        let held = |at: u32| {
            document.is_any(at, &["held", "brought"])
                && document.is_any(at + 1, &["accountable", "responsible", "to"])
        };
        let passive = document.is_word(next, "be")
            && done.is_some_and(|at| document.is(at, Class::Demandable) || held(at));
        let subject = self.syntax.subject(hit.tokens.from)?;
        let ends = document.is_any(next, &["stop", "end", "cease"])
            && !document.is_plain(next + 1)
            && matches!(subject, Phrase::Words(_))
            && self.obliged(subject).is_none();
        if !passive && !ends || document.is(hit.tokens.from.saturating_sub(1), Class::Negation) {
            return None;
        }
        let from = subject.stretch().from;
        let behind = self.demand_from(next, hit.tokens);
        let by = behind.tokens().find(|&at| document.is_word(at, "by"));
        let addressee = by
            .and_then(|by| self.syntax.phrase_at(by + 1))
            .and_then(|phrase| self.obliged(phrase));
        let demand = document.trimmed(Stretch::new(from.min(behind.from), behind.to));
        let caller = self.caller_around(hit.tokens.from);
        self.finish(hit, caller, addressee.into_iter().collect(), demand)
    }

    /// `It is incumbent on X, who …, to do`.
    fn incumbent(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        if document.is_word(hit.tokens.to.saturating_sub(1), "that") {
            return self.essential(hit);
        }
        let on = (hit.tokens.from..hit.tokens.to)
            .rev()
            .find(|&at| document.is_any(at, &["on", "upon", "for", "to", "of"]))?;
        let phrase = self.syntax.phrase_at(on + 1)?;
        let mut to = phrase.stretch().to;
        let sentence = document.sentence(on).tokens;
        if document.is_word(to, ",") {
            to = (to + 1..sentence.to.min(to + ASIDE)).find(|&at| {
                document.is_word(at, "to") && document.is_word(at.saturating_sub(1), ",")
            })?;
        }
        document.is_word(to, "to").then_some(())?;
        let actor = self.obliged(phrase)?;
        let demand = self.demand_from(to + 1, hit.tokens);
        self.finish(
            hit,
            self.caller_around(hit.tokens.from),
            vec![actor],
            demand,
        )
    }

    /// `It is high time that X took it up`, `it is essential that the mandate be renewed`.
    fn essential(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let phrase = self.syntax.phrase_at(hit.tokens.to)?;
        let to = phrase.stretch().to;
        let passive = document.is_word(to, "be");
        let actor = self.obliged(phrase).filter(|_| !passive);
        if actor.is_none() && !passive {
            return None;
        }
        let from = if passive { hit.tokens.to } else { to };
        let demand = self.demand_from(from, hit.tokens);
        let caller = self.caller_around(hit.tokens.from);
        self.finish(hit, caller, actor.into_iter().collect(), demand)
    }

    /// Who must: the phrase before, over an adverb or an aside.
    fn bound(&self, hit: &Hit, before: &[Called]) -> Option<Actor> {
        let document = self.syntax.document;
        let at = hit.tokens.from;
        let sentence = document.sentence(at).tokens;
        let last = at.checked_sub(1).filter(|&at| sentence.has(at))?;
        let end = if self.syntax.is_adverb(last) {
            last
        } else {
            at
        };
        let pronoun = end.checked_sub(1).filter(|&at| sentence.has(at))?;
        if document.is_word(pronoun, "it") {
            let same = before.last().filter(|last| {
                document.sentence_number(last.cue.from) == document.sentence_number(pronoun)
            });
            if let Some(actor) = same.and_then(|last| last.addressees.first()) {
                return Some(Actor {
                    words: Stretch::new(pronoun, pronoun + 1),
                    inferred: true,
                    ..actor.clone()
                });
            }
            let meant = meant_by_it(self.syntax, pronoun, None).or_else(|| {
                let asks =
                    document.is(at, Class::Deontic) && document.is(hit.tokens.to, Class::Demanded);
                asks.then(|| self.state_before(pronoun)).flatten()
            });
            return meant.map(|actor| Actor {
                words: Stretch::new(pronoun, pronoun + 1),
                inferred: true,
                ..actor
            });
        }
        if document.is_word(pronoun, "they") {
            // `everything they need to live`: a clause of the noun before it.
            let noun = pronoun.checked_sub(1).filter(|&at| sentence.has(at))?;
            let opens = !document.is_plain(noun)
                || document.is(noun, Class::Conjunction)
                || document.is(noun, Class::Subordinator)
                || document.is_word(noun, "that")
                || self.syntax.is_adverb(noun);
            if !opens {
                return None;
            }
            let last = before.last().filter(|last| {
                document.block_number(last.cue.from) == document.block_number(pronoun)
            });
            let actor = last?.addressees.first()?.clone();
            return Some(Actor {
                words: Stretch::new(pronoun, pronoun + 1),
                inferred: true,
                ..actor
            });
        }
        if document.is_word(pronoun, ",") {
            let phrase = self.before_aside(pronoun, sentence)?;
            return self.obliged(phrase);
        }
        self.named_before(end, sentence)
            .filter(|phrase| !document.is(phrase.stretch().from, Class::Relative))
            .and_then(|phrase| self.obliged(phrase))
            .or_else(|| {
                let phrase = self.syntax.subject(at)?;
                self.obliged(phrase)
            })
    }

    /// Who stands before an aside that ends with the comma: `Seoul, which says that …, has to`.
    fn before_aside(&self, comma: u32, sentence: Stretch) -> Option<Phrase> {
        let document = self.syntax.document;
        let open = (comma.saturating_sub(ASIDE).max(sentence.from)..comma)
            .rev()
            .find(|&at| document.is_word(at, ",") && document.is(at + 1, Class::Relative));
        match open {
            Some(open) => self.named_before(open, sentence),
            None => self.syntax.subject(comma + 1),
        }
    }

    /// The name that ends right before `end`, or the words up to there.
    fn named_before(&self, end: u32, sentence: Stretch) -> Option<Phrase> {
        let document = self.syntax.document;
        let inside = document.quotation_at(end);
        let mention = self
            .syntax
            .names
            .within(Stretch::new(end.saturating_sub(16).max(sentence.from), end))
            .iter()
            .rev()
            .find(|mention| mention.outer.to == end || mention.tokens.to == end);
        if let Some(mention) = mention {
            return Some(Phrase::Entity(mention.entity, mention.outer, mention.form));
        }
        let words = Stretch::new(end.saturating_sub(4).max(sentence.from), end);
        let start = words
            .tokens()
            .rev()
            .take_while(|&at| document.is_plain(at) && document.quotation_at(at) == inside)
            .last()?;
        Some(Phrase::Words(
            self.since_determiner(Stretch::new(start, end)),
        ))
    }

    /// The words from their last determiner on.
    fn since_determiner(&self, words: Stretch) -> Stretch {
        let document = self.syntax.document;
        let mut from = words
            .tokens()
            .rev()
            .find(|&at| document.is(at, Class::Determiner) && !document.is(at, Class::Relative))
            .unwrap_or(words.from);
        while from < words.to && document.is(from, Class::Conjunction) {
            from += 1;
        }
        Stretch::new(from, words.to)
    }
}
