//! Organisations and instruments that no gazetteer lists, by their head words: `Ministry of Food
//! Administration`, `Trading With the Enemy Act`, `2023 Human Rights Report on North Korea`.
//!
//! Invariant: a name holds its head word and at least one other capitalised word.

use super::{Candidate, What};
use crate::lexicon::{Class, Table};
use crate::text::{Document, Part, Stretch};
use model::EntityKind;

/// The most words a name has to either side of its head.
const REACH: u32 = 10;

/// Collects organisations and instruments by pattern.
pub(super) fn find(document: &Document, candidates: &mut Vec<Candidate>) {
    for block in &document.blocks {
        if block.part == Part::Head {
            continue;
        }
        for at in block.tokens.tokens() {
            let Some(token) = document.token(at) else {
                continue;
            };
            if !token.shape.is_capital() || token.shape.is_upper() || token.shape.is_joined() {
                continue;
            }
            let kind = if document.is(at, Class::OrganisationHead) {
                EntityKind::Organisation
            } else if document.is(at, Class::InstrumentHead)
                || document.is_any(at, &["report", "reports"])
            {
                EntityKind::Instrument
            } else {
                continue;
            };
            if let Some(tokens) = around(document, at, block.tokens, kind) {
                let rule = match kind {
                    EntityKind::Organisation => "name.organisation.head",
                    _ => "name.instrument.head",
                };
                candidates.push(Candidate::new(tokens, What::Named(kind), rule, 2));
            }
        }
    }
}

/// The name around the head word at `head`.
fn around(document: &Document, head: u32, block: Stretch, kind: EntityKind) -> Option<Stretch> {
    let sentence = document.sentence(head).tokens;
    let from = leftmost(document, head, sentence, kind);
    let to = rightmost(document, head, block, kind);
    let capitals = (from..to)
        .filter(|&at| document.is_capital(at) && document.is_plain(at))
        .count();
    let only_people = (from..head).all(|at| {
        document
            .hits_in(Table::Adjective, Stretch::new(from, head))
            .iter()
            .any(|hit| hit.tokens.has(at))
    });
    let bare = from == head;
    let plural = document.is_any(head, &["reports", "departments", "services", "forces"]);
    if capitals < 2 || (bare && to == head + 1) || (plural && bare) {
        return None;
    }
    if only_people && to == head + 1 && kind == EntityKind::Instrument {
        return None;
    }
    Some(Stretch::new(from, to))
}

/// The first word of the name: capitalised words before the head, and small words between them.
fn leftmost(document: &Document, head: u32, sentence: Stretch, kind: EntityKind) -> u32 {
    let mut from = head;
    let mut at = head;
    while at > sentence.from && head - at < REACH {
        let before = at - 1;
        if document.is_capital(before) && document.is_plain(before) {
            let begins = before == sentence.from
                || document.is_quote_mark(before.saturating_sub(1))
                || document.is_word(before.saturating_sub(1), ":");
            let no_name = document.is(before, Class::Determiner)
                || document.is(before, Class::Possessive)
                || document.is(before, Class::Preposition)
                || document.is(before, Class::Month)
                || (begins && document.is(before, Class::Starter));
            if no_name {
                break;
            }
            from = before;
            at = before;
            continue;
        }
        let year = kind == EntityKind::Instrument
            && document.written(before).len() == 4
            && document.is_digits(before);
        if year {
            from = before;
            break;
        }
        let small = document.is_any(
            before,
            &["of", "to", "for", "and", "with", "against", "the"],
        ) && before > sentence.from
            && from == at
            && at != head
            && kind == EntityKind::Instrument;
        let two_back = document.is_word(before, "the")
            && document.is_any(before.saturating_sub(1), &["with", "of"]);
        let next = if two_back { before - 1 } else { before };
        if small && next > sentence.from && document.is_capital(next.saturating_sub(1)) {
            let person = document.is_word(before, "and") || document.is_word(before, "the");
            if person && !two_back {
                break;
            }
            at = next;
            from = next - 1;
            at -= 1;
            continue;
        }
        break;
    }
    from
}

/// One past the last word of the name: `of`, `on` … with capitalised words, or a year.
fn rightmost(document: &Document, head: u32, block: Stretch, kind: EntityKind) -> u32 {
    let mut to = head + 1;
    if document.is_word(to, "of")
        && kind == EntityKind::Instrument
        && document.written(to + 1).len() == 4
        && document.is_digits(to + 1)
    {
        return to + 2;
    }
    let links: &[&str] = match kind {
        EntityKind::Organisation => &["of", "for", "on", "against", "to"],
        _ => &["on", "against", "for", "relating", "concerning", "of"],
    };
    if !document.is_any(to, links) {
        return to;
    }
    let mut at = to + 1;
    let mut last = to;
    while at < block.to && at - head < REACH {
        if document.is(at, Class::Month) {
            break;
        }
        let listed = document.hits_in(Table::Name, Stretch::new(at, at + 1));
        if let Some(hit) = listed.first() {
            at = hit.tokens.to;
            last = at;
            continue;
        }
        if document.is_capital(at) && document.is_plain(at) {
            at += 1;
            last = at;
            continue;
        }
        let small = document.is_any(at, &["of", "the", "and", "in", "on", "for", "to"]);
        let another = document.is_word(at, "and")
            && (document.is_word(at + 1, "the")
                || document.is(at + 1, Class::OrganisationHead)
                || document
                    .token(at + 1)
                    .is_some_and(|token| token.shape.is_upper())
                || !document
                    .hits_in(Table::Name, Stretch::new(at + 1, at + 2))
                    .is_empty());
        if !small || another {
            break;
        }
        at += 1;
    }
    if last > to {
        to = last;
    }
    to
}
