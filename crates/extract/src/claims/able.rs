//! Whether words that stand where a victim would can name one: no day, no title, nobody in office, no
//! power that speaks.
//!
//! Invariant: only takes away; who suffered is found elsewhere.

use super::Scene;
use super::people::Someone;
use super::terms::Term;
use super::victims::is_passive;
use crate::lexicon::{Class, Table};
use crate::text::Stretch;
use model::{EntityKind, Victim};

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
        && before < words.from
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
    // `not one officer has been charged`
    let nobody = (document.is_word(words.from, "no") || document.is_any(before, &["no", "not"]))
        && words.tokens().any(|at| document.is(at, Class::Armed));
    let key = someone.value.who.key.as_deref();
    let official = in_office(scene, key) && !at_hand(scene, term, words);
    if power || far || nobody || official || speaks_for_power(scene, words) {
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
