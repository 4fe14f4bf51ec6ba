//! The status of a violation by a published rule: ordered conditions over counts.
//!
//! Invariant: the rule is data and every status names the condition that gave it, with the numbers.
//! HURIDOCS Events Standard Formats, micro-thesaurus 41.

use serde::Deserialize;
use std::fmt;

const SHIPPED: &str = include_str!("../../../../data/corroboration/status.toml");

/// A rule that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StatusError {
    /// Not TOML, or a key is missing or unknown.
    #[error("the rule for the status cannot be read: {0}. Compare the file with the shipped one")]
    Malformed(String),
    /// A clause that is not a comparison of counts.
    #[error(
        "in the rule for the status, the condition `{condition}` has `{clause}`: write a count, one \
         of >= <= > < = !=, and a number or a count, such as `origins >= 2`. Counts are: {counts}"
    )]
    Clause {
        /// The condition's id.
        condition: String,
        /// The clause.
        clause: String,
        /// What may be counted.
        counts: String,
    },
    /// No condition holds always.
    #[error("the rule for the status must end with a condition whose `when` is empty: add one")]
    Open,
}

macro_rules! counts {
    ($($(#[$doc:meta])* $field:ident => $name:literal, $words:literal),* $(,)?) => {
        /// What the status is decided by.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
        pub struct Counts {
            $($(#[$doc])* pub $field: u64,)*
        }

        /// One of the [`Counts`].
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[allow(non_camel_case_types)]
        enum Count { $($field),* }

        impl Count {
            const ALL: &'static [(&'static str, Self)] = &[$(($name, Self::$field)),*];

            fn of(self, counts: &Counts) -> u64 {
                match self { $(Self::$field => counts.$field),* }
            }

            fn words(self) -> &'static str {
                match self { $(Self::$field => $words),* }
            }
        }
    };
}

counts! {
    /// Documents that report it.
    documents => "documents", "documents that report it",
    /// Origins of the reports, at most.
    origins => "origins", "independent origins at most",
    /// Origins that tell it first-hand.
    first_hand => "first-hand", "first-hand origins",
    /// Origins that are official.
    official => "official", "official origins",
    /// Origins that are derived.
    derived => "derived", "derived origins",
    /// Origins that are unnamed (“credible reports”): 0 or 1.
    unnamed => "unnamed", "unnamed origins",
    /// Origins by which a body whose task it was found that it happened.
    findings => "findings", "findings that it happened",
    /// Reports by which those who are accused admit it.
    admissions => "admissions", "admissions by the accused",
    /// Origins assessed as reliable.
    reliable => "reliable", "origins assessed as reliable",
    /// Origins assessed as unreliable.
    unreliable => "unreliable", "origins assessed as unreliable",
    /// Denials by those who are accused.
    denials_by_accused => "denials-by-accused", "denials by the accused",
    /// Denials by others.
    denials_by_others => "denials-by-others", "denials by others",
    /// Warnings that it may happen.
    warnings => "warnings", "warnings that it may happen",
    /// Contradictions among the accounts.
    contradictions => "contradictions", "contradictions",
}

impl Counts {
    /// Every count by its name in rules, with its words and its value.
    pub fn each(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
        let counts = *self;
        let all = Count::ALL.iter();
        all.map(move |(name, count)| (*name, count.words(), count.of(&counts)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Relation {
    AtLeast,
    AtMost,
    More,
    Fewer,
    Equal,
    Unequal,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Number(u64),
    Count(Count),
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Clause {
    count: Count,
    relation: Relation,
    side: Side,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: String,
    condition: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    status: String,
    when: Vec<String>,
    words: String,
}

/// One condition of a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Condition {
    id: String,
    status: String,
    words: String,
    when: Vec<Clause>,
}

/// A published rule for the status of violations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusRule {
    /// Where it comes from, for people.
    pub source: String,
    conditions: Vec<Condition>,
}

/// A status and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    /// Term of the vocabulary `violation-status` (MT 41).
    pub code: String,
    /// The condition that gave it.
    pub condition: String,
    /// Why, with the numbers, for people.
    pub because: String,
}

impl StatusRule {
    /// The shipped rule.
    ///
    /// # Errors
    /// None in a released program: a test reads it.
    pub fn shipped() -> Result<Self, StatusError> {
        Self::parse(SHIPPED)
    }

    /// A rule from a file of the layout of the shipped one.
    ///
    /// # Errors
    /// When it is not of that layout, a clause is no comparison, or nothing holds always.
    pub fn parse(text: &str) -> Result<Self, StatusError> {
        let file: File =
            toml::from_str(text).map_err(|error| StatusError::Malformed(error.to_string()))?;
        let conditions = file.condition.into_iter().map(condition);
        let conditions: Vec<Condition> = conditions.collect::<Result<_, _>>()?;
        let last = conditions.last().ok_or(StatusError::Open)?;
        if !last.when.is_empty() {
            return Err(StatusError::Open);
        }
        Ok(Self {
            source: file.source,
            conditions,
        })
    }

    /// The statuses that it can give, with the id of the condition.
    pub fn statuses(&self) -> impl Iterator<Item = (&str, &str)> {
        let conditions = self.conditions.iter();
        conditions.map(|condition| (condition.id.as_str(), condition.status.as_str()))
    }

    /// The status by these counts.
    #[must_use]
    pub fn status(&self, counts: &Counts) -> Status {
        let mut conditions = self.conditions.iter();
        let condition = conditions
            .find(|condition| condition.when.iter().all(|clause| clause.holds(counts)))
            .expect("the last condition of a rule holds always");
        let numbers: Vec<String> = condition
            .when
            .iter()
            .map(|clause| clause.told(counts))
            .collect();
        let numbers = match numbers.as_slice() {
            [] => String::new(),
            numbers => format!(" ({})", numbers.join("; ")),
        };
        Status {
            code: condition.status.clone(),
            condition: condition.id.clone(),
            because: format!(
                "{}: {}{numbers}. Condition “{}” of the rule",
                condition.status, condition.words, condition.id
            ),
        }
    }
}

fn condition(written: Written) -> Result<Condition, StatusError> {
    let when = written.when.iter().map(|clause| {
        Clause::parse(clause).ok_or_else(|| StatusError::Clause {
            condition: written.id.clone(),
            clause: clause.chars().take(80).collect(),
            counts: Count::ALL
                .iter()
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
                .join(", "),
        })
    });
    Ok(Condition {
        when: when.collect::<Result<_, _>>()?,
        id: written.id,
        status: written.status,
        words: written.words,
    })
}

fn count(name: &str) -> Option<Count> {
    let found = Count::ALL.iter().find(|(known, _)| *known == name);
    found.map(|(_, count)| *count)
}

impl Clause {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split_ascii_whitespace();
        let (left, relation, right) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let relation = match relation {
            ">=" => Relation::AtLeast,
            "<=" => Relation::AtMost,
            ">" => Relation::More,
            "<" => Relation::Fewer,
            "=" => Relation::Equal,
            "!=" => Relation::Unequal,
            _ => return None,
        };
        let side = match right.parse() {
            Ok(number) => Side::Number(number),
            Err(_) => Side::Count(count(right)?),
        };
        let count = count(left)?;
        Some(Self {
            count,
            relation,
            side,
        })
    }

    fn holds(&self, counts: &Counts) -> bool {
        let left = self.count.of(counts);
        let right = match self.side {
            Side::Number(number) => number,
            Side::Count(count) => count.of(counts),
        };
        match self.relation {
            Relation::AtLeast => left >= right,
            Relation::AtMost => left <= right,
            Relation::More => left > right,
            Relation::Fewer => left < right,
            Relation::Equal => left == right,
            Relation::Unequal => left != right,
        }
    }

    fn told(&self, counts: &Counts) -> String {
        let counted = format!("{}: {}", self.count.words(), self.count.of(counts));
        let than = match self.side {
            Side::Number(number) => number.to_string(),
            Side::Count(count) => format!("{}, {}", count.words(), count.of(counts)),
        };
        format!("{counted}, asked for {} {than}", self.relation)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::More => "more than",
            Self::Fewer => "fewer than",
            Self::Equal => "exactly",
            Self::Unequal => "other than",
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use model::Vocabularies;

    #[test]
    fn the_shipped_rule_gives_terms_that_exist() {
        let vocabularies = Vocabularies::shipped().unwrap();
        let list = vocabularies.list("violation-status").unwrap();
        for (id, status) in StatusRule::shipped().unwrap().statuses() {
            assert!(list.term(status).is_some(), "{id}: {status}");
        }
    }

    #[test]
    fn a_status_tells_its_condition_and_numbers() {
        let rule = StatusRule::shipped().unwrap();
        let counts = Counts {
            documents: 3,
            origins: 1,
            derived: 1,
            ..Counts::default()
        };
        let status = rule.status(&counts);
        assert_eq!(
            (status.code.as_str(), status.condition.as_str()),
            ("possible", "reported")
        );
        assert!(
            status
                .because
                .contains("origins at most: 1, asked for at least 1"),
            "{status:?}"
        );
        let feared = Counts {
            warnings: 4,
            ..Counts::default()
        };
        assert_eq!(rule.status(&feared).code, "unknown");
    }

    #[test]
    fn denials_by_the_accused_alone_do_not_lower_a_status() {
        let rule = StatusRule::shipped().unwrap();
        let told = Counts {
            documents: 2,
            origins: 2,
            first_hand: 2,
            denials_by_accused: 5,
            ..Counts::default()
        };
        assert_eq!(rule.status(&told).code, "likely");
        let denied = Counts {
            denials_by_others: 2,
            ..told
        };
        assert_eq!(rule.status(&denied).code, "unlikely");
    }

    #[test]
    fn mistakes_name_the_clause_and_what_to_write() {
        let wrong = |from: &str, to: &str| {
            StatusRule::parse(&SHIPPED.replace(from, to))
                .unwrap_err()
                .to_string()
        };
        let said = wrong("first-hand >= 2", "witnesses >= 2");
        for part in [
            "witnessed-twice",
            "witnesses >= 2",
            "origins >= 2",
            "first-hand",
        ] {
            assert!(said.contains(part), "{said}");
        }
        assert!(wrong("first-hand >= 2", "first-hand > = 2").contains("first-hand > = 2"));
        let said = wrong("when = []", "when = [\"origins = 0\"]");
        assert!(said.contains("`when` is empty"), "{said}");
    }
}
