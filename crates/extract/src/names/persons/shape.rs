//! What words can be a person's name, and where it begins and ends.
//!
//! Invariant: a name never takes in a word of another name that is already known.

use super::super::{Candidate, What};
use super::Finder;
use crate::lexicon::{Class, Table};
use crate::text::Stretch;
use model::EntityKind;

/// The most words of a person's name.
const LONGEST: u32 = 6;

impl Finder<'_, '_> {
    /// The curated or patterned name that the token is part of.
    pub(super) fn taken_at(&self, token: u32) -> Option<&Candidate> {
        let after = self
            .taken
            .partition_point(|candidate| candidate.tokens.from <= token);
        let candidate = self.taken.get(after.checked_sub(1)?)?;
        candidate.tokens.has(token).then_some(candidate)
    }

    pub(super) fn is_known_person(&self, candidate: &Candidate) -> bool {
        match candidate.what {
            What::Known(known) => {
                self.document.lexicon.known[known as usize].kind == EntityKind::Person
            }
            _ => false,
        }
    }

    /// Whether the token can be a word of a name.
    pub(super) fn is_name_word(&self, at: u32) -> bool {
        let document = self.document;
        document.is_capital(at)
            && document.is_plain(at)
            && !document.is(at, Class::Month)
            && !document.is(at, Class::Weekday)
            && (!document.is(at, Class::NotName) || document.is(at, Class::FirstName))
            && !(document.is(at, Class::Determiner) || document.is(at, Class::Preposition))
            && !document.written(at).ends_with("’s")
    }

    /// The longest name that begins at `from`.
    pub(super) fn name_at(&self, from: u32) -> Option<Stretch> {
        let document = self.document;
        let sentence = document.sentence(from).tokens;
        if !self.is_name_word(from) {
            return None;
        }
        if let Some(taken) = self.taken_at(from)
            && !self.is_known_person(taken)
        {
            return None;
        }
        let mut to = from + 1;
        while to < sentence.to && to - from < LONGEST {
            let token = document.token(to)?;
            let joined = token.shape.is_joined() && token.shape.is_word();
            let after_given = document.is(from, Class::FirstName)
                && document.is(to, Class::NotName)
                && document.is_capital(to)
                && to == from + 1
                && !self.is_name_word(to + 1);
            if let Some(taken) = self.taken_at(to)
                && !self.is_known_person(taken)
                && !joined
            {
                break;
            }
            if joined || self.is_name_word(to) || after_given {
                to += 1;
                continue;
            }
            let particle = document.is(to, Class::Particle) && self.is_name_word(to + 1);
            if particle {
                to += 2;
                continue;
            }
            let suffix = document.is_word(to, ",") && document.is(to + 1, Class::Suffix);
            if suffix || (document.is(to, Class::Suffix) && document.is_capital(to)) {
                to += if suffix { 2 } else { 1 };
            }
            break;
        }
        Some(Stretch::new(from, to))
    }

    /// The name that ends right before `to`, of two to four words.
    pub(super) fn name_before(&self, to: u32) -> Option<Stretch> {
        let sentence = self.document.sentence(to.checked_sub(1)?).tokens;
        let mut from = to;
        while from > sentence.from && to - from < LONGEST {
            let before = from - 1;
            let joined = self
                .document
                .token(before)
                .is_some_and(|t| t.shape.is_joined() && t.shape.is_word());
            let particle = self.document.is(before, Class::Particle)
                && from < to
                && before > sentence.from
                && self.is_name_word(before.saturating_sub(1));
            if !(self.is_name_word(before) || joined || particle) {
                break;
            }
            from = before;
        }
        let begins = from == sentence.from;
        if begins
            && self.document.is(from, Class::Starter)
            && !self.document.is(from, Class::KoreanSurname)
            && to - from > 2
        {
            from += 1;
        }
        let name = self.name_at(from)?;
        (name.to == to && name.len() >= 2).then_some(name)
    }

    /// Whether the token is the surname of a person that the gazetteers know: `Envoy King`.
    pub(super) fn is_known_surname(&self, at: u32) -> bool {
        let document = self.document;
        document.is_capital(at)
            && !document.is_capital(at + 1)
            && self.taken_at(at).is_none()
            && document
                .lexicon
                .surnames
                .contains_key(&document.written(at).to_lowercase())
    }

    /// Whether a name is only the beginning of another thing's: `George Bush` of an airport.
    pub(super) fn goes_on(&self, name: Stretch) -> bool {
        let document = self.document;
        let role = document
            .hits_in(Table::Role, name)
            .iter()
            .any(|hit| name.contains(hit.tokens));
        let next = document
            .token(name.to)
            .is_some_and(|token| token.shape.is_capital() && token.shape.is_spaced());
        let same = document.sentence_number(name.from) == document.sentence_number(name.to);
        role || next && same && document.is_plain(name.to) && document.is(name.to, Class::NotName)
    }

    /// Whether the sentence is written like a title, where capitals say nothing.
    pub(super) fn is_title_case(&self, at: u32) -> bool {
        let document = self.document;
        let sentence = document.sentence(at).tokens;
        let ended = document.is_any(sentence.to.saturating_sub(1), &[".", "!", "?", "”", "\""]);
        if ended {
            return false;
        }
        let (mut words, mut capitals) = (0u32, 0u32);
        for at in sentence.tokens().take(40) {
            if document.is_plain(at) && document.written(at).len() > 3 {
                words += 1;
                capitals += u32::from(document.is_capital(at));
            }
        }
        words >= 5 && capitals * 4 >= words * 3
    }

    /// Whether two or more capitalised words are more likely a person than another thing: none of
    /// them is a word of offices, nor capitals throughout beside others that are not.
    pub(super) fn is_likely(&self, name: Stretch) -> bool {
        name.tokens().all(|at| {
            !self.document.is(at, Class::OrganisationHead)
                && !self.document.is(at, Class::InstrumentHead)
                && (!self.document.is(at, Class::OfficeWord)
                    || self.document.is(at, Class::FirstName)
                    || at > name.from)
        }) && self
            .document
            .hits_in(Table::Adjective, name)
            .iter()
            .all(|hit| !name.contains(hit.tokens))
    }

    /// A known person, when the name is one that the gazetteers list.
    pub(super) fn known(&self, name: Stretch, else_what: What) -> What {
        match self.taken_at(name.from) {
            Some(taken) if taken.tokens == name && self.is_known_person(taken) => {
                taken.what.clone()
            }
            _ => else_what,
        }
    }
}
