//! Who did it, where the words name them once for a whole list: the owner of its first noun (`the
//! regime's erosion of rights, persecution of opponents and arbitrary arrest`), whose actions it
//! was (`actions of officials to commit abuses`), whom a body punishes for it (`designated two
//! officers for torture`).
//!
//! Invariant: looks at most [`REACH`] words back, within the sentence and its speech.

use super::Scene;
use super::accused::{people_doing, perpetrator};
use super::doers::doer;
use super::people::Someone;
use super::terms::List;
use crate::lexicon::Class;
use crate::syntax::{Phrase, without_determiner};
use crate::text::Stretch;
use model::{EntityKind, EntityRef, Perpetrator};

/// How many words before a list its owner may stand.
const REACH: u32 = 60;

/// The most words of those whose actions it was.
const LONGEST: u32 = 14;

/// Whoever the head of the list names.
pub(super) fn doer_at_head(scene: &Scene, list: &List) -> Option<Someone<Perpetrator>> {
    own_act(scene, list)
        .or_else(|| owner_of_list(scene, list))
        .or_else(|| actions_of(scene, list))
        .or_else(|| punished(scene, list))
}

/// `the regime has expanded its repression`: the subject of the verb before `its`.
fn own_act(scene: &Scene, list: &List) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let own = (whole.from.saturating_sub(4)..whole.from)
        .rev()
        .find(|&at| document.is_any(at, &["its", "their"]))?;
    let verb = own.checked_sub(1)?;
    let sentence = document.sentence(own).tokens;
    let between = (own + 1..whole.from).all(|at| {
        document.is_plain(at)
            && !document.is(at, Class::Preposition)
            && !document.is(at, Class::Conjunction)
    });
    let told = document.written(verb).ends_with("ed") || document.is(verb, Class::Past);
    if !between || !told || !sentence.has(verb) {
        return None;
    }
    doer(scene, scene.syntax.near_subject(verb)?)
}

/// `The Government of X's erosion of guarantees, persecution of opponents, …`: the possessive before
/// the first noun of a list that no verb parts from the act.
fn owner_of_list(scene: &Scene, list: &List) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let sentence = document.sentence(whole.from).tokens;
    let floor = sentence.from.max(whole.from.saturating_sub(REACH));
    let mut joined = false;
    for at in (floor..whole.from).rev() {
        let link =
            document.is_any(at, &[",", "including", "of"]) || document.is(at, Class::Conjunction);
        joined |= link;
        if document.is_word(at, "'s") && !document.is(at + 1, Class::Determiner) {
            return (joined && at + 1 < whole.from)
                .then(|| owner_before(scene, at, floor))
                .flatten();
        }
        let breaks = document.is_any(at, &[";", ":", "to", "that"])
            || document.is(at, Class::Subordinator)
            || document.is(at, Class::Auxiliary)
            || document.is(at, Class::Modal)
            || document.is(at, Class::ThirdPerson)
            || document.is(at, Class::FirstPerson)
            || document.is(at, Class::Past)
            || document.bounds_speech(at);
        if breaks {
            return None;
        }
    }
    None
}

/// Whom a possessive mark names: a state, a body, or those who govern.
pub(super) fn owner_before(scene: &Scene, mark: u32, floor: u32) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let near = Stretch::new(mark.saturating_sub(10).max(floor), mark);
    let mention = names
        .within(near)
        .iter()
        .rev()
        .find(|it| it.tokens.to == mark);
    let head = mark.checked_sub(1)?;
    let power = document.is(head, Class::Government) || document.is(head, Class::Regime);
    let named = mention.and_then(|mention| {
        doer(
            scene,
            Phrase::Entity(mention.entity, mention.tokens, mention.form),
        )
    });
    if !power || named.is_some() {
        return named;
    }
    // `the Ortega government's`: back to the article, and no verb (`supporting the regime's`).
    let from = (near.from..head)
        .rev()
        .take(4)
        .take_while(|&at| {
            document.is_plain(at)
                && !document.is(at, Class::Preposition)
                && !document.is(at, Class::Conjunction)
                && !document.is(at, Class::Auxiliary)
                && !document.is(at, Class::Determiner)
                && !document.is(at, Class::Possessive)
                && !document.written(at).ends_with("ing")
        })
        .last()
        .unwrap_or(head);
    doer(scene, Phrase::Words(Stretch::new(from, mark)))
}

/// `actions and policies of certain officials to …; to commit abuses`.
fn actions_of(scene: &Scene, list: &List) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let sentence = document.sentence(whole.from).tokens;
    let floor = sentence.from.max(whole.from.saturating_sub(2 * REACH));
    let of = (floor..whole.from).find(|&at| {
        document.is_word(at, "of")
            && document.is_any(
                at.saturating_sub(1),
                &["actions", "policies", "acts", "efforts", "activities"],
            )
    })?;
    let to = (of + 1..(of + 1 + LONGEST).min(whole.from)).find(|&at| {
        document.is_word(at, "to") || !document.is_plain(at) || document.is(at, Class::Auxiliary)
    })?;
    let infinitive = document.is_word(to, "to") && !document.is(to + 1, Class::Determiner);
    // From there on, nothing but what they did it for.
    let broken = (to..whole.from).any(|at| {
        document.is(at, Class::Auxiliary) && !document.is_word(at, "'s")
            || document.is(at, Class::Modal)
            || document.is_any(at, &["who", "which", "that"])
    });
    let words = document.trimmed(Stretch::new(of + 1, to));
    if !infinitive || broken || words.is_empty() {
        return None;
    }
    let power = scene.syntax.is_people(Phrase::Words(words))
        || words.tokens().any(|at| document.is(at, Class::Government));
    power.then(|| {
        let who = EntityRef::as_written(EntityKind::Group, without_determiner(document, words));
        perpetrator(who, words, false)
    })
}

/// `designated 23 persons for conduct related to trafficking`: they have done it.
fn punished(scene: &Scene, list: &List) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let sentence = document.sentence(whole.from).tokens;
    let floor = sentence.from.max(whole.from.saturating_sub(REACH));
    let verb = (floor..whole.from)
        .rev()
        .find(|&at| document.is(at, Class::Punishing))?;
    let link = (verb + 1..whole.from).find(|&at| document.is_word(at, "for"))?;
    let breaks = (verb + 1..whole.from)
        .any(|at| document.is_any(at, &[";", ":"]) || document.is(at, Class::Modal));
    // `sanctions against the officers`, `sanctioned him under the Act`
    let from = verb + 1 + u32::from(document.is(verb + 1, Class::Preposition));
    let to = (from..link)
        .find(|&at| {
            document.is(at, Class::Preposition) && !document.is_word(at, "of")
                || document.is_any(at, &["to", "who", "that"])
        })
        .unwrap_or(link);
    let words = document.trimmed(Stretch::new(from.min(to), to));
    if breaks || words.is_empty() {
        return None;
    }
    let mention = scene.syntax.names.at(words.from);
    let named = mention.and_then(|mention| {
        doer(
            scene,
            Phrase::Entity(mention.entity, mention.tokens, mention.form),
        )
    });
    if words.len() > LONGEST {
        return named;
    }
    named.or_else(|| people_doing(scene, Phrase::Words(words)))
}
