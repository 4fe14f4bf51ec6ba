//! Commitments (`we intend to …`) and responses to calls (`has rejected a call by …`, `requests for
//! access have not been granted`).
//!
//! Invariant: a commitment has somebody who undertakes it; a response has somebody who answers.

use crate::dates::Dates;
use crate::lexicon::{AnswerKind, Table};
use crate::propose::Builder;
use crate::speech::{Speech, Voices};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Hit, Part, Stretch};
use model::{Band, Code, Commitment, EntityKind, Proposal, RecordBody, Response};

/// The most words of an undertaking.
const LONGEST: u32 = 90;

/// The commitments and responses of a document.
pub(crate) fn propose(
    syntax: &Syntax,
    dates: &Dates,
    speech: &Speech,
    voices: &Voices,
) -> Vec<Proposal> {
    let document = syntax.document;
    let mut proposals = Vec::new();
    for hit in document.hits(Table::Answer) {
        if document.part(hit.tokens.from) != Part::Body {
            continue;
        }
        let entry = &document.lexicon.answers[hit.entry as usize];
        proposals.extend(match entry.record {
            AnswerKind::Commitment => commitment(syntax, dates, speech, voices, hit),
            AnswerKind::Response => response(syntax, dates, hit),
        });
    }
    proposals
}

fn commitment(
    syntax: &Syntax,
    dates: &Dates,
    speech: &Speech,
    voices: &Voices,
    hit: &Hit,
) -> Option<Proposal> {
    let document = syntax.document;
    let entry = &document.lexicon.answers[hit.entry as usize];
    let first = hit.tokens.from;
    if syntax.is_not_finite(first) {
        return None;
    }
    let own_first = document.is_any(first, &["we", "i"]);
    let phrase = if own_first {
        Phrase::Pronoun(first)
    } else {
        syntax.subject(first)?
    };
    let own = |at: u32| {
        speech
            .speaker_at(at)
            .cloned()
            .or_else(|| voices.at(document, at))
            .map(|actor| Actor {
                words: Stretch::new(at, at + 1),
                inferred: true,
                ..actor
            })
    };
    let by = match phrase {
        Phrase::Pronoun(at) if document.is_any(at, &["we", "i"]) => own(at),
        Phrase::Pronoun(_) => return None,
        Phrase::Entity(entity, ..)
            if syntax.names.entities[entity as usize].kind == EntityKind::Instrument =>
        {
            return None;
        }
        Phrase::Entity(..) => syntax.actor(phrase),
        Phrase::Words(_) if syntax.can_act(phrase) => syntax.actor(phrase),
        Phrase::Words(_) => return None,
    };
    let sentence = document.sentence(first).tokens;
    let from = hit
        .tokens
        .tokens()
        .find(|&at| document.is_word(at, "to"))
        .map_or(hit.tokens.to, |to| to + 1);
    let inside = document.quotation_at(from);
    let mut to = from;
    while to < sentence.to && to - from < LONGEST {
        let leaves = inside.is_some() && document.quotation_at(to) != inside;
        if leaves && !document.is_quote_mark(to) || document.is_quote_mark(to) && inside.is_some() {
            break;
        }
        to += 1;
    }
    let undertaking = document.trimmed(Stretch::new(from, to));
    if undertaking.len() < 2 {
        return None;
    }
    let whole = Stretch::new(first, undertaking.to);
    let mut builder = Builder::of(document, document.trimmed(whole));
    let inferred = by.as_ref().is_some_and(|actor| actor.inferred);
    let by = by.map(|actor| builder.cited(document, actor.words, actor.reference.clone()));
    let words = document.words(undertaking).to_owned();
    let undertaking_cited = builder.cited(document, undertaking, words);
    let due = dates
        .within(undertaking)
        .iter()
        .find(|dated| {
            dated.bound
                && document.is_any(
                    dated.tokens.from.saturating_sub(1),
                    &["by", "until", "before"],
                )
        })
        .map(|dated| builder.cited(document, dated.tokens, dated.resolved.clone()));
    let body = RecordBody::Commitment(Commitment {
        by,
        undertaking: undertaking_cited,
        due,
        date: None,
    });
    let band = if inferred {
        Band::Inferred
    } else {
        Band::Stated
    };
    builder.finish(&entry.id, band, body)
}

fn response(syntax: &Syntax, dates: &Dates, hit: &Hit) -> Option<Proposal> {
    let document = syntax.document;
    let entry = &document.lexicon.answers[hit.entry as usize];
    let answer = entry.answer.as_deref()?;
    let sentence = document.sentence(hit.tokens.from).tokens;
    let requested = document.is_any(
        hit.tokens.from,
        &["request", "requests", "access", "permission"],
    );
    let by = if requested {
        syntax
            .names
            .within(Stretch::new(hit.tokens.from, sentence.to))
            .iter()
            .chain(
                syntax
                    .names
                    .within(Stretch::new(sentence.from, hit.tokens.from)),
            )
            .find(|mention| syntax.names.entity(mention).kind == EntityKind::State)
            .and_then(|mention| {
                syntax.actor(Phrase::Entity(mention.entity, mention.tokens, mention.form))
            })
    } else {
        match syntax.subject(hit.tokens.from)? {
            phrase @ Phrase::Entity(entity, ..) => {
                let kind = syntax.names.entities[entity as usize].kind;
                matches!(kind, EntityKind::State | EntityKind::Organisation)
                    .then(|| syntax.actor(phrase))
                    .flatten()
            }
            phrase @ Phrase::Words(words) => words
                .tokens()
                .any(|at| document.is(at, crate::lexicon::Class::Government))
                .then(|| syntax.actor(phrase))
                .flatten(),
            Phrase::Pronoun(_) => None,
        }
    }?;
    let end = syntax
        .clause_end(hit.tokens.to.saturating_sub(1))
        .max(hit.tokens.to);
    let whole = Stretch::new(hit.tokens.from.min(by.words.from), end.max(by.words.to));
    let mut builder = Builder::of(document, document.trimmed(whole));
    let date = dates
        .within(sentence)
        .iter()
        .find(|dated| !dated.bound)
        .map(|dated| builder.cited(document, dated.tokens, dated.resolved.clone()));
    let inferred = by.inferred;
    let body = RecordBody::Response(Response {
        by: builder.cited(document, by.words, by.reference.clone()),
        to: None,
        answer: builder.cited(document, hit.tokens, Code::from(answer)),
        date,
        effect: None,
        assessed_by: None,
    });
    let band = if inferred {
        Band::Inferred
    } else {
        Band::Stated
    };
    builder.finish(&entry.id, band, body)
}
