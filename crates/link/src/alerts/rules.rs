//! Rules of warning: `data/alerts/rules.toml` and files of the user's own.
//!
//! Invariant: a file with a mistake is not used at all; the error names the file, the line, and
//! what to write.

use super::matching::Matcher;
use model::Vocabularies;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

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

/// A rule as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: Spanned<String>,
    kind: Option<Spanned<String>>,
    #[serde(default = "yes")]
    enabled: bool,
    title: Option<String>,
    says: Option<Spanned<String>>,
    severity: Option<Severity>,
    within_days: Option<u16>,
    order: Option<Spanned<String>>,
    one_event_days: Option<u16>,
    lasts_days: Option<u16>,
    #[serde(default)]
    first: Vec<WrittenMatcher>,
    #[serde(default)]
    then: Vec<WrittenMatcher>,
    #[serde(default)]
    counted: Vec<WrittenMatcher>,
    trailing_months: Option<u16>,
    least_months: Option<u16>,
    percent_of_mean: Option<u16>,
    minimum: Option<u16>,
    of: Option<Spanned<String>>,
    days: Option<u16>,
    least_times: Option<u16>,
    #[serde(default)]
    categories: Vec<Spanned<String>>,
}

fn yes() -> bool {
    true
}

/// Which records a part of a rule asks for, as the file has it: every field that is given must hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenMatcher {
    pub part: String,
    pub kinds: Vec<Spanned<String>>,
    #[serde(default)]
    pub codes: Vec<Spanned<String>>,
    #[serde(default)]
    pub modalities: Vec<Spanned<String>>,
    #[serde(default)]
    pub characteristics: Vec<Spanned<String>>,
    #[serde(default)]
    pub words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "rule")]
    rules: Vec<Written>,
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

/// Checks one file.
pub(super) struct Checker<'a> {
    file: &'a str,
    text: &'a str,
    pub vocabularies: &'a Vocabularies,
}

impl Checker<'_> {
    fn at(&self, byte: usize, what: String) -> RulesError {
        let before = self.text.get(..byte).unwrap_or(self.text);
        RulesError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            what,
        }
    }

    pub fn wrong<T>(&self, value: &Spanned<T>, what: String) -> RulesError {
        self.at(value.span().start, what)
    }

    fn unreadable(&self, error: &toml::de::Error) -> RulesError {
        let at = error.span().map_or(0, |span| span.start);
        let what = format!(
            "{}; docs/alerts.md shows how a rule is written",
            error.message().trim()
        );
        self.at(at, what)
    }

    fn rule(&self, mut written: Written) -> Result<Rule, RulesError> {
        let id = written.id.clone();
        let missing =
            |what: &str| self.wrong(&id, format!("the rule `{}` lacks {what}", id.get_ref()));
        let kind = written.kind.take().ok_or_else(|| {
            missing("its kind; write kind = \"sequence\", \"surge\" or \"silence\"")
        })?;
        let (shape, placeholders): (Shape, &[&str]) = match kind.get_ref().as_str() {
            "sequence" => (self.sequence(&written, &missing)?, &["state", "days"]),
            "surge" => (
                self.surge(&written, &missing)?,
                &["state", "count", "mean", "month", "months"],
            ),
            "silence" => (
                self.silence(&written, &missing)?,
                &["case", "last", "days", "count"],
            ),
            other => {
                let what = format!(
                    "`{other}` is no kind of rule; write \"sequence\", \"surge\" or \"silence\""
                );
                return Err(self.wrong(&kind, what));
            }
        };
        let says = written
            .says
            .take()
            .ok_or_else(|| missing("its words; write says = \"...\""))?;
        self.check_placeholders(&says, placeholders)?;
        Ok(Rule {
            title: written
                .title
                .ok_or_else(|| missing("its title; write title = \"...\""))?,
            severity: written
                .severity
                .ok_or_else(|| missing("its severity; write severity = \"urgent\" or \"watch\""))?,
            id: id.into_inner(),
            says: says.into_inner(),
            shape,
        })
    }

    fn check_placeholders(&self, says: &Spanned<String>, known: &[&str]) -> Result<(), RulesError> {
        for part in says.get_ref().split('{').skip(1) {
            let name = part.split('}').next().unwrap_or_default();
            if !known.contains(&name) {
                let known: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
                let what = format!(
                    "`{{{name}}}` is nothing this kind of rule knows; it knows {}",
                    known.join(", ")
                );
                return Err(self.wrong(says, what));
            }
        }
        Ok(())
    }

    fn sequence(
        &self,
        written: &Written,
        missing: &dyn Fn(&str) -> RulesError,
    ) -> Result<Shape, RulesError> {
        let in_order = match written.order.as_ref().map(|order| order.get_ref().as_str()) {
            None | Some("either") => false,
            Some("first-then") => true,
            Some(other) => {
                let what = format!("`{other}` is no order; write \"either\" or \"first-then\"");
                let order = written.order.as_ref().expect("it was just looked at");
                return Err(self.wrong(order, what));
            }
        };
        Ok(Shape::Sequence(Sequence {
            first: self.matchers(&written.first, || {
                missing("a [[rule.first]]: what comes first")
            })?,
            then: self.matchers(&written.then, || {
                missing("a [[rule.then]]: what is looked for near it")
            })?,
            within_days: needed(written.within_days, || {
                missing("within_days = a number of days")
            })?,
            in_order,
            one_event_days: written.one_event_days.map_or(30, i64::from),
            lasts_days: needed(written.lasts_days, || {
                missing("lasts_days = a number of days")
            })?,
        }))
    }

    fn surge(
        &self,
        written: &Written,
        missing: &dyn Fn(&str) -> RulesError,
    ) -> Result<Shape, RulesError> {
        let trailing = needed(written.trailing_months, || {
            missing("trailing_months = a number of months")
        })?;
        let percent = needed(written.percent_of_mean, || {
            missing("percent_of_mean, such as 200 for twice the mean")
        })?;
        let minimum = needed(written.minimum, || {
            missing("minimum = fewer than so many in a month raise nothing")
        })?;
        Ok(Shape::Surge(Surge {
            counted: self.matchers(&written.counted, || {
                missing("a [[rule.counted]]: what is counted")
            })?,
            trailing_months: trailing.max(1),
            least_months: written
                .least_months
                .map_or(1, i64::from)
                .clamp(1, trailing.max(1)),
            percent_of_mean: percent.unsigned_abs(),
            minimum: usize::try_from(minimum).unwrap_or(1).max(1),
            lasts_days: needed(written.lasts_days, || {
                missing("lasts_days = a number of days")
            })?,
        }))
    }

    fn silence(
        &self,
        written: &Written,
        missing: &dyn Fn(&str) -> RulesError,
    ) -> Result<Shape, RulesError> {
        let of = written.of.as_ref().ok_or_else(|| {
            missing("what is silent; write of = \"news\", \"requests\" or \"demands\"")
        })?;
        let kind = match of.get_ref().as_str() {
            "news" => Of::News,
            "requests" => Of::Requests,
            "demands" => Of::Demands,
            other => {
                let what = format!(
                    "`{other}` cannot be silent; write \"news\", \"requests\" or \"demands\""
                );
                return Err(self.wrong(of, what));
            }
        };
        for category in &written.categories {
            self.code(category, "case-category")?;
        }
        Ok(Shape::Silence(Silence {
            of: kind,
            days: needed(written.days, || missing("days = a number of days"))?,
            least_times: written.least_times.map_or(1, usize::from),
            categories: written
                .categories
                .iter()
                .map(|code| code.get_ref().clone())
                .collect(),
        }))
    }

    fn matchers(
        &self,
        written: &[WrittenMatcher],
        missing: impl Fn() -> RulesError,
    ) -> Result<Vec<Matcher>, RulesError> {
        if written.is_empty() {
            return Err(missing());
        }
        written.iter().map(|one| Matcher::of(one, self)).collect()
    }

    /// Checks that a code is a term of a list.
    pub fn code(&self, code: &Spanned<String>, list: &str) -> Result<(), RulesError> {
        let terms = self
            .vocabularies
            .list(list)
            .map_or(&[][..], |list| &list.terms);
        let codes: Vec<&str> = terms.iter().map(|term| term.code.as_str()).collect();
        if codes.contains(&code.get_ref().as_str()) {
            return Ok(());
        }
        Err(self.wrong(code, unknown(code.get_ref(), list, &codes)))
    }
}

/// What to write instead of a code that is in no list.
pub(super) fn unknown(code: &str, list: &str, codes: &[&str]) -> String {
    let near = codes
        .iter()
        .min_by_key(|known| (distance(code, known), **known));
    match near {
        Some(near) => {
            format!("`{code}` is no term of the vocabulary {list}; did you mean `{near}`?")
        }
        None => format!("there is no vocabulary {list}"),
    }
}

/// Letters to change, add or leave out to get from one word to the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().take(64).enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for place in 0..other.len() {
            let change = before + usize::from(other[place] != letter);
            before = row[place + 1];
            row[place + 1] = change.min(before + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

fn needed(value: Option<u16>, missing: impl Fn() -> RulesError) -> Result<i64, RulesError> {
    value.map(i64::from).ok_or_else(missing)
}
