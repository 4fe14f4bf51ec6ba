//! Names that the gazetteers list, symbols of instruments, and the short forms that mean a listed
//! entity only in a document that names it.

use super::{Candidate, Form, Mention, Names, What};
use crate::lexicon::{Class, FormStatus, Table};
use crate::text::{Document, Hit, Stretch};
use model::EntityKind;

/// Collects full names; gives back the short forms for [`resolve_short`].
pub(super) fn find(document: &Document, candidates: &mut Vec<Candidate>) -> Vec<Hit> {
    let mut shorts: Vec<Hit> = Vec::new();
    let hits = document.hits(Table::Name);
    for (number, hit) in hits.iter().enumerate() {
        let form = document.lexicon.name_forms[hit.entry as usize];
        let same_before = number
            .checked_sub(1)
            .is_some_and(|before| hits[before].tokens == hit.tokens);
        match form.status {
            FormStatus::Short => shorts.push(*hit),
            _ if same_before => {}
            FormStatus::Full => {
                if !is_other_word(document, hit.tokens) {
                    let what = What::Known(form.known);
                    candidates.push(Candidate::new(hit.tokens, what, "name.curated", 0));
                }
            }
            FormStatus::Seat { place } => {
                candidates.push(seat(document, hit.tokens, form.known, place));
            }
        }
    }
    shorts
}

/// A seat of government: a place after `in`, `to`, `near` …, else the government.
fn seat(document: &Document, tokens: Stretch, state: u32, place: u32) -> Candidate {
    let before = tokens.from.checked_sub(1);
    let block = document.block(tokens.from).tokens;
    let before = before.filter(|&before| block.has(before));
    let opens_clause = document.is_any(tokens.to, &[",", ":", "("]) || document.is_dash(tokens.to);
    let located = match before {
        None => opens_clause || tokens.to >= block.to,
        Some(before) => {
            document.is(before, Class::Locative)
                || document.is_any(before, &["(", "|", "of", "—", "–"])
        }
    };
    let is_place = located && !is_followed_by_verb(document, tokens.to);
    if is_place {
        Candidate::new(tokens, What::Known(place), "name.seat.place", 0)
    } else {
        Candidate::new(tokens, What::Known(state), "name.seat.government", 0)
    }
}

fn is_followed_by_verb(document: &Document, at: u32) -> bool {
    document.is(at, Class::Auxiliary) && !document.is_word(at, "'s")
        || document.is(at, Class::Modal)
        || !document
            .hits_in(Table::Speech, Stretch::new(at, at + 2))
            .is_empty()
}

/// Words that are written like a short name but are another word here: `the US` is a state, `TO US
/// ALL` in capitals is not; `Turkey` is, a `turkey` is not.
fn is_other_word(document: &Document, tokens: Stretch) -> bool {
    if tokens.len() != 1 {
        return false;
    }
    let written = document.written(tokens.from);
    if written != "US" {
        return false;
    }
    let neighbours = [tokens.from.wrapping_sub(1), tokens.to];
    neighbours.iter().all(|&at| {
        document
            .token(at)
            .is_some_and(|token| token.shape.is_upper())
    })
}

/// Collects symbols such as `A/HRC/RES/34/24`.
pub(super) fn symbols(document: &Document, candidates: &mut Vec<Candidate>) {
    let Some(patterns) = &document.lexicon.symbol_patterns else {
        return;
    };
    for block in &document.blocks {
        let (Some(first), Some(last)) = (
            document.token(block.tokens.from),
            block
                .tokens
                .to
                .checked_sub(1)
                .and_then(|at| document.token(at)),
        ) else {
            continue;
        };
        let (start, end) = (first.start as usize, last.end as usize);
        let Some(text) = document.text.get(start..end) else {
            continue;
        };
        for found in patterns.find_iter(text) {
            let from = (start + found.start()) as u32;
            let to = (start + found.end()) as u32;
            let first = document.tokens.partition_point(|token| token.end <= from);
            let after = document.tokens.partition_point(|token| token.start < to);
            let tokens = Stretch::new(first as u32, after as u32);
            let what = What::Named(EntityKind::Instrument);
            candidates.push(Candidate::new(tokens, what, "name.symbol", 1));
        }
    }
}

/// Admits short forms whose entity the document names in full, the nearest one before, or else the
/// first one after.
pub(super) fn resolve_short(document: &Document, names: &mut Names, shorts: &[Hit]) {
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); names.entities.len()];
    for mention in &names.mentions {
        if let Some(list) = places.get_mut(mention.entity as usize) {
            list.push(mention.tokens.from);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < shorts.len() {
        let tokens = shorts[at].tokens;
        let same = shorts[at..]
            .iter()
            .take_while(|hit| hit.tokens == tokens)
            .count();
        let best = shorts[at..at + same]
            .iter()
            .filter_map(|hit| {
                let known = document.lexicon.name_forms[hit.entry as usize].known;
                let entity = short_for(document, names, known)?;
                let list = places.get(entity as usize)?;
                let before = list.partition_point(|&from| from < tokens.from);
                let rank = match before.checked_sub(1) {
                    Some(last) => (0, tokens.from - list[last]),
                    None => (1, list.first()? - tokens.from),
                };
                Some((rank, entity))
            })
            .min();
        if let Some((_, entity)) = best
            && names_nothing_longer(document, tokens)
            && names.at(tokens.to.saturating_sub(1)).is_none()
        {
            found.push(Mention {
                tokens,
                outer: tokens,
                entity,
                form: Form::Short,
            });
        }
        at += same;
    }
    names.mentions.extend(found);
    names.mentions.sort_by_key(|mention| mention.tokens);
}

/// The document's entity that a short form of `known` may mean: itself; for a half of Korea, also
/// when only the other half is named.
fn short_for(document: &Document, names: &Names, known: u32) -> Option<u32> {
    let key = &document.lexicon.known[known as usize].key;
    names.by_key(key)
}

/// Whether the short form is not the beginning of a longer name: `the Council of Europe`,
/// `the North Sea`.
fn names_nothing_longer(document: &Document, tokens: Stretch) -> bool {
    let next = tokens.to;
    if document.is_capital(next) && document.token(next).is_some_and(|t| t.shape.is_spaced()) {
        return false;
    }
    !(document.is_any(next, &["of", "on", "for"]) && document.is_capital(next + 1))
}

/// Admits `the regime`, `the government` … as the state that the document is about.
pub(super) fn governments(document: &Document, names: &mut Names) {
    let Some(topic) = names.topic else { return };
    let mut found = Vec::new();
    for at in 0..document.tokens.len() as u32 {
        let named = document.is(at, Class::Government)
            && at > 0
            && document.is_any(at.saturating_sub(1), &["the", "this"])
            && document.is(at, Class::Regime)
            && !document.is(at + 1, Class::Government)
            && !document.is_any(at + 1, &["of", "in", "officials"])
            && document.sentence_number(at) == document.sentence_number(at.saturating_sub(1));
        if !named || names.at(at).is_some() {
            continue;
        }
        let near = names
            .before(at, 6, |mention, entity| {
                entity.kind == EntityKind::State
                    && entity.key.as_deref() != Some("state:US")
                    && document.sentence_number(mention.tokens.from) == document.sentence_number(at)
            })
            .map(|mention| mention.entity);
        found.push(Mention {
            tokens: Stretch::new(at, at + 1),
            outer: Stretch::new(at.saturating_sub(1), at + 1),
            entity: near.unwrap_or(topic),
            form: Form::Later,
        });
    }
    names.mentions.extend(found);
}
