//! Checking a file of rules, so that each mistake is named with its line and what to write.
//!
//! Invariant: a rule that comes out of here is complete, and every code in it is a term of its
//! vocabulary.

use super::matching::Matcher;
use super::rules::{Of, Rule, RulesError, Sequence, Severity, Shape, Silence, Surge};
use model::Vocabularies;
use serde::Deserialize;
use toml::Spanned;

/// A rule as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub id: Spanned<String>,
    kind: Option<Spanned<String>>,
    #[serde(default = "yes")]
    pub enabled: bool,
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
pub(super) struct File {
    #[serde(default, rename = "rule")]
    pub rules: Vec<Written>,
}

/// Checks one file.
pub(super) struct Checker<'a> {
    pub file: &'a str,
    pub text: &'a str,
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

    /// A mistake at the place of a value.
    pub fn wrong<T>(&self, value: &Spanned<T>, what: String) -> RulesError {
        self.at(value.span().start, what)
    }

    /// The mistake that the parser found.
    pub fn unreadable(&self, error: &toml::de::Error) -> RulesError {
        let at = error.span().map_or(0, |span| span.start);
        let what = format!(
            "{}; docs/alerts.md shows how a rule is written",
            error.message().trim()
        );
        self.at(at, what)
    }

    /// The rule, once everything in it has been checked.
    pub fn rule(&self, mut written: Written) -> Result<Rule, RulesError> {
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
