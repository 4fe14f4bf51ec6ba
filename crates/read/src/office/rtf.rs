//! RTF: text with its tables, notes, comments, heads and feet, deletions and hidden words.
//!
//! One pass over the bytes; groups stand on a stack of bounded depth, and what a group means is
//! told by its first control word. Invariant: a byte is decoded in the code page of the font that
//! it is set in. Standard: Rich Text Format Specification 1.9.1.

use super::code_pages::{of_charset, of_code_page};
use super::docx::settle_title;
use super::paper::{Ink, Paper, raised};
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::judge;
use encoding_rs::Encoding;
use model::{LeftOut, PassageKind};
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

/// A stream of paragraphs: the body's, or a note's.
#[derive(Default)]
struct Flow {
    kind: Option<PassageKind>,
    left_out: Option<LeftOut>,
    paragraph: bool,
    row: bool,
    cell: bool,
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

    /// A control word or symbol behind its backslash.
    fn control(&mut self) {
        let Some((&first, rest)) = self.rest.split_first() else {
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.rest = rest;
            match first {
                b'\'' => {
                    let digits = self.rest.get(..2).and_then(|d| std::str::from_utf8(d).ok());
                    if let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
                        self.rest = &self.rest[2..];
                        self.byte(byte);
                    }
                }
                b'*' => self.starred = true,
                b'~' => self.letter('\u{a0}'),
                b'_' => self.letter('\u{2011}'),
                b'{' | b'}' | b'\\' => self.byte(first),
                b'\r' | b'\n' => self.end_paragraph(),
                _ => {}
            }
            return;
        }
        let len = self
            .rest
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let (word, rest) = self.rest.split_at(len);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..]
            .iter()
            .take(11)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number = (digits > 0)
            .then(|| {
                std::str::from_utf8(&rest[..sign + digits])
                    .ok()?
                    .parse::<i64>()
                    .ok()
            })
            .flatten();
        let behind = if digits > 0 { sign + digits } else { 0 };
        let behind = &rest[behind..];
        self.rest = behind.strip_prefix(b" ").unwrap_or(behind);
        let word = std::str::from_utf8(word).unwrap_or_default();
        self.word(word, number);
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        if word == "bin" {
            let len = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.rest = self.rest.get(len..).unwrap_or_default();
            return;
        }
        if word == "u" {
            return self.unicode(number.unwrap_or(0));
        }
        let starred = std::mem::take(&mut self.starred);
        if self.destination(word, starred) {
            return;
        }
        match self.state.place {
            Place::Skip => {}
            Place::Fonts => self.font_table(word, number),
            _ => self.formatting(word, number),
        }
    }

    /// Whether the word says what its group is.
    fn destination(&mut self, word: &str, starred: bool) -> bool {
        if self.state.place == Place::Skip {
            return false;
        }
        let kind = match word {
            "fonttbl" => return self.place(Place::Fonts),
            "title" => return self.place(Place::Title),
            "author" => return self.place(Place::Author),
            "atnauthor" => {
                self.commenter.clear();
                return self.place(Place::Commenter);
            }
            "pict" => {
                self.pictures += 1;
                return self.place(Place::Skip);
            }
            "objdata" => {
                self.objects += 1;
                return self.place(Place::Skip);
            }
            "colortbl" | "stylesheet" | "listtable" | "themedata" | "datastore" | "filetbl"
            | "nonshppict" | "fldinst" | "sp" | "xmlnstbl" | "rsidtbl" | "subject" | "keywords"
            | "operator" | "doccomm" | "creatim" | "revtim" | "printim" | "buptim" | "comment"
            | "category" | "manager" | "company" => return self.place(Place::Skip),
            "footnote" => PassageKind::Footnote,
            "annotation" => PassageKind::Comment,
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
            | "footerf" => PassageKind::Paragraph,
            "shpinst" | "shptxt" | "shprslt" | "listtext" | "info" | "result" => return true,
            _ if starred => return self.place(Place::Skip),
            _ => return false,
        };
        self.flush();
        if self.state.note || self.deeper > 0 {
            return true;
        }
        let head = kind == PassageKind::Paragraph;
        self.state.note = true;
        self.state.in_table = false;
        self.state.level = 0;
        self.flows.push(Flow {
            kind: Some(kind),
            left_out: head.then_some(LeftOut::RunningHead),
            ..Flow::default()
        });
        if kind == PassageKind::Footnote {
            let mark = format!("{} ", raised(self.notes.max(1)));
            self.write(&mark);
        }
        if kind == PassageKind::Comment && !self.commenter.is_empty() {
            let by = format!("{}: ", one_line(&std::mem::take(&mut self.commenter)));
            self.write(&by);
        }
        true
    }

    fn place(&mut self, place: Place) -> bool {
        self.flush();
        self.state.place = place;
        true
    }

    fn font_table(&mut self, word: &str, number: Option<i64>) {
        let number = number.unwrap_or(0);
        match word {
            "f" => self.state.font = i32::try_from(number).unwrap_or(0),
            "fcharset" => {
                if let Some(encoding) = of_charset(number) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            _ => {}
        }
    }

    fn formatting(&mut self, word: &str, number: Option<i64>) {
        let on = number != Some(0);
        match word {
            "par" | "sect" | "page" | "column" => self.end_paragraph(),
            "line" | "tab" | "nestcell" => self.letter(' '),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "pard" => {
                self.flush();
                self.state.in_table = false;
                self.state.level = 0;
            }
            "intbl" => self.state.in_table = true,
            "outlinelevel" => {
                let level = number
                    .and_then(|level| u8::try_from(level).ok())
                    .unwrap_or(9);
                self.state.level = if level < 6 { level + 1 } else { 0 };
            }
            "plain" => {
                self.flush();
                self.state.ink = Ink::Shown;
            }
            "v" => self.ink(if on { Ink::Hidden } else { Ink::Shown }),
            "deleted" => self.ink(if on { Ink::Struck } else { Ink::Shown }),
            "f" => {
                self.flush();
                self.state.font = number
                    .and_then(|font| i32::try_from(font).ok())
                    .unwrap_or(0);
            }
            "ansicpg" => {
                if let Some(encoding) = number.and_then(of_code_page) {
                    self.code_page = encoding;
                }
            }
            "mac" => self.code_page = encoding_rs::MACINTOSH,
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(64),
            "chftn" => {
                if self.state.note {
                    return;
                }
                self.notes += 1;
                let mark = raised(self.notes);
                self.flush();
                self.write(&mark);
            }
            "emdash" => self.letter('—'),
            "endash" => self.letter('–'),
            "bullet" => self.letter('•'),
            "lquote" => self.letter('‘'),
            "rquote" => self.letter('’'),
            "ldblquote" => self.letter('“'),
            "rdblquote" => self.letter('”'),
            "emspace" | "enspace" | "qmspace" => self.letter(' '),
            _ => {}
        }
    }

    fn ink(&mut self, ink: Ink) {
        self.flush();
        self.state.ink = ink;
    }

    fn unicode(&mut self, number: i64) {
        self.flush();
        self.passing = self.state.fallback;
        self.starred = false;
        // Written as a signed number of sixteen bits.
        let unit = (number & 0xffff) as u16;
        let letter = match (self.half.take(), unit) {
            (_, 0xd800..=0xdbff) => {
                self.half = Some(unit);
                return;
            }
            (Some(half), 0xdc00..=0xdfff) => {
                char::decode_utf16([half, unit]).next().and_then(Result::ok)
            }
            (_, unit) => char::from_u32(u32::from(unit)),
        };
        let mut bytes = [0; 4];
        self.write(letter.unwrap_or('\u{fffd}').encode_utf8(&mut bytes));
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

    fn ensure_paragraph(&mut self) {
        let (in_table, level) = (self.state.in_table, self.state.level);
        let Some(flow) = self.flows.last_mut() else {
            return;
        };
        if flow.paragraph {
            return;
        }
        if in_table && flow.kind.is_none() {
            if !flow.row {
                self.paper.begin_row();
                flow.row = true;
            }
            if !flow.cell {
                self.paper.begin_cell();
                flow.cell = true;
            }
        } else if flow.row {
            self.paper.end_row();
            (flow.row, flow.cell) = (false, false);
        }
        flow.paragraph = true;
        let heading = if level > 0 {
            PassageKind::Heading
        } else {
            PassageKind::Paragraph
        };
        self.paper.begin(flow.kind.unwrap_or(heading));
        let left_out = flow.left_out;
        if let Some(paragraph) = self.paper.paragraph() {
            paragraph.left_out = left_out;
            paragraph.level = level;
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.state.place != Place::Text {
            return;
        }
        if let Some(flow) = self.flows.last_mut()
            && flow.paragraph
        {
            flow.paragraph = false;
            self.paper.end();
        }
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        let Some(flow) = self.flows.last_mut() else {
            return;
        };
        if flow.kind.is_some() {
            return;
        }
        if !flow.row {
            self.paper.begin_row();
            flow.row = true;
        }
        if !flow.cell {
            self.paper.begin_cell();
        }
        flow.cell = false;
    }

    fn end_row(&mut self) {
        self.end_paragraph();
        if let Some(flow) = self.flows.last_mut()
            && flow.paragraph
        {
            flow.paragraph = false;
            self.paper.end();
        }
        if let Some(flow) = self.flows.last_mut()
            && flow.row
        {
            (flow.row, flow.cell) = (false, false);
            self.paper.end_row();
        }
    }
}
