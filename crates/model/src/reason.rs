//! Why a rule proposed a record, in a sentence that a coder understands (`data/review/rules.toml`),
//! and how often it was right where that was measured (`data/review/measured.toml`).
//!
//! Invariant: the sentence says what the rule looks for; which words it found, the record cites.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "source")]
    _source: String,
    reason: Vec<Reason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// The beginning of a rule's id, whole parts.
    rule: String,
    /// The last part of the id, where only such rules are meant.
    ending: Option<String>,
    why: String,
}

static REASONS: LazyLock<Vec<Reason>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/review/rules.toml"))
        .expect("the shipped reasons are read by a test");
    file.reason
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measures {
    #[serde(rename = "source")]
    _source: String,
    /// By rule: how many of its proposals were right, of how many.
    measured: BTreeMap<String, [u32; 2]>,
}

static MEASURES: LazyLock<Measures> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/review/measured.toml"))
        .expect("the shipped measures are read by a test")
});

/// How many proposals of a rule were right, of how many, on gold documents that were coded before
/// the rules saw them; `None` where it made none there.
#[must_use]
pub fn measured(rule: &str) -> Option<(u32, u32)> {
    MEASURES.measured.get(rule).map(|&[right, of]| (right, of))
}

/// The fewest proposals from which a rule's precision is concluded.
const FEWEST: u32 = 10;

/// Whether a rule was wrong too often for what it proposes to be called *stated*: right in less than
/// 93 of a hundred, of ten or more.
#[must_use]
pub fn is_doubtful(rule: &str) -> bool {
    measured(rule).is_some_and(|(right, of)| of >= FEWEST && right * 100 < of * 93)
}

/// What a rule looks for, and how often it was right where that was measured; empty for a rule that
/// no sentence is written for.
#[must_use]
pub fn why(rule: &str) -> String {
    let reason = reason(rule).unwrap_or_default();
    match measured(rule) {
        Some((right, of)) if of >= FEWEST && !reason.is_empty() => {
            format!("{reason} On gold documents it was right {right} times of {of}.")
        }
        _ => reason.to_owned(),
    }
}

/// The sentence for a rule's id, such as `violation.torture.told` or `ko.statement.say`; `None` for a
/// rule that no sentence is written for.
///
/// ```
/// let why = onrecord_model::reason("event.dated").unwrap_or_default();
/// assert!(why.contains("date"));
/// ```
#[must_use]
pub fn reason(rule: &str) -> Option<&'static str> {
    let rule = match rule.split_once('.') {
        Some((language, rest)) if language.len() == 2 => rest,
        _ => rule,
    };
    let ending = rule.rsplit('.').next();
    let fits = |reason: &&Reason| {
        let begins = rule
            .strip_prefix(reason.rule.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        begins && (reason.ending.is_none() || reason.ending.as_deref() == ending)
    };
    let found = REASONS.iter().filter(fits);
    let best = found.max_by_key(|reason| (reason.ending.is_some(), reason.rule.len()))?;
    Some(&best.why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_and_the_ending_decide() {
        let of = |rule| reason(rule).unwrap_or_default();
        assert!(of("ko.told.torture").contains("tells what was done"));
        assert_eq!(of("violation.torture.told"), of("violation.rape.told"));
        assert_ne!(of("violation.torture.told"), of("violation.torture.term"));
        assert_ne!(of("statement.label"), of("statement.say"));
        assert_eq!(reason("statements.say"), None);
    }

    #[test]
    fn a_rule_is_doubtful_by_its_measure() {
        let (right, of) = measured("event.dated").unwrap_or_default();
        assert!(of >= FEWEST && right < of && is_doubtful("event.dated"));
        assert!(!is_doubtful("figure.of"));
        assert!(why("event.dated").contains(&format!("{right} times of {of}")));
        assert_eq!(why("no.such.rule"), "");
    }
}
