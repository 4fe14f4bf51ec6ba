//! Which tables hold data, and which only lay out a page: a first look at the source.
//!
//! A table of data has rows of cells with little in each: no table, heading or list inside, no
//! cell of more than a few sentences. Old pages put whole articles into cells.

use super::elements::{Role, role};
use super::tokens::{self, Sink};

/// Characters beyond which a cell is no datum.
const MAX_CELL: usize = 1200;

/// For each table of `source`, in the order of their start tags, whether it holds data.
pub(super) fn data_tables(source: &str) -> Vec<bool> {
    let mut scan = Scan::default();
    let is_table = |at: usize| {
        let name = source.as_bytes().get(at + 1..at + 6);
        name.is_some_and(|name| name.eq_ignore_ascii_case(b"table"))
    };
    let has_table = source.match_indices('<').any(|(at, _)| is_table(at));
    if has_table {
        tokens::feed(source, &mut scan);
    }
    scan.tables
        .iter()
        .map(|table| {
            table.plain
                && table.rows >= 1
                && (table.pairs >= 2 || (table.pairs >= 1 && table.header))
        })
        .collect()
}

struct Table {
    /// Nothing was found that data does not hold.
    plain: bool,
    header: bool,
    rows: usize,
    /// Rows of at least two cells.
    pairs: usize,
    cells: usize,
    characters: usize,
    paragraphs: usize,
}

#[derive(Default)]
struct Scan {
    tables: Vec<Table>,
    /// Tables that are open, by number; deeper ones are not followed.
    open: Vec<usize>,
    layout: bool,
}

const MAX_OPEN: usize = 64;

impl Scan {
    fn table(&mut self) -> Option<&mut Table> {
        self.tables.get_mut(*self.open.last()?)
    }
}

impl<'s> Sink<'s> for Scan {
    fn open_tag(&mut self, name: &[u8]) {
        let (role, _) = role(name);
        self.layout = false;
        match role {
            Role::Table => {
                if let Some(outer) = self.table() {
                    outer.plain = false;
                }
                if self.open.len() < MAX_OPEN {
                    self.open.push(self.tables.len());
                }
                self.tables.push(Table {
                    plain: true,
                    header: false,
                    rows: 0,
                    pairs: 0,
                    cells: 0,
                    characters: 0,
                    paragraphs: 0,
                });
                self.layout = true;
            }
            Role::Row => {
                if let Some(table) = self.table() {
                    table.rows += 1;
                    table.cells = 0;
                }
            }
            Role::Cell => {
                if let Some(table) = self.table() {
                    table.cells += 1;
                    table.pairs += usize::from(table.cells == 2);
                    table.header |= name == b"th";
                    table.characters = 0;
                    table.paragraphs = 0;
                }
            }
            Role::Heading(_) | Role::Quotation => {
                if let Some(table) = self.table() {
                    table.plain = false;
                }
            }
            Role::Paragraph | Role::Item => {
                if let Some(table) = self.table() {
                    table.paragraphs += 1;
                    table.plain &= table.paragraphs <= 6;
                }
            }
            _ => {}
        }
    }

    fn attribute(&mut self, name: &[u8], value: &str) {
        let is_layout = name == b"role" && matches!(value, "presentation" | "none");
        if self.layout
            && is_layout
            && let Some(table) = self.tables.last_mut()
        {
            table.plain = false;
        }
    }

    fn close_tag(&mut self, _: bool) {}

    fn end_tag(&mut self, name: &[u8]) {
        if name == b"table" {
            self.open.pop();
        }
    }

    fn text(&mut self, text: &'s str, _: usize) {
        if let Some(table) = self.table()
            && table.cells > 0
        {
            table.characters += text.trim().len();
            table.plain &= table.characters <= MAX_CELL;
        }
    }

    fn decoded(&mut self, _: &str, _: usize) {}
}
