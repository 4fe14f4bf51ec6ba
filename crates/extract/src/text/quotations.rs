//! Finds words between quotation marks, also where the marks do not match, and speech that runs
//! over several passages (each opens anew, only the last one closes).
//!
//! Invariant: quotations ascend and do not overlap; one that is never closed is none, unless it
//! runs on in the next passage.

use super::{Document, Part, Stretch};

/// Words between quotation marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quotation {
    /// The words, without the marks.
    pub words: Stretch,
    /// The words with the marks.
    pub marked: Stretch,
    /// Number of the quotation in the passage before that this one goes on with.
    pub continues: Option<u32>,
    /// Whether it is part of the clause around it: it begins in lower case, right behind a word.
    pub embedded: bool,
}

/// Fills the document's quotations.
pub(super) fn find(document: &mut Document) {
    let mut quotations: Vec<Quotation> = Vec::new();
    let mut left_open: Option<u32> = None;
    for number in 0..document.blocks.len() {
        let block = document.blocks[number];
        if block.part != Part::Body {
            left_open = None;
            continue;
        }
        let mut open: Option<u32> = None;
        let continued = left_open.take();
        let mut single: Option<u32> = None;
        for at in block.tokens.tokens() {
            if single.is_some_and(|close| at < close) {
                continue;
            }
            if open.is_none()
                && let Some(close) = single_close(document, at, block.tokens)
            {
                push(
                    document,
                    &mut quotations,
                    at,
                    close,
                    close + 1,
                    None,
                    block.tokens,
                );
                document.single_marks.extend([at, close]);
                single = Some(close + 1);
                continue;
            }
            if !document.is_quote_mark(at) {
                continue;
            }
            match open {
                None if opens(document, at, block.tokens) => open = Some(at),
                Some(from) if closes(document, at, block.tokens) => {
                    push(
                        document,
                        &mut quotations,
                        from,
                        at,
                        at + 1,
                        continued,
                        block.tokens,
                    );
                    open = None;
                }
                _ => {}
            }
        }
        let Some(from) = open else { continue };
        let runs_on = from == block.tokens.from || continued.is_some();
        let next_opens = document.blocks.get(number + 1).is_some_and(|next| {
            next.part == Part::Body && document.is_quote_mark(next.tokens.from)
        });
        if next_opens || (runs_on && block.tokens.to - from > 4) {
            let to = block.tokens.to;
            push(
                document,
                &mut quotations,
                from,
                to,
                to,
                continued,
                block.tokens,
            );
            if next_opens {
                left_open = Some(quotations.len() as u32 - 1);
            }
        }
    }
    let mut of = vec![0; document.tokens.len()];
    for (number, quotation) in quotations.iter().enumerate() {
        for at in quotation.words.tokens() {
            of[at as usize] = number as u32 + 1;
        }
    }
    document.quotations = quotations;
    document.quotation_of = of;
}

fn push(
    document: &Document,
    quotations: &mut Vec<Quotation>,
    open: u32,
    close: u32,
    marked_to: u32,
    continued: Option<u32>,
    block: Stretch,
) {
    quotations.push(Quotation {
        words: Stretch::new(open + 1, close),
        marked: Stretch::new(open, marked_to),
        continues: continued.filter(|_| open == block.from),
        embedded: is_embedded(document, open, close, block),
    });
}

/// Whether words are quoted within a clause that goes on around them. A comma, a colon or a verb of
/// saying right before, or a stop right inside, makes them speech.
fn is_embedded(document: &Document, open: u32, close: u32, block: Stretch) -> bool {
    let Some(before) = open.checked_sub(1).filter(|&at| block.has(at)) else {
        return false;
    };
    let lower = document.is_plain(open + 1) && !document.is_capital(open + 1);
    let ends_with_comma = close > open + 1 && document.is_word(close - 1, ",");
    let behind = document.written(close + 1);
    let sentence_behind = ends_with_comma && !behind.is_empty() && behind != "among";
    lower && document.is_plain(before) && !sentence_behind
}

/// The most words between single marks.
const SINGLE: u32 = 160;

/// Where speech between single marks ends that opens at the token: behind a comma or a stop, so that
/// no apostrophe (`the workers' rights`) closes it.
fn single_close(document: &Document, at: u32, block: Stretch) -> Option<u32> {
    let mark = |at: u32| matches!(document.written(at), "'" | "’");
    let spaced = |at: u32| document.token(at).is_none_or(|t| t.shape.is_spaced());
    let first = at == block.from || spaced(at) || document.is_any(at - 1, &["(", ":"]);
    let opening = document.written(at) == "‘" || document.written(at) == "'" && first;
    let begins = document.is_plain(at + 1) && !spaced(at + 1) && document.is_capital(at + 1);
    if !opening || !begins {
        return None;
    }
    let near = Stretch::new(at + 3, block.to.min(at + SINGLE));
    near.tokens().find(|&close| {
        mark(close)
            && !spaced(close)
            && document.is_any(close - 1, &[",", ".", "?", "!", "…", "—"])
            && (close + 1 >= block.to || spaced(close + 1) || !document.is_plain(close + 1))
    })
}

fn opens(document: &Document, at: u32, block: Stretch) -> bool {
    match document.written(at) {
        "“" | "„" | "«" => true,
        "\"" => {
            let before = at.checked_sub(1).filter(|&before| before >= block.from);
            let apart = document.token(at).is_some_and(|t| t.shape.is_spaced())
                || before.is_none_or(|before| {
                    document.is_dash(before) || document.is_any(before, &["(", "[", ":"])
                });
            let next = document.token(at + 1);
            apart && at + 1 < block.to && next.is_some_and(|next| !next.shape.is_spaced())
        }
        _ => false,
    }
}

fn closes(document: &Document, at: u32, block: Stretch) -> bool {
    match document.written(at) {
        "”" | "»" => true,
        "\"" | "“" => {
            let next_apart = at + 1 >= block.to
                || document
                    .token(at + 1)
                    .is_none_or(|next| next.shape.is_spaced() || !next.shape.is_word());
            document.token(at).is_some_and(|t| !t.shape.is_spaced()) && next_apart
        }
        _ => false,
    }
}
