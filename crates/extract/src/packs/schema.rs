//! The layout of the files of a language pack, as `docs/formats/packs.md` describes it.
//!
//! Invariant: a pack says nothing executable; every pattern stands for a finite list of words.

use serde::Deserialize;
use std::collections::BTreeMap;

/// One file of a pack: any of the tables, in any mixture.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    /// Where the content comes from.
    pub source: String,
    /// Stands in `pack.toml` only.
    pub pack: Option<Head>,
    /// Class of words → its words, separated by blanks (`_` stands for a blank within one).
    pub classes: BTreeMap<String, String>,
    /// Name of a month → 1 to 12.
    pub months: BTreeMap<String, u8>,
    /// Number word → its value.
    pub numbers: BTreeMap<String, i64>,
    pub name: Vec<Name>,
    pub title: Vec<Title>,
    pub group: Vec<Group>,
    pub marker: Vec<Marker>,
    pub violation: Vec<Violation>,
    pub mask: Vec<Mask>,
    pub context: Vec<Context>,
    pub speech: Vec<Speech>,
    pub call: Vec<Call>,
    pub date: Vec<Date>,
    pub counter: Vec<Counter>,
    pub event: Vec<Event>,
}

/// What a pack is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// BCP 47 primary subtag.
    pub language: String,
    /// The language, in itself.
    pub name: String,
    /// Rises with every change that a user would notice.
    pub version: u32,
    pub writing: Writing,
    pub markers: MarkerSide,
    /// Words that no page of any length is without; empty for a language known by its script.
    #[serde(default)]
    pub common: String,
}

/// How words are set apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Writing {
    /// By blanks: French, Spanish.
    Spaced,
    /// By blanks that may be left out, with particles joined to the word: Korean.
    Loose,
    /// Not at all: Japanese.
    Unspaced,
}

/// On which side of a noun stands what says its part in the sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MarkerSide {
    /// Prepositions.
    Before,
    /// Particles.
    After,
}

/// What a name names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NameKind {
    State,
    Person,
    Organisation,
    Place,
    Instrument,
}

/// The names of an entity in this language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Name {
    /// Its key: of a gazetteer, or of its own.
    pub key: String,
    /// What it is; may be left out for a key of a gazetteer.
    #[serde(default)]
    pub kind: Option<NameKind>,
    pub names: Vec<String>,
    /// Names that mean it only in a document that names it otherwise.
    #[serde(default)]
    pub short: Vec<String>,
}

/// A title or role of persons.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Title {
    pub id: String,
    /// Whether it is a form of address, which says nothing without a name: `씨`, `Mme`.
    #[serde(default)]
    pub address: bool,
    /// Whether who bears it may suffer though no name is given: `기자가 구금됐다`, `le journaliste`.
    #[serde(default)]
    pub suffers: bool,
    pub terms: Vec<String>,
}

/// Words for people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub id: String,
    /// Term of the vocabulary `victim-characteristic`.
    #[serde(default)]
    pub characteristic: Option<String>,
    /// Whether they are of those who hold power: they do, and do not suffer.
    #[serde(default)]
    pub power: bool,
    /// Whether they find out and tell: they neither do nor suffer.
    #[serde(default)]
    pub tells: bool,
    /// Whether they stand for who was spoken of last: `그는`, `elle`.
    #[serde(default)]
    pub pronoun: bool,
    pub terms: Vec<String>,
}

/// The part that a noun has in the sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    /// What the sentence is about.
    Topic,
    /// Who does it.
    Subject,
    /// Whom it befalls.
    Object,
    /// By whom.
    Agent,
    /// Whose.
    Of,
    /// Against whom.
    Against,
    /// To whom, of whom something is asked.
    To,
    /// According to whom.
    Source,
    /// Where.
    Place,
    /// Who begins what somebody says: `que les soldats`. It is no speaker; in its own clause it is
    /// as bare as any.
    Clause,
    /// Whatever else: a noun with it is none of the above.
    Other,
}

/// A particle or preposition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Marker {
    pub part: Part,
    pub terms: Vec<String>,
}

/// How a violation's words work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TermKind {
    /// A noun of the act: an allegation where a context says so or the sentence names somebody.
    Act,
    /// Words that say by themselves that it happened.
    Clause,
    /// A right: an allegation only where a context takes it away.
    Right,
    /// A quality of violations: only beside a violation or a word of the class `abuse`.
    Quality,
}

/// Who stands where around the words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Voice {
    /// The words do not say.
    #[default]
    None,
    /// The subject does it.
    Active,
    /// The subject suffers it.
    Passive,
}

/// Words for a type of violation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Violation {
    pub id: String,
    /// Term of the vocabulary `violation`.
    pub code: String,
    pub kind: TermKind,
    #[serde(default)]
    pub voice: Voice,
    pub terms: Vec<String>,
    /// Words of which one must stand in the same clause, for terms that say too little alone: the
    /// verb is a term, what it is done with or to stands here.
    #[serde(default)]
    pub with: Vec<String>,
    /// How far off, in characters; [`WITHIN`] when left out.
    pub within: Option<u16>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// Characters between a term and the words that it needs, at most.
pub(super) const WITHIN: u16 = 30;

/// Words in which a violation is only named.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mask {
    pub id: String,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// What words around a violation make of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Effect {
    /// Only a subject, a rule, a policy.
    Topic,
    /// It is said to have happened.
    Fact,
    /// It may happen.
    Feared,
    /// Somebody says that it did not happen.
    Denied,
    /// A body charged with it found it.
    Found,
    /// Those who did it say so.
    Admitted,
    /// A right is taken away.
    Deprived,
}

/// Where the words of a context stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    Before,
    After,
}

/// Words around a violation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Context {
    pub id: String,
    pub effect: Effect,
    pub side: Side,
    #[serde(default)]
    pub voice: Voice,
    /// Within how many characters; by its effect when it is left out.
    #[serde(default)]
    pub reach: Option<u16>,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// Verbs of saying.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Speech {
    pub id: String,
    /// Term of the vocabulary `speech-act`.
    pub act: String,
    /// Whether it makes a demand too: `촉구했다`.
    #[serde(default)]
    pub call: bool,
    /// Whether nobody in particular says it: `알려졌다`.
    #[serde(default)]
    pub unnamed: bool,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// Words that demand without a verb of saying: `해야 한다`, `doit`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    pub id: String,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// How a date's words are resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Means {
    /// As written: `{year}`, with `{month}` and `{day}` where they stand.
    Absolute,
    /// From `{year}` (`{month}`, `{day}`) to the second ones.
    Interval,
    /// From `{year}` on.
    Since,
    /// `{month}` (`{day}`) of the year of publication, or of the one before when that has not come.
    LastMonth,
    /// `{number}` years, months or days before publication.
    YearsAgo,
    MonthsAgo,
    DaysAgo,
    /// The year of publication, and the one before it; `{month}` and `{day}` where they stand.
    ThisYear,
    YearBefore,
    /// The month of publication, and the one before it; `{day}` where it stands.
    ThisMonth,
    MonthBefore,
    /// The day of publication, and the one before it.
    Today,
    Yesterday,
    /// `{number}`0s: ten years.
    Decade,
}

/// Words of a date.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Date {
    pub id: String,
    pub means: Means,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// A word that counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counter {
    pub id: String,
    /// The unit, in the singular: `person`, `percent`.
    pub unit: String,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// Words that say that something took place: proposed with a date in their sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    pub id: String,
    /// Term of the vocabulary `event-type`.
    pub event: String,
    pub terms: Vec<String>,
    pub examples: Vec<String>,
    pub counter: Vec<String>,
}

/// What every rule of a pack has: its id, its patterns, and what they must and must not find.
pub(super) trait Rule {
    /// The rule's own id, patterns and examples.
    fn worded(&self) -> Worded<'_>;
}

/// Id, patterns and examples of a rule.
#[derive(Clone, Copy)]
pub(super) struct Worded<'a> {
    pub id: &'a str,
    pub terms: &'a [String],
    pub examples: &'a [String],
    pub counter: &'a [String],
}

macro_rules! rules {
    ($($rule:ty),*) => {$(
        impl Rule for $rule {
            fn worded(&self) -> Worded<'_> {
                Worded {
                    id: &self.id,
                    terms: &self.terms,
                    examples: &self.examples,
                    counter: &self.counter,
                }
            }
        }
    )*};
}

rules!(Violation, Mask, Context, Speech, Call, Date, Counter, Event);
