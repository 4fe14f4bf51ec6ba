//! Events: what took place, when, with whom, about which instrument.
//!
//! Invariant: an event's words name an act that is over or set (`adopted`, `will report`), never a
//! demand; an event that could be any has a date or a named participant.

mod dated;
mod nouns;
mod owned;
mod when;
mod who;

use crate::calls::Calls;
use crate::dates::Dates;
use crate::lexicon::{Class, Table};
use crate::propose::Builder;
use crate::speech::{Speech, Voices};
use crate::syntax::Syntax;
use crate::text::{Document, Hit, Part, Stretch};
use dated::Told;
use model::{Band, Code, Event, Proposal, RecordBody};
use owned::describes;
use std::collections::BTreeSet;
use when::date;
use who::{by_title, instrument, participants, place};

/// Words within which an event's object stands.
const OBJECT: u32 = 12;

/// Within how many words before a noun a verb says that it is to come.
const TO_COME: u32 = 8;

/// The most words of a line that only says when the page was published.
const BYLINE: u32 = 9;

/// The events of a document.
pub(crate) fn propose(
    syntax: &Syntax,
    dates: &Dates,
    calls: &Calls,
    speech: &Speech,
    voices: &Voices,
) -> Vec<Proposal> {
    let document = syntax.document;
    let mut seen = BTreeSet::new();
    let mut proposals = Vec::new();
    let mut all_told = Vec::new();
    for hit in document.hits(Table::Event) {
        let at = hit.tokens.from;
        let noun = document.lexicon.events[hit.entry as usize].noun;
        if noun
            || document.part(at) == Part::Head
            || calls.demands(at)
            || syntax.is_named(hit.tokens)
        {
            continue;
        }
        if document.part(at) == Part::Caption
            && dates.within(document.sentence(at).tokens).is_empty()
        {
            continue;
        }
        let event = &document.lexicon.events[hit.entry as usize];
        let key = (document.sentence_number(at), event.event.clone());
        if seen.contains(&key) {
            continue;
        }
        if let Some((proposal, told)) = record(syntax, dates, speech, voices, hit) {
            seen.insert(key);
            proposals.push(proposal);
            all_told.push(told);
        }
    }
    let scene = dated::Scene {
        syntax,
        dates,
        calls,
        speech,
        voices,
    };
    proposals.extend(nouns::propose(&scene, &mut all_told));
    proposals.extend(dated::propose(&scene, &all_told));
    proposals
}

fn record(
    syntax: &Syntax,
    dates: &Dates,
    speech: &Speech,
    voices: &Voices,
    hit: &Hit,
) -> Option<(Proposal, Told)> {
    let document = syntax.document;
    let entry = &document.lexicon.events[hit.entry as usize];
    let verb = hit.tokens.from;
    let object = object(document, hit)?;
    let start = syntax.verb_group_start(verb);
    let unreal = (start..verb).any(|at| {
        document.is(at, Class::Deontic)
            || document.is(at, Class::Negation)
            || document.is(at, Class::Irrealis)
            || document.is_any(at, &["can"])
    });
    let sentence = document.sentence(verb).tokens;
    // `Published 14 March 2024`, by itself: what the page says of itself.
    let block = document.block(verb).tokens;
    let own = entry.event == "publication" && document.written(verb).ends_with("ed");
    if own && verb == block.from && block.len() <= BYLINE {
        return None;
    }
    let possessed = document.is(verb, Class::Possessive) || document.is(verb, Class::Determiner);
    let infinitive = start > sentence.from
        && !possessed
        && document.is_word(start.saturating_sub(1), "to")
        && !document.is_any(
            start.saturating_sub(2),
            // `I am proud to sign` does it.
            &[
                "set",
                "due",
                "scheduled",
                "proud",
                "pleased",
                "honored",
                "honoured",
            ],
        )
        && !document.written(verb).ends_with("ing")
        && document.is_plain(verb);
    if is_reference(syntax, sentence, verb) || is_adjective(document, hit) || is_task(document, hit)
    {
        return None;
    }
    // `customs detained more shipments of goods`
    let goods = (hit.tokens.to..hit.tokens.to + 3).any(|at| document.is(at, Class::Thing));
    if goods && entry.event == "arrest" {
        return None;
    }
    let noun =
        document.is(start.saturating_sub(1), Class::Determiner) || !is_verb_like(document, hit);
    let participle = document.written(verb).ends_with("ed") || document.is(verb, Class::Past);
    if unreal
        || infinitive && !noun
        || participle && describes(syntax, verb, hit.tokens.to)
        || is_to_come(document, verb, sentence)
    {
        return None;
    }
    let clause_from = syntax.clause_start(verb);
    let clause_to = syntax
        .clause_end(object.to.saturating_sub(1))
        .max(object.to);
    let clause = document.trimmed(Stretch::new(clause_from, clause_to));
    let within = speech.at(verb).map_or(sentence, |told| {
        Stretch::new(
            sentence.from.max(told.words.from),
            sentence.to.min(told.words.to),
        )
    });
    // `Speaking on 12 March, she said the border had been sealed`: the day is not the border's.
    let speaking = document.written(sentence.from).ends_with("ing") && within.from > sentence.from;
    let told = match speaking {
        true => Stretch::new(clause.from.max(within.from), clause.to),
        false => clause,
    };
    let date = date(
        syntax,
        dates,
        told,
        Stretch::new(hit.tokens.from, hit.tokens.to.max(object.to)),
        within,
    );
    let participants = participants(syntax, voices, hit, object);
    let participants = by_title(syntax, dates, date, participants);
    // What took place on no day that the text tells is no event.
    date?;
    let mut carried = Stretch::new(
        hit.tokens.from.min(object.from),
        object.to.max(hit.tokens.to),
    );
    if let Some(dated) = date
        && sentence.contains(dated.tokens)
    {
        carried.from = carried.from.min(dated.tokens.from);
        carried.to = carried.to.max(dated.tokens.to);
    }
    for (_, words) in &participants {
        if sentence.contains(*words) {
            carried.from = carried.from.min(words.from);
            carried.to = carried.to.max(words.to);
        }
    }
    let last = carried.to - 1;
    let open = hit.tokens.to == carried.to && hit.tokens.len() > 1 && entry.object.is_empty();
    if document.is_any(last, &["with", "to", "of"]) || open && document.is(last, Class::Determiner)
    {
        let end = (carried.to..(carried.to + 14).min(sentence.to))
            .find(|&at| !document.is_plain(at) || document.is(at, Class::Subordinator))
            .unwrap_or((carried.to + 14).min(sentence.to));
        carried.to = end.max(carried.to);
    }
    let mut builder = Builder::of(document, document.trimmed(carried));
    let instrument = instrument(syntax, hit, object, clause)
        .map(|(reference, words)| builder.cited(document, words, reference));
    let place =
        place(syntax, clause).map(|(reference, words)| builder.cited(document, words, reference));
    let band = date.map_or(Band::Stated, |dated| dated.band);
    let event = Event {
        event: builder.cited(document, hit.tokens, Code::from(entry.event.as_str())),
        date: date.map(|dated| builder.cited(document, dated.tokens, dated.resolved.clone())),
        place,
        participants: participants
            .into_iter()
            .map(|(participant, words)| builder.cited(document, words, participant))
            .collect(),
        instrument,
        after: Vec::new(),
        consequences: Vec::new(),
    };
    let told = Told {
        verb,
        date: date.map(|dated| dated.tokens.from),
    };
    let proposal = builder.finish(&entry.id, band, RecordBody::Event(event))?;
    Some((proposal, told))
}

/// Whether the event only dates another one: `a decade after the report was published`.
fn is_reference(syntax: &Syntax, sentence: Stretch, verb: u32) -> bool {
    let document = syntax.document;
    let anniversary = (sentence.from..verb)
        .rev()
        .take(4)
        .any(|at| document.is_word(at, "anniversary"));
    anniversary
        || (sentence.from..verb)
            .rev()
            .take(14)
            .take_while(|&at| !document.is_any(at, &[",", ";", ":"]) && !document.is_dash(at))
            .any(|at| {
                document.is_any(at, &["after", "before", "since", "until"])
                    && document.is_plain(at + 1)
                    && !document.is(at + 1, Class::Month)
                    && !document.is_digits(at + 1)
            })
}

/// Whether `to` behind a noun of travel begins a task, not a place: `a mission to investigate`.
fn is_task(document: &Document, hit: &Hit) -> bool {
    let to = hit.tokens.to - 1;
    hit.tokens.len() > 1
        && document.is_word(to, "to")
        && document.is_word(to - 1, "mission")
        && !document.is_capital(hit.tokens.to)
        && !document.is(hit.tokens.to, Class::Determiner)
}

/// Whether a participle only describes who follows it: `the six detained nationals`.
fn is_adjective(document: &Document, hit: &Hit) -> bool {
    let verb = hit.tokens.from;
    let before = verb.saturating_sub(1);
    let counted = document.is(before, Class::Determiner)
        || document.is(before, Class::Possessive)
        || document.is_number(before);
    let people = [Table::Group, Table::National].iter().any(|&table| {
        !document
            .hits_in(table, Stretch::new(hit.tokens.to, hit.tokens.to + 1))
            .is_empty()
    });
    counted && people && hit.tokens.len() == 1 && document.written(verb).ends_with("ed")
}

fn is_verb_like(document: &Document, hit: &Hit) -> bool {
    let written = document.written(hit.tokens.from);
    written.ends_with("ed")
        || written.ends_with("ing")
        || written.ends_with('s')
        || written.len() <= 5
}

/// The words of the event with the object that it needs: behind it, or, in a passive, before it.
fn object(document: &Document, hit: &Hit) -> Option<Stretch> {
    let entry = hit.entry as usize;
    let objects = &document.lexicon.event_objects[entry];
    if objects.is_empty() {
        return Some(hit.tokens);
    }
    let sentence = document.sentence(hit.tokens.from).tokens;
    let is_object = |at: u32| {
        document
            .token(at)
            .is_some_and(|token| objects.contains(&token.word))
    };
    let behind = Stretch::new(hit.tokens.to, (hit.tokens.to + OBJECT).min(sentence.to));
    let stop = behind
        .tokens()
        .find(|&at| document.is_any(at, &[";", ".", ":"]) || document.is_quote_mark(at))
        .unwrap_or(behind.to);
    if let Some(at) = (behind.from..stop).find(|&at| is_object(at)) {
        return Some(Stretch::new(hit.tokens.from, at + 1));
    }
    let from = hit.tokens.from.saturating_sub(OBJECT).max(sentence.from);
    let passive = hit.tokens.from > sentence.from
        && (hit.tokens.from.saturating_sub(3)..hit.tokens.from)
            .any(|at| document.is(at, Class::Be));
    let before = (from..hit.tokens.from).rev().find(|&at| is_object(at))?;
    let relative = (before..hit.tokens.from).any(|at| document.is_any(at, &["which", "that"]));
    (passive || relative).then(|| Stretch::new(before, hit.tokens.to))
}

/// Whether a noun stands behind a verb of what is to come: `we will join a session`.
fn is_to_come(document: &Document, at: u32, sentence: Stretch) -> bool {
    let floor = sentence.from.max(at.saturating_sub(TO_COME));
    (floor..at)
        .rev()
        .take_while(|&at| {
            (document.is_plain(at) || document.is_word(at, "'ll"))
                && !document.is(at, Class::Subordinator)
                && !document.is(at, Class::Conjunction)
        })
        .any(|at| document.is_any(at, &["will", "shall", "'ll"]))
        || (floor..at).any(|at| document.is_any(at, &["if", "unless"]))
}
