//! Cuts text into tokens: words, numbers, marks. Lexicons are cut by the same rules as texts.
//!
//! Hyphens between letters only separate (`gender-based` is two words, joined); `'s`, `'re` and the
//! like stand alone; `U.S.` and `Mr.` keep their stops. Invariant: tokens ascend, do not overlap,
//! and each starts and ends on a character of the text. One pass, no look-ahead beyond a word.

use crate::lexicon::{Class, WordId, Words};

/// One word, number or mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The folded word, when a lexicon names it.
    pub word: WordId,
    /// How it is written.
    pub shape: Shape,
}

/// How a token is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Shape(u8);

impl Shape {
    const CAPITAL: u8 = 1;
    const UPPER: u8 = 2;
    const DIGIT: u8 = 4;
    const JOINED: u8 = 8;
    const SPACED: u8 = 16;
    const WORD: u8 = 32;

    /// Begins with a capital letter.
    pub fn is_capital(self) -> bool {
        self.0 & Self::CAPITAL != 0
    }

    /// Two or more letters, all of them capitals.
    pub fn is_upper(self) -> bool {
        self.0 & Self::UPPER != 0
    }

    /// Begins with a digit.
    pub fn is_number(self) -> bool {
        self.0 & Self::DIGIT != 0
    }

    /// A hyphen joins it to the token before.
    pub fn is_joined(self) -> bool {
        self.0 & Self::JOINED != 0
    }

    /// White space stands before it.
    pub fn is_spaced(self) -> bool {
        self.0 & Self::SPACED != 0
    }

    /// A word or a number, not a mark.
    pub fn is_word(self) -> bool {
        self.0 & Self::WORD != 0
    }
}

/// A word of a lexicon's pattern, with what its spelling asks of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Folded {
    pub word: String,
    pub capital: bool,
    pub upper: bool,
}

/// A lexicon's words, cut and folded as a text's are; full stops are left away.
pub(crate) fn folded(text: &str) -> Vec<Folded> {
    let mut all = Vec::new();
    let mut buffer = String::new();
    for raw in Raw::new(text) {
        raw.fold(text, &mut buffer);
        if buffer != "." {
            all.push(Folded {
                word: buffer.clone(),
                capital: raw.shape.is_capital(),
                upper: raw.shape.is_upper(),
            });
        }
    }
    all
}

/// Where the words and marks of `text` stand, in bytes; every full stop is a mark.
pub(crate) fn cut(text: &str) -> Vec<std::ops::Range<usize>> {
    Raw::new(text).map(|raw| raw.start..raw.end).collect()
}

/// Appends the tokens of `text`, which begins at byte `base` of the reading.
pub(crate) fn tokenize(text: &str, base: u32, words: &Words, out: &mut Vec<Token>) {
    let mut buffer = String::new();
    let first = out.len();
    for raw in Raw::new(text) {
        raw.fold(text, &mut buffer);
        let token = Token {
            start: base + raw.start as u32,
            end: base + raw.end as u32,
            word: words.id(&buffer),
            shape: raw.shape,
        };
        if buffer == "." && !raw.shape.is_spaced() && out.len() > first {
            let before_last = out.len().checked_sub(2).filter(|&at| at >= first);
            let before_last = before_last.map(|at| out[at]);
            if let Some(last) = out.last_mut()
                && last.end == token.start
                && keeps_stop(text, base, before_last, *last, raw.end, words)
            {
                last.end = token.end;
                continue;
            }
        }
        out.push(token);
    }
}

/// Whether a full stop belongs to the word before it.
fn keeps_stop(
    text: &str,
    base: u32,
    before: Option<Token>,
    word: Token,
    after: usize,
    words: &Words,
) -> bool {
    let rest = text.get(after..).unwrap_or_default();
    let next = rest.trim_start().chars().next();
    let written = text
        .get((word.start - base) as usize..(word.end - base) as usize)
        .unwrap_or_default();
    if written.eq_ignore_ascii_case("no") {
        return next.is_some_and(|c| c.is_ascii_digit());
    }
    if words.classes(word.word).has(Class::Abbreviation) {
        return true;
    }
    let is_initial = word.shape.is_capital() && written.chars().count() == 1;
    is_initial
        && before.is_some_and(|before| before.shape.is_capital())
        && next.is_some_and(char::is_uppercase)
}

struct RawToken {
    start: usize,
    end: usize,
    shape: Shape,
}

impl RawToken {
    fn fold(&self, text: &str, buffer: &mut String) {
        buffer.clear();
        let written = &text[self.start..self.end];
        if !self.shape.is_word() {
            let first = written.chars().next().unwrap_or(' ');
            buffer.push_str(match first {
                '–' | '—' | '―' | '-' | '‐' | '‑' => "—",
                '…' => "…",
                '.' if written.len() > 1 => "…",
                '’' | 'ʼ' | '\'' => "'",
                _ => written,
            });
            return;
        }
        for c in written.chars() {
            match c {
                '’' | 'ʼ' => buffer.push('\''),
                c if c.is_ascii() => buffer.push(c.to_ascii_lowercase()),
                c => buffer.extend(c.to_lowercase()),
            }
        }
    }
}

struct Raw<'t> {
    text: &'t str,
    at: usize,
    single_open: bool,
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

impl<'t> Raw<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            single_open: false,
        }
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The end of a `'s`, `'re` … that starts at `at` and stands at a word's end.
    fn clitic(&self, at: usize) -> Option<usize> {
        let mark = self.peek(at).filter(|&c| is_apostrophe(c))?;
        let from = at + mark.len_utf8();
        for ending in ["s", "re", "ve", "ll", "m", "d"] {
            let to = from + ending.len();
            let found = self.text.get(from..to);
            if found.is_some_and(|found| found.eq_ignore_ascii_case(ending))
                && !self.peek(to).is_some_and(char::is_alphanumeric)
            {
                return Some(to);
            }
        }
        None
    }

    /// One past the last byte of the word that starts at `start`.
    fn word_end(&self, start: usize) -> usize {
        let mut end = start;
        let mut digits = true;
        let mut acronym = true;
        let mut letters_since_dot = 0;
        while let Some(c) = self.peek(end) {
            let next_at = end + c.len_utf8();
            if c.is_alphanumeric() || is_mark(c) {
                digits &= c.is_ascii_digit();
                letters_since_dot += 1;
                acronym &= c.is_alphabetic() && letters_since_dot == 1;
                end = next_at;
                continue;
            }
            let next = self.peek(next_at);
            let joins = match c {
                '.' | ',' if digits => next.is_some_and(|n| n.is_ascii_digit()),
                '.' if acronym && letters_since_dot == 1 => {
                    let inner = next.is_some_and(char::is_alphabetic)
                        && self
                            .peek(next_at + next.map_or(0, char::len_utf8))
                            .is_some_and(|after| after == '.');
                    let last = self.text[start..end].contains('.');
                    letters_since_dot = 0;
                    if last && !inner {
                        return next_at;
                    }
                    inner
                }
                c if is_apostrophe(c) => {
                    self.clitic(end).is_none()
                        && next.is_some_and(char::is_alphabetic)
                        && end > start
                }
                _ => false,
            };
            if !joins {
                break;
            }
            acronym &= c == '.';
            end = next_at;
        }
        end
    }
}

/// Combining marks that belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

impl Iterator for Raw<'_> {
    type Item = RawToken;

    fn next(&mut self) -> Option<RawToken> {
        let mut shape = 0;
        let before = self.at;
        loop {
            let c = self.peek(self.at)?;
            if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
                shape |= Shape::SPACED;
                self.at += c.len_utf8();
            } else if is_hyphen(c)
                && shape & Shape::SPACED == 0
                && before > 0
                && self.at == before
                && self.text[..before]
                    .chars()
                    .next_back()
                    .is_some_and(|c| c.is_alphanumeric() || c == '.')
                && self
                    .peek(self.at + c.len_utf8())
                    .is_some_and(char::is_alphanumeric)
            {
                shape |= Shape::JOINED;
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        let start = self.at;
        let c = self.peek(start)?;
        if c.is_alphanumeric() {
            let end = self.word_end(start);
            let written = &self.text[start..end];
            shape |= Shape::WORD;
            if c.is_uppercase() {
                shape |= Shape::CAPITAL;
                let mut letters = written.chars().filter(|c| c.is_alphabetic());
                if letters.clone().count() > 1 && letters.all(char::is_uppercase) {
                    shape |= Shape::UPPER;
                }
            }
            if c.is_ascii_digit() {
                shape |= Shape::DIGIT;
            }
            self.at = end;
            return Some(RawToken {
                start,
                end,
                shape: Shape(shape),
            });
        }
        self.at = start + self.mark_len(c, start, &mut shape);
        Some(RawToken {
            start,
            end: self.at,
            shape: Shape(shape),
        })
    }
}

impl Raw<'_> {
    /// Bytes of the mark that starts at `start`; a clitic counts as a word.
    fn mark_len(&mut self, c: char, start: usize, shape: &mut u8) -> usize {
        if is_apostrophe(c) && *shape & Shape::SPACED == 0 {
            if let Some(end) = self.clitic(start) {
                *shape |= Shape::WORD;
                return end - start;
            }
            self.single_open = false;
        }
        if c == '‘' {
            self.single_open = true;
        }
        if is_hyphen(c) || c == '.' {
            let same = self.text[start..]
                .bytes()
                .take(3)
                .take_while(|&byte| byte == c as u8 && c.is_ascii())
                .count();
            return same.max(c.len_utf8());
        }
        c.len_utf8()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let mut words = Words::new();
        words.classify("mr", Class::Abbreviation);
        let mut tokens = Vec::new();
        tokenize(text, 0, &words, &mut tokens);
        tokens
            .iter()
            .map(|t| text[t.start as usize..t.end as usize].to_owned())
            .collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            cut("The regime’s non-state actors don’t stop; Mr. Kim’s 1,200.5 men."),
            [
                "The", "regime", "’s", "non", "state", "actors", "don’t", "stop", ";", "Mr.",
                "Kim", "’s", "1,200.5", "men", "."
            ]
        );
        assert_eq!(
            cut("In the U.S. and U.K., Joseph R. Biden. A/HRC/RES/34/24 we’re–they"),
            [
                "In", "the", "U.S.", "and", "U.K.", ",", "Joseph", "R.", "Biden", ".", "A", "/",
                "HRC", "/", "RES", "/", "34", "/", "24", "we", "’re", "–", "they"
            ]
        );
        assert_eq!(
            cut("abuses ... “No. 5” no."),
            ["abuses", "...", "“", "No.", "5", "”", "no", "."]
        );
    }

    #[test]
    fn lexicons_are_cut_alike() {
        let words: Vec<_> = folded("North Korea's U.S. St. Act")
            .into_iter()
            .map(|f| (f.word, f.capital, f.upper))
            .collect();
        assert_eq!(words[0], ("north".to_owned(), true, false));
        assert_eq!(words[2], ("'s".to_owned(), false, false));
        assert_eq!(words[3], ("u.s.".to_owned(), true, true));
        assert_eq!(words[4].0, "st");
    }
}
