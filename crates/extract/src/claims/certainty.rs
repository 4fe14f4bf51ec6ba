//! Whether a clause speaks of somebody and some place in particular, or of anybody and anything.
//!
//! Invariant: naming the state whose own policy the document sets out makes nothing particular.

use super::Scene;
use super::governors::LEFT;
use super::judge::verdict;
use super::participles::{has_object, is_result, own_subject};
use super::people::people;
use super::terms::Term;
use super::{doers, victims};
use crate::lexicon::{Class, Table};
use crate::syntax::Phrase;
use crate::text::Stretch;
use model::{EntityKind, Modality};

/// Whether the clause names somebody or some place, or counts the victims.
pub(super) fn certain(scene: &Scene, whole: Stretch) -> bool {
    let document = scene.syntax.document;
    let start = scene.syntax.near_clause_start(whole.from, LEFT);
    specific(scene, whole)
        || (start..whole.from).any(|at| {
            crate::numbers::number_at(document, at).is_some_and(|number| {
                number.value >= 1_000_000
                    && !document
                        .hits_in(
                            Table::Group,
                            Stretch::new(number.tokens.to, number.tokens.to + 2),
                        )
                        .is_empty()
            })
        })
}

/// Whether the clause says whose act it is, whom it befalls or where.
pub(super) fn specific(scene: &Scene, whole: Stretch) -> bool {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let end = scene.syntax.near_clause_end(whole.to, 14);
    let behind = Stretch::new(whole.to, end);
    let start = scene.syntax.near_clause_start(whole.from, LEFT);
    let ahead = Stretch::new(start, whole.from);
    let own = scene.voices.at(document, whole.from);
    let is_own = |entity: u32| {
        let entity = &names.entities[entity as usize];
        entity.key.as_deref() == Some("state:US")
            || own
                .as_ref()
                .is_some_and(|own| own.reference.name == entity.name)
    };
    let named = |stretch: Stretch, persons: bool| {
        names.within(stretch).iter().any(|mention| {
            let kind = names.entity(mention).kind;
            let counts = kind == EntityKind::State
                || kind == EntityKind::Person && persons
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
            && !document.is_capital(at)
            && !document.is_any(
                at.saturating_sub(1),
                &["a", "any", "our", "foreign", "other"],
            )
    });
    let foreign_people = document
        .hits_in(Table::National, Stretch::new(start, end))
        .iter()
        .any(|hit| !is_us(scene, hit.entry));
    let foreign_adjective = document
        .hits_in(Table::Adjective, ahead)
        .iter()
        .any(|hit| !is_us(scene, hit.entry));
    named(behind, true)
        || named(whole, true)
        || people_behind && !is_generic(scene, whole)
        || named(ahead, !names.general)
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
pub(super) fn is_generic(scene: &Scene, whole: Stretch) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(whole.from).tokens;
    let own = sentence
        .tokens()
        .take(80)
        .any(|at| document.is(at, Class::OwnPolicy));
    own || document.is_any(whole.to, &["against"])
}

/// `all those who are wrongfully held`: whoever it may be, nobody in particular.
pub(super) fn is_universal(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let start = scene.syntax.near_clause_start(verb, 16);
    (start..verb).any(|at| document.is(at, Class::Anyone))
}

/// `whoever spreads them`, and in the present tense `those who are sent back`: a predicate of nobody
/// in particular. What is told in the past has happened to somebody.
pub(super) fn is_generic_predicate(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let start = scene.syntax.near_clause_start(verb, 16);
    let conditional = (start..verb).any(|at| document.is(at, Class::Conditional));
    let anyone = (start..verb)
        .any(|at| document.is(at, Class::Anyone) && !document.is_any(at, &["who", "when"]));
    conditional || anyone && !is_past(scene, verb)
}

/// Whether a verb tells of the past: by a helper, or by its own form without one.
pub(super) fn is_past(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let start = scene.syntax.verb_group_start(verb);
    let mut helpers = (start..verb)
        .filter(|&at| document.is(at, Class::Auxiliary))
        .peekable();
    if helpers.peek().is_some() {
        return helpers
            .any(|at| document.is_any(at, &["was", "were", "had", "been", "has", "have"]));
    }
    let written = document.written(verb);
    !(written.ends_with('s') || written.ends_with("ing") || document.is(verb, Class::Modal))
}

/// `when a government commits …`: any one, not a certain one.
pub(super) fn is_any_government(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let Some(Phrase::Words(words)) = scene.syntax.near_subject(verb) else {
        return false;
    };
    document.is_any(words.from, &["a", "an", "any", "every", "no"])
        && words
            .tokens()
            .any(|at| document.is(at, Class::Government) || document.is(at, Class::PersonNoun))
}

/// Whether the clause of a verb names a person as the one who suffered.
pub(super) fn names_person(scene: &Scene, term: &Term) -> bool {
    victims::victims(scene, term, &verdict(Modality::Alleged, None))
        .iter()
        .any(|someone| someone.value.who.kind == EntityKind::Person)
}

/// Whether the clause of a verb says whom it befell.
pub(super) fn has_victim(scene: &Scene, term: &Term) -> bool {
    !victims::victims(scene, term, &verdict(Modality::Alleged, None)).is_empty()
        || victims::owner(scene, term).is_some()
}

/// Whether the clause of a verb names a victim or a perpetrator.
pub(super) fn has_participant(scene: &Scene, term: &Term) -> bool {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let start = scene.syntax.near_clause_start(term.tokens.from, 18);
    let end = scene.syntax.near_clause_end(term.tokens.to, 12);
    let clause = Stretch::new(start, end);
    let people = !document.hits_in(Table::Group, clause).is_empty()
        || !document.hits_in(Table::National, clause).is_empty()
        || clause.tokens().any(|at| {
            document.is_any(
                at,
                &[
                    "they", "them", "he", "she", "him", "i", "me", "we", "us", "his", "her", "my",
                ],
            ) || document.is(at, Class::PersonNoun)
        });
    people
        || names
            .within(clause)
            .iter()
            .any(|mention| names.entity(mention).kind == EntityKind::Person)
}

/// Whether the verb is a predicate, not a participle behind a noun (`Americans held abroad`).
pub(super) fn is_finite(scene: &Scene, term: &Term) -> bool {
    let document = scene.syntax.document;
    let verb = term.tokens.from;
    let start = scene.syntax.verb_group_start(verb);
    if document.lexicon.violations[term.violation as usize].subject {
        return true;
    }
    let helped = (start..verb).any(|at| document.is(at, Class::Auxiliary));
    let object = document.is_any(term.tokens.to, &["them", "him", "her", "me", "us", "you"]);
    let own = own_subject(scene, term);
    let subject = own.is_some_and(|phrase| match phrase {
        Phrase::Pronoun(_) => true,
        // `armed men raped women`, but `Americans held abroad`
        other => {
            doers::doer(scene, other).is_some()
                || scene.syntax.is_people(other) && has_object(scene, term.tokens.to)
        }
    });
    let subject = subject || document.is_any(start.saturating_sub(1), &["who", "which"]);
    // `While beating the students, the officers cursed them`
    let meanwhile = document.written(verb).ends_with("ing")
        && document.is_any(start.saturating_sub(1), &["while", "when"])
        && has_object(scene, term.tokens.to);
    let subject = subject || meanwhile;
    // `a strike on the market killed eleven people`
    let acts = is_result(document, verb) || is_past(scene, verb) && own.is_some();
    let subject = subject || acts && has_people_behind(scene, term.tokens.to);
    helped || object || subject || victims::is_passive(scene, verb)
}

/// Whether the people right before a participle are counted, or some of a number: `among those
/// killed`, `the number of people arrested`.
pub(super) fn is_counted(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let start = scene.syntax.near_clause_start(verb, 6);
    (start..verb).any(|at| document.is_number(at) || document.is_any(at, &["among", "number"]))
}

/// Whether what no one does is the subject, or the agent, of a verb: `an earthquake killed`, `displaced by
/// floods`.
pub(super) fn is_nobodys_doing(scene: &Scene, verb: u32) -> bool {
    let document = scene.syntax.document;
    let cause = |at: &u32| {
        // Not `a flood of refugees`.
        let many = document.is_word(*at + 1, "of") && !document.is_word(*at + 2, "magnitude");
        document.is(*at, Class::NaturalCause) && !many
    };
    let start = scene.syntax.near_clause_start(verb, 12);
    // `after the earthquake soldiers shot looters`
    let none_armed =
        |mut words: std::ops::Range<u32>| words.all(|at| !document.is(at, Class::Armed));
    let before = (start..verb)
        .find(cause)
        .is_some_and(|at| none_armed(at..verb));
    // `killed by floods`, `killed on Tuesday when a lorry skidded`
    let agent = (verb + 1..verb + 4).find(|&at| document.is_any(at, &["by", "when"]));
    let behind = agent.is_some_and(|by| {
        (by..by + 5)
            .find(cause)
            .is_some_and(|at| none_armed(by..at))
    });
    before && !victims::is_passive(scene, verb) || behind
}

/// Whether `by` and somebody stand right behind a participle in a sentence that tells: not `those
/// arrested by the police are entitled to counsel`.
pub(super) fn is_done_by(scene: &Scene, term: &Term) -> bool {
    let document = scene.syntax.document;
    let by = term.tokens.to;
    let told = document.sentence(by).tokens.tokens().all(|at| {
        !document.is(at, Class::Modal) && !document.is_any(at, &["is", "are", "if", "any"])
    });
    let doer = || doers::doer(scene, scene.syntax.phrase_at(by + 1)?);
    told && document.is_word(by, "by") && doer().is_some()
}

/// Whether people stand right behind a verb, as its object.
fn has_people_behind(scene: &Scene, at: u32) -> bool {
    let end = scene.syntax.near_clause_end(at, 6);
    has_object(scene, at) && people(scene, at, end).is_some()
}

/// Whether an infinitive whose `to` stands before `start` is a fact: `continues to`, `began to`.
pub(super) fn goes_on(scene: &Scene, start: u32) -> bool {
    let document = scene.syntax.document;
    let before = start.checked_sub(2);
    // `is used to silence`: no habit, but what something is put to.
    let habit = |at: u32| {
        let put_to = document.is_word(at, "used") && document.is(at.saturating_sub(1), Class::Be);
        document.is(at, Class::Continuing) && !put_to
    };
    // `ordered the soldiers to shoot the farmers`
    let floor = start
        .saturating_sub(8)
        .max(document.sentence(start).tokens.from);
    let ordered = (floor..start)
        .any(|at| document.is_any(at, &["ordered", "commanded", "instructed", "forced"]));
    let to = start.checked_sub(1);
    to.is_some_and(|to| scene.syntax.goes_on(to) || ordered && document.is_word(to, "to"))
        || before.is_some_and(habit)
        || is_used_to(scene, start)
}

/// Whether an infinitive is what something is put to: `misused the law to silence critics`, `an
/// attempt to silence them`.
fn is_used_to(scene: &Scene, start: u32) -> bool {
    let document = scene.syntax.document;
    let sentence = document.sentence(start).tokens;
    let floor = scene.syntax.near_clause_start(start, 10).max(sentence.from);
    let to = start.saturating_sub(1);
    let Some(verb) = (floor..to).rev().find(|&at| document.is(at, Class::Using)) else {
        return false;
    };
    // `used to` is habit, and what ought to be used or will be has not been.
    let group = scene.syntax.verb_group_start(verb);
    let unreal = (group..verb).any(|at| {
        document.is(at, Class::Modal)
            || document.is(at, Class::Negation)
            || document.is(at, Class::Irrealis)
    }) || document.is_word(group.saturating_sub(1), "to");
    let breaks = (verb + 1..to).any(|at| {
        !document.is_plain(at) && !document.is_word(at, ",")
            || document.is(at, Class::Auxiliary)
            || document.is(at, Class::Subordinator)
    });
    let habit = document.is_word(verb, "used") && verb + 1 == to && group == verb;
    !(unreal || breaks || habit)
}

/// `no torture`, `without fear of arrest`.
pub(super) fn is_negated_noun(scene: &Scene, from: u32) -> bool {
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
pub(super) fn is_modifier(scene: &Scene, tokens: Stretch) -> bool {
    let document = scene.syntax.document;
    document.is(tokens.to, Class::Field)
        && document
            .token(tokens.to)
            .is_some_and(|token| token.shape.is_spaced())
}
