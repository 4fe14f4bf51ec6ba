//! How judges look at a passage: its line folded for comparison, its words, its shape.
//!
//! Han and Kana count as words of two characters, since they are written without spaces.

use crate::draft::Draft;

/// What can be seen of a passage without understanding it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    /// Words.
    pub words: u32,
    /// Words that begin with an upper-case letter.
    pub capitals: u32,
    /// Whether it ends as a sentence does, closing quotes and brackets aside.
    pub ends: bool,
    /// Whether it ends with a colon.
    pub colon: bool,
    /// Whether it holds a letter or a digit.
    pub letters: bool,
}

impl Shape {
    pub fn of(text: &str) -> Self {
        let mut shape = Self::default();
        let mut unspaced = 0u32;
        for word in text.split(' ') {
            let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else {
                continue;
            };
            shape.letters = true;
            if word.is_ascii() {
                shape.words += 1;
            } else {
                let here = word.chars().filter(|&c| is_unspaced(c)).count() as u32;
                unspaced += here;
                shape.words += u32::from(here < 2);
            }
            shape.capitals += u32::from(first.is_uppercase());
        }
        shape.words += unspaced.div_ceil(2);
        let last = text.trim_end_matches(is_closing).chars().next_back();
        shape.ends = matches!(
            last,
            Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔')
        );
        shape.colon = matches!(text.chars().next_back(), Some(':' | '：'));
        shape
    }

    /// Whether it is running text: long enough to say something, and ended like a sentence.
    pub fn is_prose(&self) -> bool {
        (self.words >= 15 && (self.ends || self.colon)) || self.words >= 40
    }
}

/// The shape of every block of a draft.
pub(crate) fn shapes(draft: &Draft<'_>) -> Vec<Shape> {
    draft
        .blocks
        .iter()
        .map(|block| Shape::of(draft.text_of(block)))
        .collect()
}

fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '*' | '_'
    ) || letter == ' '
}

/// Whether a script is written without spaces between words.
pub(crate) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A line as lists of phrases write it: lower case, straight quotes, without the marks that
/// sites put around labels.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '’' | '‘' | 'ʼ' | '´' | '`' => folded.push('\''),
            '“' | '”' | '„' | '«' | '»' => folded.push('"'),
            '‐' | '‑' | '–' | '—' => folded.push('-'),
            ':' | '：' => {
                // French puts a space before it.
                if folded.ends_with(' ') {
                    folded.pop();
                }
                folded.push(':');
            }
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    let is_mark = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '!'
                    | '.'
                    | '…'
                    | '>'
                    | '<'
                    | '|'
                    | '•'
                    | '·'
                    | '*'
                    | '-'
                    | '"'
                    | '['
                    | ']'
                    | '▶'
                    | '►'
                    | '→'
                    | '←'
                    | '›'
                    | '‹'
                    | '↑'
                    | '+'
                    | '='
            )
    };
    let trimmed = folded.trim_matches(is_mark);
    if trimmed.len() == folded.len() {
        folded
    } else {
        trimmed.to_owned()
    }
}

/// One word of a passage, as repeats are found by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Hash of its folded letters.
    pub hash: u64,
    /// Whether a passage that differs in it says something else: a number, a name, a negation.
    pub tells: bool,
}

/// The words of `text`, folded and hashed into `words`.
pub(crate) fn words_into(text: &str, words: &mut Vec<Word>) {
    words.clear();
    let mut hash = Hash::new();
    let mut tells = false;
    let mut inside = false;
    let mut previous_ended = true;
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            if is_unspaced(letter) {
                if inside {
                    words.push(hash.word(tells));
                    hash = Hash::new();
                    inside = false;
                }
                let mut single = Hash::new();
                single.letter(letter);
                words.push(single.word(false));
                previous_ended = false;
                continue;
            }
            if !inside {
                inside = true;
                tells = letter.is_uppercase() && !previous_ended;
                previous_ended = false;
            }
            tells |= letter.is_numeric();
            for lower in letter.to_lowercase() {
                hash.letter(lower);
            }
        } else if inside && matches!(letter, '\'' | '’') {
            // An apostrophe is inside its word, however it is written.
        } else {
            if inside {
                words.push(hash.word(tells));
                hash = Hash::new();
                inside = false;
            }
            previous_ended |= matches!(
                letter,
                '.' | '!' | '?' | ':' | '"' | '“' | '”' | '«' | '(' | '[' | '‘'
            );
        }
    }
    if inside {
        words.push(hash.word(tells));
    }
}

/// FNV-1a over characters: small, fast on short words, the same on every machine.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn letter(&mut self, letter: char) {
        self.0 = (self.0 ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn word(self, tells: bool) -> Word {
        Word {
            hash: self.0,
            tells: tells || NEGATIONS.contains(&self.0),
        }
    }
}

/// Hash of a folded word.
const fn hash_of(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash
}

/// Words whose presence turns a sentence round.
const NEGATIONS: [u64; 16] = [
    hash_of("not"),
    hash_of("no"),
    hash_of("never"),
    hash_of("nor"),
    hash_of("neither"),
    hash_of("without"),
    hash_of("none"),
    hash_of("cannot"),
    hash_of("pas"),
    hash_of("jamais"),
    hash_of("ni"),
    hash_of("sans"),
    hash_of("nunca"),
    hash_of("sin"),
    hash_of("nicht"),
    hash_of("kein"),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn words_of(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        words_into(text, &mut words);
        words
    }

    #[test]
    fn lines_fold_to_what_lists_hold() {
        assert_eq!(fold("▶ Read More…"), "read more");
        assert_eq!(
            fold("Your browser doesn’t support"),
            "your browser doesn't support"
        );
    }

    #[test]
    fn prose_ends_like_a_sentence() {
        let sentence = "The Commission found that crimes against humanity had been committed, \
                        entailing extermination, murder, enslavement, torture, imprisonment and \
                        rape.”";
        assert!(Shape::of(sentence).is_prose());
        assert!(!Shape::of("Breaking News").is_prose());
        assert_eq!(Shape::of("人権状況").words, 2);
        assert_eq!(Shape::of("북한 인권 상황").words, 3);
    }

    #[test]
    fn numbers_names_and_negations_tell() {
        let tells: Vec<bool> = words_of("The envoy met Kim in 2013, not Lee’s aide. He left.")
            .iter()
            .map(|word| word.tells)
            .collect();
        assert_eq!(
            tells,
            [
                false, false, false, true, false, true, true, true, false, false, false
            ]
        );
        assert_eq!(words_of("DON'T")[0].hash, words_of("don’t")[0].hash);
    }
}
