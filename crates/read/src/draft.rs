//! A reading in the making: text, passages and the map to the original grow together, in the
//! order of the document.
//!
//! Invariant: nothing that was pushed is ever taken back or moved; judges only mark blocks. So
//! the text of a draft is, character for character, the text of the reading.

use crate::letters::{Counter, breaks_word, count, is_invisible, joins_without_space};
use model::{LeftOut, OffsetMap, PageStart, PassageKind, Run, Span, Table};

/// More blocks than this, and a document is refused: it is no text that anyone could cite.
pub(crate) const MAX_BLOCKS: usize = 2_000_000;

/// One passage to be, with what its reader knew of its surroundings.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Characters of the text.
    pub span: Span,
    /// First byte in the text.
    pub start: usize,
    /// One past its last byte in the text.
    pub end: usize,
    pub kind: PassageKind,
    pub left_out: Option<LeftOut>,
    /// Characters that stand inside links.
    pub linked: u32,
    /// The element it stands in, as its reader numbers elements; 0 where there are none.
    pub place: u32,
    /// 1 to 6 for a heading of that level.
    pub level: u8,
}

/// Text, blocks and map under construction, over one decoded original.
pub(crate) struct Draft<'s> {
    source: &'s str,
    pub text: String,
    pub blocks: Vec<Block>,
    pub map: OffsetMap,
    chars: u32,
    counter: Counter,
    open: Option<Open>,
    /// Blocks beyond [`MAX_BLOCKS`] were found.
    pub overflow: bool,
    /// Why the document cannot be read after all, for people.
    pub refusal: Option<String>,
    /// The tables of a document that is nothing else.
    pub tables: Vec<Table>,
    /// Cells in all of them.
    pub cells_written: usize,
    /// Where the pages of a paged original begin in the text.
    pub pages: Vec<PageStart>,
    /// The page of what is written next, when it is another.
    next_page: Option<u32>,
}

/// The block that is being written. It enters the text with its first visible character.
struct Open {
    kind: PassageKind,
    place: u32,
    level: u8,
    linked: u32,
    begun: Option<(usize, u32)>,
    gap: Gap,
    /// Cells that began since the last visible character.
    cells: usize,
    /// Whether the heading of a cell was written last: white space before the cell is none.
    fresh: bool,
}

/// What stands between the last visible character and the next one.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    /// White space that begins at this character of the original; whether it holds a line end.
    Space {
        at: Option<u32>,
        line_end: bool,
    },
}

impl<'s> Draft<'s> {
    pub fn new(source: &'s str) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len() / 2),
            blocks: Vec::new(),
            map: OffsetMap::default(),
            chars: 0,
            counter: Counter::default(),
            open: None,
            overflow: false,
            refusal: None,
            tables: Vec::new(),
            cells_written: 0,
            pages: Vec::new(),
            next_page: None,
        }
    }

    /// Characters of the text so far.
    pub fn chars(&self) -> u32 {
        self.chars
    }

    pub fn source(&self) -> &'s str {
        self.source
    }

    /// Says that what is written from now on stands on this page of the original.
    pub fn on_page(&mut self, page: u32) {
        let last = self.pages.last().map(|start| start.page);
        self.next_page = (last != Some(page)).then_some(page);
    }

    /// Writes a line that speaks of the document and is no part of it.
    pub fn aside(&mut self, kind: PassageKind, line: &str) {
        let at = self.blocks.len();
        self.open(kind, 0, 0);
        self.push_made(line);
        self.close();
        if let Some(block) = self.blocks.get_mut(at) {
            block.left_out = Some(LeftOut::FrontMatter);
        }
    }

    /// Ends the block in hand and begins another.
    pub fn open(&mut self, kind: PassageKind, place: u32, level: u8) {
        self.close();
        self.open = Some(Open {
            kind,
            place,
            level,
            linked: 0,
            begun: None,
            gap: Gap::None,
            cells: 0,
            fresh: false,
        });
    }

    /// Whether a block is open, and holds a visible character.
    pub fn in_block(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.begun.is_some())
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the block in hand; one without a visible character vanishes.
    pub fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Some((start, first)) = open.begun else {
            return;
        };
        self.blocks.push(Block {
            span: Span::new(first, self.chars),
            start,
            end: self.text.len(),
            kind: open.kind,
            left_out: None,
            linked: open.linked,
            place: open.place,
            level: open.level,
        });
    }

    /// Begins a cell of the row in hand. An empty cell leaves its bar, so that columns keep
    /// their number; empty cells at the end of a row leave none.
    pub fn cell(&mut self) {
        if let Some(open) = &mut self.open {
            open.cells += 1;
        }
    }

    /// White space of no place in the original, such as a `<br>`.
    pub fn space(&mut self) {
        if let Some(open) = &mut self.open
            && open.begun.is_some()
            && !open.fresh
            && open.gap == Gap::None
        {
            open.gap = Gap::Space {
                at: None,
                line_end: false,
            };
        }
    }

    /// Appends `piece`, which stands in the original at byte `at`, character for character.
    pub fn push(&mut self, piece: &str, at: usize, linked: bool) {
        let mut rest = piece;
        let mut at = at;
        while let Some(found) = rest.find(breaks_word) {
            if found > 0 {
                self.word(&rest[..found], Some(at), linked);
            }
            let broken = rest[found..].chars().next().unwrap_or(' ');
            if broken.is_whitespace() || broken.is_control() {
                self.white(at + found, broken == '\n' || broken == '\r');
            }
            at += found + broken.len_utf8();
            rest = &rest[found + broken.len_utf8()..];
        }
        if !rest.is_empty() {
            self.word(rest, Some(at), linked);
        }
    }

    /// Appends what a character reference at byte `at` of the original stands for.
    pub fn push_decoded(&mut self, piece: &str, at: usize, linked: bool) {
        let mut place = Some(at);
        for letter in piece.chars() {
            if letter.is_whitespace() || letter.is_control() {
                self.white(at, false);
            } else if !is_invisible(letter) {
                let mut bytes = [0; 4];
                self.word(letter.encode_utf8(&mut bytes), place.take(), linked);
            }
        }
    }

    /// Appends text that stands nowhere in the original.
    pub fn push_made(&mut self, text: &str) {
        let mut rest = text;
        while let Some(found) = rest.find(breaks_word) {
            if found > 0 {
                self.word(&rest[..found], None, false);
            }
            let broken = rest[found..].chars().next().unwrap_or(' ');
            if broken.is_whitespace() || broken.is_control() {
                self.space();
            }
            rest = &rest[found + broken.len_utf8()..];
        }
        if !rest.is_empty() {
            self.word(rest, None, false);
        }
    }

    /// Begins a cell of the row in hand with its heading, which stands elsewhere in the original.
    /// The cell must hold a visible character.
    pub fn label(&mut self, heading: &str) {
        let Some(open) = &mut self.open else { return };
        open.gap = Gap::None;
        open.cells = usize::from(open.begun.is_some());
        self.word(heading, None, false);
        self.text.push_str(": ");
        self.chars += 2;
        if let Some(open) = &mut self.open {
            open.gap = Gap::None;
            open.fresh = true;
        }
    }

    fn white(&mut self, at: usize, line_end: bool) {
        let Some(open) = &mut self.open else { return };
        if open.begun.is_none() || open.fresh {
            return;
        }
        match &mut open.gap {
            Gap::None => {
                open.gap = Gap::Space {
                    at: Some(self.counter.char(self.source, at)),
                    line_end,
                };
            }
            Gap::Space { line_end: seen, .. } => *seen |= line_end,
        }
    }

    /// Appends a run of visible characters.
    fn word(&mut self, word: &str, at: Option<usize>, linked: bool) {
        if self.blocks.len() >= MAX_BLOCKS {
            self.overflow = true;
            return;
        }
        let Some(open) = &mut self.open else { return };
        let before = self.chars;
        if open.begun.is_none() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
                self.chars += 2;
            }
            open.begun = Some((self.text.len(), self.chars));
            for _ in 1..open.cells {
                self.text.push_str("| ");
                self.chars += 2;
            }
        } else if open.cells > 0 {
            for _ in 0..open.cells {
                self.text.push_str(" |");
                self.chars += 2;
            }
            self.text.push(' ');
            self.chars += 1;
        } else {
            match open.gap {
                Gap::None => {}
                Gap::Space { at, line_end } => {
                    if !(line_end && joins_without_space(&self.text, word)) {
                        if let Some(original) = at {
                            self.map.push(Run {
                                reading: self.chars,
                                original,
                                len: 1,
                            });
                        }
                        self.text.push(' ');
                        self.chars += 1;
                    }
                }
            }
        }
        open.gap = Gap::None;
        open.cells = 0;
        open.fresh = false;
        if let Some(page) = self.next_page.take() {
            let from = self.chars;
            self.pages.push(PageStart { from, page });
        }
        let len = count(word);
        if let Some(at) = at {
            self.map.push(Run {
                reading: self.chars,
                original: self.counter.char(self.source, at),
                len,
            });
        }
        self.text.push_str(word);
        self.chars += len;
        if linked {
            open.linked += self.chars - before;
        }
    }

    /// The text of a block.
    pub fn text_of(&self, block: &Block) -> &str {
        &self.text[block.start..block.end]
    }

    /// The text of the block at `index`.
    pub fn text_at(&self, index: usize) -> &str {
        self.text_of(&self.blocks[index])
    }

    /// The characters of the reading that bytes `from..to` of the block at `index` are.
    pub fn span_in(&self, index: usize, from: usize, to: usize) -> Span {
        let block = &self.blocks[index];
        let text = self.text_of(block);
        let start = block.span.start + count(text.get(..from).unwrap_or_default());
        let len = count(text.get(from..to).unwrap_or_default());
        Span::new(start, start + len)
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
