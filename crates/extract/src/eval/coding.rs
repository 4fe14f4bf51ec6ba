//! Gold codings: what a careful person reads out of a document, as `docs/formats/gold.md` lays it out.
//!
//! Invariant: a coding that does not fit its document is refused with the words that do not fit,
//! so that no figure rests on a typing mistake.

use super::item::Layer;
use model::{Reading, Span};
use serde::Deserialize;

/// A coding that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// Not TOML, or not of the layout.
    #[error("the coding cannot be read: {0}; docs/formats/gold.md gives the layout")]
    Malformed(String),
    /// Words that are not in the document's clean text.
    #[error("{layer}: “{quote}” (occurrence {nth}) is not in the document's clean text")]
    NotThere {
        /// The layer, in the singular.
        layer: &'static str,
        /// The words.
        quote: String,
        /// Which occurrence was asked for.
        nth: usize,
    },
}

/// The coding of one document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Coding {
    /// Who coded it.
    pub coder: String,
    /// Who read it a second time.
    pub second: Option<String>,
    /// Language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Term of the vocabulary `genre`.
    pub genre: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Date of publication, EDTF.
    pub published: Option<String>,
    /// The layers that were coded; all when none is named.
    pub layers: Vec<Layer>,
    pub(super) allegation: Vec<Coded>,
    pub(super) statement: Vec<Coded>,
    pub(super) call: Vec<Coded>,
    pub(super) commitment: Vec<Coded>,
    pub(super) response: Vec<Coded>,
    pub(super) event: Vec<Coded>,
    pub(super) figure: Vec<Coded>,
    pub(super) case: Vec<Coded>,
    pub(super) entity: Vec<Coded>,
    pub(super) quotation: Vec<Coded>,
}

/// One coded record: the fields of all layers, each layer using its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Coded {
    pub(super) quote: String,
    pub(super) nth: Option<usize>,
    pub(super) optional: bool,
    pub(super) note: Option<String>,
    pub(super) violation: Option<String>,
    pub(super) modality: Option<String>,
    pub(super) victims: Vec<String>,
    pub(super) perpetrators: Vec<String>,
    pub(super) place: Option<String>,
    pub(super) date: Option<String>,
    pub(super) attribution: Vec<String>,
    pub(super) act: Option<String>,
    pub(super) speaker: Option<String>,
    pub(super) role: Option<String>,
    pub(super) direct: Option<bool>,
    pub(super) caller: Option<String>,
    pub(super) addressees: Vec<String>,
    pub(super) demand: Option<String>,
    pub(super) by: Option<String>,
    pub(super) answer: Option<String>,
    pub(super) event: Option<String>,
    pub(super) participants: Vec<String>,
    pub(super) least: Option<f64>,
    pub(super) most: Option<Most>,
    pub(super) unit: Option<String>,
    pub(super) of: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) category: Option<String>,
    pub(super) status: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) name: Option<String>,
    pub(super) also: Vec<String>,
    pub(super) key: Option<String>,
}

/// The upper bound of a figure.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub(super) enum Most {
    Number(f64),
    Open(String),
}

impl Coding {
    /// Reads a coding.
    ///
    /// # Errors
    /// When it is not TOML of the layout.
    pub fn parse(text: &str) -> Result<Self, CodingError> {
        toml::from_str(text).map_err(|error| CodingError::Malformed(error.to_string()))
    }

    /// How many records it codes, optional ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        let layers = [
            &self.allegation,
            &self.statement,
            &self.call,
            &self.commitment,
            &self.response,
            &self.event,
            &self.figure,
            &self.case,
            &self.entity,
            &self.quotation,
        ];
        layers.iter().map(|layer| layer.len()).sum()
    }

    /// Whether it codes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Finds words in the clean text of a reading, however white space falls.
pub(super) struct Finder {
    /// Characters of the clean text in lower-case-preserving form, white space folded to one
    /// space, each with its place in the reading.
    text: Vec<(char, u32)>,
}

impl Finder {
    pub(super) fn new(reading: &Reading) -> Self {
        let all: Vec<char> = reading.text.chars().collect();
        let mut text: Vec<(char, u32)> = Vec::new();
        for passage in reading.clean() {
            let span = passage.span.start..passage.span.end;
            push_space(&mut text, passage.span.start);
            for at in span {
                match all.get(at as usize) {
                    Some(c) if c.is_whitespace() => push_space(&mut text, at),
                    Some(c) => text.push((folded(*c), at)),
                    None => break,
                }
            }
        }
        Self { text }
    }

    /// The `nth` occurrence (from 1) of `quote`.
    pub(super) fn find(&self, quote: &str, nth: usize) -> Option<Span> {
        let words: Vec<char> = quote
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .map(folded)
            .collect();
        if words.is_empty() || nth == 0 {
            return None;
        }
        let starts = self.text.windows(words.len()).enumerate();
        let fits = starts.filter(|(_, window)| {
            let letters = window.iter().map(|(c, _)| *c);
            letters.eq(words.iter().copied())
        });
        let (at, window) = fits.into_iter().nth(nth - 1)?;
        let last = window.last()?.1;
        Some(Span::new(self.text[at].1, last + 1))
    }
}

/// Quotation marks and dashes are typed in many ways.
fn folded(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '‚' => '\'',
        '–' | '—' | '‑' => '-',
        other => other,
    }
}

fn push_space(text: &mut Vec<(char, u32)>, at: u32) {
    if text.last().is_some_and(|(c, _)| *c != ' ') {
        text.push((' ', at));
    }
}
