//! From lines in reading order to paragraphs, items, notes, headings and rows of tables.
//!
//! Invariant: the words of a block are those of its lines, in their order; only a hyphen that
//! parts a word at the end of a line is gone.

use super::lines::Line;
use super::order::on_one_row;
use super::places::Area;
use crate::lines::is_item;
use model::{LeftOut, PassageKind};

/// A piece of text on one page.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub text: String,
    pub page: u32,
    /// Where each of its words stands on the page.
    pub words: Vec<Area>,
}

impl Piece {
    /// A line of a page.
    pub fn of(line: &Line, page: u32) -> Self {
        Self {
            text: line.text.clone(),
            page,
            words: line.words.clone(),
        }
    }
}

/// A block: a passage to be.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub kind: PassageKind,
    pub left_out: Option<LeftOut>,
    pub pieces: Vec<Piece>,
    /// Cells, when it is a row; its one piece is empty then.
    pub cells: Vec<Piece>,
    /// Size of its type.
    pub size: f32,
    /// It may go on in the next block of running text, on the next page or in the next column.
    pub open: bool,
    /// It is the first of its page or column.
    pub top: bool,
    /// Its last line as far as it reached, and the right edge of its column.
    reach: (f32, f32),
}

/// What is known of the whole document when its pages are made into blocks.
pub(super) struct Manner {
    /// Size of type of the running text.
    pub body: f32,
}

/// One row: stretches that stand on one line.
struct Row<'l> {
    cells: Vec<&'l Line>,
}

/// The blocks of one page, whose lines come in reading order.
pub(super) fn blocks(lines: &[Line], page: u32, manner: &Manner) -> Vec<Block> {
    let rows = rows(lines);
    let tabular = tabular(&rows);
    let notes = notes(&rows, manner);
    let pitch = pitch(&rows);
    let mut blocks: Vec<Block> = Vec::new();
    let mut column = (f32::INFINITY, f32::NEG_INFINITY);
    for (at, row) in rows.iter().enumerate() {
        let is_note = notes[at];
        if tabular[at] && !is_note {
            blocks.push(table_row(row, page));
            continue;
        }
        let above = at.checked_sub(1).map(|above| &rows[above]);
        let same_column = above.is_some_and(|above| above.is_above(row));
        if !same_column {
            column = edges(&rows[at..]);
        }
        let goes_on = match (above, blocks.last()) {
            (Some(above), Some(block)) => {
                !tabular[at - 1]
                    && notes[at - 1] == is_note
                    && same_column
                    && row.goes_on(above, block, pitch, column, is_note)
            }
            _ => false,
        };
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => block.pieces.push(row.piece(page)),
            None => {
                let mut block = Block::begin(row.piece(page), is_note, row.size());
                block.top = !same_column;
                blocks.push(block);
            }
        }
        if let Some(block) = blocks.last_mut() {
            block.reach = (row.to(), column.1);
        }
    }
    for block in &mut blocks {
        block.settle();
    }
    blocks
}

impl Block {
    fn begin(piece: Piece, is_note: bool, size: f32) -> Self {
        let kind = if is_note {
            PassageKind::Footnote
        } else if is_item(&piece.text) {
            PassageKind::ListItem
        } else {
            PassageKind::Paragraph
        };
        Self {
            kind,
            left_out: None,
            pieces: vec![piece],
            cells: Vec::new(),
            size,
            open: false,
            top: false,
            reach: (0.0, 0.0),
        }
    }

    /// A line by itself, set aside.
    pub fn aside(piece: Piece, left_out: LeftOut) -> Self {
        let mut block = Self::begin(piece, false, 0.0);
        block.kind = PassageKind::Paragraph;
        block.left_out = Some(left_out);
        block
    }

    /// Whether it may go on elsewhere: it does not end as a sentence does.
    fn settle(&mut self) {
        let last = self.pieces.last().map_or("", |piece| piece.text.as_str());
        let ends = last
            .trim_end_matches(['"', '”', '’', ')', ']', '»'])
            .trim_end_matches(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
            .ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？']);
        let full = self.reach.0 > self.reach.1 - (self.reach.1 * 0.12).max(self.size * 2.0);
        self.open = self.is_running() && !ends && full;
    }

    /// Running text, which may go on behind a page's end.
    pub fn is_running(&self) -> bool {
        self.left_out.is_none()
            && matches!(self.kind, PassageKind::Paragraph | PassageKind::ListItem)
    }

    /// Its text in one line, for looking at it.
    pub fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| piece.text.as_str());
        let cells = self.cells.iter().map(|cell| cell.text.as_str());
        pieces.chain(cells).collect::<Vec<_>>().join(" ")
    }
}

fn rows(lines: &[Line]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if row.cells.last().is_some_and(|last| on_one_row(last, line)) => {
                row.cells.push(line);
            }
            _ => rows.push(Row { cells: vec![line] }),
        }
    }
    rows
}

impl Row<'_> {
    fn from(&self) -> f32 {
        self.cells
            .iter()
            .map(|cell| cell.from)
            .fold(f32::INFINITY, f32::min)
    }

    fn to(&self) -> f32 {
        self.cells
            .iter()
            .map(|cell| cell.to)
            .fold(f32::NEG_INFINITY, f32::max)
    }

    fn base(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.base)
    }

    fn size(&self) -> f32 {
        self.cells.iter().map(|cell| cell.size).fold(0.0, f32::max)
    }

    /// All of it in one line, as a piece of its page.
    fn piece(&self, page: u32) -> Piece {
        let words = self.cells.iter().flat_map(|cell| &cell.words);
        Piece {
            text: self.line(),
            page,
            words: words.copied().collect(),
        }
    }

    /// All of it in one line.
    fn line(&self) -> String {
        let cells: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        cells.join(" ")
    }

    /// Whether `below` stands below it in the same column.
    fn is_above(&self, below: &Self) -> bool {
        below.base() > self.base() && below.from() < self.to() && self.from() < below.to()
    }

    /// Where its text begins, a number or bullet before it aside.
    fn text_from(&self) -> f32 {
        match self.cells.as_slice() {
            [mark, text, ..] if mark.text.chars().count() <= 6 => text.from,
            _ => self.from(),
        }
    }

    /// Whether it is the same paragraph as the row above it.
    fn goes_on(
        &self,
        above: &Self,
        block: &Block,
        pitch: f32,
        column: (f32, f32),
        is_note: bool,
    ) -> bool {
        let size = self.size();
        let line = self.line();
        let step = self.base() - above.base();
        let near = pitch.max(size * 1.05) * 1.3;
        if step > near || (size - above.size()).abs() > above.size().min(size) * 0.12 {
            return false;
        }
        if is_item(&line) || (is_note && note_mark(&line)) {
            return false;
        }
        let first = block.pieces.len() == 1;
        let hangs = first && (self.from() - above.text_from()).abs() < size * 0.6;
        let indent = self.from() - above.from();
        if !hangs && indent > size * 0.9 && !(first && is_item(&block.pieces[0].text)) {
            return false;
        }
        if !first && indent < -size * 0.9 && self.from() > column.0 - size {
            return false;
        }
        let short = above.to() < column.1 - (column.1 - column.0) * 0.3;
        let first_word = line.split(' ').next().unwrap_or_default().chars().count() as f32;
        let would_fit = above.to() + (first_word + 1.0) * size * 0.5 < column.1;
        let ended = above.line().ends_with(['.', '!', '?', ':', '。']);
        let begins = !line.starts_with(char::is_lowercase);
        !(begins && (ended && would_fit || short))
    }
}

/// Left and right edge of the column that begins with these rows.
fn edges(rows: &[Row<'_>]) -> (f32, f32) {
    let mut edges = (f32::INFINITY, f32::NEG_INFINITY);
    let mut last: Option<&Row<'_>> = None;
    for row in rows {
        if last.is_some_and(|last| !last.is_above(row)) {
            break;
        }
        edges = (edges.0.min(row.from()), edges.1.max(row.to()));
        last = Some(row);
    }
    edges
}

/// The usual step from line to line.
fn pitch(rows: &[Row<'_>]) -> f32 {
    let pairs = rows.windows(2).filter(|pair| pair[0].is_above(&pair[1]));
    let mut steps: Vec<f32> = pairs.map(|pair| pair[1].base() - pair[0].base()).collect();
    if steps.len() < 3 {
        return 0.0;
    }
    // Gaps between paragraphs are longer than those within: the lower third tells.
    let rank = steps.len() / 3;
    *steps.select_nth_unstable_by(rank, f32::total_cmp).1
}

/// Rows that are rows of a table: cells that begin below one another, twice at least.
fn tabular(rows: &[Row<'_>]) -> Vec<bool> {
    let mut found = vec![false; rows.len()];
    let is_label = |row: &Row<'_>| {
        let first = row.cells.first();
        row.cells.len() == 2 && first.is_some_and(|cell| cell.text.chars().count() <= 6)
    };
    for at in 1..rows.len() {
        let (above, row) = (&rows[at - 1], &rows[at]);
        if above.cells.len() < 2 || row.cells.len() < 2 || is_label(above) || is_label(row) {
            continue;
        }
        let near = row.base() > above.base() && row.base() - above.base() < row.size() * 4.0;
        let aligned = row.cells.iter().filter(|cell| {
            above.cells.iter().any(|other| {
                let slack = cell.size * 0.6;
                (cell.from - other.from).abs() < slack
                    || (cell.to - other.to).abs() < slack
                    || (cell.from + cell.to - other.from - other.to).abs() < slack * 2.0
            })
        });
        if near && aligned.count() >= 2 {
            (found[at - 1], found[at]) = (true, true);
        }
    }
    found
}

fn table_row(row: &Row<'_>, page: u32) -> Block {
    let nothing = Piece {
        text: String::new(),
        page,
        words: Vec::new(),
    };
    let mut block = Block::begin(nothing, false, row.size());
    block.kind = PassageKind::TableRow;
    let cells = row.cells.iter();
    block.cells = cells.map(|cell| Piece::of(cell, page)).collect();
    block
}

/// Rows of notes: small type at the foot of the page or column, from a note's mark on.
fn notes(rows: &[Row<'_>], manner: &Manner) -> Vec<bool> {
    let mut found = vec![false; rows.len()];
    let small = |row: &Row<'_>| row.size() < manner.body * 0.93;
    let mut at = 0;
    while at < rows.len() {
        let end = at + rows[at..].iter().take_while(|row| small(row)).count();
        if end == at {
            at += 1;
            continue;
        }
        let at_foot = end == rows.len() || rows[end].base() < rows[end - 1].base();
        let begins = (at..end).find(|&row| note_mark(&rows[row].line()));
        if let Some(begins) = begins.filter(|_| at_foot && at > 0) {
            found[begins..end].fill(true);
        }
        at = end;
    }
    found
}

/// Whether a line begins as a note does: a number or sign, then text.
fn note_mark(line: &str) -> bool {
    let mark: String = line
        .chars()
        .take_while(|c| {
            c.is_ascii_digit()
                || matches!(c, '*' | '†' | '‡' | '§' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
        })
        .collect();
    let rest = line.get(mark.len()..).unwrap_or_default();
    (1..=4).contains(&mark.chars().count())
        && rest.chars().any(char::is_alphabetic)
        && rest.starts_with(|c: char| c == ' ' || c == '.' || c == ')' || c.is_alphabetic())
}
