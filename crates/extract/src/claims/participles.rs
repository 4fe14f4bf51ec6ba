//! People whom a participle beside them tells of: `every citizen being held`, `wrongfully detained
//! Canadians`.
//!
//! Invariant: only the words right before or right behind the participle are looked at.

use super::Scene;
use super::people::{Someone, by_words, named_person, people, phrase_start};
use super::subjects::at_token;
use super::terms::Term;
use super::victims::shared_object;
use crate::lexicon::{Class, Table};
use crate::names::Mention;
use crate::syntax::{GOT, Phrase};
use crate::text::{Document, Stretch};
use model::{EntityKind, Victim};

/// The people right before a participle that tells what befell them: `every citizen being held`,
/// `protesters detained for`, `Americans held hostage`.
pub(super) fn participle_of(scene: &Scene, verb: u32) -> Option<Someone<Victim>> {
    participle(scene, verb, true)
}

/// As [`participle_of`]; `alone` unless another participle stands behind that asks for the same people.
fn participle(scene: &Scene, verb: u32, alone: bool) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(verb).tokens;
    let mut start = verb;
    while start > sentence.from
        && (scene.syntax.is_adverb(start - 1) || document.is_word(start - 1, "being"))
    {
        start -= 1;
    }
    let group = scene.syntax.verb_group_start(verb);
    if group > sentence.from + 1
        && document.is_any(group - 1, &["who", "that"])
        && (group..verb).any(|at| document.is(at, Class::Be))
    {
        // `every citizen who has been detained`
        return one_national(scene, group - 2);
    }
    // `held hostage or wrongfully detained`: the people stand before the first of two.
    let coordinated = document.is_any(start.saturating_sub(1), &["or", "and"])
        && document.is_any(start.saturating_sub(2), &["hostage", "detained", "held"]);
    if coordinated && start > sentence.from + 3 {
        let first = start - 2 - u32::from(document.is_word(start - 2, "hostage"));
        return alone.then(|| participle(scene, first, false)).flatten();
    }
    let told = verb + u32::from(scene.syntax.is_adverb(verb));
    let written = document.written(told);
    let is_participle = written.ends_with("ed")
        || document.is_any(told, &["held", "kept"])
        || document.is(told, Class::Past);
    let Some(end) = start.checked_sub(1).filter(|&at| sentence.has(at)) else {
        return is_participle.then(|| opened(scene, told)).flatten();
    };
    // `the police had him beaten`, `we saw her dragged off`
    if document.is_any(end, &["him", "her", "them", "us", "me"]) && brings_about(scene, end) {
        return Some(super::pronouns::pronoun(scene, end));
    }
    // `soldiers shot`: who does it.
    let acts = document.is(told, Class::Past) && document.is(end, Class::Armed);
    if !is_participle || acts {
        return None;
    }
    if let Some(mention) = person_told_of(scene, end, told) {
        return Some(named_person(scene, mention));
    }
    if document.is_word(end, "those") && document.is_word(end.saturating_sub(1), "among") {
        return among_those(scene, end - 1, verb);
    }
    // `Yazidis, persecuted by the group for their faith, fled`
    let comma = document.is_word(end, ",") && document.is_word(told + 1, "by");
    let end = end.saturating_sub(u32::from(comma));
    let near = Stretch::new(end.saturating_sub(3).max(sentence.from), end + 1);
    let noun = [Table::Group, Table::National].iter().find_map(|&table| {
        let hits = document.hits_in(table, near);
        hits.iter().rev().find(|hit| hit.tokens.to == end + 1)
    });
    let from = match noun {
        Some(hit) => phrase_start(document, sentence.from, hit.tokens.from),
        None => return one_national(scene, end),
    };
    // `The police arrested`, `his guards held`: who does it is no victim.
    let to = term_end(scene, told);
    let object = has_object(scene, shared_object(scene, to).unwrap_or(to));
    (!object).then(|| people(scene, from, end + 1)).flatten()
}

/// Whether a verb of causing or seeing stands before the people whose words begin at a token: `had the
/// editor arrested`, `saw two boys shot`.
pub(super) fn brings_about(scene: &Scene, from: u32) -> bool {
    let document = scene.syntax.document;
    let mut first = from;
    while first > 0
        && (document.is(first - 1, Class::Determiner)
            || document.is(first - 1, Class::Possessive)
            || document.is_number(first - 1))
    {
        first -= 1;
    }
    let before = first.saturating_sub(1);
    document.sentence(from).tokens.has(before)
        && (document.is_any(
            before,
            &["had", "have", "has", "having", "saw", "seen", "watched"],
        ) || document.is_any(before, GOT))
}

/// `Abducted near the border in 2005, Mr. Abera has not been heard of since.`
fn opened(scene: &Scene, verb: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(verb).tokens;
    if has_object(scene, term_end(scene, verb)) {
        return None;
    }
    let comma = (verb..sentence.to.min(verb + 16)).find(|&at| document.is_word(at, ","))?;
    people(scene, comma + 1, sentence.to)
}

/// `Two students were among those arrested`, `Among those arrested were two students`.
fn among_those(scene: &Scene, among: u32, verb: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(verb).tokens;
    if among > sentence.from + 1 && document.is(among - 1, Class::Be) {
        let found = at_token(scene, among - 2, sentence.from, among - 1);
        return found.map(|(someone, _)| someone);
    }
    let be = (verb..sentence.to.min(verb + 14)).find(|&at| document.is(at, Class::Be))?;
    people(scene, be + 1, sentence.to)
}

/// The person whom a participle tells of behind a comma or behind what else they are: `Mr. Abera, arrested in
/// October, was …`, `Mr. Abera, a pastor abducted in October`.
fn person_told_of<'s>(scene: &Scene<'s, '_, '_>, end: u32, verb: u32) -> Option<&'s Mention> {
    let document = scene.syntax.document;
    let comma = document.is_word(end, ",");
    let last = end.checked_sub(u32::from(comma))?;
    let mentions = scene
        .syntax
        .names
        .within(Stretch::new(last.saturating_sub(12), last + 1));
    let mention = mentions.iter().next_back()?;
    let person = scene.syntax.names.entity(mention).is_named_person();
    let ends = mention.outer.to == last + 1 || mention.tokens.to == last + 1;
    let described = mention.outer.to > mention.tokens.to;
    let closed = || {
        let sentence = document.sentence(verb).tokens;
        (verb..sentence.to.min(verb + 16)).any(|at| document.is_word(at, ","))
    };
    let behind = term_end(scene, verb);
    let told = (comma && closed() || !comma && described) && !has_object(scene, behind);
    (person && ends && told).then_some(mention)
}

/// Whether what begins at a token can be the object of the verb before it.
pub(super) fn has_object(scene: &Scene, at: u32) -> bool {
    let document = scene.syntax.document;
    // `held hostage`
    if document.is_any(at, &["hostage", "captive", "prisoner"])
        || document.is(at, Class::Preposition)
    {
        return false;
    }
    // `30 to 40 villagers`
    let reach = if document.is_number(at) { 5 } else { 2 };
    document.is(at, Class::Determiner)
        || document.is(at, Class::Possessive)
        || document.is_any(at, &["him", "her", "them", "us", "me", "whoever", "anyone"])
        || document.is(at, Class::Count)
        || document.is_number(at) && document.is_word(at + 1, "of")
        || scene.syntax.names.at(at).is_some()
        || !document
            .hits_in(Table::Group, Stretch::new(at, at + reach))
            .is_empty()
}

/// `dropped bombs on a school, killing eleven children`: what came of it.
pub(super) fn is_result(document: &Document, verb: u32) -> bool {
    document.written(verb).ends_with("ing") && document.is_word(verb.saturating_sub(1), ",")
}

/// The subject right before a verb, or that of the verb before where `and` joins one with an object
/// of its own: `raided the camp and raped women`.
pub(super) fn own_subject(scene: &Scene, term: &Term) -> Option<Phrase> {
    let verb = term.tokens.from;
    let near = scene.syntax.near_subject(verb);
    near.or_else(|| {
        let start = scene.syntax.verb_group_start(verb);
        let document = scene.syntax.document;
        let before = start.saturating_sub(1);
        let joined = document.is(before, Class::Conjunction) || document.is_word(before, ",");
        let acts = joined && has_object(scene, term.tokens.to);
        acts.then(|| scene.syntax.subject(verb)).flatten()
    })
}

/// Whether a participle stands before the people it tells of: `reuniting wrongfully detained
/// citizens`, `all six wrongfully detained Canadians`.
pub(super) fn is_attributive(scene: &Scene, term: &Term) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(term.tokens.from).tokens;
    let last = term.tokens.to.saturating_sub(1);
    let participle = document.written(last).ends_with("ed") || document.is_word(last, "held");
    let people = [Table::Group, Table::National].iter().any(|&table| {
        let here = Stretch::new(term.tokens.to, term.tokens.to + 1);
        !document.hits_in(table, here).is_empty()
    });
    let opens = match term
        .tokens
        .from
        .checked_sub(1)
        .filter(|&at| sentence.has(at))
    {
        None => true,
        Some(before) => {
            document.is(before, Class::Determiner)
                || document.is(before, Class::Preposition)
                || document.is(before, Class::Possessive)
                || crate::numbers::number_at(document, before).is_some()
                || document.written(before).ends_with("ing")
        }
    };
    term.tokens.len() > 1 && participle && people && opens
}

/// Right behind a participle and what belongs to it: `held hostage`.
fn term_end(scene: &Scene, verb: u32) -> u32 {
    let document = scene.syntax.document;
    verb + 1
        + u32::from(
            document.is_any(verb + 1, &["hostage", "captive"]) || scene.syntax.is_adverb(verb + 1),
        )
}

/// One national by an adjective that stands for a noun: `every American being held`.
fn one_national(scene: &Scene, at: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let before = at.checked_sub(1)?;
    let here = Stretch::new(at, at + 1);
    let counted = document.is_any(before, &["every", "each", "another", "one", "an", "a"]);
    (counted && !document.hits_in(Table::Adjective, here).is_empty()).then(|| {
        let words = Stretch::new(before, at + 1);
        by_words(document, words, EntityKind::Group)
    })
}
