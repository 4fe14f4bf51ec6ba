//! Words of scripts that put spaces between words: runs of letters and digits, in lower case.
//!
//! `Jong-un` is two words, `A/HRC/34/24` four, `women’s` two; the query's words are cut by the
//! same rule. Hangul, Kana and Han are left to [`bigrams`](super::bigrams).
//!
//! Invariant: offsets ascend and lie on character boundaries; positions count words, the ones
//! that are too long to be indexed included.

use super::bigrams::is_cjk;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Longest word in bytes that is indexed; longer runs are encoded data, not words.
const LONGEST: usize = 80;

/// Cuts text into words.
#[derive(Clone, Default)]
pub(crate) struct Words;

/// The words of one text.
pub(crate) struct WordStream<'t> {
    text: &'t str,
    at: usize,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'t> = WordStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> WordStream<'t> {
        WordStream::new(text)
    }
}

impl<'t> WordStream<'t> {
    /// The words of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            token: Token::default(),
        }
    }

    /// Puts the next run into the token; `false` at the end.
    fn next_run(&mut self) -> bool {
        let start = self.pass(self.at, |c| !is_word(c));
        let end = self.pass(start, |c| is_word(c) || is_mark(c));
        self.at = end;
        self.token.offset_from = start;
        self.token.offset_to = end;
        start < end
    }

    /// Where the characters from byte `at` on end of which `all` holds.
    #[inline]
    fn pass(&self, mut at: usize, all: impl Fn(char) -> bool) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            // Most characters are bytes; decoding them as such is most of the time saved.
            let (c, len) = match byte.is_ascii() {
                true => (char::from(byte), 1),
                false => match self.text[at..].chars().next() {
                    Some(c) => (c, c.len_utf8()),
                    None => break,
                },
            };
            if !all(c) {
                break;
            }
            at += len;
        }
        at
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if !self.next_run() {
                return false;
            }
            self.token.position = self.token.position.wrapping_add(1);
            let run = &self.text[self.token.offset_from..self.token.offset_to];
            if run.len() > LONGEST {
                continue;
            }
            lower(run, &mut self.token.text);
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn lower(run: &str, word: &mut String) {
    word.clear();
    if run.is_ascii() {
        word.push_str(run);
        word.make_ascii_lowercase();
        return;
    }
    let lower = run.chars().flat_map(char::to_lowercase);
    word.extend(lower.filter(|c| !is_mark(*c)));
}

fn is_word(c: char) -> bool {
    // Some marks count as letters (U+0363 and after): what is nothing but marks is no word.
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric() && !is_cjk(c) && !is_mark(c))
}

/// Combining diacritical marks: in decomposed text they stand within words.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut stream = WordStream::new(text);
        let mut words = Vec::new();
        while let Some(token) = stream.next() {
            words.push(token.text.clone());
        }
        words
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("Kim Jong-un’s 2,600 words"),
            ["kim", "jong", "un", "s", "2", "600", "words"]
        );
        assert_eq!(words("A/HRC/RES/34/24"), ["a", "hrc", "res", "34", "24"]);
        assert_eq!(
            words("Québec Que\u{301}bec ПРИВЕТ"),
            ["québec", "quebec", "привет"]
        );
        assert_eq!(words("유엔 UN 결의안34호"), ["un", "34"]);
        assert_eq!(words(" \u{301} …"), Vec::<String>::new());
        assert_eq!(words("\u{363}: u\u{363}"), ["u"]);
    }

    #[test]
    fn what_is_too_long_for_a_word_keeps_its_position() {
        let text = format!("before {} after", "x".repeat(500));
        let mut stream = WordStream::new(&text);
        assert!(stream.advance());
        assert_eq!(stream.token().position, 0);
        assert!(stream.advance());
        assert_eq!(
            (stream.token().text.as_str(), stream.token().position),
            ("after", 2)
        );
        assert!(!stream.advance());
    }

    proptest! {
        #[test]
        fn any_text_is_cut_at_characters(text in "\\PC{0,200}") {
            let mut stream = WordStream::new(&text);
            let mut end = 0;
            while let Some(token) = stream.next() {
                prop_assert!(token.offset_from >= end && token.offset_from < token.offset_to);
                end = token.offset_to;
                prop_assert!(text.get(token.offset_from..token.offset_to).is_some());
                prop_assert!(!token.text.is_empty());
            }
        }
    }
}
