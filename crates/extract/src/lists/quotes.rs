//! The quotes of one record from one row, and the values that they carry.

use super::cells::{Cell, Cells};
use model::{Band, Cited, Proposal, Quote, RecordBody, TableRow};

/// Quotes of one record. A record has at most 65,535; a row of more cells loses the rest.
pub(super) struct Quotes<'c, 'r> {
    cells: &'c Cells<'r>,
    row: &'c TableRow,
    quotes: Vec<Quote>,
}

impl<'c, 'r> Quotes<'c, 'r> {
    /// No quotes yet, of this row.
    pub fn new(cells: &'c Cells<'r>, row: &'c TableRow) -> Self {
        Self {
            cells,
            row,
            quotes: Vec::new(),
        }
    }

    /// Cites a cell or part of one; the same place is one quote.
    pub fn cite(&mut self, cell: &Cell<'_>) -> Option<u16> {
        if let Some(at) = self.quotes.iter().position(|quote| quote.span == cell.span) {
            return u16::try_from(at).ok();
        }
        let number = u16::try_from(self.quotes.len()).ok()?;
        self.quotes.push(Quote {
            span: cell.span,
            quote: self.cells.slice(cell.span)?.to_owned(),
            passage: self.row.passage,
            page: None,
            row: Some(self.row.number),
        });
        Some(number)
    }

    /// A value that the given cells carry; `None` without any.
    pub fn cited<'x, T>(
        &mut self,
        value: T,
        cells: impl IntoIterator<Item = &'x Cell<'r>>,
    ) -> Option<Cited<T>>
    where
        'r: 'x,
    {
        let quotes: Vec<u16> = cells
            .into_iter()
            .filter_map(|cell| self.cite(cell))
            .collect();
        (!quotes.is_empty()).then_some(Cited { value, quotes })
    }

    /// The proposal.
    pub fn finish(self, rule: &str, body: RecordBody) -> Option<Proposal> {
        (!self.quotes.is_empty()).then(|| Proposal {
            rule: rule.to_owned(),
            band: Band::Stated,
            body,
            quotes: self.quotes,
        })
    }
}
