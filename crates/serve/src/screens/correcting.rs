//! The form that corrects a record or codes a new one: its rows, and from what was sent to edits.
//!
//! Which fields a person can set is the table of `collect`. A row that was not touched keeps its
//! value as it is, with the words that carry it.

use collect::{Edit, Field, NewValue, RestsOn, Shape};
use model::{Record, RecordKind, Span};
use serde_json::Value;
use std::collections::BTreeMap;
use web::screens::EditRow;
use web::{Text, card, show};

/// Most rows of one field.
const MOST_ROWS: usize = 200;

/// A value as it stands in a record.
struct Now {
    /// As the formats write it.
    value: Value,
    /// As a person writes it.
    text: String,
    /// The words that carry it, their characters, and their number in the record.
    words: String,
    span: Option<Span>,
    quote: Option<usize>,
}

/// The values that a form begins with, by field.
#[derive(Default)]
pub(super) struct Held(BTreeMap<String, Vec<Now>>);

impl Held {
    /// The values of a record.
    pub fn of(record: &Record) -> Self {
        let fields = fields(record.body.kind());
        Self(
            fields
                .map(|field| (field.name.clone(), values(record, field)))
                .collect(),
        )
    }

    /// What words that were selected say of a new record: they carry each field that it must
    /// have, and are the value of those that are words or names.
    pub fn from_words(kind: RecordKind, words: &str, span: Span) -> Self {
        let must = fields(kind).filter(|field| field.must);
        Self(
            must.map(|field| {
                let is_said = matches!(field.shape, Shape::Words | Shape::Name);
                let now = Now {
                    value: Value::Null,
                    text: if is_said {
                        words.to_owned()
                    } else {
                        String::new()
                    },
                    words: words.to_owned(),
                    span: Some(span),
                    quote: Some(0),
                };
                (field.name.clone(), vec![now])
            })
            .collect(),
        )
    }

    fn all(&self, field: &Field) -> &[Now] {
        self.0.get(&field.name).map_or(&[], Vec::as_slice)
    }
}

/// What a form sent: names and values.
#[derive(Clone, Copy)]
pub(super) struct Sent<'s>(pub &'s [(String, String)]);

impl<'s> Sent<'s> {
    /// The value of an input; `None` where it was not in the form.
    pub fn get(self, name: &str) -> Option<&'s str> {
        let found = self.0.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.trim())
    }

    /// Whether a value holds letters of a masked name, which are no letters to be put on record.
    pub fn is_masked(self) -> bool {
        self.0
            .iter()
            .any(|(_, value)| value.contains(web::mask::SIGN))
    }

    /// Value, words and characters of a row; `None` where it was not in the form.
    fn row(self, field: &Field, at: usize) -> Option<[&'s str; 3]> {
        let of = |part: &str| self.get(&format!("{part}.{}.{at}", field.name));
        let value = of("v")?;
        Some([
            value,
            of("w").unwrap_or_default(),
            of("s").unwrap_or_default(),
        ])
    }
}

/// The rows of the form: what was sent before, else what is held; one empty row follows fields
/// that may have several values.
pub(super) fn rows(kind: RecordKind, held: &Held, sent: Sent<'_>, text: Text) -> Vec<EditRow> {
    let mut rows = Vec::new();
    for field in fields(kind) {
        let now = held.all(field);
        let mut at = 0;
        while at < MOST_ROWS {
            let given = sent.row(field, at);
            let held = now.get(at);
            let is_empty = held.is_none() && given.is_none_or(|[value, ..]| value.is_empty());
            if is_empty && at > 0 && !field.many {
                break;
            }
            rows.push(row(field, at, held, given, text));
            at += 1;
            if is_empty || (at >= now.len() && !field.many) {
                break;
            }
        }
    }
    rows
}

fn fields(kind: RecordKind) -> impl Iterator<Item = &'static Field> {
    // Yes or no rests on no words; it stays as it was proposed.
    let all = collect::fields(kind).iter();
    all.filter(|field| field.shape != Shape::Flag)
}

fn row(
    field: &Field,
    at: usize,
    now: Option<&Now>,
    given: Option<[&str; 3]>,
    text: Text,
) -> EditRow {
    let list = field
        .list
        .as_deref()
        .and_then(|list| show::vocabularies().list(list));
    let terms = list.into_iter().flat_map(|list| &list.terms);
    let options = terms.map(|term| {
        let label = term.label(text.language().tag());
        (term.code.as_str().to_owned(), label.to_owned())
    });
    let span = now.and_then(|now| now.span);
    let held = now.map(|now| {
        let span = span.map(|span| format!("{}-{}", span.start, span.end));
        [
            now.text.clone(),
            now.words.clone(),
            span.unwrap_or_default(),
        ]
    });
    let [value, words, span] = match given {
        Some(given) => given.map(str::to_owned),
        None => held.unwrap_or_default(),
    };
    EditRow {
        field: field.name.clone(),
        at,
        label: match at {
            0 => card::field_label(&field.name, text),
            _ => String::new(),
        },
        options: options.collect(),
        quote: now
            .and_then(|now| now.quote)
            .map(|quote| quote.to_string())
            .unwrap_or_default(),
        value,
        words,
        span,
        must: field.must,
        takes: match field.shape {
            Shape::Date => "date",
            Shape::Number | Shape::Thousandths => "number",
            _ => "words",
        },
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
            let number = cited
                .get("quotes")
                .and_then(|quotes| quotes.get(0)?.as_u64())
                .and_then(|at| usize::try_from(at).ok());
            let quote = number.and_then(|at| record.citations.get(at));
            Now {
                text: written(field, &value),
                words: quote.map(|it| it.quote.quote.clone()).unwrap_or_default(),
                span: quote.map(|it| it.quote.span),
                quote: number,
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

/// What carries the values of a record in the making where its person selected no words for them.
pub(super) struct Otherwise<'o> {
    /// The words that carry the record as a whole.
    pub span: Span,
    /// The text of the passage that they stand in.
    pub passage: &'o str,
}

/// The edits that the form asks for: fields of which any row was touched.
pub(super) fn edits(
    kind: RecordKind,
    held: &Held,
    sent: Sent<'_>,
    otherwise: Option<&Otherwise<'_>>,
) -> Vec<Edit> {
    let reason = sent.get("reason").unwrap_or_default();
    let mut edits = Vec::new();
    for field in fields(kind) {
        let now = held.all(field);
        let mut touched = false;
        let mut new = Vec::new();
        for at in 0..MOST_ROWS {
            let held = now.get(at);
            let Some([text, words, span]) = sent.row(field, at) else {
                // A row that was not sent was not in the form.
                new.extend(held.map(|held| kept(held, reason)));
                if held.is_none() {
                    break;
                }
                continue;
            };
            let is_same = held.is_some_and(|held| held.text == text && held.words == words);
            match (held, text.is_empty()) {
                (Some(held), _) if is_same => new.push(kept(held, reason)),
                (held, true) => touched |= held.is_some(),
                (_, false) => {
                    touched = true;
                    new.push(NewValue {
                        value: Value::String(text.to_owned()),
                        rests_on: match otherwise {
                            Some(other) if words.is_empty() && reason.is_empty() => {
                                other.carries(field, text)
                            }
                            _ => rests_on(words, span, reason),
                        },
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

impl Otherwise<'_> {
    /// A code rests on the words that carry the record; other values on themselves, where they
    /// stand in the passage.
    fn carries(&self, field: &Field, value: &str) -> RestsOn {
        let name = value.split_once(':').map_or(value, |(_, name)| name);
        match field.shape {
            Shape::Code => RestsOn::Span(self.span),
            _ if self.passage.contains(name) => RestsOn::Words(name.to_owned()),
            _ => RestsOn::Reason(String::new()),
        }
    }
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
    match (words.is_empty(), span_of(span)) {
        (true, _) => RestsOn::Reason(reason.to_owned()),
        (false, Some(span)) => RestsOn::Span(span),
        (false, None) => RestsOn::Words(words.to_owned()),
    }
}

/// Characters as forms and addresses write them: `12-34`.
pub(super) fn span_of(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start < end).then(|| Span::new(start, end))
}
