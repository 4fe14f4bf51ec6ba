//! What is told of a day, month or year where no list of events knows its verb (`In 2005 he received the
//! award.`), or knows it but not the way to its date (`On 6 August X, who lived in Y, was hanged`).
//!
//! Invariant: the date stands in the clause of a past verb that is no verb of saying; one event a
//! clause, and none where another rule found one.

use super::is_reference;
use super::owned::{describes, is_of_noun, is_of_participle, is_span};
use super::who::{by_title, instrument, participants, place};
use crate::calls::Calls;
use crate::dates::{Dated, Dates};
use crate::lexicon::{Class, Table};
use crate::numbers::number_at;
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

/// From how many on a year's number is a total, in thousandths.
const COUNTED: i64 = 10_000;

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
        if dated.bound
            || scene.dates.is_to_come(dated)
            || document.part(at) != Part::Body
            || used.contains(&at)
        {
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
    let part = before.is_some_and(|at| {
        document.is_word(at, "of") && document.is(at.saturating_sub(1), Class::PartOfTime)
    });
    let names = !part
        && before.is_some_and(|at| {
            document.is_any(
                at,
                &["of", "from", "to", "between", "the", "until", "and", "("],
            ) || document.is(at, Class::Possessive)
        });
    !names
        && !is_of_noun(document, dated.tokens)
        && !is_span(document, dated)
        && !dated.resolved.date.to_string().contains(['/', '.'])
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
        .filter(|&at| !date.has(at) && is_told_on(scene, at, date))
        .min_by_key(|&at| gap(at))
}

/// Whether a verb stands here that tells what took place on the date: in the past, or going on today.
fn is_told_on(scene: &Scene, at: u32, date: Stretch) -> bool {
    let document = scene.syntax.document;
    let between = at.min(date.to)..at.max(date.from);
    let apart = between.clone().any(|at| document.is_word(at, ":"));
    !apart
        && (is_past_verb(scene, at, date) || is_going_on(scene, at, date))
        && !is_of_participle(scene.syntax, at, date)
        && !is_total(scene, at, date)
}

/// `Today we are adding sanctions`: what is done on the day the text tells of.
fn is_going_on(scene: &Scene, at: u32, date: Stretch) -> bool {
    let document = scene.syntax.document;
    let written = document.written(at);
    if !written.ends_with("ing") || document.is_capital(at) || !document.is_word(date.from, "today")
    {
        return false;
    }
    let start = scene.syntax.verb_group_start(at);
    let group = Stretch::new(start, at);
    let helped = group
        .tokens()
        .any(|at| document.is_any(at, &["is", "are", "am", "'re", "'m"]));
    let unreal = group.tokens().any(|at| {
        document.is(at, Class::Modal)
            || document.is(at, Class::Negation)
            || document.is_word(at, "being")
    });
    let going = document.is_any(
        at,
        &[
            "going", "planning", "trying", "working", "hoping", "looking", "doing", "thinking",
            "seeing", "facing", "living", "talking", "standing", "building",
        ],
    );
    // `we are adding sanctions` introduces no words.
    let here = Stretch::new(at, at + 1);
    let says = scene.speech.said_by(here).is_some();
    let harms = !document.hits_in(Table::Violation, here).is_empty();
    helped && !unreal && !going && !says && !harms && scene.syntax.subject(at).is_some()
}

/// Whether the clause counts what a whole year brought: `last year the line took 8,000 calls`.
fn is_total(scene: &Scene, verb: u32, date: Stretch) -> bool {
    let document = scene.syntax.document;
    let year = document.is_any(date.from, &["last", "this"])
        && document.is_word(date.from + 1, "year")
        || date.len() == 1 && document.is_digits(date.from);
    if !year {
        return false;
    }
    let sentence = document.sentence(verb).tokens;
    let near = Stretch::new(
        verb.saturating_sub(3).max(sentence.from),
        (verb + 5).min(sentence.to),
    );
    near.tokens().any(|at| {
        !date.has(at)
            && (document.is_any(at, &["more", "fewer", "half", "most"])
                || number_at(document, at).is_some_and(|number| number.value >= COUNTED))
    })
}

/// Whether a finite verb in the past stands here that tells what took place.
fn is_past_verb(scene: &Scene, at: u32, date: Stretch) -> bool {
    let document = scene.syntax.document;
    let written = document.written(at);
    let regular = written.len() > 3 && written.ends_with("ed") && !written.ends_with("eed");
    // `Six days later the court did the same.`
    let same = document.is_word(at, "did") && document.is_any(at + 1, &["the", "so"]);
    let past = document.is(at, Class::Past) || regular || same;
    let joined = document
        .token(at)
        .is_some_and(|token| token.shape.is_joined());
    if !past || joined || document.is_capital(at) || scene.calls.demands(at) {
        return false;
    }
    let here = Stretch::new(at, at + 1);
    // What was done to somebody is told as an allegation, unless it is an event as well.
    let found = |table| !document.hits_in(table, here).is_empty();
    let says = found(Table::Speech) || found(Table::Violation) && !found(Table::Event);
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
    // `On 6 August X, who belonged to a minority, was …`
    if date.to <= before && document.is(before, Class::Relative) {
        return false;
    }
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
        && (!is_reference(scene.syntax, sentence, at) || is_dated_itself(scene, at, date))
        && !is_modifier(scene, at, date)
        && scene.syntax.subject(at).is_some()
        && !describes(scene.syntax, at, at + 1)
}

/// `found after the militia fled the town in June 2020`: the date is that of the clause behind `after`.
fn is_dated_itself(scene: &Scene, verb: u32, date: Stretch) -> bool {
    let document = scene.syntax.document;
    verb < date.from && (verb..date.from).all(|at| document.is_plain(at))
}

/// `the list that the ministry drew up in 1952 has 80,000 names`: the verb of the clause comes right
/// behind the date.
fn is_modifier(scene: &Scene, verb: u32, date: Stretch) -> bool {
    let document = scene.syntax.document;
    verb < date.from
        && (document.is(date.to, Class::Auxiliary) || document.is(date.to, Class::Modal))
}

fn record(scene: &Scene, clause: Stretch, dated: &Dated, verb: u32) -> Option<Proposal> {
    let document = scene.syntax.document;
    let words = Stretch::new(verb, verb + 1);
    let hit = Hit {
        tokens: words,
        tail: Stretch::new(words.to, words.to),
        entry: u32::MAX,
    };
    let participants = participants(scene.syntax, scene.voices, &hit, words);
    let participants = by_title(scene.syntax, scene.dates, Some(dated), participants);
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
    let near = Stretch::new(verb.saturating_sub(3), verb + 1);
    let known = (document.hits_in(Table::Event, near).iter())
        .filter(|hit| hit.tokens.has(verb))
        .map(|hit| &document.lexicon.events[hit.entry as usize])
        .find(|entry| !entry.noun && entry.object.is_empty());
    let kind = known.map_or(OTHER, |entry| entry.event.as_str());
    let event = Event {
        event: builder.cited(document, words, Code::from(kind)),
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
