//! A reading as the rules see it: tokens in sentences in passages, quotations, and where the
//! lexicons' patterns occur.
//!
//! Invariant: only clean passages have tokens; every token lies in exactly one sentence of exactly
//! one passage; a stretch of tokens never crosses a passage.

mod beside;
mod hits;
mod quotations;
mod sentences;
mod tokens;

pub(crate) use hits::Hit;
pub(crate) use quotations::Quotation;
pub(crate) use tokens::{Folded, Token, cut, folded};

use crate::lexicon::{Class, Classes, Lexicon, Table};
use model::{CharIndex, PassageKind, Reading};

/// Tokens `from..to` of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Stretch {
    pub from: u32,
    pub to: u32,
}

impl Stretch {
    pub fn new(from: u32, to: u32) -> Self {
        Self {
            from,
            to: to.max(from),
        }
    }

    pub fn len(self) -> u32 {
        self.to - self.from
    }

    pub fn is_empty(self) -> bool {
        self.from == self.to
    }

    pub fn has(self, token: u32) -> bool {
        self.from <= token && token < self.to
    }

    pub fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    pub fn tokens(self) -> std::ops::Range<u32> {
        self.from..self.to
    }
}

/// What the rules may read out of a passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Everything.
    Body,
    /// Names only: titles and headings.
    Head,
    /// Names and dates only.
    Caption,
}

/// A clean passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    /// Its number in the reading.
    pub number: u32,
    pub part: Part,
    pub tokens: Stretch,
    pub sentences: Stretch,
}

/// A sentence, by its tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub tokens: Stretch,
    /// Number of its passage in [`Document::blocks`].
    pub block: u32,
}

/// The prepared text.
pub(crate) struct Document<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a str,
    pub chars: CharIndex,
    pub tokens: Vec<Token>,
    pub blocks: Vec<Block>,
    pub sentences: Vec<Sentence>,
    pub quotations: Vec<Quotation>,
    /// Single marks that enclose speech, ascending.
    single_marks: Vec<u32>,
    classes: Vec<Classes>,
    sentence_of: Vec<u32>,
    quotation_of: Vec<u32>,
    hits: [Vec<Hit>; Table::COUNT],
}

impl<'a> Document<'a> {
    /// Prepares a reading.
    pub fn new(lexicon: &'a Lexicon, reading: &'a Reading) -> Self {
        let text = reading.text.as_str();
        let mut document = Self {
            lexicon,
            text,
            chars: CharIndex::new(text),
            tokens: Vec::with_capacity(text.len() / 5),
            blocks: Vec::new(),
            sentences: Vec::new(),
            quotations: Vec::new(),
            single_marks: Vec::new(),
            classes: Vec::new(),
            sentence_of: Vec::new(),
            quotation_of: Vec::new(),
            hits: std::array::from_fn(|_| Vec::new()),
        };
        for passage in reading.clean() {
            let span = (
                document.chars.byte(text, passage.span.start),
                document.chars.byte(text, passage.span.end),
            );
            let (Some(start), Some(end)) = span else {
                continue;
            };
            let Some(words) = text.get(start..end) else {
                continue;
            };
            let from = document.tokens.len() as u32;
            tokens::tokenize(words, start as u32, &lexicon.words, &mut document.tokens);
            let to = document.tokens.len() as u32;
            let part = match passage.kind {
                PassageKind::Title | PassageKind::Heading => Part::Head,
                PassageKind::Caption => Part::Caption,
                _ => Part::Body,
            };
            document.blocks.push(Block {
                number: passage.number,
                part,
                tokens: Stretch::new(from, to),
                sentences: Stretch::new(0, 0),
            });
        }
        document.classes = document
            .tokens
            .iter()
            .map(|token| lexicon.words.classes(token.word))
            .collect();
        sentences::split(&mut document);
        quotations::find(&mut document);
        hits::find(&mut document);
        document
    }

    /// The token, or a mark at the end of the text beyond the last one.
    pub fn token(&self, at: u32) -> Option<&Token> {
        self.tokens.get(at as usize)
    }

    /// Whether the token's word is in the class.
    pub fn is(&self, at: u32, class: Class) -> bool {
        self.classes
            .get(at as usize)
            .is_some_and(|classes| classes.has(class))
    }

    /// The token as written.
    pub fn written(&self, at: u32) -> &'a str {
        self.tokens.get(at as usize).map_or("", |token| {
            self.text
                .get(token.start as usize..token.end as usize)
                .unwrap_or_default()
        })
    }

    /// The tokens as written, with what stands between them.
    pub fn words(&self, stretch: Stretch) -> &'a str {
        let (Some(first), Some(last)) = (
            self.tokens.get(stretch.from as usize),
            stretch
                .to
                .checked_sub(1)
                .and_then(|at| self.tokens.get(at as usize)),
        ) else {
            return "";
        };
        if stretch.is_empty() {
            return "";
        }
        self.text
            .get(first.start as usize..last.end as usize)
            .unwrap_or_default()
    }

    /// Whether the token is this mark or folded ASCII word.
    pub fn is_word(&self, at: u32, word: &str) -> bool {
        let written = self.written(at);
        written.eq_ignore_ascii_case(word) || (word == "'s" && (written == "’s" || written == "’S"))
    }

    /// Whether the token is one of these marks or folded ASCII words.
    pub fn is_any(&self, at: u32, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(at, word))
    }

    /// Whether the token begins with a capital letter.
    pub fn is_capital(&self, at: u32) -> bool {
        self.token(at).is_some_and(|token| token.shape.is_capital())
    }

    /// Whether the token is a number in digits: `52`.
    pub fn is_digits(&self, at: u32) -> bool {
        self.token(at).is_some_and(|token| token.shape.is_number())
    }

    /// Whether the token is a number, in digits or as a word: `52`, `fifty`.
    pub fn is_number(&self, at: u32) -> bool {
        let word = |token: &Token| self.lexicon.words.number(token.word).is_some();
        self.is_digits(at) || self.token(at).is_some_and(word)
    }

    /// Whether the token is a dash between words.
    pub fn is_dash(&self, at: u32) -> bool {
        self.token(at).is_some_and(|token| !token.shape.is_word())
            && matches!(
                self.written(at).chars().next(),
                Some('–' | '—' | '―' | '-' | '‐' | '‑')
            )
    }

    /// Whether the token is an opening or closing quotation mark.
    pub fn is_quote_mark(&self, at: u32) -> bool {
        matches!(
            self.written(at).chars().next(),
            Some('“' | '”' | '"' | '„' | '«' | '»')
        ) || self.single_marks.binary_search(&at).is_ok()
    }

    /// Whether the token is a word (or number), not a mark.
    pub fn is_plain(&self, at: u32) -> bool {
        self.token(at).is_some_and(|token| token.shape.is_word())
    }

    /// The sentence that holds the token.
    pub fn sentence(&self, at: u32) -> Sentence {
        let number = self.sentence_of.get(at as usize).copied().unwrap_or(0);
        self.sentences
            .get(number as usize)
            .copied()
            .unwrap_or(Sentence {
                tokens: Stretch::new(at, at),
                block: 0,
            })
    }

    /// The number of the sentence that holds the token.
    pub fn sentence_number(&self, at: u32) -> u32 {
        self.sentence_of.get(at as usize).copied().unwrap_or(0)
    }

    /// The number of the passage that holds the token, in `blocks`.
    pub fn block_number(&self, at: u32) -> u32 {
        self.sentence(at).block
    }

    /// The passage that holds the token.
    pub fn block(&self, at: u32) -> Block {
        self.blocks[self.block_number(at) as usize]
    }

    /// What may be read out of the token's passage.
    pub fn part(&self, at: u32) -> Part {
        self.blocks
            .get(self.block_number(at) as usize)
            .map_or(Part::Head, |block| block.part)
    }

    /// The number of the quotation whose words the token is among.
    pub fn quotation_at(&self, at: u32) -> Option<u32> {
        self.quotation_of
            .get(at as usize)
            .and_then(|number| number.checked_sub(1))
    }

    /// The number of the quotation whose words the token is among, when the quotation is a speech
    /// of its own; words quoted within somebody else's clause (`diverts “a large share”`) are not.
    pub fn speech_at(&self, at: u32) -> Option<u32> {
        self.quotation_at(at)
            .filter(|&number| !self.quotations[number as usize].embedded)
    }

    /// Whether the token is a quotation mark around a speech of its own.
    pub fn bounds_speech(&self, at: u32) -> bool {
        self.is_quote_mark(at)
            && (self.speech_at(at + 1).is_some()
                || at
                    .checked_sub(1)
                    .is_some_and(|before| self.speech_at(before).is_some()))
    }

    /// All occurrences of a table's patterns, ascending, without overlaps.
    pub fn hits(&self, table: Table) -> &[Hit] {
        &self.hits[table as usize]
    }

    /// The occurrences that begin within the stretch.
    pub fn hits_in(&self, table: Table, stretch: Stretch) -> &[Hit] {
        let hits = self.hits(table);
        let from = hits.partition_point(|hit| hit.tokens.from < stretch.from);
        let to = hits.partition_point(|hit| hit.tokens.from < stretch.to);
        hits.get(from..to).unwrap_or_default()
    }

    /// Whether a verb is part of an act told around its object: `denied the sisters food` answers nobody.
    pub fn is_deed(&self, verb: u32) -> bool {
        self.hits_in(Table::Violation, Stretch::new(verb, verb + 1))
            .iter()
            .any(|hit| !hit.tail.is_empty())
    }

    /// The nearest words that a violation needs beside those at `tokens`, when it needs some.
    pub fn beside(&self, tokens: Stretch, violation: u32) -> Option<Stretch> {
        beside::beside(self, tokens, violation)
    }

    /// The stretch with the mark that closes a quotation opened within it.
    pub fn balanced(&self, stretch: Stretch) -> Stretch {
        let count = |mark: &str| {
            stretch
                .tokens()
                .filter(|&at| self.is_word(at, mark))
                .count()
        };
        let stretch = if count("(") > count(")") && self.is_word(stretch.to, ")") {
            Stretch::new(stretch.from, stretch.to + 1)
        } else {
            stretch
        };
        let marks = stretch
            .tokens()
            .filter(|&at| self.is_quote_mark(at))
            .count();
        let mut to = stretch.to;
        if marks % 2 == 1 {
            if self.is_any(to, &[".", ",", "!", "?"]) {
                to += 1;
            }
            if self.is_quote_mark(to) {
                return Stretch::new(stretch.from, to + 1);
            }
        }
        stretch
    }

    /// The stretch without marks, conjunctions and quotation marks at its ends.
    pub fn trimmed(&self, stretch: Stretch) -> Stretch {
        let Stretch { mut from, mut to } = stretch;
        while from < to && !self.is_plain(from) && !self.is_any(from, &["(", "[", "$"]) {
            from += 1;
        }
        while to > from
            && !self.is_plain(to.saturating_sub(1))
            && !self.is_any(to.saturating_sub(1), &[")", "]", "%"])
        {
            to -= 1;
        }
        Stretch { from, to }
    }
}
