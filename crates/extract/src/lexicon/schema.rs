//! The layout of lexicon and gazetteer files, as `docs/formats/lexicons.md` describes it.
//!
//! Invariant: a file says nothing executable; every pattern stands for a finite list of words.

use serde::Deserialize;
use std::collections::BTreeMap;

/// One file: any of the tables, in any mixture.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct File {
    /// Where the content comes from.
    pub source: String,
    /// Class of words → its words, separated by blanks.
    pub classes: BTreeMap<String, String>,
    /// Number word → its value.
    pub numbers: BTreeMap<String, i64>,
    /// Irregular verb → its other forms, separated by blanks.
    pub verbs: BTreeMap<String, String>,
    /// Irregular noun → its plural.
    pub nouns: BTreeMap<String, String>,
    pub state: Vec<State>,
    pub name: Vec<Name>,
    pub symbol: Vec<Symbol>,
    pub violation: Vec<Violation>,
    pub mask: Vec<Mask>,
    pub context: Vec<Context>,
    pub speech: Vec<Speech>,
    pub call: Vec<Call>,
    pub event: Vec<Event>,
    pub group: Vec<Group>,
    pub role: Vec<Role>,
    pub answer: Vec<Answer>,
    pub case: Vec<CaseKind>,
}

/// A state.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    /// ISO 3166-1 alpha-2.
    pub iso: String,
    /// Canonical name.
    pub name: String,
    /// Other names, acronyms among them.
    #[serde(default)]
    pub names: Vec<String>,
    /// Names that mean it only where it, or its counterpart, is named otherwise: `the North`.
    #[serde(default)]
    pub short: Vec<String>,
    /// Adjectives: never a mention by themselves.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// Its people, in the plural.
    #[serde(default)]
    pub nationals: Vec<String>,
    /// Seats of government: the state, or a place after `in`.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Names by language.
    #[serde(default)]
    pub local: BTreeMap<String, Vec<String>>,
}

/// What a curated name names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum NameKind {
    Person,
    Organisation,
    Place,
    Instrument,
    Group,
}

/// A body, place, instrument or person that the gazetteer knows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Name {
    /// Key, such as `body:human-rights-council`.
    pub key: String,
    pub kind: NameKind,
    /// Canonical name.
    pub name: String,
    #[serde(default)]
    pub names: Vec<String>,
    /// Names that mean it only where it is named in full: `the Council`.
    #[serde(default)]
    pub short: Vec<String>,
    /// Key of the organisation it is part of, or of the place or state it lies in.
    #[serde(default)]
    pub within: Option<String>,
    /// Official symbol of an instrument.
    #[serde(default)]
    pub symbol: Option<String>,
    /// Roles of a person, for `the Special Rapporteur` to find.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// A pattern of characters that names an instrument: `A/HRC/RES/34/24`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Symbol {
    pub id: String,
    /// A regular expression.
    pub pattern: String,
    /// Key of the body it comes from.
    #[serde(default)]
    pub body: Option<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// How a violation's words work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TermKind {
    /// A noun of the act: `torture`, `public executions`.
    Act,
    /// A verb: `were tortured`.
    Verb,
    /// A phrase that says by itself that it happens: `are unable to leave the country`.
    Clause,
    /// A right: an allegation only where it is denied.
    Right,
    /// A quality of violations: `systematic`.
    Quality,
}

/// Words for a type of violation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Violation {
    pub id: String,
    /// Term of the vocabulary `violation`.
    pub code: String,
    pub kind: TermKind,
    /// Whether the words are an allegation only beside a victim, a perpetrator or a report of it:
    /// `arrested`, `killed`.
    #[serde(default)]
    pub weak: bool,
    /// Whether the words themselves speak of what is feared.
    #[serde(default)]
    pub feared: bool,
    /// Whether the one who suffers is the subject, also of an active verb: `disappeared`, `serves`.
    #[serde(default)]
    pub subject: bool,
    /// Whether, in a list below a denied right, the last word alone stands for the whole (`religion`).
    #[serde(default)]
    pub elided: Vec<String>,
    /// Words of which some must stand in the same sentence within `within` words before or behind:
    /// `sentenced` … `years`, `sent` … `across the river`. None: the terms suffice.
    #[serde(default)]
    pub beside: Vec<String>,
    /// How many words away `beside` may stand; 10 when absent. From 30 on it may stand in another
    /// sentence of the passage.
    #[serde(default = "ten")]
    pub within: u32,
    /// Words none of which may stand in the same sentence: `sentenced to years` is none where it is
    /// for `war crimes`.
    #[serde(default)]
    pub unless: Vec<String>,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

fn ten() -> u32 {
    10
}

/// Words in which violations are only named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mask {
    pub id: String,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// What words around a violation make of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Effect {
    /// It is said to have happened: `committed`, `subjected to`.
    Fact,
    /// Somebody unnamed reports it: `credible reports of`.
    Reported,
    /// A body found it.
    Found,
    /// It may happen.
    Feared,
    /// Somebody says that it did not happen.
    Denied,
    /// Those who did it say so.
    Admitted,
    /// It is only named: a norm, a policy, a subject.
    Topic,
    /// A right is taken away.
    Deprived,
    /// It is judged to be so in law: `amount to`, `may constitute`.
    Assessed,
}

/// Where the words of a context stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    Before,
    After,
}

/// Words around a violation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Context {
    pub id: String,
    pub effect: Effect,
    pub side: Side,
    /// Whether words further off that govern count before it: `including`.
    #[serde(default)]
    pub transparent: bool,
    /// Whether they count only in a clause that names somebody or some place: `flee`, `use`.
    #[serde(default)]
    pub weak: bool,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// What a speech verb takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Frame {
    /// Words as spoken: `said “…”`.
    Quote,
    /// A clause with `that` (`how`, `whether`).
    That,
    /// A clause without `that`: `said it was`.
    Bare,
    /// A noun phrase or an infinitive: `condemned the killings`.
    Object,
    /// What somebody does or did, as a gerund: `denies targeting civilians`.
    Doing,
    /// An abuse that somebody found and wrote down: `documented the killing of two men`.
    Records,
    /// `According to X, …`.
    Source,
    /// `…, he had heard from X, …`: whoever told it stands behind.
    Hearsay,
    /// A noun for what is said: `the finding of X that`, `X's claim that`.
    Nominal,
    /// What somebody calls something: `called the verdict a disgrace`.
    Naming,
    /// The first words of a paragraph of a resolution: `Deeply concerned at …`.
    Opening,
}

/// Verbs of saying.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Speech {
    pub id: String,
    /// Term of the vocabulary `speech-act`.
    pub act: String,
    pub frames: Vec<Frame>,
    /// Whether it may be the act of a document's own voice: `we condemn`.
    #[serde(default)]
    pub performative: bool,
    /// Whether those who say so admit it.
    #[serde(default)]
    pub admits: bool,
    /// Whether only people and bodies do it, so that any subject of it speaks: `said`.
    #[serde(default)]
    pub anyone: bool,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// What a call's words take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CallFrame {
    /// `urge X to do`.
    AddresseeTo,
    /// `call for something`; `object` after the words is the demand.
    Demand,
    /// `demand that X do`.
    That,
    /// `X must do`: the addressee stands before.
    Modal,
    /// `a call by X to do`.
    Nominal,
    /// `X is asked to do`: the addressee is the subject.
    Passive,
    /// `want X to do`, `want him freed`: only of a state, a body or those who are bound.
    Wanted,
}

/// Words that make a call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    pub id: String,
    pub frame: CallFrame,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// Words that say that something took place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub id: String,
    /// Term of the vocabulary `event-type`.
    pub event: String,
    pub terms: Vec<String>,
    /// One of these must stand within eight words after the terms, or before them in a passive.
    #[serde(default)]
    pub object: Vec<String>,
    /// Whether the terms are nouns, whose date stands beside them: `the election of 9 August`.
    #[serde(default)]
    pub noun: bool,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// Words for people who can be victims.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub id: String,
    /// Term of the vocabulary `victim-characteristic`.
    #[serde(default)]
    pub characteristic: Option<String>,
    pub terms: Vec<String>,
}

/// How a role stands before a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RoleKind {
    /// `Mr.`: no role, but a name follows.
    Honorific,
    /// `Ambassador`: a name may follow, be it a surname.
    Office,
    /// `journalist`: a full name may follow.
    Description,
}

/// A role of persons.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    pub id: String,
    pub kind: RoleKind,
    /// `female` or `male`, where the word says so.
    #[serde(default)]
    pub sex: Option<String>,
    pub terms: Vec<String>,
    /// Words that later stand for its holder: `the expert`.
    #[serde(default)]
    pub later: Vec<String>,
}

/// What kind of record an answer's words make.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AnswerKind {
    Commitment,
    Response,
}

/// Words by which somebody undertakes something or answers a call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub id: String,
    pub record: AnswerKind,
    /// Term of the vocabulary `response`, for a response.
    #[serde(default)]
    pub answer: Option<String>,
    /// Whether the words name nobody who answers: `has gone unanswered`.
    #[serde(default)]
    pub unnamed: bool,
    /// Whether the words answer only where they introduce what is said: `answered that`.
    #[serde(default)]
    pub said: bool,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// What makes a case of somebody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseKind {
    pub id: String,
    /// Term of the vocabulary `case-category`.
    pub category: String,
    /// Terms of the vocabulary `violation` whose victim makes such a case.
    pub violations: Vec<String>,
    /// Whether only a person who is named does, not a group.
    #[serde(default)]
    pub persons: bool,
    /// Whether what is feared makes it, instead of what has happened.
    #[serde(default)]
    pub feared: bool,
    /// Words in whose sentence such a case is none: `a fugitive was arrested for bribery`.
    #[serde(default)]
    pub not_with: Vec<String>,
    /// How many people a group may have to be one case; without it, any number.
    #[serde(default)]
    pub most: Option<u64>,
    /// Words in a demand that tell the category of those whom it asks for.
    #[serde(default)]
    pub words: Vec<String>,
    /// Terms of the vocabulary `violation` after which such a case is none: who was killed is not to
    /// be freed.
    #[serde(default)]
    pub ended_by: Vec<String>,
    /// Rules that tell it best, where others of the same person come before: that nobody knows where he is, rather than
    /// that he was taken.
    #[serde(default)]
    pub best: Vec<String>,
    /// Whether persons whom a demand names without such words are of this category.
    #[serde(default)]
    pub demand: bool,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}
