//! Answers that deny by what they say: `Beijing says there are no such people` answers those who say
//! there are.
//!
//! Invariant: one for each denial that words of answering have not given already.

use crate::dates::Dates;
use crate::lexicon::Class;
use crate::propose::Builder;
use crate::speech::{Speech, Utterance, act};
use crate::syntax::Syntax;
use crate::text::Stretch;
use model::{Band, Code, EntityKind, Proposal, RecordBody, Response};

/// The answers that utterances give. `given` are the words of those found by words of answering.
pub(super) fn find(
    syntax: &Syntax,
    dates: &Dates,
    speech: &Speech,
    given: &[Stretch],
) -> Vec<Proposal> {
    let document = syntax.document;
    let sentence = |at: u32| document.sentence(at).tokens;
    let free = |utterance: &&Utterance| {
        let own = sentence(utterance.cue.from);
        !given.iter().any(|words| own.overlaps(*words)) && own == sentence(utterance.words.from)
    };
    let denials = speech.utterances.iter().filter(|utterance| {
        let plain = utterance.act == "asserts" && !utterance.rule.is_empty() && !utterance.own;
        plain && is_of_power(syntax, utterance) && act(syntax, utterance).0 == "denies"
    });
    denials
        .filter(free)
        .filter_map(|utterance| response(syntax, dates, utterance))
        .collect()
}

/// Whether a state or a body speaks: what an accused person or a guard says is not so is no answer.
fn is_of_power(syntax: &Syntax, utterance: &Utterance) -> bool {
    let document = syntax.document;
    utterance
        .speaker
        .as_ref()
        .is_some_and(|by| match by.reference.kind {
            EntityKind::State | EntityKind::Organisation => true,
            EntityKind::Group => by.words.tokens().any(|at| {
                document.is(at, Class::Regime)
                    || document.is(at, Class::Government)
                    || document.is(at, Class::Official)
                    || document.is(at, Class::Collective)
            }),
            _ => {
                by.role.is_some()
                    || (by.words.tokens()).any(|at| {
                        document.is(at, Class::Official) && !document.is(at, Class::Armed)
                    })
            }
        })
}

fn response(syntax: &Syntax, dates: &Dates, utterance: &Utterance) -> Option<Proposal> {
    let document = syntax.document;
    let by = utterance.speaker.as_ref()?;
    let words = document.balanced(document.trimmed(utterance.words));
    let mut builder = Builder::of(document, words);
    let sentence = document.sentence(utterance.cue.from).tokens;
    let date = dates
        .within(sentence)
        .iter()
        .find(|dated| !dated.bound && !utterance.words.has(dated.tokens.from))
        .map(|dated| builder.cited(document, dated.tokens, dated.resolved.clone()));
    let body = RecordBody::Response(Response {
        by: builder.cited(document, by.words, by.reference.clone()),
        to: None,
        answer: builder.cited(document, utterance.cue, Code::from("denied")),
        date,
        effect: None,
        assessed_by: None,
    });
    let band = if by.inferred {
        Band::Inferred
    } else {
        Band::Stated
    };
    builder.finish("response.denial", band, body)
}
