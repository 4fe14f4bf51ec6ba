//! Nouns of what happens that have a date beside them: `the March 2006 elections`, `its nuclear test
//! of 2 September`, `the outbreak of fighting in April 2023`.
//!
//! Invariant: the date is part of the noun's own phrase; one event a date, and none for what is still
//! to come (`will hold elections in May`).

use super::dated::{Scene, Told};
use super::owned::{is_modal, is_span};
use super::who::place;
use crate::dates::Dated;
use crate::lexicon::{Class, Table};
use crate::propose::Builder;
use crate::text::{Hit, Part, Stretch};
use model::{Band, Code, Event, Proposal, RecordBody};
use std::collections::BTreeSet;

/// The most words between a date and the noun behind it: `the 9 August 2020 fraudulent presidential`.
const BEFORE: u32 = 6;

/// The most words between a noun and the date behind it: `the murders of leaders of unions in`.
const BEHIND: u32 = 10;

/// The most words before something that say it is to come.
const AHEAD: u32 = 12;

/// Events told by nouns; `told` are those that verbs told.
pub(super) fn propose(scene: &Scene, told: &mut Vec<Told>) -> Vec<Proposal> {
    let document = scene.syntax.document;
    let mut used: BTreeSet<u32> = told.iter().filter_map(|event| event.date).collect();
    let mut proposals = Vec::new();
    for hit in document.hits(Table::Event) {
        let entry = &document.lexicon.events[hit.entry as usize];
        let at = hit.tokens.from;
        if !entry.noun || document.part(at) != Part::Body || scene.syntax.is_in_compound(hit.tokens)
        {
            continue;
        }
        let Some(dated) = date_before(scene, hit).or_else(|| date_behind(scene, hit)) else {
            continue;
        };
        if dated.bound
            || dated.tokens.overlaps(hit.tokens)
            || scene.dates.is_to_come(dated)
            || is_span(document, dated)
            || is_ahead(scene, hit, dated)
            || !used.insert(dated.tokens.from)
        {
            continue;
        }
        if let Some(proposal) = record(scene, hit, dated) {
            proposals.push(proposal);
            told.push(Told {
                verb: at,
                date: Some(dated.tokens.from),
            });
        }
    }
    proposals
}

/// The date that stands before the noun, with adjectives and names between.
fn date_before<'s>(scene: &'s Scene, hit: &Hit) -> Option<&'s Dated> {
    let document = scene.syntax.document;
    let from = hit
        .tokens
        .from
        .saturating_sub(BEFORE + 6)
        .max(document.sentence(hit.tokens.from).tokens.from);
    let dated = scene
        .dates
        .within(Stretch::new(from, hit.tokens.from))
        .last()?;
    let to = dated.tokens.to + u32::from(document.is_word(dated.tokens.to, ","));
    let between = to..hit.tokens.from;
    let fits = between.len() <= BEFORE as usize
        && between.clone().all(|at| {
            document.is_plain(at)
                && !document.is(at, Class::Preposition)
                && !document.is(at, Class::Determiner)
                && !document.is(at, Class::Possessive)
                && !document.is(at, Class::Auxiliary)
                && !is_modal(document, at)
                && !document.is(at, Class::Subordinator)
                && !document.is(at, Class::ThirdPerson)
                && !document.is(at, Class::FirstPerson)
                && !document.is(at, Class::Past)
        });
    // `On 3 May elections were held`: the date opens the clause and stands apart.
    let before = dated.tokens.from.checked_sub(1)?;
    let owned = document.is(before, Class::Determiner)
        || document.is(before, Class::Possessive)
        || document.is_any(
            before,
            &["'s", "of", "since", "after", "before", "following", "both"],
        )
        || !document.is(before, Class::Preposition) && document.is_plain(before);
    let weekly = document.is_any(dated.tokens.from, &["today", "yesterday", "tomorrow"]);
    (fits && owned && !weekly).then_some(dated)
}

/// The date behind the noun and what it is of: `the outbreak of fighting in April 2023`.
fn date_behind<'s>(scene: &'s Scene, hit: &Hit) -> Option<&'s Dated> {
    let document = scene.syntax.document;
    let sentence = document.sentence(hit.tokens.from).tokens;
    let reach = Stretch::new(hit.tokens.to, (hit.tokens.to + BEHIND).min(sentence.to));
    let dated = scene.dates.within(reach).first()?;
    let before = dated.tokens.from.checked_sub(1)?;
    let linked = document.is_any(before, &["of", "in", "on", "from", "during"])
        || dated.tokens.from == hit.tokens.to
            && !document.is_any(dated.tokens.from, &["today", "this"]);
    let phrase = (hit.tokens.to..dated.tokens.from).all(|at| {
        (document.is_plain(at) || document.is_word(at, "'s"))
            && !document.is(at, Class::Auxiliary)
            && !is_modal(document, at)
            && !document.is(at, Class::Subordinator)
            && !document.is(at, Class::Relative)
            && !document.is(at, Class::Past)
            && !document.written(at).ends_with("ed")
            && !document.is_any(at, &["to", "by", "with", "he", "she", "they", "we"])
    });
    (linked && phrase).then_some(dated)
}

/// Whether the sentence says that it is still to come: `will hold elections in May`, `the next summit`.
fn is_ahead(scene: &Scene, hit: &Hit, dated: &Dated) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(hit.tokens.from).tokens;
    let from = hit.tokens.from.min(dated.tokens.from);
    (sentence.from.max(from.saturating_sub(AHEAD))..hit.tokens.to).any(|at| {
        is_modal(document, at)
            || document.is_any(
                at,
                &[
                    "next",
                    "upcoming",
                    "planned",
                    "scheduled",
                    "forthcoming",
                    "future",
                ],
            )
    })
}

fn record(scene: &Scene, hit: &Hit, dated: &Dated) -> Option<Proposal> {
    let document = scene.syntax.document;
    let entry = &document.lexicon.events[hit.entry as usize];
    let carried = Stretch::new(
        hit.tokens.from.min(dated.tokens.from),
        hit.tokens.to.max(dated.tokens.to),
    );
    let mut builder = Builder::of(document, document.trimmed(carried));
    let place = place(scene.syntax, carried)
        .map(|(reference, words)| builder.cited(document, words, reference));
    let event = Event {
        event: builder.cited(document, hit.tokens, Code::from(entry.event.as_str())),
        date: Some(builder.cited(document, dated.tokens, dated.resolved.clone())),
        place,
        participants: Vec::new(),
        instrument: None,
        after: Vec::new(),
        consequences: Vec::new(),
    };
    builder.finish(
        &entry.id,
        dated.band.max(Band::Inferred),
        RecordBody::Event(event),
    )
}
