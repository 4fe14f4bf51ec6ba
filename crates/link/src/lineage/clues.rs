//! What a document says of where its words come from: date, publisher, credits, links, dateline,
//! quotation marks.

use crate::Document;
use model::{Edtf, Span};

/// What is kept of a document, beside its words, to tell who copied whom.
#[derive(Default, Debug, Clone, PartialEq, Eq)]
pub(super) struct Clues {
    pub published: Option<Edtf>,
    /// Publisher, folded.
    publisher: Option<String>,
    /// Whom it credits, folded.
    credits: Vec<String>,
    /// Its own address, without scheme.
    address: Option<String>,
    /// Addresses it links to, without scheme.
    links: Vec<String>,
    /// Date of its dateline.
    dateline: Option<Edtf>,
    /// What stands in quotation marks, of some length; ascending.
    quotations: Vec<Span>,
}

impl Clues {
    pub fn of(document: &Document) -> Self {
        Self {
            published: document.published,
            publisher: document.publisher.clone(),
            ..Self::default()
        }
    }

    /// The publisher of `other`, when this document credits it.
    pub fn credits_to(&self, other: &Self) -> Option<String> {
        let publisher = other.publisher.as_ref()?;
        self.credits.contains(publisher).then(|| publisher.clone())
    }

    /// The address of `other`, when this document links to it.
    pub fn links_to(&self, other: &Self) -> Option<String> {
        let address = other.address.as_ref()?;
        self.links.contains(address).then(|| address.clone())
    }

    /// The date of this document's dateline, when `other` was published on it and this later.
    pub fn dateline_of(&self, other: &Self) -> Option<Edtf> {
        let date = self.dateline?;
        let own = self.published?;
        (other.published == Some(date) && date.latest()? < own.earliest()?).then_some(date)
    }

    /// Whether this stretch stands in quotation marks, or nearly all of it.
    pub fn quotes(&self, span: Span) -> bool {
        let held: u32 = self
            .quotations
            .iter()
            .map(|q| q.end.min(span.end).saturating_sub(q.start.max(span.start)))
            .sum();
        !span.is_empty() && u64::from(held) * 10 >= u64::from(span.len()) * 9
    }
}
