//! Several demands under one call: `to cease all violence, to release …, and to allow …`.
//!
//! Invariant: each demand begins with an infinitive, or with a verb that is known to be demanded; the
//! pieces of one demand never overlap.

use super::Called;
use crate::lexicon::Class;
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::Stretch;

/// The fewest words of a demand that is one of several.
const FEWEST: u32 = 2;

/// The call, once for each of its demands.
pub(super) fn split(syntax: &Syntax, called: Called) -> Vec<Called> {
    let document = syntax.document;
    let demand = called.demand;
    // `not, under any circumstances, to send them back`
    if document.is(demand.from, Class::Negation) && document.is_word(demand.from + 1, ",") {
        return vec![called];
    }
    let mut starts = vec![(demand.from, None)];
    let mut at = demand.from + FEWEST;
    while at < demand.to {
        let next = begins(syntax, at, demand.from)
            .map(|verb| (verb, None))
            .or_else(|| begins_anew(syntax, at, demand.from))
            .or_else(|| begins_that(syntax, at, demand.from));
        match next {
            Some((verb, actor)) if verb + 1 < demand.to => {
                starts.push((verb, actor.map(|actor| (at, actor))));
                at = verb + FEWEST;
            }
            _ => at += 1,
        }
    }
    if starts.len() == 1 {
        return vec![called];
    }
    let mut addressees = called.addressees.clone();
    let mut pieces = Vec::new();
    for (number, (from, anew)) in starts.iter().enumerate() {
        // A piece ends where the next one, or whom it is for, begins.
        let to = match starts.get(number + 1) {
            Some((_, Some((joint, _)))) => *joint,
            Some((next, None)) => *next,
            None => demand.to,
        };
        if let Some((_, actor)) = anew {
            addressees = vec![actor.clone()];
        }
        pieces.push(Called {
            further: number > 0,
            demand: without_joint(syntax, document.trimmed(Stretch::new(*from, to))),
            addressees: addressees.clone(),
            ..called.clone()
        });
    }
    pieces
}

/// A further demand of somebody else: `…, Bangladesh to lift the ban and all States to pay`.
fn begins_anew(syntax: &Syntax, at: u32, first: u32) -> Option<(u32, Option<Actor>)> {
    let document = syntax.document;
    let joint = document.is_any(at, &[",", "and", ";"])
        && document.quotation_at(at) == document.quotation_at(first);
    let from = at + 1 + u32::from(document.is_word(at + 1, "and"));
    let (actor, verb) = joint.then(|| addressed(syntax, from)).flatten()?;
    Some((verb, Some(actor)))
}

/// A further clause of a demand that `that` began: `that the army publish the lists and that the police leave
/// them in peace`.
fn begins_that(syntax: &Syntax, at: u32, first: u32) -> Option<(u32, Option<Actor>)> {
    let document = syntax.document;
    let joint = document.is_any(at, &[",", "and", ";"])
        && document.quotation_at(at) == document.quotation_at(first);
    let that = at + 1 + u32::from(document.is_word(at + 1, "and"));
    let goes_on = joint && document.is_word(that, "that");
    if !goes_on || !document.is_word(first.saturating_sub(1), "that") {
        return None;
    }
    let from = that + 1 + u32::from(document.is(that + 1, Class::Determiner));
    let phrase = syntax.phrase_at(from)?;
    let words = phrase.stretch();
    let verb = (words.from + 1..words.to + 2)
        .find(|&at| document.is(at, Class::Demanded) || document.is_word(at, "be"))?;
    let phrase = match phrase {
        Phrase::Words(words) => Phrase::Words(Stretch::new(words.from, words.to.min(verb))),
        phrase => phrase,
    };
    let actor = syntax.can_act(phrase).then(|| syntax.actor(phrase));
    Some((that + 1, actor.flatten()))
}

/// Somebody who is to do something, with the verb: `the Government of Japan to confirm`.
pub(super) fn addressed(syntax: &Syntax, from: u32) -> Option<(Actor, u32)> {
    let document = syntax.document;
    let phrase = syntax.phrase_at(from)?;
    let acts = match phrase {
        Phrase::Pronoun(_) => false,
        Phrase::Entity(..) => syntax.can_act(phrase),
        Phrase::Words(words) => {
            syntax.can_act(phrase) || words.tokens().any(|at| document.is(at, Class::Obliged))
        }
    };
    let to = phrase.stretch().to;
    let verb = to + 1;
    let infinitive = document.is_word(to, "to")
        && document.is_plain(verb)
        && !document.is_capital(verb)
        && !document.is(verb, Class::Determiner)
        && !document.is(verb, Class::Possessive)
        && document.is_plain(verb + 1);
    let actor = (acts && infinitive)
        .then(|| syntax.actor(phrase))
        .flatten()?;
    Some((actor, verb))
}

/// The verb of a further demand whose joint (`,`, `and`) stands at `at`.
fn begins(syntax: &Syntax, at: u32, first: u32) -> Option<u32> {
    let document = syntax.document;
    if !document.is_any(at, &[",", "and", ";"])
        || document.quotation_at(at) != document.quotation_at(first)
    {
        return None;
    }
    let mut verb = at + 1;
    while document.is_any(verb, &["and", "also", "further"]) || syntax.is_adverb(verb) {
        verb += 1;
    }
    let infinitive = document.is_word(verb, "to");
    if infinitive {
        verb += 1;
    }
    while syntax.is_adverb(verb) {
        verb += 1;
    }
    let plain = document.is_plain(verb)
        && !document.is_capital(verb)
        && !document.is(verb, Class::Determiner)
        && !document.is(verb, Class::Possessive);
    let object = document.is_plain(verb + 1) || document.is_quote_mark(verb + 1);
    let noun = document.is_any(verb + 1, &["of", "and", ",", "or"])
        || document.is(verb + 1, Class::Auxiliary)
        || document.is(verb + 1, Class::Modal);
    let demanded = document.is(verb, Class::Demanded) && !noun;
    (plain && object && (infinitive && !noun || demanded)).then_some(verb)
}

/// Without the `and to` that leads to the next demand; what ends this one (`at once`) stays.
fn without_joint(syntax: &Syntax, demand: Stretch) -> Stretch {
    let document = syntax.document;
    let mut end = demand.to;
    for at in demand.tokens().rev() {
        let joint = document.is(at, Class::Conjunction) || document.is_any(at, &["to", ","]);
        if joint {
            end = at;
        } else if !(syntax.is_adverb(at) || document.is_any(at, &["also", "further"])) {
            break;
        }
    }
    Stretch::new(demand.from, end)
}
