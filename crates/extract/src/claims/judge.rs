//! What the words around a violation make of it: said, reported, found, feared, denied, or only
//! named.
//!
//! Invariant: the nearest word that governs decides; where none does, the sentence must say whose
//! act it was, whom it befell or where, else it is no allegation.

use super::accusing::accusation;
use super::certainty::{
    certain, goes_on, has_participant, has_victim, is_any_government, is_counted, is_done_by,
    is_finite, is_generic, is_generic_predicate, is_modifier, is_negated_noun, is_nobodys_doing,
    is_past, is_universal, names_person, specific,
};
use super::charges::charge;
use super::found::{is_denied, reported_by_speaker};
use super::governors::{Governor, LEFT, Mood, after, before, is_attitude, mood};
use super::participles::{brings_about, is_attributive, participle_of};
use super::reported::{is_asserted, is_reported_of, is_warned_of};
use super::terms::{List, Term};
use super::victims::owner;
use super::{Scene, presupposed};
use crate::lexicon::{Class, Effect, Table, TermKind};
use crate::text::Stretch;
use model::Modality;

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
    /// Further words that speak for its type.
    pub telling: Vec<Stretch>,
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
        telling: Vec::new(),
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
    if is_modifier(scene, term.tokens) {
        return None;
    }
    if is_negated_noun(scene, whole.from) {
        return presupposed::denied(scene, term);
    }
    let before = before(scene, whole)
        .or_else(|| before_colon(scene, whole))
        .or_else(|| charge(scene, whole.from).map(|charge| charge.governor(scene)));
    let after = after(scene, whole, false);
    let weak = document.lexicon.violations[term.violation as usize].weak;
    if let Some(governor) = before {
        let anyone = term.beside.is_none()
            && matches!(
                governor.effect,
                Effect::Fact | Effect::Feared | Effect::Assessed
            )
            && is_universal(scene, governor.tokens.to);
        if anyone && !specific(scene, whole) && !is_warned_of(scene, whole.from) {
            return None;
        }
        if governor.effect == Effect::Fact && is_any_government(scene, governor.tokens.from) {
            return None;
        }
        let happens = matches!(governor.effect, Effect::Fact | Effect::Feared);
        let told = term.beside.is_some() || certain(scene, whole);
        if happens && scene.syntax.names.general && !told {
            return None;
        }
        if governor.effect == Effect::Deprived {
            return specific(scene, whole).then(|| verdict(Modality::Alleged, None));
        }
        let needs_more = (weak || governor.weak) && governor.effect == Effect::Fact
            || governor.effect != Effect::Reported && is_attitude(scene, governor.tokens);
        if needs_more && term.beside.is_none() && !specific(scene, whole) {
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
    // `the editor's arrest by the police`
    let owned = document.is_word(whole.from.saturating_sub(1), "'s")
        && owner(scene, term).is_some_and(|it| !it.inferred);
    let told = term.beside.is_some() || owned || is_asserted(scene, whole);
    (told || specific(scene, whole)).then(|| verdict(Modality::Alleged, None))
}

/// The words that govern a list announced by a colon: `crimes had been committed: enslavement, …`.
fn before_colon(scene: &Scene, whole: Stretch) -> Option<Governor> {
    let document = scene.syntax.document;
    let sentence = document.sentence(whole.from).tokens;
    let colon = whole
        .from
        .checked_sub(1)
        .filter(|&at| sentence.has(at) && document.is_word(at, ":"))?;
    let from = sentence.from.max(colon.saturating_sub(LEFT));
    let governing = document
        .hits_in(Table::Context, Stretch::new(from, colon))
        .iter()
        .map(|hit| (hit, &document.lexicon.contexts[hit.entry as usize]))
        .filter(|(_, entry)| !matches!(entry.effect, Effect::Deprived))
        .collect::<Vec<_>>();
    if governing
        .iter()
        .any(|(_, entry)| entry.effect == Effect::Topic)
    {
        return None;
    }
    let found = governing
        .iter()
        .find(|(_, entry)| entry.effect == Effect::Found)
        .or(governing.last())?;
    Some(Governor {
        tokens: found.0.tokens,
        effect: found.1.effect,
        weak: found.1.weak,
    })
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
    match mood {
        Some(Mood::Ought) => return None,
        Some(Mood::Not) => return presupposed::denied(scene, term),
        _ => {}
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
            Effect::Topic if !is_finite(scene, term) => return None,
            Effect::Feared | Effect::Found | Effect::Denied | Effect::Reported => {
                return governed(scene, governor);
            }
            _ => {}
        }
    }
    if is_prevented(scene, term.tokens.from) || is_nobodys_doing(scene, verb) {
        return None;
    }
    // `denied that anybody had been tortured` is told of nobody else.
    if accusation(scene, verb).is_some() || is_denied(scene, term) {
        return Some(verdict(Modality::Alleged, None));
    }
    let weak = document.lexicon.violations[term.violation as usize].weak;
    let is_certain = certain(scene, term.tokens);
    let suffered = has_victim(scene, term);
    let told = suffered && (is_past(scene, verb) || matches!(mood, Some(Mood::Maybe(_))));
    // `every citizen being held hostage`: it befell them, whoever they are.
    let befell = participle_of(scene, verb).is_some() || !weak && is_attributive(scene, term);
    // `among those killed`, `the number of people arrested`, `forty farmers killed in the raid`
    // and, by those who tell of them, `neighbours shot at checkpoints`
    // and, with who did it, `villagers beaten by soldiers fled`
    let several = is_certain
        || is_counted(scene, verb)
        || scene.speech.at(term.tokens.from).is_some()
        || is_done_by(scene, term)
        || participle_of(scene, verb).is_some_and(|it| brings_about(scene, it.words.from));
    let wrong =
        !weak || gives_reason(scene, term) || several && participle_of(scene, verb).is_some();
    if wrong && !infinitive && mood.is_none() && befell {
        return Some(verdict(Modality::Alleged, None));
    }
    if scene.syntax.names.general && !is_certain && !told && !names_person(scene, term) {
        return None;
    }
    if weak && !suffered || !suffered && !is_certain && !has_participant(scene, term) {
        return None;
    }
    let anybody = is_generic_predicate(scene, verb) && !is_reported_of(scene, verb);
    let goes_on = infinitive && goes_on(scene, start);
    if !is_certain && (anybody || !goes_on && !is_finite(scene, term)) {
        return None;
    }
    let maybe = match mood {
        Some(Mood::Maybe(at)) => Some(at),
        _ if infinitive => before,
        _ => None,
    };
    if infinitive {
        return goes_on.then(|| verdict(Modality::Alleged, None));
    }
    let mut verdict = verdict(Modality::Alleged, None);
    if let Some(at) = maybe {
        verdict.modality = Modality::Feared;
        verdict.modality_words = Some(Stretch::new(at, at + 1));
    }
    Some(verdict)
}

/// `prevent anybody from being detained`, `spare them from having to endure the pain of being held`.
pub(super) fn is_prevented(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let floor = scene.syntax.near_clause_start(verb, 16);
    let Some(from) = (floor..verb)
        .rev()
        .find(|&at| document.is_word(at, "from") && document.written(at + 1).ends_with("ing"))
    else {
        return false;
    };
    let before = Stretch::new(from.saturating_sub(8).max(floor), from);
    document.hits_in(Table::Context, before).iter().any(|hit| {
        let entry = &document.lexicon.contexts[hit.entry as usize];
        entry.effect == Effect::Topic && !document.is(hit.tokens.from, Class::Presupposing)
    })
}

/// `detained in July for wanting a say`: what they did is told, and it is no crime.
fn gives_reason(scene: &Scene, term: &Term) -> bool {
    let document = scene.syntax.document;
    let end = scene.syntax.clause_end(term.tokens.to.saturating_sub(1));
    (term.tokens.to..end.min(term.tokens.to + 10))
        .any(|at| document.is_word(at, "for") && document.written(at + 1).ends_with("ing"))
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
    let told = term.beside.is_some() || has_victim(scene, term);
    let topic = before(scene, term.tokens).filter(|governor| match governor.effect {
        Effect::Topic => !told,
        Effect::Feared | Effect::Denied | Effect::Found => true,
        _ => false,
    });
    if let Some(governor) = topic {
        return governed(scene, governor);
    }
    let weak = document.lexicon.violations[term.violation as usize].weak;
    let particular = certain(scene, term.tokens)
        || has_victim(scene, term) && is_past(scene, verb)
        || names_person(scene, term);
    match mood(scene, verb) {
        Some(Mood::Ought) => None,
        Some(Mood::Not) => presupposed::denied(scene, term),
        Some(Mood::Maybe(at)) if document.is(at, Class::Irrealis) => Some(Verdict {
            modality_words: Some(Stretch::new(at, at + 1)),
            ..verdict(Modality::Feared, None)
        }),
        Some(Mood::Maybe(_)) => None,
        None if infinitive && !goes_on(scene, start) => None,
        None if scene.syntax.names.general && !particular => None,
        None if weak
            && !specific(scene, term.tokens)
            && !has_participant(scene, term)
            && !has_victim(scene, term) =>
        {
            None
        }
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
