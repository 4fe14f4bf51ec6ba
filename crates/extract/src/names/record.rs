//! Entities as proposals: one an entity and document, every mention a quote.
//!
//! Invariant: the canonical name stands first and cites every mention; then each written form with
//! the mentions that write it so. What is named by a role only is not proposed.

use super::{Entity, Form, Mention, Names, located, tagged};
use crate::propose::Builder;
use crate::text::{Document, Stretch};
use model::{
    Band, Cited, EntityKind, EntityRef, Instrument, Name, Organisation, Person, Place, Proposal,
    RecordBody, Role, State,
};
use std::collections::BTreeMap;

/// The entities of a document.
pub(crate) fn propose(document: &Document, names: &Names) -> Vec<Proposal> {
    let mut by_entity: Vec<Vec<&Mention>> = vec![Vec::new(); names.entities.len()];
    for mention in &names.mentions {
        if mention.form != Form::Later {
            by_entity[mention.entity as usize].push(mention);
        }
    }
    names
        .entities
        .iter()
        .zip(by_entity)
        .filter(|(entity, mentions)| !mentions.is_empty() && !entity.unnamed)
        .filter_map(|(entity, mentions)| record(document, entity, &mentions))
        .collect()
}

fn record(document: &Document, entity: &Entity, mentions: &[&Mention]) -> Option<Proposal> {
    let mut builder = Builder::new(document.text, &document.chars);
    let first = mentions
        .iter()
        .find(|mention| mention.form == Form::Full)
        .or(mentions.first())?;
    builder.cite(document, first.tokens);
    let mut all = Vec::with_capacity(mentions.len());
    let mut forms: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for mention in mentions {
        let quote = builder.cite(document, mention.tokens);
        if quote == 0 && mention.tokens != first.tokens {
            continue;
        }
        let form = document
            .words(mention.tokens)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        forms.entry(form).or_default().push(quote);
        all.push(quote);
    }
    let named = |form: &str, quotes: Vec<u16>| Cited {
        value: Name {
            form: form.to_owned(),
            script: None,
            romanisation: None,
            surname_first: None,
        },
        quotes,
    };
    let canonical_quotes = forms.remove(&entity.name).unwrap_or_else(|| all.clone());
    let mut written = vec![named(&entity.name, canonical_quotes)];
    written.extend(forms.into_iter().map(|(form, quotes)| named(&form, quotes)));
    let within = known(document, entity)
        .and_then(|known| known.within.clone())
        .and_then(|key| outer(document, &key))
        .map(|reference| Cited::new(reference, 0));
    let key = entity.key.clone();
    let body = match entity.kind {
        EntityKind::Person => RecordBody::Person(person(document, entity, written, &mut builder)),
        EntityKind::Organisation => RecordBody::Organisation(Organisation {
            names: written,
            part_of: within,
            key,
        }),
        EntityKind::State => RecordBody::State(State {
            names: written,
            iso: known(document, entity).and_then(|known| known.iso.clone()),
        }),
        EntityKind::Place => RecordBody::Place(Place {
            names: written,
            within,
            position: None,
            uncertainty: None,
            key,
        }),
        EntityKind::Instrument => {
            RecordBody::Instrument(instrument(document, entity, written, first.tokens))
        }
        EntityKind::Group => return None,
    };
    let band = if tagged::is_tagger(entity.rule) || located::is_located(entity.rule) {
        Band::Suggested
    } else if mentions.iter().any(|mention| mention.form == Form::Full) {
        Band::Stated
    } else {
        Band::Inferred
    };
    builder.finish(entity.rule, band, body)
}

fn known<'d>(document: &'d Document, entity: &Entity) -> Option<&'d crate::lexicon::Known> {
    let number = entity.known?;
    document.lexicon.known.get(number as usize)
}

/// The entity of a gazetteer key.
fn outer(document: &Document, key: &str) -> Option<EntityRef> {
    let number = *document.lexicon.by_key.get(key)?;
    let known = &document.lexicon.known[number as usize];
    Some(EntityRef {
        kind: known.kind,
        name: known.name.clone(),
        key: Some(known.key.clone()),
        record: None,
    })
}

fn person(
    document: &Document,
    entity: &Entity,
    names: Vec<Cited<Name>>,
    builder: &mut Builder,
) -> Person {
    let mut titles: Vec<String> = Vec::new();
    let mut roles = Vec::new();
    for role in &entity.roles {
        let from = (role.from..role.to)
            .find(|&at| !document.is_any(at, &["the", "a", "an", "his", "her", "our"]))
            .unwrap_or(role.from);
        let words = document.trimmed(Stretch::new(from, role.to));
        let title = document
            .words(words)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if title.is_empty() || titles.contains(&title) {
            continue;
        }
        titles.push(title.clone());
        roles.push(builder.cited(
            document,
            words,
            Role {
                title,
                body: None,
                during: None,
            },
        ));
    }
    Person {
        names,
        roles,
        sex: entity
            .sex
            .as_ref()
            .map(|(sex, words)| builder.cited(document, *words, sex.clone())),
        key: entity.key.clone(),
        ..Person::default()
    }
}

fn instrument(
    document: &Document,
    entity: &Entity,
    names: Vec<Cited<Name>>,
    first: Stretch,
) -> Instrument {
    let is_symbol = entity.rule == "name.symbol";
    let written = document.words(first);
    let symbol = is_symbol.then(|| Cited::new(written.to_owned(), 0));
    let body = symbol
        .as_ref()
        .and_then(|symbol| {
            let patterns = document.lexicon.symbol_patterns.as_ref()?;
            let found = patterns.find(symbol.value.as_str())?;
            let entry = document.lexicon.symbols.get(found.pattern().as_usize())?;
            outer(document, entry.body.as_deref()?)
        })
        .map(|body| Cited::new(body, 0));
    let listed = known(document, entity)
        .and_then(|known| known.symbol.clone())
        .map(|symbol| Cited::new(symbol, 0));
    Instrument {
        names,
        symbol: listed.or(symbol),
        body,
        date: None,
        movers: Vec::new(),
        co_sponsors: Vec::new(),
        votes: None,
    }
}
