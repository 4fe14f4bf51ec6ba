//! Acts told as what somebody is accused of: `accused the militia of abducting the nurses`, `were
//! charged with killing the driver`.
//!
//! Invariant: the gerund stands right behind the word that links it to the accusing verb, and nothing
//! but the accused stands between.

use super::Scene;
use super::accused::people_doing;
use super::doers::doer;
use super::people::Someone;
use crate::lexicon::Class;
use crate::syntax::Phrase;
use crate::text::Stretch;
use model::Perpetrator;

/// The most words of those who are accused.
const LONGEST: u32 = 14;

/// That somebody is accused of an act.
pub(super) struct Accusation {
    /// The accusing verb.
    verb: u32,
    /// The word that links the act to it.
    link: u32,
}

/// The accusation of the act that the gerund at a token tells.
pub(super) fn accusation(scene: &Scene, at: u32) -> Option<Accusation> {
    let document = scene.syntax.document;
    let sentence = document.sentence(at).tokens;
    let gerund = at + u32::from(scene.syntax.is_adverb(at));
    // `of having held him hostage`
    let having = gerund.saturating_sub(1);
    let gerund = if document.is_word(having, "having") {
        having
    } else {
        gerund
    };
    if !document.written(gerund).ends_with("ing") {
        return None;
    }
    // `of ordering the killing`, `of torturing and killing`: from the first gerund on.
    let floor = sentence.from.max(at.saturating_sub(2 * LONGEST));
    let verb = (floor..at)
        .rev()
        .find(|&at| document.is(at, Class::Accusing))?;
    let link = (verb + 1..at)
        .find(|&at| document.is_any(at, &["of", "for", "with"]) && is_gerund(scene, at + 1))?;
    let broken = (verb + 1..at).any(|at| {
        document.bounds_speech(at)
            || document.is_any(at, &[";", ":", "that"])
            || document.is(at, Class::Modal)
            || document.is(at, Class::Relative)
    });
    (!broken && link - verb <= LONGEST).then_some(Accusation { verb, link })
}

fn is_gerund(scene: &Scene, at: u32) -> bool {
    let document = scene.syntax.document;
    let verb = at + u32::from(scene.syntax.is_adverb(at));
    document.written(verb).ends_with("ing") && document.is_plain(verb)
}

/// Who is accused: whoever stands between the verb and its link, else the verb's subject.
pub(super) fn accused_one(scene: &Scene, told: &Accusation) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let between = Stretch::new(told.verb + 1, told.link);
    // `accused each other of`: who of them did it is not said.
    if document.is_any(between.from, &["each", "one"]) && !between.is_empty() {
        return None;
    }
    // `has been accused by the United Nations of torture`
    let passive = document.is_word(between.from, "by");
    let phrase = match between.is_empty() || passive {
        true => scene.syntax.subject(told.verb)?,
        false => scene
            .syntax
            .phrase_at(between.from)
            .filter(|phrase| phrase.stretch().to <= told.link)
            .unwrap_or(Phrase::Words(document.trimmed(between))),
    };
    super::accused::one_accused(scene, phrase.stretch().from)
        .or_else(|| doer(scene, phrase))
        .or_else(|| people_doing(scene, phrase))
}
