//! JSON Lines: one object a line, its keys the headings. Standard: RFC 8259, a value a line.
//!
//! Invariant: strings map to the original character for character, escapes excepted; numbers,
//! nested objects and lists are taken as they are written.

use super::lay_out::LayOut;
use super::{Cell, Content, Row};
use crate::draft::Draft;
use crate::facts::Facts;
use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

/// Reads `source`, one object a line.
pub(crate) fn read<'s>(source: &'s str, facts: &mut Facts) -> Draft<'s> {
    let mut draft = Draft::new(source);
    let mut table = LayOut::with_named_cells(&mut draft);
    let mut broken: Vec<u32> = Vec::new();
    let mut from = 0;
    for (number, line) in (1u32..).zip(source.split('\n')) {
        let start = from;
        from += line.len() + 1;
        if line.trim().is_empty() {
            continue;
        }
        let cells = match members(line) {
            Some(members) => members
                .into_iter()
                .map(|(key, value)| Cell {
                    column: table.heading(&key),
                    content: content(value, source, start),
                })
                .collect(),
            None => {
                broken.push(number);
                // A line that is no object is kept as it is, under a heading that says so.
                vec![Cell {
                    column: table.heading("line"),
                    content: Content::Pieces(vec![(line, start)]),
                }]
            }
        };
        if !table.row(Row { number, cells }, facts) {
            break;
        }
    }
    table.finish(facts);
    if let Some(first) = broken.first() {
        facts.remarks.push(format!(
            "{} of the lines are not JSON objects, the first of them line {first}; they were read \
             as text.",
            broken.len()
        ));
    }
    draft
}

/// The members of the object that a line is, in their order.
fn members(line: &str) -> Option<Vec<(String, &RawValue)>> {
    struct Members;

    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }

    let mut deserializer = serde_json::Deserializer::from_str(line);
    let members = deserializer.deserialize_map(Members).ok()?;
    deserializer.end().ok()?;
    Some(members)
}

/// The text of a value on the line that begins at byte `line` of `source`.
fn content<'s>(value: &'s RawValue, source: &'s str, line: usize) -> Content<'s> {
    let raw = value.get();
    let Some(at) = place(source, raw).filter(|&at| at >= line) else {
        return Content::Made(raw.to_owned());
    };
    if raw == "null" {
        return Content::Pieces(Vec::new());
    }
    let inner = raw
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        None => Content::Pieces(vec![(raw, at)]),
        Some(inner) if !inner.contains('\\') => Content::Pieces(vec![(inner, at + 1)]),
        Some(_) => Content::Made(serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned())),
    }
}

/// The byte of `source` at which `part`, a slice of it, begins.
fn place(source: &str, part: &str) -> Option<usize> {
    let at = (part.as_ptr() as usize).checked_sub(source.as_ptr() as usize)?;
    (source.get(at..at + part.len()) == Some(part)).then_some(at)
}
