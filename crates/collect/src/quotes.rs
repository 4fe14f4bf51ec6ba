//! The quotes of a record that a person codes or corrects.
//!
//! Invariant: each is cut from the reading, so it stands at its place letter for letter.

use crate::correct::CorrectError;
use model::{CharIndex, Quote, Reading, Span};

/// Most places that words are looked for in.
const MOST: usize = 1_000;

/// The quotes of a record, and the reading they are of.
pub(crate) struct Quotes<'r> {
    reading: &'r Reading,
    pub(crate) text: &'r str,
    pub(crate) chars: CharIndex,
    pub(crate) list: Vec<Quote>,
}

impl<'r> Quotes<'r> {
    pub(crate) fn new(reading: &'r Reading) -> Self {
        Self {
            reading,
            text: &reading.text,
            chars: CharIndex::new(&reading.text),
            list: Vec::new(),
        }
    }

    /// The position of the quote of these characters, put in the list where it is not yet.
    pub(crate) fn at(&mut self, span: Span) -> Result<u16, CorrectError> {
        let known = self.list.iter().position(|quote| quote.span == span);
        let at = match known {
            Some(at) => at,
            None => {
                self.list.push(self.quote(span)?);
                self.list.len() - 1
            }
        };
        u16::try_from(at).map_err(|_| CorrectError::Other("too many quotes".to_owned()))
    }

    fn quote(&self, span: Span) -> Result<Quote, CorrectError> {
        let passage = self.reading.passage_at(span.start);
        let words = self.chars.slice(self.text, span).unwrap_or_default();
        let (Some(passage), false) = (passage, words.trim().is_empty()) else {
            return Err(CorrectError::Other(format!(
                "no words of the reading stand at characters {}–{}",
                span.start, span.end
            )));
        };
        // Of a quote in the same passage, page and row hold for this one too.
        let beside = self
            .list
            .iter()
            .find(|quote| quote.passage == passage.number);
        Ok(Quote {
            span,
            quote: words.to_owned(),
            passage: passage.number,
            page: beside.and_then(|quote| quote.page),
            row: beside.and_then(|quote| quote.row),
        })
    }

    /// The quote of these words: in the record's own passage, else where they stand once.
    pub(crate) fn saying(&mut self, words: &str) -> Result<u16, CorrectError> {
        let words = words.trim();
        let places: Vec<Span> = if words.is_empty() {
            Vec::new()
        } else {
            let places = self.text.match_indices(words).take(MOST);
            let start = |at: usize| self.chars.char(self.text, at);
            places
                .map(|(at, found)| Span::new(start(at), start(at + found.len())))
                .collect()
        };
        let own = self.list.first().map(|quote| quote.passage);
        let in_own = places.iter().find(|span| {
            let passage = self.reading.passage_at(span.start);
            passage.map(|passage| passage.number) == own && own.is_some()
        });
        match (in_own, places.as_slice()) {
            (Some(span), _) | (None, [span]) => self.at(*span),
            (None, places) => Err(CorrectError::Words {
                words: words.chars().take(80).collect(),
                times: places.len(),
            }),
        }
    }
}
