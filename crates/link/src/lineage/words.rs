//! Text as numbers: every word becomes sixteen bits, two that say what kind of word it is and
//! fourteen of a hash of its folded letters, and a byte that says where it stands.
//!
//! Invariant: the same words give the same numbers whatever their case, accents (of Latin, Greek
//! and Cyrillic letters), punctuation, spacing, or Unicode composition (UAX #15). Han, Kana and
//! Hangul count character by character, since their spaces are absent or a matter of taste.

use super::letters::{
    FOLDED, SEED, compose_hangul, fold, hash_of, is_counted, is_inside, plain_word,
};

/// Kind of word in the two top bits, hash in the other fourteen.
pub(super) type Token = u16;

/// The bits of a token that say which word it is.
pub(super) const HASH: Token = 0x3fff;

/// What kind of word a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Plain,
    /// It holds a digit: a number, a date, a symbol.
    Number,
    /// It begins with a capital within a sentence.
    Name,
    /// One character of a script that is counted by characters.
    Character,
}

pub(super) fn kind(token: Token) -> Kind {
    match token >> 14 {
        0 => Kind::Plain,
        1 => Kind::Number,
        2 => Kind::Name,
        _ => Kind::Character,
    }
}

/// How much a token counts: a word 2, a character of Han, Kana or Hangul 1.
pub(super) fn weight(token: Token) -> u32 {
    if token >> 14 == 3 { 1 } else { 2 }
}

/// Whether two tokens are the same word; whether it was taken for a name does not matter.
pub(super) fn same(a: Token, b: Token) -> bool {
    (a ^ b) & HASH == 0
}

/// What stands for the whole text in memory: tokens, and the places of their words.
#[derive(Default, Debug)]
pub(super) struct Words {
    pub tokens: Vec<Token>,
    /// For each token a byte: characters since the last word in the upper half, its length in
    /// the lower; [`ESCAPE`] and two 32-bit numbers where they do not fit.
    pub layout: Vec<u8>,
}

const ESCAPE: u8 = 0xff;
/// Cuts passages into words, one after the other.
#[derive(Debug)]
pub(super) struct Cutter<'w> {
    words: &'w mut Words,
    /// Character after the last word.
    last_end: u32,
    /// Whether the next word begins a sentence.
    begins: bool,
    /// The word that is being read, folded, where it is not plain.
    folded: Vec<u8>,
}

/// A word that is being read.
struct Open {
    hash: u64,
    start: u32,
    digit: bool,
    capital: bool,
}

impl<'w> Cutter<'w> {
    pub fn new(words: &'w mut Words) -> Self {
        Self {
            words,
            last_end: 0,
            begins: true,
            folded: Vec::new(),
        }
    }

    /// Adds the words of `text`, which starts at character `at` of the reading; passages come
    /// in ascending order.
    pub fn passage(&mut self, text: &str, mut at: u32) {
        self.begins = true;
        let bytes = text.as_bytes();
        let mut byte = 0;
        while let Some(&first) = bytes.get(byte) {
            if first < 128 && FOLDED[first as usize] == 0 {
                self.begins |= matches!(first, b'.' | b'!' | b'?' | b':');
                byte += 1;
                at += 1;
                continue;
            }
            let (hash, digit, len) = plain_word(&bytes[byte..]);
            let next = byte + len;
            if len > 0 && bytes.get(next).is_none_or(|&b| b < 128) {
                let word = Open {
                    hash,
                    start: at,
                    digit,
                    capital: first.is_ascii_uppercase(),
                };
                byte = next;
                at += len as u32;
                self.close(&word, at);
            } else {
                (byte, at) = self.word(text, byte, at);
            }
        }
    }

    /// Reads one word or one other character from `byte` on; the byte and character behind it.
    fn word(&mut self, text: &str, mut byte: usize, mut at: u32) -> (usize, u32) {
        let bytes = text.as_bytes();
        self.folded.clear();
        let mut open = Open {
            hash: SEED,
            start: at,
            digit: false,
            capital: false,
        };
        loop {
            if at == open.start {
                open.capital = bytes.get(byte).is_some_and(u8::is_ascii_uppercase);
            }
            let from = byte;
            for &b in &bytes[byte..] {
                let folded = FOLDED[b as usize];
                if folded == 0 {
                    break;
                }
                open.digit |= folded <= b'9';
                self.folded.push(folded);
                byte += 1;
            }
            at += (byte - from) as u32;
            if bytes.get(byte).is_none_or(|&b| b < 128) {
                break;
            }
            let Some(c) = text[byte..].chars().next() else {
                break;
            };
            if is_counted(c) {
                if open.start == at {
                    return self.character(text, byte, at);
                }
                break;
            }
            if !is_inside(c) {
                if open.start == at {
                    self.begins |= matches!(c, '。' | '！' | '？' | '…' | '：' | '؟' | '।');
                    return (byte + c.len_utf8(), at + 1);
                }
                break;
            }
            open.capital |= at == open.start && c.is_uppercase();
            open.digit |= c.is_numeric();
            fold(c, |byte| self.folded.push(byte));
            byte += c.len_utf8();
            at += 1;
        }
        if !self.folded.is_empty() {
            open.hash = hash_of(&self.folded);
            self.close(&open, at);
        }
        (byte, at)
    }

    fn close(&mut self, open: &Open, end: u32) {
        let name = open.capital && !self.begins && end - open.start > 1;
        let kind = if open.digit {
            1
        } else if name {
            2
        } else {
            0
        };
        self.begins = false;
        self.push(kind << 14 | short(open.hash), open.start, end);
    }

    /// One character of Han, Kana or Hangul; decomposed Hangul is composed first.
    fn character(&mut self, text: &str, byte: usize, at: u32) -> (usize, u32) {
        let mut rest = text[byte..].chars();
        let Some(first) = rest.next() else {
            return (byte + 1, at + 1);
        };
        let (c, taken) = compose_hangul(first, rest);
        let mut buffer = [0; 4];
        let hash = hash_of(c.encode_utf8(&mut buffer).as_bytes());
        let bytes: usize = text[byte..].chars().take(taken).map(char::len_utf8).sum();
        let end = at + taken as u32;
        self.begins = false;
        self.push(3 << 14 | short(hash), at, end);
        (byte + bytes, end)
    }

    fn push(&mut self, token: Token, start: u32, end: u32) {
        let (gap, len) = (start - self.last_end, end - start);
        self.last_end = end;
        self.words.tokens.push(token);
        if gap < 15 && len < 16 {
            self.words.layout.push((gap << 4 | len) as u8);
        } else {
            self.words.layout.push(ESCAPE);
            self.words.layout.extend_from_slice(&gap.to_le_bytes());
            self.words.layout.extend_from_slice(&len.to_le_bytes());
        }
    }
}

/// The places of words, in order: first character and the one behind the last.
pub(super) fn places(layout: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let mut rest = layout;
    let mut end = 0;
    std::iter::from_fn(move || {
        let (&first, tail) = rest.split_first()?;
        let (gap, len);
        if first == ESCAPE {
            let (numbers, tail) = tail.split_at_checked(8)?;
            gap = u32::from_le_bytes(numbers[..4].try_into().ok()?);
            len = u32::from_le_bytes(numbers[4..].try_into().ok()?);
            rest = tail;
        } else {
            (gap, len) = (u32::from(first >> 4), u32::from(first & 15));
            rest = tail;
        }
        let start = end + gap;
        end = start + len;
        Some((start, end))
    })
}

/// Fourteen well-mixed bits of a hash.
fn short(hash: u64) -> Token {
    ((hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50) as Token
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Words {
        let mut words = Words::default();
        Cutter::new(&mut words).passage(text, 0);
        words
    }

    fn hashes(text: &str) -> Vec<Token> {
        cut(text).tokens.iter().map(|token| token & HASH).collect()
    }

    #[test]
    fn case_marks_quotes_and_composition_do_not_matter() {
        assert_eq!(
            hashes("Tomás Ojea\u{ad} Quintana’s “visit”"),
            hashes("TOMAS  OJEA QUINTANA'S visit")
        );
        assert_eq!(hashes("e\u{301}tat ﬁn"), hashes("état fin"));
        assert_eq!(
            hashes("조선민주"),
            hashes(
                "\u{110c}\u{1169}\u{1109}\u{1165}\u{11ab}\u{1106}\u{1175}\u{11ab}\u{110c}\u{116e}"
            )
        );
        assert_ne!(hashes("one"), hashes("two"));
    }

    #[test]
    fn every_word_is_found_again_at_its_place() {
        let text = "In 2014, Mr. Kirby’s report — 「人権」 and antidisestablishmentarianism.                      End";
        let words = cut(text);
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = places(&words.layout)
            .map(|(from, to)| chars[from as usize..to as usize].iter().collect())
            .collect();
        assert_eq!(found.len(), words.tokens.len());
        assert_eq!(
            found,
            [
                "In",
                "2014",
                "Mr",
                "Kirby",
                "s",
                "report",
                "人",
                "権",
                "and",
                "antidisestablishmentarianism",
                "End"
            ]
        );
    }

    #[test]
    fn numbers_and_names_are_told_from_plain_words() {
        let words = cut("On Monday 3 people met Kim in Seoul. They left.");
        let kinds: Vec<Kind> = words.tokens.iter().map(|&token| kind(token)).collect();
        use Kind::{Name, Number, Plain};
        assert_eq!(
            kinds,
            [
                Plain, Name, Number, Plain, Plain, Name, Plain, Name, Plain, Plain
            ]
        );
    }
}
