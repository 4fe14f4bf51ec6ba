//! Which date of its sentence an event has.
//!
//! Invariant: never one that belongs to another noun, participle or clause (`owned.rs`), nor one that
//! is still to come.

use super::owned::{is_of_noun, is_of_participle, is_span, reaches};
use crate::dates::{Dated, Dates};
use crate::lexicon::Class;
use crate::syntax::Syntax;
use crate::text::{Document, Stretch};

/// The date of the clause; else, of a sentence that has only one. The date that opens the sentence
/// goes before one that a noun in it has.
pub(super) fn date<'d>(
    syntax: &Syntax,
    dates: &'d Dates,
    clause: Stretch,
    words: Stretch,
    sentence: Stretch,
) -> Option<&'d Dated> {
    let document = syntax.document;
    let fits = |dated: &Dated| {
        let noun = is_of_noun(document, dated.tokens) && !reaches(words, dated.tokens);
        !dated.bound
            && !noun
            && !is_apart(syntax, words, sentence, dated)
            && !is_span(document, dated)
            && !dates.is_to_come(dated)
            && !is_of_participle(syntax, words.to.saturating_sub(1), dated.tokens)
    };
    let opening =
        |dated: &Dated| dated.tokens.from <= clause.from + 3 && !is_of_noun(document, dated.tokens);
    let nearest = |stretch: Stretch| {
        dates
            .within(stretch)
            .iter()
            .filter(|dated| fits(dated))
            .min_by_key(|dated| {
                let gap = if dated.tokens.from >= words.to {
                    dated.tokens.from - words.to
                } else {
                    words.from.saturating_sub(dated.tokens.to)
                };
                let later = is_of_noun(document, dated.tokens) && !opening(dated);
                (later, gap, dated.tokens.from)
            })
    };
    nearest(clause)
        .or_else(|| match dates.within(sentence) {
            [only] if fits(only) => Some(only),
            _ => None,
        })
        .or_else(|| in_which(syntax, dates, words, sentence))
        .or_else(|| {
            // `17 September 2002: Pyongyang admits that it had abducted …`
            let before =
                (words.from.saturating_sub(3)..words.from).any(|at| document.is_word(at, "had"));
            let block = document.block(words.from).tokens;
            (!before).then(|| dates.dateline(block)).flatten()
        })
}

/// The date of a noun that the clause goes on from: `the February 1, 2021, coup, in which the army
/// arrested the ministers`.
fn in_which<'d>(
    syntax: &Syntax,
    dates: &'d Dates,
    words: Stretch,
    sentence: Stretch,
) -> Option<&'d Dated> {
    let document = syntax.document;
    let before = Stretch::new(sentence.from, words.from);
    let dated = dates.within(before).last()?;
    let end = words.from.min(dated.tokens.to + 6);
    let linked = (dated.tokens.to..end).any(|at| {
        document.is_word(at, "which")
            && document.is_any(at.saturating_sub(1), &["in", "during", "on"])
    });
    (linked && !dated.bound).then_some(dated)
}

/// Whether a date lies in another clause than the words: `who`, `when`, `after` between them.
fn is_apart(syntax: &Syntax, words: Stretch, sentence: Stretch, dated: &Dated) -> bool {
    let document = syntax.document;
    let between = if dated.tokens.from >= words.to {
        words.to..dated.tokens.from
    } else {
        dated.tokens.to..words.from
    };
    // `The Minister: Yesterday, after the trial, …`
    let first = syntax.clause_start(dated.tokens.from).max(sentence.from);
    let opens = dated.tokens.from <= first + 3;
    between.clone().any(|at| {
        let relative = document.is_any(at, &["who", "which", "where", "whose"]);
        let subordinate =
            document.is_any(at, &["when", "for", "after", "before", "despite"]) && !opens;
        (relative && !(opens && is_past(document, at, words)) || subordinate)
            && document.is_plain(at + 1)
    })
}

/// Whether words stand behind a relative clause, not in it: `five men who were held are free` has a
/// second verb behind its first.
fn is_past(document: &Document, relative: u32, words: Stretch) -> bool {
    let helper = |at: u32| document.is(at, Class::Auxiliary) || document.is(at, Class::Modal);
    let mut verbs = 0;
    for at in relative + 1..words.to {
        verbs += u32::from(helper(at) && !helper(at - 1));
    }
    verbs > 1
}
