//! Caveats: what must be read with the figures. Wording and thresholds are data
//! (`data/estimate/caveats.toml`); this file only fills them in.
//!
//! Invariant: every code used in this crate is in the data file, which a test checks.

use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// How much a caveat weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// No recommended figure is given because of it.
    Stop,
    /// It can change the conclusion.
    Warning,
    /// It must be known to read the figures.
    Note,
}

/// A sentence that belongs to the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Caveat {
    /// Stable name, such as `sparse_overlap`.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Plain words.
    pub text: String,
}

/// When caveats are made.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Thresholds {
    pub fewest_repeated: u64,
    pub sparse_overlap: u64,
    pub disagreement: f64,
    pub strong_dependence: f64,
    pub r_hat: f64,
    pub mostly_unseen: f64,
    pub very_wide: f64,
    pub threshold_matters: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    thresholds: Thresholds,
    caveat: Vec<Wording>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    code: String,
    severity: Severity,
    text: String,
}

fn file() -> &'static File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        toml::from_str(include_str!("../../../data/estimate/caveats.toml"))
            .expect("the embedded caveats are well-formed, which a test checks")
    })
}

pub(crate) fn thresholds() -> &'static Thresholds {
    &file().thresholds
}

/// The caveat with this code, its braces filled in.
pub(crate) fn caveat(code: &str, words: &[(&str, &str)]) -> Caveat {
    let wording = file().caveat.iter().find(|w| w.code == code);
    let wording = wording.expect("every code used has its wording, which a test checks");
    // One pass over the template: what is filled in is never read as a brace again.
    let mut text = String::new();
    let mut rest = wording.text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(
            words
                .iter()
                .find(|(known, _)| *known == name)
                .map_or("?", |(_, value)| value),
        );
        rest = after;
    }
    text.push_str(rest);
    Caveat {
        code: code.to_owned(),
        severity: wording.severity,
        text,
    }
}

/// A count as people write it: `12,345`.
pub(crate) fn people(count: f64) -> String {
    let digits = format!("{:.0}", count.max(0.0));
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share in per cent, without false precision: `7 %`, `0.4 %`.
pub(crate) fn percent(share: f64) -> String {
    let value = share * 100.0;
    if value > 0.0 && value < 1.0 {
        format!("{value:.1} %")
    } else {
        format!("{value:.0} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_in_the_sources_has_its_wording() {
        let sources = [
            include_str!("estimate.rs"),
            include_str!("examine.rs"),
            include_str!("strata.rs"),
        ];
        let mut used = 0;
        for source in sources {
            for part in source.split("caveat(").skip(1) {
                let Some(code) = part
                    .trim_start()
                    .strip_prefix('"')
                    .and_then(|p| p.split('"').next())
                else {
                    continue;
                };
                assert!(
                    file().caveat.iter().any(|w| w.code == code),
                    "no wording for {code}"
                );
                used += 1;
            }
        }
        assert!(used >= 15, "found only {used} uses");
    }

    #[test]
    fn names_from_outside_are_not_read_as_braces() {
        let text = caveat("empty_list", &[("list", "{pairs} {")]).text;
        assert_eq!(
            text,
            "The list \"{pairs} {\" holds nobody and was left out."
        );
    }

    #[test]
    fn counts_and_shares_are_written_for_people() {
        assert_eq!(people(1_234_567.4), "1,234,567");
        assert_eq!(people(999.0), "999");
        assert_eq!(percent(0.004), "0.4 %");
        assert_eq!(percent(0.62), "62 %");
    }
}
