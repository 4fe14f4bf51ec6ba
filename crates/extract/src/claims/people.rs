//! People in a clause: as a noun phrase, or as a pronoun resolved to one.
//!
//! Invariant: a pronoun is resolved only to people named before it in the passage or the one before,
//! and stays a pronoun otherwise.

use super::Scene;
use crate::lexicon::{Class, Table};
use crate::names::Mention;
use crate::numbers::{behind_about, end_of_range, number_at, start_of_range};
use crate::syntax::without_determiner;
use crate::text::{Document, Stretch};
use model::{Code, EntityKind, EntityRef, Victim};

/// Somebody in the clause, with the words.
pub(super) struct Someone<T> {
    pub value: T,
    pub words: Stretch,
    pub inferred: bool,
}

impl Someone<Victim> {
    /// One victim, or a group of them, of whom no more is said.
    pub fn of(who: EntityRef, words: Stretch) -> Self {
        Self {
            value: Victim {
                who,
                number: None,
                characteristics: Vec::new(),
            },
            words,
            inferred: false,
        }
    }
}

/// People at or right after a token.
pub(super) fn people(scene: &Scene, from: u32, limit: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    let mut at = behind_about(document, from);
    let mut number = None;
    while at < limit && at - from < 7 {
        if let Some(found) = number_at(document, at)
            && !found.vague
            && !document.is_any(at, &["one", "a", "an"])
        {
            number = Some(found.value / 1_000);
            at = found.tokens.to;
            if let Some(most) = end_of_range(document, at) {
                // `80,000 to 120,000 people`: how many is not one number.
                (number, at) = (None, most);
            }
            if document.is_word(at, "of") && document.is_any(at + 1, &["us", "them", "you"]) {
                let mut someone = pronoun(scene, at + 1);
                someone.value.number = number.and_then(|number| u64::try_from(number).ok());
                someone.words = Stretch::new(found.tokens.from, at + 2);
                return Some(someone);
            }
            continue;
        }
        let named = names.at(at).filter(|mention| {
            let entity = names.entity(mention);
            entity.is_named_person()
        });
        if let Some(mention) = named {
            let theirs = owned(scene, mention, limit);
            return theirs.or_else(|| Some(named_person(scene, mention)));
        }
        let group = [Table::Group, Table::National].iter().find_map(|&table| {
            document
                .hits_in(table, Stretch::new(at, at + 1))
                .first()
                .map(|hit| (table, *hit))
        });
        // `ten members of Mother Nature Cambodia`: a word of a name.
        let in_name = document.is_capital(at)
            && document.is_capital(at + 1)
            && at > document.sentence(at).tokens.from;
        let group = group.filter(|(table, _)| *table != Table::Group || !in_name);
        if let Some((_, hit)) = group
            && let Some(mention) = names.at(hit.tokens.to)
            && names.entity(mention).is_named_person()
        {
            // `the activist Abdullohi Shamsiddin`
            return Some(named_person(scene, mention));
        }
        if let Some((table, hit)) = group {
            // `families of`: the list's own preposition is no part of the name
            let last = hit.tokens.to - 1;
            let to = match hit.tokens.len() > 1 && document.is(last, Class::Preposition) {
                true => last,
                false => hit.tokens.to,
            };
            // `women detainees`
            let next = document
                .hits_in(Table::Group, Stretch::new(to, to + 1))
                .first();
            let to = next.map_or(to, |next| next.tokens.to.min(limit).max(to));
            let to = end_of_kin(scene, to);
            let words = Stretch::new(phrase_start(document, from, hit.tokens.from), to);
            let least = start_of_range(document, words.from);
            number = number.filter(|_| least.is_none());
            let first = least.unwrap_or(words.from);
            let between = document.is_word(first.saturating_sub(1), "between");
            let words = Stretch::new(first.saturating_sub(u32::from(between)), to);
            let characteristic = (table == Table::Group)
                .then(|| {
                    document.lexicon.groups[hit.entry as usize]
                        .characteristic
                        .clone()
                })
                .flatten();
            let mut someone = by_words(document, words, EntityKind::Group);
            someone.value.number = number.and_then(|number| u64::try_from(number).ok());
            someone.value.characteristics = characteristic.map(Code).into_iter().collect();
            return Some(someone);
        }
        let passes = document.is(at, Class::Determiner)
            || document.is(at, Class::Possessive)
            || document.is(at, Class::PeopleModifier)
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

/// `the brother of Ms. Okello`: one past the name of whose kin they are.
fn end_of_kin(scene: &Scene, to: u32) -> u32 {
    let document = scene.syntax.document;
    let kin = document.is(to.saturating_sub(1), Class::PersonNoun) && document.is_word(to, "of");
    let names = scene.syntax.names;
    let owner = names
        .at(to + 1)
        .filter(|mention| kin && names.entity(mention).is_named_person());
    owner.map_or(to, |mention| mention.tokens.to)
}

/// Those who are named by whom they belong to: `Mr. Okello's brother`, `her family and colleagues` are
/// not he or she.
fn owned(scene: &Scene, mention: &Mention, limit: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    if !document.is_word(mention.tokens.to, "'s") {
        return None;
    }
    let from = mention.tokens.to + 1;
    let is_people = |at: u32| {
        let one = Stretch::new(at, at + 1);
        document.is(at, Class::PersonNoun) || !document.hits_in(Table::Group, one).is_empty()
    };
    let noun = (from..limit.min(from + 3))
        .take_while(|&at| document.is_plain(at) && !document.is(at, Class::Preposition))
        .find(|&at| is_people(at))?;
    let mut to = noun + 1;
    if to + 1 < limit && document.is(to, Class::Conjunction) && is_people(to + 1) {
        to += 2;
    }
    let words = Stretch::new(mention.outer.from.min(mention.tokens.from), to);
    Some(by_words(document, words, EntityKind::Group))
}

/// Those whom words describe, without a name of their own.
pub(super) fn by_words(document: &Document, words: Stretch, kind: EntityKind) -> Someone<Victim> {
    let who = EntityRef::as_written(kind, without_determiner(document, words));
    Someone::of(who, words)
}

/// A person by a mention.
pub(super) fn named_person(scene: &Scene, mention: &Mention) -> Someone<Victim> {
    let who = scene.syntax.names.reference(mention.entity);
    Someone::of(who, mention.tokens)
}

/// The first word of a noun phrase whose noun stands at `noun`, not before `floor`: numbers,
/// articles and adjectives belong to it.
pub(super) fn phrase_start(document: &Document, floor: u32, noun: u32) -> u32 {
    let mut from = noun;
    while from > floor {
        let before = from - 1;
        // `allowed its citizens`, `failed the people`: nothing but a word of quantity stands before
        // an article.
        let article =
            document.is_any(from, &["the", "a", "an"]) || document.is(from, Class::Possessive);
        let quantity = document.is_any(before, &["all", "both", "half", "of"]);
        // `counted eleven women`: what ends like an adjective stands behind a number.
        let counts_them = document.is_number(from) && document.written(before).ends_with("ed");
        if article && !quantity || counts_them || is_verb_form(document, before, floor) {
            break;
        }
        let written = document.written(before);
        let adjective = [
            "ful", "ous", "ive", "al", "ian", "ese", "ish", "ent", "ant", "ed", "ic", "less", "ary",
        ]
        .iter()
        .any(|ending| written.ends_with(ending) && written.len() > ending.len() + 2);
        let counts = document.is_number(before) || document.is(before, Class::RoundNumber);
        // `80,000 to 120,000 people`, `between 80,000 and 120,000 people`
        let range = before > floor && start_of_range(document, from) == Some(before - 1);
        let year = written.len() == 4
            && (written.starts_with("19") || written.starts_with("20"))
            && document.is_digits(before);
        if year {
            break;
        }
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
        if document.is_word(before, "that") {
            break;
        }
        let fits = range
            || counts
            || of_many
            || adjective
            || document.is(before, Class::Filler)
            || document.is(before, Class::RoleModifier)
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

/// Whether a word that ends like an adjective is a verb by what stands before it: `to prevent
/// Americans`, `and subjected prisoners to`, `who arrested students`.
fn is_verb_form(document: &Document, at: u32, floor: u32) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| at > floor) else {
        return false;
    };
    let infinitive = document.is_word(before, "to") || document.is(before, Class::Modal);
    let finite = document.written(at).ends_with("ed")
        && (document.is(before, Class::Conjunction)
            || document.is(before, Class::ThirdPerson)
            || document.is_any(before, &["who", "has", "have", "had"])
            || document.is(before, Class::PersonNoun));
    let plain =
        document.is_plain(at) && !document.is(at, Class::Determiner) && !document.is_number(at);
    let possessive = document.is(at, Class::Possessive);
    plain && !possessive && (infinitive && !document.is_capital(at) || finite)
}

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
