//! What the models of clauses suggest where no rule found anything: wordings that no list holds.
//!
//! Invariant: a suggestion never takes the place of what a rule found: one only where no rule told of
//! its type, or of a type above or below it, in the passage; its band is always *suggested*.

use super::certainty::is_nobodys_doing;
use super::found::reported_by_speaker;
use super::judge::{Verdict, is_prevented, verdict};
use super::record;
use super::terms::{List, Term, is_heading_like};
use super::{Scene, presupposed};
use crate::clauses::{Clause, TOLD, TYPE, units};
use crate::lexicon::{Class, Table, TermKind};
use crate::syntax::Phrase;
use crate::text::{Document, Part, Stretch};
use model::{Band, EntityKind, Modality, Proposal, RecordBody};
use std::collections::BTreeSet;

/// The most suggestions of one document.
const MOST: usize = 400;

/// How surely a clause must be of its type where a rule found another in it.
const SURE: i32 = 0;

/// The suggestions of a document. `seen` are the passages and codes that rules found, `told` the words
/// by which they did, in the order of the text: what a rule reads needs no guess.
pub(super) fn propose(
    scene: &Scene,
    seen: &mut BTreeSet<(u32, String)>,
    told: &[Stretch],
) -> Vec<Proposal> {
    let document = scene.syntax.document;
    let mut proposals = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for sentence in &document.sentences {
        let block = document.blocks[sentence.block as usize];
        let tokens = sentence.tokens;
        if block.part != Part::Body || tokens.is_empty() || proposals.len() >= MOST {
            continue;
        }
        if is_heading_like(document, tokens) || document.is_word(tokens.to - 1, "?") {
            continue;
        }
        words.clear();
        words.extend(tokens.tokens().map(|at| document.written(at)));
        // Once for the sentence, however many clauses it has.
        let lawful = tokens.tokens().any(|at| document.is(at, Class::Lawful));
        for unit in units(&words) {
            let part = &words[unit.from..unit.to];
            let lexicon = document.lexicon;
            let seen_as = Clause::of(part, unit.from == 0, &lexicon.vectors);
            let Some(guess) = lexicon.clauses.guess(&seen_as) else {
                continue;
            };
            if guess.told < TOLD || guess.kind < TYPE {
                continue;
            }
            let from = tokens.from + unit.from as u32;
            let clause = Stretch::new(from, tokens.from + unit.to as u32);
            let key = (block.number, guess.code.to_owned());
            let next = told.partition_point(|words| words.from < clause.from);
            // Beside what a rule read, only a type that the model is sure of.
            let known =
                told.get(next).is_some_and(|words| words.to <= clause.to) && guess.kind < SURE;
            let relief = lawful || clause.tokens().any(|at| document.is(at, Class::Relief));
            if seen.contains(&key) || known || relief {
                continue;
            }
            let telling = lexicon.clauses.telling(&seen_as, &guess);
            if let Some(proposal) = suggestion(scene, clause, guess.code, &telling) {
                seen.insert(key);
                proposals.push(proposal);
            }
        }
    }
    proposals
}

/// The allegation of a type that a clause is taken to make by its `telling` words.
fn suggestion(scene: &Scene, clause: Stretch, code: &str, telling: &[u32]) -> Option<Proposal> {
    let document = scene.syntax.document;
    let number = document.lexicon.suggested.get(code)?;
    let small = |at: &u32| {
        [
            Class::Preposition,
            Class::Conjunction,
            Class::Auxiliary,
            Class::Determiner,
            Class::ThirdPerson,
        ]
        .iter()
        .any(|&class| document.is(*at, class))
    };
    let words = telling.iter().map(|word| clause.from + word);
    let telling: Vec<u32> = words.filter(|at| !small(at)).collect();
    let first = *telling.first()?;
    let told = telling
        .iter()
        .copied()
        .find(|&at| is_predicate(document, at))
        .or_else(|| {
            let near = first.saturating_sub(6).max(clause.from)..clause.to;
            near.into_iter().find(|&at| is_predicate(document, at))
        })
        .unwrap_or(first);
    if scene.calls.demands(told)
        || document.sentence(told).block != document.sentence(clause.from).block
    {
        return None;
    }
    let term = Term {
        tokens: Stretch::new(told, told + 1),
        violation: *number,
        kind: TermKind::Clause,
        beside: None,
    };
    let list = List { terms: vec![term] };
    let denied = there_is_none(document, clause)
        .then(|| presupposed::denied(scene, &term).or_else(|| denied_by_government(scene, &term)))
        .flatten();
    let said = match denied {
        Some(denied) => denied,
        None => modality(scene, &term)?,
    };
    let verdict = Verdict {
        telling: telling.iter().map(|&at| Stretch::new(at, at + 1)).collect(),
        ..said
    };
    let mut proposal = record::allegation(scene, &list, 0, &verdict)?;
    proposal.band = Band::Suggested;
    if let RecordBody::Allegation(allegation) = &mut proposal.body {
        // Whoever a guessed verb has as its subject may as well be who tells it.
        let acts = |who: &EntityKind| *who != EntityKind::Person;
        (allegation.perpetrators).retain(|someone| acts(&someone.value.who.kind));
    }
    Some(proposal)
}

/// `there were no such cases`: a clause that says that something is not.
fn there_is_none(document: &Document, clause: Stretch) -> bool {
    clause.tokens().skip(1).any(|at| {
        document.is_word(at, "no")
            && document.is(at - 1, Class::Be)
            && document.is_word(at.saturating_sub(2), "there")
    })
}

/// That it is not so, as somebody says who governs: `The government insisted that …`.
fn denied_by_government(scene: &Scene, term: &Term) -> Option<Verdict> {
    let document = scene.syntax.document;
    let told = scene.speech.at(term.tokens.from)?;
    let speaker = told.speaker.as_ref()?;
    let governs = speaker.reference.kind == EntityKind::State
        || (speaker.words.tokens())
            .any(|at| document.is(at, Class::Government) || document.is(at, Class::Regime));
    governs.then(|| verdict(Modality::Denied, None))
}

/// Whether the word can be the verb that tells it.
fn is_predicate(document: &Document, at: u32) -> bool {
    let written = document.written(at);
    // `always insisted that there were none`: who says it, not what was done.
    let here = Stretch::new(at, at + 1);
    if document.is(at, Class::Finding) || !document.hits_in(Table::Speech, here).is_empty() {
        return false;
    }
    document.is(at, Class::Past)
        || written.len() > 4 && (written.ends_with("ed") || written.ends_with("en"))
        || written.ends_with("ing") && document.is(at.saturating_sub(1), Class::Be)
}

/// What the words around the telling one make of it; `None` where they say that it is not so.
fn modality(scene: &Scene, term: &Term) -> Option<Verdict> {
    use super::governors::{Mood, before, mood};
    use crate::lexicon::Effect;
    let document = scene.syntax.document;
    let at = term.tokens.from;
    let found = match mood(scene, at) {
        Some(Mood::Ought | Mood::Not) => return None,
        Some(Mood::Maybe(maybe)) if document.is(maybe, Class::Irrealis) => Modality::Feared,
        _ => Modality::Alleged,
    };
    let governor = before(scene, term.tokens);
    let found = match governor.map(|governor| governor.effect) {
        Some(Effect::Topic) => return None,
        Some(Effect::Feared) => Modality::Feared,
        Some(Effect::Denied) => Modality::Denied,
        Some(Effect::Found) => Modality::Found,
        Some(Effect::Admitted) => Modality::Admitted,
        _ => found,
    };
    if is_prevented(scene, at) || is_nobodys_doing(scene, at) {
        return None;
    }
    // Somebody who is asked to do it has not done it: `must stop killing`.
    let asked = matches!(scene.syntax.near_subject(at), Some(Phrase::Pronoun(who)) if document.is_word(who, "you"));
    (!asked).then(|| reported_by_speaker(scene, term, verdict(found, None)))
}
