//! The one person whom `he` or `she` stands for, weighed among those told of before.
//!
//! Invariant: whoever is meant is told of before the pronoun, in its passage or the one before, and is not
//! known to be of the other sex. Of several, the nearer sentence counts most, then the place in it: who is
//! behind a preposition, holds an office or speaks for another is less likely to be whom something befell.

use super::Scene;
use super::people::{people, phrase_start};
use super::subjects::behind_preposition;
use crate::lexicon::{Class, Table};
use crate::names::Mention;
use crate::text::Stretch;
use model::{EntityKind, Victim};

/// How many words back people are looked for by a noun.
const BACK: u32 = 90;

/// How many mentions back people are looked for by name.
const MENTIONS: usize = 16;

/// What a sentence between costs.
const SENTENCE: u32 = 3;

/// Who is meant.
pub(super) enum Somebody {
    /// By name.
    Named(u32),
    /// By words.
    Told(Victim),
}

/// One who may be meant: what speaks against it, where its words begin, and who it is.
struct Candidate {
    against: u32,
    from: u32,
    who: Somebody,
}

/// The person whom the pronoun at `at` stands for.
pub(super) fn antecedent(scene: &Scene, at: u32) -> Option<Somebody> {
    let mut candidates = by_name(scene, at);
    candidates.extend(by_noun(scene, at));
    candidates.extend(teller(scene, at));
    let best = candidates
        .into_iter()
        .min_by_key(|it| (it.against, std::cmp::Reverse(it.from)))?;
    Some(best.who)
}

/// The token with which the passage before begins.
fn floor(scene: &Scene, at: u32) -> u32 {
    let document = scene.syntax.document;
    let block = document.block_number(at);
    let passage = document.blocks.get(block.saturating_sub(1) as usize);
    passage.map_or(0, |block| block.tokens.from)
}

/// The sentences between two tokens, weighed.
fn distance(scene: &Scene, from: u32, at: u32) -> u32 {
    let document = scene.syntax.document;
    let far = document.sentence_number(at)
        - document
            .sentence_number(from)
            .min(document.sentence_number(at));
    far.min(20) * SENTENCE
}

/// Those named before, each by the last mention.
fn by_name(scene: &Scene, at: u32) -> Vec<Candidate> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let sex = sex(scene, at);
    let floor = floor(scene, at);
    // `“They shot him,” she said`: who speaks is not whom they speak of.
    let told = scene.speech.at(at);
    let speaker = told.and_then(|told| Some((told.direct, told.speaker.as_ref()?.entity?)));
    let mut seen = Vec::new();
    let mut found = Vec::new();
    let end = names.mentions.partition_point(|it| it.tokens.to <= at);
    for mention in names.mentions[..end].iter().rev().take(MENTIONS) {
        let entity = names.entity(mention);
        let person = entity.kind == EntityKind::Person;
        let fits = (entity.sex.as_ref()).is_none_or(|(known, _)| known == sex);
        if !person || !fits || mention.tokens.from < floor || seen.contains(&mention.entity) {
            continue;
        }
        seen.push(mention.entity);
        if speaker == Some((true, mention.entity)) || is_kin_of(scene, at, mention) {
            continue;
        }
        let once = names.times.get(mention.entity as usize) == Some(&1);
        let before = mention.outer.from.checked_sub(1);
        let governed = before.is_some_and(|it| document.is(it, Class::Preposition));
        let owns = document.is_word(mention.tokens.to, "'s");
        let mut against = distance(scene, mention.tokens.from, at);
        against += 8 * u32::from(governed && entity.sex.is_none() && once) + u32::from(owns);
        // `One man told Harbour Wire that he was sold`
        let listens = before.is_some_and(|it| {
            let one = Stretch::new(it, it + 1);
            !document.hits_in(Table::Speech, one).is_empty()
        });
        against += 5 * u32::from(entity.unnamed) + 4 * u32::from(listens);
        found.push(Candidate {
            against,
            from: mention.tokens.from,
            who: Somebody::Named(mention.entity),
        });
    }
    found
}

/// Who says so without a name: `A radio reporter testified that he had been locked up`.
fn teller(scene: &Scene, at: u32) -> Option<Candidate> {
    let document = scene.syntax.document;
    let told = scene.speech.at(at).filter(|told| !told.direct)?;
    let speaker = told.speaker.as_ref().filter(|it| it.entity.is_none())?;
    let last = speaker.words.to.checked_sub(1)?;
    let person = speaker.reference.kind == EntityKind::Person;
    let (own, other) = nouns(scene, at);
    let of_other =
        (speaker.words.tokens()).any(|it| document.is(it, other) && !document.is(it, own));
    let official = document.is(last, Class::Official) || document.is(last, Class::Armed);
    if !person || of_other || official || speaker.words.to > at {
        return None;
    }
    let mut against = distance(scene, last, at);
    against += u32::from(document.is(speaker.words.from, Class::Possessive));
    Some(Candidate {
        against,
        from: speaker.words.from,
        who: Somebody::Told(Victim {
            who: speaker.reference.clone(),
            number: None,
            characteristics: Vec::new(),
        }),
    })
}

/// The nouns of the pronoun's sex, and of the other.
fn nouns(scene: &Scene, at: u32) -> (Class, Class) {
    match sex(scene, at) == "female" {
        true => (Class::FemaleNoun, Class::MaleNoun),
        false => (Class::MaleNoun, Class::FemaleNoun),
    }
}

/// Those whom a noun in the singular tells of: `a student`, `the girl`, `her brother`.
fn by_noun(scene: &Scene, at: u32) -> Vec<Candidate> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let floor = floor(scene, at).max(at.saturating_sub(BACK));
    let (own, other) = nouns(scene, at);
    let mut found = Vec::new();
    for noun in (floor..at).rev() {
        let of_sex = document.is(noun, own);
        let someone = || {
            let one = Stretch::new(noun, noun + 1);
            let hits = document.hits_in(Table::Group, one);
            let written = document.written(noun);
            let singular = !written.ends_with('s') && !document.is(noun, Class::PersonNoun);
            singular
                && !document.is(noun, other)
                && hits.iter().any(|hit| hit.tokens.to == noun + 1)
        };
        if document.is_capital(noun) || names.at(noun).is_some() || names.at(noun + 1).is_some() {
            continue;
        }
        let same = document.sentence_number(noun) == document.sentence_number(at);
        // In a document about one person another is meant only where it was told of just now.
        let about_another = names.central.is_some() && !same;
        // `As a child he was made to work`
        let as_one = noun >= 2
            && document.is_any(noun - 2, &["as"])
            && document.is(noun - 1, Class::Determiner);
        if about_another || as_one {
            continue;
        }
        let by_sex = of_sex && is_told(scene, noun, own);
        if !(by_sex || someone() && is_one(scene, noun, floor)) {
            continue;
        }
        let from = phrase_start(document, floor, noun);
        let Some(victim) = people(scene, from, noun + 1) else {
            continue;
        };
        let power = document.is(noun, Class::Armed)
            || document.is(noun, Class::Official)
            || document.is(noun, Class::Government);
        let mut against = distance(scene, noun, at);
        against += 2 * u32::from(behind_preposition(scene, from, floor));
        against += 4 * u32::from(power) + 2 * u32::from(!of_sex);
        found.push(Candidate {
            against,
            from: noun,
            who: Somebody::Told(victim.value),
        });
    }
    found
}

/// Whether a noun of a sex tells of one person: behind an article, an adjective of age, or whose they are.
fn is_told(scene: &Scene, noun: u32, class: Class) -> bool {
    let document = scene.syntax.document;
    noun.checked_sub(1).is_some_and(|before| {
        document.is(before, Class::Determiner)
            || document.is_any(before, &["young", "old", "elderly", "one", "my", "our", "younger", "elder"])
            // `arrested her brother and beat him`
            || document.is(before, Class::Possessive)
                && (class == Class::FemaleNoun) == document.is_any(before, &["his"])
    })
}

/// Whether an article or a possessive stands before a noun, over adjectives.
fn is_one(scene: &Scene, noun: u32, floor: u32) -> bool {
    let document = scene.syntax.document;
    (noun.saturating_sub(3).max(floor)..noun)
        .rev()
        .any(|at| document.is_any(at, &["a", "an", "one", "the", "my", "our", "another"]))
}

fn sex(scene: &Scene, at: u32) -> &'static str {
    match scene.syntax.document.is_any(at, &["she", "her"]) {
        true => "female",
        false => "male",
    }
}

/// `His lawyer, X, said that he had been beaten`, `X, a colleague of Y, said that she …`: X speaks of
/// whomever `his` means, and of Y.
fn is_kin_of(scene: &Scene, at: u32, mention: &Mention) -> bool {
    let document = scene.syntax.document;
    let told = scene.speech.at(at).filter(|told| !told.direct);
    let speaker = told.and_then(|told| told.speaker.as_ref());
    speaker.is_some_and(|speaker| {
        let role = speaker.role.map_or(speaker.words.from, |role| role.from);
        let first = role.min(speaker.words.from);
        let end = mention.tokens.to;
        let of_another = document.is_word(end, ",")
            && (end + 1..end + 4).any(|it| {
                document.is_word(it + 1, "of")
                    && (document.is(it, Class::PersonNoun)
                        || document.is_any(it, &["colleague", "friend", "lawyer", "cousin"]))
            });
        let of_them = document.is_any(first, &["his", "her"]);
        speaker.entity == Some(mention.entity) && (of_them || of_another)
    })
}
