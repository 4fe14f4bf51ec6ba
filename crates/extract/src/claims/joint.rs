//! Those who suffered together: the other items of the list that a victim is one of (`detention of
//! protesters, civil society leaders and journalists`), and the words that can name nobody.
//!
//! Invariant: only commas, `and`, `or` and the items' own adjectives stand between two items.

use super::Scene;
use super::people::{Someone, named_person, people};
use super::terms::Term;
use super::victims::is_passive;
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

/// Whether words can name people: not a day (`July 11`), a piece of a compound
/// (`survivor-informed`), what somebody is held as (`held hostage`), a title (`Attorney General`).
pub(super) fn can_suffer(scene: &Scene, term: &Term, someone: &Someone<Victim>) -> bool {
    let document = scene.syntax.document;
    let words = someone.words;
    let before = words.from.saturating_sub(1);
    let day = words.len() == 1
        && (document.is(before, Class::Month)
            || document.is_word(words.from, "million") && !document.is_word(words.to, "of"));
    let held_as = words.len() == 1 && document.is_any(words.from, &["hostage", "captive", "exile"]);
    let title = words.len() == 1
        && document.is_capital(words.from)
        && document.is_capital(before)
        && !document.is(before, Class::Determiner)
        && scene.syntax.names.at(words.from).is_none()
        && document.sentence(words.from).tokens.has(before)
        && document.hits_in(Table::National, words).is_empty();
    let own = document.is(words.from, Class::FirstPerson)
        || document.is_any(words.from, &["my", "our"]) && document.is_capital(words.from);
    // `and they are crimes`: nobody, where nothing says who they are.
    let unknown = someone.inferred
        && document.is_any(words.from, &["they", "them"])
        && someone.value.who.name == document.words(words);
    let compound = words.len() == 1 && scene.syntax.is_in_compound(words);
    // `the Ortega regime's attacks`: a power by its leader's name.
    let last = words.to.saturating_sub(1);
    let power = [last, words.to].into_iter().any(|at| {
        document.is(at, Class::Regime)
            || document.is(at, Class::Government)
            || document.is_any(at, &["administration", "cabinet"])
    });
    // `held hostage abroad, many since before I took office`
    let far = words.from > term.tokens.to + 2 && document.is(words.from, Class::FirstPerson);
    let key = someone.value.who.key.as_deref();
    let official = in_office(scene, key) && !at_hand(scene, term, words);
    if power || far || official || speaks_for_power(scene, words) {
        return false;
    }
    !(day || unknown || held_as || title || compound || own && someone.inferred)
}

/// `I`, `my administration` in the words of a state, a body or somebody in office.
fn speaks_for_power(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    let own =
        document.is(words.from, Class::FirstPerson) || document.is_any(words.from, &["my", "our"]);
    let voice = own.then(|| scene.voices.at(document, words.from)).flatten();
    voice.is_some_and(|voice| {
        matches!(
            voice.reference.kind,
            EntityKind::State | EntityKind::Organisation
        ) || in_office(scene, voice.reference.key.as_deref())
    })
}

/// Whether somebody is known by an office: the gazetteer names the roles.
fn in_office(scene: &Scene, key: Option<&str>) -> bool {
    let names = scene.syntax.names;
    let known = key
        .and_then(|key| names.by_key(key))
        .and_then(|entity| names.entities[entity as usize].known);
    let lexicon = scene.syntax.document.lexicon;
    known
        .and_then(|known| lexicon.known.get(known as usize))
        .is_some_and(|known| !known.roles.is_empty())
}

/// Whether words are the object right behind the act, or the subject of its passive.
fn at_hand(scene: &Scene, term: &Term, words: Stretch) -> bool {
    let behind = words.from >= term.tokens.to && words.from <= term.tokens.to + 3;
    behind || words.to <= term.tokens.from && is_passive(scene, term.tokens.from)
}
