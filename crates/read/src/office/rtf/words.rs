//! Control words of RTF: which groups are to be read and what they are, letters, and what holds
//! of the text behind.
//!
//! Invariant: an unknown word changes nothing; an unknown group that may be passed over (`\\*`) is.

use super::super::code_pages::{of_charset, of_code_page};
use super::super::paper::{Ink, raised};
use super::flows::Flow;
use super::{Place, Story};
use crate::front_matter::one_line;
use model::{LeftOut, PassageKind};

impl Story<'_> {
    /// A control word or symbol behind its backslash.
    pub(super) fn control(&mut self) {
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
}
