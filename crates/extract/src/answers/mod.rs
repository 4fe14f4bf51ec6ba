//! Commitments (`we intend to …`) and responses to calls (`has rejected a call by …`, `requests for
//! access have not been granted`).
//!
//! Invariant: a commitment has somebody who undertakes it; a response has somebody who answers.

mod denied;
mod who;

use crate::calls::Calls;
use crate::dates::Dates;
use crate::lexicon::{AnswerKind, Class, Table};
use crate::propose::Builder;
use crate::speech::{Speech, Voices, act, last_speaker, meant_by_it, promised, spoken_by};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Document, Hit, Part, Stretch};
use model::{Band, Code, Commitment, EntityKind, EntityRef, Proposal, RecordBody, Response};

/// The most words of an undertaking.
const LONGEST: u32 = 90;

/// The most words that name who was told what is undertaken.
const TOLD: u32 = 12;

/// The commitments and responses of a document.
pub(crate) fn propose(
    syntax: &Syntax,
    dates: &Dates,
    speech: &Speech,
    voices: &Voices,
    calls: &Calls,
) -> Vec<Proposal> {
    let document = syntax.document;
    let answering = who::Answering {
        syntax,
        speech,
        voices,
        calls,
    };
    let mut proposals = Vec::new();
    let mut given = Vec::new();
    let (mut last, mut told) = (None, None);
    for hit in document.hits(Table::Answer) {
        // Words that stand for two entries make one record: the first's.
        if last.replace(hit.tokens) == Some(hit.tokens)
            || document.part(hit.tokens.from) != Part::Body
            || document.is_deed(hit.tokens.from)
        {
            continue;
        }
        let entry = &document.lexicon.answers[hit.entry as usize];
        match entry.record {
            AnswerKind::Commitment => {
                proposals.extend(commitment(syntax, dates, speech, voices, hit));
            }
            AnswerKind::Response => {
                let answer = response(&answering, dates, hit);
                given.extend(answer.is_some().then_some(hit.tokens));
                // `rejected the report, calling it a fabrication`: one answer.
                let sentence = document.sentence_number(hit.tokens.from);
                let said = answer.as_ref().and_then(|it| match &it.body {
                    RecordBody::Response(it) => {
                        Some((sentence, it.by.value.clone(), it.answer.value.clone()))
                    }
                    _ => None,
                });
                if said.is_some() && said != told {
                    proposals.extend(answer);
                    told = said;
                }
            }
        }
    }
    proposals.extend(denied::find(syntax, dates, speech, &given));
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
    let first = hit.tokens.from;
    if syntax.is_not_finite(first) || is_no_undertaking(document, hit) {
        return None;
    }
    let own_first = document.is_any(first, &["we", "i"]);
    if document.is(first, Class::ThirdPerson) {
        // `Japan said that it would raise the matter`: whoever says so undertakes it.
        let said = speech.at(first)?;
        let by = said.speaker.clone()?;
        let harms = is_of_offenders(document, Phrase::Pronoun(first), hit);
        return (!harms && promised(syntax, said, first))
            .then(|| undertaken(syntax, dates, hit, Some(implied(by, first)), false))?;
    }
    if own_first && is_relative(syntax, first) {
        return None;
    }
    let phrase = if own_first {
        Phrase::Pronoun(first)
    } else {
        match syntax.subject(first) {
            Some(phrase) => phrase,
            None => {
                let speaker = speech.at(first).filter(|utterance| utterance.own)?;
                return undertaken(syntax, dates, hit, speaker.speaker.clone(), true);
            }
        }
    };
    // `“We will not stop,” she said`: whoever she is, she is not the document.
    let somebody = speech.at(first).is_some_and(|told| {
        let beside = [told.cue.from.saturating_sub(1), told.cue.to];
        let pronoun = |at: u32| document.is(at, Class::ThirdPerson);
        told.direct && told.speaker.is_none() && beside.into_iter().any(pronoun)
    });
    let own = |at: u32| {
        if somebody {
            return None;
        }
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
    if is_of_offenders(document, phrase, hit) {
        return None;
    }
    let by = match phrase {
        Phrase::Pronoun(at) if document.is_any(at, &["we", "i"]) => own(at),
        Phrase::Pronoun(at) if document.is_word(at, "it") => {
            Some(meant_by_it(syntax, at, None).map(|actor| implied(actor, at))?)
        }
        Phrase::Pronoun(_) => {
            let last = last_speaker(speech, first);
            Some(spoken_by(syntax, voices, phrase, last)?)
        }
        Phrase::Entity(entity, ..)
            if syntax.names.entities[entity as usize].kind == EntityKind::Instrument =>
        {
            return None;
        }
        Phrase::Entity(..) => syntax.actor(phrase),
        Phrase::Words(_) if syntax.can_act(phrase) => syntax.actor(phrase),
        Phrase::Words(_) => return None,
    };
    let we =
        own_first || matches!(phrase, Phrase::Pronoun(at) if document.is(at, Class::FirstPerson));
    let own_voice = we && !somebody;
    undertaken(syntax, dates, hit, by, own_voice)
}

/// `The smugglers promised them work`, `the army vowed to wipe out the village`, `the prisoner promised
/// to eat again`: what those who lure, harm or are held hold out is no undertaking to answer for.
fn is_of_offenders(document: &Document, phrase: Phrase, hit: &Hit) -> bool {
    let harms = document.is(hit.tokens.to, Class::Harming);
    let Phrase::Words(words) = phrase else {
        return harms;
    };
    let who = document.trimmed(words).to.checked_sub(1);
    harms || who.is_some_and(|at| document.is(at, Class::Luring) || document.is(at, Class::Captive))
}

/// `We will see`, `we shall be judged`: nothing is undertaken.
pub(crate) fn is_no_undertaking(document: &Document, hit: &Hit) -> bool {
    let last = hit.tokens.to.saturating_sub(1);
    let next = hit.tokens.to;
    document.is_any(last, &["will", "shall", "'ll", "’ll"])
        && (document.is(next, Class::Auxiliary)
            || !document.is_plain(next)
            || document.is(next, Class::NoUndertaking))
}

/// `the effort we will make`: a clause that belongs to the noun before it.
fn is_relative(syntax: &Syntax, pronoun: u32) -> bool {
    let document = syntax.document;
    let sentence = document.sentence(pronoun).tokens;
    let Some(before) = pronoun.checked_sub(1).filter(|&at| sentence.has(at)) else {
        return false;
    };
    document.is_plain(before)
        && !document.is(before, Class::Conjunction)
        && !document.is(before, Class::Subordinator)
        && !document.is(before, Class::Relative)
        && !syntax.is_adverb(before)
        && document
            .hits_in(Table::Speech, Stretch::new(before, pronoun))
            .is_empty()
        && !document.is_digits(before)
}

/// The actor, as one whom the token stands for.
fn implied(actor: Actor, at: u32) -> Actor {
    Actor {
        words: Stretch::new(at, at + 1),
        inferred: true,
        ..actor
    }
}

/// The record of an undertaking by `by`; `own` when nobody is named because the document undertakes it.
fn undertaken(
    syntax: &Syntax,
    dates: &Dates,
    hit: &Hit,
    by: Option<Actor>,
    own: bool,
) -> Option<Proposal> {
    let document = syntax.document;
    let entry = &document.lexicon.answers[hit.entry as usize];
    let first = hit.tokens.from;
    let undertaking = undertaking(document, hit);
    // `assured them that the men are well` tells, and undertakes nothing.
    let told = document.written(first).starts_with("assure")
        && !(undertaking.tokens().take(TOLD as usize)).any(|at| document.is(at, Class::Modal));
    if undertaking.len() < 2 || told {
        return None;
    }
    let whole = Stretch::new(first, undertaking.to);
    let mut builder = Builder::of(document, document.trimmed(whole));
    let inferred = by.as_ref().is_none_or(|actor| actor.inferred);
    let by = match by {
        Some(actor) => Some(builder.cited(document, actor.words, actor.reference)),
        None => own.then(|| {
            builder.cited(
                document,
                Stretch::new(first, first + 1),
                EntityRef::own_voice(),
            )
        }),
    };
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

/// What is undertaken: up to the end of the sentence, the quotation, or the next undertaking.
fn undertaking(document: &Document, hit: &Hit) -> Stretch {
    let sentence = document.sentence(hit.tokens.from).tokens;
    let from = hit
        .tokens
        .tokens()
        .find(|&at| document.is_word(at, "to"))
        .map_or(hit.tokens.to, |to| to + 1);
    // `will keep pressing for`: all behind `will`, but not `continue to`.
    let will = hit
        .tokens
        .tokens()
        .find(|&at| document.is_any(at, &["will", "shall", "'ll", "’ll"]))
        .filter(|&at| !(at..hit.tokens.to).any(|at| document.is_word(at, "continue")));
    let from = will.map_or(from, |will| will + 1);
    // `assured the families of the men that the remains will be handed over`
    let that = (from..sentence.to.min(from + TOLD)).find(|&at| document.is_word(at, "that"));
    let from = that
        .filter(|_| document.written(hit.tokens.from).starts_with("assure"))
        .map_or(from, |that| that + 1);
    // `will not stop working`: what is not to happen is never shown as what will.
    let from = hit
        .tokens
        .tokens()
        .find(|&at| document.is(at, Class::Negation))
        .unwrap_or(from);
    let inside = document.quotation_at(from);
    let next = document
        .hits_in(Table::Answer, Stretch::new(from + 1, sentence.to))
        .iter()
        .find(|next| {
            let before = next.tokens.from.saturating_sub(1);
            // `…, and it gives its word that`
            let before = before.saturating_sub(u32::from(document.is(before, Class::ThirdPerson)));
            document.lexicon.answers[next.entry as usize].record == AnswerKind::Commitment
                && document.is_any(before, &["and", ",", ";"])
        })
        .map_or(sentence.to, |next| {
            let pronoun = document.is(next.tokens.from - 1, Class::ThirdPerson);
            next.tokens.from - u32::from(pronoun)
        });
    let mut to = from;
    while to < next && to - from < LONGEST {
        let leaves = inside.is_some() && document.quotation_at(to) != inside;
        if leaves && !document.is_quote_mark(to) || document.is_quote_mark(to) && inside.is_some() {
            break;
        }
        to += 1;
    }
    while to > from && document.is(to - 1, Class::Conjunction) {
        to -= 1;
    }
    document.trimmed(Stretch::new(from, to))
}

/// The answer that words of answering introduce: a denial, one that puts off, or another; `None` where
/// nothing is said behind them.
fn told_answer(answering: &who::Answering, hit: &Hit) -> Option<&'static str> {
    let document = answering.syntax.document;
    let to = (hit.tokens.from..hit.tokens.to).any(|at| document.is_word(at, "to"));
    let said = answering.speech.said_by(hit.tokens);
    let Some(said) = said else {
        return to.then_some("other");
    };
    let (act, _) = act(answering.syntax, said);
    let puts_off = said
        .parts
        .iter()
        .any(|part| part.tokens().any(|at| document.is(at, Class::PuttingOff)));
    Some(match act {
        "denies" => "denied",
        _ if puts_off => "token",
        _ => "other",
    })
}

fn response(answering: &who::Answering, dates: &Dates, hit: &Hit) -> Option<Proposal> {
    let syntax = answering.syntax;
    let document = syntax.document;
    let entry = &document.lexicon.answers[hit.entry as usize];
    let answer = match entry.said {
        true => told_answer(answering, hit)?,
        false => entry.answer.as_deref()?,
    };
    let passive = syntax.is_passive(hit.tokens.from);
    // `has not denied the arrests`
    let negated = (syntax.verb_group_start(hit.tokens.from)..hit.tokens.from)
        .any(|at| document.is(at, Class::Negation));
    if negated && matches!(answer, "denied" | "favourable") {
        return None;
    }
    let requested = who::is_requested(document, hit);
    if !entry.unnamed && !requested && (passive || syntax.is_not_finite(hit.tokens.from)) {
        return None;
    }
    let sentence = document.sentence(hit.tokens.from).tokens;
    // `unless the State consents to`, `any ally that has not consented to`: a rule, no answer.
    let ahead = hit.tokens.from.saturating_sub(9).max(sentence.from)..hit.tokens.from;
    if ahead.into_iter().any(|at| {
        document.is_any(
            at,
            &[
                "unless", "if", "whether", "except", "any", "whoever", "anyone",
            ],
        )
    }) {
        return None;
    }
    let by = answering.responder(hit, entry.unnamed)?;
    let end = syntax
        .clause_end(hit.tokens.to.saturating_sub(1))
        .max(hit.tokens.to);
    let mut whole = Stretch::new(hit.tokens.from, end);
    if sentence.contains(by.words) {
        whole = Stretch::new(whole.from.min(by.words.from), whole.to.max(by.words.to));
    }
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
