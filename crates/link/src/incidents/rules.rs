//! When two allegations describe the same act: points, limits and word lists, as data.
//!
//! Invariant: nothing about grouping that a user may want to change stands in the code. The shipped
//! file is `data/corroboration/incidents.toml`.

use serde::Deserialize;
use std::collections::BTreeSet;

const SHIPPED: &str = include_str!("../../../../data/corroboration/incidents.toml");

/// A rule file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// Not TOML, or a key is missing or unknown.
    #[error("the rules for incidents cannot be read: {0}. Compare the file with the shipped one")]
    Malformed(String),
    /// A figure outside what it may be.
    #[error("in the rules for incidents, `{key}` is {value}: it must be {range}")]
    OutOfRange {
        /// The key.
        key: &'static str,
        /// What the file says.
        value: i64,
        /// What it may be, in words.
        range: &'static str,
    },
}

/// Points for what two allegations have in common.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Points {
    pub named_person: i32,
    pub same_number: i32,
    pub compatible_number: i32,
    pub same_group: i32,
    pub same_type: i32,
    pub exact_day: i32,
    pub same_day: i32,
    pub same_month: i32,
    pub same_year: i32,
    pub told_together: i32,
    pub same_site: i32,
    pub within_place: i32,
    pub same_actor: i32,
    pub same_words: i32,
    pub like_words: i32,
    pub different_number: i32,
    pub different_actor: i32,
    pub different_day: i32,
    pub different_site: i32,
    pub person_and_group: i32,
}

/// Where something begins to count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Limits {
    pub telling_number: u64,
    pub largest_event: u64,
    pub days_of_a_day: i32,
    pub days_of_a_month: i32,
    pub days_of_telling: i32,
    pub event_days: i32,
    pub slip_days: i32,
    pub once_slip_days: i32,
    pub number_factor: u64,
    pub same_words_share: u32,
    pub like_words_share: u32,
    pub least_words: usize,
    pub widest_block: usize,
    pub neighbours: usize,
}

/// Days by which an uncertain date may be wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slack {
    pub day: i32,
    pub month: i32,
    pub year: i32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    codes: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    phrases: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    names: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: BTreeSet<String>,
}

/// Types of violation that a type of event may be told as.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Happening {
    pub event: String,
    pub codes: BTreeSet<String>,
}

/// The rules by which allegations become incidents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rules {
    /// Where they come from, for people.
    pub source: String,
    /// Points from which two allegations are joined.
    pub join: i32,
    pub(crate) points: Points,
    pub(crate) limits: Limits,
    pub(crate) slack: Slack,
    same_act: Vec<Codes>,
    once: Codes,
    conclusions: Codes,
    general: Phrases,
    witness: Names,
    nobody: Names,
    stop: Words,
    pub(crate) happening: Vec<Happening>,
}

impl Rules {
    /// The shipped rules.
    ///
    /// # Errors
    /// None in a released program: a test reads them.
    pub fn shipped() -> Result<Self, RuleError> {
        Self::parse(SHIPPED)
    }

    /// Rules from a file of the layout of the shipped one.
    ///
    /// # Errors
    /// When it is not of that layout, or a figure is outside what it may be.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let rules: Self =
            toml::from_str(text).map_err(|error| RuleError::Malformed(error.to_string()))?;
        rules.check()?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), RuleError> {
        let limits = &self.limits;
        let days = [
            ("days-of-a-day", limits.days_of_a_day),
            ("days-of-a-month", limits.days_of_a_month),
            ("days-of-telling", limits.days_of_telling),
            ("event-days", limits.event_days),
            ("slip-days", limits.slip_days),
            ("once-slip-days", limits.once_slip_days),
            ("day", self.slack.day),
            ("month", self.slack.month),
            ("year", self.slack.year),
        ];
        for (key, value) in days {
            within(key, i64::from(value), 0..=36_600, "0 to 36600 days")?;
        }
        let block = limits.widest_block.try_into().unwrap_or(i64::MAX);
        within("widest-block", block, 2..=4096, "2 to 4096")?;
        let near = limits.neighbours.try_into().unwrap_or(i64::MAX);
        within("neighbours", near, 1..=256, "1 to 256")?;
        let factor = limits.number_factor.try_into().unwrap_or(i64::MAX);
        within("number-factor", factor, 1..=1_000_000, "1 to 1000000")?;
        within("join", self.join.into(), 1..=1000, "1 to 1000")
    }

    /// Whether reports use these two types for one act.
    pub(crate) fn same_act(&self, one: &str, other: &str) -> bool {
        let mut groups = self.same_act.iter();
        groups.any(|group| group.codes.contains(one) && group.codes.contains(other))
    }

    /// Whether the act befalls a person once.
    pub(crate) fn is_once(&self, code: &str) -> bool {
        self.once.codes.contains(code)
    }

    /// Whether a term, or the family it stands in, is a conclusion about many events.
    pub(crate) fn is_conclusion(&self, code: &str) -> bool {
        self.conclusions.codes.contains(code)
    }

    /// The words that make a text one about what is usual; `padded` is folded, with a blank before
    /// and behind every word.
    pub(crate) fn general_words(&self, padded: &str) -> Option<&str> {
        let mut phrases = self.general.phrases.iter();
        let found = phrases.find(|phrase| {
            padded
                .match_indices(phrase.as_str())
                .any(|(at, _)| stands_alone(padded, at, phrase.len()))
        });
        found.map(String::as_str)
    }

    /// Whether a folded name is a witness's word for himself or herself.
    pub(crate) fn is_witness(&self, folded: &str) -> bool {
        self.witness.names.contains(folded)
    }

    /// Whether a folded name names nobody.
    pub(crate) fn is_nobody(&self, folded: &str) -> bool {
        self.nobody.names.contains(folded)
    }

    /// Whether a folded word tells nothing.
    pub(crate) fn is_stop(&self, word: &str) -> bool {
        self.stop.words.contains(word)
    }
}

fn stands_alone(padded: &str, at: usize, len: usize) -> bool {
    let blank = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ');
    let bytes = padded.as_bytes();
    blank(at.checked_sub(1).and_then(|before| bytes.get(before))) && blank(bytes.get(at + len))
}

fn within(
    key: &'static str,
    value: i64,
    range: std::ops::RangeInclusive<i64>,
    words: &'static str,
) -> Result<(), RuleError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(RuleError::OutOfRange {
        key,
        value,
        range: words,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use model::Vocabularies;

    #[test]
    fn the_shipped_rules_name_terms_that_exist() {
        let rules = Rules::shipped().unwrap();
        let vocabularies = Vocabularies::shipped().unwrap();
        let has = |list: &str, code: &str| vocabularies.list(list).unwrap().term(code).is_some();
        let happening = rules.happening.iter().map(|found| &found.codes);
        let groups = rules.same_act.iter().map(|group| &group.codes);
        let lists = [&rules.once.codes, &rules.conclusions.codes];
        for code in groups.chain(happening).chain(lists).flatten() {
            assert!(has("violation", code), "{code}");
        }
        for happening in &rules.happening {
            assert!(has("event-type", &happening.event), "{}", happening.event);
        }
    }

    #[test]
    fn mistakes_are_named() {
        let unknown = SHIPPED.replace("join = 6", "join = 6\njoined = 7");
        let said = Rules::parse(&unknown).unwrap_err().to_string();
        assert!(said.contains("joined"), "{said}");
        let negative = SHIPPED.replace("slip-days = 3", "slip-days = -3");
        let said = Rules::parse(&negative).unwrap_err().to_string();
        assert!(
            said.contains("`slip-days` is -3") && said.contains("0 to 36600"),
            "{said}"
        );
    }

    #[test]
    fn general_words_are_whole_words() {
        let rules = Rules::shipped().unwrap();
        assert_eq!(
            rules.general_words("torture is widespread there"),
            Some("widespread")
        );
        assert_eq!(rules.general_words("unsystematically"), None);
        assert_eq!(
            rules.general_words("he continues to deny it"),
            Some("continues to")
        );
    }
}
