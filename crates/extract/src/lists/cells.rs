//! The cells of a reading's tables, with their text.

use model::{CharIndex, Reading, Span, Table, TableRow};

/// A reading whose cells are looked up.
pub(super) struct Cells<'r> {
    pub reading: &'r Reading,
    index: CharIndex,
}

/// A cell and what stands in it, blanks at both ends aside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'r> {
    pub column: usize,
    pub span: Span,
    pub text: &'r str,
}

impl<'r> Cells<'r> {
    /// The cells of a reading.
    pub fn new(reading: &'r Reading) -> Self {
        let index = CharIndex::new(&reading.text);
        Self { reading, index }
    }

    /// The filled cells of a row.
    pub fn of(&self, row: &'r TableRow) -> impl Iterator<Item = Cell<'r>> + use<'_, 'r> {
        row.cells.iter().filter_map(|cell| {
            Some(Cell {
                column: usize::from(cell.column),
                span: cell.span,
                text: self.index.slice(&self.reading.text, cell.span)?,
            })
        })
    }

    /// The words at `span`.
    pub fn slice(&self, span: Span) -> Option<&'r str> {
        self.index.slice(&self.reading.text, span)
    }
}

impl<'r> Cell<'r> {
    /// The part of the cell that `part`, a slice of its text, is.
    pub fn part(&self, part: &'r str) -> Self {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let before = self.text.get(..start).unwrap_or_default().chars().count() as u32;
        let from = self.span.start + before;
        Self {
            column: self.column,
            span: Span::new(from, from + part.chars().count() as u32),
            text: part,
        }
    }
}

/// Name of a table for people.
pub(super) fn sheet(table: &Table) -> &str {
    table.sheet.as_deref().unwrap_or_default()
}
