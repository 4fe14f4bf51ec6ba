//! A written name cut into forms (one a script) and words, with what the writing shows: commas,
//! capitals, hyphens.
//!
//! Invariant: no more than [`LONGEST`] characters are looked at, so every later step is bounded.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::latin_text::{is_apostrophe, push_letters};
use super::parsed::Script;
use super::titles;
use super::unknown::{is_mask, is_masked_word, is_not_available, is_unknown};

/// The longest name that is read, in characters; what is beyond is kept but not read.
pub(super) const LONGEST: usize = 160;
/// The most words of a form that are read.
pub(super) const WORDS: usize = 12;

/// A form of the name in one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub script: Script,
    pub words: Vec<Word>,
    /// Part of it is withheld: 김○○, Kim XX.
    pub masked: bool,
    /// The text of all words, one after the other.
    text: String,
    /// The Latin letters of all parts, one after the other; empty for Hangul, Han and Kana.
    letters: Vec<u8>,
    /// Where each part between hyphens ends in `letters`.
    part_ends: Vec<u16>,
}

/// A word of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Word {
    text: (u16, u16),
    parts: (u16, u16),
    /// Two letters or more, all of them capitals.
    pub capitals: bool,
    /// A comma follows.
    pub comma: bool,
}

impl Form {
    /// A word as written.
    pub fn word(&self, at: usize) -> &str {
        let (start, end) = self.words[at].text;
        &self.text[usize::from(start)..usize::from(end)]
    }

    /// Some words as written, a space between.
    pub fn joined(&self, words: Range<usize>) -> String {
        let words: Vec<&str> = words.map(|at| self.word(at)).collect();
        words.join(" ")
    }

    /// All words as written, nothing between.
    pub fn characters(&self) -> impl Iterator<Item = char> + '_ {
        (0..self.words.len()).flat_map(|at| self.word(at).chars())
    }

    /// The letters of each part of some words.
    pub fn parts(&self, words: Range<usize>) -> impl Iterator<Item = &[u8]> + Clone {
        let (from, to) = match (self.words.get(words.start), words.end.checked_sub(1)) {
            (Some(first), Some(last)) if !words.is_empty() => {
                (first.parts.0, self.words[last].parts.1)
            }
            _ => (0, 0),
        };
        (usize::from(from)..usize::from(to)).map(|part| {
            let start = part
                .checked_sub(1)
                .map_or(0, |before| self.part_ends[before]);
            &self.letters[usize::from(start)..usize::from(self.part_ends[part])]
        })
    }

    /// The letters of some words, run together.
    pub fn letters(&self, words: Range<usize>) -> &[u8] {
        let start = |part: u16| match usize::from(part).checked_sub(1) {
            Some(before) => usize::from(self.part_ends[before]),
            None => 0,
        };
        match (self.words.get(words.start), words.end.checked_sub(1)) {
            (Some(first), Some(last)) if !words.is_empty() => {
                &self.letters[start(first.parts.0)..start(self.words[last].parts.1)]
            }
            _ => &[],
        }
    }
}

/// The script of a character; `None` for spaces, signs and digits.
pub(super) fn script(c: char) -> Option<Script> {
    match c as u32 {
        0x41..=0x5A | 0x61..=0x7A | 0xAA | 0xBA | 0xC0..=0x24F | 0x1E00..=0x1EFF => {
            Some(Script::Latin)
        }
        0xFF21..=0xFF3A | 0xFF41..=0xFF5A => Some(Script::Latin),
        0xAC00..=0xD7A3 | 0x1100..=0x11FF | 0x3130..=0x318F => Some(Script::Hangul),
        0x3041..=0x3096 | 0x30A1..=0x30FA | 0x30FC | 0xFF66..=0xFF9D => Some(Script::Kana),
        0x3005 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_23AF => {
            Some(Script::Han)
        }
        _ if c.is_alphabetic() => Some(Script::Other),
        _ => None,
    }
}

/// Cuts a written name into forms.
pub(super) fn forms(written: &str) -> Vec<Form> {
    let start: String;
    let mut text = match written.char_indices().nth(LONGEST) {
        Some((end, _)) => &written[..end],
        None => written,
    };
    if !text.is_ascii() && !is_nfc(text) {
        start = text.nfc().collect();
        text = &start;
    }
    if is_not_available(text) {
        return Vec::new();
    }
    let mut cutter = Cutter::default();
    for c in text.chars() {
        cutter.take(c);
    }
    cutter.end_form();
    let mut forms = cutter.forms;
    forms.retain_mut(|form| {
        titles::drop_from(form);
        !form.words.is_empty() && !is_unknown(form)
    });
    forms
}

#[derive(Default)]
struct Cutter {
    forms: Vec<Form>,
    script: Option<Script>,
    words: Vec<Word>,
    text: String,
    letters: Vec<u8>,
    part_ends: Vec<u16>,
    /// Where the open word begins: in `text`, and in `part_ends`.
    start: (usize, usize),
    lower: bool,
    upper: usize,
    masked: bool,
}

/// A position within a form: at most [`LONGEST`] characters of four bytes or eight letters each.
fn short(position: usize) -> u16 {
    u16::try_from(position).expect("a form is short")
}

impl Cutter {
    fn take(&mut self, c: char) {
        match c {
            'a'..='z' | 'A'..='Z' => self.take_letter(c, Script::Latin),
            '(' | ')' | '[' | ']' | '（' | '）' | '［' | '］' | '/' | ';' | '=' | '〔' | '〕'
            | '【' | '】' => self.end_form(),
            ',' | '，' | '、' => {
                self.end_word();
                if let Some(last) = self.words.last_mut() {
                    last.comma = true;
                }
            }
            '-' | '‐' | '‑' | '–' | '·' | '・' if self.latin() && self.open() => {
                self.text.push('-');
                self.end_part();
            }
            _ => match script(c) {
                Some(script) => self.take_letter(c, script),
                None if is_apostrophe(c) && self.latin() && self.open() => {
                    self.text.push(c);
                    push_letters(c, &mut self.letters);
                }
                None if is_mark(c) => {}
                None if is_mask(c) => {
                    self.end_word();
                    self.masked = true;
                }
                None => self.end_word(),
            },
        }
    }

    fn latin(&self) -> bool {
        self.script == Some(Script::Latin)
    }

    /// Whether a word is open.
    fn open(&self) -> bool {
        self.text.len() > self.start.0
    }

    fn take_letter(&mut self, c: char, script: Script) {
        // Kana and Han mix within one name; any other change of script begins another form.
        let same = match (self.script, script) {
            (None, _) => true,
            (Some(Script::Kana | Script::Han), Script::Kana | Script::Han) => true,
            (Some(now), new) => now == new,
        };
        if !same {
            self.end_form();
        }
        if self.script != Some(Script::Kana) {
            self.script = Some(script);
        }
        self.text.push(c);
        if matches!(script, Script::Latin | Script::Other) {
            if c.is_lowercase() {
                self.lower = true;
            } else if c.is_uppercase() {
                self.upper += 1;
            }
            push_letters(c, &mut self.letters);
        }
    }

    fn end_part(&mut self) {
        let end = short(self.letters.len());
        if self.part_ends.last().copied().unwrap_or_default() < end {
            self.part_ends.push(end);
        }
    }

    fn end_word(&mut self) {
        if !self.open() {
            return;
        }
        self.end_part();
        let text = (short(self.start.0), short(self.text.len()));
        let parts = (short(self.start.1), short(self.part_ends.len()));
        let capitals = !self.lower && self.upper > 1;
        let letters = if self.latin() {
            &self.letters[self.word_letters()..]
        } else {
            &[]
        };
        if capitals && is_masked_word(letters) {
            self.masked = true;
        } else if self.words.len() < WORDS {
            self.words.push(Word {
                text,
                parts,
                capitals,
                comma: false,
            });
        }
        self.start = (self.text.len(), self.part_ends.len());
        self.lower = false;
        self.upper = 0;
    }

    /// Where the letters of the open word begin, once its last part is ended.
    fn word_letters(&self) -> usize {
        let before = self.start.1.checked_sub(1);
        before.map_or(0, |part| usize::from(self.part_ends[part]))
    }

    fn end_form(&mut self) {
        self.end_word();
        if let (true, true, Some(before)) =
            (self.masked, self.words.is_empty(), self.forms.last_mut())
        {
            // 김OO: the mask is in another script than what it belongs to.
            before.masked = true;
        }
        if let Some(script) = self.script.take()
            && !self.words.is_empty()
        {
            self.forms.push(Form {
                script,
                masked: self.masked,
                words: std::mem::take(&mut self.words),
                text: std::mem::take(&mut self.text),
                letters: std::mem::take(&mut self.letters),
                part_ends: std::mem::take(&mut self.part_ends),
            });
        }
        *self = Self {
            forms: std::mem::take(&mut self.forms),
            ..Self::default()
        };
    }
}

/// Marks that stand on a letter and do not end a word.
fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x200B..=0x200F | 0xFEFF | 0xAD | 0x3099..=0x309C)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn show(written: &str) -> Vec<String> {
        let words = |form: &Form| {
            let words = form.joined(0..form.words.len()).replace(' ', "|");
            format!("{} {words}", form.script.code())
        };
        forms(written).iter().map(words).collect()
    }

    #[test]
    fn forms_of_several_scripts_are_told_apart() {
        assert_eq!(
            show("김혜숙 (Kim Hye-sook)"),
            ["Hang 김혜숙", "Latn Kim|Hye-sook"]
        );
        assert_eq!(
            show("김혜숙 Kim Hye-sook"),
            ["Hang 김혜숙", "Latn Kim|Hye-sook"]
        );
        assert_eq!(show("横田めぐみ"), ["Hrkt 横田めぐみ"]);
        assert_eq!(show("金正恩/김정은"), ["Hani 金正恩", "Hang 김정은"]);
        assert_eq!(show(" 12 — "), Vec::<String>::new());
    }

    #[test]
    fn titles_are_dropped() {
        assert_eq!(show("Mr. KIM Jong Un"), ["Latn KIM|Jong|Un"]);
        assert_eq!(show("김혜숙 씨"), ["Hang 김혜숙"]);
        assert_eq!(show("Dr Park"), ["Latn Park"]);
        assert_eq!(show("Sam Kim Jr."), ["Latn Sam|Kim"]);
    }

    #[test]
    fn commas_and_capitals_are_kept() {
        let form = &forms("KIM, Hye Sook")[0];
        assert!(form.words[0].comma && form.words[0].capitals);
        assert!(!form.words[1].capitals);
    }

    #[test]
    fn hyphens_part_a_word() {
        let form = &forms("Kim Hye-sook")[0];
        let lengths: Vec<usize> = form.parts(1..2).map(<[u8]>::len).collect();
        assert_eq!(lengths, [3, 4]);
        assert_eq!(form.letters(0..2).len(), 10);
        assert_eq!(form.parts(0..2).count(), 3);
        assert_eq!(form.parts(0..0).count(), 0);
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        let decomposed: String = "김혜숙".nfd().collect();
        assert_eq!(show(&decomposed), ["Hang 김혜숙"]);
    }
}
