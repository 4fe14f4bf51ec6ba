//! Bodies charged with finding out what happened, by their names: what they state is a finding.

use crate::lexicon::Class;
use crate::text::{Document, folded};

/// Committees that watch over a treaty.
const TREATY_BODIES: [&str; 4] = [
    "committee against",
    "committee on the",
    "human rights committee",
    "committee on enforced",
];

/// Whether a name is that of a body charged with finding out: a commission of inquiry, a court, a
/// panel of experts, a committee of a treaty.
pub(crate) fn finds_out(document: &Document, name: &str) -> bool {
    let words = &document.lexicon.words;
    let charged = folded(name)
        .iter()
        .any(|part| words.classes(words.id(&part.word)).has(Class::Inquiry));
    let name = name.to_lowercase();
    charged
        || name.contains("of experts")
        || decides_cases(&name)
        || TREATY_BODIES.iter().any(|body| name.contains(body))
}

/// Whether it is a body of experts of the United Nations that decides on single cases.
pub(super) fn decides_cases(name: &str) -> bool {
    name.to_lowercase().contains("working group")
}
