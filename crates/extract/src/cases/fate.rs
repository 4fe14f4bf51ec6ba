//! What the sentence of an allegation says of those who were taken: that they are asked for, or that
//! they are back.
//!
//! Invariant: only words of what has happened close a case (`were released`, `is coming home`), never
//! a demand (`must be released`).

use crate::lexicon::{Class, Table};
use crate::text::{Document, Stretch};
use model::Proposal;

/// How many words before a word of return its helper may stand: `have finally been set free`.
const HELPER: u32 = 4;

/// The sentence in which a proposal is told.
pub(super) fn sentence(document: &Document, proposal: &Proposal) -> Option<Stretch> {
    let span = proposal.quotes.first()?.span;
    let byte = document.chars.byte(document.text, span.start)? as u32;
    let at = document.tokens.partition_point(|token| token.end <= byte) as u32;
    document.token(at)?;
    Some(document.sentence(at).tokens)
}

/// Whether the sentence asks for those it speaks of: `until all of them are home`.
pub(super) fn is_asked_for(document: &Document, sentence: Stretch) -> bool {
    sentence.tokens().any(|at| document.is(at, Class::AskedFor))
}

/// Whether it is told as going on: `are held`, `remains in prison`.
pub(super) fn goes_on(document: &Document, sentence: Stretch) -> bool {
    sentence.tokens().any(|at| {
        let act = Stretch::new(at + 1, (at + 4).min(sentence.to));
        document.is_any(at, &["remain", "remains", "still"])
            || document.is_any(at, &["are", "is", "'re"])
                && !document.hits_in(Table::Violation, act).is_empty()
    })
}

/// Whether the sentence says that they are free, back or dead.
pub(super) fn is_closed(document: &Document, sentence: Stretch) -> bool {
    sentence.tokens().any(|at| {
        document.is(at, Class::BackAgain) && is_told(document, sentence, at)
            || document.is_any(at, &["hanged", "executed"]) && is_told(document, sentence, at)
    })
}

/// Whether a word of return tells what has happened or happens now: a helper in the past or present
/// before it, and nothing that asks for it or sets it before something else.
fn is_told(document: &Document, sentence: Stretch, at: u32) -> bool {
    let floor = sentence.from.max(at.saturating_sub(HELPER));
    let before = floor..at;
    let helped = before.clone().any(|at| {
        document.is_any(
            at,
            &[
                "was", "were", "been", "are", "is", "am", "has", "have", "'re", "'ve",
            ],
        )
    });
    let wanted = (sentence.from.max(at.saturating_sub(HELPER + 4))..at).any(|at| {
        document.is(at, Class::Deontic)
            || document.is(at, Class::Irrealis)
            || document.is(at, Class::Negation)
            || document.is_any(at, &["to", "until", "after", "when"])
    });
    helped && !wanted
}

/// Whether one of the words stands in the sentence.
pub(super) fn has_word(document: &Document, sentence: Stretch, words: &[String]) -> bool {
    !words.is_empty()
        && sentence.tokens().any(|at| {
            let written = document.written(at).to_lowercase();
            words.contains(&written)
        })
}
