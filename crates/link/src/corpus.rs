//! Records and documents as cases, threads, patterns and alerts ask of them: in one order, each
//! with its date and the words that carry it.
//!
//! Invariant: what is made from a corpus does not depend on the order in which records and
//! documents were given; rejected records are not in it.

use crate::when::{day_number, order};
use crate::{Document, Provenance};
use model::{
    Code, Edtf, EntityRef, PartialDate, Record, RecordBody, RecordId, ResolvedDate, SourceId, Span,
    Status,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A date, and how it is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Dated {
    /// The date.
    pub date: Edtf,
    /// How it is known, for people: `as written`, or `when the document was published`.
    pub basis: String,
    /// Whether the record itself says it; else it is the date of its document.
    pub stated: bool,
}

/// A record with the words that carry it: what every explanation points to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// The record.
    pub record: RecordId,
    /// The source it was read from; `None` for what a person wrote without one.
    pub source: Option<SourceId>,
    /// When what it tells took place, or when it was published.
    pub date: Option<Dated>,
    /// The words that carry it; empty for what a person wrote without a source.
    pub quote: String,
}

/// Records that may be used, by id, and their documents.
pub(crate) struct Corpus<'a> {
    /// Ascending by id, none rejected, none twice.
    pub records: Vec<&'a Record>,
    positions: HashMap<RecordId, usize>,
    documents: HashMap<SourceId, &'a Document>,
    /// Day number of today.
    pub today: i64,
}

impl<'a> Corpus<'a> {
    /// The corpus of these records and documents, as seen on `today` (its last day, if partial).
    pub fn new(records: &'a [Record], documents: &'a [Document], today: PartialDate) -> Self {
        let mut sorted: Vec<&Record> = records
            .iter()
            .filter(|record| record.status != Status::Rejected)
            .collect();
        sorted.sort_by_key(|record| record.id);
        sorted.dedup_by_key(|record| record.id);
        let positions = sorted
            .iter()
            .enumerate()
            .map(|(at, r)| (r.id, at))
            .collect();
        // Of two documents with one id the lesser title wins, so that order has no meaning.
        let mut by_id: HashMap<SourceId, &Document> = HashMap::with_capacity(documents.len());
        for document in documents {
            let kept = by_id.entry(document.id).or_insert(document);
            if (&document.title, &document.origin) < (&kept.title, &kept.origin) {
                *kept = document;
            }
        }
        Self {
            records: sorted,
            positions,
            documents: by_id,
            today: day_number(today.bounds().1),
        }
    }

    /// The record with this id.
    pub fn record(&self, id: &RecordId) -> Option<&'a Record> {
        self.positions.get(id).map(|&at| self.records[at])
    }

    /// The document that a record was read from.
    pub fn document(&self, record: &Record) -> Option<&'a Document> {
        self.documents.get(&record.source?).copied()
    }

    /// When what the record tells took place; where it does not say, when it was published.
    pub fn dated(&self, record: &Record) -> Option<Dated> {
        own_date(&record.body)
            .map(|resolved| Dated {
                date: resolved.date,
                basis: resolved.basis.clone(),
                stated: true,
            })
            .or_else(|| self.published(record))
    }

    /// When the record's document was published.
    pub fn published(&self, record: &Record) -> Option<Dated> {
        Some(Dated {
            date: self.document(record)?.published?,
            basis: "when the document was published".to_owned(),
            stated: false,
        })
    }

    /// The record as evidence.
    pub fn evidence(&self, record: &Record) -> Evidence {
        Evidence {
            record: record.id,
            source: record.source,
            date: self.dated(record),
            quote: quote(record).to_owned(),
        }
    }

    /// The source that the record's words come from first.
    pub fn origin(&self, record: &Record, provenance: Option<&dyn Provenance>) -> Option<SourceId> {
        let source = record.source?;
        let Some(provenance) = provenance else {
            return Some(source);
        };
        let span = record
            .citations
            .first()
            .map_or(Span::new(0, 0), |citation| citation.quote.span);
        Some(provenance.origin(&source, span).source)
    }
}

impl Evidence {
    /// Sorts by date, what is not dated last, then by record.
    pub(crate) fn sort(list: &mut [Self]) {
        list.sort_by_key(|one| {
            (
                order(one.date.as_ref().map(|dated| &dated.date)),
                one.record,
            )
        });
    }
}

/// The words that carry the record as a whole.
pub(crate) fn quote(record: &Record) -> &str {
    record
        .citations
        .first()
        .map_or("", |citation| citation.quote.quote.as_str())
}

/// The date that a record itself gives.
pub(crate) fn own_date(body: &RecordBody) -> Option<&ResolvedDate> {
    let cited = match body {
        RecordBody::Allegation(allegation) => allegation.date.as_ref(),
        RecordBody::Statement(statement) => statement.date.as_ref(),
        RecordBody::Call(call) => call.date.as_ref(),
        RecordBody::Response(response) => response.date.as_ref(),
        RecordBody::Commitment(commitment) => commitment.date.as_ref(),
        RecordBody::Event(event) => event.date.as_ref(),
        RecordBody::Figure(figure) => figure.as_of.as_ref(),
        RecordBody::Case(case) => case.last_seen_on.as_ref(),
        RecordBody::Link(link) => link.during.as_ref(),
        _ => None,
    };
    cited.map(|cited| &cited.value)
}

/// The code by which records of a kind are told apart: type of violation, of event, of case, of
/// answer, of speech act.
pub(crate) fn code(body: &RecordBody) -> Option<&Code> {
    match body {
        RecordBody::Allegation(allegation) => Some(&allegation.violation.value),
        RecordBody::Statement(statement) => Some(&statement.act.value),
        RecordBody::Response(response) => Some(&response.answer.value),
        RecordBody::Event(event) => Some(&event.event.value),
        RecordBody::Case(case) => Some(&case.category.value),
        _ => None,
    }
}

/// What an entity is known by: its gazetteer key, else its own record, else its folded name.
pub(crate) fn identity(entity: &EntityRef) -> String {
    match (&entity.key, &entity.record) {
        (Some(key), _) => key.clone(),
        (None, Some(record)) => format!("record:{record}"),
        (None, None) => format!("name:{}", fold(&entity.name)),
    }
}

/// A text in lower case, its words (letters and digits) separated by single spaces: a name as the
/// identity of whoever has no key and no record says it, behind `name:`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word);
    }
    folded
}

/// The words of a text in lower case; an apostrophe belongs to no word, and nor does what it cuts
/// off (`China's` gives `china`).
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .filter_map(|word| {
            let word = word.trim_matches(['\'', '’']);
            let word = word
                .strip_suffix("'s")
                .or_else(|| word.strip_suffix("’s"))
                .unwrap_or(word);
            (!word.is_empty()).then(|| word.to_lowercase().replace(['\'', '’'], ""))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_words_and_drops_the_rest() {
        assert_eq!(fold("  China’s “policy” — 2014! "), "china policy 2014");
        assert_eq!(fold("김혜숙 (Kim Hye-sook)"), "김혜숙 kim hye sook");
        assert_eq!(fold("’ '"), "");
    }
}
