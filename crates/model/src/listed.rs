//! What lists of persons say beyond names: ages, relatives, what happened when, and the row itself.
//!
//! Invariant: everything here is what a list says, never what follows from it; an age is not
//! turned into a year of birth.

use crate::{Code, EntityRef, Name, ResolvedDate};
use serde::{Deserialize, Serialize};

/// An age as a source states it, in whole years.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Age {
    /// Least age that the words mean.
    pub least: u16,
    /// Greatest age that the words mean; the same as `least` for a single number.
    pub most: u16,
    /// When the person was of that age, where the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<ResolvedDate>,
}

/// A relative, by name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Relative {
    /// What the relative is to the person: `father`, `mother`, `spouse`, `child`, `sibling`, or the
    /// source's own word.
    pub relation: String,
    /// The name, as written.
    pub name: Name,
}

/// Something that happened to a person, when and where: taken, arrested, last seen.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct LifeEvent {
    /// What: `taken` (abducted, arrested, captured), `last seen`, `held`, or the source's own word.
    pub what: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<ResolvedDate>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<EntityRef>,
}

/// What a source says under a heading of its own, word for word.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Detail {
    /// The heading.
    pub heading: String,
    /// What stands under it.
    pub text: String,
}

/// The row of a list that a record was read from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ListRow {
    /// The list's name: the same for all its versions.
    pub list: String,
    /// The row, from 1, as the program that made the file counts.
    pub row: u32,
    /// The sheet, where the file has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The list's own number or reference for the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether the list claims to name nobody twice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_to_one: bool,
}

/// How a list was imported: what stands beside its proposals in the ledger, so that the import
/// can be done again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ListImport {
    /// The list's name.
    pub list: String,
    /// Term of the vocabulary `case-category`: each row is a case of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Code>,
    /// Whether the list claims to name nobody twice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_to_one: bool,
    /// The mapping of columns to fields, as its TOML file.
    pub mapping: String,
}
