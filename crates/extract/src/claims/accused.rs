//! Who did it, where the words right beside the act do not say: whoever was convicted of it, is asked
//! to end it, holds those who suffer, or is the subject of the deed.
//!
//! Invariant: everybody named here stands in the same sentence or in the demand it is part of.

use super::Scene;
use super::accusing::{accusation, accused_one};
use super::charges::charge;
use super::doers::{behind_speech, doer};
use super::participles::participle_of;
use super::people::{Someone, named_person, phrase_start};
use super::pronouns::pronoun;
use super::roles::{REACH, inquires, is_power};
use super::terms::{List, Term};
use super::victims::is_passive;
use crate::lexicon::{Class, TermKind};
use crate::syntax::{Phrase, without_determiner};
use crate::text::Stretch;
use model::{EntityKind, EntityRef, Perpetrator, Victim};

/// Those who did it, by other words of the clause: whoever was convicted of it, is asked to end it,
/// holds those who suffer, or is the subject of the deed.
pub(super) fn accused(
    scene: &Scene,
    list: &List,
    term: &Term,
    victims: &[Someone<Victim>],
) -> Vec<Someone<Perpetrator>> {
    let asked = || {
        let call = scene.calls.demand_at(term.tokens.from)?;
        let (addressee, words) = call.addressee()?;
        let can = !matches!(addressee.kind, EntityKind::Place | EntityKind::Instrument);
        can.then(|| perpetrator(addressee.clone(), words, true))
    };
    let found = held_by(scene, list)
        .or_else(asked)
        .or_else(|| deed_of(scene, term, victims));
    found.into_iter().collect()
}

/// Who is convicted, accused or guilty of the act, where the words before it say so.
pub(super) fn convicted_of(scene: &Scene, list: &List) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    if let Some(told) = accusation(scene, whole.from) {
        return accused_one(scene, &told);
    }
    if let Some(charge) = charge(scene, whole.from) {
        return charge.accused(scene);
    }
    let start = scene.syntax.near_clause_start(whole.from, REACH);
    let at = (start..whole.from)
        .rev()
        .find(|&at| document.is(at, Class::Convicting))?;
    let linked = (at + 1..whole.from).any(|at| document.is_any(at, &["of", "for", "with"]));
    let other = (at + 1..whole.from).any(|at| document.is(at, Class::Modal));
    if !linked || other {
        return None;
    }
    // `convicted him of`, `held Mr. X answerable for`: whoever stands beside the verb.
    let beside = (at + 1..(at + 5).min(whole.from))
        .chain((start..at).rev().take(4))
        .find_map(|at| one_accused(scene, at));
    // `a colonel of the intelligence service was guilty of`
    let armed = || {
        let to = scene.syntax.verb_group_start(at);
        let head = (start..to).find(|&at| document.is(at, Class::Armed))?;
        let words = Stretch::new(phrase_start(document, start, head), to);
        let own = words.tokens().all(|at| document.is_plain(at));
        own.then(|| people_doing(scene, Phrase::Words(words)))?
    };
    // `was found guilty of`: the subject of the verb before.
    let found = at.saturating_sub(1);
    let verb = match document.is(found, Class::Finding) && is_passive(scene, found) {
        true => found,
        false => at,
    };
    let subject = || match scene.syntax.subject(verb)? {
        Phrase::Pronoun(at) => one_accused(scene, at),
        phrase => doer(scene, phrase).or_else(|| people_doing(scene, phrase)),
    };
    beside.or_else(subject).or_else(armed)
}

/// The person at a token, by a name or a pronoun.
pub(super) fn one_accused(scene: &Scene, at: u32) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    if document.is_any(at, &["him", "he", "her", "she", "them", "they"]) {
        let who = pronoun(scene, at);
        return Some(perpetrator(who.value.who, who.words, true));
    }
    let mention = scene.syntax.names.at(at)?;
    let entity = scene.syntax.names.entity(mention);
    entity.is_named_person().then(|| {
        let who = named_person(scene, mention);
        perpetrator(who.value.who, who.words, false)
    })
}

/// `in military custody`, `in the custody of the police`.
fn held_by(scene: &Scene, list: &List) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let end = scene.syntax.near_clause_end(whole.to, REACH);
    let custody = (whole.to..end).find(|&at| document.is_any(at, &["custody", "hands"]))?;
    if document.is_word(custody + 1, "of") {
        return doer(scene, scene.syntax.phrase_at(custody + 2)?);
    }
    let holder = custody - 1;
    let armed = document.is(holder, Class::Armed) || document.is(holder, Class::Government);
    armed.then(|| {
        let words = Stretch::new(holder, custody);
        let reference = EntityRef::as_written(EntityKind::Organisation, document.words(words));
        perpetrator(reference, words, false)
    })
}

/// The people or power who are the subject of an active verb, or whom `by` names behind a passive.
fn deed_of(
    scene: &Scene,
    term: &Term,
    victims: &[Someone<Victim>],
) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let entry = &document.lexicon.violations[term.violation as usize];
    let verb = matches!(term.kind, TermKind::Verb | TermKind::Clause);
    if !verb || entry.subject {
        return None;
    }
    let told_of = term.kind == TermKind::Verb && participle_of(scene, term.tokens.from).is_some();
    if told_of || is_passive(scene, term.tokens.from) {
        let end = scene.syntax.near_clause_end(term.tokens.to, REACH / 2);
        let by = (term.tokens.to..end).find(|&at| document.is_word(at, "by"))?;
        return people_doing(scene, scene.syntax.phrase_at(by + 1)?);
    }
    let Some(phrase) = scene.syntax.near_subject(term.tokens.from) else {
        return power_before(scene, term);
    };
    let suffers = victims
        .iter()
        .any(|someone| someone.words.overlaps(phrase.stretch()));
    // `his mother has had no word of him`: what is not given her is not her deed.
    let nothing = term
        .tokens
        .tokens()
        .any(|at| document.is(at, Class::Negation))
        && !is_power(scene, phrase.stretch());
    (!suffers && !nothing && !victims.is_empty())
        .then(|| people_doing(scene, phrase))
        .flatten()
        .or_else(|| power_before(scene, term))
}

/// Those who use force or govern, named before the verb in its clause, where no preposition makes
/// them part of another phrase: `an agent took control and forced the pilot`.
fn power_before(scene: &Scene, term: &Term) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let verb = term.tokens.from;
    let start = scene.syntax.near_clause_start(verb, REACH);
    let at = (start..verb).rev().find(|&at| {
        (document.is(at, Class::Armed) || document.is(at, Class::Government))
            && !document.is_any(at + 1, &["of", "'s"])
    })?;
    let sentence = document.sentence(verb).tokens;
    let words = Stretch::new(phrase_start(document, start, at), at + 1);
    let before = words.from.checked_sub(1).filter(|&at| sentence.has(at));
    let governed = before.is_some_and(|at| document.is(at, Class::Preposition));
    // `provides leadership and direction`: without an article it is nobody.
    let nobody = document.is_word(at, "leadership")
        && !before.is_some_and(|at| {
            document.is(at, Class::Determiner) || document.is(at, Class::Possessive)
        });
    if governed || nobody || words.is_empty() {
        return None;
    }
    doer(scene, Phrase::Words(words))
}

/// `members of the unit`: with the noun of people before `of`.
fn with_head(scene: &Scene, words: Stretch) -> Stretch {
    let document = scene.syntax.document;
    let sentence = document.sentence(words.from).tokens;
    let Some(head) = words
        .from
        .checked_sub(2)
        .filter(|&at| sentence.has(at) && document.is_word(at + 1, "of"))
    else {
        return words;
    };
    let people = document.is(head, Class::PersonNoun) || document.is(head, Class::Armed);
    match people {
        true => Stretch::new(phrase_start(document, sentence.from, head), words.to),
        false => words,
    }
}

/// People as those who did it: `other prisoners`, `a colonel`.
pub(super) fn people_doing(scene: &Scene, phrase: Phrase) -> Option<Someone<Perpetrator>> {
    let words = match phrase {
        Phrase::Words(words) => words,
        // `the colonel`: a role that somebody named elsewhere may hold.
        Phrase::Entity(entity, words, _)
            if scene.syntax.names.entities[entity as usize].unnamed =>
        {
            words
        }
        _ => return None,
    };
    let document = scene.syntax.document;
    let words = behind_speech(document, words);
    let of = u32::from(document.is_word(words.from, "of") && words.len() > 1);
    let words = with_head(scene, Stretch::new(words.from + of, words.to));
    let phrase = Phrase::Words(words);
    let head = scene
        .syntax
        .head(words)
        .unwrap_or(words.to.saturating_sub(1));
    let last = words.to.saturating_sub(1);
    let meant = !words.is_empty()
        && !document.is(last, Class::Preposition)
        && !inquires(document, head)
        && (scene.syntax.is_people(phrase) || is_power(scene, words));
    meant.then(|| {
        let reference =
            EntityRef::as_written(EntityKind::Group, without_determiner(document, words));
        perpetrator(reference, words, false)
    })
}

pub(super) fn perpetrator(who: EntityRef, words: Stretch, inferred: bool) -> Someone<Perpetrator> {
    Someone {
        value: Perpetrator {
            who,
            involvement: None,
        },
        words,
        inferred,
    }
}
