//! An office document in the making: paragraphs, rows and notes as they come, written into a
//! draft at the end.
//!
//! Invariant: all words that were given within paragraphs are in the draft, each once, struck out
//! and hidden ones in passages of their own behind their paragraph.

use crate::draft::Draft;
use model::{LeftOut, PassageKind};

/// Most bytes of text of one document.
const MOST_TEXT: usize = 128 << 20;
/// Words of a cell beyond which a table lays out a page rather than holding data.
const LONG_CELL: usize = 40;
/// Paragraphs within paragraphs, tables within tables.
const MOST_DEPTH: usize = 64;

/// How words stand in the document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Ink {
    #[default]
    Shown,
    /// Struck out as a tracked change.
    Struck,
    /// Kept and not shown.
    Hidden,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub kind: Option<PassageKind>,
    pub level: u8,
    pub left_out: Option<LeftOut>,
    shown: String,
    struck: String,
    hidden: String,
}

/// A finished piece of the document.
enum Item {
    Paragraph(Paragraph),
    Row(Vec<String>),
}

/// A table that is open: the cells of its row so far.
#[derive(Default)]
struct Grid {
    cells: Vec<Vec<Item>>,
}

/// The document so far.
#[derive(Default)]
pub(super) struct Paper {
    items: Vec<Item>,
    grids: Vec<Grid>,
    /// Rows that began beyond the greatest depth: their ends end none of `grids`.
    rows_beyond: usize,
    open: Vec<Paragraph>,
    /// As `rows_beyond`, of paragraphs: their words are those of the innermost open one.
    beyond: usize,
    size: usize,
    /// More text was given than a reading holds.
    pub overflow: bool,
}

impl Paper {
    /// Begins a paragraph, perhaps within another.
    pub fn begin(&mut self, kind: PassageKind) {
        if self.open.len() < MOST_DEPTH {
            self.open.push(Paragraph {
                kind: Some(kind),
                ..Paragraph::default()
            });
        } else {
            self.beyond += 1;
        }
    }

    /// The paragraph in hand.
    pub fn paragraph(&mut self) -> Option<&mut Paragraph> {
        self.open.last_mut()
    }

    /// Appends words to the paragraph in hand. Outside one stand only white space and what formats
    /// numbers and dates: that is no text of the document.
    pub fn text(&mut self, text: &str, ink: Ink) {
        self.size += text.len();
        if self.size > MOST_TEXT {
            self.overflow = true;
            return;
        }
        let Some(paragraph) = self.open.last_mut() else {
            return;
        };
        match ink {
            Ink::Shown => paragraph.shown.push_str(text),
            Ink::Struck => paragraph.struck.push_str(text),
            Ink::Hidden => paragraph.hidden.push_str(text),
        }
    }

    /// Ends the paragraph in hand.
    pub fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(paragraph) = self.open.pop() {
            self.put(Item::Paragraph(paragraph));
        }
    }

    fn put(&mut self, item: Item) {
        let cell = self.grids.last_mut().and_then(|grid| grid.cells.last_mut());
        match cell {
            Some(cell) => cell.push(item),
            None => self.items.push(item),
        }
    }

    /// Begins a row of a table.
    pub fn begin_row(&mut self) {
        if self.grids.len() < MOST_DEPTH {
            self.grids.push(Grid::default());
        } else {
            self.rows_beyond += 1;
        }
    }

    /// Begins a cell of the row.
    pub fn begin_cell(&mut self) {
        if let Some(grid) = self.grids.last_mut()
            && self.rows_beyond == 0
            && grid.cells.len() < 10_000
        {
            grid.cells.push(Vec::new());
        }
    }

    /// Ends the row: a row of data, or paragraphs where its cells hold running text.
    pub fn end_row(&mut self) {
        if self.rows_beyond > 0 {
            self.rows_beyond -= 1;
            return;
        }
        let Some(grid) = self.grids.pop() else { return };
        let whole = |item: &Item| match item {
            Item::Paragraph(paragraph) => {
                paragraph.struck.is_empty()
                    && paragraph.hidden.is_empty()
                    && paragraph.left_out.is_none()
                    && !matches!(
                        paragraph.kind,
                        Some(PassageKind::Footnote | PassageKind::Comment)
                    )
            }
            Item::Row(_) => false,
        };
        let is_data = grid.cells.len() > 1
            && grid.cells.iter().all(|cell| {
                let words: usize = cell.iter().map(words).sum();
                words <= LONG_CELL && cell.iter().all(whole)
            });
        if !is_data {
            for item in grid.cells.into_iter().flatten() {
                self.put(item);
            }
            return;
        }
        let cells = grid.cells.into_iter().map(|cell| {
            let texts = cell.into_iter().map(|item| match item {
                Item::Paragraph(paragraph) => paragraph.shown,
                Item::Row(cells) => cells.join(" "),
            });
            texts.collect::<Vec<_>>().join(" ")
        });
        let row = cells.collect();
        self.put(Item::Row(row));
    }

    /// The draft of all that was given.
    pub fn draft(mut self) -> (Draft<'static>, Option<usize>) {
        (self.beyond, self.rows_beyond) = (0, 0);
        while !self.open.is_empty() {
            self.end();
        }
        while !self.grids.is_empty() {
            self.end_row();
        }
        let mut draft = Draft::new("");
        let mut title = None;
        for item in &self.items {
            match item {
                Item::Row(cells) => {
                    draft.open(PassageKind::TableRow, 0, 0);
                    for cell in cells {
                        draft.cell();
                        draft.push_made(cell);
                    }
                    draft.close();
                }
                Item::Paragraph(paragraph) => write(&mut draft, paragraph, &mut title),
            }
        }
        if self.overflow {
            draft.refusal = Some(format!(
                "The document holds more than {} MiB of text. Split it into parts.",
                MOST_TEXT >> 20
            ));
        }
        (draft, title)
    }
}

fn words(item: &Item) -> usize {
    match item {
        Item::Paragraph(paragraph) => paragraph.shown.split_whitespace().count(),
        Item::Row(cells) => cells
            .iter()
            .map(|cell| cell.split_whitespace().count())
            .sum(),
    }
}

fn write(draft: &mut Draft<'static>, paragraph: &Paragraph, title: &mut Option<usize>) {
    let kind = paragraph.kind.unwrap_or(PassageKind::Paragraph);
    let parts = [
        (&paragraph.shown, paragraph.left_out),
        (&paragraph.struck, Some(LeftOut::StruckOut)),
        (&paragraph.hidden, Some(LeftOut::Hidden)),
    ];
    for (text, left_out) in parts {
        let before = draft.blocks.len();
        draft.open(kind, 0, paragraph.level);
        draft.push_made(text);
        draft.close();
        let Some(block) = draft.blocks.get_mut(before) else {
            continue;
        };
        block.left_out = left_out;
        if kind == PassageKind::Title {
            if left_out.is_none() && title.is_none() {
                *title = Some(before);
            } else {
                block.kind = PassageKind::Heading;
            }
        }
    }
}

/// A number as notes are marked with it in the text.
pub(super) fn raised(number: usize) -> String {
    const SIGNS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = number.to_string();
    digits
        .bytes()
        .map(|digit| SIGNS[usize::from(digit.wrapping_sub(b'0')) % 10])
        .collect()
}
