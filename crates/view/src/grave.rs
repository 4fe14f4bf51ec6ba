//! Which records need the eyes of two persons: allegations of a type that the vocabulary of
//! violations marks as grave.

use model::{RecordBody, RecordKind, Vocabularies};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static GRAVE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let shipped = Vocabularies::shipped().expect("a test of the crate `model` reads every list");
    let list = shipped.list("violation").into_iter();
    let grave = list.flat_map(|list| list.terms.iter().filter(|term| term.grave));
    grave.map(|term| term.code.to_string()).collect()
});

/// Whether the body is of a grave type.
#[must_use]
pub fn is_grave(body: &RecordBody) -> bool {
    matches!(body, RecordBody::Allegation(it) if GRAVE.contains(it.violation.value.as_str()))
}

/// Whether a record of this kind and code is of a grave type.
pub(crate) fn is_grave_code(kind: RecordKind, code: Option<&str>) -> bool {
    kind == RecordKind::Allegation && code.is_some_and(|code| GRAVE.contains(code))
}

/// The codes of grave types of violation, in alphabetical order.
pub fn grave_codes() -> impl Iterator<Item = &'static str> {
    GRAVE.iter().map(String::as_str)
}
