//! Pairs of neighbouring characters of Hangul, Kana and Han, at their positions.
//!
//! Korean puts particles behind words and writes compounds with and without spaces; Chinese and
//! Japanese put no spaces at all. A search for a run of characters is therefore a phrase of its
//! pairs, and pairs reach across spaces: `정치범 수용소` is found by `정치범수용소` and the other
//! way round. No dictionary is needed, and the result never depends on one.
//!
//! Invariant: a pair's position is the number of its first character among these characters,
//! plus one for every break before it, so that no phrase reaches across punctuation or a word of
//! another script. The last character of a run stands alone.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Whether `c` is of Hangul, Kana or Han.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' // Hangul
        | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' // Kana
        | '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' // Han
    )
}

/// What may stand within a run without breaking it: spaces, and the dots between the parts of a
/// foreign name.
pub(crate) fn joins(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '・' | '･' | 'ㆍ')
}

/// Cuts text into pairs.
#[derive(Clone, Default)]
pub(crate) struct Bigrams;

/// The pairs of one text.
pub(crate) struct BigramStream<'t> {
    characters: std::iter::Peekable<std::str::CharIndices<'t>>,
    /// The character that the next pair begins with, and its position.
    first: Option<(usize, char)>,
    position: usize,
    token: Token,
}

impl Tokenizer for Bigrams {
    type TokenStream<'t> = BigramStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> BigramStream<'t> {
        BigramStream::new(text)
    }
}

impl<'t> BigramStream<'t> {
    /// The pairs of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            characters: text.char_indices().peekable(),
            first: None,
            position: 0,
            token: Token::default(),
        }
    }

    /// The next character of the run that goes on, `None` where it ends.
    fn next_of_run(&mut self) -> Option<(usize, char)> {
        while let Some(&(at, c)) = self.characters.peek() {
            if is_cjk(c) {
                self.characters.next();
                return Some((at, c));
            }
            if !joins(c) {
                return None;
            }
            self.characters.next();
        }
        None
    }
}

impl TokenStream for BigramStream<'_> {
    fn advance(&mut self) -> bool {
        let (at, c) = match self.first.take() {
            Some(first) => first,
            None => match self.characters.find(|(_, c)| is_cjk(*c)) {
                Some(first) => first,
                None => return false,
            },
        };
        self.token.text.clear();
        self.token.text.push(c);
        self.token.offset_from = at;
        self.token.offset_to = at + c.len_utf8();
        self.token.position = self.position;
        self.position += 1;
        match self.next_of_run() {
            Some((next_at, next)) => {
                self.token.text.push(next);
                self.token.offset_to = next_at + next.len_utf8();
                self.first = Some((next_at, next));
            }
            None => self.position += 1,
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(text: &str) -> Vec<(String, usize)> {
        let mut stream = BigramStream::new(text);
        let mut pairs = Vec::new();
        while let Some(token) = stream.next() {
            pairs.push((token.text.clone(), token.position));
        }
        pairs
    }

    fn expected(pairs: &[(&str, usize)]) -> Vec<(String, usize)> {
        pairs
            .iter()
            .map(|(pair, at)| ((*pair).to_owned(), *at))
            .collect()
    }

    #[test]
    fn pairs_reach_across_spaces_but_not_across_punctuation() {
        let joined = expected(&[
            ("정치", 0),
            ("치범", 1),
            ("범수", 2),
            ("수용", 3),
            ("용소", 4),
            ("소", 5),
        ]);
        assert_eq!(pairs("정치범수용소"), joined);
        assert_eq!(pairs("정치범 수용소"), joined);
        assert_eq!(pairs("정치범\n\t수용소"), joined);
        assert_eq!(
            pairs("유엔, 결의"),
            expected(&[("유엔", 0), ("엔", 1), ("결의", 3), ("의", 4)])
        );
        assert_eq!(
            pairs("유엔 UN 결의"),
            expected(&[("유엔", 0), ("엔", 1), ("결의", 3), ("의", 4)])
        );
        assert_eq!(
            pairs("キン・タナ"),
            expected(&[("キン", 0), ("ンタ", 1), ("タナ", 2), ("ナ", 3)])
        );
        assert_eq!(pairs("no such characters"), []);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_at_characters(text in "[가-힣ぁ-ん一-鿿 a-z.,·]{0,80}") {
            let mut stream = BigramStream::new(&text);
            let mut seen = 0;
            let mut before = None;
            while let Some(token) = stream.next() {
                seen += 1;
                prop_assert!(before.is_none_or(|before| before < token.position));
                before = Some(token.position);
                let stretch = text.get(token.offset_from..token.offset_to);
                prop_assert!(stretch.is_some());
                let only: String = stretch.unwrap_or_default().chars().filter(|c| is_cjk(*c)).collect();
                prop_assert_eq!(&only, &token.text);
            }
            prop_assert_eq!(seen, text.chars().filter(|c| is_cjk(*c)).count());
        }
    }
}
