//! Delimited text: cells between commas, semicolons, tabs or bars, in quotation marks where they
//! hold one of those or a line end. Standard: RFC 4180, read leniently.
//!
//! Invariant: one pass; every character of the file is in one cell, or separates two. A
//! quotation mark that is never closed swallows nothing: it is read as the character it is.

use super::lay_out::LayOut;
use super::{Cell, Content, Row};
use crate::draft::Draft;
use crate::facts::Facts;
use model::{LeftOut, PassageKind};

/// What may separate cells, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records that the separator is judged by.
const JUDGED: usize = 40;
/// Longest cell in quotation marks, in bytes; one that is longer was never closed.
const LONGEST_QUOTED: usize = 4 << 20;
/// How many times the file may be passed over in vain, in search of closing marks, before all
/// marks are read as characters.
const IN_VAIN: usize = 4;

/// Reads `source`, a table in text.
pub(crate) fn read<'s>(source: &'s str, facts: &mut Facts) -> Draft<'s> {
    let mut draft = Draft::new(source);
    let (stated, from) = stated_separator(source);
    if from > 0 {
        draft.open(PassageKind::Paragraph, 0, 0);
        draft.push(&source[..from], 0, false);
        draft.close();
        for block in &mut draft.blocks {
            block.left_out = Some(LeftOut::FrontMatter);
        }
    }
    let separator = stated.unwrap_or_else(|| likely_separator(source));
    let mut records = Records::new(source, from, separator);
    let mut number = u32::from(from > 0);
    let mut table = LayOut::new(&mut draft, None);
    while let Some(cells) = records.next() {
        number += 1;
        if !table.row(Row { number, cells }, facts) {
            break;
        }
    }
    table.finish(facts);
    if let Some(first) = records.unclosed_at {
        facts.remarks.push(format!(
            "A quotation mark that opens a cell at character {} is never closed; it and others \
             like it were read as characters of their cells.",
            source[..first].chars().count() + 1
        ));
    }
    draft
}

/// The separator that a first line such as `sep=;` states, and the first byte behind that line.
fn stated_separator(source: &str) -> (Option<u8>, usize) {
    let line = source.split(['\n', '\r']).next().unwrap_or_default();
    let stated = line.strip_prefix("sep=").map(str::as_bytes);
    match stated {
        Some([separator]) if separator.is_ascii() && *separator != b'"' => {
            let rest = &source.as_bytes()[line.len()..];
            let end = if rest.starts_with(b"\r\n") {
                2
            } else {
                rest.len().min(1)
            };
            (Some(*separator), line.len() + end)
        }
        _ => (None, 0),
    }
}

/// The separator that cuts the first records into the same number of cells most often.
fn likely_separator(source: &str) -> u8 {
    let score = |separator: u8| {
        let mut widths: Vec<usize> = Vec::new();
        let mut records = Records::new(source, 0, separator);
        while widths.len() < JUDGED
            && let Some(cells) = records.next()
        {
            let blank = cells.iter().all(|cell| !cell.content.is_filled());
            if !blank {
                widths.push(cells.len());
            }
        }
        widths.sort_unstable();
        let modes = widths.chunk_by(|a, b| a == b);
        let most = modes
            .filter(|mode| mode[0] > 1)
            .map(|mode| (mode.len(), mode[0]))
            .max();
        most.unwrap_or((0, 0))
    };
    let mut best = (SEPARATORS[0], (0, 0));
    for separator in SEPARATORS {
        let score = score(separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

/// Cuts a text into records, and records into cells.
struct Records<'s> {
    source: &'s str,
    at: usize,
    separator: u8,
    /// Where the first quotation mark stands that was never closed.
    unclosed_at: Option<usize>,
    /// Bytes passed over in search of closing marks that were not there.
    in_vain: usize,
}

impl<'s> Records<'s> {
    fn new(source: &'s str, at: usize, separator: u8) -> Self {
        Self {
            source,
            at,
            separator,
            unclosed_at: None,
            in_vain: 0,
        }
    }

    /// The cells of the next record; an empty line has one that is empty.
    fn next(&mut self) -> Option<Vec<Cell<'s>>> {
        let bytes = self.source.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let pieces = self.cell();
            // Columns beyond any limit are refused by number, not by their memory.
            if cells.len() <= super::MAX_COLUMNS {
                cells.push(Cell {
                    column: cells.len(),
                    content: Content::Pieces(pieces),
                });
            }
            match bytes.get(self.at) {
                Some(&byte) if byte == self.separator => self.at += 1,
                Some(b'\r') if bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return Some(cells);
                }
                Some(_) => {
                    self.at += 1;
                    return Some(cells);
                }
                None => return Some(cells),
            }
        }
    }

    /// The pieces of the cell at hand; leaves `at` on what ends it.
    fn cell(&mut self) -> Vec<(&'s str, usize)> {
        let start = self.at;
        let mut pieces = Vec::new();
        let bytes = self.source.as_bytes();
        if bytes.get(start) == Some(&b'"') && self.in_vain <= bytes.len() * IN_VAIN {
            match self.quoted(start + 1, &mut pieces) {
                Ok(after) => self.at = after,
                Err(reached) => {
                    pieces.clear();
                    self.in_vain += reached - start;
                    self.unclosed_at.get_or_insert(start);
                }
            }
        }
        // What stands behind a closing mark belongs to the cell all the same.
        let end = self.plain_end(self.at);
        if end > self.at {
            pieces.push((&self.source[self.at..end], self.at));
        }
        self.at = end;
        pieces
    }

    /// The pieces of a cell in quotation marks from `from` on, and the first byte behind its
    /// closing mark.
    ///
    /// # Errors
    /// How far it was looked for, when there is none. A mark beyond a line end that is not
    /// followed by what ends a cell is none either: it opens the next cell in quotation marks.
    fn quoted(&self, from: usize, pieces: &mut Vec<(&'s str, usize)>) -> Result<usize, usize> {
        let bytes = self.source.as_bytes();
        let most = bytes.len().min(from + LONGEST_QUOTED);
        let mut start = from;
        let mut at = from;
        while let Some(found) = bytes.get(at..most).and_then(mark) {
            at += found;
            if bytes.get(at + 1) != Some(&b'"') {
                if at > start {
                    pieces.push((&self.source[start..at], start));
                }
                let line_ended = || bytes[from..at].iter().any(|b| matches!(b, b'\n' | b'\r'));
                if !self.ends_cell(at + 1) && line_ended() {
                    return Err(at);
                }
                return Ok(at + 1);
            }
            // Two marks stand for one: the first is the cell's, the second is not.
            pieces.push((&self.source[start..=at], start));
            at += 2;
            start = at;
        }
        Err(most)
    }

    /// Whether a cell can end at `at`, blanks aside.
    fn ends_cell(&self, at: usize) -> bool {
        let mut rest = self.source.as_bytes()[at..].iter();
        let next = rest.find(|&&byte| byte == self.separator || byte != b' ');
        next.is_none_or(|&byte| byte == self.separator || byte == b'\n' || byte == b'\r')
    }

    fn plain_end(&self, from: usize) -> usize {
        let bytes = &self.source.as_bytes()[from..];
        let ends = |&byte: &u8| byte == self.separator || byte == b'\n' || byte == b'\r';
        from + bytes.iter().position(ends).unwrap_or(bytes.len())
    }
}

fn mark(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == b'"')
}
