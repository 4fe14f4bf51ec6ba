//! A document in pieces that fit into one question.
//!
//! Invariant: every clean passage with words stands in one window, whole or in pieces that follow
//! each other; a piece never ends within a character.

use model::{CharIndex, Reading};
use std::ops::Range;

/// Bytes of text in one question, about.
const BYTES: usize = 6_000;

/// A stretch of one passage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    /// The passage's number.
    pub number: u32,
    /// Bytes of the reading's text.
    pub bytes: Range<usize>,
}

/// The windows of a reading, in its order.
pub(crate) fn windows(reading: &Reading, chars: &CharIndex) -> Vec<Vec<Piece>> {
    let mut all = Vec::new();
    let (mut window, mut filled) = (Vec::new(), 0);
    for passage in reading.passages.iter().filter(|passage| passage.is_clean()) {
        let (Some(from), Some(to)) = (
            chars.byte(&reading.text, passage.span.start),
            chars.byte(&reading.text, passage.span.end),
        ) else {
            continue;
        };
        for bytes in pieces(&reading.text, from..to) {
            if filled > 0 && filled + bytes.len() > BYTES {
                all.push(std::mem::take(&mut window));
                filled = 0;
            }
            filled += bytes.len();
            window.push(Piece {
                number: passage.number,
                bytes,
            });
        }
    }
    if !window.is_empty() {
        all.push(window);
    }
    all
}

/// A stretch cut at blanks into pieces of at most [`BYTES`].
fn pieces(text: &str, whole: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = whole.start;
    while from < whole.end {
        let mut to = whole.end.min(from + BYTES);
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        if to < whole.end
            && let Some(blank) = text[from..to].rfind(char::is_whitespace)
            && blank > 0
        {
            to = from + blank;
        }
        if !text[from..to].trim().is_empty() {
            pieces.push(from..to);
        }
        from = to;
    }
    pieces
}
