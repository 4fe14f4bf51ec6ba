//! Who did it and where, as far as the same clause says.
//!
//! Invariant: a perpetrator is a state, a body, a person or people who use force; never the state
//! whose document it is, nor the United Nations.

use super::Scene;
use super::accused::people_doing;
use super::heads::owner_before;
use super::judge::Verdict;
use super::participles::{
    brings_about, has_object, is_attributive, is_result, own_subject, participle_of,
};
use super::people::Someone;
use super::terms::{List, Term};
use super::victims::{befalls_subject, is_passive, owner};
use crate::lexicon::{Class, Effect, Table, TermKind};
use crate::syntax::{Phrase, without_determiner};
use crate::text::{Document, Stretch};
use model::{EntityKind, EntityRef, Modality, Perpetrator};

/// Words between an act and those it names.
const NEAR: u32 = 12;

/// Those who are said to have done it.
pub(super) fn perpetrators(
    scene: &Scene,
    list: &List,
    term: &Term,
    verdict: &Verdict,
) -> Vec<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let end = scene.syntax.near_clause_end(whole.to, NEAR);
    let behind = Stretch::new(term.tokens.to, end.max(term.tokens.to));
    let by = behind.tokens().find_map(|at| {
        let hands = document.is_word(at, "hands") && document.is_word(at + 1, "of");
        if hands {
            return Some(at + 1);
        }
        document.is_word(at, "by").then_some(at)
    });
    if let Some(by) = by
        && let Some(phrase) = scene.syntax.phrase_at(by + 1)
        && let Some(someone) = doer(scene, phrase)
    {
        return vec![someone];
    }
    if let Some(someone) = possessor(scene, whole.from)
        && owner(scene, term).is_none()
    {
        return vec![someone];
    }
    let verb = match term.kind {
        TermKind::Verb | TermKind::Clause if !is_passive(scene, term.tokens.from) => {
            Some(term.tokens.from)
        }
        TermKind::Verb | TermKind::Clause => None,
        _ => verdict
            .governor
            .filter(|governor| {
                governor.effect == Effect::Fact
                    && !befalls_subject(scene, governor.tokens)
                    && !befalls_object(scene, governor.tokens)
            })
            .map(|governor| governor.tokens.from),
    };
    if let Some(someone) = causer(scene, term).or_else(|| of_main_clause(scene, term)) {
        return vec![someone];
    }
    // `a pastor abducted near the border`: whoever is told of in the sentence did not do it.
    let befell = term.kind == TermKind::Verb && participle_of(scene, term.tokens.from).is_some();
    if befell || is_attributive(scene, term) {
        return Vec::new();
    }
    let Some(verb) = verb else {
        let then = || doer_then(scene, term);
        return convicted(scene, verdict)
            .or_else(then)
            .into_iter()
            .collect();
    };
    if let Some(holder) = holder(scene, term) {
        return vec![holder];
    }
    if document.lexicon.violations[term.violation as usize].subject {
        return doer_then(scene, term).into_iter().collect();
    }
    let own = matches!(term.kind, TermKind::Verb);
    let gerund = document.written(verb).ends_with("ing")
        && document.is(verb.saturating_sub(1), Class::Preposition);
    // `Kim Jung-wook, detained since 2013`: whom it befell.
    let aside = document.is_word(verb.saturating_sub(1), ",")
        && document.written(verb).ends_with("ed")
        && !has_object(scene, term.tokens.to);
    if gerund || aside {
        return Vec::new();
    }
    // Of a result whoever did what led to it is the doer.
    let subject = if own && !is_result(document, verb) {
        own_subject(scene, term)
    } else {
        scene.syntax.subject(verb)
    };
    // `members of the unit have engaged in torture`: whoever they are.
    let deed = !own && document.is(verb, Class::Deed);
    let people = |phrase| deed.then(|| people_doing(scene, phrase)).flatten();
    // `No one has seen him since officers led him away`
    let then = || doer_then(scene, term).filter(|_| term.kind == TermKind::Clause);
    // `Pyongyang insists that it never took her`
    let denier = |phrase| match phrase {
        Phrase::Pronoun(at) if verdict.modality == Modality::Denied => denier(scene, at),
        _ => None,
    };
    subject
        .and_then(|phrase| (doer(scene, phrase).or_else(|| people(phrase))).or(denier(phrase)))
        .or_else(then)
        .into_iter()
        .collect()
}

/// Who brought it about: `the police had the editor arrested`.
fn causer(scene: &Scene, term: &Term) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let told = participle_of(scene, term.tokens.from).filter(|_| term.kind == TermKind::Verb)?;
    let had = (told.words.from.saturating_sub(3)..told.words.from)
        .rev()
        .find(|&at| document.is_any(at, &["had", "have", "has", "having", "got"]))?;
    let by_others = document.is_word(term.tokens.to, "by");
    let causes = brings_about(scene, told.words.from) && !by_others;
    let subject = scene.syntax.subject(had).filter(|_| causes)?;
    doer(scene, subject).or_else(|| people_doing(scene, subject))
}

/// The subject of the clause that a participle opens: `Having arrested the editor, the police sealed`.
fn of_main_clause(scene: &Scene, term: &Term) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let verb = term.tokens.from;
    let sentence = document.sentence(verb).tokens;
    let start = scene.syntax.verb_group_start(verb);
    let having = document.is_word(start, "having") && start == sentence.from;
    let during = start == sentence.from + 1
        && document.written(verb).ends_with("ing")
        && document.is_any(sentence.from, &["while", "when", "after", "before", "by"]);
    if !(having || during) || !has_object(scene, term.tokens.to) {
        return None;
    }
    let comma = (term.tokens.to..sentence.to.min(term.tokens.to + NEAR))
        .find(|&at| document.is_word(at, ","))?;
    let phrase = scene.syntax.phrase_at(comma + 1)?;
    doer(scene, phrase).or_else(|| people_doing(scene, phrase))
}

/// The state or body that denies what a pronoun of its own words is said to have done.
fn denier(scene: &Scene, pronoun: u32) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let own = document.is_any(pronoun, &["it", "we", "they"]);
    let speaker = scene.speech.at(pronoun).filter(|_| own)?.speaker.as_ref()?;
    let kind = speaker.reference.kind;
    matches!(kind, EntityKind::State | EntityKind::Organisation).then(|| Someone {
        value: Perpetrator {
            who: speaker.reference.clone(),
            involvement: None,
        },
        words: Stretch::new(pronoun, pronoun + 1),
        inferred: true,
    })
}

/// `died in the custody of the Ministry of State Security`
fn holder(scene: &Scene, term: &Term) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let to = term.tokens.to;
    let at = (to.saturating_sub(1)..to + 3).find(|&at| document.is_word(at, "custody"))?;
    let of = document.is_word(at + 1, "of").then_some(at + 2)?;
    doer(scene, scene.syntax.phrase_at(of)?)
}

/// Who acted when it befell somebody: `was killed when soldiers opened fire`, `has been missing since
/// officers took him`.
fn doer_then(scene: &Scene, term: &Term) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(term.tokens.from).tokens;
    let to = term.tokens.to;
    let at = (to..sentence.to.min(to + NEAR))
        .find(|&at| document.is_any(at, &["when", "after", "since"]))?;
    let phrase = scene.syntax.phrase_at(at + 1)?;
    let words = document.trimmed(phrase.stretch());
    let armed = words.tokens().find(|&at| document.is(at, Class::Armed))?;
    let acts = document.is(armed + 1, Class::Past) || document.written(armed + 1).ends_with("ed");
    acts.then(|| doer(scene, Phrase::Words(Stretch::new(words.from, armed + 1))))
        .flatten()
        .map(|someone| Someone {
            inferred: true,
            ..someone
        })
}

/// Whether a verb of saying stands here.
fn tells(document: &Document, at: u32) -> bool {
    !document
        .hits_in(Table::Speech, Stretch::new(at, at + 1))
        .is_empty()
}

/// `I saw guards beat her`, `a video shows soldiers`: who sees it, or what shows it, does not do it.
fn sees(document: &Document, at: u32) -> bool {
    let seen = [
        "saw",
        "watched",
        "heard",
        "filmed",
        "witnessed",
        "remembers",
        "shows",
        "show",
        "showed",
        "showing",
        "seeing",
        "watching",
        "hearing",
    ];
    document.is_any(at, &seen)
}

/// The person whom governing words find guilty: the one named last before them.
fn convicted(scene: &Scene, verdict: &Verdict) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let governor = verdict
        .governor
        .filter(|governor| governor.effect == Effect::Found)?;
    let sentence = document.sentence(governor.tokens.from).tokens;
    let from = governor
        .tokens
        .from
        .saturating_sub(2 * NEAR)
        .max(sentence.from);
    let named = scene
        .syntax
        .names
        .within(Stretch::new(from, governor.tokens.to));
    let person = named
        .iter()
        .rev()
        .find(|mention| scene.syntax.names.entity(mention).kind == EntityKind::Person)?;
    doer(
        scene,
        Phrase::Entity(person.entity, person.tokens, person.form),
    )
}

/// Governing words that say what befell others by no one's name: `expose them to`.
fn befalls_object(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    words
        .tokens()
        .any(|at| document.is(at, Class::BefallsObject))
}

/// Somebody who can do it: a state, body, person, or officials.
pub(super) fn doer(scene: &Scene, phrase: Phrase) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let someone = |who: EntityRef, words: Stretch, inferred: bool| Someone {
        value: Perpetrator {
            who,
            involvement: None,
        },
        words,
        inferred,
    };
    match phrase {
        Phrase::Pronoun(_) => None,
        Phrase::Entity(entity, words, form) => {
            let record = &scene.syntax.names.entities[entity as usize];
            let can = matches!(
                record.kind,
                EntityKind::State | EntityKind::Organisation | EntityKind::Person
            ) && !record.unnamed;
            let us = record.key.as_deref() == Some("state:US")
                || record
                    .key
                    .as_deref()
                    .is_some_and(|key| key.starts_with("body:un") || key.starts_with("body:us"));
            (can && !us).then(|| {
                someone(
                    scene.syntax.names.reference(entity),
                    document.trimmed(words),
                    form == crate::names::Form::Later,
                )
            })
        }
        Phrase::Words(words) => {
            let words = without_infinitive(document, behind_speech(document, words))?;
            let words = before_verb(document, words);
            if let Some(state) = scene.syntax.government_of(words) {
                let reference = scene.syntax.names.reference(state);
                let us = reference.key.as_deref() == Some("state:US");
                return (!us).then(|| someone(reference, words, false));
            }
            let counted = document.is(words.from, Class::Count)
                || document.is_any(words.from, &["at", "more", "up"]);
            let official = !counted
                && words
                    .tokens()
                    .any(|at| document.is(at, Class::Government) || document.is(at, Class::Armed));
            let whole = !document.is(words.to.saturating_sub(1), Class::Preposition);
            (official && whole).then(|| {
                let reference = EntityRef::as_written(
                    EntityKind::Organisation,
                    without_determiner(document, words),
                );
                someone(reference, words, false)
            })
        }
    }
}

/// `The panel said guards`, `found that soldiers`: those behind the words of saying.
pub(super) fn behind_speech(document: &Document, words: Stretch) -> Stretch {
    let words = document.trimmed(words);
    let said = words
        .tokens()
        .rev()
        .find(|&at| {
            document.is_any(at, &["that", "how"])
                || at > words.from && (tells(document, at) || sees(document, at))
        })
        .filter(|&at| at + 1 < words.to);
    // `reports of the police subjecting`: of whom it is reported.
    let reported = document.is_any(
        words.from,
        &["reports", "report", "allegations", "accounts", "cases"],
    ) && document.is_word(words.from + 1, "of")
        && words.len() > 2;
    let from = said.map_or(words.from + 2 * u32::from(reported), |at| at + 1);
    // `Police in Tbilisi used`: the verb is no part of the name.
    let last = words.to.saturating_sub(1);
    let verb = document.is(last, Class::Using)
        || document.is(last, Class::Past)
        || document.is_any(last, &["directed", "ordered"]);
    Stretch::new(from, words.to - u32::from(verb && last > from))
}

/// `guards let two inmates`, `the army used conscripts`: those before their verb.
fn before_verb(document: &Document, words: Stretch) -> Stretch {
    let verb = words.tokens().skip(1).find(|&at| {
        let power = document.is(at - 1, Class::Armed) || document.is(at - 1, Class::Government);
        power
            && (document.is(at, Class::Past)
                || document.is(at, Class::Using)
                || document.written(at).ends_with("ing")
                || document.is(at, Class::Conjunction) && at + 1 == words.to
                || document.is_any(at, &["let", "lets", "makes", "admitted"]))
    });
    Stretch::new(words.from, verb.unwrap_or(words.to))
}

/// `a tool to impose costs on governments and groups that …`: those at the end of the infinitive.
fn without_infinitive(document: &Document, words: Stretch) -> Option<Stretch> {
    let infinitive = words
        .from
        .checked_sub(1)
        .is_some_and(|at| document.is_word(at, "to"))
        && !document.is(words.from, Class::Determiner)
        && !document.is_capital(words.from);
    if words.is_empty() || !infinitive {
        return Some(words);
    }
    let preposition = words
        .tokens()
        .rev()
        .find(|&at| document.is(at, Class::Preposition) && !document.is_word(at, "of"))?;
    Some(Stretch::new(preposition + 1, words.to)).filter(|words| !words.is_empty())
}

/// `the DPRK’s human rights violations`, `the regime’s torture of …`.
fn possessor(scene: &Scene, from: u32) -> Option<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(from).tokens;
    let near = from.saturating_sub(5).max(sentence.from);
    let mark = (near..from)
        .rev()
        .find(|&at| document.is_word(at, "'s") && !document.is(at + 1, Class::Determiner))?;
    let breaks = (mark + 1..from).any(|at| {
        !document.is_plain(at) && !document.is_word(at, ",") || document.is(at, Class::Preposition)
    });
    if breaks {
        return None;
    }
    owner_before(scene, mark, sentence.from)
}
