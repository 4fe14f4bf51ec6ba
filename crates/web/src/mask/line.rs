//! A line of text as names are looked for in it: folded, with where each letter stands.
//!
//! Invariant: what has no width for a reader (the second space in a row, a soft hyphen) is in no
//! way of a name, and keeps its place all the same.

use std::ops::Range;

/// How the letters of a line are written where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As they are.
    Plain,
    /// With character references.
    Html,
    /// As part of an address, in an attribute.
    Address,
    /// As a string of JSON.
    Json,
}

/// A line of text, folded.
#[derive(Default)]
pub(super) struct Line {
    /// Its letters as they are written.
    pub(super) written: Vec<char>,
    /// The same in lower case.
    pub(super) text: String,
    /// Where each letter begins in `text`.
    starts: Vec<usize>,
    /// Where each letter stands in the page, in bytes.
    stand: Vec<(usize, usize)>,
    /// Whether it is what a visitor typed, or may hold it.
    pub(super) typed: bool,
}

impl Line {
    /// The line that a text makes, from byte `offset` of a page on.
    pub(super) fn of(text: &str, offset: usize, written: Written) -> Self {
        let mut line = Self::default();
        let mut at = 0;
        while at < text.len() {
            let (letter, length) = letter_of(&text[at..], written);
            line.push(letter, offset + at..offset + at + length);
            at += length;
        }
        line
    }

    /// Adds a letter, which stands there in the page.
    pub(super) fn push(&mut self, letter: char, stands: Range<usize>) {
        self.written.push(letter);
        self.starts.push(self.text.len());
        self.stand.push((stands.start, stands.end));
        let small = small(letter);
        let is_second_space = small == ' ' && self.text.ends_with(' ');
        if !(is_unseen(letter) || is_second_space) {
            self.text.push(small);
        }
    }

    /// The letters of a stretch of `text`: where each stands in the page.
    pub(super) fn letters(&self, stretch: &Range<usize>) -> &[(usize, usize)] {
        let at = |byte: usize| self.starts.partition_point(|start| *start < byte);
        self.stand(at(stretch.start)..at(stretch.end))
    }

    /// Where letters stand in the page, by their numbers.
    pub(super) fn stand(&self, letters: Range<usize>) -> &[(usize, usize)] {
        self.stand.get(letters).unwrap_or_default()
    }

    /// Whether what stands there is no part of a longer word; scripts that put endings behind
    /// names without a space end them as they like.
    pub(super) fn is_whole(&self, from: usize, to: usize) -> bool {
        self.is_edge(from) && self.is_edge(to)
    }

    /// Whether a word may begin or end there.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at..].chars().next();
        let joins = |one: char| one.is_alphanumeric() && !is_sign_script(one);
        !(before.is_some_and(joins) && after.is_some_and(joins))
    }
}

/// Letters in lower case, one for one: what has no single small letter stays.
fn small(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        _ if letter.is_whitespace() => ' ',
        (Some(only), None) => only,
        _ => letter,
    }
}

/// A name as it is looked for.
pub(super) fn fold(name: &str) -> String {
    Line::of(name.trim(), 0, Written::Plain).text
}

/// Signs without width: soft hyphens, joiners, marks of direction.
fn is_unseen(letter: char) -> bool {
    matches!(u32::from(letter), 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfeff)
}

/// Whether a letter is of a script that writes syllables or words with a sign.
pub(super) fn is_sign_script(letter: char) -> bool {
    matches!(u32::from(letter), 0x1100..=0x11ff | 0x3040..=0x30ff | 0x3130..=0x318f
        | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff)
}

/// The letter that a text begins with, and its bytes.
pub(super) fn letter_of(text: &str, written: Written) -> (char, usize) {
    let special = match (written, text.as_bytes().first()) {
        (Written::Html | Written::Address, Some(b'&')) => reference(text),
        (Written::Address, Some(b'%')) => percent(text),
        (Written::Address, Some(b'+')) => Some((' ', 1)),
        (Written::Json, Some(b'\\')) => escape(text),
        _ => None,
    };
    let plain = || {
        let letter = text.chars().next().unwrap_or(' ');
        (letter, letter.len_utf8())
    };
    special.unwrap_or_else(plain)
}

/// A character reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let of = &text[1..end];
    let number = of.strip_prefix('#').and_then(|digits| digits.parse().ok());
    let letter = number.and_then(char::from_u32).or(match of {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        _ => None,
    });
    letter.map(|letter| (letter, end + 1))
}

/// A letter as bytes in hexadecimal digits.
fn percent(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    for written in text.as_bytes().chunks_exact(3).take(4) {
        let [b'%', digits @ ..] = written else { break };
        let digits = std::str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        if let Ok(letter) = std::str::from_utf8(&bytes) {
            return Some((letter.chars().next()?, 3 * bytes.len()));
        }
    }
    None
}

/// An escape of JSON.
fn escape(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u16::from_str_radix(text.get(at + 2..at + 6)?, 16).ok();
    Some(match text.chars().nth(1)? {
        'u' => {
            let units = [unit(0)?, unit(6).unwrap_or_default()];
            let letter = char::decode_utf16(units).next()?;
            let letter = letter.unwrap_or('\u{fffd}');
            (letter, 6 * letter.len_utf16())
        }
        'b' | 'f' | 'n' | 'r' | 't' => (' ', 2),
        other => (other, 1 + other.len_utf8()),
    })
}
