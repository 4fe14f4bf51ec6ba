//! Those who suffered together: the other items of the list that a victim is one of (`detention of
//! protesters, civil society leaders and journalists`).
//!
//! Invariant: only commas, `and`, `or` and the items' own adjectives stand between two items.

use super::Scene;
use super::people::{Someone, named_person, people};
use crate::lexicon::{Class, Table};
use crate::text::Stretch;
use model::{EntityKind, Victim};

/// The most items that are taken.
const MOST: usize = 8;

/// How many words an item may have before its noun.
const ITEM: u32 = 5;

/// Adds the items that stand behind or before the only victim.
pub(super) fn with_others(scene: &Scene, victims: &mut Vec<Someone<Victim>>) {
    let [only] = victims.as_slice() else {
        return;
    };
    if only.inferred || only.value.number == Some(1) {
        return;
    }
    let words = only.words;
    let end = scene.syntax.document.sentence(words.from).tokens.to;
    let mut at = words.to;
    while victims.len() < MOST
        && let Some(next) = next_item(scene, at, end)
    {
        at = next.words.to;
        victims.push(next);
    }
    let mut at = words.from;
    while victims.len() < MOST
        && let Some(before) = person_before(scene, at)
    {
        at = before.words.from;
        victims.insert(0, before);
    }
}

/// The item behind a comma or `and`: a person by name, or people by their noun at its end.
fn next_item(scene: &Scene, at: u32, end: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let mut from = at;
    while from < end && (document.is_word(from, ",") || document.is(from, Class::Conjunction)) {
        from += 1;
    }
    // `Raman Pratasevich, a journalist`: the same man.
    if from == at || from - at > 2 || document.is_any(from, &["a", "an"]) {
        return None;
    }
    // `While beating the students, the officers cursed them`: another clause.
    let opened = document.sentence(at).tokens.from;
    let clause = document.is_any(
        opened,
        &["while", "when", "after", "before", "having", "as", "once"],
    ) || document.written(opened).ends_with("ing");
    if clause && document.is_word(at, ",") && document.is(from, Class::Determiner) {
        return None;
    }
    let named = scene.syntax.names.at(from).filter(|mention| {
        let entity = scene.syntax.names.entity(mention);
        entity.is_named_person() && mention.outer.from >= at
    });
    if let Some(mention) = named {
        return (!acts(scene, mention.outer.to)).then(|| named_person(scene, mention));
    }
    let noun = (from..end.min(from + ITEM)).find(|&at| {
        [Table::Group, Table::National].iter().any(|&table| {
            let hits = document.hits_in(table, Stretch::new(at, at + 1));
            hits.first().is_some_and(|hit| hit.tokens.from == at)
        })
    })?;
    let verb = !document
        .hits_in(Table::Violation, Stretch::new(from, noun))
        .is_empty();
    let plain = !verb
        && (from..noun).all(|at| {
            document.is_plain(at)
                && !document.is(at, Class::Preposition)
                && !document.is(at, Class::Auxiliary)
                && !document.is(at, Class::Modal)
                && !document.is(at, Class::Subordinator)
                && !document.is(at, Class::Possessive)
                && !document.is(at, Class::Conjunction)
                && !document.is(at, Class::Past)
                && !document.is_word(at, "to")
                && !document.written(at).ends_with("ing")
                && !document.written(at).ends_with("ed")
        });
    let mut item = plain.then(|| people(scene, from, end)).flatten()?;
    if item.value.who.kind == EntityKind::Group && item.words.from > from {
        item.words = Stretch::new(from, item.words.to);
        item.value.who.name = crate::syntax::without_determiner(document, item.words);
    }
    (!acts(scene, item.words.to)).then_some(item)
}

/// Whether a verb stands right behind: another clause begins with those people.
fn acts(scene: &Scene, at: u32) -> bool {
    let document = scene.syntax.document;
    document.is(at, Class::Auxiliary) && !document.is_word(at, "'s")
        || document.is(at, Class::Modal)
        || document.is(at, Class::Past)
}

/// The person named before `and` or a comma: `Evan Gershkovich and Paul Whelan`.
fn person_before(scene: &Scene, from: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(from).tokens;
    let here = scene.syntax.names.at(from)?;
    let person = |mention: &crate::names::Mention| {
        let entity = scene.syntax.names.entity(mention);
        entity.is_named_person()
    };
    let first = here.outer.from.min(from);
    let link = first.checked_sub(1).filter(|&at| sentence.has(at))?;
    let joins = document.is(link, Class::Conjunction) || document.is_word(link, ",");
    let last = link - u32::from(document.is_word(link.saturating_sub(1), ",") && link > 0);
    let mention = scene.syntax.names.at(last.checked_sub(1)?)?;
    (joins && person(here) && person(mention) && mention.tokens.to == last)
        .then(|| named_person(scene, mention))
}
