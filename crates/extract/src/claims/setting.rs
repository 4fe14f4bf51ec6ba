//! When and where it befell them, as far as the same clause or what opens its sentence says.
//!
//! Invariant: a day that bounds something else, or is one of several, is none.

use super::Scene;
use super::terms::{List, Term};
use crate::dates::Dated;
use crate::lexicon::Class;
use crate::text::Stretch;
use model::{EntityKind, EntityRef};

/// Acts whose place is where people are taken from: terms of the vocabulary `violation`.
const TAKEN_FROM: [&str; 3] = ["abduction", "forced-repatriation", "forced-displacement"];

/// Where: a place or state after `in`, `at`, `from` … behind the term, or in its clause.
pub(super) fn place(scene: &Scene, list: &List, term: &Term) -> Option<(EntityRef, Stretch)> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let whole = list.stretch();
    let start = scene.syntax.near_clause_start(whole.from, 24);
    let end = scene.syntax.near_clause_end(whole.to, 18);
    let located = |stretch: Stretch| {
        names.within(stretch).iter().find(|mention| {
            let kind = names.entity(mention).kind;
            let before = mention.outer.from.checked_sub(1);
            let before = before.map(|at| {
                if document.is_any(at, &["the"]) {
                    at.saturating_sub(1)
                } else {
                    at
                }
            });
            matches!(kind, EntityKind::State | EntityKind::Place)
                && !document.is(mention.tokens.to, Class::Government)
                && before.is_some_and(|at| {
                    document.is_any(
                        at,
                        &[
                            "in",
                            "at",
                            "within",
                            "inside",
                            "across",
                            "throughout",
                            "near",
                            "outside",
                        ],
                    )
                })
        })
    };
    // `in Camp 15, where guards beat prisoners`
    let there = || {
        let from = document.sentence(whole.from).tokens.from;
        let pronoun = (start.saturating_sub(1).max(from)..term.tokens.from)
            .find(|&at| document.is_word(at, "where"))?;
        let end = pronoun - u32::from(document.is_word(pronoun.saturating_sub(1), ","));
        let mentions = names.within(Stretch::new(from, end));
        mentions.iter().rev().find(|mention| {
            let kind = names.entity(mention).kind;
            mention.tokens.to == end && matches!(kind, EntityKind::State | EntityKind::Place)
        })
    };
    // `sent back from Jilin`, `abducted from Niigata`
    let code = &document.lexicon.violations[term.violation as usize].code;
    let away = || {
        let from = TAKEN_FROM.contains(&code.as_str());
        let mentions = names.within(Stretch::new(term.tokens.to, end));
        mentions.iter().find(|mention| {
            let kind = names.entity(mention).kind;
            let before = mention.outer.from.saturating_sub(1);
            from && matches!(kind, EntityKind::State | EntityKind::Place)
                && document.is_word(before, "from")
        })
    };
    let mention = located(Stretch::new(term.tokens.to, end))
        .or_else(|| located(Stretch::new(start, term.tokens.from)))
        .or_else(there)
        .or_else(away)?;
    Some((names.reference(mention.entity), mention.tokens))
}

/// When: the date in the clause that carries the allegation, when there is one.
pub(super) fn date(
    scene: &Scene,
    list: &List,
    term: &Term,
    clause: Stretch,
) -> Option<(Stretch, model::ResolvedDate)> {
    let whole = list.stretch();
    let mut around = Stretch::new(clause.from.min(whole.from), clause.to.max(whole.to));
    if let Some(told) = scene.speech.at(term.tokens.from) {
        around = Stretch::new(
            around.from.max(told.words.from),
            around.to.min(told.words.to),
        );
    }
    // `On 6 August X, who lived in Y, was hanged`: the only day, which opens the sentence.
    let sentence = scene.syntax.document.sentence(term.tokens.from).tokens;
    let verb = term.tokens.from;
    let subject = scene.syntax.subject(verb).map(|it| it.stretch());
    // `Today, after years of being held, …`
    let told_of = (scene.syntax.verb_group_start(verb)..verb)
        .any(|at| scene.syntax.document.is_word(at, "being"));
    let opening = |dated: &&Dated| {
        let behind = dated.tokens.to + 1;
        dated.tokens.from <= sentence.from + 2
            && !told_of
            && subject
                .is_some_and(|it| it.to <= verb && (it.from == behind || it.from == behind + 1))
    };
    let found = match scene.dates.within(around) {
        [only] => Some(only),
        [] => match scene.dates.within(sentence) {
            [only] => Some(only).filter(opening),
            _ => None,
        },
        _ => None,
    };
    let told = found.filter(|dated| !dated.bound)?;
    Some((told.tokens, told.resolved.clone()))
}
