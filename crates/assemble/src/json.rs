//! Sources and records as JSON, the same in every command and from the server;
//! `docs/formats/records.md` says what each key means.

use model::{Citation, OffsetMap, ProposedBy, Reading, Record, RecordBody};
use serde_json::{Value, json};
use view::{ReadState, SourceInfo};

/// A source, without its text.
#[must_use]
pub fn source(info: &SourceInfo) -> Value {
    let mut value = json!({
        "kind": "source",
        "id": info.id,
        "source": origin(info),
        "fields": info.source,
        "collected_at": time(info.source.collected.at),
        "title": info.title,
        "publisher": info.publisher,
        "published": info.published,
        "language": info.language,
        "records": info.records,
    });
    match &info.state {
        ReadState::Waiting => {}
        ReadState::Unread { reason, .. } => value["unread"] = json!({"reason": reason}),
        ReadState::Read {
            reading, passages, ..
        } => {
            value["reading"] = json!({"sha256": reading, "clean_passages": passages});
        }
    }
    value
}

/// A source with what its reading says of it, as `export` writes it.
#[must_use]
pub fn exported_source(info: &SourceInfo, reading: Option<&Reading>) -> Value {
    let mut value = source(info);
    if let Some(reading) = reading {
        let about = &mut value["reading"];
        about["reader"] = json!(reading.reader);
        about["media_type"] = json!(reading.media_type);
        about["encoding"] = json!(reading.encoding);
        about["title"] = json!(reading.title);
        about["authors"] = json!(reading.authors);
        about["publisher"] = json!(reading.publisher);
        about["published"] = json!(reading.published);
        about["updated"] = json!(reading.updated);
        about["language"] = json!(reading.language);
        about["address"] = json!(reading.address);
        about["passages"] = json!(reading.passages.len());
        about["characters"] = json!(reading.text.chars().count());
        about["remarks"] = json!(reading.remarks);
    }
    value
}

fn origin(info: &SourceInfo) -> Value {
    json!({"id": info.id, "origin": info.source.origin, "sha256": info.source.original})
}

/// A record; `map` is that of the reading it was read from.
#[must_use]
pub fn record(record: &Record, info: Option<&SourceInfo>, map: Option<&OffsetMap>) -> Value {
    let rule = match &record.proposed_by {
        ProposedBy::Extractor { rule, .. } => Some(rule),
        ProposedBy::Person(_) => None,
    };
    let citations: Vec<_> = record
        .citations
        .iter()
        .map(|cited| citation(cited, map))
        .collect();
    json!({
        "kind": record.body.kind(),
        "id": record.id,
        "source": info.map(origin),
        "status": record.status,
        "proposed_by": record.proposed_by,
        "rule": rule,
        "band": record.band,
        "fields": fields(&record.body),
        "citations": citations,
        "history": record.history,
    })
}

/// The fields alone: the kind stands beside them.
fn fields(body: &RecordBody) -> Value {
    match serde_json::to_value(body) {
        Ok(Value::Object(tagged)) => tagged.into_iter().next().map_or(Value::Null, |(_, f)| f),
        _ => Value::Null,
    }
}

fn citation(citation: &Citation, map: Option<&OffsetMap>) -> Value {
    let quote = &citation.quote;
    let original = map
        .and_then(|map| map.original(quote.span))
        .map(|span| json!({"sha256": citation.original, "start": span.start, "end": span.end}));
    json!({
        "quote": quote.quote,
        "passage": quote.passage,
        "page": quote.page,
        "row": quote.row,
        "reading": {
            "sha256": citation.reading, "start": quote.span.start, "end": quote.span.end,
        },
        "original": original,
    })
}

/// Milliseconds since 1970 as UTC, to the second.
#[must_use]
pub fn time(milliseconds: u64) -> String {
    i64::try_from(milliseconds)
        .ok()
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map_or_else(
            || "an impossible time".to_owned(),
            |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        )
}
