//! The rules by which demands are recognised: `data/threads/matching.toml`, or a user's own.
//!
//! Invariant: shares are percent, 0 to 100; a file that does not say all is not used in part.

use crate::corpus::fold;
use frostem::{Algorithm, Stemmer};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

const SHIPPED: &str = include_str!("../../../../data/threads/matching.toml");

/// A file of rules that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RulesError {
    /// Not TOML, or a rule is missing or misspelt.
    #[error("the rules of matching cannot be read; they are as in data/threads/matching.toml: {0}")]
    Malformed(String),
    /// A share that is no percentage.
    #[error("`{rule}` is {value}; it is a share in percent: write a number from 0 to 100")]
    NotAShare {
        /// The rule.
        rule: &'static str,
        /// Its value.
        value: u32,
    },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    same_demand: u32,
    same_demand_and_violation: u32,
    same_demand_other_violation: u32,
    contained: u32,
    fewest_words: usize,
    contained_words: usize,
    one_call_days: u16,
    answer_share: u32,
    likely_answer_share: u32,
    silence_kept_by: Vec<String>,
    connectors: Vec<String>,
    party_words: BTreeSet<String>,
    nobody: BTreeSet<String>,
    alike: Vec<Vec<String>>,
    stop: BTreeSet<String>,
}

/// How demands are recognised, and answers matched to them.
#[derive(Clone)]
pub struct Rules {
    file: File,
    stemmer: Stemmer,
    alike: HashMap<String, String>,
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.file.fmt(f)
    }
}

impl Rules {
    /// The rules that are shipped.
    #[must_use]
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).expect("a test reads the shipped rules")
    }

    /// Reads rules from TOML.
    ///
    /// # Errors
    /// When the text is not TOML, a rule is missing or unknown, or a share is above 100.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let file: File =
            toml::from_str(text).map_err(|error| RulesError::Malformed(error.to_string()))?;
        let shares = [
            ("same_demand", file.same_demand),
            ("same_demand_and_violation", file.same_demand_and_violation),
            (
                "same_demand_other_violation",
                file.same_demand_other_violation,
            ),
            ("contained", file.contained),
            ("answer_share", file.answer_share),
            ("likely_answer_share", file.likely_answer_share),
        ];
        if let Some(&(rule, value)) = shares.iter().find(|(_, value)| *value > 100) {
            return Err(RulesError::NotAShare { rule, value });
        }
        let stemmer = Stemmer::new(Algorithm::English);
        let mut alike = HashMap::new();
        for group in &file.alike {
            let Some(first) = group.first() else { continue };
            let first = stemmer.stem(first).into_owned();
            for word in group {
                alike.insert(stemmer.stem(word).into_owned(), first.clone());
            }
        }
        Ok(Self {
            file,
            stemmer,
            alike,
        })
    }

    /// The stems of the words of a text that say something, each once, in alphabetical order.
    pub(crate) fn stems(&self, text: &str) -> Vec<String> {
        let mut stems: Vec<String> = crate::corpus::words(text)
            .filter(|word| !self.file.stop.contains(word))
            .map(|word| self.stem(&word))
            .collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    fn stem(&self, word: &str) -> String {
        let stem = self.stemmer.stem(word).into_owned();
        self.alike.get(&stem).cloned().unwrap_or(stem)
    }

    /// The parts of a demand that asks for several things, in their order.
    pub(crate) fn parts<'t>(&self, demand: &'t str) -> Vec<&'t str> {
        let mut parts = vec![demand];
        for connector in &self.file.connectors {
            parts = parts
                .into_iter()
                .flat_map(|part| part.split(connector.as_str()))
                .collect();
        }
        let parts: Vec<&str> = parts.into_iter().map(str::trim).collect();
        let enough = |part: &&str| self.stems(part).len() >= self.file.fewest_words;
        // A part that says too little by itself leaves the sentence whole.
        if parts.len() > 1 && parts.iter().all(enough) {
            parts
        } else {
            vec![demand.trim()]
        }
    }

    /// A name without the words that say only what kind of party it is; whole, if none is left.
    pub(crate) fn party_name(&self, name: &str) -> String {
        let whole = fold(name);
        let kept: Vec<&str> = whole
            .split(' ')
            .filter(|word| !self.file.party_words.contains(*word))
            .collect();
        if kept.is_empty() {
            whole
        } else {
            kept.join(" ")
        }
    }

    /// Whether a name says only that somebody is meant, and not who.
    pub(crate) fn is_nobody(&self, name: &str) -> bool {
        self.file.nobody.contains(&fold(name))
    }

    /// Whether an answer of this type leaves the demand unanswered.
    pub(crate) fn keeps_silence(&self, answer: &str) -> bool {
        self.file.silence_kept_by.iter().any(|code| code == answer)
    }

    /// Share of common words from which two demands are the same.
    pub(crate) fn needed_share(&self, shared_violation: bool, other_violation: bool) -> u32 {
        match (shared_violation, other_violation) {
            (true, _) => self.file.same_demand_and_violation,
            (false, true) => self.file.same_demand_other_violation,
            (false, false) => self.file.same_demand,
        }
    }

    /// The least share that any two demands need.
    pub(crate) fn least_share(&self) -> u32 {
        self.file
            .same_demand_and_violation
            .min(self.file.same_demand)
            .min(self.file.same_demand_other_violation)
    }

    /// Share of the shorter demand's words from which it counts as contained, and how many words
    /// it must have.
    pub(crate) fn contained(&self) -> (u32, usize) {
        (self.file.contained, self.file.contained_words)
    }

    /// Fewest words by which a demand can be recognised.
    pub(crate) fn fewest_words(&self) -> usize {
        self.file.fewest_words
    }

    /// Days within which calls of one caller are one call.
    pub(crate) fn one_call_days(&self) -> i64 {
        i64::from(self.file.one_call_days)
    }

    /// Shares from which an answer is possible, and likely.
    pub(crate) fn answer_shares(&self) -> (u32, u32) {
        (self.file.answer_share, self.file.likely_answer_share)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_that_say_the_same_have_one_stem() {
        let rules = Rules::shipped();
        let stems = |text| rules.stems(text);
        assert_eq!(stems("release the prisoners"), stems("free all detainees"));
        assert_eq!(stems("closing of the camps"), stems("close every camp"));
        assert!(stems("and all of the").is_empty());
    }

    #[test]
    fn a_demand_for_two_things_has_two_parts() {
        let rules = Rules::shipped();
        let demand = "release political prisoners and to close the prison camps";
        assert_eq!(
            rules.parts(demand),
            ["release political prisoners", "close the prison camps"]
        );
        let whole = "let them speak and to act";
        assert_eq!(rules.parts(whole), [whole]);
    }

    #[test]
    fn mistakes_in_rules_are_named() {
        let wrong = SHIPPED.replace("same_demand = 50", "same_demand = 500");
        let error = Rules::parse(&wrong).unwrap_err().to_string();
        assert!(error.contains("`same_demand` is 500"), "{error}");
        let missing = SHIPPED.replace("answer_share = 25", "answr_share = 25");
        let error = Rules::parse(&missing).unwrap_err().to_string();
        assert!(error.contains("answr_share"), "{error}");
    }
}
