//! Whom a pronoun in a clause means.
//!
//! Invariant: a pronoun is resolved only to people named before it in the passage or the one before,
//! and stays a pronoun otherwise.

use super::Scene;
use super::antecedents::{Somebody, antecedent};
use super::people::{Someone, people};
use crate::lexicon::{Class, Table};
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

/// The person whom `he` or `she` means: by name, or by a noun that tells of one.
fn one(scene: &Scene, at: u32) -> Option<Victim> {
    let names = scene.syntax.names;
    if let Some(somebody) = antecedent(scene, at) {
        return match somebody {
            Somebody::Named(entity) => Some(named(scene, entity)),
            Somebody::Told(victim) => Some(victim),
        };
    }
    let central = names.central?;
    let sex = names.entities[central as usize].sex.as_ref();
    let female = scene.syntax.document.is_any(at, &["she", "her"]);
    let other = if female { "male" } else { "female" };
    (sex.is_none_or(|(known, _)| known != other)).then(|| named(scene, central))
}

fn named(scene: &Scene, entity: u32) -> Victim {
    Victim {
        who: scene.syntax.names.reference(entity),
        number: None,
        characteristics: Vec::new(),
    }
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
    let verb_before = at > sentence.from && !document.is_word(at - 1, "of");
    let subject = (document.is_word(at, "them") && verb_before)
        .then(|| scene.syntax.near_subject(at - 1))
        .flatten();
    let mut before: Vec<_> = groups
        .chain(nationals)
        .filter(|hit| hit.tokens.to < at)
        .filter(|hit| subject.is_none_or(|it| !it.stretch().overlaps(hit.tokens)))
        .collect();
    before.sort_by_key(|hit| {
        // `several hundred people, women in their majority, …`: an aside on those named before it.
        let lead = hit.tokens.from.saturating_sub(1);
        let aside = document.is_word(lead, ",")
            && (hit.tokens.to..hit.tokens.to + 5).any(|it| document.is_word(it, ","))
            && (hit.tokens.to..hit.tokens.to + 4)
                .any(|it| document.is_any(it, &["their", "them", "included", "alike"]));
        (aside, std::cmp::Reverse(hit.tokens.from))
    });
    // `the commissioners … their chair, Mr. X`: one person is not whom `they` means.
    before.into_iter().find_map(|hit| {
        people(scene, hit.tokens.from, hit.tokens.to)
            .map(|someone| someone.value)
            .filter(|victim| victim.who.kind == EntityKind::Group)
    })
}
