//! What persons, demands and answers rest on, as screens show it: words, where they stand, days.

use assemble::Assembled;
use link::{Days, Evidence};
use model::{Record, RecordId, SourceId};
use web::card;
use web::facets::encode;
use web::said::Said;
use web::{Text, show};

/// Longest quote that is shown in a list, in characters.
const QUOTE: usize = 320;

/// Address of a record beside its words.
pub(crate) fn record_address(source: &SourceId, record: &RecordId, passage: u32) -> String {
    format!("/sources/{source}?record={record}#p{passage}")
}

/// An address below `stem` that ends in a name.
pub(crate) fn address_of(stem: &str, name: &str) -> String {
    format!("{stem}/{}", encode(name))
}

/// The words of an evidence, and where they stand.
pub(crate) fn said(all: &Assembled, evidence: &Evidence, text: Text) -> Said {
    let Some(record) = all.record(&evidence.record) else {
        return Said {
            quote: show::shorten(&evidence.quote, QUOTE),
            ..Said::default()
        };
    };
    let mut said = of_record(all, record, text);
    said.quote = show::shorten(&evidence.quote, QUOTE);
    said
}

/// The words of a record, and where they stand.
pub(crate) fn of_record(all: &Assembled, record: &Record, text: Text) -> Said {
    let first = record.citations.first();
    let mut said = Said {
        quote: first
            .map(|citation| show::shorten(&citation.quote.quote, QUOTE))
            .unwrap_or_default(),
        status: record.status.name(),
        status_label: card::status_label(record.status.name(), text),
        ..Said::default()
    };
    let Some(document) = record.source.and_then(|source| all.document(&source)) else {
        return said;
    };
    let passage = first.map_or(0, |citation| citation.quote.passage);
    said.lang = document.language.clone().unwrap_or_default();
    said.address = record_address(&document.id, &record.id, passage);
    said.title = match document.title.as_ref().or(document.origin.as_ref()) {
        Some(title) => show::shorten(title, 90),
        None => text.say("search-untitled"),
    };
    let published = document.published.map(|date| date.to_string());
    let about: Vec<String> = [document.publisher.clone(), published]
        .into_iter()
        .flatten()
        .collect();
    said.about = about.join(" · ");
    said
}

/// A number of days in words: `412 days`, `3,204 to 3,568 days`, `at least 90 days`.
pub(crate) fn days(days: Days, text: Text) -> String {
    let least = u64::try_from(days.least).unwrap_or(0);
    match days.most.and_then(|most| u64::try_from(most).ok()) {
        Some(most) if most == least => text.number("frame-days", least),
        Some(most) => text.both("frame-days-between", most, text.digits(least)),
        None => text.number("frame-days-least", least),
    }
}
