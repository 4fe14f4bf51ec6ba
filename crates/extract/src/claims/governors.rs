//! Words around a violation that govern it, and the mood of verbs.
//!
//! Invariant: words govern only within their clause and only as far as no new predicate begins.

use super::Scene;
use crate::lexicon::{Class, Effect, Side, Table};
use crate::text::{Document, Stretch};

/// How far to the left a governing word may stand.
pub(super) const LEFT: u32 = 30;
/// How far to the right.
const RIGHT: u32 = 16;

/// Governing words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Governor {
    pub tokens: Stretch,
    pub effect: Effect,
    /// Whether they say nothing without somebody in particular.
    pub weak: bool,
}

/// The nearest governing words before a stretch.
pub(super) fn before(scene: &Scene, whole: Stretch) -> Option<Governor> {
    let document = scene.syntax.document;
    let sentence = document.sentence(whole.from).tokens;
    let clause = scene.syntax.clause_start(whole.from);
    let from = sentence.from.max(whole.from.saturating_sub(LEFT));
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
        let outside = hit.tokens.from < clause;
        if outside && !is_said(document, entry.effect, hit.tokens.to, clause) {
            break;
        }
        let more = if fallback.is_some() { 8 } else { 0 };
        if !reaches(scene, hit.tokens, to, more) {
            break;
        }
        let lessened = entry.effect == Effect::Feared && is_lessened(scene, hit.tokens.from);
        let governor = Governor {
            tokens: hit.tokens,
            effect: if lessened {
                Effect::Topic
            } else {
                entry.effect
            },
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

/// `reduce the risk of`: whoever works against a danger says of nobody that it threatens them.
fn is_lessened(scene: &Scene, from: u32) -> bool {
    let document = scene.syntax.document;
    let before = Stretch::new(from.saturating_sub(4), from);
    document.hits_in(Table::Context, before).iter().any(|hit| {
        let entry = &document.lexicon.contexts[hit.entry as usize];
        entry.effect == Effect::Topic
            && entry.side == Side::Before
            && (hit.tokens.to..from).all(|at| document.is(at, Class::Determiner))
    })
}

/// Whether words outside the clause govern it as what they say: `concluded that`, `fear that`.
fn is_said(document: &Document, effect: Effect, from: u32, clause: u32) -> bool {
    let says = matches!(
        effect,
        Effect::Found | Effect::Reported | Effect::Feared | Effect::Denied | Effect::Admitted
    );
    says && (from.saturating_sub(1)..clause)
        .all(|at| document.is_plain(at) && !document.is_any(at, &["who", "which", "when"]))
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
pub(super) fn after(scene: &Scene, whole: Stretch, right: bool) -> Option<Governor> {
    let document = scene.syntax.document;
    let to = scene.syntax.near_clause_end(whole.to, RIGHT);
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

#[derive(Clone, Copy, Debug)]
pub(super) enum Mood {
    Ought,
    Not,
    Maybe(u32),
}

/// What stands in the verb group of a governing word: it has not happened, ought not to, did not.
pub(super) fn mood(scene: &Scene, verb: u32) -> Option<Mood> {
    let document = scene.syntax.document;
    let mut start = scene.syntax.verb_group_start(verb);
    let sentence = document.sentence(verb).tokens;
    while start > sentence.from + 1
        && document.is(start - 1, Class::Conjunction)
        && document.written(start - 2).ends_with("ed")
    {
        start = scene.syntax.verb_group_start(start - 2);
    }
    let mut end = verb;
    // `might be tortured, made to disappear or executed`
    if start == verb
        && let Some(first) = scene.syntax.passive_before(verb, sentence)
    {
        (start, end) = (scene.syntax.verb_group_start(first), first);
    }
    let group = Stretch::new(start, end);
    let nobody = (start.saturating_sub(2).max(sentence.from)..start)
        .any(|at| document.is_any(at, &["no", "nobody", "none", "neither"]));
    if nobody {
        return Some(Mood::Not);
    }
    let has = |class| group.tokens().find(|&at| document.is(at, class));
    if has(Class::Deontic).is_some() {
        return Some(Mood::Ought);
    }
    if has(Class::Negation).is_some() {
        return Some(Mood::Not);
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

/// `condemn`, `concerned about`: they presuppose an act only when it is a certain one.
pub(super) fn is_attitude(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    document
        .hits_in(
            Table::Speech,
            Stretch::new(words.from.saturating_sub(3), words.to),
        )
        .iter()
        .filter(|hit| {
            // `the accused was convicted of`: who it is, not what somebody thinks of it.
            let before = hit.tokens.from.saturating_sub(1);
            !document.is(before, Class::Determiner)
        })
        .any(|hit| {
            hit.tokens.to + 1 >= words.from
                && document.lexicon.speeches[hit.entry as usize].act == "condemns"
        })
}
