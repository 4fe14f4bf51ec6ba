//! Who puts it on record: the subject of a verb of documenting before the act (`Amnesty International
//! has documented the killing of`, `the mission verified 40 cases of`).
//!
//! Invariant: only in a sentence in which nobody else says so, and never the document itself.

use super::Scene;
use crate::lexicon::Class;
use crate::speech::meant_by_it;
use crate::syntax::{Actor, Phrase};
use crate::text::{Document, Stretch};

/// The most words between the verb and the act.
const REACH: u32 = 24;

/// Who documents the act that the token tells, and the verb.
pub(super) fn documented_by(scene: &Scene, at: u32) -> Option<(Actor, Stretch)> {
    let document = scene.syntax.document;
    if document.quotation_at(at).is_some() || scene.speech.at(at).is_some() {
        return None;
    }
    let sentence = document.sentence(at).tokens;
    let from = at.saturating_sub(REACH).max(sentence.from);
    let verb = (from..at).rev().find(|&verb| {
        let sees = document.is_any(verb, &["saw", "watched", "witnessed", "heard"]);
        let tells = document.is(verb, Class::Documenting) || sees || is_counting(document, verb);
        // `a researcher who recorded such incidents was arrested`
        let describes = verb
            .checked_sub(1)
            .is_some_and(|at| document.is(at, Class::Relative) && sentence.has(at));
        tells && !describes && !scene.syntax.is_not_finite(verb)
    })?;
    let start = scene.syntax.verb_group_start(verb);
    let passive = (start..verb).any(|at| document.is(at, Class::Be));
    let parted = (verb + 1..at).any(|at| document.is_word(at, ";") || document.bounds_speech(at));
    if passive || parted {
        return None;
    }
    let phrase = scene.syntax.subject(verb)?;
    let words = Stretch::new(verb, verb + 1);
    match phrase {
        Phrase::Pronoun(it) if document.is_word(it, "it") => {
            let body = meant_by_it(scene.syntax, it, None)?;
            let words_of = Stretch::new(it, it + 1);
            let meant = Actor {
                words: words_of,
                inferred: true,
                ..body
            };
            Some((meant, words))
        }
        Phrase::Pronoun(_) => None,
        // `My office has recorded`: the document's own voice.
        phrase if document.is_any(phrase.stretch().from, &["my", "our"]) => None,
        phrase if scene.syntax.can_act(phrase) || scene.syntax.is_name_like(phrase.stretch()) => {
            Some((scene.syntax.actor(phrase)?, words))
        }
        _ => None,
    }
}

/// `put at more than 900 the number of those detained`.
fn is_counting(document: &Document, verb: u32) -> bool {
    let behind = verb + 1..verb + 9;
    document.is_any(verb, &["put", "puts"])
        && behind
            .take_while(|&at| document.is_plain(at))
            .any(|at| document.is_any(at, &["number", "toll", "total", "figure"]))
}
