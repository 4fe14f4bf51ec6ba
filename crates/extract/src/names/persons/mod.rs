//! Names of persons: a title and a name, a name and its role in apposition, a name beside a verb
//! of saying, a given name that is surely one, a Korean name in its own order, a name of one word that
//! the document introduces.
//!
//! Invariant: a name is made of capitalised words, and some word around or in it says that it is a
//! person's: capitals alone never do.

mod roles;
mod shape;
mod single;

use super::{Candidate, What};
use crate::lexicon::{Class, Table};
use crate::text::{Document, Hit, Part, Stretch};
use model::EntityKind;

/// Collects persons. `taken` are the names found so far, ascending.
pub(super) fn find(document: &Document, taken: &[Candidate]) -> Vec<Candidate> {
    let finder = Finder { document, taken };
    let mut found = Vec::new();
    for hit in document.hits(Table::Role) {
        if document.part(hit.tokens.from) != Part::Head || finder.is_title_of_speaker(hit) {
            finder.by_role(hit, &mut found);
        }
    }
    for block in &document.blocks {
        if block.part == Part::Head {
            continue;
        }
        for at in block.tokens.tokens() {
            if document.is_capital(at) {
                finder.by_given_name(at, &mut found);
                finder.korean(at, &mut found);
            }
        }
    }
    for hit in document.hits(Table::Speech) {
        if document.part(hit.tokens.from) == Part::Body {
            finder.by_speech(hit, &mut found);
        }
    }
    finder.listed(&mut found);
    finder.single(&mut found);
    found
}

struct Finder<'d, 'a> {
    document: &'d Document<'a>,
    taken: &'d [Candidate],
}

impl Finder<'_, '_> {
    /// `Statement by President …` in a title names a speaker.
    fn is_title_of_speaker(&self, hit: &Hit) -> bool {
        let from = self.document.block(hit.tokens.from).tokens.from;
        (from..hit.tokens.from)
            .rev()
            .take(6)
            .any(|at| self.document.is_any(at, &["by", "from", "of"]))
    }

    /// `Narges Mohammadi`: a given name and a capitalised word.
    fn by_given_name(&self, at: u32, found: &mut Vec<Candidate>) {
        let document = self.document;
        if !document.is(at, Class::FirstName) {
            return;
        }
        let after_name = at > 0
            && document.block(at).tokens.has(at.saturating_sub(1))
            && document.is_capital(at.saturating_sub(1))
            && self.is_name_word(at.saturating_sub(1))
            && !document.is_any(at.saturating_sub(1), &[","]);
        if after_name {
            return;
        }
        let Some(name) = self.name_at(at).filter(|&name| !self.goes_on(name)) else {
            return;
        };
        let last_is_plain = !document.is(name.to.saturating_sub(1), Class::OrganisationHead);
        if name.len() >= 2 && last_is_plain && self.is_likely(name) {
            let what = self.known(name, What::Named(EntityKind::Person));
            found.push(Candidate::new(name, what, "name.person.given-name", 3));
        }
    }

    /// `Kim Hye Sook`, `Moon Jae-in`: a Korean surname and two syllables.
    fn korean(&self, at: u32, found: &mut Vec<Candidate>) {
        let document = self.document;
        if !document.is(at, Class::KoreanSurname) || self.taken_at(at).is_some() {
            return;
        }
        let syllable = |at: u32| {
            let written = document.written(at);
            written.len() <= 6
                && written.chars().all(char::is_alphabetic)
                && !document.is(at, Class::NotName)
                && !document.is(at, Class::Starter)
                && self.taken_at(at).is_none()
        };
        let first = document.is_capital(at + 1) && syllable(at + 1);
        let joined = document
            .token(at + 2)
            .is_some_and(|t| t.shape.is_joined() && t.shape.is_word());
        let second = (joined || document.is_capital(at + 2)) && document.written(at + 2).len() <= 6;
        let alone = !document.is_capital(at + 3) || joined;
        let in_one = document.sentence_number(at) == document.sentence_number(at + 2);
        if first && second && alone && in_one && (joined || syllable(at + 2)) {
            let name = Stretch::new(at, at + 3);
            let what = What::Named(EntityKind::Person);
            found.push(Candidate::new(name, what, "name.person.korean", 3));
        }
    }

    /// `said Lisa Carty`, `Lisa Carty said`.
    fn by_speech(&self, hit: &Hit, found: &mut Vec<Candidate>) {
        let document = self.document;
        let sentence = document.sentence(hit.tokens.from).tokens;
        if sentence.has(hit.tokens.to)
            && let Some(name) = self.name_at(hit.tokens.to)
            && name.len() >= 2
            && self.is_likely(name)
            && document.is_any(
                hit.tokens.to.saturating_sub(1),
                &["said", "says", "added", "stressed", "noted"],
            )
        {
            let what = self.known(name, What::Named(EntityKind::Person));
            found.push(Candidate::new(name, what, "name.person.speech", 2));
        }
        if hit.tokens.from > sentence.from
            && let Some(name) = self.name_before(hit.tokens.from)
            && self.is_likely(name)
            && name.from > sentence.from
            && !document.is_capital(name.from.saturating_sub(1))
        {
            let what = self.known(name, What::Named(EntityKind::Person));
            found.push(Candidate::new(name, what, "name.person.speech", 2));
        }
    }

    /// Two capitalised words in a list of persons: `Paul Whelan, Alsu Kurmasheva, and …`.
    fn listed(&self, found: &mut Vec<Candidate>) {
        let document = self.document;
        let mut ends: Vec<u32> = found
            .iter()
            .filter(|candidate| candidate.tokens.len() >= 2)
            .map(|candidate| candidate.tokens.to)
            .collect();
        ends.sort_unstable();
        ends.dedup();
        for end in ends {
            let mut at = end;
            while document.is_any(at, &[",", "and"]) && at < end + 2 {
                at += 1;
            }
            if at == end || !document.is_word(end, ",") {
                continue;
            }
            let Some(name) = self.name_at(at) else {
                continue;
            };
            let closed = document.is_any(name.to, &[",", "and", "."]);
            let same = document.sentence_number(end) == document.sentence_number(at);
            if same && closed && (2..=3).contains(&name.len()) && self.is_likely(name) {
                let what = self.known(name, What::Named(EntityKind::Person));
                found.push(Candidate::new(name, what, "name.person.list", 4));
            }
        }
    }
}
