//! What must stand beside a violation's words, and what must not: `sentenced` … `years`.
//!
//! Invariant: looks at most `within` words away, so the whole is linear in the text.

use super::{Document, Stretch};
use crate::lexicon::Table;

/// From how many words on what must stand beside may stand in another sentence of the passage.
const ANYWHERE: u32 = 30;

/// Whether a violation's words have beside them what they need, and not what they may not have.
pub(super) fn stands(document: &Document, tokens: Stretch, violation: u32) -> bool {
    let entry = &document.lexicon.violations[violation as usize];
    let has = entry.beside.is_empty() || beside(document, tokens, violation).is_some();
    let sentence = document.sentence(tokens.from).tokens;
    has && (entry.unless.is_empty()
        || !document
            .hits_in(Table::Unless, sentence)
            .iter()
            .any(|hit| hit.entry == violation))
}

/// The words nearest to a violation's that it needs beside it: in its sentence, on the same side of
/// a quotation mark, and not in another part of a list of clauses.
pub(super) fn beside(document: &Document, tokens: Stretch, violation: u32) -> Option<Stretch> {
    let within = document.lexicon.violations[violation as usize].within;
    let around = if within < ANYWHERE {
        document.sentence(tokens.from).tokens
    } else {
        document.block(tokens.from).tokens
    };
    let near = Stretch::new(
        tokens.from.saturating_sub(within).max(around.from),
        (tokens.to + within).min(around.to),
    );
    let gap = |other: Stretch| match other.from >= tokens.to {
        true => Stretch::new(tokens.to, other.from),
        false => Stretch::new(other.to, tokens.from),
    };
    document
        .hits_in(Table::Beside, near)
        .iter()
        .filter(|hit| hit.entry == violation && near.contains(hit.tokens))
        .filter(|hit| !hit.tokens.overlaps(tokens))
        .filter(|hit| {
            let apart = |at: u32| document.is_word(at, ";") || document.bounds_speech(at);
            within >= ANYWHERE || !gap(hit.tokens).tokens().any(apart)
        })
        .min_by_key(|hit| (gap(hit.tokens).len(), hit.tokens.from))
        .map(|hit| hit.tokens)
}
