//! What a document says of itself: title, dates, publisher, language, each with its reason.
//!
//! Invariant: the first reason wins, and sources of facts are asked in the order of their
//! weight; nothing is taken from the clock or the file system.

use crate::data;
use crate::dates;
use crate::draft::Draft;
use crate::front_matter::{Entry, FrontMatter, one_line};
use model::{Doubts, Edtf, Found, Likeness, Span};

/// The facts of one document.
#[derive(Default, Debug)]
pub(crate) struct Facts {
    pub title: Option<Found<String>>,
    pub authors: Vec<Found<String>>,
    pub publisher: Option<Found<String>>,
    pub published: Option<Found<Edtf>>,
    pub updated: Option<Found<Edtf>>,
    /// The language that the document declares, then the one that was settled on.
    pub language: Option<Found<String>>,
    pub address: Option<Found<String>>,
    /// What the document says that it is about: a teaser for its own text.
    pub description: Option<String>,
    pub remarks: Vec<String>,
    pub doubts: Doubts,
    /// What a picture looks like: also where it says nothing of itself.
    pub likeness: Option<Likeness>,
}

/// A value that does not stand in the reading's text.
pub(crate) fn found<T>(value: T, basis: impl Into<String>) -> Found<T> {
    Found {
        value,
        basis: basis.into(),
        span: None,
    }
}

impl Facts {
    /// Takes what a header says.
    pub fn of_front_matter(&mut self, header: &FrontMatter, draft: &Draft<'_>) {
        let named = |keys: &[&str]| {
            let (value, entry) = header.first(keys)?;
            let value = one_line(value);
            let span = span_of(draft, header, entry, &value);
            (!value.is_empty()).then(|| Found {
                value,
                basis: format!("front matter: {}", entry.key),
                span,
            })
        };
        let dated = |keys: &[&str]| {
            let found = named(keys)?;
            Some(Found {
                value: dates::metadata(&found.value)?,
                basis: found.basis,
                span: found.span,
            })
        };
        self.title = named(&["title", "headline"]);
        self.published = dated(&[
            "published_time",
            "published",
            "published_at",
            "datepublished",
            "pubdate",
        ])
        .or_else(|| dated(&["date", "release_date", "created"]));
        self.updated = dated(&[
            "modified_time",
            "modified",
            "updated",
            "last_modified",
            "lastmod",
        ]);
        self.publisher = named(&["publisher", "site_name", "sitename", "publication"]);
        self.language = named(&["language", "lang", "locale"]);
        self.address = named(&[
            "source_url",
            "canonical_url",
            "canonical",
            "url",
            "source",
            "link",
            "permalink",
        ])
        .filter(|found| data::host_of(&found.value).is_some());
        self.description = named(&["description", "summary", "excerpt"]).map(|found| found.value);
        if let Some((_, entry)) = header.first(&["author", "authors", "byline", "by"]) {
            let basis = format!("front matter: {}", entry.key);
            let names = entry.values.iter().map(|value| one_line(value));
            self.authors = names
                .filter(|name| !name.is_empty())
                .map(|name| found(name, basis.clone()))
                .collect();
        }
    }

    /// Names the publisher by the host of the document's own address, when nothing else does.
    pub fn publisher_by_address(&mut self) {
        if self.publisher.is_some() {
            return;
        }
        let Some(address) = &self.address else { return };
        if let Some((name, entry)) = data::publisher_at(&address.value) {
            self.publisher = Some(found(
                name.to_owned(),
                format!("publisher at {entry}, the host in the {}", address.basis),
            ));
        }
    }
}

/// Where the value of an entry stands in the text, when it stands there as it is.
fn span_of(draft: &Draft<'_>, header: &FrontMatter, entry: &Entry, value: &str) -> Option<Span> {
    let index = header.entries.iter().position(|other| other == entry)?;
    let at = draft.text_at(index).rfind(value)?;
    Some(draft.span_in(index, at, at + value.len()))
}
