//! English stems of words without diacritics, with the stems of frequent words remembered:
//! finding a stem costs several times as much as looking it up, and a few thousand words make up
//! most of any text.
//!
//! Invariant: what is remembered changes no stem.

use super::words::{WordStream, Words};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer,
};

/// Words that are remembered, at most; a power of two.
const REMEMBERED: usize = 16_384;

/// Finds stems, one word at a time.
pub(crate) fn stemmer() -> TextAnalyzer {
    TextAnalyzer::builder(Words)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// The stem of a word in lower case.
fn stem(stemmer: &mut TextAnalyzer, word: &str) -> String {
    let mut stream = stemmer.token_stream(word);
    match stream.next() {
        Some(token) => token.text.clone(),
        None => word.to_owned(),
    }
}

/// Cuts text into stems.
#[derive(Clone)]
pub(crate) struct Stems {
    stemmer: TextAnalyzer,
    /// Words and their stems, each at the place that its letters name.
    remembered: Vec<(String, String)>,
}

impl Default for Stems {
    fn default() -> Self {
        Self {
            stemmer: stemmer(),
            remembered: Vec::new(),
        }
    }
}

impl Stems {
    fn replace(&mut self, word: &mut String) {
        if self.remembered.is_empty() {
            self.remembered.resize_with(REMEMBERED, Default::default);
        }
        let place = place(word) % REMEMBERED;
        let (known, stem) = &mut self.remembered[place];
        if known != word {
            known.clone_from(word);
            *stem = self::stem(&mut self.stemmer, word);
        }
        word.clone_from(stem);
    }
}

/// FNV-1a of the word's bytes.
fn place(word: &str) -> usize {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) as usize
}

impl Tokenizer for Stems {
    type TokenStream<'t> = StemStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> StemStream<'t> {
        StemStream {
            words: WordStream::new(text),
            stems: self,
        }
    }
}

/// The stems of one text.
pub(crate) struct StemStream<'t> {
    words: WordStream<'t>,
    stems: &'t mut Stems,
}

impl TokenStream for StemStream<'_> {
    fn advance(&mut self) -> bool {
        let more = self.words.advance();
        if more {
            self.stems.replace(&mut self.words.token_mut().text);
        }
        more
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(analyzer: &mut TextAnalyzer, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        analyzer
            .token_stream(text)
            .process(&mut |token| tokens.push(token.clone()));
        tokens
    }

    proptest! {
        #[test]
        fn what_is_remembered_changes_no_stem(
            texts in proptest::collection::vec("([a-eé]{1,3}(ing|ed|ation|s|ies|)[ ,.]){0,40}", 1..20),
        ) {
            let (mut remembering, mut plain) = (TextAnalyzer::from(Stems::default()), stemmer());
            for text in &texts {
                prop_assert_eq!(all(&mut remembering, text), all(&mut plain, text));
            }
        }
    }
}
