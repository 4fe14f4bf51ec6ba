//! Records and documents as small as they can be, written as JSON the way archives hold them.
#![allow(dead_code, clippy::unwrap_used)]

use model::{
    Judged, Judgement, Matter, PartialDate, Record, RecordId, RecordKind, Sha256Digest, SourceId,
    Span, Verdict,
};
use onrecord_link::{Document, Origin, Provenance};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A small archive.
#[derive(Clone, Default)]
pub struct World {
    pub records: Vec<Record>,
    pub documents: Vec<Document>,
}

pub fn day(text: &str) -> PartialDate {
    text.parse().unwrap()
}

/// A value that the record's only quote carries.
pub fn cited(value: Value) -> Value {
    json!({ "value": value, "quotes": [0] })
}

pub fn date(text: &str) -> Value {
    cited(json!({ "date": text, "basis": "as written" }))
}

pub fn state(iso: &str) -> Value {
    let name = match iso {
        "KP" => "North Korea",
        "CN" => "China",
        "JP" => "Japan",
        other => other,
    };
    json!({ "kind": "state", "name": name, "key": format!("state:{iso}") })
}

pub fn person(name: &str) -> Value {
    json!({ "kind": "person", "name": name })
}

pub fn group(name: &str) -> Value {
    json!({ "kind": "group", "name": name })
}

pub fn place(key: &str, name: &str) -> Value {
    json!({ "kind": "place", "name": name, "key": key })
}

impl World {
    /// A document, published then.
    pub fn document(&mut self, published: &str) -> SourceId {
        let number = self.documents.len() as u8 + 1;
        let id = SourceId::new(1_700_000_000_000 + u64::from(number), [number; 10]);
        self.documents.push(Document {
            id,
            title: None,
            publisher: None,
            published: (!published.is_empty()).then(|| published.parse().unwrap()),
            genre: None,
            language: None,
            origin: None,
            reliability: None,
        });
        id
    }

    /// A record of a document, in a passage of its own.
    pub fn add(&mut self, source: SourceId, quote: &str, body: Value) -> RecordId {
        let passage = self.records.len() as u32 + 1;
        self.add_in(source, passage, quote, body)
    }

    /// A record of a passage of a document.
    pub fn add_in(&mut self, source: SourceId, passage: u32, quote: &str, body: Value) -> RecordId {
        let number = self.records.len() as u64;
        let id = RecordId::new(1_700_000_000_000 + number, [7; 10]);
        let record = json!({
            "id": id, "source": source, "status": "proposed", "band": "stated",
            "proposed_by": { "person": "a test" }, "body": body, "history": [],
            "citations": [{
                "original": "00".repeat(32), "reading": "00".repeat(32),
                "quote": {
                    "span": { "start": 10 * passage, "end": 10 * passage + 9 },
                    "quote": quote, "passage": passage
                }
            }]
        });
        self.records.push(serde_json::from_value(record).unwrap());
        id
    }

    pub fn call(&mut self, source: SourceId, caller: Value, to: Value, demand: &str) -> RecordId {
        let body = json!({ "call": {
            "caller": cited(caller), "addressees": [cited(to)], "demand": cited(json!(demand))
        } });
        self.add(source, demand, body)
    }

    pub fn event(&mut self, source: SourceId, code: &str, who: Value, on: &str) -> RecordId {
        let mut event =
            json!({ "event": cited(json!(code)), "participants": [cited(json!({ "who": who }))] });
        if !on.is_empty() {
            event["date"] = date(on);
        }
        self.add(source, code, json!({ "event": event }))
    }

    /// An allegation with these further fields.
    pub fn allegation(&mut self, source: SourceId, code: &str, fields: Value) -> RecordId {
        let mut body =
            json!({ "violation": cited(json!(code)), "modality": cited(json!("alleged")) });
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        let quote = format!("{code} {}", self.records.len());
        self.add(source, &quote, json!({ "allegation": body }))
    }

    /// The same records and documents in another order.
    pub fn shuffled(&self) -> Self {
        let mut other = self.clone();
        other.records.reverse();
        let half = other.records.len() / 2;
        other.records.rotate_left(half);
        other.documents.reverse();
        other
    }
}

pub fn victim(who: Value) -> Value {
    cited(json!({ "who": who }))
}

pub fn judged(one: RecordId, other: RecordId, verdict: Verdict) -> Judgement {
    let of = |record| Judged {
        record,
        kind: RecordKind::Call,
        source: SourceId::new(0, [0; 10]),
        reading: Sha256Digest([0; 32]),
        span: Span::new(0, 1),
    };
    Judgement {
        matter: Matter::pair(of(one), of(other)),
        verdict,
        by: "Ana".to_owned(),
        reason: "read both".to_owned(),
    }
}

/// Documents that copy another.
#[derive(Default)]
pub struct Copies(pub HashMap<SourceId, SourceId>);

impl Provenance for Copies {
    fn origin(&self, source: &SourceId, _: Span) -> Origin {
        let first = self.0.get(source).copied();
        Origin {
            source: first.unwrap_or(*source),
            reasons: first
                .map(|_| "the same words".to_owned())
                .into_iter()
                .collect(),
        }
    }
}
