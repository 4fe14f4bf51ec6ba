//! Who suffered, who did it, where: as far as the same clause says.
//!
//! Invariant: a victim or perpetrator is named by words of the clause; a pronoun is resolved only to
//! people named before it in the passage or the one before, and stays words otherwise.

use super::Scene;
use super::context::Verdict;
use super::terms::{List, Term};
use crate::lexicon::{Class, Effect, Table, TermKind};
use crate::numbers::number_at;
use crate::syntax::{Phrase, without_determiner};
use crate::text::Stretch;
use model::{Code, EntityKind, EntityRef, Perpetrator, Victim};

/// Words between an act and those it names.
const NEAR: u32 = 12;

/// Somebody in the clause, with the words.
pub(super) struct Someone<T> {
    pub value: T,
    pub words: Stretch,
    pub inferred: bool,
}

/// People at or right after a token.
fn people(scene: &Scene, from: u32, limit: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let mut at = from;
    let mut number = None;
    while at < limit && at - from < 7 {
        if let Some(found) = number_at(document, at)
            && !found.vague
            && !document.is_any(at, &["one", "a", "an"])
        {
            number = Some(found.value / 1_000);
            at = found.tokens.to;
            continue;
        }
        let named = names.at(at).filter(|mention| {
            let entity = names.entity(mention);
            entity.kind == EntityKind::Person && !entity.unnamed
        });
        if let Some(mention) = named {
            return Some(Someone {
                value: Victim {
                    who: names.reference(mention.entity),
                    number: None,
                    characteristics: Vec::new(),
                },
                words: mention.tokens,
                inferred: false,
            });
        }
        let group = [Table::Group, Table::National].iter().find_map(|&table| {
            document
                .hits_in(table, Stretch::new(at, at + 1))
                .first()
                .map(|hit| (table, *hit))
        });
        if let Some((table, hit)) = group {
            let words = Stretch::new(phrase_start(scene, from, hit.tokens.from), hit.tokens.to);
            let characteristic = (table == Table::Group)
                .then(|| {
                    document.lexicon.groups[hit.entry as usize]
                        .characteristic
                        .clone()
                })
                .flatten();
            return Some(Someone {
                value: Victim {
                    who: EntityRef {
                        kind: EntityKind::Group,
                        name: without_determiner(document, words),
                        key: None,
                        record: None,
                    },
                    number: number.and_then(|number| u64::try_from(number).ok()),
                    characteristics: characteristic.map(Code).into_iter().collect(),
                },
                words,
                inferred: false,
            });
        }
        let passes = document.is(at, Class::Determiner)
            || document.is(at, Class::Possessive)
            || document.is_any(
                at,
                &[
                    "innocent",
                    "unarmed",
                    "own",
                    "other",
                    "more",
                    "than",
                    "at",
                    "least",
                    "some",
                    "peaceful",
                    "independent",
                    "political",
                    "thousands",
                    "hundreds",
                    "of",
                    "many",
                ],
            )
            || document.is_plain(at)
                && !document.is(at, Class::Preposition)
                && !document.is(at, Class::Auxiliary)
                && !document.is(at, Class::Modal)
                && !document.is(at, Class::Subordinator)
                && !document.is(at, Class::Conjunction);
        if !passes {
            return None;
        }
        at += 1;
    }
    None
}

/// The first word of a noun phrase whose noun stands at `noun`, not before `floor`: numbers,
/// articles and adjectives belong to it.
fn phrase_start(scene: &Scene, floor: u32, noun: u32) -> u32 {
    let document = scene.syntax.document;
    let mut from = noun;
    while from > floor {
        let before = from - 1;
        let written = document.written(before);
        let adjective = [
            "ful", "ous", "ive", "al", "ian", "ese", "ish", "ent", "ant", "ed", "ic", "less", "ary",
        ]
        .iter()
        .any(|ending| written.ends_with(ending) && written.len() > ending.len() + 2);
        let counts = document
            .token(before)
            .and_then(|token| document.lexicon.words.number(token.word))
            .is_some()
            || document
                .token(before)
                .is_some_and(|token| token.shape.is_number())
            || document.is_any(
                before,
                &[
                    "dozens",
                    "hundreds",
                    "thousands",
                    "millions",
                    "scores",
                    "tens",
                ],
            );
        let of_many = document.is_word(before, "of")
            && before > floor
            && document.is_any(
                before - 1,
                &[
                    "dozens",
                    "hundreds",
                    "thousands",
                    "millions",
                    "scores",
                    "tens",
                    "all",
                    "many",
                    "most",
                    "some",
                ],
            );
        let fits = counts
            || of_many
            || adjective
            || document.is(before, Class::Filler)
            || document.is(before, Class::Possessive)
            || document.is(before, Class::Determiner)
            || document.is_capital(before) && document.is_plain(before) && before > floor;
        if !fits {
            break;
        }
        from = before;
    }
    while from < noun && document.is_any(from, &["the", "a", "an", "that"]) {
        from += 1;
    }
    from
}

/// Those who suffered.
pub(super) fn victims(scene: &Scene, term: &Term, verdict: &Verdict) -> Vec<Someone<Victim>> {
    let document = scene.syntax.document;
    let mut found = Vec::new();
    match term.kind {
        TermKind::Verb | TermKind::Clause => {
            let passive = is_passive(scene, term.tokens.from);
            let ahead = || subject_people(scene, term.tokens.from);
            let behind = || {
                let end = scene.syntax.clause_end(term.tokens.to.saturating_sub(1));
                if document.is_any(term.tokens.to, &["them", "him", "her"]) {
                    return Some(pronoun(scene, term.tokens.to));
                }
                people(scene, term.tokens.to, end)
            };
            let who = if passive {
                ahead()
            } else if term.kind == TermKind::Clause {
                behind().or_else(ahead)
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
    found
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
fn befalls_subject(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    let passive = is_passive(scene, words.from);
    passive
        || words.tokens().any(|at| {
            document.is_any(
                at,
                &[
                    "face",
                    "faces",
                    "faced",
                    "facing",
                    "suffer",
                    "suffers",
                    "suffered",
                    "suffering",
                    "vulnerable",
                    "caught",
                    "trapped",
                    "endure",
                    "endured",
                    "unable",
                    "risk",
                    "experience",
                    "experienced",
                    "experiencing",
                    "fled",
                    "flee",
                    "fleeing",
                    "escape",
                    "escaped",
                ],
            )
        })
}

/// The people who are the subject of a verb.
fn subject_people(scene: &Scene, verb: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let phrase = scene.syntax.subject(verb)?;
    match phrase {
        Phrase::Pronoun(at) if document.is_any(at, &["they", "he", "she"]) => {
            Some(pronoun(scene, at))
        }
        Phrase::Pronoun(_) => None,
        Phrase::Entity(entity, words, _) => {
            let record = &scene.syntax.names.entities[entity as usize];
            (record.kind == EntityKind::Person && !record.unnamed).then(|| Someone {
                value: Victim {
                    who: scene.syntax.names.reference(entity),
                    number: None,
                    characteristics: Vec::new(),
                },
                words,
                inferred: false,
            })
        }
        Phrase::Words(words) => people(scene, words.from, words.to).or_else(|| {
            let start = scene.syntax.clause_start(verb);
            let opening = Stretch::new(start.max(verb.saturating_sub(16)), words.from);
            let relative = opening
                .tokens()
                .find(|&at| document.is_any(at, &["who", "whose"]))?;
            [Table::National, Table::Group]
                .iter()
                .find_map(|&table| {
                    document
                        .hits_in(table, opening)
                        .iter()
                        .find(|hit| hit.tokens.to == relative)
                })
                .and_then(|hit| people(scene, hit.tokens.from, hit.tokens.to))
        }),
    }
}

/// People whom a pronoun means: the group named last before it.
fn pronoun(scene: &Scene, at: u32) -> Someone<Victim> {
    let document = scene.syntax.document;
    let words = Stretch::new(at, at + 1);
    let block = document.block_number(at);
    let start = document
        .blocks
        .get(block.saturating_sub(1) as usize)
        .map_or(0, |block| block.tokens.from);
    let plural = document.is_any(at, &["they", "them"]);
    if !plural && let Some(entity) = scene.syntax.names.person_before(document, at) {
        return Someone {
            value: Victim {
                who: scene.syntax.names.reference(entity),
                number: None,
                characteristics: Vec::new(),
            },
            words,
            inferred: true,
        };
    }
    let mut last: Option<Someone<Victim>> = None;
    if plural {
        let reach = Stretch::new(start.max(at.saturating_sub(160)), at);
        let groups = document.hits_in(Table::Group, reach).iter();
        let nationals = document.hits_in(Table::National, reach).iter();
        let nearest = groups
            .chain(nationals)
            .filter(|hit| hit.tokens.to < at)
            .max_by_key(|hit| hit.tokens.from);
        last = nearest.and_then(|hit| people(scene, hit.tokens.from, hit.tokens.to));
    }
    let value = last.map_or_else(
        || Victim {
            who: EntityRef {
                kind: EntityKind::Group,
                name: document.written(at).to_owned(),
                key: None,
                record: None,
            },
            number: None,
            characteristics: Vec::new(),
        },
        |someone| someone.value,
    );
    Someone {
        value,
        words,
        inferred: true,
    }
}

/// Whether a participle is passive: a form of `be` stands before it, over other participles too
/// (`are detained or sent back`).
pub(super) fn is_passive(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(verb).tokens;
    let start = scene.syntax.verb_group_start(verb);
    if (start..=verb).any(|at| document.is(at, Class::Be)) {
        return true;
    }
    let mut at = start;
    while at > sentence.from && verb - at < 7 {
        let before = at - 1;
        if document.is(before, Class::Be) {
            return at < start;
        }
        let passes = document.is(before, Class::Conjunction)
            || document.is_word(before, ",")
            || document.written(before).ends_with("ed")
            || scene.syntax.is_adverb(before);
        if !passes {
            return false;
        }
        at = before;
    }
    false
}

/// Those who are said to have done it.
pub(super) fn perpetrators(
    scene: &Scene,
    list: &List,
    term: &Term,
    verdict: &Verdict,
) -> Vec<Someone<Perpetrator>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let end = scene
        .syntax
        .clause_end(whole.to.saturating_sub(1))
        .min(whole.to + NEAR);
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
    if let Some(someone) = possessor(scene, whole.from) {
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
    let Some(verb) = verb else { return Vec::new() };
    let own = matches!(term.kind, TermKind::Verb);
    let gerund = document.written(verb).ends_with("ing")
        && document.is(verb.saturating_sub(1), Class::Preposition);
    if gerund {
        return Vec::new();
    }
    let subject = if own {
        scene.syntax.near_subject(verb)
    } else {
        scene.syntax.subject(verb)
    };
    subject
        .and_then(|phrase| doer(scene, phrase))
        .into_iter()
        .collect()
}

/// Governing words that say what befell others by no one's name: `expose them to`.
fn befalls_object(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    words.tokens().any(|at| {
        document.is_any(
            at,
            &[
                "expose",
                "exposed",
                "exposes",
                "condemn",
                "condemned",
                "condemns",
                "concern",
                "concerns",
                "concerned",
                "troubled",
                "deplore",
                "document",
                "documented",
                "documents",
                "report",
                "reported",
                "including",
                "like",
                "such",
                "examined",
                "victims",
                "cases",
            ],
        )
    })
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
            let words = document.trimmed(words);
            if let Some(state) = scene.syntax.government_of(words) {
                let reference = scene.syntax.names.reference(state);
                let us = reference.key.as_deref() == Some("state:US");
                return (!us).then(|| someone(reference, words, false));
            }
            let official = words.tokens().any(|at| {
                document.is(at, Class::Government)
                    || document.is_any(
                        at,
                        &[
                            "police",
                            "forces",
                            "guards",
                            "soldiers",
                            "agents",
                            "military",
                            "army",
                            "militia",
                            "militias",
                            "traffickers",
                            "groups",
                            "troops",
                            "officers",
                            "rebels",
                        ],
                    )
            });
            let whole = !document.is(words.to.saturating_sub(1), Class::Preposition);
            (official && whole).then(|| {
                let reference = EntityRef {
                    kind: EntityKind::Organisation,
                    name: without_determiner(document, words),
                    key: None,
                    record: None,
                };
                someone(reference, words, false)
            })
        }
    }
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
    let mention = scene
        .syntax
        .names
        .within(Stretch::new(mark.saturating_sub(10), mark))
        .iter()
        .rev()
        .find(|mention| mention.tokens.to == mark)?;
    doer(
        scene,
        Phrase::Entity(mention.entity, mention.tokens, mention.form),
    )
}

/// Where: a place or state after `in`, `at`, `from` … behind the term, or in its clause.
pub(super) fn place(scene: &Scene, list: &List) -> Option<(EntityRef, Stretch)> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let whole = list.stretch();
    let start = scene
        .syntax
        .clause_start(whole.from)
        .max(whole.from.saturating_sub(24));
    let end = scene
        .syntax
        .clause_end(whole.to.saturating_sub(1))
        .min(whole.to + 18);
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
                        &["in", "at", "within", "inside", "across", "throughout"],
                    )
                })
        })
    };
    let mention = located(Stretch::new(whole.to, end))
        .or_else(|| located(Stretch::new(start, whole.from)))?;
    Some((names.reference(mention.entity), mention.tokens))
}
