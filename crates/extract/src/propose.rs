//! Builds proposals: quotes first, then the record whose fields refer to them.
//!
//! Invariant: every quote is cut out of the reading at its span, so every quote checks.

use crate::text::{Document, Stretch};
use model::{Band, CharIndex, Cited, Proposal, Quote, RecordBody, Span};

/// The most quotes of one proposal.
const MOST: usize = 2_000;

/// Collects the quotes of one proposal.
pub(crate) struct Builder<'t> {
    text: &'t str,
    index: &'t CharIndex,
    quotes: Vec<Quote>,
}

impl<'t> Builder<'t> {
    /// A proposal without quotes yet.
    pub fn new(text: &'t str, index: &'t CharIndex) -> Self {
        Self {
            text,
            index,
            quotes: Vec::new(),
        }
    }

    /// A proposal whose first quote is `stretch`.
    pub fn of(document: &'t Document, stretch: Stretch) -> Self {
        let mut builder = Self::new(document.text, &document.chars);
        builder.cite(document, stretch);
        builder
    }

    /// The position of the quote of `stretch`, added when it is new.
    pub fn cite(&mut self, document: &Document, stretch: Stretch) -> u16 {
        let block = document.block(stretch.from).tokens;
        let stretch = Stretch::new(stretch.from, stretch.to.min(block.to));
        if stretch.is_empty() {
            return 0;
        }
        let (Some(first), Some(last)) = (
            document.token(stretch.from),
            stretch.to.checked_sub(1).and_then(|at| document.token(at)),
        ) else {
            return 0;
        };
        let span = Span::new(
            self.index.char(self.text, first.start as usize),
            self.index.char(self.text, last.end as usize),
        );
        if let Some(at) = self
            .quotes
            .iter()
            .take(64)
            .position(|quote| quote.span == span)
        {
            return at as u16;
        }
        let passage = document.block(stretch.from).number;
        self.cite_span(span, passage).unwrap_or(0)
    }

    /// Adds the quote at `span`; `None` when there are too many or it is not in the text.
    pub fn cite_span(&mut self, span: Span, passage: u32) -> Option<u16> {
        if self.quotes.len() >= MOST {
            return None;
        }
        let quote = self.index.slice(self.text, span)?.to_owned();
        self.quotes.push(Quote {
            span,
            quote,
            passage,
            page: None,
            row: None,
        });
        Some((self.quotes.len() - 1) as u16)
    }

    /// A value carried by `stretch`.
    pub fn cited<T>(&mut self, document: &Document, stretch: Stretch, value: T) -> Cited<T> {
        Cited::new(value, self.cite(document, stretch))
    }

    /// The words of a quote.
    pub fn quote(&self, at: u16) -> &str {
        self.quotes
            .get(at as usize)
            .map_or("", |quote| quote.quote.as_str())
    }

    /// The proposal; `None` without a quote. What a rule that was measured wrong too often proposes is
    /// not *stated*.
    pub fn finish(self, rule: &str, band: Band, body: RecordBody) -> Option<Proposal> {
        let band = match band {
            Band::Stated if model::is_doubtful(rule) => Band::Inferred,
            band => band,
        };
        (!self.quotes.is_empty()).then(|| Proposal {
            rule: rule.to_owned(),
            band,
            body,
            quotes: self.quotes,
        })
    }
}
