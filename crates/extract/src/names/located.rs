//! Places that no gazetteer lists, by the preposition before them: `in Goma`, `near Mongbwalu`.
//!
//! Invariant: one to three capitalised words behind a preposition of place that no other rule takes,
//! and that no lexicon knows to be something else; never at the beginning of a sentence, nor in a
//! headline, whose capitals say nothing.

use super::{Candidate, What};
use crate::lexicon::{Class, Table};
use crate::text::{Document, Part, Stretch};
use model::EntityKind;

/// Most words of such a name.
const LONGEST: u32 = 3;

/// The rule.
const RULE: &str = "name.place.located";

/// Whether a rule is this one.
pub(super) fn is_located(rule: &str) -> bool {
    rule == RULE
}

/// Collects places. `taken` are the names found so far.
pub(super) fn find(document: &Document, taken: &[Candidate]) -> Vec<Candidate> {
    let mut is_taken = vec![false; document.tokens.len()];
    for candidate in taken {
        let outer = candidate.outer.from as usize..candidate.outer.to as usize;
        if let Some(slots) = is_taken.get_mut(outer) {
            slots.fill(true);
        }
    }
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let block = document.blocks[sentence.block as usize];
        if block.part != Part::Body || is_title_case(document, sentence.tokens) {
            continue;
        }
        for at in sentence.tokens.tokens().skip(1) {
            let place = document.is_any(at - 1, &["in", "near", "outside", "around", "at"]);
            if place && let Some(name) = name_at(document, at, sentence.tokens, &is_taken) {
                found.push(Candidate::new(
                    name,
                    What::Named(EntityKind::Place),
                    RULE,
                    8,
                ));
            }
        }
    }
    found
}

/// The capitalised words at `at`, when they can be a place's name.
fn name_at(document: &Document, at: u32, sentence: Stretch, taken: &[bool]) -> Option<Stretch> {
    let fits = |at: u32| {
        let written = document.written(at);
        sentence.has(at)
            && document.is_capital(at)
            && !document
                .token(at)
                .is_some_and(|token| token.shape.is_upper())
            && written.chars().all(char::is_alphabetic)
            && (written.chars().nth(2).is_some() || document.is(at, Class::Particle))
            && !taken.get(at as usize).copied().unwrap_or(true)
            && !is_other(document, at)
    };
    let mut to = at;
    while to < at + LONGEST && fits(to) {
        to += 1;
    }
    let name = Stretch::new(at, to);
    let goes_on =
        document.is_capital(to) && sentence.has(to) || document.is_any(to, &["'s", "-", "&", "’s"]);
    (!name.is_empty() && !goes_on).then_some(name)
}

/// Words that are capitalised for another reason than being a place.
fn is_other(document: &Document, at: u32) -> bool {
    let word = Stretch::new(at, at + 1);
    document.is(at, Class::NotName)
        || document.is(at, Class::Month)
        || document.is(at, Class::Weekday)
        || document.is(at, Class::Starter)
        || document.is(at, Class::FirstName)
        || document.is(at, Class::OfficeWord)
        || document.is(at, Class::OrganisationHead)
        || document.is(at, Class::InstrumentHead)
        || document.is(at, Class::Label)
        || document.is(at, Class::Determiner)
        || document.is(at, Class::Abbreviation)
        || [Table::Adjective, Table::National, Table::Role, Table::Name]
            .into_iter()
            .any(|table| !document.hits_in(table, word).is_empty())
}

/// Whether most long words are capitalised.
fn is_title_case(document: &Document, sentence: Stretch) -> bool {
    let (mut words, mut capitals) = (0u32, 0u32);
    for at in sentence.tokens().take(40) {
        if document.is_plain(at) && document.written(at).len() > 3 {
            words += 1;
            capitals += u32::from(document.is_capital(at));
        }
    }
    words < 3 || capitals * 2 > words
}
