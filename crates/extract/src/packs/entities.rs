//! Entities of a document: one record each, with every form and mention.
//!
//! Invariant: a short name counts only where its entity is named in full; a surname with a title
//! is the person of that surname named before, if there is one only.

use super::mentions::{Mention, Who};
use super::record::Recorder;
use super::scene::Scene;
use crate::propose::Builder;
use model::{
    Band, CharIndex, Cited, EntityKind, EntityRef, Instrument, Name, Organisation, Person, Place,
    Proposal, RecordBody, Role, Span, State,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of an entity of the document.
#[derive(Default)]
struct Found {
    /// Place, passage and words of each mention.
    mentions: Vec<(Span, u32, String)>,
    /// Titles, with their place.
    titles: Vec<(Span, u32, String)>,
}

/// The entities that the pages name.
pub(super) fn propose(scenes: &[Scene], text: &str, index: &CharIndex) -> Vec<Proposal> {
    let mut named: BTreeMap<(EntityKind, String), Found> = BTreeMap::new();
    let mut persons: BTreeMap<String, Found> = BTreeMap::new();
    let mut about: BTreeMap<(EntityKind, String), (String, Option<String>)> = BTreeMap::new();
    let full = named_in_full(scenes);
    for scene in scenes {
        let recorder = Recorder { scene, text, index };
        for mention in &scene.mentions {
            let Some(span) = recorder.span(&mention.name) else {
                continue;
            };
            let words = scene.page.text[mention.name.clone()].trim().to_owned();
            match &mention.who {
                Who::Named(number) => {
                    let Some(known) = scene.pack.named.get(*number as usize) else {
                        continue;
                    };
                    if is_short(scene, mention) && !full.contains(&known.key) {
                        continue;
                    }
                    let key = (known.kind, known.key.clone());
                    about
                        .entry(key.clone())
                        .or_insert_with(|| (known.name.clone(), known.iso.clone()));
                    let found = named.entry(key).or_default();
                    found.mentions.push((span, scene.passage, words));
                }
                Who::Person(name) => {
                    let found = persons.entry(name.clone()).or_default();
                    found.mentions.push((span, scene.passage, words));
                    if let Some(title) = &mention.title
                        && let Some(span) = recorder.span(title)
                    {
                        let words = scene.page.text[title.clone()].to_owned();
                        found.titles.push((span, scene.passage, words));
                    }
                }
                Who::Body { .. } | Who::Group(_) | Who::Titled(_) => {}
            }
        }
    }
    known_persons(&mut named, &mut persons);
    let mut proposals = Vec::with_capacity(named.len() + persons.len());
    for ((kind, key), found) in &named {
        let (name, iso) = about
            .get(&(*kind, key.clone()))
            .cloned()
            .unwrap_or_default();
        proposals.extend(of_gazetteer(*kind, key, &name, iso, found, text, index));
    }
    for (name, found) in merged(persons) {
        proposals.extend(person(&name, &found, text, index));
    }
    proposals
}

/// `살몬 보고관` joins `엘리자베스 살몬`, whom the pack knows, where only one has that name.
fn known_persons(
    named: &mut BTreeMap<(EntityKind, String), Found>,
    persons: &mut BTreeMap<String, Found>,
) {
    // Each form, and each end of it that begins behind a blank or a dot, with its bearers.
    let mut bearers: BTreeMap<String, BTreeSet<(EntityKind, String)>> = BTreeMap::new();
    for (key, found) in named.iter() {
        if key.0 != EntityKind::Person {
            continue;
        }
        for (_, _, words) in &found.mentions {
            let ends = words.match_indices([' ', '・']);
            let ends = ends.map(|(at, dot)| &words[at + dot.len()..]);
            for end in std::iter::once(words.as_str()).chain(ends) {
                let list = bearers.entry(end.to_owned()).or_default();
                list.insert(key.clone());
            }
        }
    }
    let names: Vec<String> = persons.keys().cloned().collect();
    for name in names {
        let only = bearers.get(&name).filter(|list| list.len() == 1);
        let only = only.and_then(BTreeSet::first);
        if let Some(bearer) = only.and_then(|key| named.get_mut(key))
            && let Some(found) = persons.remove(&name)
        {
            bearer.mentions.extend(found.mentions);
            bearer.titles.extend(found.titles);
        }
    }
}

fn is_short(scene: &Scene, mention: &Mention) -> bool {
    let words = &scene.page.text[mention.name.clone()];
    let hits = scene.hits.within(
        super::pack::Table::Name,
        &(mention.name.start..mention.name.start + 1),
    );
    let hit = hits.iter().find(|hit| hit.at == mention.name);
    let entry = hit.and_then(|hit| scene.pack.name_entries.get(hit.entry as usize));
    !words.is_empty() && entry.is_some_and(|(_, short)| *short)
}

/// Keys that some page names by a full name.
fn named_in_full(scenes: &[Scene]) -> std::collections::BTreeSet<String> {
    let mut keys = std::collections::BTreeSet::new();
    for scene in scenes {
        for mention in &scene.mentions {
            if let Who::Named(number) = &mention.who
                && !is_short(scene, mention)
                && let Some(known) = scene.pack.named.get(*number as usize)
            {
                keys.insert(known.key.clone());
            }
        }
    }
    keys
}

/// Persons of one name: `살몬` joins `엘리자베스 살몬` where only one has that name.
fn merged(persons: BTreeMap<String, Found>) -> BTreeMap<String, Found> {
    let names: Vec<String> = persons.keys().cloned().collect();
    let mut all: BTreeMap<String, Found> = BTreeMap::new();
    for (name, found) in persons {
        let ends = |other: &&String| {
            other.len() > name.len()
                && (other.ends_with(&format!(" {name}"))
                    || other.ends_with(&format!("・{name}"))
                    || name.chars().count() == 1 && other.starts_with(&name))
        };
        let mut longer = names.iter().filter(ends);
        let whole = match (longer.next(), longer.next()) {
            (Some(one), None) => one.clone(),
            _ => name,
        };
        let entry = all.entry(whole).or_default();
        entry.mentions.extend(found.mentions);
        entry.titles.extend(found.titles);
    }
    all
}

fn written(name: &str) -> Name {
    Name {
        form: name.to_owned(),
        script: None,
        romanisation: None,
        surname_first: None,
    }
}

/// The quotes of all mentions, and the names: the canonical one first.
fn names(builder: &mut Builder, canonical: &str, found: &Found) -> Vec<Cited<Name>> {
    let mut mentions = found.mentions.clone();
    mentions.sort();
    let mut forms: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let mut all = Vec::new();
    for (span, passage, words) in mentions {
        if let Some(quote) = builder.cite_span(span, passage) {
            forms.entry(words).or_default().push(quote);
            all.push(quote);
        }
    }
    let cited = |name: &str, quotes: Vec<u16>| Cited {
        value: written(name),
        quotes,
    };
    let mut names = Vec::with_capacity(forms.len() + 1);
    names.push(cited(canonical, forms.remove(canonical).unwrap_or(all)));
    names.extend(forms.into_iter().map(|(form, quotes)| cited(&form, quotes)));
    names
}

fn of_gazetteer(
    kind: EntityKind,
    key: &str,
    name: &str,
    iso: Option<String>,
    found: &Found,
    text: &str,
    index: &CharIndex,
) -> Option<Proposal> {
    let mut builder = Builder::new(text, index);
    let names = names(&mut builder, name, found);
    let key = Some(key.to_owned());
    let body = match kind {
        EntityKind::State => RecordBody::State(State { names, iso }),
        EntityKind::Person => RecordBody::Person(Person {
            names,
            key,
            ..Person::default()
        }),
        EntityKind::Place => RecordBody::Place(Place {
            names,
            within: None,
            position: None,
            uncertainty: None,
            key,
        }),
        EntityKind::Instrument => RecordBody::Instrument(Instrument {
            names,
            symbol: None,
            body: None,
            date: None,
            movers: Vec::new(),
            co_sponsors: Vec::new(),
            votes: Default::default(),
        }),
        _ => RecordBody::Organisation(Organisation {
            names,
            part_of: None,
            key,
        }),
    };
    builder.finish("name.pack", Band::Stated, body)
}

fn person(name: &str, found: &Found, text: &str, index: &CharIndex) -> Option<Proposal> {
    let mut builder = Builder::new(text, index);
    let names = names(&mut builder, name, found);
    let mut roles: Vec<Cited<Role>> = Vec::new();
    for (span, passage, words) in &found.titles {
        if roles.iter().any(|role| role.value.title == *words) {
            continue;
        }
        if let Some(quote) = builder.cite_span(*span, *passage) {
            let role = Role {
                title: words.clone(),
                body: None::<EntityRef>,
                during: None,
            };
            roles.push(Cited::new(role, quote));
        }
    }
    let body = RecordBody::Person(Person {
        names,
        roles,
        ..Person::default()
    });
    builder.finish("name.pack.title", Band::Stated, body)
}
