//! People who are the object of a demand: `release her and Ilham Tohti`, `all prisoners of
//! conscience`, `the whereabouts of Rahile Dawut`.
//!
//! Invariant: looks at most [`REACH`] words ahead and stops at the next verb of a demand.

use super::people::phrase_start;
use crate::lexicon::{Class, Table};
use crate::syntax::{Syntax, without_determiner};
use crate::text::Stretch;
use model::{EntityKind, EntityRef};

/// How many words behind the verb people may be named.
const REACH: u32 = 16;

/// The people named from `from` on, before `limit`: persons by name, groups by their words.
pub(crate) fn demanded_people(syntax: &Syntax, from: u32, limit: u32) -> Vec<(EntityRef, Stretch)> {
    let document = syntax.document;
    let end = limit.min(from + REACH);
    let mut found: Vec<(EntityRef, Stretch)> = Vec::new();
    let mut at = from;
    while at < end {
        let stops = document.is_any(at, &[";", ":", ".", "to", "who", "which", "so"])
            || document.is(at, Class::Modal)
            || document.is(at, Class::Freeing)
            || document.bounds_speech(at);
        if stops && !(document.is_word(at, "who") && found.is_empty()) {
            break;
        }
        let person = syntax.names.at(at).filter(|mention| {
            let entity = syntax.names.entity(mention);
            entity.is_named_person()
        });
        if let Some(mention) = person {
            found.push((syntax.names.reference(mention.entity), mention.tokens));
            at = mention.tokens.to.max(at + 1);
            continue;
        }
        let group = [Table::Group, Table::National].iter().find_map(|&table| {
            document
                .hits_in(table, Stretch::new(at, at + 1))
                .first()
                .copied()
        });
        if let Some(hit) = group
            && found.is_empty()
        {
            let start = phrase_start(document, from, hit.tokens.from);
            let words = Stretch::new(start, hit.tokens.to);
            let who = EntityRef::as_written(EntityKind::Group, without_determiner(document, words));
            found.push((who, words));
            at = hit.tokens.to;
            continue;
        }
        at += 1;
    }
    found
}
