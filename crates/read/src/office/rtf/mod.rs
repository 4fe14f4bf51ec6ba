//! RTF: text with its tables, notes, comments, heads and feet, deletions and hidden words.
//!
//! One pass over the bytes; groups stand on a stack of bounded depth, and what a group means is
//! told by its first control word. Invariant: a byte is decoded in the code page of the font that
//! it is set in. Standard: Rich Text Format Specification 1.9.1.

mod flows;
mod words;

use super::docx::settle_title;
use super::paper::{Ink, Paper};
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::judge;
use encoding_rs::Encoding;
use flows::Flow;
use std::collections::BTreeMap;

/// Groups within groups; deeper ones are read as if side by side.
const MOST_DEPTH: usize = 512;
/// Longest title or author that is kept, in bytes.
const MOST_SAID: usize = 4096;

/// What the text of a group is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// Text of the document.
    Text,
    /// Nothing to read.
    Skip,
    /// The table of fonts.
    Fonts,
    /// The title that the document states of itself.
    Title,
    /// The author that it states.
    Author,
    /// Who wrote the comment that follows.
    Commenter,
}

/// What holds until its group ends.
#[derive(Clone, Copy)]
struct State {
    place: Place,
    font: i32,
    ink: Ink,
    /// Characters that stand for the one before them, for programs without Unicode.
    fallback: usize,
    in_table: bool,
    level: u8,
    /// A paragraph of its own began with this group: a note, a comment, a head.
    note: bool,
}

/// Reads the RTF file `bytes`.
///
/// # Errors
/// In words for people: no RTF.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err("The file is no RTF document. Check that it is complete.".to_owned());
    }
    let mut story = Story::new(bytes);
    story.run();
    let said = |text: String| Some(one_line(&text)).filter(|text| !text.is_empty());
    facts.title = said(story.title).map(|title| found(title, "title in the document’s properties"));
    let author =
        said(story.author).map(|author| found(author, "author in the document’s properties"));
    facts.authors.extend(author);
    let skipped = [
        (story.pictures, "pictures"),
        (story.objects, "embedded objects"),
    ];
    let skipped: Vec<_> = skipped
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    if !skipped.is_empty() {
        facts
            .remarks
            .push(format!("Not read: {}.", skipped.join(", ")));
    }
    if story.broken {
        facts
            .remarks
            .push("The document breaks off: groups are left open at its end.".to_owned());
    }
    let (mut draft, title) = story.paper.draft();
    settle_title(&mut draft, title, facts);
    judge::paged(&mut draft, facts, title);
    Ok(draft)
}

/// The document as it is walked through.
struct Story<'b> {
    rest: &'b [u8],
    paper: Paper,
    state: State,
    stack: Vec<State>,
    /// Groups beyond the deepest that is kept.
    deeper: usize,
    flows: Vec<Flow>,
    /// Bytes that are not decoded yet.
    pending: Vec<u8>,
    /// Characters that are still to be passed over behind a Unicode character.
    passing: usize,
    /// The first half of a character beyond the basic plane.
    half: Option<u16>,
    fonts: BTreeMap<i32, &'static Encoding>,
    code_page: &'static Encoding,
    starred: bool,
    notes: usize,
    commenter: String,
    title: String,
    author: String,
    pictures: usize,
    objects: usize,
    broken: bool,
}

impl<'b> Story<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self {
            rest: bytes,
            paper: Paper::default(),
            state: State {
                place: Place::Text,
                font: 0,
                ink: Ink::Shown,
                fallback: 1,
                in_table: false,
                level: 0,
                note: false,
            },
            stack: Vec::new(),
            deeper: 0,
            flows: vec![Flow::default()],
            pending: Vec::new(),
            passing: 0,
            half: None,
            fonts: BTreeMap::new(),
            code_page: encoding_rs::WINDOWS_1252,
            starred: false,
            notes: 0,
            commenter: String::new(),
            title: String::new(),
            author: String::new(),
            pictures: 0,
            objects: 0,
            broken: false,
        }
    }

    fn run(&mut self) {
        while let Some((&byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'{' => self.begin(),
                b'}' => {
                    self.end();
                    if self.stack.is_empty() && self.deeper == 0 {
                        break;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                b'\t' => self.letter(' '),
                byte => self.byte(byte),
            }
        }
        self.flush();
        self.broken = !self.stack.is_empty();
        while !self.flows.is_empty() {
            self.end_row();
            self.flows.pop();
        }
    }

    fn begin(&mut self) {
        self.flush();
        self.passing = 0;
        if self.stack.len() >= MOST_DEPTH {
            self.deeper += 1;
            return;
        }
        self.stack.push(self.state);
        self.state.note = false;
    }

    fn end(&mut self) {
        self.flush();
        self.passing = 0;
        self.starred = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if self.state.note {
            self.end_row();
            self.flows.pop();
        }
        if let Some(state) = self.stack.pop() {
            self.state = state;
        }
    }

    fn ink(&mut self, ink: Ink) {
        self.flush();
        self.state.ink = ink;
    }

    fn byte(&mut self, byte: u8) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        self.starred = false;
        if !matches!(self.state.place, Place::Skip | Place::Fonts) {
            self.pending.push(byte);
        }
    }

    fn letter(&mut self, letter: char) {
        self.flush();
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        let mut bytes = [0; 4];
        self.write(letter.encode_utf8(&mut bytes));
    }

    /// Decodes what is pending, in the code page of its font.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let encoding = self
            .fonts
            .get(&self.state.font)
            .copied()
            .unwrap_or(self.code_page);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.write(&text);
        self.pending = bytes;
        self.pending.clear();
    }

    fn write(&mut self, text: &str) {
        let said = match self.state.place {
            Place::Text => {
                self.ensure_paragraph();
                return self.paper.text(text, self.state.ink);
            }
            Place::Title => &mut self.title,
            Place::Author => &mut self.author,
            Place::Commenter => &mut self.commenter,
            Place::Skip | Place::Fonts => return,
        };
        if said.len() + text.len() <= MOST_SAID {
            said.push_str(text);
        }
    }
}
