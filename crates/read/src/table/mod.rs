//! The readers of tables: delimited text (CSV, TSV), JSON Lines, and workbooks.
//!
//! A row is a passage whose cells have their headings before them, `Name: Kim | Born: 1954`, so
//! that a row found by search speaks for itself; the reading's table says where each cell stands.
//! Invariant: every filled cell of the file is in the text once, under its row's number.
//! Standards: RFC 4180, JSON Lines, ECMA-376, ODF 1.3.

mod delimited;
mod header;
mod json_lines;
mod lay_out;
mod workbook;

pub(crate) use delimited::read as delimited;
pub(crate) use json_lines::read as json_lines;
pub(crate) use workbook::read as workbook;

/// Most cells of one file: what a reading of 256 MiB has room for.
const MAX_CELLS: usize = 3_000_000;
/// Most columns of one table: those of the usual spreadsheet programs.
const MAX_COLUMNS: usize = 16_384;
/// Longest text of a reading, in bytes. Headings are repeated in each row, so that a small file
/// could make a large one.
const MAX_TEXT: usize = 128 << 20;
/// Longest heading that is repeated in each row, in characters.
const MAX_HEADING: usize = 80;

/// Rows at the head of a table among which its headings are looked for.
const SAMPLE: usize = 60;

/// A cell: what it holds, and where that stands in the decoded original.
pub(super) struct Cell<'s> {
    pub column: usize,
    pub content: Content<'s>,
}

/// What a cell holds.
pub(super) enum Content<'s> {
    /// Pieces that stand in the original at their byte, one to one; what lies between them (the
    /// second of two quotation marks) is no part of the cell.
    Pieces(Vec<(&'s str, usize)>),
    /// Text that has no place in a decoded original.
    Made(String),
}

impl Content<'_> {
    /// The text as it is, white space and all.
    fn text(&self) -> String {
        match self {
            Self::Pieces(pieces) => pieces.iter().map(|(piece, _)| *piece).collect(),
            Self::Made(text) => text.clone(),
        }
    }

    /// Whether anything can be seen in it.
    fn is_filled(&self) -> bool {
        let visible = |text: &str| {
            text.chars()
                .any(|c| !c.is_whitespace() && !c.is_control() && !crate::letters::is_invisible(c))
        };
        match self {
            Self::Pieces(pieces) => pieces.iter().any(|(piece, _)| visible(piece)),
            Self::Made(text) => visible(text),
        }
    }
}

/// A row with its number in the file, from 1.
pub(super) struct Row<'s> {
    pub number: u32,
    pub cells: Vec<Cell<'s>>,
}
