//! Which records need the eyes of two persons: allegations of a type that the vocabulary of
//! violations marks as grave.

use model::{RecordBody, Vocabularies};
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

/// The codes of grave types of violation, in alphabetical order.
pub fn grave_codes() -> impl Iterator<Item = &'static str> {
    GRAVE.iter().map(String::as_str)
}
