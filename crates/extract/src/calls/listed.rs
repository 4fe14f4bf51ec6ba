//! Demands in a list below the words that call for them (`The commission recommends that the
//! authorities: (a) Release …; (b) …`), and demands in the imperative (`Release him.`).
//!
//! Invariant: an item begins with a verb that is known to be demanded, in its base form; a list belongs
//! to the nearest passage before it that ends with a colon, `to`, or the words of a call.

use super::items::past_marker;
use super::{Called, Finder, several};
use crate::lexicon::{Class, Table};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Part, Stretch};

/// The most passages of a list.
const LONGEST: u32 = 40;

/// Finds listed and imperative demands. `calls` are those found so far.
pub(super) fn find(finder: &Finder, calls: &[Called]) -> Vec<Called> {
    let document = finder.syntax.document;
    let mut found = Vec::new();
    let mut head: Option<Head> = None;
    for (number, block) in document.blocks.iter().enumerate() {
        if block.part != Part::Body {
            // `We therefore petition` on a line of its own is read as a heading.
            head = (block.part == Part::Head)
                .then(|| opens_list(finder, block.tokens, number as u32, calls))
                .flatten();
            continue;
        }
        if head
            .as_ref()
            .is_some_and(|head| number as u32 - head.block > LONGEST)
        {
            head = None;
        }
        let item = first_verb(finder, block.tokens);
        match (&head, item) {
            (Some(head), Some(verb)) => {
                let caller = head.caller.clone();
                let call = demand(finder, verb, "call.listed", caller, head.addressees.clone());
                found.extend(several::split(finder.syntax, call));
            }
            (Some(head_call), None) => match addressed_item(finder, block.tokens) {
                Some((actor, verb)) => {
                    let caller = head_call.caller.clone();
                    let call = demand(finder, verb, "call.listed", caller, vec![actor]);
                    found.extend(several::split(finder.syntax, call));
                }
                // An item that is not understood does not end the list: the next has its mark as well.
                None if past_marker(document, block.tokens.from) > block.tokens.from => {}
                None => head = None,
            },
            (None, _) => {}
        }
        if head.is_none() {
            head = opens_list(finder, block.tokens, number as u32, calls);
        }
        if head.is_none() {
            imperatives(finder, block.sentences, calls, &mut found);
        }
    }
    found
}

/// Whether a call says no more than whom the list below it is for: `recommends that the Government:`.
pub(super) fn is_head_only(syntax: &Syntax, called: &Called) -> bool {
    let document = syntax.document;
    let demand = called.demand;
    document.is_word(demand.to, ":")
        && called
            .addressees
            .iter()
            .any(|actor| demand.len() <= actor.words.len() + 3 && demand.overlaps(actor.words))
}

/// Who asks whom in the list that follows.
struct Head {
    block: u32,
    caller: Option<Actor>,
    addressees: Vec<Actor>,
}

/// The words of a call before a list: `recommends that the Government:`.
fn opens_list(finder: &Finder, block: Stretch, number: u32, calls: &[Called]) -> Option<Head> {
    let document = finder.syntax.document;
    let last = block.to.checked_sub(1).filter(|&at| block.has(at))?;
    let near = Stretch::new(last.saturating_sub(2).max(block.from), block.to);
    let ends = document
        .hits_in(Table::Call, near)
        .iter()
        .any(|hit| hit.tokens.to == block.to);
    if !document.is_any(last, &[":", "to"]) && !ends {
        return None;
    }
    let sentence = document.sentence(last).tokens;
    if let Some(call) = within(calls, sentence).last() {
        let addressees = ordered(finder, sentence, last)
            .map_or_else(|| call.addressees.clone(), |actor| vec![actor]);
        return Some(Head {
            block: number,
            caller: call.caller.clone(),
            addressees,
        });
    }
    let hit = document.hits_in(Table::Call, sentence).first()?;
    let address = Stretch::new(hit.tokens.to, last);
    let mut addressees = finder.addressees(address);
    let one = document
        .is_any(hit.tokens.to, &["him", "her"])
        .then_some(hit.tokens.to);
    if addressees.is_empty()
        && let Some(entity) = one.and_then(|at| finder.syntax.names.person_before(document, at))
    {
        addressees.push(Actor {
            reference: finder.syntax.names.reference(entity),
            entity: Some(entity),
            words: Stretch::new(hit.tokens.to, hit.tokens.to + 1),
            inferred: true,
            role: None,
        });
    }
    Some(Head {
        block: number,
        caller: finder.caller(hit.tokens.from).ok().flatten(),
        addressees,
    })
}

/// The calls whose words stand in a stretch; `calls` are in the order of the text.
pub(super) fn within(calls: &[Called], stretch: Stretch) -> &[Called] {
    let from = calls.partition_point(|call| call.cue.from < stretch.from);
    let to = calls.partition_point(|call| call.cue.from < stretch.to);
    calls.get(from..to).unwrap_or_default()
}

/// Whom the list is for, where somebody else is asked to order it: `request the Court to order that
/// the Respondent:`.
fn ordered(finder: &Finder, sentence: Stretch, last: u32) -> Option<Actor> {
    let document = finder.syntax.document;
    let near = Stretch::new(last.saturating_sub(8).max(sentence.from), last);
    let that = near
        .tokens()
        .rev()
        .find(|&at| document.is_word(at, "that"))?;
    let phrase = finder.syntax.phrase_at(that + 1)?;
    let whole = phrase.stretch().to >= last;
    let acts = finder.syntax.can_act(phrase) || finder.syntax.is_people(phrase);
    (whole && acts)
        .then(|| finder.syntax.actor(phrase))
        .flatten()
}

/// Whom an item asks for what: `1. the Government of Japan to confirm …`.
fn addressed_item(finder: &Finder, block: Stretch) -> Option<(Actor, u32)> {
    let document = finder.syntax.document;
    let first = block
        .tokens()
        .take(5)
        .find(|&at| document.is_plain(at) && document.written(at).len() > 2)?;
    several::addressed(finder.syntax, first)
}

/// The demanded verb that a passage begins with, behind its number: `(a) Release`.
fn first_verb(finder: &Finder, block: Stretch) -> Option<u32> {
    let document = finder.syntax.document;
    let first = block
        .tokens()
        .take(5)
        .find(|&at| document.is_plain(at) && document.written(at).len() > 2)?;
    let is_adverb =
        |at: u32| document.is(at, Class::Adverb) || document.written(at).ends_with("ly");
    let verb = (first..first + 3).find(|&at| !is_adverb(at))?;
    let is_noun = document.is_any(verb + 1, &["of", "for", "from", "in", "by", "and", "or"])
        || document.is(verb + 1, Class::Auxiliary);
    let base = document.is(verb, Class::Demanded) && document.is_plain(verb + 1);
    (base && block.has(verb) && !is_noun).then_some(verb)
}

/// `Release him.`, `Ask them where he is.`: sentences that begin with the verb.
fn imperatives(finder: &Finder, sentences: Stretch, calls: &[Called], found: &mut Vec<Called>) {
    let document = finder.syntax.document;
    for number in sentences.tokens() {
        let Some(sentence) = document.sentences.get(number as usize) else {
            continue;
        };
        let marked = document.is_quote_mark(sentence.tokens.from);
        let opening = sentence.tokens.from + u32::from(marked);
        // `First, return the body …`
        let numbered =
            document.is_word(opening + 1, ",") && document.is(opening, Class::OrdinalOpening);
        let please = document.is_word(opening, "please");
        let from = opening + if numbered { 2 } else { u32::from(please) };
        let last = sentence.tokens.to.saturating_sub(1);
        let next = from + 1;
        let object = document.is(next, Class::Determiner)
            || document.is(next, Class::Possessive)
            || document.is_any(next, &["them", "him", "her", "us", "me", "to"])
            || document.is_capital(next)
            || document.is_word(from, "let") && document.is_plain(next)
            || (numbered || please) && document.is_plain(next);
        // `Let me explain`, `let us pray`, `let's go`
        let hortative =
            document.is_word(from, "let") && document.is_any(next, &["me", "us", "'s", "alone"]);
        let object = object && !hortative;
        let ends =
            document.is_any(last, &[".", "!", ",", "”", "\"", "»"]) || document.is_quote_mark(last);
        let whole = (ends || sentence.tokens.to == document.block(opening).tokens.to)
            && sentence.tokens.len() >= 3;
        let called = within(calls, sentence.tokens)
            .iter()
            .any(|call| call.cue.from <= from + 1);
        if whole
            && object
            && document.is_capital(opening)
            && !document.token(from).is_some_and(|t| t.shape.is_upper())
            && document.is(from, Class::Demanded)
            && (document.quotation_at(from).is_none()
                || document.speech_at(from).is_some() && finder.speech.speaker_at(from).is_some())
            && !document.is(next + 1, Class::Auxiliary)
            && !called
        {
            let caller = finder.caller_around(from);
            let addressees = vocative(finder, sentence.tokens).into_iter().collect();
            let call = demand(finder, from, "call.imperative", caller, addressees);
            found.extend(several::split(finder.syntax, call));
        }
    }
}

/// Who is spoken to at the end of a sentence: `Open the door, Mr President.`
fn vocative(finder: &Finder, sentence: Stretch) -> Option<Actor> {
    let document = finder.syntax.document;
    let end = sentence.to.checked_sub(1)?;
    let near = Stretch::new(end.saturating_sub(5).max(sentence.from), end);
    let comma = near.tokens().rev().find(|&at| document.is_word(at, ","))?;
    let words = Stretch::new(comma + 1, end);
    let capitals = !words.is_empty() && words.tokens().all(|at| document.is_capital(at));
    let phrase = match finder.syntax.names.at(comma + 1) {
        Some(mention) => Phrase::Entity(mention.entity, mention.outer, mention.form),
        None => Phrase::Words(words),
    };
    capitals.then(|| finder.syntax.actor(phrase)).flatten()
}

fn demand(
    finder: &Finder,
    verb: u32,
    rule: &str,
    caller: Option<Actor>,
    addressees: Vec<Actor>,
) -> Called {
    let cue = Stretch::new(verb, verb + 1);
    Called {
        rule: rule.to_owned(),
        cue,
        further: false,
        by_other: false,
        caller,
        addressees,
        demand: finder.demand_from(verb, cue),
    }
}
