//! Whom a pronoun in a clause means.
//!
//! Invariant: a pronoun is resolved only to people named before it in the passage or the one before,
//! and stays a pronoun otherwise.

use super::Scene;
use super::people::{Someone, people, phrase_start};
use crate::lexicon::{Class, Table};
use crate::names::Mention;
use crate::text::Stretch;
use model::{EntityKind, EntityRef, Victim};

/// Words from which people named by a common noun are looked for behind a pronoun.
const BACK: u32 = 60;

/// People whom a pronoun means: the person, or the group, named last before it.
pub(super) fn pronoun(scene: &Scene, at: u32) -> Someone<Victim> {
    let document = scene.syntax.document;
    let words = Stretch::new(at, at + 1);
    let plural = document.is_any(at, &["they", "them", "we", "us", "their"]);
    let own = document.is_any(at, &["i", "me", "we", "us"]);
    let meant = match (own, plural) {
        (true, _) => None,
        (false, true) => several(scene, at),
        (false, false) => one(scene, at),
    };
    let value = meant.unwrap_or_else(|| Victim {
        who: EntityRef::as_written(
            if plural {
                EntityKind::Group
            } else {
                EntityKind::Person
            },
            document.written(at),
        ),
        number: None,
        characteristics: Vec::new(),
    });
    Someone {
        value,
        words,
        inferred: !own,
    }
}

/// The person whom `he` or `she` means: by name, or by a noun that tells the sex and stands nearer.
fn one(scene: &Scene, at: u32) -> Option<Victim> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let named = names.mention_before(document, at);
    let named = named.filter(|mention| !is_kin_of(scene, at, mention));
    // `“They shot him,” she said`: who speaks is not whom they speak of.
    let speaker = scene.speech.at(at).filter(|told| told.direct);
    let speaker = speaker.and_then(|told| told.speaker.as_ref()?.entity);
    let named = named.filter(|mention| Some(mention.entity) != speaker);
    let block = document.block_number(at);
    let passage = document.blocks.get(block.saturating_sub(1) as usize);
    let floor = passage
        .map_or(0, |block| block.tokens.from)
        .max(at.saturating_sub(BACK))
        .max(named.map_or(0, |mention| mention.tokens.to));
    let class = match document.is_any(at, &["she", "her"]) {
        true => Class::FemaleNoun,
        false => Class::MaleNoun,
    };
    let noun = (floor..at).rev().find(|&noun| {
        document.is(noun, class)
            && names.at(noun + 1).is_none()
            && noun.checked_sub(1).is_some_and(|before| {
                document.is(before, Class::Determiner)
                    || document.is_any(before, &["young", "old", "elderly", "one", "my", "our"])
                    // `arrested her brother and beat him`
                    || document.is(before, Class::Possessive)
                        && (class == Class::FemaleNoun) == document.is_any(before, &["his"])
            })
    });
    let same = |noun: u32| document.sentence_number(noun) == document.sentence_number(at);
    let noun = noun.filter(|&noun| names.central.is_none() || same(noun));
    if let Some(noun) = noun {
        let from = phrase_start(document, floor, noun);
        return people(scene, from, noun + 1).map(|someone| someone.value);
    }
    let entity = named.map(|mention| mention.entity).or_else(|| {
        let central = names.central?;
        let sex = names.entities[central as usize].sex.as_ref();
        let other = match class {
            Class::FemaleNoun => "male",
            _ => "female",
        };
        sex.is_none_or(|(known, _)| known != other)
            .then_some(central)
    })?;
    Some(Victim {
        who: names.reference(entity),
        number: None,
        characteristics: Vec::new(),
    })
}

/// `His lawyer, X, said that he had been beaten`: X speaks of whoever `his` means.
fn is_kin_of(scene: &Scene, at: u32, mention: &Mention) -> bool {
    let document = scene.syntax.document;
    let told = scene.speech.at(at).filter(|told| !told.direct);
    told.and_then(|told| told.speaker.as_ref())
        .is_some_and(|speaker| {
            let role = speaker.role.map_or(speaker.words.from, |role| role.from);
            let first = role.min(speaker.words.from);
            speaker.entity == Some(mention.entity) && document.is_any(first, &["his", "her"])
        })
}

/// The people whom `they` means: those counted among others in the same sentence (`Some of them said
/// that they …`), or the group named last.
fn several(scene: &Scene, at: u32) -> Option<Victim> {
    let document = scene.syntax.document;
    let sentence = document.sentence(at).tokens;
    let floor = sentence.from.max(at.saturating_sub(BACK));
    let counted = (floor..at).rev().find(|&count| {
        document.is(count, Class::Count)
            && document.is_word(count + 1, "of")
            && document.is_any(count + 2, &["them", "those", "us", "the"])
            && count + 2 < at
    });
    if let Some(count) = counted {
        let words = Stretch::new(count, count + 3);
        return Some(Victim {
            who: EntityRef::as_written(EntityKind::Group, document.words(words)),
            number: None,
            characteristics: Vec::new(),
        });
    }
    let block = document.block_number(at);
    let start = document
        .blocks
        .get(block.saturating_sub(1) as usize)
        .map_or(0, |block| block.tokens.from);
    let reach = Stretch::new(start.max(at.saturating_sub(160)), at);
    let groups = document.hits_in(Table::Group, reach).iter();
    let nationals = document.hits_in(Table::National, reach).iter();
    // `their leaders threw them in prison`: the object is another than the subject.
    let subject = (document.is_word(at, "them") && at > sentence.from)
        .then(|| scene.syntax.near_subject(at - 1))
        .flatten();
    let mut before: Vec<_> = groups
        .chain(nationals)
        .filter(|hit| hit.tokens.to < at)
        .filter(|hit| subject.is_none_or(|it| !it.stretch().overlaps(hit.tokens)))
        .collect();
    before.sort_by_key(|hit| std::cmp::Reverse(hit.tokens.from));
    // `the commissioners … their chair, Mr. X`: one person is not whom `they` means.
    before.into_iter().find_map(|hit| {
        people(scene, hit.tokens.from, hit.tokens.to)
            .map(|someone| someone.value)
            .filter(|victim| victim.who.kind == EntityKind::Group)
    })
}
