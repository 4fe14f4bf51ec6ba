//! Cuts passages into sentences.
//!
//! A sentence ends at `.`, `!` or `?` with the quotation marks and brackets that close behind it,
//! when what follows can begin one. Stops that belong to a word (`Mr.`, `U.S.`) are part of it.
//! Invariant: no sentence is longer than [`LONGEST`] tokens, so rules that look around are linear.

use super::{Document, Sentence, Stretch};
use crate::lexicon::Class;

/// The most tokens of a sentence; longer ones are cut.
pub(super) const LONGEST: u32 = 320;

/// Fills the document's sentences.
pub(super) fn split(document: &mut Document) {
    let mut sentence_of = vec![0; document.tokens.len()];
    let mut sentences: Vec<Sentence> = Vec::new();
    for number in 0..document.blocks.len() {
        let tokens = document.blocks[number].tokens;
        let first = sentences.len() as u32;
        let mut from = tokens.from;
        let mut at = tokens.from;
        while at < tokens.to {
            let end = end_after(document, at, tokens);
            let cut = end.unwrap_or(at + 1);
            if end.is_some() || cut - from >= LONGEST || cut >= tokens.to {
                for token in from..cut {
                    sentence_of[token as usize] = sentences.len() as u32;
                }
                sentences.push(Sentence {
                    tokens: Stretch::new(from, cut),
                    block: number as u32,
                });
                from = cut;
            }
            at = cut;
        }
        document.blocks[number].sentences = Stretch::new(first, sentences.len() as u32);
    }
    document.sentences = sentences;
    document.sentence_of = sentence_of;
}

/// One past the sentence that ends with the token at `at`, when one does.
fn end_after(document: &Document, at: u32, block: Stretch) -> Option<u32> {
    let limit = block.to;
    let written = document.written(at);
    let is_stop = matches!(written, "." | "!" | "?" | "..." | "…" | "....");
    if is_dateline_end(document, at, block) {
        return Some(at + 1);
    }
    let is_acronym = written.len() > 2 && written.ends_with('.') && document.is_plain(at);
    if !is_stop && !is_acronym {
        return None;
    }
    let mut next = at + 1;
    while next < limit && closes(document, next) {
        next += 1;
    }
    if next >= limit {
        return Some(limit);
    }
    let follower = if document.is_quote_mark(next) || document.is_any(next, &["(", "[", "‘", "'"])
    {
        next + 1
    } else {
        next
    };
    let token = document.token(follower)?;
    let begins = token.shape.is_capital() || token.shape.is_number();
    let spaced = document.token(next).is_some_and(|t| t.shape.is_spaced());
    if !spaced || !begins {
        return None;
    }
    let is_starter = document.is(follower, Class::Starter);
    if is_acronym && next == at + 1 {
        let title = document.is(at, Class::Abbreviation);
        return (is_starter && !title).then_some(next);
    }
    let trails = matches!(written, "..." | "…");
    (!trails || is_starter || next > at + 1).then_some(next)
}

/// Whether a dash ends a dateline: `27 July 2017 – `, `GENEVA (18 October 2024) — `.
fn is_dateline_end(document: &Document, at: u32, block: Stretch) -> bool {
    if !document.is_dash(at) || !document.token(at).is_some_and(|t| t.shape.is_spaced()) {
        return false;
    }
    block.from < at
        && at - block.from <= 12
        && (block.from..at).any(|at| {
            document.is(at, Class::Month)
                || document
                    .token(at)
                    .is_some_and(|token| token.shape.is_upper())
        })
        && (block.from..at)
            .all(|at| !document.is_plain(at) || document.is_capital(at) || document.is_digits(at))
}

/// Whether a mark closes what stands before it.
fn closes(document: &Document, at: u32) -> bool {
    let spaced = document.token(at).is_some_and(|t| t.shape.is_spaced());
    match document.written(at) {
        "”" | "’" | ")" | "]" | "»" => true,
        "\"" | "'" => !spaced,
        "." | "!" | "?" => !spaced,
        _ => false,
    }
}
