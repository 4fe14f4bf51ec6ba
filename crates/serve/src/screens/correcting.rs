//! The form that corrects a record: from the record to its rows, and from what was sent to edits.
//!
//! Which fields a person can set is the table of `collect`. A row that was not touched keeps its
//! value as it is, with the words that carry it.

use collect::{Edit, Field, NewValue, RestsOn, Shape};
use model::{Record, Span};
use serde_json::Value;
use web::screens::EditRow;
use web::{Text, card, show};

/// A value as it stands in a record.
struct Now {
    /// As the formats write it.
    value: Value,
    /// As a person writes it.
    text: String,
    /// The words that carry it, and their characters.
    words: String,
    span: Option<Span>,
}

/// The rows of the form; one empty row follows fields that may have several values.
pub(super) fn rows(record: &Record, text: Text) -> Vec<EditRow> {
    let mut rows = Vec::new();
    for field in fields(record) {
        let now = values(record, field);
        let mut all: Vec<Option<&Now>> = now.iter().map(Some).collect();
        if all.is_empty() || field.many {
            all.push(None);
        }
        for (at, now) in all.into_iter().enumerate() {
            rows.push(row(field, at, now, text));
        }
    }
    rows
}

fn fields(record: &Record) -> impl Iterator<Item = &'static Field> {
    let all = collect::fields(record.body.kind()).iter();
    // Yes or no rests on no words; it stays as it was proposed.
    all.filter(|field| field.shape != Shape::Flag)
}

fn row(field: &Field, at: usize, now: Option<&Now>, text: Text) -> EditRow {
    let list = field
        .list
        .as_deref()
        .and_then(|list| show::vocabularies().list(list));
    let terms = list.into_iter().flat_map(|list| &list.terms);
    let options = terms.map(|term| {
        let label = term.label(text.language().tag());
        (term.code.as_str().to_owned(), label.to_owned())
    });
    EditRow {
        field: field.name.clone(),
        at,
        label: match at {
            0 => card::field_label(&field.name, text),
            _ => String::new(),
        },
        options: options.collect(),
        value: now.map(|now| now.text.clone()).unwrap_or_default(),
        words: now.map(|now| now.words.clone()).unwrap_or_default(),
        span: now
            .and_then(|now| now.span)
            .map(|span| format!("{}-{}", span.start, span.end))
            .unwrap_or_default(),
        must: field.must,
        hint: match field.shape {
            Shape::Date => text.say("review-hint-date"),
            Shape::Entity
            | Shape::Victim
            | Shape::Perpetrator
            | Shape::Attribution
            | Shape::Participant => text.say("review-hint-who"),
            _ => String::new(),
        },
    }
}

fn values(record: &Record, field: &Field) -> Vec<Now> {
    // The model's types always serialise; an empty map has no field.
    let whole = serde_json::to_value(&record.body).unwrap_or_default();
    let body = whole.as_object().and_then(|kinds| kinds.values().next());
    let Some(held) = body.and_then(|body| body.get(&field.name)) else {
        return Vec::new();
    };
    let list = held
        .as_array()
        .map_or(std::slice::from_ref(held), Vec::as_slice);
    list.iter()
        .map(|cited| {
            let value = cited.get("value").unwrap_or(cited).clone();
            let quote = cited
                .get("quotes")
                .and_then(|quotes| quotes.get(0)?.as_u64());
            let quote = quote.and_then(|at| record.citations.get(usize::try_from(at).ok()?));
            Now {
                text: written(field, &value),
                words: quote.map(|it| it.quote.quote.clone()).unwrap_or_default(),
                span: quote.map(|it| it.quote.span),
                value,
            }
        })
        .collect()
}

/// A value as a person writes it.
fn written(field: &Field, value: &Value) -> String {
    if field.shape == Shape::Thousandths {
        let thousandths = value.as_i64().unwrap_or_default();
        let (whole, rest) = (thousandths / 1000, (thousandths % 1000).abs());
        return match rest {
            0 => whole.to_string(),
            rest => format!("{whole}.{}", format!("{rest:03}").trim_end_matches('0')),
        };
    }
    let who = ["who", "speaker"].iter().find_map(|name| value.get(*name));
    let holder = who.unwrap_or(value);
    let named = ["name", "form", "date", "status", "words", "title"];
    let said = named.iter().find_map(|name| holder.get(*name)?.as_str());
    match (said, value) {
        (Some(said), _) => said.to_owned(),
        (None, Value::String(text)) => text.clone(),
        (None, Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The edits that the form asks for: fields of which any row was touched.
pub(super) fn edits(record: &Record, pairs: &[(String, String)]) -> Vec<Edit> {
    let given = |name: String| {
        let found = pairs.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| value.trim())
    };
    let reason = given("reason".to_owned()).unwrap_or_default();
    let mut edits = Vec::new();
    for field in fields(record) {
        let now = values(record, field);
        let mut touched = false;
        let mut new = Vec::new();
        for at in 0..=now.len() {
            let held = now.get(at);
            let Some(text) = given(format!("v.{}.{at}", field.name)) else {
                // A row that was not sent was not in the form.
                new.extend(held.map(|held| kept(held, reason)));
                continue;
            };
            let words = given(format!("w.{}.{at}", field.name)).unwrap_or_default();
            let span = given(format!("s.{}.{at}", field.name)).unwrap_or_default();
            let is_same = held.is_some_and(|held| held.text == text && held.words == words);
            match (held, text.is_empty()) {
                (Some(held), _) if is_same => new.push(kept(held, reason)),
                (held, true) => touched |= held.is_some(),
                (_, false) => {
                    touched = true;
                    new.push(NewValue {
                        value: Value::String(text.to_owned()),
                        rests_on: rests_on(words, span, reason),
                    });
                }
            }
        }
        if touched {
            edits.push(Edit {
                field: field.name.clone(),
                values: new,
            });
        }
    }
    edits
}

/// A value as it was, on what it rested on.
fn kept(held: &Now, reason: &str) -> NewValue {
    NewValue {
        value: held.value.clone(),
        rests_on: match held.span {
            Some(span) => RestsOn::Span(span),
            None => RestsOn::Reason(reason.to_owned()),
        },
    }
}

fn rests_on(words: &str, span: &str, reason: &str) -> RestsOn {
    let numbers = span.split_once('-').and_then(|(start, end)| {
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start < end).then(|| Span::new(start, end))
    });
    match (words.is_empty(), numbers) {
        (true, _) => RestsOn::Reason(reason.to_owned()),
        (false, Some(span)) => RestsOn::Span(span),
        (false, None) => RestsOn::Words(words.to_owned()),
    }
}
