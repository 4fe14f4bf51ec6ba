//! People in a clause, as a noun phrase names them.
//!
//! Invariant: the words of somebody are a phrase of the clause, with the number it gives.

use super::Scene;
use super::pronouns::pronoun;
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
