//! Names of one word: the given name by which a family or a witness speaks of somebody.
//!
//! Invariant: the document says somewhere that the word is a person's (`my brother X`, `a man called X`,
//! `His name was X`, `X himself`, `X, 34, …`), never writes it in small letters, and no lexicon knows it
//! to be anything else.

use super::super::{Candidate, What};
use super::Finder;
use crate::lexicon::{Class, Table, WordId};
use crate::text::{Part, Stretch};
use model::EntityKind;
use std::collections::{BTreeMap, HashMap};

/// The rule.
const RULE: &str = "name.person.single";

/// The oldest age that `X, 34,` gives.
const OLDEST: i64 = 110_000;

/// Kin and companions that a possessive names, of either sex.
const NEAR: &[&str] = &[
    "child",
    "baby",
    "cousin",
    "friend",
    "colleague",
    "neighbour",
    "neighbor",
    "cellmate",
    "classmate",
    "partner",
    "twin",
    "eldest",
    "youngest",
];

/// What the document says of a name.
#[derive(Default)]
struct Said {
    sex: Option<(String, Stretch)>,
}

impl Finder<'_, '_> {
    /// Adds every mention of each name of one word.
    pub(super) fn single(&self, found: &mut Vec<Candidate>) {
        let document = self.document;
        let mut names: BTreeMap<&str, Said> = BTreeMap::new();
        let body = document.blocks.iter().filter(|it| it.part == Part::Body);
        for at in body.flat_map(|block| block.tokens.tokens()) {
            if !self.stands_alone(at) {
                continue;
            }
            if let Some(sex) = self.introduced(at) {
                let said = names.entry(document.written(at)).or_default();
                said.sex = said.sex.take().or(sex);
            }
        }
        if names.is_empty() {
            return;
        }
        for candidate in &*found {
            // Of a longer name it is a part, and resolved with it.
            for at in candidate
                .tokens
                .tokens()
                .filter(|_| candidate.tokens.len() > 1)
            {
                names.remove(document.written(at));
            }
        }
        let tokens = 0..document.tokens.len() as u32;
        let small: HashMap<String, &str> = (names.keys())
            .map(|&name| (name.to_lowercase(), name))
            .collect();
        for at in tokens.clone() {
            if let Some(name) = small.get(document.written(at)) {
                names.remove(name);
            }
        }
        for at in tokens {
            let Some(said) = names.get(document.written(at)) else {
                continue;
            };
            if document.part(at) == Part::Body && self.stands_alone(at) {
                let name = Stretch::new(at, at + 1);
                let mut candidate = Candidate::new(name, What::Named(EntityKind::Person), RULE, 5);
                candidate.sex.clone_from(&said.sex);
                found.push(candidate);
            }
        }
    }

    /// Whether a word can be a name by itself: a capital that nothing else explains, beside no other.
    fn stands_alone(&self, at: u32) -> bool {
        let document = self.document;
        let Some(token) = document.token(at) else {
            return false;
        };
        let capital_beside = |at: u32| {
            document.is_capital(at) && document.is_plain(at) && !document.is(at, Class::Starter)
        };
        let before = at.checked_sub(1).filter(|&it| {
            document.sentence_number(it) == document.sentence_number(at) && capital_beside(it)
        });
        let goes_on = document.sentence_number(at) == document.sentence_number(at + 1)
            && (capital_beside(at + 1)
                || document
                    .token(at + 1)
                    .is_some_and(|next| next.shape.is_joined())
                    && !document.is_any(
                        at + 1,
                        &["'s", ",", ".", ";", ":", "?", "!", ")", "”", "\""],
                    ));
        let letters = document.written(at).chars();
        self.is_name_word(at)
            && !token.shape.is_upper()
            && (token.word == WordId::UNKNOWN || document.is(at, Class::FirstName))
            && letters.clone().all(char::is_alphabetic)
            && letters.count() >= 3
            && before.is_none()
            && !goes_on
            && self.taken_at(at).is_none()
    }

    /// Whether the words around say that it is a person's name, with the sex that they tell.
    fn introduced(&self, at: u32) -> Option<Option<(String, Stretch)>> {
        let document = self.document;
        let sentence = document.sentence(at).tokens;
        // `Zahid himself`
        for (word, sex) in [("himself", "male"), ("herself", "female")] {
            if document.is_word(at + 1, word) {
                return Some(Some((sex.to_owned(), Stretch::new(at + 1, at + 2))));
            }
        }
        // `Naseer's mother`
        if document.is_word(at + 1, "'s") && self.kin(at + 2).is_some() {
            return Some(None);
        }
        // `Halima, 34, …`
        let closed = document.is_any(at + 3, &[",", "."]) && document.is_word(at + 1, ",");
        let age = document.is_digits(at + 2)
            && crate::numbers::number_at(document, at + 2).is_some_and(|it| it.value <= OLDEST);
        let placed = at > sentence.from && document.is(at - 1, Class::Preposition);
        if closed && age && !placed {
            return Some(None);
        }
        // `Maria said`, by a name that is surely one
        let says = || {
            !document
                .hits_in(Table::Speech, Stretch::new(at + 1, at + 2))
                .is_empty()
        };
        if document.is(at, Class::FirstName) && says() {
            return Some(None);
        }
        let before = at.checked_sub(1).filter(|&it| sentence.has(it))?;
        if document.is_any(before, &["called", "named"]) {
            return self.is_called(before, sentence);
        }
        // `His name was Naseer`
        if document.is(before, Class::Be) && document.is_word(before.saturating_sub(1), "name") {
            let whose = before.checked_sub(2)?;
            return (document.is(whose, Class::Possessive)).then(|| {
                let sex = match document.written(whose).to_lowercase().as_str() {
                    "his" => "male",
                    "her" => "female",
                    _ => return None,
                };
                Some((sex.to_owned(), Stretch::new(whose, whose + 1)))
            });
        }
        // `my brother Zahid`, `her son, Zahid,`
        let aside = document.is_word(before, ",") && document.is_any(at + 1, &[",", "."]);
        let noun = before.checked_sub(u32::from(aside))?;
        let sex = self.kin(noun)?;
        let owned = (noun.saturating_sub(3).max(sentence.from)..noun)
            .any(|it| document.is(it, Class::Possessive) || document.is_word(it, "'s"));
        owned.then_some(sex)
    }

    /// `a man called X`, `My son is called X`: the noun before `called` is a person's.
    fn is_called(&self, called: u32, sentence: Stretch) -> Option<Option<(String, Stretch)>> {
        let document = self.document;
        let be = called
            .checked_sub(1)
            .filter(|&it| document.is(it, Class::Be));
        let noun = be.unwrap_or(called).checked_sub(1)?;
        if !sentence.has(noun) {
            return None;
        }
        let one = Stretch::new(noun, noun + 1);
        let person = document.is_any(noun, &["he", "she", "who"])
            || [Table::Group, Table::Role]
                .iter()
                .any(|&table| !document.hits_in(table, one).is_empty());
        self.kin(noun).or(person.then_some(None))
    }

    /// Whether a noun is that of a person near to somebody, with the sex it tells.
    fn kin(&self, noun: u32) -> Option<Option<(String, Stretch)>> {
        let document = self.document;
        let words = Stretch::new(noun, noun + 1);
        match () {
            () if document.is(noun, Class::MaleNoun) => Some(Some(("male".to_owned(), words))),
            () if document.is(noun, Class::FemaleNoun) => Some(Some(("female".to_owned(), words))),
            () => document.is_any(noun, NEAR).then_some(None),
        }
    }
}
