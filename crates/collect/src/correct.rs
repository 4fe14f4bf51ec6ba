//! What a person makes of a record: other values for its fields, each with the words of the
//! reading that carry it or a stated reason; or a whole record from nothing.
//!
//! Invariant: what comes out passes [`check_correction`]: every quote stands at its place, and every
//! value rests on a quote or on a reason.

use crate::fields::{Field, Shape, fields};
use crate::quotes::Quotes;
use crate::written::written;
use model::{
    Band, CharIndex, Cited, Correction, Proposal, Reading, Record, RecordBody, RecordKind, Span,
    Stated,
};
use serde_json::{Map, Value, json};

/// The rule under which a person's coding is noted.
pub const RULE: &str = "by hand";

/// Most values that one correction may set.
const MOST: usize = 1_000;

/// A field's new values; none clears it.
#[derive(Clone, PartialEq, Debug)]
pub struct Edit {
    /// The field, as [`fields`] names it.
    pub field: String,
    /// Its values from now on.
    pub values: Vec<NewValue>,
}

/// A value, and what it rests on.
#[derive(Clone, PartialEq, Debug)]
pub struct NewValue {
    /// A text as people write it (`torture`, `2013-03`, `person:Kim Il-rim`), or the value as the
    /// formats write it.
    pub value: Value,
    /// What carries it.
    pub rests_on: RestsOn,
}

/// What carries a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RestsOn {
    /// Characters of the reading.
    Span(Span),
    /// Words of the reading, to be found there: first in the record's own passage.
    Words(String),
    /// A reason in words: no words of the source carry it.
    Reason(String),
}

/// A correction that cannot be made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CorrectError {
    /// The kind has no such field.
    #[error("a {kind} has no field `{field}` that can be set; it has {known}")]
    NoField {
        /// The kind.
        kind: &'static str,
        /// What was asked for.
        field: String,
        /// Those it has.
        known: String,
    },
    /// The value does not fit.
    #[error("`{value}` is no value for `{field}`: {why}")]
    Value {
        /// The field.
        field: String,
        /// The value.
        value: String,
        /// What is expected.
        why: String,
    },
    /// A field that must have a value has none.
    #[error("a {kind} needs a value for `{field}`")]
    Missing {
        /// The kind.
        kind: &'static str,
        /// The field.
        field: String,
    },
    /// Nothing carries the value.
    #[error("`{field}` rests on nothing: select the words that carry it, or state a reason")]
    Nothing {
        /// The field.
        field: String,
    },
    /// The words are not there, or stand in several places.
    #[error(
        "the words “{words}” stand {times} times in the reading; give their characters instead"
    )]
    Words {
        /// The words.
        words: String,
        /// How often.
        times: usize,
    },
    /// A quote does not check.
    #[error(transparent)]
    Quote(#[from] model::CitationError),
    /// Anything else that is not as it must be.
    #[error("{0}")]
    Other(String),
}

/// The record with `edits` made, for a decision to correct it.
///
/// # Errors
/// When a value does not fit its field, or the words that are to carry it are not in the reading.
pub fn correct(
    record: &Record,
    reading: &Reading,
    edits: &[Edit],
) -> Result<Correction, CorrectError> {
    let kind = record.body.kind();
    let mut quotes = Quotes::new(reading);
    quotes.list = record.citations.iter().map(|it| it.quote.clone()).collect();
    let mut making = Making {
        kind,
        body: body_of(&record.body)?,
        quotes,
        stated: record.stated().to_vec(),
    };
    making.edit(edits)?;
    let correction = making.finish(record.band)?;
    if correction.proposal.body == record.body && correction.stated == record.stated() {
        let why = "a correction needs at least one other value";
        return Err(CorrectError::Other(why.to_owned()));
    }
    Ok(correction)
}

/// A record of a kind from nothing: `passage` are the words that carry it as a whole.
///
/// # Errors
/// As for [`correct`], and when a field that the kind must have is missing.
pub fn code_anew(
    kind: RecordKind,
    passage: Span,
    reading: &Reading,
    edits: &[Edit],
) -> Result<Correction, CorrectError> {
    let mut quotes = Quotes::new(reading);
    quotes.at(passage)?;
    let mut body = Map::new();
    for field in fields(kind).iter().filter(|it| it.shape == Shape::Flag) {
        body.insert(field.name.clone(), Value::Bool(false));
    }
    let mut making = Making {
        kind,
        body,
        quotes,
        stated: Vec::new(),
    };
    making.edit(edits)?;
    making.finish(Band::Stated)
}

fn body_of(body: &RecordBody) -> Result<Map<String, Value>, CorrectError> {
    let other = |what: &str| CorrectError::Other(what.to_owned());
    let tagged = serde_json::to_value(body).map_err(|error| other(&error.to_string()))?;
    let Value::Object(tagged) = tagged else {
        return Err(other("a record is no map"));
    };
    match tagged.into_iter().next() {
        Some((_, Value::Object(fields))) => Ok(fields),
        _ => Err(other("a record has no fields")),
    }
}

/// A record in the making.
struct Making<'r> {
    kind: RecordKind,
    body: Map<String, Value>,
    quotes: Quotes<'r>,
    stated: Vec<Stated>,
}

impl Making<'_> {
    fn edit(&mut self, edits: &[Edit]) -> Result<(), CorrectError> {
        if edits
            .iter()
            .map(|edit| edit.values.len().max(1))
            .sum::<usize>()
            > MOST
        {
            let why = format!("more than {MOST} values at once");
            return Err(CorrectError::Other(why));
        }
        for edit in edits {
            let field = self.field(&edit.field)?;
            self.stated.retain(|stated| stated.field != field.name);
            let mut values = Vec::new();
            for new in &edit.values {
                let value = written(field, &new.value, self.body.get(&field.name))?;
                if field.shape == Shape::Flag {
                    values.push(value);
                    continue;
                }
                let quotes = self.rests_on(field, &new.rests_on)?;
                values.push(json!({"value": value, "quotes": quotes}));
            }
            if values.len() > 1 && !field.many {
                return Err(CorrectError::Value {
                    field: field.name.clone(),
                    value: format!("{} values", values.len()),
                    why: "it takes one".to_owned(),
                });
            }
            match (values.is_empty(), field.many) {
                (true, _) => self.body.remove(&field.name),
                (false, true) => self.body.insert(field.name.clone(), Value::Array(values)),
                (false, false) => values
                    .pop()
                    .and_then(|it| self.body.insert(field.name.clone(), it)),
            };
        }
        Ok(())
    }

    fn field(&self, name: &str) -> Result<&'static Field, CorrectError> {
        let of_kind = fields(self.kind);
        of_kind
            .iter()
            .find(|field| field.name == name)
            .ok_or_else(|| {
                let known: Vec<_> = of_kind.iter().map(|field| field.name.as_str()).collect();
                CorrectError::NoField {
                    kind: self.kind.name(),
                    field: name.to_owned(),
                    known: known.join(", "),
                }
            })
    }

    fn rests_on(&mut self, field: &Field, on: &RestsOn) -> Result<Vec<u16>, CorrectError> {
        match on {
            RestsOn::Span(span) => Ok(vec![self.quotes.at(*span)?]),
            RestsOn::Words(words) => Ok(vec![self.quotes.saying(words)?]),
            RestsOn::Reason(reason) if reason.trim().is_empty() => Err(CorrectError::Nothing {
                field: field.name.clone(),
            }),
            RestsOn::Reason(reason) => {
                self.stated.push(Stated {
                    field: field.name.clone(),
                    reason: reason.trim().to_owned(),
                });
                Ok(Vec::new())
            }
        }
    }

    fn finish(self, band: Band) -> Result<Correction, CorrectError> {
        for field in fields(self.kind).iter().filter(|field| field.must) {
            let empty = self
                .body
                .get(&field.name)
                .is_none_or(|value| value == &json!([]));
            if empty {
                return Err(CorrectError::Missing {
                    kind: self.kind.name(),
                    field: field.name.clone(),
                });
            }
        }
        let tagged = json!({ self.kind.name(): Value::Object(self.body) });
        let body: RecordBody = serde_json::from_value(tagged)
            .map_err(|error| CorrectError::Other(format!("the values do not fit: {error}")))?;
        let correction = Correction {
            proposal: Proposal {
                rule: RULE.to_owned(),
                band,
                body,
                quotes: self.quotes.list,
            },
            stated: self.stated,
        };
        check_correction(&correction, self.quotes.text, &self.quotes.chars)?;
        Ok(correction)
    }
}

/// Checks a correction against the text of its reading; `chars` is of that text.
///
/// # Errors
/// When a quote does not stand at its place, or a value rests on neither quote nor reason.
pub fn check_correction(
    correction: &Correction,
    text: &str,
    chars: &CharIndex,
) -> Result<(), CorrectError> {
    let Proposal { body, quotes, .. } = &correction.proposal;
    if quotes.is_empty() {
        let why = "no words of the reading carry the record";
        return Err(CorrectError::Other(why.to_owned()));
    }
    for quote in quotes {
        quote.check(text, chars)?;
    }
    for (field, value) in body_of(body)? {
        let values = match &value {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        let cited = values
            .iter()
            .filter_map(|value| serde_json::from_value::<Cited<Value>>(value.clone()).ok());
        for cited in cited {
            let reason =
                |stated: &Stated| stated.field == field && !stated.reason.trim().is_empty();
            let is_stated = correction.stated.iter().any(reason);
            let in_range = cited
                .quotes
                .iter()
                .all(|at| usize::from(*at) < quotes.len());
            if !in_range || (cited.quotes.is_empty() && !is_stated) {
                return Err(CorrectError::Nothing { field });
            }
        }
    }
    Ok(())
}
