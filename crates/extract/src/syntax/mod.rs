//! Who does what in a clause, as far as word order tells it: verbs here, subjects, clauses and
//! actors in the files beside.
//!
//! There is no parse. Every answer is a stretch of the text found by looking a bounded number of
//! words to the left or right, and where the words do not say, the answer is nothing.

mod actors;
mod agents;
mod behind;
mod clauses;
mod heads;
mod phrases;
mod shared;
mod subjects;

pub(crate) use actors::without_determiner;

use crate::lexicon::Class;
use crate::names::{Form, Names};
use crate::text::{Document, Stretch};
use model::EntityRef;

/// A noun phrase in some role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phrase {
    /// A named entity, by its number, with the words and how it is named.
    Entity(u32, Stretch, Form),
    /// A pronoun.
    Pronoun(u32),
    /// Other words.
    Words(Stretch),
}

impl Phrase {
    /// The words.
    pub fn stretch(self) -> Stretch {
        match self {
            Self::Entity(_, stretch, _) | Self::Words(stretch) => stretch,
            Self::Pronoun(at) => Stretch::new(at, at + 1),
        }
    }
}

/// Somebody who speaks, is asked, suffers or does, as a record refers to them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Actor {
    pub reference: EntityRef,
    /// Their number among the document's entities.
    pub entity: Option<u32>,
    /// The words that name them here.
    pub words: Stretch,
    /// Whether the words alone do not say who it is.
    pub inferred: bool,
    /// Their role, where the same words give it.
    pub role: Option<Stretch>,
}

/// A clause's grammar, asked by position.
pub(crate) struct Syntax<'d, 'a> {
    pub document: &'d Document<'a>,
    pub names: &'d Names,
}

/// Forms that make a passive as `was` does: `got arrested`.
pub(crate) const GOT: &[&str] = &["got", "get", "gets", "getting", "gotten"];

impl Syntax<'_, '_> {
    /// Skips adverbs, auxiliaries, modals and negations to the left of a verb; gives the token
    /// before which they begin.
    pub fn verb_group_start(&self, verb: u32) -> u32 {
        let document = self.document;
        let sentence = document.sentence(verb).tokens;
        let mut at = verb;
        while at > sentence.from && verb - at < 8 {
            let before = at - 1;
            // `continues to call for`, `is going to add`
            if document.is_word(before, "to")
                && before > sentence.from
                && document.is(before - 1, Class::Continuing)
            {
                at = before - 1;
                continue;
            }
            // `went on to beat`
            if document.is_word(before, "to") && self.goes_on(before) {
                at = before - 2;
                continue;
            }
            // `got arrested`
            let participle =
                document.is(verb, Class::Past) || document.written(verb).ends_with("ed");
            if document.is_any(before, GOT) && participle {
                at = before;
                continue;
            }
            // `a doctor there said`
            if document.is_word(before, "there")
                && before > sentence.from + 1
                && document.is_plain(before - 1)
                && !document.is(before - 1, Class::Conjunction)
                && !document.is(before - 1, Class::Relative)
            {
                at = before;
                continue;
            }
            // `will keep pressing`
            if document.is_any(before, &["keep", "keeps", "kept"])
                && document.written(verb).ends_with("ing")
            {
                at = before;
                continue;
            }
            // `the High Commissioner on Friday deplored`
            if document.is(before, Class::Weekday)
                && before > sentence.from + 1
                && document.is_any(before - 1, &["on", "last"])
            {
                at = before - 1;
                continue;
            }
            // `experts* today condemned`: a mark of a note
            // `stands accused of having shelled them`
            if document.is_any(before, &["stand", "stands", "stood"])
                && document.is_word(verb, "accused")
            {
                at = before;
                continue;
            }
            // `was first arrested`
            let first = document.is_word(before, "first")
                && document.is(before.saturating_sub(1), Class::Be);
            let adverb = self.is_adverb(before) || first || document.is_any(before, &["*", "†"]);
            let helper = (document.is(before, Class::Auxiliary)
                || document.is(before, Class::Modal)
                || document.is(before, Class::Negation))
                && self.names.at(before).is_none();
            if !(adverb || helper) || document.is(before, Class::ThirdPerson) {
                break;
            }
            at = before;
        }
        at
    }

    /// Whether `went on` stands before a `to`.
    pub fn goes_on(&self, to: u32) -> bool {
        let document = self.document;
        to >= 2
            && document.is_word(to - 1, "on")
            && document.is_any(to - 2, &["go", "goes", "went", "gone", "going"])
    }

    /// Whether words that a pattern found are part of a name, and so not what the pattern means:
    /// the verb in `Department of State`.
    pub fn is_named(&self, words: Stretch) -> bool {
        self.names
            .at(words.from)
            .is_some_and(|mention| mention.form != Form::Later && mention.tokens.len() > 1)
    }

    /// Whether the words are part of a hyphenated word: `trauma-informed`.
    pub fn is_in_compound(&self, words: Stretch) -> bool {
        let joined = |at: u32| {
            self.document
                .token(at)
                .is_some_and(|token| token.shape.is_joined() && token.shape.is_word())
        };
        joined(words.from) && !self.document.is_any(words.from, &["'m", "'re"]) || joined(words.to)
    }

    /// `was asked`: not `is asking`.
    pub fn is_passive(&self, verb: u32) -> bool {
        let document = self.document;
        !document.written(verb).ends_with("ing")
            && (self.verb_group_start(verb)..verb)
                .any(|at| document.is(at, Class::Be) || document.is_any(at, GOT))
    }

    /// Whether the token is an adverb.
    pub fn is_adverb(&self, at: u32) -> bool {
        let document = self.document;
        if document.is(at, Class::Adverb) {
            return true;
        }
        let written = document.written(at);
        written.len() > 4
            && written.ends_with("ly")
            && !document.is_capital(at)
            && !document.is(at, Class::NotAdverb)
    }

    /// Whether the verb is in the infinitive or used as a noun: `to condemn`, `the demand`.
    pub fn is_not_finite(&self, verb: u32) -> bool {
        let document = self.document;
        let sentence = document.sentence(verb).tokens;
        let at = self.verb_group_start(verb);
        let Some(before) = at.checked_sub(1).filter(|&at| sentence.has(at)) else {
            return false;
        };
        if document.is_word(before, "to") {
            let have = at < verb
                || before
                    .checked_sub(1)
                    .is_some_and(|b| document.is_any(b, &["has", "have", "had"]));
            return !have || document.is_any(before.saturating_sub(1), &["want", "wants", "like"]);
        }
        let preposition = at == verb
            && document.is(before, Class::Preposition)
            && !document.is_any(before, &["like", "as", "since", "until", "before", "after"])
            && !document.is_capital(verb);
        // `without fear of arrest`
        let without = at < verb && document.is_word(verb - 1, "without");
        preposition
            || without
            || at == verb
                && (document.is(before, Class::Determiner)
                    && !document.is_any(
                        before,
                        &[
                            "all", "both", "that", "these", "those", "another", "many", "most",
                        ],
                    )
                    || document.is(before, Class::Possessive)
                    || document.is_word(before, "'s"))
    }
}
