//! Measures of "widespread" and "systematic": `data/patterns/measures.toml`, or a user's own.
//!
//! Invariant: every result says what was counted and against which threshold; none concludes.

use super::counts::Range;
use crate::corpus::Evidence;
use serde::{Deserialize, Serialize};

const SHIPPED: &str = include_str!("../../../../data/patterns/measures.toml");

/// A file of measures that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MeasuresError {
    /// Not TOML, or a part is missing or misspelt.
    #[error("the measures cannot be read; they are as in data/patterns/measures.toml: {0}")]
    Malformed(String),
    /// A threshold that the weaker one is above.
    #[error(
        "the measure `{0}` has a strong threshold below its indicated one; write indicated <= strong"
    )]
    Thresholds(String),
}

/// What a measure counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Counted {
    Events,
    Victims,
    Places,
    Years,
    Institutions,
    VictimGroups,
    Origins,
    Regularity,
    Recurrence,
    PolicyRecords,
    Conclusions,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measure {
    pub id: String,
    pub of: Quality,
    pub counts: Counted,
    pub title: String,
    pub definition: String,
    pub indicated: u64,
    pub strong: u64,
    #[serde(default)]
    pub conclusions: Vec<String>,
}

/// What a measure speaks to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// On a large scale, or with many victims.
    Widespread,
    /// Organised, regular, not by chance.
    Systematic,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "measure")]
    measures: Vec<Measure>,
}

/// The measures in use.
#[derive(Clone, Debug)]
pub struct Measures {
    pub(super) measures: Vec<Measure>,
}

/// How far what is on record goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Below the threshold, or not known: no sign that it is not so.
    NotShown,
    /// The upper bound reaches the threshold, the lower does not.
    Unclear,
    /// The threshold is reached.
    Indicated,
    /// The strong threshold is reached.
    Strong,
}

/// The result of a measure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// The measure.
    pub measure: String,
    /// What it speaks to.
    pub of: Quality,
    /// Its title.
    pub title: String,
    /// What was counted.
    pub value: Range,
    /// How far it goes.
    pub level: Level,
    /// Value, threshold and definition in words.
    pub why: String,
    /// Records that it rests on, oldest first, the first few.
    pub evidence: Vec<Evidence>,
}

/// All measures over what a filter lets through.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assessment {
    /// The results, in the order of the file.
    pub results: Vec<Measured>,
    /// What they amount to for `widespread`, in words.
    pub widespread: String,
    /// What they amount to for `systematic`, in words.
    pub systematic: String,
}

impl Measures {
    /// The measures that are shipped.
    #[must_use]
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).expect("a test reads the shipped measures")
    }

    /// Reads measures.
    ///
    /// # Errors
    /// When the text is not TOML, a part is missing or unknown, or thresholds are out of order.
    pub fn parse(text: &str) -> Result<Self, MeasuresError> {
        let file: File =
            toml::from_str(text).map_err(|error| MeasuresError::Malformed(error.to_string()))?;
        let wrong = file.measures.iter().find(|one| one.indicated > one.strong);
        if let Some(measure) = wrong {
            return Err(MeasuresError::Thresholds(measure.id.clone()));
        }
        Ok(Self {
            measures: file.measures,
        })
    }
}
