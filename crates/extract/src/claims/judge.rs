//! What the words around a violation make of it: said, reported, found, feared, denied, or only
//! named.
//!
//! Invariant: the nearest word that governs decides; where none does, the sentence must say whose
//! act it was, whom it befell or where, else it is no allegation.

use super::Scene;
use super::certainty::{
    certain, goes_on, has_participant, has_victim, is_any_government, is_finite, is_generic,
    is_modifier, is_negated_noun, is_universal, names_person, specific,
};
use super::governors::{Governor, Mood, after, before, is_attitude, mood};
use super::terms::{List, Term};
use crate::lexicon::{Class, Effect, TermKind};
use crate::syntax::Actor;
use crate::text::{Stretch, folded};
use model::{EntityKind, Modality};

/// That a term is an allegation, and why.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub modality: Modality,
    /// The words that make it that modality.
    pub modality_words: Option<Stretch>,
    /// The governing words.
    pub governor: Option<Governor>,
    /// Further words that carry it.
    pub also: Option<Stretch>,
}

/// Judges the term at `at` of a list.
pub(super) fn judge(scene: &Scene, list: &List, at: usize) -> Option<Verdict> {
    let term = &list.terms[at];
    let whole = list.stretch();
    match term.kind {
        TermKind::Verb => predicate(scene, term),
        TermKind::Clause => clause(scene, term),
        TermKind::Act => act(scene, whole, term),
        TermKind::Right => right(scene, whole),
        TermKind::Quality => quality(scene, whole, term),
    }
    .map(|verdict| reported_by_speaker(scene, term, verdict))
    .map(|mut verdict| {
        let feared = scene.syntax.document.lexicon.violations[term.violation as usize].feared;
        if feared && verdict.modality == Modality::Alleged {
            verdict.modality = Modality::Feared;
            verdict.modality_words = Some(term.tokens);
        }
        verdict
    })
}

pub(super) fn verdict(modality: Modality, governor: Option<Governor>) -> Verdict {
    Verdict {
        modality,
        modality_words: governor.map(|governor| governor.tokens),
        governor,
        also: None,
    }
}

/// The verdict of governing words, or nothing where they only name the violation.
fn governed(scene: &Scene, governor: Governor) -> Option<Verdict> {
    let effect = governor.effect;
    let verb = governor.tokens.from;
    let maybe = match mood(scene, verb) {
        Some(Mood::Ought) => return None,
        Some(Mood::Not) if effect != Effect::Denied => return None,
        Some(Mood::Maybe(at)) => Some(at),
        _ => None,
    };
    let modality = match effect {
        Effect::Topic => return None,
        Effect::Deprived | Effect::Fact | Effect::Reported | Effect::Assessed => Modality::Alleged,
        Effect::Found => Modality::Found,
        Effect::Feared => Modality::Feared,
        Effect::Denied => Modality::Denied,
        Effect::Admitted => Modality::Admitted,
    };
    let mut verdict = verdict(modality, Some(governor));
    if let Some(at) = maybe
        && effect == Effect::Fact
    {
        verdict.modality = Modality::Feared;
        verdict.modality_words = Some(Stretch::new(at, at + 1));
    }
    Some(verdict)
}

/// A noun of an act.
fn act(scene: &Scene, whole: Stretch, term: &Term) -> Option<Verdict> {
    let document = scene.syntax.document;
    if is_negated_noun(scene, whole.from) || is_modifier(scene, term.tokens) {
        return None;
    }
    let before = before(scene, whole);
    let after = after(scene, whole, false);
    let weak = document.lexicon.violations[term.violation as usize].weak;
    if let Some(governor) = before {
        let anyone = matches!(
            governor.effect,
            Effect::Fact | Effect::Feared | Effect::Assessed
        ) && is_universal(scene, governor.tokens.to);
        if anyone && !specific(scene, whole) {
            return None;
        }
        if governor.effect == Effect::Fact && is_any_government(scene, governor.tokens.from) {
            return None;
        }
        let happens = matches!(governor.effect, Effect::Fact | Effect::Feared);
        if happens && scene.syntax.names.general && !certain(scene, whole) {
            return None;
        }
        if governor.effect == Effect::Deprived {
            return specific(scene, whole).then(|| verdict(Modality::Alleged, None));
        }
        let needs_more = (weak || governor.weak) && governor.effect == Effect::Fact
            || is_attitude(scene, governor.tokens);
        if needs_more && !specific(scene, whole) {
            return None;
        }
        let ends = after.is_some_and(|after| after.effect == Effect::Topic)
            && governor.effect == Effect::Fact
            && is_attitude(scene, governor.tokens);
        return if ends {
            None
        } else {
            governed(scene, governor)
        };
    }
    if let Some(governor) = after {
        if is_universal(scene, whole.from) && !specific(scene, whole) {
            return None;
        }
        return governed(scene, governor)
            .filter(|_| governor.effect != Effect::Fact || !weak || specific(scene, whole));
    }
    specific(scene, whole).then(|| verdict(Modality::Alleged, None))
}

/// A verb: `were tortured`, `executed the men`.
fn predicate(scene: &Scene, term: &Term) -> Option<Verdict> {
    let document = scene.syntax.document;
    let verb = term.tokens.from;
    let sentence = document.sentence(verb).tokens;
    let start = scene.syntax.verb_group_start(verb);
    let before = start.checked_sub(1).filter(|&at| sentence.has(at));
    let infinitive = before.is_some_and(|at| document.is_word(at, "to"));
    let mood = mood(scene, verb);
    if matches!(mood, Some(Mood::Ought | Mood::Not)) {
        return None;
    }
    if document.is(term.tokens.to, Class::Thing)
        || document.is(term.tokens.to, Class::Determiner)
            && document.is(term.tokens.to + 1, Class::Thing)
    {
        return None;
    }
    let ends = after(scene, term.tokens, false);
    if ends.is_some_and(|ends| ends.effect == Effect::Topic) {
        return None;
    }
    let governor = super::governors::before(scene, term.tokens);
    if let Some(governor) = governor {
        match governor.effect {
            Effect::Topic => return None,
            Effect::Feared | Effect::Found | Effect::Denied | Effect::Reported => {
                return governed(scene, governor);
            }
            _ => {}
        }
    }
    let weak = document.lexicon.violations[term.violation as usize].weak;
    let is_certain = certain(scene, term.tokens);
    if scene.syntax.names.general && !is_certain && !names_person(scene, term) {
        return None;
    }
    let suffered = has_victim(scene, term);
    if weak && !suffered || !suffered && !is_certain && !has_participant(scene, term) {
        return None;
    }
    if !is_certain && (is_universal(scene, verb) || !is_finite(scene, term)) {
        return None;
    }
    let maybe = match mood {
        Some(Mood::Maybe(at)) => Some(at),
        _ if infinitive => before,
        _ => None,
    };
    if infinitive {
        if !goes_on(scene, start) {
            return None;
        }
        return Some(verdict(Modality::Alleged, None));
    }
    let mut verdict = verdict(Modality::Alleged, None);
    if let Some(at) = maybe {
        verdict.modality = Modality::Feared;
        verdict.modality_words = Some(Stretch::new(at, at + 1));
    }
    Some(verdict)
}

/// A phrase that says by itself that it happens.
fn clause(scene: &Scene, term: &Term) -> Option<Verdict> {
    let document = scene.syntax.document;
    let verb = term.tokens.from;
    let sentence = document.sentence(verb).tokens;
    let start = scene.syntax.verb_group_start(verb);
    let infinitive = start
        .checked_sub(1)
        .is_some_and(|at| sentence.has(at) && document.is_word(at, "to"));
    let topic = before(scene, term.tokens).filter(|governor| {
        matches!(
            governor.effect,
            Effect::Topic | Effect::Feared | Effect::Denied
        )
    });
    if let Some(governor) = topic {
        return governed(scene, governor);
    }
    let weak = document.lexicon.violations[term.violation as usize].weak;
    match mood(scene, verb) {
        Some(Mood::Ought | Mood::Not) => None,
        Some(Mood::Maybe(at)) if document.is(at, Class::Irrealis) => Some(Verdict {
            modality: Modality::Feared,
            modality_words: Some(Stretch::new(at, at + 1)),
            governor: None,
            also: None,
        }),
        Some(Mood::Maybe(_)) => None,
        None if infinitive && !goes_on(scene, start) => None,
        None if scene.syntax.names.general
            && !certain(scene, term.tokens)
            && !names_person(scene, term) =>
        {
            None
        }
        None if weak && !specific(scene, term.tokens) && !has_participant(scene, term) => None,
        None => Some(verdict(Modality::Alleged, None)),
    }
}

/// A right, or a list of rights: only where they are taken away.
fn right(scene: &Scene, whole: Stretch) -> Option<Verdict> {
    let document = scene.syntax.document;
    let sentence = document.sentence(whole.from).tokens;
    let before_it = whole.from.checked_sub(1).filter(|&at| sentence.has(at));
    if let Some(at) = before_it
        && document.is_any(at, &["no", "without"])
        && specific(scene, whole)
    {
        let governor = Governor {
            tokens: Stretch::new(at, at + 1),
            effect: Effect::Deprived,
            weak: false,
        };
        return Some(verdict(Modality::Alleged, Some(governor)));
    }
    let governor = before(scene, whole)
        .filter(|governor| governor.effect == Effect::Deprived)
        .or_else(|| after(scene, whole, true))?;
    let own = is_generic(scene, whole) && !specific(scene, whole);
    if own {
        return None;
    }
    governed(scene, governor)
}

/// `systematic, widespread and gross violations`, `violations are systematic`.
fn quality(scene: &Scene, whole: Stretch, term: &Term) -> Option<Verdict> {
    let document = scene.syntax.document;
    let sentence = document.sentence(term.tokens.from).tokens;
    let behind = Stretch::new(whole.to, (whole.to + 6).min(sentence.to));
    let modifies = behind
        .tokens()
        .take_while(|&at| {
            !document.is(at, Class::Preposition)
                && !document.is_any(at, &[".", ";"])
                && !document.is_quote_mark(at)
        })
        .find(|&at| document.is(at, Class::Abuse));
    let predicated = || {
        let from = whole.from.saturating_sub(16).max(sentence.from);
        let be = (from..whole.from)
            .rev()
            .take(5)
            .find(|&at| document.is(at, Class::Be))?;
        (from..be).find(|&at| document.is(at, Class::Abuse))
    };
    let abuse = modifies.or_else(predicated)?;
    let also = Some(Stretch::new(abuse, abuse + 1));
    let whole = Stretch::new(whole.from.min(abuse), whole.to.max(abuse + 1));
    if let Some(governor) = before(scene, whole) {
        let attitude = is_attitude(scene, governor.tokens);
        if attitude && !specific(scene, whole) {
            return None;
        }
        return governed(scene, governor).map(|verdict| Verdict { also, ..verdict });
    }
    specific(scene, whole).then(|| Verdict {
        also,
        ..verdict(Modality::Alleged, None)
    })
}

/// A body charged with finding out makes it found; a warning of what will come, feared; a denial,
/// denied.
fn reported_by_speaker(scene: &Scene, term: &Term, mut verdict: Verdict) -> Verdict {
    if verdict.modality != Modality::Alleged {
        return verdict;
    }
    for utterance in scene.speech.chain(term.tokens.from).iter().rev() {
        let by_body = utterance.speaker.as_ref().is_some_and(|speaker| {
            matches!(
                speaker.reference.kind,
                EntityKind::Organisation | EntityKind::Instrument
            )
        });
        let modality = match utterance.act.as_str() {
            _ if utterance.admits => Modality::Admitted,
            "concludes" if by_body => Modality::Found,
            "asserts"
                if utterance
                    .speaker
                    .as_ref()
                    .is_some_and(|speaker| is_inquiry(scene, speaker)) =>
            {
                Modality::Found
            }
            "denies" => Modality::Denied,
            _ => continue,
        };
        verdict.modality = modality;
        verdict.modality_words = Some(utterance.cue);
        return verdict;
    }
    verdict
}

/// Whether a speaker is charged with finding out: a commission of inquiry, a court.
fn is_inquiry(scene: &Scene, speaker: &Actor) -> bool {
    speaker.reference.kind == EntityKind::Organisation
        && folded(&speaker.reference.name).iter().any(|part| {
            let words = &scene.syntax.document.lexicon.words;
            words.classes(words.id(&part.word)).has(Class::Inquiry)
        })
}
