//! A written name cut into forms (one a script) and words, with what the writing shows: commas,
//! capitals, hyphens.
//!
//! Invariant: no more than [`LONGEST`] characters are looked at, so every later step is bounded.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::latin_text::{is_apostrophe, push_letters};
use super::parsed::Script;
use super::table::{TableError, rows};

/// The longest name that is read, in characters; what is beyond is kept but not read.
pub(super) const LONGEST: usize = 160;
/// The most words of a form that are read.
pub(super) const WORDS: usize = 12;

/// A form of the name in one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub script: Script,
    pub words: Vec<Word>,
}

/// A word of a form.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Word {
    pub text: String,
    /// Latin letters of each part between hyphens; empty for other scripts.
    pub parts: Vec<Vec<u8>>,
    /// Two letters or more, all of them capitals.
    pub capitals: bool,
    /// A comma follows.
    pub comma: bool,
}

impl Word {
    /// All letters, hyphens left out.
    pub fn letters(&self) -> Vec<u8> {
        self.parts.concat()
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
    let mut cutter = Cutter::default();
    for c in text.chars() {
        cutter.take(c);
    }
    cutter.end_form();
    let mut forms = cutter.forms;
    forms.retain_mut(|form| {
        drop_titles(&mut form.words);
        !form.words.is_empty()
    });
    forms
}

#[derive(Default)]
struct Cutter {
    forms: Vec<Form>,
    words: Vec<Word>,
    word: Word,
    script: Option<Script>,
    lower: bool,
    upper: usize,
}

impl Cutter {
    fn take(&mut self, c: char) {
        match c {
            '(' | ')' | '[' | ']' | '（' | '）' | '［' | '］' | '/' | ';' | '=' | '〔' | '〕'
            | '【' | '】' => self.end_form(),
            ',' | '，' | '、' => {
                self.end_word();
                if let Some(last) = self.words.last_mut() {
                    last.comma = true;
                }
            }
            '-' | '‐' | '‑' | '–' | '·' | '・' | '~' if self.script != Some(Script::Other) => {
                if self.script == Some(Script::Latin) && !self.word.text.is_empty() {
                    self.word.text.push('-');
                    self.word.parts.push(Vec::new());
                } else {
                    self.end_word();
                }
            }
            _ => self.take_letter(c),
        }
    }

    fn take_letter(&mut self, c: char) {
        let Some(script) = script(c) else {
            if is_apostrophe(c) && !self.word.text.is_empty() && self.script == Some(Script::Latin)
            {
                self.word.text.push(c);
                self.push_latin(c);
            } else if !is_mark(c) {
                self.end_word();
            }
            return;
        };
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
        self.word.text.push(c);
        if matches!(script, Script::Latin | Script::Other) {
            if c.is_lowercase() {
                self.lower = true;
            } else if c.is_uppercase() {
                self.upper += 1;
            }
            self.push_latin(c);
        }
    }

    fn push_latin(&mut self, c: char) {
        if self.word.parts.is_empty() {
            self.word.parts.push(Vec::with_capacity(16));
        }
        if let Some(part) = self.word.parts.last_mut() {
            push_letters(c, part);
        }
    }

    fn end_word(&mut self) {
        if !self.word.text.is_empty() && self.words.len() < WORDS {
            let mut word = std::mem::take(&mut self.word);
            word.parts.retain(|part| !part.is_empty());
            word.capitals = !self.lower && self.upper > 1;
            self.words.push(word);
        }
        self.word = Word::default();
        self.lower = false;
        self.upper = 0;
    }

    fn end_form(&mut self) {
        self.end_word();
        if let Some(script) = self.script.take()
            && !self.words.is_empty()
        {
            self.forms.push(Form {
                script,
                words: std::mem::take(&mut self.words),
            });
        }
        self.words.clear();
    }
}

/// Marks that stand on a letter and do not end a word.
fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x200B..=0x200F | 0xFEFF | 0xAD | 0x3099..=0x309C)
}

/// Words that are no names.
struct Titles {
    before: BTreeSet<&'static str>,
    after: BTreeSet<&'static str>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    Titles::read(include_str!("../../../../data/names/titles.tsv"))
        .expect("the shipped table is read by a test")
});

impl Titles {
    fn read(text: &'static str) -> Result<Self, TableError> {
        let (mut before, mut after) = (BTreeSet::new(), BTreeSet::new());
        for row in rows("titles.tsv", text) {
            let title = row.text(0)?;
            match row.text(1)? {
                "before" => drop(before.insert(title)),
                "after" => drop(after.insert(title)),
                "both" => {
                    before.insert(title);
                    after.insert(title);
                }
                _ => return Err(row.wrong("before, after or both was expected")),
            }
        }
        Ok(Self { before, after })
    }
}

/// Drops titles from both ends, and never the last word.
fn drop_titles(words: &mut Vec<Word>) {
    while words.len() > 2 && is_title(&words[0].text, &TITLES.before) {
        words.remove(0);
    }
    while words.len() > 2
        && words
            .last()
            .is_some_and(|word| is_title(&word.text, &TITLES.after))
    {
        words.pop();
    }
    // Of two words a Latin title after the name may be a name: "Kim Junior".
    if words.len() == 2 && is_title(&words[0].text, &TITLES.before) {
        words.remove(0);
    } else if words.len() == 2
        && !words[1].text.is_ascii()
        && is_title(&words[1].text, &TITLES.after)
    {
        words.pop();
    }
}

fn is_title(word: &str, titles: &BTreeSet<&'static str>) -> bool {
    if titles.contains(word) {
        return true;
    }
    word.chars().any(char::is_uppercase) && titles.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn show(written: &str) -> Vec<String> {
        let words = |form: &Form| {
            let words: Vec<&str> = form.words.iter().map(|w| w.text.as_str()).collect();
            format!("{} {}", form.script.code(), words.join("|"))
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
    fn decomposed_hangul_is_composed() {
        let decomposed: String = "김혜숙".nfd().collect();
        assert_eq!(show(&decomposed), ["Hang 김혜숙"]);
    }

    #[test]
    fn a_title_without_its_place_is_an_error() {
        assert!(Titles::read("mr\tsomewhere\n").is_err());
    }
}
