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
    /// The same for rules alike, each of which proposed too little to be judged alone: by the
    /// beginning of their ids, or by beginning and last part with `*` between.
    families: BTreeMap<String, [u32; 2]>,
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

/// How many proposals were right, of how many, of the rules that are like this one: those with its
/// beginning and its last part, else those with the longest beginning of it that was measured.
fn measured_alike(rule: &str) -> Option<(u32, u32)> {
    let known = family(rule);
    known.or_else(|| family(without_language(rule)))
}

fn family(rule: &str) -> Option<(u32, u32)> {
    let parts: Vec<&str> = rule.split('.').collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let families = &MEASURES.families;
    let ending = families.get(&format!("{first}.*.{last}"));
    let beginning = || {
        (1..=parts.len())
            .rev()
            .find_map(|to| families.get(&parts[..to].join(".")))
    };
    ending.or_else(beginning).map(|&[right, of]| (right, of))
}

/// The fewest proposals from which a rule's precision is concluded.
const FEWEST: u32 = 10;

/// Whether a rule was wrong too often for what it proposes to be called *stated*: right in less than
/// 93 of a hundred, of ten or more; one with fewer is judged by the rules that are like it.
#[must_use]
pub fn is_doubtful(rule: &str) -> bool {
    let alone = measured(rule).filter(|(_, of)| *of >= FEWEST);
    let known = alone.or_else(|| measured_alike(rule));
    known.is_some_and(|(right, of)| right * 100 < of * 93)
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
    let rule = without_language(rule);
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

/// The id without the language that a pack's rules begin with: `statement.say` of `ko.statement.say`.
fn without_language(rule: &str) -> &str {
    match rule.split_once('.') {
        Some((language, rest)) if language.len() == 2 => rest,
        _ => rule,
    }
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
        // Too few of their own: rules alike decide.
        assert!(is_doubtful("event.arrest.told"));
        assert!(is_doubtful("violation.arbitrary-detention.weak"));
        assert!(!is_doubtful("violation.torture.verb"));
        assert!(is_doubtful("ko.event.adopted") && !is_doubtful("ko.violation.torture"));
        assert!(why("event.dated").contains(&format!("{right} times of {of}")));
        assert_eq!(why("no.such.rule"), "");
    }
}
