//! Rows to passages: headings are settled by the first rows, then each row is written as it comes.
//!
//! Invariant: memory beyond the draft is that of the first rows; the work is linear in the cells.

use super::header;
use super::{Content, MAX_CELLS, MAX_COLUMNS, MAX_HEADING, MAX_TEXT, Row, SAMPLE};
use crate::draft::Draft;
use crate::facts::Facts;
use model::{Found, PassageKind, Span, Table, TableCell, TableRow};
use std::collections::BTreeMap;

/// Writes one table into a draft, row by row.
pub(super) struct LayOut<'d, 's> {
    draft: &'d mut Draft<'s>,
    table: Table,
    /// Columns by their headings.
    by_heading: BTreeMap<String, usize>,
    /// The first rows, while it is not known yet which of them holds the headings.
    waiting: Option<Vec<Row<'s>>>,
}

impl<'d, 's> LayOut<'d, 's> {
    /// A table whose headings are to be found in its first rows.
    pub fn new(draft: &'d mut Draft<'s>, sheet: Option<&str>) -> Self {
        Self {
            draft,
            table: Table {
                sheet: sheet.map(str::to_owned),
                columns: Vec::new(),
                rows: Vec::new(),
            },
            by_heading: BTreeMap::new(),
            waiting: Some(Vec::new()),
        }
    }

    /// A table whose rows name their headings themselves; see [`Self::heading`].
    pub fn with_named_cells(draft: &'d mut Draft<'s>) -> Self {
        let mut new = Self::new(draft, None);
        new.waiting = None;
        new
    }

    /// Takes the next row. `false` when the table has grown beyond what a reading holds: the
    /// draft says so, and nothing more is to be given.
    pub fn row(&mut self, row: Row<'s>, facts: &mut Facts) -> bool {
        if self.draft.refusal.is_some() || self.draft.overflow {
            return false;
        }
        if !row.cells.iter().any(|cell| cell.content.is_filled()) {
            return true;
        }
        match &mut self.waiting {
            Some(waiting) => {
                waiting.push(row);
                if waiting.len() >= SAMPLE {
                    self.settle(facts);
                }
            }
            None => self.write(row),
        }
        self.draft.refusal.is_none()
    }

    /// Ends the table.
    pub fn finish(mut self, facts: &mut Facts) {
        self.settle(facts);
        if !self.table.columns.is_empty() {
            self.draft.tables.push(self.table);
        }
    }

    /// Finds the headings among the rows that wait, and writes them all.
    fn settle(&mut self, facts: &mut Facts) {
        let Some(mut waiting) = self.waiting.take() else {
            return;
        };
        let Some(at) = header::find(&waiting) else {
            waiting.into_iter().for_each(|row| self.write(row));
            return;
        };
        let below = waiting.split_off(at + 1);
        let headings = waiting.pop();
        for row in waiting {
            // The sheet's name may still be open.
            self.draft.close();
            let block = self.draft.blocks.len();
            self.write_plain(PassageKind::Paragraph, &row);
            if facts.title.is_none() && self.draft.blocks.len() > block {
                facts.title = Some(Found {
                    value: self.draft.text_at(block).to_owned(),
                    basis: "the row above the headings".to_owned(),
                    span: Some(self.draft.blocks[block].span),
                });
            }
        }
        if let Some(headings) = headings {
            for cell in &headings.cells {
                self.name_column(cell.column, &cell.content.text());
            }
            self.write_plain(PassageKind::TableRow, &headings);
        }
        below.into_iter().for_each(|row| self.write(row));
    }

    /// The column of a heading; a new one when no column has it.
    pub fn heading(&mut self, heading: &str) -> usize {
        let mut clean = clean_heading(heading);
        if clean.is_empty() {
            "(no heading)".clone_into(&mut clean);
        }
        if let Some(&column) = self.by_heading.get(&clean) {
            return column;
        }
        let column = self.table.columns.len();
        if column >= MAX_COLUMNS {
            self.refuse_columns();
            return column;
        }
        self.table.columns.push(clean.clone());
        self.by_heading.insert(clean, column);
        column
    }

    fn name_column(&mut self, column: usize, heading: &str) {
        self.reach(column);
        let clean = clean_heading(heading);
        if clean.is_empty() || column >= self.table.columns.len() {
            return;
        }
        let mut unique = clean.clone();
        let mut number = 1;
        while self.by_heading.contains_key(&unique) {
            number += 1;
            unique = format!("{clean} ({number})");
        }
        self.by_heading.insert(unique.clone(), column);
        self.table.columns[column] = unique;
    }

    /// Makes headings for columns up to `column` that have none.
    fn reach(&mut self, column: usize) {
        if column >= MAX_COLUMNS {
            self.refuse_columns();
            return;
        }
        while self.table.columns.len() <= column {
            let made = format!("column {}", self.table.columns.len() + 1);
            self.table.columns.push(made);
        }
    }

    fn refuse_columns(&mut self) {
        self.refuse(format!(
            "The table has more than {MAX_COLUMNS} columns; readers take no more. Check that the \
             file is a table, and what separates its cells."
        ));
    }

    fn refuse(&mut self, why: String) {
        self.draft.refusal.get_or_insert(why);
    }

    /// A row as it stands, its cells separated by bars.
    fn write_plain(&mut self, kind: PassageKind, row: &Row<'s>) {
        self.draft.open(kind, 0, 0);
        let mut next = 0;
        for cell in &row.cells {
            for _ in next..=cell.column.min(MAX_COLUMNS) {
                self.draft.cell();
            }
            next = cell.column + 1;
            write_content(self.draft, &cell.content);
        }
        self.draft.close();
    }

    /// A row below the headings, each cell with its own before it.
    fn write(&mut self, row: Row<'s>) {
        self.draft.open(PassageKind::TableRow, 0, 0);
        let mut cells = Vec::new();
        for cell in row.cells.iter().filter(|cell| cell.content.is_filled()) {
            self.reach(cell.column);
            let Some(heading) = self.table.columns.get(cell.column) else {
                break;
            };
            self.draft.label(heading);
            let start = self.draft.chars();
            write_content(self.draft, &cell.content);
            cells.push(TableCell {
                column: cell.column as u16,
                span: Span::new(start, self.draft.chars()),
            });
        }
        self.draft.close();
        self.draft.cells_written += cells.len();
        if self.draft.cells_written > MAX_CELLS || self.draft.text.len() > MAX_TEXT {
            self.refuse(format!(
                "The table is larger than a reading holds: {MAX_CELLS} cells, or {} MiB with a \
                 heading before each. Split it into parts.",
                MAX_TEXT >> 20
            ));
        }
        self.table.rows.push(TableRow {
            passage: self.draft.blocks.len() as u32,
            number: row.number,
            cells,
        });
    }
}

fn write_content(draft: &mut Draft<'_>, content: &Content<'_>) {
    match content {
        Content::Pieces(pieces) => {
            for (piece, at) in pieces {
                draft.push(piece, *at, false);
            }
        }
        Content::Made(text) => draft.push_made(text),
    }
}

/// A heading in one line, cut where it is too long to stand in every row.
fn clean_heading(heading: &str) -> String {
    let visible = |c: &char| !crate::letters::is_invisible(*c);
    let letters: String = heading.chars().filter(visible).collect();
    let words: Vec<&str> = letters
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let clean = words.join(" ");
    if clean.chars().count() <= MAX_HEADING {
        return clean;
    }
    let cut: String = clean.chars().take(MAX_HEADING - 1).collect();
    format!("{cut}…")
}
