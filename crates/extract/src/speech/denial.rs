//! Denials told by a plain verb of saying: `the ministry said that nobody had been beaten`.
//!
//! Invariant: only those who hold power or speak for them deny so; what anybody else says is not so
//! is told, not denied, and so is what a state says of another.

use super::Utterance;
use crate::lexicon::{Class, Table};
use crate::syntax::{Actor, Syntax};
use crate::text::{Document, Stretch, folded};
use model::EntityKind;

/// The most words of a clause that are looked through for what is said not to be so.
const CLAUSE: u32 = 30;

/// The most words between `not` and what was not done: `had not been ill-treated`.
const NEAR: u32 = 4;

/// Whether a state or those who hold power or speak for them say that something is not so: `China says
/// that there are no such people`. What they say of another state is no denial of theirs.
pub(super) fn is_denial(syntax: &Syntax, utterance: &Utterance, words: Stretch) -> bool {
    let document = syntax.document;
    let Some(speaker) = &utterance.speaker else {
        return false;
    };
    if !holds_power(syntax, utterance) {
        return false;
    }
    let from = words.from + u32::from(document.is_word(words.from, "that"));
    let told = Stretch::new(from, words.to.max(from));
    let deontic = told
        .tokens()
        .take(8)
        .any(|at| document.is(at, Class::Deontic));
    // `The charge, the embassy said, is baseless.`
    let untrue =
        || (utterance.parts.iter().skip(1).chain([&told])).any(|&part| is_untrue(syntax, part));
    let denied = is_nothing(syntax, told) || untrue() || is_not_done(syntax, told);
    denied && !deontic && !is_of_other_state(syntax, speaker, told)
}

/// Whether words begin with a state that is not the speaker's, as far as it is told whose that is.
fn is_of_other_state(syntax: &Syntax, speaker: &Actor, told: Stretch) -> bool {
    let names = syntax.names;
    let is_state = |number: u32| names.entities[number as usize].kind == EntityKind::State;
    let own = (speaker.entity.into_iter())
        .chain(names.within(speaker.words).iter().map(|it| it.entity))
        .find(|&number| is_state(number));
    let opening = Stretch::new(told.from, told.to.min(told.from + 4));
    own.is_some_and(|own| {
        let mut states = names.within(opening).iter().map(|mention| mention.entity);
        states.any(|number| is_state(number) && number != own)
    })
}

/// Whether the speaker is a state, or one of those who hold power or speak for them.
fn holds_power(syntax: &Syntax, utterance: &Utterance) -> bool {
    let document = syntax.document;
    let Some(speaker) = &utterance.speaker else {
        return false;
    };
    let known = speaker
        .entity
        .map(|number| &syntax.names.entities[number as usize]);
    let roles = known.into_iter().flat_map(|entity| &entity.roles);
    let role = (speaker.role.into_iter().chain(roles.copied())).flat_map(|role| role.tokens());
    let words = &document.lexicon.words;
    let named = folded(&speaker.reference.name)
        .iter()
        .any(|part| words.classes(words.id(&part.word)).has(Class::Official));
    let powerful = |at: u32| {
        document.is(at, Class::Regime)
            || document.is(at, Class::Armed)
            || document.is(at, Class::Government)
            || document.is(at, Class::Official)
    };
    named
        || speaker.reference.kind == EntityKind::State
        || speaker.words.tokens().chain(role).any(powerful)
}

/// `there are no such people`, `nobody was hurt`, `it had never held them`.
fn is_nothing(syntax: &Syntax, told: Stretch) -> bool {
    let document = syntax.document;
    let from = told.from;
    // `its soldiers had not fired`, `they had no record of him`
    let own = document.is(from, Class::ThirdPerson)
        || document.is(from, Class::FirstPerson)
        || document.is(from, Class::Possessive)
        || document.is_word(from, "all");
    let not_done = |at: u32| {
        (negates(document, at) || document.is_word(at, "nothing"))
            && !document.is(at.saturating_sub(1), Class::Modal)
            || document.is_word(at, "no")
                && (at + 1..at + 4).any(|at| document.is(at, Class::Disowned))
    };
    // `no foreign seed would be born here` is no denial.
    let yet = (from + 1..told.to.min(from + 8))
        .any(|at| document.is(at, Class::Modal) && !document.is(at - 1, Class::Possessive));
    !yet && document.is_any(from, &["nobody", "no", "none", "neither", "nothing"])
        || document.is_word(from, "not") && document.is_any(from + 1, &["a", "one", "single"])
        || document.is_word(from, "far") && document.is_word(from + 1, "from")
        || document.is_word(from, "there")
            && (from + 1..from + 4).any(|at| document.is_any(at, &["no", "never", "not"]))
        || own && (from + 1..from + 6).any(not_done)
}

/// `the report is a fabrication`, `the charge is without foundation`.
fn is_untrue(syntax: &Syntax, told: Stretch) -> bool {
    let document = syntax.document;
    told.tokens().any(|at| {
        document.is(at, Class::Untrue)
            || document.is_any(at, &["no", "without", "nothing"])
                && (at + 1..at + 5).any(|at| document.is(at, Class::Grounds))
    })
}

/// `the detainees had not been ill-treated`, `torture has never happened there`.
fn is_not_done(syntax: &Syntax, told: Stretch) -> bool {
    let document = syntax.document;
    let clause = Stretch::new(told.from, told.to.min(told.from + CLAUSE));
    clause.tokens().any(|not| {
        let negated = negates(document, not) && !document.is(not.saturating_sub(1), Class::Modal);
        let near = Stretch::new(not + 1, told.to.min(not + 1 + NEAR).max(not + 1));
        negated
            && near.tokens().all(|at| document.is_plain(at))
            && (near.tokens().any(|at| document.is(at, Class::Occurring))
                || !document.hits_in(Table::Violation, near).is_empty())
    })
}

/// `not`, `never`, `don't`; not `no`, and not what cannot be done.
fn negates(document: &Document, at: u32) -> bool {
    document.is_any(at, &["not", "never"])
        || document.is(at, Class::Negation)
            && document.written(at).ends_with('t')
            && !document.is(at, Class::Modal)
            && !document.is_any(at, &["can't", "won't", "wouldn't", "shouldn't", "without"])
}
