//! Rules of warning: `data/alerts/rules.toml` and files of the user's own.
//!
//! Invariant: a file with a mistake is not used at all; the error names the file, the line, and
//! what to write.

use super::checker::{Checker, File};
use super::matching::Matcher;
use model::Vocabularies;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const SHIPPED: &str = include_str!("../../../../data/alerts/rules.toml");
const SHIPPED_NAME: &str = "data/alerts/rules.toml";

/// How urgent an alert is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Somebody may be harmed within days.
    Urgent,
    /// To be looked at.
    Watch,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Watch => "watch",
        }
    }
}

/// A mistake in a file of rules.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{file}, line {line}: {what}")]
pub struct RulesError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to write.
    pub what: String,
}

/// One thing follows on another, or stands beside it, in one state.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    pub first: Vec<Matcher>,
    pub then: Vec<Matcher>,
    pub within_days: i64,
    pub in_order: bool,
    pub one_event_days: i64,
    pub lasts_days: i64,
}

/// Something happens more often in a month than in the months before.
#[derive(Clone, Debug)]
pub(super) struct Surge {
    pub counted: Vec<Matcher>,
    pub trailing_months: i64,
    pub least_months: i64,
    pub percent_of_mean: u64,
    pub minimum: usize,
    pub lasts_days: i64,
}

/// Over what a silence is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    News,
    Requests,
    Demands,
}

/// Nothing has been heard, or answered, for too long.
#[derive(Clone, Debug)]
pub(super) struct Silence {
    pub of: Of,
    pub days: i64,
    pub least_times: usize,
    pub categories: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Shape {
    Sequence(Sequence),
    Surge(Surge),
    Silence(Silence),
}

/// A rule that has been checked.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub id: String,
    pub title: String,
    pub says: String,
    pub severity: Severity,
    pub shape: Shape,
}

/// The rules in force, by id.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    rules: BTreeMap<String, Option<Rule>>,
}

impl Rules {
    /// The rules that are shipped.
    #[must_use]
    pub fn shipped(vocabularies: &Vocabularies) -> Self {
        let rules = Self::default().with(SHIPPED_NAME, SHIPPED, vocabularies);
        rules.expect("a test reads the shipped rules with the shipped vocabularies")
    }

    /// These rules and those of a file: a rule with an id that is here takes the place of the one
    /// that has it, or turns it off.
    ///
    /// # Errors
    /// When the file is not TOML, or a rule in it is incomplete, misspelt or names a term that is
    /// in no vocabulary.
    pub fn with(
        mut self,
        file: &str,
        text: &str,
        vocabularies: &Vocabularies,
    ) -> Result<Self, RulesError> {
        let checker = Checker {
            file,
            text,
            vocabularies,
        };
        let read: File = toml::from_str(text).map_err(|error| checker.unreadable(&error))?;
        let mut here: Vec<String> = Vec::new();
        for written in read.rules {
            let id = written.id.get_ref().clone();
            if here.contains(&id) {
                return Err(checker.wrong(
                    &written.id,
                    format!("the id `{id}` stands twice; give one of the rules another"),
                ));
            }
            let rule = match written.enabled {
                true => Some(checker.rule(written)?),
                false => None,
            };
            here.push(id.clone());
            self.rules.insert(id, rule);
        }
        Ok(self)
    }

    /// Ids of the rules that are in force.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.enabled().map(|rule| rule.id.as_str())
    }

    pub(super) fn enabled(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().flatten()
    }
}
