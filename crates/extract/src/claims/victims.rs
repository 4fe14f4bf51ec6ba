//! Who suffered, as far as the same clause says.
//!
//! Invariant: a victim is named by words of the clause.

use super::Scene;
use super::doers::behind_speech;
use super::judge::Verdict;
use super::linked::{named_as, people_before, whom};
use super::participles::participle_of;
use super::people::{Someone, by_words, named_person, people, phrase_start};
use super::pronouns::pronoun;
use super::roles::is_power;
use super::terms::Term;
use crate::lexicon::{Class, Effect, Table, TermKind, WordId};
use crate::syntax::{GOT, Phrase};
use crate::text::Stretch;
use model::{EntityKind, Victim};

/// Those who suffered.
pub(super) fn victims(scene: &Scene, term: &Term, verdict: &Verdict) -> Vec<Someone<Victim>> {
    let document = scene.syntax.document;
    let mut found = Vec::new();
    match term.kind {
        TermKind::Verb | TermKind::Clause => {
            let passive = is_passive(scene, term.tokens.from);
            let behind = || {
                let end = scene.syntax.clause_end(term.tokens.to.saturating_sub(1));
                let to = term.tokens.to;
                // `sent her back`
                // `lost his place because of me`: why, not whom.
                let object = |at: &u32| {
                    document.is_any(*at, &["him", "her", "them", "us", "me"])
                        && !document.is_any(*at - 1, &["of", "for"])
                };
                if let Some(at) = (term.tokens.from + 1..to).find(object) {
                    return Some(pronoun(scene, at));
                }
                // `shot her husband`: not she.
                let hers = || document.is_word(to, "her") && people(scene, to, to + 4).is_some();
                if document.is_any(to, &["them", "him", "her", "me", "us"]) && !hers() {
                    return Some(pronoun(scene, to));
                }
                if document.is_word(to, "to") || document.is_word(to - 1, "to") {
                    // `without access to their lawyers`
                    return None;
                }
                let to = shared_object(scene, to).unwrap_or(to);
                people(scene, to, end).or_else(|| unknown_name(scene, to))
            };
            // `two students, whom the police had arrested`
            if let Some(someone) = whom(scene, term).filter(|_| !passive) {
                return vec![someone];
            }
            let ahead = || {
                subject_people(scene, term.tokens.from)
                    .or_else(|| super::subjects::nearest_people(scene, term.tokens.from))
            };
            let subject = document.lexicon.violations[term.violation as usize].subject;
            // `took him away and we have not seen him since`: an object is whom it is told of.
            let object = |at: u32| document.is_any(at, &["him", "them", "me"]);
            let told_of = || {
                let mut near = term.tokens.from..term.tokens.to + 1;
                let at = near.find(|&at| object(at)).filter(|_| subject)?;
                Some(pronoun(scene, at))
            };
            let who = if let Some(someone) = participle_of(scene, term.tokens.from) {
                Some(someone)
            } else if let Some(someone) = told_of() {
                Some(someone)
            } else if passive || subject {
                ahead()
            } else if term.kind == TermKind::Clause {
                // `an officer stubbed out cigarettes on his arms`: those who use force are not meant.
                let others = || ahead().filter(|it| !is_power(scene, it.words));
                (behind().or_else(|| object_in(scene, term)))
                    .or_else(|| object_before(scene, term))
                    .or_else(others)
            } else {
                behind()
            };
            found.extend(who);
        }
        _ => {
            let end = term.tokens.to;
            let limit = scene.syntax.clause_end(end.saturating_sub(1));
            if document.is_any(end, &["of", "against", "on", "targeting"]) {
                found.extend(people(scene, end + 1, limit));
            }
            if let Some(also) = verdict.also
                && found.is_empty()
                && also.from >= term.tokens.to
                && document.is_any(also.to, &["of", "against", "on", "targeting"])
            {
                // `a widespread attack against the population`
                let limit = scene.syntax.clause_end(also.from);
                found.extend(people(scene, also.to + 1, limit));
            }
            if found.is_empty() {
                found.extend(owner(scene, term));
            }
            if let Some(beside) = term.beside
                && found.is_empty()
                && beside.to <= term.tokens.from
            {
                found.extend(subject_people(scene, beside.from));
            }
        }
    }
    if found.is_empty()
        && let Some(governor) = verdict.governor
        && matches!(
            governor.effect,
            Effect::Fact | Effect::Feared | Effect::Deprived
        )
    {
        found.extend(object_of(scene, governor.tokens));
        if found.is_empty() && befalls_subject(scene, governor.tokens) {
            found.extend(subject_people(scene, governor.tokens.from));
        }
    }
    if found.is_empty() {
        found.extend(among(scene, term));
    }
    if let Some(named) = found.first().and_then(|it| named_as(scene, it.words)) {
        return vec![named];
    }
    found
}

/// Whose act a possessive says it is that befell them: `Mr. Hwang's detention`, `his arrest`.
pub(super) fn owner(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(term.tokens.from).tokens;
    if document.is_any(term.tokens.to, &["of", "against"]) {
        return None;
    }
    let near = Stretch::new(
        term.tokens.from.saturating_sub(3).max(sentence.from),
        term.tokens.from,
    );
    let at = near
        .tokens()
        .rev()
        .find(|&at| document.is_any(at, &["'s", "his", "her"]))?;
    if (at + 1..term.tokens.from).any(|at| !document.is_plain(at)) {
        return None;
    }
    if !document.is_word(at, "'s") {
        return Some(pronoun(scene, at));
    }
    let last = at.checked_sub(1)?;
    let Some(mention) = scene.syntax.names.at(last) else {
        // `the editor's arrest`, not `the government's crackdown`
        let powers = [Class::Government, Class::Regime, Class::Armed];
        if powers.iter().any(|&class| document.is(last, class)) {
            return None;
        }
        let from = phrase_start(document, sentence.from, last);
        let someone = people(scene, from, at)?;
        return (!is_power(scene, someone.words)).then_some(someone);
    };
    let entity = scene.syntax.names.entity(mention);
    entity
        .is_named_person()
        .then(|| named_person(scene, mention))
}

/// People whom the words of the violation name themselves (`prisoners of conscience`, `lawyers lose
/// their licences`), or a pronoun that is the object in its clause (`guards keep him in a cell`).
fn among(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    if term.kind == TermKind::Verb {
        return None;
    }
    // `Where he is now, nobody will say`
    let own = term.tokens.tokens();
    if let Some(at) = own.clone().find(|&at| document.is_any(at, &["he", "she"])) {
        return Some(pronoun(scene, at));
    }
    let named = document.hits_in(Table::Group, term.tokens).first();
    // `held as sexual slaves`: what they were made, not who they were.
    let made = |hit: &crate::text::Hit| {
        let before = hit.tokens.from.saturating_sub(1);
        document.is_word(before, "as")
    };
    // `child trafficking`: a kind of act, and no child.
    let kind =
        |hit: &crate::text::Hit| hit.tokens.to < term.tokens.to && document.is_plain(hit.tokens.to);
    if let Some(hit) = named.filter(|hit| !made(hit) && !kind(hit)) {
        let sentence = document.sentence(hit.tokens.from).tokens;
        let from = phrase_start(document, sentence.from, hit.tokens.from);
        return people(scene, from, hit.tokens.to);
    }
    object_before(scene, term)
}

/// The pronoun that is the object of the clause: `guards keep him in a cell`.
fn object_before(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let start = scene.syntax.near_clause_start(term.tokens.from, 12);
    (start + 1..term.tokens.from)
        .rev()
        .find(|&at| {
            document.is_any(at, &["him", "them", "us", "me"])
                && !document.is(at - 1, Class::Preposition)
        })
        .map(|at| pronoun(scene, at))
}

/// Where the object stands that several verbs share: `killed, tortured and detained thousands of
/// civilians`.
pub(super) fn shared_object(scene: &Scene, from: u32) -> Option<u32> {
    let document = scene.syntax.document;
    let mut at = from;
    let mut verbs = 0;
    while at < from + 8 {
        let regular = document.written(at).ends_with("ed") && document.written(at).len() > 4;
        let verb = regular || document.is(at, Class::Past);
        let link = document.is_any(at, &[",", "then", "later", "also"])
            || document.is(at, Class::Conjunction);
        if !verb && !link {
            break;
        }
        verbs += u32::from(verb);
        at += 1;
    }
    let joined = document.is_word(from, ",") || document.is(from, Class::Conjunction);
    let behind_verb =
        at > from && (document.written(at - 1).ends_with("ed") || document.is(at - 1, Class::Past));
    (joined && verbs > 0 && behind_verb).then_some(at)
}

/// Whom the words of a clause name as the object of their verb: `silence critics`, `releasing
/// political prisoners`.
fn object_in(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let hits = document.hits_in(Table::Group, term.tokens);
    let last = hits.iter().find(|hit| hit.tokens.to == term.tokens.to)?;
    // `without access to lawyers`, `no lawyer`, `without a doctor`
    let before = last.tokens.from.saturating_sub(1);
    let article = before.saturating_sub(u32::from(document.is(before, Class::Determiner)));
    // and `have never seen a judge`
    let never = term
        .tokens
        .tokens()
        .any(|at| document.is_any(at, &["never", "not"]));
    if never
        || document.is_any(before, &["to", "no", "any"])
        || document.is_word(article, "without")
    {
        return None;
    }
    let sentence = document.sentence(last.tokens.from).tokens;
    let from = phrase_start(document, sentence.from, last.tokens.from);
    people(scene, from, last.tokens.to)
}

/// `expose them to`, `subjected people to`: people among or right behind the governing words.
fn object_of(scene: &Scene, words: Stretch) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    for at in words.tokens() {
        if document.is_any(at, &["them", "him", "her"]) {
            return Some(pronoun(scene, at));
        }
    }
    document
        .hits_in(Table::Group, words)
        .first()
        .and_then(|hit| people(scene, hit.tokens.from, words.to))
}

/// Governing words whose subject suffers: `face`, `are subjected to`, `vulnerable to`.
pub(super) fn befalls_subject(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    let passive = is_passive(scene, words.from);
    passive
        || words
            .tokens()
            .any(|at| document.is(at, Class::BefallsSubject))
}

/// The people who are the subject of a verb.
fn subject_people(scene: &Scene, verb: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    if let Some(mention) = super::subjects::set_apart(scene, verb) {
        return Some(named_person(scene, mention));
    }
    let phrase = scene.syntax.subject(verb)?;
    match phrase {
        Phrase::Pronoun(at) if !document.is_word(at, "it") => Some(pronoun(scene, at)),
        Phrase::Pronoun(_) => None,
        Phrase::Entity(entity, words, _) => {
            let record = &scene.syntax.names.entities[entity as usize];
            record
                .is_named_person()
                .then(|| Someone::of(scene.syntax.names.reference(entity), words))
        }
        // `and three were beheaded`: others than those of the clause before.
        Phrase::Words(words) if document.is_number(words.to.saturating_sub(1)) => None,
        Phrase::Words(words) => {
            // `spoke of her colleagues, who are held`
            let behind = behind_speech(document, words);
            let of = behind.len() > 1 && document.is(behind.from, Class::Preposition);
            let words = match behind.from > words.from {
                true => Stretch::new(behind.from + u32::from(of), behind.to),
                false => words,
            };
            // `images of thousands of detainees who had died`: not those who made them.
            let start = scene.syntax.verb_group_start(verb);
            let before_who = start
                .checked_sub(1)
                .filter(|&at| document.is_word(at, "who"));
            before_who
                .and_then(|who| people_before(scene, words, who))
                // `her family and colleagues who are held`
                .filter(|it| !document.is(it.words.from.saturating_sub(1), Class::Conjunction))
                .or_else(|| people(scene, words.from, words.to))
                .or_else(|| {
                    let start = scene.syntax.clause_start(verb);
                    let opening = Stretch::new(start.max(verb.saturating_sub(16)), words.from);
                    let relative = opening
                        .tokens()
                        .find(|&at| document.is_any(at, &["who", "whose"]))?;
                    people_before(scene, opening, relative)
                })
        }
    }
}

/// Whether a participle is passive: a form of `be` stands before it, over other participles too
/// (`are detained or sent back`).
pub(super) fn is_passive(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(verb).tokens;
    let start = scene.syntax.verb_group_start(verb);
    // `is wrongfully detaining`: the adverb may be part of the violation's words.
    let told = verb + u32::from(scene.syntax.is_adverb(verb) && verb + 1 < sentence.to);
    if document.written(told).ends_with("ing") && !document.is_word(told, "being") {
        // `has been torturing`
        return false;
    }
    let helps = |at: u32| document.is(at, Class::Be) || document.is_any(at, GOT) && at < verb;
    if (start..=verb).any(helps) {
        return true;
    }
    // `was dragged out of a meeting and shot`, `are detained or sent back`
    start == verb && scene.syntax.passive_before(verb, sentence).is_some()
}

/// A capitalised word right behind a verb of violence: a name that nothing else says is one.
fn unknown_name(scene: &Scene, at: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let name = scene.syntax.names.at(at).is_none()
        && document.is_capital(at)
        && (document.is(at, Class::FirstName)
            || document
                .token(at)
                .is_some_and(|token| token.word == WordId::UNKNOWN));
    let to = (at + 1..at + 4)
        .find(|&to| {
            !(document.is_capital(to) || document.token(to).is_some_and(|t| t.shape.is_joined()))
        })
        .unwrap_or(at + 1);
    name.then(|| {
        let words = Stretch::new(at, to);
        by_words(document, words, EntityKind::Person)
    })
}
