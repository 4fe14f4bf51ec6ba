//! What the words around a violation make of it: said, reported, found, feared, denied, or only
//! named.
//!
//! Invariant: the nearest word that governs decides; where none does, the sentence must say whose
//! act it was, whom it befell or where, else it is no allegation.

use super::Scene;
use super::terms::{List, Term};
use crate::lexicon::{Class, Effect, Side, Table, TermKind};
use crate::syntax::Phrase;
use crate::text::Stretch;
use model::{EntityKind, Modality};

/// How far to the left a governing word may stand.
const LEFT: u32 = 30;
/// How far to the right.
const RIGHT: u32 = 16;

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

/// Governing words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Governor {
    pub tokens: Stretch,
    pub effect: Effect,
    /// Whether they say nothing without somebody in particular.
    pub weak: bool,
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

/// The nearest governing words before a stretch.
fn before(scene: &Scene, whole: Stretch) -> Option<Governor> {
    let document = scene.syntax.document;
    let from = scene
        .syntax
        .clause_start(whole.from)
        .max(whole.from.saturating_sub(LEFT));
    let mut to = whole.from;
    let mut fallback = None;
    for hit in document
        .hits_in(Table::Context, Stretch::new(from, whole.from))
        .iter()
        .rev()
        .take(10)
    {
        let entry = &document.lexicon.contexts[hit.entry as usize];
        if entry.side != Side::Before || hit.tokens.to > to {
            continue;
        }
        let more = if fallback.is_some() { 8 } else { 0 };
        if !reaches(scene, hit.tokens, to, more) {
            break;
        }
        let governor = Governor {
            tokens: hit.tokens,
            effect: entry.effect,
            weak: entry.weak,
        };
        if !entry.transparent {
            return Some(governor);
        }
        fallback = fallback.or(Some(governor));
        to = hit.tokens.from;
    }
    fallback
}

/// Whether words before govern what follows: no new predicate stands between.
fn reaches(scene: &Scene, words: Stretch, to: u32, more: u32) -> bool {
    let document = scene.syntax.document;
    let mut commas = 0;
    for at in words.to..to {
        if document.is(at, Class::Modal)
            || document.is_any(at, &["who", "which", ";", "they", "we", "he", "she"])
            || document.is(at, Class::Be) && !document.is_word(at, "been")
        {
            return false;
        }
        commas += u32::from(document.is_word(at, ","));
    }
    to - words.to <= 8 + 4 * commas + more
}

/// The nearest governing words after a stretch: of a right, those that take it away.
fn after(scene: &Scene, whole: Stretch, right: bool) -> Option<Governor> {
    let document = scene.syntax.document;
    let to = scene
        .syntax
        .clause_end(whole.to.saturating_sub(1))
        .min(whole.to + RIGHT);
    let hit = document
        .hits_in(Table::Context, Stretch::new(whole.to, to))
        .iter()
        .take(6)
        .find(|hit| {
            let entry = &document.lexicon.contexts[hit.entry as usize];
            entry.side == Side::After && (entry.effect == Effect::Deprived) == right
        })?;
    let entry = &document.lexicon.contexts[hit.entry as usize];
    Some(Governor {
        tokens: hit.tokens,
        effect: entry.effect,
        weak: entry.weak,
    })
}

/// What stands in the verb group of a governing word: it has not happened, ought not to, did not.
fn mood(scene: &Scene, verb: u32) -> Option<Mood> {
    let document = scene.syntax.document;
    let mut start = scene.syntax.verb_group_start(verb);
    let sentence = document.sentence(verb).tokens;
    while start > sentence.from + 1
        && document.is(start - 1, Class::Conjunction)
        && document.written(start - 2).ends_with("ed")
    {
        start = scene.syntax.verb_group_start(start - 2);
    }
    let group = Stretch::new(start, verb);
    let nobody = (start.saturating_sub(2).max(sentence.from)..start)
        .find(|&at| document.is_any(at, &["no", "nobody", "none", "neither"]));
    if let Some(at) = nobody {
        return Some(Mood::Not(at));
    }
    let has = |class| group.tokens().find(|&at| document.is(at, class));
    if let Some(at) = has(Class::Deontic) {
        return Some(Mood::Ought(at));
    }
    if let Some(at) = has(Class::Negation) {
        return Some(Mood::Not(at));
    }
    if let Some(at) = has(Class::Irrealis) {
        return Some(Mood::Maybe(at));
    }
    if let Some(at) = group
        .tokens()
        .find(|&at| document.is_any(at, &["will", "'ll", "can"]))
    {
        return Some(Mood::Maybe(at));
    }
    None
}

#[derive(Clone, Copy, Debug)]
enum Mood {
    Ought(u32),
    Not(u32),
    Maybe(u32),
}

fn verdict(modality: Modality, governor: Option<Governor>) -> Verdict {
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
        Some(Mood::Ought(_)) => return None,
        Some(Mood::Not(_)) if effect != Effect::Denied => return None,
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
        return governed(scene, governor)
            .filter(|_| governor.effect != Effect::Fact || !weak || specific(scene, whole));
    }
    specific(scene, whole).then(|| verdict(Modality::Alleged, None))
}

/// `when a government commits …`: any one, not a certain one.
fn is_any_government(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let Some(Phrase::Words(words)) = scene.syntax.near_subject(verb) else {
        return false;
    };
    document.is_any(words.from, &["a", "an", "any", "every", "no"])
        && words
            .tokens()
            .any(|at| document.is(at, Class::Government) || document.is(at, Class::PersonNoun))
}

/// `condemn`, `concerned about`: they presuppose an act only when it is a certain one.
fn is_attitude(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    document
        .hits_in(
            Table::Speech,
            Stretch::new(words.from.saturating_sub(3), words.to),
        )
        .iter()
        .any(|hit| {
            hit.tokens.to + 1 >= words.from
                && document.lexicon.speeches[hit.entry as usize].act == "condemns"
        })
}

/// `no torture`, `without fear of arrest`.
fn is_negated_noun(scene: &Scene, from: u32) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(from).tokens;
    (from.saturating_sub(2).max(sentence.from)..from).any(|at| {
        document.is_any(
            at,
            &[
                "no", "without", "not", "never", "neither", "nor", "anti", "non", "zero",
            ],
        )
    })
}

/// `torture victims`, `trafficking networks`, `forced labor program`: the noun behind decides.
fn is_modifier(scene: &Scene, tokens: Stretch) -> bool {
    let document = scene.syntax.document;
    document.is_any(
        tokens.to,
        &[
            "prevention",
            "report",
            "reports",
            "policy",
            "policies",
            "law",
            "laws",
            "legislation",
            "programs",
            "program",
            "programme",
            "efforts",
            "response",
            "convention",
            "statute",
            "issues",
            "issue",
            "experts",
            "task",
            "initiative",
            "training",
            "survivor",
            "survivors",
            "victims",
            "charges",
            "risks",
            "prohibition",
            "concerns",
            "statutes",
            "provisions",
            "regulations",
            "enforcement",
            "month",
            "day",
            "services",
            "strategy",
            "investigations",
            "prosecutions",
            "cases",
            "unit",
            "hotline",
            "crimes",
            "schemes",
            "rings",
        ],
    ) && document
        .token(tokens.to)
        .is_some_and(|token| token.shape.is_spaced())
}

/// Whether the clause names somebody or some place, or counts the victims.
fn certain(scene: &Scene, whole: Stretch) -> bool {
    let document = scene.syntax.document;
    let start = scene
        .syntax
        .clause_start(whole.from)
        .max(whole.from.saturating_sub(LEFT));
    specific(scene, whole)
        || (start..whole.from).any(|at| {
            crate::numbers::number_at(document, at).is_some_and(|number| {
                number.value >= 1_000_000
                    && document
                        .hits_in(
                            Table::Group,
                            Stretch::new(number.tokens.to, number.tokens.to + 2),
                        )
                        .first()
                        .is_some()
            })
        })
}

/// Whether the clause says whose act it is, whom it befalls or where.
fn specific(scene: &Scene, whole: Stretch) -> bool {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let end = scene
        .syntax
        .clause_end(whole.to.saturating_sub(1))
        .min(whole.to + 14);
    let behind = Stretch::new(whole.to, end);
    let start = scene
        .syntax
        .clause_start(whole.from)
        .max(whole.from.saturating_sub(LEFT));
    let ahead = Stretch::new(start, whole.from);
    let own = scene.voices.at(document, whole.from);
    let is_own = |entity: u32| {
        let entity = &names.entities[entity as usize];
        entity.key.as_deref() == Some("state:US")
            || own
                .as_ref()
                .is_some_and(|own| own.reference.name == entity.name)
    };
    let named = |stretch: Stretch| {
        names.within(stretch).iter().any(|mention| {
            let kind = names.entity(mention).kind;
            let counts = matches!(kind, EntityKind::State | EntityKind::Person)
                || kind == EntityKind::Place
                    && document.is(mention.outer.from.wrapping_sub(1), Class::Locative);
            counts && !is_own(mention.entity)
        })
    };
    let linked = document.is_any(whole.to, &["of", "by", "against", "on"]);
    let people_behind = linked
        && (!document
            .hits_in(Table::Group, Stretch::new(whole.to, whole.to + 7))
            .is_empty()
            || !document.hits_in(Table::National, behind).is_empty());
    let government_ahead = ahead.tokens().any(|at| {
        document.is(at, Class::Government)
            && !names.at(at).is_some_and(|mention| is_own(mention.entity))
            && !document.is_any(at, &["state", "leadership", "officials"])
    });
    let foreign_people = document
        .hits_in(Table::National, Stretch::new(start, end))
        .iter()
        .any(|hit| !is_us(scene, hit.entry));
    let foreign_adjective = document
        .hits_in(Table::Adjective, ahead)
        .iter()
        .any(|hit| !is_us(scene, hit.entry));
    named(behind)
        || named(whole)
        || people_behind && !is_generic(scene, whole)
        || named(ahead)
        || foreign_people
        || government_ahead
        || foreign_adjective
}

fn is_us(scene: &Scene, people: u32) -> bool {
    let lexicon = scene.syntax.document.lexicon;
    let known = lexicon.peoples[people as usize];
    lexicon.known[known as usize].key == "state:US"
}

/// `discrimination on the basis of …`, `violence against women` as subjects of policy: the words
/// behind are part of the term.
fn is_generic(scene: &Scene, whole: Stretch) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(whole.from).tokens;
    let own = sentence.tokens().take(80).any(|at| {
        document.is_any(
            at,
            &[
                "we",
                "our",
                "i",
                "my",
                "programs",
                "program",
                "agencies",
                "assistance",
                "efforts",
                "support",
                "section",
                "shall",
            ],
        )
    });
    own || document.is_any(whole.to, &["against"])
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
    if matches!(mood, Some(Mood::Ought(_) | Mood::Not(_))) {
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
    let governor = self::before(scene, term.tokens);
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
    let certain = self::certain(scene, term.tokens);
    if scene.syntax.names.general && !certain && !names_person(scene, term) {
        return None;
    }
    let suffered = has_victim(scene, term);
    if weak && !suffered || !suffered && !certain && !has_participant(scene, term) {
        return None;
    }
    if !certain && (is_universal(scene, verb) || !is_finite(scene, term)) {
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

/// Whether the clause of a verb names a person.
fn names_person(scene: &Scene, term: &Term) -> bool {
    let start = scene.syntax.clause_start(term.tokens.from);
    let end = scene.syntax.clause_end(term.tokens.to.saturating_sub(1));
    let names = scene.syntax.names;
    names
        .within(Stretch::new(start, end))
        .iter()
        .any(|mention| names.entity(mention).kind == EntityKind::Person)
}

/// Whether the clause of a verb says whom it befell.
fn has_victim(scene: &Scene, term: &Term) -> bool {
    !super::participants::victims(scene, term, &verdict(Modality::Alleged, None)).is_empty()
}

/// Whether the verb is a predicate, not a participle behind a noun (`Americans held abroad`).
fn is_finite(scene: &Scene, term: &Term) -> bool {
    let document = scene.syntax.document;
    let verb = term.tokens.from;
    let start = scene.syntax.verb_group_start(verb);
    let helped = (start..verb).any(|at| document.is(at, Class::Auxiliary));
    let object = document.is_any(term.tokens.to, &["them", "him", "her"]);
    let subject = scene
        .syntax
        .near_subject(verb)
        .is_some_and(|phrase| super::participants::doer(scene, phrase).is_some());
    helped || object || subject || super::participants::is_passive(scene, verb)
}

/// `all those who are wrongfully held`: whoever it may be, nobody in particular.
fn is_universal(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let start = scene.syntax.clause_start(verb).max(verb.saturating_sub(16));
    (start..verb).any(|at| {
        document.is_any(
            at,
            &[
                "all", "every", "any", "those", "anyone", "each", "who", "whoever", "everyone",
                "if", "whether", "someone",
            ],
        )
    })
}

/// Whether an infinitive whose `to` stands before `start` is a fact: `continues to`, `began to`.
fn goes_on(scene: &Scene, start: u32) -> bool {
    let document = scene.syntax.document;
    start.checked_sub(2).is_some_and(|at| {
        document.is_any(
            at,
            &[
                "continue",
                "continues",
                "continued",
                "began",
                "used",
                "continuing",
            ],
        )
    })
}

/// Whether the clause of a verb names a victim or a perpetrator.
fn has_participant(scene: &Scene, term: &Term) -> bool {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let start = scene
        .syntax
        .clause_start(term.tokens.from)
        .max(term.tokens.from.saturating_sub(18));
    let end = scene
        .syntax
        .clause_end(term.tokens.to.saturating_sub(1))
        .min(term.tokens.to + 12);
    let clause = Stretch::new(start, end);
    let people = !document.hits_in(Table::Group, clause).is_empty()
        || !document.hits_in(Table::National, clause).is_empty()
        || clause.tokens().any(|at| {
            document.is_any(at, &["they", "them", "he", "she", "him"])
                || document.is(at, Class::PersonNoun)
        });
    people
        || names
            .within(clause)
            .iter()
            .any(|mention| names.entity(mention).kind == EntityKind::Person)
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
        Some(Mood::Ought(_) | Mood::Not(_)) => None,
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
            "concludes" if by_body => Modality::Found,
            "denies" => Modality::Denied,
            _ => continue,
        };
        verdict.modality = modality;
        verdict.modality_words = Some(utterance.cue);
        return verdict;
    }
    verdict
}
