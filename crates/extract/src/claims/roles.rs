//! Who suffered, where the words right beside the act do not say: looked for in the
//! rest of its clause, in the order in which a reader would.
//!
//! Invariant: everybody named here stands in the same sentence or in the demand it is part of; what
//! is found by nearness alone is *inferred*.

use super::Scene;
use super::attribution::speaks;
use super::judge::Verdict;
use super::people::{Someone, by_words, people, phrase_start};
use super::pronouns::pronoun;
use super::subjects::{at_token, behind_preposition};
use super::terms::{List, Term};
use super::victims::{befalls_subject, is_passive, owner};
use crate::lexicon::{Class, Effect, Table, TermKind};
use crate::syntax::Phrase;
use crate::text::{Document, Stretch};
use model::{EntityKind, Perpetrator, Victim};

/// How many words off in the clause somebody may stand.
pub(super) const REACH: u32 = 24;

/// The most words of a noun phrase that names those who suffered.
const LONGEST: u32 = 12;

/// The type that is a judgement in law on many acts.
const LEGAL: &str = "crimes-against-humanity";

/// Types that judge a whole situation: nobody suffers them by standing near.
const QUALITIES: [&str; 3] = ["gross", "systematic", "widespread"];

/// Those who suffered by other words of the clause than those beside the act.
pub(super) fn sufferers(
    scene: &Scene,
    list: &List,
    term: &Term,
    verdict: &Verdict,
    done_by: &[Someone<Perpetrator>],
) -> Option<Someone<Victim>> {
    let teller = teller(scene, verdict);
    let fits = |someone: &Someone<Victim>| {
        let mut doers = done_by.iter();
        !speaks(scene, term, someone.words)
            && !tells(scene, someone.words)
            && teller.is_none_or(|teller| !teller.overlaps(someone.words))
            && doers.all(|doer| {
                !doer.words.overlaps(someone.words) && doer.value.who.name != someone.value.who.name
            })
    };
    linked(scene, list, term)
        .filter(fits)
        .or_else(|| before_where(scene, term).filter(fits))
        .or_else(|| subject(scene, term).filter(fits))
        .or_else(|| object(scene, term).filter(fits))
        .or_else(|| owner(scene, term).filter(fits))
        .or_else(|| nearest(scene, list, term, fits))
}

/// The people whose place a clause with `where` tells of: `members of minorities in the region, where
/// the authorities commit …`.
fn before_where(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let start = scene.syntax.clause_start(term.tokens.from);
    let comma = start.checked_sub(1)?;
    if !document.is_word(start, "where") || !document.is_word(comma, ",") {
        return None;
    }
    let sentence = document.sentence(start).tokens;
    let floor = sentence.from.max(comma.saturating_sub(6));
    let place = (floor..comma)
        .rev()
        .find(|&at| document.is_any(at, &["in", "from", "of"]))?;
    let near = Stretch::new(floor, place);
    let noun = [Table::Group, Table::National].iter().find_map(|&table| {
        let hits = document.hits_in(table, near);
        hits.iter().rev().find(|hit| hit.tokens.to == place)
    })?;
    let from = phrase_start(document, sentence.from, noun.tokens.from);
    people(scene, from, place)
}

/// The words of whoever finds, fears, denies or lists the act: the subject of the verb that governs
/// it, unless that verb says that it befell its subject.
fn teller(scene: &Scene, verdict: &Verdict) -> Option<Stretch> {
    let governor = verdict.governor?;
    let befell = matches!(governor.effect, Effect::Fact | Effect::Deprived);
    if befell || befalls_subject(scene, governor.tokens) {
        return None;
    }
    let subject = scene.syntax.subject(governor.tokens.from)?;
    Some(subject.stretch())
}

/// Whether the words are the subject of a verb of speech, of finding or of seeing: `They listed`,
/// `the commission concludes`, `he witnessed`.
fn tells(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    let verb = (words.to..words.to + 4).find(|&at| {
        !scene.syntax.is_adverb(at)
            && !document.is(at, Class::Auxiliary)
            && !document.is(at, Class::Be)
    });
    verb.is_some_and(|verb| {
        let here = Stretch::new(verb, verb + 1);
        let speech = document.hits_in(Table::Speech, here);
        let passive = (words.to..verb).any(|at| document.is(at, Class::Be));
        let found = document.is(verb, Class::Finding) || document.is(verb, Class::Perceiving);
        !passive && (found || !speech.is_empty())
    })
}

/// Whom the words right behind the act name: `the transfer of 40 men`, `persecution of the media`.
fn linked(scene: &Scene, list: &List, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let to = [term.tokens.to, list.stretch().to]
        .into_iter()
        .find(|&to| {
            document.is_any(to, &["of", "against", "on"]) || document.is_word(to - 1, "of")
        })?;
    let from = to + u32::from(!document.is_word(to - 1, "of"));
    group(scene, scene.syntax.phrase_at(from)?)
}

/// The subject of a predicate that it befalls.
fn subject(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    if !matches!(term.kind, TermKind::Verb | TermKind::Clause) {
        return None;
    }
    let entry = &document.lexicon.violations[term.violation as usize];
    let befalls = entry.subject || is_passive(scene, term.tokens.from);
    if !befalls {
        return None;
    }
    group(scene, scene.syntax.subject(term.tokens.from)?)
}

/// The object right behind an active verb.
fn object(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let active = term.kind == TermKind::Verb && !is_passive(scene, term.tokens.from);
    let phrase = active.then(|| scene.syntax.phrase_at(term.tokens.to))??;
    group(scene, phrase)
}

/// Words as the group, person or body that they name, also a newspaper or a community.
fn group(scene: &Scene, phrase: Phrase) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let words = match phrase {
        Phrase::Pronoun(at) if document.is_word(at, "it") => return None,
        Phrase::Pronoun(at) => return Some(pronoun(scene, at)),
        Phrase::Entity(entity, words, _) => {
            let record = &scene.syntax.names.entities[entity as usize];
            let person = record.is_named_person();
            let body = record.kind == EntityKind::Organisation;
            return (person || body)
                .then(|| Someone::of(scene.syntax.names.reference(entity), words));
        }
        Phrase::Words(words) => without_verb(document, document.trimmed(words)),
    };
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    if let Some(found) = people(scene, words.from, words.to)
        && !is_power(scene, found.words)
    {
        return Some(found);
    }
    let head = scene.syntax.head(words).unwrap_or(words.to - 1);
    if document.is_number(head) || inquires(document, head) {
        return None;
    }
    let counted = words.tokens().take(3).any(|at| {
        document.is(at, Class::Count)
            || document.is(at, Class::RoundNumber)
            || document.is_number(at)
    });
    let body = document.is(head, Class::BodyNoun) || document.is(head, Class::Befallen);
    let meant = scene.syntax.is_people(phrase) || counted || body;
    (meant && !is_power(scene, words)).then(|| by_words(document, words, EntityKind::Group))
}

/// Words without what belongs to the verb before them: `and detained government leaders`.
fn without_verb(document: &Document, words: Stretch) -> Stretch {
    if !document.is(words.from, Class::Conjunction) {
        return words;
    }
    let verb = document.written(words.from + 1).ends_with("ed") && words.len() > 2;
    Stretch::new(words.from + 1 + u32::from(verb), words.to)
}

/// Whether a noun is one of those who find out, or of what they write: they tell of it, and neither
/// did nor suffered it.
pub(super) fn inquires(document: &Document, head: u32) -> bool {
    document.is(head, Class::FindingBody)
        || document.is(head, Class::Inquiry)
        || document.is(head, Class::DocumentNoun)
}

/// Whether words name those who use force or govern.
pub(super) fn is_power(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    let head = scene.syntax.head(words).unwrap_or(words.to - 1);
    document.is(head, Class::Armed) || document.is(head, Class::Government)
}

/// The people nearest in the clause who do not speak: those before first, as a subject stands.
fn nearest(
    scene: &Scene,
    list: &List,
    term: &Term,
    fits: impl Fn(&Someone<Victim>) -> bool,
) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let whole = list.stretch();
    let start = scene.syntax.near_clause_start(whole.from, REACH);
    let end = scene.syntax.near_clause_end(whole.to, REACH);
    let at_or_object = |at: u32, floor: u32, to: u32| {
        let object = document.is_any(at, &["him", "her", "them", "us", "me"])
            && at > floor
            && !document.is(at - 1, Class::Preposition);
        match object {
            true => Some((pronoun(scene, at), at)),
            false => at_token(scene, at, floor, to),
        }
    };
    let nobody = |at: u32| {
        document.is_any(at, &["nobody", "none", "neither", "no", "you"])
            || document.is(at, Class::FirstPerson)
    };
    let code = document.lexicon.violations[term.violation as usize]
        .code
        .as_str();
    let whole_situation = term.kind == TermKind::Quality || QUALITIES.contains(&code);
    if whole_situation || term.kind == TermKind::Right {
        return None;
    }
    let own_act = term.kind == TermKind::Act
        || term.kind == TermKind::Clause && !is_passive(scene, term.tokens.from);
    let before: Vec<_> = (start..whole.from)
        .rev()
        .filter(|&at| !nobody(at) && !nobody(at.saturating_sub(1)))
        .take_while(|&at| !(term.kind == TermKind::Act && document.is(at, Class::Subordinator)))
        .filter_map(|at| at_or_object(at, start, whole.from))
        .filter(|(someone, _)| !is_power(scene, someone.words) && fits(someone))
        .filter(|(someone, from)| {
            !(own_act && does(scene, someone.words)
                || from
                    .checked_sub(1)
                    .is_some_and(|at| document.is_word(at, "by")))
        })
        .take(6)
        .collect();
    let as_subject = before
        .iter()
        .position(|(_, from)| !behind_preposition(scene, *from, start));
    // `attacked them for their support for the leaders`: part of another phrase.
    let aside = |from: u32| {
        (from.saturating_sub(6).max(whole.to)..from)
            .any(|at| document.is_word(at, "for") && document.is(at + 1, Class::Possessive))
    };
    let behind = || {
        (whole.to..end)
            .filter(|&at| !document.is_any(at, &["he", "she", "they", "we", "i", "you"]))
            .filter(|&at| !nobody(at))
            .find_map(|at| at_token(scene, at, whole.to, end).filter(|(it, _)| fits(it)))
            .filter(|(_, from)| !aside(*from))
            .filter(|(someone, _)| !is_power(scene, someone.words))
    };
    let mut before = before;
    let (found, _) = match as_subject {
        Some(at) => before.swap_remove(at),
        None => behind().or_else(|| before.into_iter().next())?,
    };
    // `crimes against humanity … may include him`: one person does not suffer them by standing near.
    if code == LEGAL && found.value.who.kind == EntityKind::Person {
        return None;
    }
    Some(Someone {
        inferred: true,
        ..found
    })
}

/// Whether the words are the subject of an active verb by which nothing befalls them: `mayors have
/// organised`, `the minister is taking`.
fn does(scene: &Scene, words: Stretch) -> bool {
    let document = scene.syntax.document;
    let next = |from: u32| (from..from + 3).find(|&at| !scene.syntax.is_adverb(at));
    let Some(helper) = next(words.to) else {
        return false;
    };
    let Some(verb) = next(helper + 1) else {
        return false;
    };
    let befalls = document.is(verb, Class::BefallsSubject)
        || document.is_any(
            verb,
            &["died", "disappeared", "vanished", "lost", "starved"],
        );
    let written = document.written(verb);
    let perfect = document.is_any(helper, &["has", "have", "had"])
        && (written.ends_with("ed") || document.is(verb, Class::Past))
        && !document.is(verb, Class::Be);
    let progressive = document.is(helper, Class::Be)
        && written.ends_with("ing")
        && !document.is_word(verb, "being");
    (perfect || progressive) && !befalls
}
