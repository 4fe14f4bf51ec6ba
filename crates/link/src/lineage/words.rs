//! Text as numbers: every word becomes sixteen bits, two that say what kind of word it is and
//! fourteen of a hash of its folded letters, and a byte that says where it stands.
//!
//! Invariant: the same words give the same numbers whatever their case, accents (of Latin, Greek
//! and Cyrillic letters), punctuation, spacing, or Unicode composition (UAX #15). Han, Kana and
//! Hangul count character by character, since their spaces are absent or a matter of taste.

use unicode_normalization::char::decompose_compatible;

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
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

/// Lower case of ASCII letters and digits; 0 for all else.
const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        if b.is_ascii_alphanumeric() {
            table[byte] = b.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

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

/// The hash of the ASCII letters and digits that `bytes` begin with, whether one is a digit,
/// and how many they are. Eight bytes are looked at in one step.
fn plain_word(bytes: &[u8]) -> (u64, bool, usize) {
    let (mut hash, mut digits, mut len) = (SEED, 0, 0);
    loop {
        let rest = &bytes[len..];
        let chunk = match rest.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => padded(rest),
        };
        let lower = chunk | 0x20 * EACH;
        let digit = between(chunk, b'0', b'9');
        let inside = (between(lower, b'a', b'z') | digit) & !chunk & HIGH;
        let taken = ((!inside & HIGH).trailing_zeros() / 8) as usize;
        let kept = if taken == 8 {
            !0
        } else {
            (1u64 << (8 * taken)) - 1
        };
        digits |= digit & kept & !chunk & HIGH;
        if taken > 0 {
            hash = mixed(hash, lower & kept);
        }
        len += taken;
        if taken < 8 {
            return (hash, digits != 0, len);
        }
    }
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// High bits of the bytes that lie between two ASCII characters; other bits mean nothing, nor do
/// those of bytes that are not ASCII.
fn between(chunk: u64, low: u8, high: u8) -> u64 {
    let seven = chunk & !HIGH;
    let from = seven + u64::from(0x80 - low) * EACH;
    let beyond = seven + u64::from(0x7f - high) * EACH;
    from & !beyond
}

/// Up to eight bytes, zeros behind them.
fn padded(bytes: &[u8]) -> u64 {
    let mut chunk = [0; 8];
    for (slot, byte) in chunk.iter_mut().zip(bytes) {
        *slot = *byte;
    }
    u64::from_le_bytes(chunk)
}

fn mixed(hash: u64, chunk: u64) -> u64 {
    let hash = (hash ^ chunk).wrapping_mul(PRIME);
    hash ^ hash >> 32
}

/// The hash of a folded word; the same as that of [`plain_word`] for the same letters.
fn hash_of(folded: &[u8]) -> u64 {
    folded
        .chunks(8)
        .fold(SEED, |hash, chunk| mixed(hash, padded(chunk)))
}

/// Fourteen well-mixed bits of a hash.
fn short(hash: u64) -> Token {
    ((hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50) as Token
}

/// Characters of scripts that are counted by characters.
fn is_counted(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3041}'..='\u{30ff}' | '\u{3130}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c != '・'
}

/// Whether a character belongs to the word around it: letters, digits, marks on them, and what
/// is not seen (soft hyphen, zero-width characters, word joiner).
fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || is_unseen(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Lower case without compatibility forms and without marks above letters, as bytes.
fn fold(c: char, mut each: impl FnMut(u8)) {
    if is_unseen(c) {
        return;
    }
    decompose_compatible(c, |part| {
        if is_mark(part) {
            return;
        }
        for lower in part.to_lowercase() {
            let mut buffer = [0; 4];
            lower.encode_utf8(&mut buffer).bytes().for_each(&mut each);
        }
    });
}

/// Joins conjoining jamo into the syllable they make; the character and how many were taken.
fn compose_hangul(first: char, mut rest: impl Iterator<Item = char>) -> (char, usize) {
    let lead = (first as u32).wrapping_sub(0x1100);
    if lead >= 19 {
        return (first, 1);
    }
    let vowel = rest
        .next()
        .map_or(u32::MAX, |c| (c as u32).wrapping_sub(0x1161));
    if vowel >= 21 {
        return (first, 1);
    }
    let tail = rest.next().map_or(0, |c| (c as u32).wrapping_sub(0x11a7));
    let (tail, taken) = if (1..28).contains(&tail) {
        (tail, 3)
    } else {
        (0, 2)
    };
    let syllable = 0xac00 + (lead * 21 + vowel) * 28 + tail;
    (char::from_u32(syllable).unwrap_or(first), taken)
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
    fn a_word_has_one_hash_whichever_way_it_is_read() {
        for word in [
            "a",
            "abcdefg",
            "ABCDEFGH",
            "abcdefghi",
            "0123456789abcdef",
            "Zz9",
        ] {
            let (hash, digit, len) = plain_word(format!("{word}-").as_bytes());
            assert_eq!(
                (hash, len),
                (hash_of(word.to_lowercase().as_bytes()), word.len())
            );
            assert_eq!(digit, word.contains(|c: char| c.is_ascii_digit()), "{word}");
            assert_eq!(plain_word(word.as_bytes()).2, word.len());
        }
        for byte in 0..=255u8 {
            let len = plain_word(&[byte, b'x']).2;
            assert_eq!(len == 2, byte.is_ascii_alphanumeric(), "byte {byte}");
        }
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
