//! With whom and where something took place, and about which instrument.
//!
//! Invariant: only those act who can: never a place or an instrument.

use crate::dates::{Dated, Dates};
use crate::lexicon::Class;
use crate::speech::Voices;
use crate::syntax::{Phrase, Syntax};
use crate::text::{Hit, Stretch};
use model::{EntityKind, EntityRef, Participant};

/// Events that befall somebody: terms of the vocabulary `event-type`.
const BEFELL: [&str; 5] = [
    "arrest",
    "abduction",
    "release",
    "repatriation",
    "execution",
];

/// Who took part: the subject of the verb, and whom `with` and `by` name.
pub(super) fn participants(
    syntax: &Syntax,
    voices: &Voices,
    hit: &Hit,
    object: Stretch,
) -> Vec<(Participant, Stretch)> {
    let document = syntax.document;
    let mut found: Vec<(Participant, Stretch)> = Vec::new();
    let mut add = |reference: EntityRef, role: &str, words: Stretch| {
        if !found.iter().any(|(other, _)| other.who == reference) && found.len() < 24 {
            let participant = Participant {
                who: reference,
                role: (!role.is_empty()).then(|| role.to_owned()),
            };
            found.push((participant, words));
        }
    };
    // Of an arrest or a release whoever it befell takes part.
    let befell = document
        .lexicon
        .events
        .get(hit.entry as usize)
        .is_some_and(|entry| BEFELL.contains(&entry.event.as_str()));
    let passive = !befell
        && (hit.tokens.from.saturating_sub(3)..hit.tokens.from)
            .any(|at| document.is(at, Class::Be));
    if let Some(Phrase::Entity(entity, words, _)) = syntax.subject(hit.tokens.from)
        && !passive
        && acts(syntax, entity)
    {
        add(syntax.names.reference(entity), "", document.trimmed(words));
        for mention in coordinated(syntax, words) {
            add(syntax.names.reference(mention.0), "", mention.1);
        }
    }
    if let Some(Phrase::Pronoun(at)) = syntax.subject(hit.tokens.from)
        && document.is(at, Class::FirstPerson)
        && document.quotation_at(at).is_none()
        && let Some(voice) = voices.at(document, at)
    {
        add(voice.reference, "", voice.words);
    }
    if let Some(Phrase::Pronoun(at)) = syntax.subject(hit.tokens.from)
        && document.is_any(at, &["he", "she"])
        && let Some(person) = syntax.names.person_before(document, at)
        && syntax.names.entities[person as usize].is_named_person()
    {
        add(syntax.names.reference(person), "", Stretch::new(at, at + 1));
    }
    let sentence = document.sentence(hit.tokens.from).tokens;
    let behind = Stretch::new(hit.tokens.to, (object.to + 14).min(sentence.to));
    for at in behind.tokens() {
        if document.is_any(at, &[";", "."]) {
            break;
        }
        if !document.is_any(at, &["by", "with"]) {
            continue;
        }
        let role = document.written(at).to_lowercase();
        if let Some(Phrase::Entity(entity, words, _)) = syntax.phrase_at(at + 1)
            && acts(syntax, entity)
        {
            let role = if role == "with" { "with" } else { "" };
            add(
                syntax.names.reference(entity),
                role,
                document.trimmed(words),
            );
            for mention in further(syntax, words, sentence) {
                add(syntax.names.reference(mention.0), role, mention.1);
            }
        }
    }
    found
}

/// Further ones in a row behind the first: `by the United Kingdom and Canada`.
fn further(syntax: &Syntax, first: Stretch, sentence: Stretch) -> Vec<(u32, Stretch)> {
    let document = syntax.document;
    let mut found = Vec::new();
    let mut end = first.to;
    while found.len() < 12 {
        let mut at = end;
        while at < sentence.to && document.is_any(at, &[",", "and", "the", "&"]) && at < end + 3 {
            at += 1;
        }
        let joined = (end..at).any(|at| document.is_any(at, &[",", "and", "&"]));
        let Some(Phrase::Entity(entity, words, _)) = syntax.phrase_at(at).filter(|_| joined) else {
            break;
        };
        // `with the envoy, and France said`: the next one does something of its own.
        if words.from > at || words.to <= end || !acts(syntax, entity) {
            break;
        }
        found.push((entity, document.trimmed(words)));
        end = words.to;
    }
    let listed = document.is_any(
        end,
        &[",", ".", ";", "at", "in", "on", "to", "for", "against"],
    ) || end >= sentence.to;
    if listed { found } else { Vec::new() }
}

/// Who took part, with whom a bare title names left to the title where the date lies years before
/// the document: `the President signed` of 2008 is not the President who speaks now.
pub(super) fn by_title(
    syntax: &Syntax,
    dates: &Dates,
    dated: Option<&Dated>,
    found: Vec<(Participant, Stretch)>,
) -> Vec<(Participant, Stretch)> {
    if !dated.is_some_and(|dated| dates.is_long_before(dated)) {
        return found;
    }
    let document = syntax.document;
    let titled = |participant: &Participant, words: Stretch| {
        participant.who.kind == EntityKind::Person
            && words.tokens().all(|at| {
                let written = document.written(at);
                !participant.who.name.contains(written) && !document.is(at, Class::FirstPerson)
            })
    };
    found
        .into_iter()
        .map(|(mut participant, words)| {
            if titled(&participant, words) {
                participant.who = EntityRef::as_written(EntityKind::Person, document.words(words));
            }
            (participant, words)
        })
        .collect()
}

fn acts(syntax: &Syntax, entity: u32) -> bool {
    let record = &syntax.names.entities[entity as usize];
    !matches!(record.kind, EntityKind::Place | EntityKind::Instrument)
}

/// Further subjects in a row before the last one: `the United States, Australia and France`.
fn coordinated(syntax: &Syntax, last: Stretch) -> Vec<(u32, Stretch)> {
    let document = syntax.document;
    let sentence = document.sentence(last.from).tokens;
    let mut found = Vec::new();
    let mut end = last.from;
    for mention in syntax
        .names
        .within(Stretch::new(
            last.from.saturating_sub(60).max(sentence.from),
            last.from,
        ))
        .iter()
        .rev()
        .take(24)
    {
        let gap = mention.tokens.to..end;
        let linked = end < last.from || gap.clone().any(|at| document.is_any(at, &["and", "&"]));
        let joined = linked
            && gap.len() <= 3
            && gap
                .clone()
                .all(|at| document.is_any(at, &[",", "and", "the", "&"]))
            && gap
                .clone()
                .any(|at| document.is_any(at, &[",", "and", "&"]));
        if !joined || !acts(syntax, mention.entity) {
            break;
        }
        found.push((mention.entity, mention.tokens));
        end = mention.outer.from;
    }
    found
}

/// The instrument that is adopted, signed, published.
pub(super) fn instrument(
    syntax: &Syntax,
    hit: &Hit,
    object: Stretch,
    clause: Stretch,
) -> Option<(EntityRef, Stretch)> {
    let near = Stretch::new(
        object.from.min(hit.tokens.from),
        (object.to + 12).min(clause.to.max(object.to)),
    );
    syntax
        .names
        .within(near)
        .iter()
        .find(|mention| syntax.names.entity(mention).kind == EntityKind::Instrument)
        .map(|mention| (syntax.names.reference(mention.entity), mention.tokens))
}

/// Where it took place: a place or state after `in`, `at`, `to` in the clause.
pub(super) fn place(syntax: &Syntax, clause: Stretch) -> Option<(EntityRef, Stretch)> {
    let document = syntax.document;
    syntax
        .names
        .within(clause)
        .iter()
        .find(|mention| {
            let entity = syntax.names.entity(mention);
            let before = mention.outer.from.checked_sub(1).map(|at| {
                if document.is_word(at, "the") {
                    at.saturating_sub(1)
                } else {
                    at
                }
            });
            let located = before.is_some_and(|at| document.is_any(at, &["in", "at", "to"]));
            located
                && (entity.kind == EntityKind::Place
                    || entity.kind == EntityKind::State
                        && before.is_some_and(|at| {
                            document.is_any(at, &["to"])
                                && document.is_any(
                                    at.saturating_sub(1),
                                    &["visit", "mission", "travelled", "traveled", "trip"],
                                )
                        }))
        })
        .map(|mention| (syntax.names.reference(mention.entity), mention.tokens))
}
