//! Whether a document is the word of a body charged with finding out: concluding observations, a chapter
//! of a commission's report, a monthly update of a mission. What it states as its own is found.
//!
//! Invariant: its paragraphs are numbered, and a body that inquires is the subject of verbs by which such
//! a body works (`The Committee considered`, `UNJHRO documented`) and of no `said`, as it is in a report
//! about it.

use crate::lexicon::Class;
use crate::names::Names;
use crate::speech::finds_out;
use crate::text::{Document, Part, Stretch};
use model::EntityKind;

/// How many paragraphs begin with a number at least.
const NUMBERED: usize = 3;

/// How many words of a document are its opening.
const OPENING: usize = 80;

/// How often the body is the subject of its work at least.
const WORK: usize = 2;

/// Verbs by which a body that inquires tells of its work, besides those of documenting and finding.
const WORKS: &[&str] = &[
    "considered",
    "interviewed",
    "spoke",
    "addressed",
    "received",
    "requested",
    "regrets",
    "notes",
    "recommends",
    "urges",
    "appreciates",
    "visited",
    "has",
    "is",
    "remains",
];

/// Whether the document speaks as such a body.
pub(crate) fn is_own_inquiry(document: &Document, names: &Names) -> bool {
    // `Summary written from the public report`: not its own word.
    let opening = document
        .blocks
        .iter()
        .take(3)
        .flat_map(|it| it.tokens.tokens());
    let told_by_others = opening
        .take(OPENING)
        .any(|at| document.is_any(at, &["summary", "digest"]));
    if told_by_others {
        return false;
    }
    let body = document.blocks.iter().filter(|it| it.part == Part::Body);
    let numbered = body.clone().filter(|it| is_numbered(document, it.tokens));
    if numbered.take(NUMBERED).count() < NUMBERED {
        return false;
    }
    let mut work = 0;
    for at in body.flat_map(|block| block.tokens.tokens()) {
        let verb = at + 1 + u32::from(document.is(at + 1, Class::Adverb));
        let said = document.is_any(verb, &["said", "says", "told", "added"]);
        let works = document.is(verb, Class::Documenting)
            || document.is(verb, Class::Finding)
            || document.is_any(verb, WORKS);
        if (said || works) && is_body(document, names, at) {
            if said {
                return false;
            }
            work += 1;
        }
    }
    work >= WORK
}

fn is_numbered(document: &Document, words: Stretch) -> bool {
    let first = words.from;
    document.is_digits(first) && words.len() > 4 && document.is_any(first + 1, &[".", ")"])
        || document.written(first).ends_with('.')
            && document.written(first).len() <= 4
            && document
                .written(first)
                .starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is the last of a body's that inquires: by name, or as `The Committee`.
fn is_body(document: &Document, names: &Names, at: u32) -> bool {
    let article = at
        .checked_sub(1)
        .is_some_and(|it| document.is_word(it, "the"));
    let noun = document.is(at, Class::FindingBody) || document.is_word(at, "office");
    if article && noun {
        return true;
    }
    names.at(at).is_some_and(|mention| {
        let entity = names.entity(mention);
        let office = entity.name.to_lowercase().contains("human rights office");
        entity.kind == EntityKind::Organisation
            && mention.tokens.to == at + 1
            && (office || finds_out(document, &entity.name))
    })
}
