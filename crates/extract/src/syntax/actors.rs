//! Phrases as those whom a record refers to: persons, states, bodies, or the words themselves.
//!
//! Invariant: words that name a state's government refer to the state.

use super::{Actor, Phrase, Syntax};
use crate::lexicon::{Class, Table};
use crate::names::Form;
use crate::text::{Document, Stretch};
use model::{EntityKind, EntityRef};

impl Syntax<'_, '_> {
    /// The actor that a phrase names without a pronoun; `None` for a pronoun.
    pub fn actor(&self, phrase: Phrase) -> Option<Actor> {
        match phrase {
            Phrase::Pronoun(_) => None,
            Phrase::Entity(entity, words, form) => {
                let record = &self.names.entities[entity as usize];
                Some(Actor {
                    reference: self.names.reference(entity),
                    entity: Some(entity),
                    words: self.document.trimmed(words),
                    inferred: form == Form::Later && !record.unnamed,
                    role: self.role_in(entity, words),
                })
            }
            Phrase::Words(words) => {
                let words = self.document.trimmed(words);
                if let Some(state) = self
                    .government_of(words)
                    .or_else(|| self.represented(words))
                {
                    return Some(Actor {
                        reference: self.names.reference(state),
                        entity: Some(state),
                        words,
                        inferred: false,
                        role: None,
                    });
                }
                (!words.is_empty()).then(|| Actor {
                    reference: EntityRef::as_written(
                        self.kind_of(words),
                        without_determiner(self.document, words),
                    ),
                    entity: None,
                    words,
                    inferred: false,
                    role: None,
                })
            }
        }
    }

    /// States and bodies named in rows of two or more: `the United States, South Korea, and Japan`.
    pub fn rows(&self, stretch: Stretch) -> Vec<Stretch> {
        let mut rows: Vec<(Stretch, u32)> = Vec::new();
        for mention in self.names.within(stretch) {
            let kind = self.names.entity(mention).kind;
            if !matches!(kind, EntityKind::State | EntityKind::Organisation) {
                continue;
            }
            match rows.last_mut() {
                Some((row, count)) if self.joins(row.to, mention.outer.from) => {
                    row.to = mention.tokens.to;
                    *count += 1;
                }
                _ => rows.push((mention.tokens, 1)),
            }
        }
        let several = rows.into_iter().filter(|(_, count)| *count >= 2);
        several.map(|(row, _)| row).collect()
    }

    /// Whether only commas, articles and `and` stand between two names.
    fn joins(&self, from: u32, to: u32) -> bool {
        let document = self.document;
        to.saturating_sub(from) <= 4
            && (from..to).all(|at| document.is_any(at, &[",", "and", "the", "&", "[", "]"]))
            && (from..to).any(|at| document.is_any(at, &[",", "and", "&"]))
    }

    /// Those of a row, as one.
    pub fn joint(&self, row: Stretch) -> Actor {
        Actor {
            reference: EntityRef::as_written(
                EntityKind::Group,
                without_determiner(self.document, row),
            ),
            entity: None,
            words: row,
            inferred: false,
            role: None,
        }
    }

    /// The row that a state or body is the last of, with `and` before it.
    pub fn row_ending(&self, phrase: Phrase) -> Option<Actor> {
        let Phrase::Entity(_, words, _) = phrase else {
            return None;
        };
        let document = self.document;
        let sentence = document.sentence(words.from).tokens;
        let near = Stretch::new(sentence.from.max(words.from.saturating_sub(60)), words.to);
        let row = self.rows(near).pop()?;
        let before = words.from.checked_sub(1)?;
        let before = before - u32::from(document.is_any(before, &["the"]) && before > 0);
        let last = row.to == words.to && document.is_any(before, &["and", "&"]);
        let first = row.from;
        let subject = !(first > sentence.from
            && document.is_any(first - 1, &["of", "in", "between", "from", "with", "for"]));
        (last && subject).then(|| self.joint(row))
    }

    /// The state whose government the words name: `the DPRK government`, `the government of Syria`.
    pub fn government_of(&self, words: Stretch) -> Option<u32> {
        let document = self.document;
        let government = words.tokens().find(|&at| document.is(at, Class::Regime))?;
        let of = document.is_word(government + 1, "of");
        let last = if of { words.to + 8 } else { words.to };
        self.names
            .within(Stretch::new(words.from, last))
            .iter()
            .find(|mention| {
                let before = mention.tokens.to <= government;
                let behind =
                    of && mention.outer.from <= government + 3 && mention.tokens.from > government;
                self.names.entity(mention).kind == EntityKind::State && (before || behind)
            })
            .map(|mention| mention.entity)
            .or_else(|| self.state_of_adjective(words))
    }

    /// The state for which a representative speaks: `the representative of China`, `its delegation`.
    fn represented(&self, words: Stretch) -> Option<u32> {
        let document = self.document;
        let last = words.to.checked_sub(1)?;
        let head = words.tokens().find(|&at| {
            document.is_any(
                at,
                &[
                    "representative",
                    "delegation",
                    "delegate",
                    "representatives",
                ],
            )
        })?;
        let state = |stretch: Stretch| {
            let named = self
                .names
                .within(stretch)
                .iter()
                .find(|mention| self.names.entity(mention).kind == EntityKind::State);
            named.map(|mention| mention.entity)
        };
        if document.is_word(words.from, "its") && head == last {
            let sentence = document.sentence(words.from).tokens;
            let before = self.names.before(words.from, 6, |mention, entity| {
                entity.kind == EntityKind::State
                    && document.block_number(mention.tokens.from)
                        == document.block_number(sentence.from)
            });
            return before.map(|mention| mention.entity);
        }
        let of = document.is_word(head + 1, "of");
        if of && head < last {
            return state(Stretch::new(head + 1, words.to));
        }
        of.then(|| state(Stretch::new(head + 2, head + 4)))
            .flatten()
    }

    /// The state whose adjective is among the words: `the Chinese authorities`.
    fn state_of_adjective(&self, words: Stretch) -> Option<u32> {
        let hit = self.document.hits_in(Table::Adjective, words).first()?;
        let known = self.document.lexicon.peoples[hit.entry as usize];
        let key = &self.document.lexicon.known[known as usize].key;
        self.names.by_key(key)
    }

    /// The role that the words of a person's mention give.
    fn role_in(&self, entity: u32, words: Stretch) -> Option<Stretch> {
        let record = &self.names.entities[entity as usize];
        record
            .roles
            .iter()
            .copied()
            .find(|role| words.contains(*role))
            .or_else(|| record.roles.first().copied())
    }

    /// What kind of entity other words name: a statement or report is an instrument, several
    /// people a group.
    fn kind_of(&self, words: Stretch) -> EntityKind {
        let document = self.document;
        let last = words.to.saturating_sub(1);
        if document.is(last, Class::DocumentNoun) {
            EntityKind::Instrument
        } else if document.is(last, Class::FindingBody)
            && !document.is_any(last, &["experts", "judges", "investigators"])
            || document.is(last, Class::BodyNoun)
            || self.is_name_like(words) && self.begins_with_state(words)
        {
            EntityKind::Organisation
        } else if document.is(last, Class::OnePerson) || self.is_name_like(words) {
            EntityKind::Person
        } else {
            EntityKind::Group
        }
    }

    /// `Iran Human Rights`
    fn begins_with_state(&self, words: Stretch) -> bool {
        let first = self.names.at(words.from);
        words.len() >= 2
            && first.is_some_and(|mention| {
                self.names.entity(mention).kind == EntityKind::State && mention.tokens.to < words.to
            })
    }

    /// Whether all words are capitalised, as a person's name that nothing else tells is.
    pub fn is_name_like(&self, words: Stretch) -> bool {
        let document = self.document;
        (1..=4).contains(&words.len())
            && words.tokens().all(|at| {
                document.is_capital(at)
                    && !document.is(at, Class::OrganisationHead)
                    && !document.is(at, Class::InstrumentHead)
                    && !document.is(at, Class::Determiner)
            })
    }

    /// Whether a phrase can say, ask or do: a name of a person, body or state, a pronoun, or words
    /// whose last one is a speaker.
    pub fn can_act(&self, phrase: Phrase) -> bool {
        let document = self.document;
        match phrase {
            Phrase::Pronoun(_) => true,
            Phrase::Entity(entity, ..) => {
                self.names.entities[entity as usize].kind != EntityKind::Place
            }
            Phrase::Words(words) => {
                let words = document.trimmed(words);
                let counted = words.len() == 1 && document.is(words.from, Class::SomePeople)
                    || words.len() >= 3
                        && document.is_word(words.from, "those")
                        && document.is_word(words.from + 1, "who");
                !words.is_empty()
                    && (counted
                        || words.tokens().rev().take(3).any(|at| {
                            document.is(at, Class::Speaker)
                                || document.is(at, Class::FindingBody)
                                || document.is(at, Class::Government)
                                || document.is(at, Class::PersonNoun)
                        })
                        || self.is_people(phrase))
            }
        }
    }
}

/// The words without an article before them.
pub(crate) fn without_determiner(document: &Document, words: Stretch) -> String {
    let mut from = words.from;
    while from + 1 < words.to && document.is_any(from, &["the", "a", "an", "that"]) {
        from += 1;
    }
    document
        .words(Stretch::new(from, words.to))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
