//! What no list of events knows, told of a day, month or year: `In 2005 he received the award.`
//!
//! Invariant: the date stands in the clause of a past verb that is no verb of saying; one event a
//! clause, and none where another rule found one.

use super::is_reference;
use super::who::{instrument, participants, place};
use crate::calls::Calls;
use crate::dates::{Dated, Dates};
use crate::lexicon::{Class, Table};
use crate::propose::Builder;
use crate::speech::{Speech, Voices};
use crate::syntax::Syntax;
use crate::text::{Hit, Part, Stretch};
use model::{Band, Code, Event, Proposal, RecordBody};
use std::collections::BTreeSet;

/// The most words between a verb and its date.
const GAP: u32 = 16;

/// The most words of an event.
const LONGEST: u32 = 26;

/// The type of an event that no list knows: term of the vocabulary `event-type`.
const OTHER: &str = "other";

/// An event that another rule found: its verb, and where its date begins.
pub(super) struct Told {
    pub verb: u32,
    pub date: Option<u32>,
}

/// What the rules for events look at.
pub(super) struct Scene<'s, 'd, 'a> {
    pub syntax: &'s Syntax<'d, 'a>,
    pub dates: &'s Dates,
    pub calls: &'s Calls,
    pub speech: &'s Speech,
    pub voices: &'s Voices,
}

/// Events by their date; `told` are those that other rules found, in the order of the text.
pub(super) fn propose(scene: &Scene, told: &[Told]) -> Vec<Proposal> {
    let document = scene.syntax.document;
    let used: BTreeSet<u32> = told.iter().filter_map(|event| event.date).collect();
    let verbs: BTreeSet<u32> = told.iter().map(|event| event.verb).collect();
    let mut clauses = BTreeSet::new();
    let mut proposals = Vec::new();
    for dated in &scene.dates.all {
        let at = dated.tokens.from;
        if dated.bound || document.part(at) != Part::Body || used.contains(&at) {
            continue;
        }
        let clause = Stretch::new(
            scene.syntax.clause_start(at),
            scene.syntax.clause_end(dated.tokens.to.saturating_sub(1)),
        );
        if clause.is_empty() || verbs.range(clause.from..clause.to).next().is_some() {
            continue;
        }
        if !is_of_the_clause(scene, dated) || clauses.contains(&clause.from) {
            continue;
        }
        let found = past_verb(scene, clause, dated.tokens).map(|verb| (verb, clause));
        let found = found.or_else(|| {
            // `On 25 August 2017, after militants attacked posts, the army began …`
            let sentence = document.sentence(at).tokens;
            let opens = at <= sentence.from + 3 && clause.to < sentence.to;
            let verb = opens.then(|| past_verb(scene, sentence, dated.tokens))??;
            Some((
                verb,
                Stretch::new(clause.from, scene.syntax.clause_end(verb)),
            ))
        });
        if let Some((verb, told)) = found
            && !verbs.contains(&verb)
        {
            clauses.insert(clause.from);
            proposals.extend(record(scene, told, dated, verb));
        }
    }
    proposals
}

/// Whether a date says when the clause took place, not which report is meant (`the report of
/// June 2013`, `the 2014 report`) or how long something went on.
fn is_of_the_clause(scene: &Scene, dated: &Dated) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(dated.tokens.from).tokens;
    let before = dated
        .tokens
        .from
        .checked_sub(1)
        .filter(|&at| sentence.has(at));
    let names = before.is_some_and(|at| {
        document.is_any(
            at,
            &["of", "from", "to", "between", "the", "until", "and", "("],
        ) || document.is(at, Class::Possessive)
    });
    !names && !dated.resolved.date.to_string().contains(['/', '.'])
}

/// The past verb of a clause that is nearest to its date.
fn past_verb(scene: &Scene, clause: Stretch, date: Stretch) -> Option<u32> {
    let near = Stretch::new(
        clause.from.max(date.from.saturating_sub(GAP)),
        clause.to.min(date.to + GAP),
    );
    let gap = |at: u32| {
        if at >= date.to {
            at - date.to
        } else {
            date.from.saturating_sub(at)
        }
    };
    near.tokens()
        .filter(|&at| !date.has(at) && is_past_verb(scene, at, date))
        .min_by_key(|&at| gap(at))
}

/// Whether a finite verb in the past stands here that tells what took place.
fn is_past_verb(scene: &Scene, at: u32, date: Stretch) -> bool {
    let document = scene.syntax.document;
    let written = document.written(at);
    let regular = written.len() > 3 && written.ends_with("ed") && !written.ends_with("eed");
    let past = document.is(at, Class::Past) || regular;
    if !past || document.is_capital(at) || scene.calls.demands(at) {
        return false;
    }
    let here = Stretch::new(at, at + 1);
    // What was done to somebody is told as an allegation.
    let says = [Table::Speech, Table::Violation]
        .iter()
        .any(|&table| !document.hits_in(table, here).is_empty());
    let told_by = |token: u32| scene.speech.at(token).map(|said| said.words);
    if says || scene.syntax.is_named(here) || told_by(at) != told_by(date.from) {
        return false;
    }
    let sentence = document.sentence(at).tokens;
    let start = scene.syntax.verb_group_start(at);
    let group = Stretch::new(start, at);
    let unreal = group.tokens().any(|at| {
        document.is(at, Class::Modal)
            || document.is(at, Class::Negation)
            || document.is(at, Class::Irrealis)
    });
    let helped = group
        .tokens()
        .any(|at| document.is_any(at, &["was", "were", "had", "has", "have"]));
    let bare = group.tokens().any(|at| document.is(at, Class::Auxiliary)) && !helped;
    let Some(before) = start.checked_sub(1).filter(|&at| sentence.has(at)) else {
        return false;
    };
    let adjective = !helped
        && (document.is(before, Class::Determiner)
            || document.is(before, Class::Possessive)
            || document.is(before, Class::Preposition)
            || document.is_word(before, "to")
            || document.is_word(before, ",")
            || document.is_any(at + 1, &["by"])
            || document.is_word(before, "'s"));
    !unreal
        && !bare
        && !adjective
        && !is_reference(scene.syntax, sentence, at)
        && scene.syntax.subject(at).is_some()
}

fn record(scene: &Scene, clause: Stretch, dated: &Dated, verb: u32) -> Option<Proposal> {
    let document = scene.syntax.document;
    let words = Stretch::new(verb, verb + 1);
    let hit = Hit {
        tokens: words,
        entry: 0,
    };
    let participants = participants(scene.syntax, scene.voices, &hit, words);
    let subject = scene.syntax.subject(verb)?.stretch();
    let mut carried = Stretch::new(verb.min(dated.tokens.from), dated.tokens.to.max(verb + 1));
    if clause.contains(subject) {
        carried.from = carried.from.min(subject.from);
    }
    carried.to = carried.to.max(clause.to.min(carried.from + LONGEST));
    let mut builder = Builder::of(document, document.trimmed(carried));
    let instrument = instrument(scene.syntax, &hit, words, clause)
        .map(|(reference, words)| builder.cited(document, words, reference));
    let place = place(scene.syntax, clause)
        .map(|(reference, words)| builder.cited(document, words, reference));
    let event = Event {
        event: builder.cited(document, words, Code::from(OTHER)),
        date: Some(builder.cited(document, dated.tokens, dated.resolved.clone())),
        place,
        participants: participants
            .into_iter()
            .map(|(participant, words)| builder.cited(document, words, participant))
            .collect(),
        instrument,
        after: Vec::new(),
        consequences: Vec::new(),
    };
    builder.finish("event.dated", Band::Inferred, RecordBody::Event(event))
}
