//! Forms that stand for somebody named elsewhere in the document: a surname, `the expert`.
//!
//! Invariant: a surname is resolved to the nearest holder named before it, else to the first named
//! after; a role without a holder names nobody and is kept as a speaker only.

use super::{Candidate, Entity, Form, Mention, Names};
use crate::lexicon::{Class, Table};
use crate::text::{Document, Part, Stretch, folded};
use model::EntityKind;
use std::collections::{BTreeMap, HashMap};

/// Words of a name that identify its holder alone: the family name.
pub(super) fn family_names(document: &Document, name: &str) -> Vec<String> {
    let mut words: Vec<String> = folded(name).into_iter().map(|f| f.word).collect();
    let lexicon = &document.lexicon.words;
    while words.len() > 1
        && words
            .last()
            .is_some_and(|last| last == "," || lexicon.classes(lexicon.id(last)).has(Class::Suffix))
    {
        words.pop();
    }
    let mut found = Vec::new();
    let first_is_family = words.len() == 3
        && words
            .first()
            .is_some_and(|first| lexicon.classes(lexicon.id(first)).has(Class::KoreanSurname));
    if words.len() < 2 {
        return found;
    }
    if first_is_family {
        found.extend(words.first().cloned());
    }
    found.extend(words.last().cloned());
    found
}

/// The person that a surname of a title (`Ambassador Carty`) means: one the document names in
/// full, or a known person who is the only one of that name.
pub(super) fn holder(document: &Document, names: &mut Names, candidate: &Candidate) -> Option<u32> {
    let surname = document.words(candidate.tokens).to_lowercase();
    if let Some(&entity) = names.families.get(&surname) {
        return Some(entity);
    }
    let known = document.lexicon.surnames.get(&surname)?;
    let fitting: Vec<u32> = known
        .iter()
        .copied()
        .filter(|&known| {
            let roles = &document.lexicon.known[known as usize].roles;
            candidate.role_id.is_none_or(|id| {
                roles
                    .iter()
                    .any(|role| document.lexicon.role_words.get(role) == Some(&id))
            })
        })
        .collect();
    match fitting.as_slice() {
        [only] => Some(names.known(document, *only, candidate.rule)),
        _ => None,
    }
}

/// Admits surnames that stand alone: `Salmón warned`, and merges a person named by surname before
/// the full name came.
pub(super) fn surnames(document: &Document, names: &mut Names) {
    let mut by_surname: HashMap<String, Vec<u32>> = HashMap::new();
    for (number, entity) in names.entities.iter().enumerate() {
        if entity.kind == EntityKind::Person {
            for surname in family_names(document, &entity.name) {
                by_surname.entry(surname).or_default().push(number as u32);
            }
        }
    }
    merge(names, &by_surname);
    if by_surname.is_empty() {
        return;
    }
    names.mentions.sort_by_key(|mention| mention.tokens);
    let mut found = Vec::new();
    let mut last: HashMap<u32, u32> = HashMap::new();
    for at in 0..document.tokens.len() as u32 {
        if let Some(mention) = names.at(at) {
            last.insert(mention.entity, at);
            continue;
        }
        if !document.is_capital(at) || document.written(at).chars().count() < 2 {
            continue;
        }
        let Some(holders) = by_surname.get(&document.written(at).to_lowercase()) else {
            continue;
        };
        let unsafe_alone = document.is(at, Class::NotName)
            || document.is(at, Class::KoreanSurname)
            || document.is(at, Class::FirstName)
            || document.part(at) == Part::Head;
        let beside_capital = document.is_capital(at + 1)
            && document.token(at + 1).is_some_and(|t| t.shape.is_spaced())
            && !document.is_quote_mark(at + 1)
            || at > 0
                && document.is_capital(at - 1)
                && document.is_plain(at - 1)
                && !(document.is(at - 1, Class::Starter) || document.is(at - 1, Class::Adverb));
        if unsafe_alone || beside_capital {
            continue;
        }
        let holder = holders
            .iter()
            .filter_map(|holder| last.get(holder).map(|at| (*at, *holder)))
            .max();
        if let Some((_, entity)) = holder {
            let tokens = Stretch::new(at, at + 1);
            found.push(Mention {
                tokens,
                outer: tokens,
                entity,
                form: Form::Short,
            });
        }
    }
    names.mentions.extend(found);
    names.mentions.sort_by_key(|mention| mention.tokens);
}

/// Gives the mentions of a person known by surname alone to the one person of that surname, and of
/// `Ojea Quintana` to `Tomás Ojea Quintana`.
fn merge(names: &mut Names, by_surname: &HashMap<String, Vec<u32>>) {
    let mut into: BTreeMap<u32, u32> = BTreeMap::new();
    for (number, entity) in names.entities.iter().enumerate() {
        if entity.kind != EntityKind::Person || entity.known.is_some() {
            continue;
        }
        let name = entity.name.to_lowercase();
        let last = name.rsplit(' ').next().unwrap_or_default();
        let Some(holders) = by_surname.get(last) else {
            continue;
        };
        let longer: Vec<u32> = holders
            .iter()
            .copied()
            .filter(|&holder| {
                let full = names.entities[holder as usize].name.to_lowercase();
                holder != number as u32 && full.len() > name.len() && full.ends_with(&name)
            })
            .collect();
        if let [only] = longer.as_slice() {
            into.insert(number as u32, *only);
        }
    }
    for (from, to) in &into {
        let moved: Entity = names.entities[*from as usize].clone();
        let holder = &mut names.entities[*to as usize];
        for role in moved.roles {
            if holder.roles.len() < 16 {
                holder.roles.push(role);
            }
        }
        for id in moved.role_ids {
            if !holder.role_ids.contains(&id) {
                holder.role_ids.push(id);
            }
        }
        if holder.sex.is_none() {
            holder.sex = moved.sex;
        }
    }
    for mention in &mut names.mentions {
        if let Some(&to) = into.get(&mention.entity) {
            mention.entity = to;
            mention.form = Form::Short;
        }
    }
}

/// Admits `the expert`, `the Special Rapporteur`: the holder of that role named last, or nobody.
pub(super) fn roles(document: &Document, names: &mut Names) {
    let mut found = Vec::new();
    let mut taken_to = 0;
    for hit in document.hits(Table::Role) {
        if hit.tokens.from < taken_to || document.part(hit.tokens.from) != Part::Body {
            continue;
        }
        taken_to = hit.tokens.to;
        let before = hit.tokens.from.checked_sub(1);
        let definite = before.is_some_and(|before| document.is_any(before, &["the", "this"]));
        // `a United Nations expert`, whom the text names further on
        let lead = document.block_number(hit.tokens.from) < 4
            && before.is_some_and(|_| !definite)
            && begins_with_article(document, hit.tokens.from);
        let inside_name = names
            .mentions
            .iter()
            .skip(
                names
                    .mentions
                    .partition_point(|m| m.outer.to <= hit.tokens.from),
            )
            .take(3)
            .any(|mention| mention.outer.overlaps(hit.tokens));
        if !(definite || lead) || inside_name || document.is_capital(hit.tokens.to) {
            continue;
        }
        let last_word = document
            .written(hit.tokens.to.saturating_sub(1))
            .to_lowercase();
        let word = document.lexicon.words.id(&last_word);
        let mut ids = vec![hit.entry];
        if let Some(more) = document.lexicon.later.get(&word.0) {
            ids.extend(more);
        }
        let holder = names
            .before(hit.tokens.from, 24, |_, entity| {
                entity.kind == EntityKind::Person
                    && entity.role_ids.iter().any(|id| ids.contains(id))
            })
            .map(|mention| mention.entity)
            .or_else(|| only_holder(names, &ids));
        if definite || holder.is_some() {
            found.push((hit.tokens, holder));
        }
    }
    for (tokens, holder) in found {
        let entity = match holder {
            Some(entity) => entity,
            None => {
                let name = document.words(tokens).to_owned();
                let fresh = names.entities.len() as u32;
                let entity = names.named(EntityKind::Person, &name, "name.role");
                if entity == fresh {
                    names.entities[entity as usize].unnamed = true;
                }
                entity
            }
        };
        names.mentions.push(Mention {
            tokens,
            outer: Stretch::new(tokens.from.saturating_sub(1), tokens.to),
            entity,
            form: Form::Later,
        });
    }
}

/// The one person of the document who has one of these roles.
fn only_holder(names: &Names, ids: &[u32]) -> Option<u32> {
    let mut holders = (0u32..).zip(&names.entities).filter(|(_, entity)| {
        entity.is_named_person() && entity.role_ids.iter().any(|id| ids.contains(id))
    });
    let (only, _) = holders.next()?;
    holders.next().is_none().then_some(only)
}

/// Whether an article stands before a role, over adjectives and names: `a United Nations expert`.
fn begins_with_article(document: &Document, head: u32) -> bool {
    let sentence = document.sentence(head).tokens;
    (head.saturating_sub(4).max(sentence.from)..head)
        .rev()
        .find(|&at| !document.is_capital(at) || at == sentence.from)
        .is_some_and(|at| document.is_any(at, &["a", "an"]))
}

impl Names {
    /// The person a pronoun may mean: the one named last before it, within the passage or the one
    /// before, whose sex is not known to be another; one who is named once behind a preposition (`the
    /// raid on Dong Tam`) only where there is nobody else.
    pub fn person_before(&self, document: &Document, token: u32) -> Option<u32> {
        self.mention_before(document, token)
            .map(|mention| mention.entity)
    }

    /// The mention by which [`Self::person_before`] knows the person.
    pub fn mention_before(&self, document: &Document, token: u32) -> Option<&Mention> {
        let sex = if document.is_any(token, &["she", "her"]) {
            "female"
        } else {
            "male"
        };
        let block = document.block_number(token);
        let fits = |mention: &Mention, entity: &Entity| {
            entity.kind == EntityKind::Person
                && document.block_number(mention.tokens.from) + 1 >= block
                && entity.sex.as_ref().is_none_or(|(known, _)| known == sex)
        };
        let in_passing = |mention: &Mention, entity: &Entity| {
            let once = self.times.get(mention.entity as usize) == Some(&1);
            let before = mention.outer.from.checked_sub(1);
            let governed = before.is_some_and(|at| document.is(at, Class::Preposition));
            once && entity.sex.is_none() && (governed || entity.unnamed)
        };
        self.before(token, 12, |mention, entity| {
            fits(mention, entity) && !in_passing(mention, entity)
        })
        .or_else(|| self.before(token, 12, fits))
    }

    /// The central person, if the sex is known, or the only one with a name.
    pub(super) fn meant_person(&self) -> Option<(u32, u32)> {
        let is_person = |entity: &Entity| entity.is_named_person();
        let known = |number: &u32| self.entities[*number as usize].sex.is_some();
        let mut persons = (0u32..).zip(&self.entities).filter(|(_, it)| is_person(it));
        let only = persons.next().filter(|_| persons.next().is_none());
        let person = self
            .central
            .filter(known)
            .or(only.map(|(number, _)| number))?;
        let first = self
            .mentions
            .iter()
            .find(|mention| mention.entity == person)?;
        Some((person, first.tokens.from))
    }

    /// The person whom a document is about: named more than twice as often as any other, and three
    /// times at least.
    pub(super) fn central_person(&self) -> Option<u32> {
        let persons = (0u32..).zip(&self.entities).filter_map(|(number, entity)| {
            let named = entity.is_named_person();
            named.then(|| {
                (
                    self.times.get(number as usize).copied().unwrap_or(0),
                    number,
                )
            })
        });
        let mut order: Vec<_> = persons.collect();
        order.sort_by(|one, other| other.cmp(one));
        let (most, first) = *order.first()?;
        let second = order.get(1).map_or(0, |(times, _)| *times);
        (most >= 3 && most > 2 * second).then_some(first)
    }
}
