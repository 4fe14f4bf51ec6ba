//! The forms that a call takes, one method a form.
//!
//! Invariant: a verb in the infinitive, in the passive or used as a noun makes no call.

use super::items::past_marker;
use super::{Called, Finder};
use crate::lexicon::{Class, Table};
use crate::syntax::Phrase;
use crate::text::{Hit, Stretch};

/// The most words between a call and the `to` of its demand.
const ADDRESS: u32 = 36;

/// Words that open a question behind a verb of asking.
const QUESTIONS: &[&str] = &[
    "what", "how", "whether", "why", "where", "when", "which", "who", "if",
];

impl Finder<'_, '_, '_> {
    /// `urge X to do`, `call on X to do`.
    pub(super) fn addressed(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        if self.is_noun_or_infinitive(hit) {
            return None;
        }
        let sentence = document.sentence(hit.tokens.from).tokens;
        let from = hit.tokens.to;
        let Some(to_at) = self.infinitive(from, sentence) else {
            if let Some(called) = self.itemised(hit) {
                return Some(called);
            }
            if let Some(called) = self.asked_for(hit) {
                return Some(called);
            }
            let demands = document.is(from, Class::Determiner);
            let called = demands.then(|| self.demanded(hit)).flatten()?;
            return (!self.orders_abuse(hit, called.demand)).then_some(called);
        };
        let negated = document.is_word(to_at.saturating_sub(1), "not");
        let address = Stretch::new(from, to_at - u32::from(negated));
        let passive =
            self.syntax.is_passive(hit.tokens.from) || document.is_word(address.from, "by");
        // `asked what steps the Government would take to end it`: a question.
        if document.is_any(address.from, QUESTIONS) {
            return None;
        }
        // `directs resources to where they are needed`: things are asked for nothing.
        let things = document.is(address.from, Class::Preposition)
            || address
                .tokens()
                .any(|at| document.is(at, Class::Undirected));
        if address.is_empty() || passive || things {
            return None;
        }
        // `urges the State party, as it did in 2019, to`
        let aside = address
            .tokens()
            .find(|&at| document.is_word(at, ",") && document.is(at + 1, Class::Subordinator));
        let address = Stretch::new(address.from, aside.unwrap_or(address.to));
        let caller = self.caller(hit.tokens.from).ok()?;
        let demand = if negated {
            self.demand_from(to_at - 1, hit.tokens)
        } else {
            self.demand_from(past_marker(document, to_at + 1), hit.tokens)
        };
        if !negated && self.orders_abuse(hit, demand) {
            return None;
        }
        self.finish(hit, caller, self.addressees(address), demand)
    }

    /// `ordered the deportation of the villagers`, `instructed his men to shoot`: what is done to others
    /// on somebody's order is an act of theirs, and no call.
    fn orders_abuse(&self, hit: &Hit, demand: Stretch) -> bool {
        let document = self.syntax.document;
        let orders = document.is(hit.tokens.from, Class::Ordering);
        let first = demand
            .tokens()
            .find(|&at| !document.is(at, Class::Determiner) && !self.syntax.is_adverb(at));
        orders
            && first.is_some_and(|first| {
                !document
                    .hits_in(Table::Violation, Stretch::new(first, first + 2))
                    .is_empty()
            })
    }

    /// `ask the authorities for an answer`: whom, and what.
    fn asked_for(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let asked = self.syntax.phrase_at(hit.tokens.to)?;
        let to = asked.stretch().to;
        if !document.is_word(to, "for") || !self.can_be_asked(asked) {
            return None;
        }
        if self.syntax.is_passive(hit.tokens.from) {
            return None;
        }
        let caller = self.caller(hit.tokens.from).ok()??;
        let demand = self.demand_from(to + 1, hit.tokens);
        self.finish(hit, Some(caller), self.addressees(asked.stretch()), demand)
    }

    /// The `to` of an infinitive: no name, article or number follows it.
    fn infinitive(&self, from: u32, sentence: Stretch) -> Option<u32> {
        let document = self.syntax.document;
        let limit = sentence.to.min(from + ADDRESS);
        // `to: (a) release`
        let verb = |to: u32| past_marker(document, to + 1);
        (from..limit)
            .take_while(|&at| !document.is_any(at, &[".", ";", ":"]) && !document.is_quote_mark(at))
            .find(|&at| {
                document.is_word(at, "to")
                    && sentence.has(verb(at))
                    && document.is_plain(verb(at))
                    && !document.is(verb(at), Class::Determiner)
                    && !document.is(verb(at), Class::Possessive)
                    && (!document.is_capital(verb(at)) || verb(at) > at + 1)
                    && !document.is_digits(verb(at))
            })
    }

    /// Whether the verb is no call made here: `the call for`, `to urge` without a subject.
    fn is_noun_or_infinitive(&self, hit: &Hit) -> bool {
        let document = self.syntax.document;
        let verb = hit.tokens.from;
        let sentence = document.sentence(verb).tokens;
        let Some(before) = verb.checked_sub(1).filter(|&at| sentence.has(at)) else {
            return false;
        };
        if document.is(before, Class::Negation) {
            return true;
        }
        if document.is_word(before, "to") {
            let goes_on = before
                .checked_sub(1)
                .is_some_and(|at| document.is(at, Class::Continuing));
            return !goes_on;
        }
        self.joined(verb).is_none() && self.syntax.is_not_finite(verb)
    }

    /// `call for something`, `demand something`.
    pub(super) fn demanded(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        if self.is_noun_or_infinitive(hit) {
            return None;
        }
        let from = hit.tokens.to;
        let sentence = document.sentence(hit.tokens.from).tokens;
        // `request the Court to order`: whom, not what.
        if document.written(hit.tokens.from).starts_with("request")
            && !document.is(from, Class::Determiner)
            && let Some(to) = self.infinitive(from, sentence)
            && to <= from + 6
            && (from..to).all(|at| document.is_plain(at))
        {
            return self.addressed(hit);
        }
        // `demanded a ransom`: what is extorted is not called for.
        let extorted = (from..from + 3)
            .any(|at| document.is_any(at, &["ransom", "ransoms", "money", "bribe", "bribes"]));
        if extorted
            || !sentence.has(from)
            || document.is_any(from, &[".", ",", "that"])
            || document.is(from, Class::Preposition)
        {
            return None;
        }
        // `beat prisoners who asked for food`: told of whom, not said to anybody.
        let of_whom = document.is_word(hit.tokens.from.saturating_sub(1), "who")
            && self
                .syntax
                .subject(hit.tokens.from)
                .is_some_and(|phrase| self.suffers(phrase));
        if of_whom {
            return None;
        }
        let caller = self.caller(hit.tokens.from).ok()?;
        caller.as_ref()?;
        let written = document.written(hit.tokens.from);
        let plain =
            !(written.ends_with("ed") || written.ends_with('s') || written.ends_with("ing"));
        let joined = document.is(hit.tokens.from.saturating_sub(1), Class::Conjunction);
        if plain && joined && document.quotation_at(hit.tokens.from).is_none() {
            return None;
        }
        let demand = self.demand_from(from, hit.tokens);
        self.finish(hit, caller, Vec::new(), demand)
    }

    /// `demand that X do`.
    pub(super) fn that(&self, hit: &Hit) -> Option<Called> {
        if self.is_noun_or_infinitive(hit) {
            return None;
        }
        let caller = self.caller(hit.tokens.from).ok()?;
        let demand = self.demand_from(hit.tokens.to, hit.tokens);
        let document = self.syntax.document;
        // `insisted that there were no such cases` asserts.
        let told = document.written(hit.tokens.from).starts_with("insist")
            && demand.tokens().take(8).any(|at| {
                document.is(at, Class::Auxiliary) && !document.is_word(at, "be")
                    || document.is_word(at, "never")
            });
        if told {
            return None;
        }
        let addressees = self
            .syntax
            .phrase_at(demand.from)
            .filter(|phrase| !self.is_done_to(phrase.stretch().to))
            .map(|phrase| self.before_demand(phrase))
            .filter(|&phrase| {
                !matches!(phrase, Phrase::Pronoun(_))
                    && (self.syntax.can_act(phrase) || self.syntax.is_people(phrase))
            })
            .and_then(|phrase| self.syntax.actor(phrase));
        self.finish(hit, caller, addressees.into_iter().collect(), demand)
    }

    /// `be set free`: who suffers it is not asked, unless told to do something (`be directed to`).
    fn is_done_to(&self, at: u32) -> bool {
        let document = self.syntax.document;
        document.is_word(at, "be")
            && !document.is_any(
                at + 1,
                &[
                    "directed",
                    "asked",
                    "ordered",
                    "instructed",
                    "told",
                    "required",
                    "requested",
                    "invited",
                ],
            )
    }

    /// Without the verb of what is demanded: `the council appoint an expert`.
    fn before_demand(&self, phrase: Phrase) -> Phrase {
        let Phrase::Words(words) = phrase else {
            return phrase;
        };
        let document = self.syntax.document;
        let verb = words.tokens().skip(1).find(|&at| {
            document.is(at, Class::Demanded) && !document.is(at - 1, Class::Determiner)
        });
        verb.map_or(phrase, |verb| {
            self.syntax
                .phrase_at(words.from)
                .filter(|phrase| phrase.stretch().to <= verb)
                .unwrap_or(Phrase::Words(Stretch::new(words.from, verb)))
        })
    }

    /// `X is asked to do`: the document, or whoever speaks, asks.
    pub(super) fn passive(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let at = hit.tokens.from;
        let addressees = match self.syntax.subject(at)? {
            Phrase::Pronoun(_) => return None,
            phrase if self.can_be_asked(phrase) => {
                let row = self.syntax.row_ending(phrase);
                row.or_else(|| self.syntax.actor(phrase))
            }
            _ => None,
        }?;
        let sentence = document.sentence(at).tokens;
        // `was urged by 52 states to refer`: told of the past, it says who asked.
        let by = document
            .is_word(hit.tokens.to, "by")
            .then(|| self.syntax.phrase_at(hit.tokens.to + 1))
            .flatten();
        if by.is_none() && !document.is_any(at, &["is", "are"]) {
            return None;
        }
        let to = (hit.tokens.from..hit.tokens.to).find(|&at| document.is_word(at, "to"));
        let behind = || {
            let to = by?.stretch().to;
            document.is_word(to, "to").then_some(to)
        };
        let to = to.or_else(behind);
        // `is urged, in the strongest terms, to`
        let to = to.or_else(|| {
            let aside = document
                .is_word(hit.tokens.to, ",")
                .then_some(hit.tokens.to)?;
            (aside + 1..sentence.to.min(aside + 12))
                .find(|&at| document.is_word(at, "to") && document.is_word(at - 1, ","))
        })?;
        let demand = self.demand_from(to + 1, Stretch::new(at, to + 1));
        let caller = match by {
            Some(phrase) => self.syntax.actor(phrase),
            None => self.caller_around(at),
        };
        self.finish(hit, caller, vec![addressees], demand)
    }

    /// `a call by Seoul to resume …`, `calls for …`.
    pub(super) fn nominal(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let sentence = document.sentence(hit.tokens.from).tokens;
        let caller = self.syntax.phrase_at(hit.tokens.to).filter(|&phrase| {
            matches!(phrase, Phrase::Entity(..)) || self.syntax.can_act(phrase)
        })?;
        let to = caller.stretch().to;
        let mut after = to;
        let mut addressees = Vec::new();
        if document.is_any(after, &["on", "upon", "for"]) {
            let infinitive = self.infinitive(after + 1, sentence)?;
            addressees = self.addressees(Stretch::new(after + 1, infinitive));
            after = infinitive;
        }
        if !document.is_any(after, &["to", "that"]) {
            return None;
        }
        if addressees.is_empty() {
            addressees.extend(self.rejecting(hit, sentence));
        }
        let demand = self.demand_from(after + 1, hit.tokens);
        self.finish(hit, self.syntax.actor(caller), addressees, demand)
    }
}
