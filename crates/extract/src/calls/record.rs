//! Calls as proposals.
//!
//! Invariant: the first quote runs from the call's first word, or its addressee, to the end of the
//! demand.

use super::{Called, Calls};
use crate::claims::codes_in;
use crate::dates::Dates;
use crate::propose::Builder;
use crate::speech::Speech;
use crate::syntax::Syntax;
use crate::text::{Document, Stretch};
use model::{Band, Call, Code, EntityRef, Proposal, RecordBody};

/// Calls as proposals.
///
/// Where nobody is said to call and nobody is speaking, the document itself calls.
pub(crate) fn propose(
    syntax: &Syntax,
    dates: &Dates,
    speech: &Speech,
    calls: &Calls,
) -> Vec<Proposal> {
    calls
        .all
        .iter()
        .filter_map(|called| {
            let own = speech.at(called.cue.from).is_none()
                || speech
                    .at(called.cue.from)
                    .is_some_and(|utterance| utterance.own);
            record(syntax, dates, called, own)
        })
        .collect()
}

fn record(syntax: &Syntax, dates: &Dates, called: &Called, own: bool) -> Option<Proposal> {
    let document = syntax.document;
    let first = called
        .addressees
        .iter()
        .map(|actor| actor.words.from)
        .chain([called.cue.from])
        .filter(|&at| document.sentence(at).tokens == document.sentence(called.cue.from).tokens)
        .min()
        .unwrap_or(called.cue.from);
    let whole = if called.further {
        called.demand
    } else {
        Stretch::new(
            first.min(called.demand.from),
            called.demand.to.max(called.cue.to),
        )
    };
    let mut builder = Builder::of(document, document.balanced(document.trimmed(whole)));
    let caller = match &called.caller {
        Some(actor) => Some(builder.cited(document, actor.words, actor.reference.clone())),
        None => (own && !called.by_other)
            .then(|| builder.cited(document, called.cue, EntityRef::own_voice())),
    };
    let inferred = called.caller.as_ref().is_some_and(|actor| actor.inferred);
    let addressees = called
        .addressees
        .iter()
        .map(|actor| builder.cited(document, actor.words, actor.reference.clone()))
        .collect();
    let words = document.words(called.demand).to_owned();
    let demand = builder.cited(document, called.demand, words);
    let violations = codes_in(document, syntax.names, called.demand)
        .into_iter()
        .map(|(code, words)| builder.cited(document, words, Code::from(code.as_str())))
        .collect();
    let date = date_of(document, dates, called)
        .map(|dated| builder.cited(document, dated.tokens, dated.resolved.clone()));
    let body = RecordBody::Call(Call {
        caller,
        addressees,
        demand,
        violations,
        date,
        basis: None,
        repeats: None,
    });
    let band = if inferred {
        Band::Inferred
    } else {
        Band::Stated
    };
    builder.finish(&called.rule, band, body)
}

/// The date in the sentence of a call, outside its demand and outside any quotation.
fn date_of<'d>(
    document: &Document,
    dates: &'d Dates,
    called: &Called,
) -> Option<&'d crate::dates::Dated> {
    let sentence = document.sentence(called.cue.from).tokens;
    dates.within(sentence).iter().find(|dated| {
        !dated.bound
            && !called.demand.overlaps(dated.tokens)
            && document.quotation_at(dated.tokens.from).is_none()
    })
}
