//! The compiled lexicons: words and their classes, the automaton over all patterns, the tables
//! that its entries point into.
//!
//! Invariant: compiled once, from texts that are passed in; never changed after. The same texts
//! give the same lexicon.

mod compile;
mod error;
mod files;
mod gazetteer;
mod schema;
mod template;
mod trie;
mod words;

pub use error::LexiconError;
pub(crate) use files::{SHIPPED, VECTORS};
pub(crate) use schema::{
    AnswerKind, CallFrame, CaseKind, Effect, Frame, RoleKind, Side, Speech, TermKind,
};
pub(crate) use template::{Forms, singular};
pub(crate) use trie::{Table, Trie};
pub(crate) use words::{Class, Classes, WordId, Words};

use crate::clauses;
use crate::tagger::Model;
use aho_corasick::AhoCorasick;
use model::EntityKind;
use regex_automata::meta::Regex;
use std::collections::{BTreeMap, HashMap};

/// Everything the rules look up.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub words: Words,
    pub forms: Forms,
    pub trie: Trie,
    pub known: Vec<Known>,
    pub by_key: HashMap<String, u32>,
    /// What each name form in the automaton means.
    pub name_forms: Vec<NameForm>,
    /// Adjectives and nationals: the state's number in `known`.
    pub peoples: Vec<u32>,
    pub symbols: Vec<schema::Symbol>,
    pub symbol_patterns: Option<Regex>,
    pub violations: Vec<schema::Violation>,
    /// What each violation sequence in the automaton means.
    pub violation_forms: Vec<ViolationForm>,
    pub contexts: Vec<schema::Context>,
    pub speeches: Vec<schema::Speech>,
    pub calls: Vec<schema::Call>,
    pub events: Vec<schema::Event>,
    /// Words of which each event needs one, by event.
    pub event_objects: Vec<Vec<WordId>>,
    pub groups: Vec<schema::Group>,
    pub roles: Vec<schema::Role>,
    /// Role numbers by the word that later stands for a holder.
    pub later: HashMap<u32, Vec<u32>>,
    pub answers: Vec<schema::Answer>,
    pub cases: Vec<schema::CaseKind>,
    /// Known persons by folded last name.
    pub surnames: HashMap<String, Vec<u32>>,
    /// Role numbers by their words, for the roles of known persons.
    pub role_words: HashMap<String, u32>,
    /// Names of states by language, for texts without word breaks or English.
    pub local: Vec<LocalNames>,
    /// Names that no list knows.
    pub tagger: Model,
    /// Clauses that tell of a violation in words that no list holds.
    pub clauses: clauses::Model,
    /// What English words are like, for those models.
    pub vectors: clauses::Vectors,
    /// The entry of `violations` that such a clause is proposed by, by code.
    pub suggested: BTreeMap<String, u32>,
    /// Every pattern with its examples, for the tests and the workshop.
    pub examples: Vec<Examples>,
}

/// An entity that the gazetteers know.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub kind: EntityKind,
    pub key: String,
    pub name: String,
    pub iso: Option<String>,
    pub within: Option<String>,
    pub symbol: Option<String>,
    pub roles: Vec<String>,
}

/// How a written form names an entity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameForm {
    /// Number in `known`.
    pub known: u32,
    pub status: FormStatus,
}

/// How sure a form names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormStatus {
    /// Always.
    Full,
    /// Only where the entity is named otherwise.
    Short,
    /// A seat of government: the government, or a place with this number in `known`.
    Seat { place: u32 },
}

/// Words of a violation, whole or elided in a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ViolationForm {
    /// Number in `violations`.
    pub violation: u32,
    /// Only as a further item of a list of rights.
    pub elided: bool,
}

/// Names of states in one language.
#[derive(Debug)]
pub(crate) struct LocalNames {
    /// BCP 47 language.
    pub language: String,
    pub automaton: AhoCorasick,
    /// Number in `known`, by pattern.
    pub known: Vec<u32>,
    /// The names, by pattern.
    pub names: Vec<String>,
    /// Whether a name must stand between word breaks.
    pub word_breaks: bool,
}

/// A pattern's id with sentences in which it must and must not fire.
#[derive(Debug, Clone)]
pub struct Examples {
    /// Id of the pattern.
    pub id: String,
    /// Table of the lexicon it stands in.
    pub table: &'static str,
    /// What the pattern does, where one table holds several things.
    pub detail: String,
    /// Sentences in which it fires.
    pub examples: Vec<String>,
    /// Sentences in which it does not.
    pub counter: Vec<String>,
}

impl Lexicon {
    /// Compiles lexicon files, given as (name, text); a later file of the same name takes the
    /// earlier one's place.
    pub fn compile<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, LexiconError> {
        compile::compile(files)
    }
}
