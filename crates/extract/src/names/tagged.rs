//! Names that neither a lexicon nor a pattern knows: what the tagger suggests of capitalised words.
//!
//! Invariant: a suggestion never takes a word from another name, and never one that a lexicon
//! knows to be no name.

use super::{Candidate, What};
use crate::lexicon::Class;
use crate::tagger::{Seen, Tag};
use crate::text::{Document, Part, Stretch};
use model::EntityKind;

/// Most words of a name.
const LONGEST: u32 = 6;

/// The rules by which the tagger names persons, organisations and places.
const RULES: [(&str, EntityKind); 3] = [
    ("name.person.tagger", EntityKind::Person),
    ("name.organisation.tagger", EntityKind::Organisation),
    ("name.place.tagger", EntityKind::Place),
];

/// Whether a rule is one of the tagger's.
pub(super) fn is_tagger(rule: &str) -> bool {
    RULES.iter().any(|(name, _)| *name == rule)
}

/// Collects suggestions. `taken` are the names found so far, ascending.
pub(super) fn find(document: &Document, taken: &[Candidate]) -> Vec<Candidate> {
    let mut is_taken = vec![false; document.tokens.len()];
    for candidate in taken {
        let outer = candidate.outer.from as usize..candidate.outer.to as usize;
        if let Some(slots) = is_taken.get_mut(outer) {
            slots.fill(true);
        }
    }
    let mut words: Vec<&str> = Vec::new();
    let mut seen = Seen::default();
    for sentence in &document.sentences {
        words.clear();
        words.extend(sentence.tokens.tokens().map(|at| document.written(at)));
        seen.add(&words);
    }
    let mut found = Vec::new();
    for sentence in &document.sentences {
        // A headline's capitals say nothing.
        if document.blocks[sentence.block as usize].part == Part::Head {
            continue;
        }
        words.clear();
        words.extend(sentence.tokens.tokens().map(|at| document.written(at)));
        let tags = document.lexicon.tagger.tag(&words, &seen);
        for (span, kind) in spans(&tags) {
            let from = sentence.tokens.from;
            let name = Stretch::new(from + span.from, from + span.to);
            if is_likely(document, name, &is_taken, &seen) {
                let (rule, kind) = RULES[kind];
                found.push(Candidate::new(name, What::Named(kind), rule, 9));
            }
        }
    }
    found
}

/// The names in a sentence's tags, by the words' places in it, with the number of their kind.
fn spans(tags: &[Tag]) -> Vec<(Stretch, usize)> {
    let mut spans: Vec<(Stretch, usize)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let at = at as u32;
        let kind = match tag {
            Tag::Outside => continue,
            Tag::PersonFirst => 0,
            Tag::OrganisationFirst => 1,
            Tag::PlaceFirst => 2,
            _ => {
                if let Some((last, _)) = spans.last_mut().filter(|(last, _)| last.to == at) {
                    last.to = at + 1;
                }
                continue;
            }
        };
        spans.push((Stretch::new(at, at + 1), kind));
    }
    spans
}

fn is_likely(document: &Document, name: Stretch, is_taken: &[bool], seen: &Seen) -> bool {
    let free = name.tokens().all(|at| !is_taken[at as usize]);
    let ends_capital = document.is_capital(name.from) && document.is_capital(name.to - 1);
    let letters = name.tokens().all(|at| {
        let written = document.written(at);
        written.chars().all(char::is_alphabetic) && written.chars().nth(1).is_some()
    });
    // One word alone is wrong as often as right: peoples, abbreviations, words with a capital.
    let is_long = name.len() >= 2;
    let in_small = name.tokens().any(|at| seen.is_small(document.written(at)));
    let known_otherwise = name
        .tokens()
        .any(|at| document.is(at, Class::NotName) || document.is(at, Class::Starter));
    // Capitals that go on beyond it: the name is longer than the tagger sees.
    let goes_on = |at: u32| {
        let inside = document
            .tokens
            .get(at as usize)
            .is_some_and(|_| document.sentence_number(at) == document.sentence_number(name.from));
        inside && document.is_capital(at) && !is_taken[at as usize]
    };
    let cut = goes_on(name.to)
        || (name.from > 0 && goes_on(name.from - 1) && !is_first(document, name.from - 1));
    let fits = is_long && !in_small && name.len() <= LONGEST;
    fits && free && ends_capital && letters && !known_otherwise && !cut
}

fn is_first(document: &Document, at: u32) -> bool {
    let sentence = document.sentence_number(at);
    at == 0 || document.sentence_number(at - 1) != sentence
}
