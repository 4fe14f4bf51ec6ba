//! Values of CBOR, looked at one level at a time: what is inside stays bytes until it is asked for.
//!
//! Invariant: no value is built and nothing recurses; whatever is broken is `None`. RFC 8949.

use minicbor::Decoder;
use minicbor::data::Type;

/// Entries of one map or list that are looked at.
const MOST: u64 = 10_000;

/// The key of a map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key<'b> {
    Text(&'b str),
    Number(i64),
}

/// Keys and values of a map.
pub(super) fn map(bytes: &[u8]) -> Option<Vec<(Key<'_>, &[u8])>> {
    let mut decoder = Decoder::new(bytes);
    let count = decoder.map().ok()?;
    let mut entries = Vec::new();
    while more(&decoder, count, entries.len()) {
        let key = match decoder.datatype().ok()? {
            Type::String => Key::Text(decoder.str().ok()?),
            _ => Key::Number(decoder.i64().ok()?),
        };
        entries.push((key, next(&mut decoder)?));
    }
    Some(entries)
}

/// The values of a list.
pub(super) fn list(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut decoder = Decoder::new(bytes);
    // COSE puts the number of its kind before a list.
    while decoder.datatype().ok()? == Type::Tag {
        decoder.tag().ok()?;
    }
    let count = decoder.array().ok()?;
    let mut values = Vec::new();
    while more(&decoder, count, values.len()) {
        values.push(next(&mut decoder)?);
    }
    Some(values)
}

/// The value of a key of a map.
pub(super) fn field<'b>(bytes: &'b [u8], name: &str) -> Option<&'b [u8]> {
    let entries = map(bytes)?;
    let found = entries.into_iter().find(|(key, _)| *key == Key::Text(name));
    found.map(|(_, value)| value)
}

/// A text.
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    Decoder::new(bytes).str().ok()
}

/// A string of bytes.
pub(super) fn blob(bytes: &[u8]) -> Option<&[u8]> {
    Decoder::new(bytes).bytes().ok()
}

/// A number.
pub(super) fn number(bytes: &[u8]) -> Option<i64> {
    Decoder::new(bytes).i64().ok()
}

fn more(decoder: &Decoder<'_>, count: Option<u64>, taken: usize) -> bool {
    let taken = taken as u64;
    match count {
        Some(count) => taken < count.min(MOST),
        None => taken < MOST && decoder.datatype().is_ok_and(|next| next != Type::Break),
    }
}

fn next<'b>(decoder: &mut Decoder<'b>) -> Option<&'b [u8]> {
    let from = decoder.position();
    decoder.skip().ok()?;
    decoder.input().get(from..decoder.position())
}
