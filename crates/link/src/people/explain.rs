//! Why two rows are, or are not, taken for one person: a waterfall of weights in plain words, for
//! every pair, whether or not a rule made it. Invariant: the steps add up to the total.

use super::PeopleError;
use super::compare::Desk;
use super::impossible::Impossible;
use super::plan::Plan;
use super::row::RowId;
use super::rules::NO_RULE;
use super::schema::Measure;
use super::weights::probability;
use serde::Deserialize;
use std::fmt;
use std::sync::LazyLock;

/// The words of all levels, one list a measure.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Words {
    exact: Vec<String>,
    jaro_winkler: Vec<String>,
    edits: Vec<String>,
    birth: Vec<String>,
    event: Vec<String>,
    year: Vec<String>,
    hierarchy: Vec<String>,
    overlap: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/linkage/levels.toml"))
        .expect("the embedded words are checked by a test")
});

/// What one comparison says.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Step {
    /// Its name.
    pub comparison: String,
    /// How the rows agree, in words.
    pub agreement: String,
    /// What one row holds; `None` when unknown.
    pub left: Option<String>,
    /// What the other holds.
    pub right: Option<String>,
    /// Weight of this agreement, in bits: positive speaks for one person.
    pub bits: f32,
    /// Added because the shared value is rare (positive) or frequent (negative), in bits.
    pub frequency_bits: f32,
}

/// Why two rows are taken for one person or not.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// Odds before anything is compared, in bits.
    pub prior_bits: f32,
    /// What each comparison says.
    pub steps: Vec<Step>,
    /// The rule that made the pair; `None` when no rule did.
    pub rule: Option<String>,
    /// Why the two cannot be one person, if so.
    pub impossible: Option<String>,
    /// Sum of prior and steps, in bits.
    pub bits: f32,
    /// Probability that the rows are one person.
    pub probability: f64,
}

impl Plan<'_> {
    /// Explains any two rows.
    ///
    /// # Errors
    /// A row that is not in the table.
    pub fn why(&self, a: RowId, b: RowId) -> Result<Explanation, PeopleError> {
        let table = self.comparator.table;
        let (a, b) = (table.row(a)?, table.row(b)?);
        let (a, b) = (a.min(b), a.max(b));
        let (bits, pattern) = self.weigh(a, b, &mut Desk::default());
        let (one, other) = (&table.records[a as usize], &table.records[b as usize]);
        let step = |(position, comparison): (usize, &super::Comparison)| {
            let level = self.comparator.level(pattern, position);
            let shared = if level == 1 {
                self.comparator.shared(position, one)
            } else {
                0
            };
            Step {
                comparison: comparison.name.clone(),
                agreement: words(comparison.measure, comparison.fields.len(), level),
                left: self.held(a, &comparison.fields),
                right: self.held(b, &comparison.fields),
                bits: self.weights.of_level(position, level),
                frequency_bits: self.weights.of_frequency(position, shared),
            }
        };
        let rule = self
            .rules
            .first(self.rules.agreement(one, self.rules.known(one), other));
        Ok(Explanation {
            prior_bits: self.weights.prior,
            steps: table
                .schema
                .comparisons
                .iter()
                .enumerate()
                .map(step)
                .collect(),
            rule: (rule != NO_RULE).then(|| self.rules.words(usize::from(rule))),
            impossible: Impossible::new(table).why(a, b),
            bits,
            probability: probability(bits),
        })
    }

    /// What a row holds in the fields of a comparison, the narrowest first.
    fn held(&self, row: u32, fields: &[String]) -> Option<String> {
        let table = self.comparator.table;
        let known = fields
            .iter()
            .rev()
            .filter_map(|name| table.words(row, table.schema.field(name)?));
        let known: Vec<String> = known.collect();
        (!known.is_empty()).then(|| known.join(", "))
    }
}

/// How two rows agree, in words.
fn words(measure: Measure, depth: usize, level: u32) -> String {
    let level = level as usize;
    let list = match measure {
        Measure::Exact => &WORDS.exact,
        Measure::JaroWinkler { .. } => &WORDS.jaro_winkler,
        Measure::Edits { .. } => &WORDS.edits,
        Measure::Birth => &WORDS.birth,
        Measure::Event => &WORDS.event,
        Measure::Year => &WORDS.year,
        Measure::Overlap => &WORDS.overlap,
        Measure::Hierarchy => {
            // The list holds: unknown, same, same above and unknown below, same above and other below, different.
            let place = match level {
                0 | 1 => level,
                level if level == 2 * depth => 4,
                level => 2 + level % 2,
            };
            return WORDS.hierarchy.get(place).cloned().unwrap_or_default();
        }
    };
    list.get(level).cloned().unwrap_or_default()
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_in = (1.0 / probability(self.prior_bits)).round();
        writeln!(
            formatter,
            "{:>7.1}  before anything is compared: one pair of rows in {one_in} is one person",
            self.prior_bits
        )?;
        for step in &self.steps {
            write!(
                formatter,
                "{:>+7.1}  {}: {}",
                step.bits, step.comparison, step.agreement
            )?;
            match (&step.left, &step.right) {
                (Some(left), Some(right)) if left == right => writeln!(formatter, " ({left})")?,
                (None, None) => writeln!(formatter)?,
                (left, right) => {
                    let known =
                        |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".into());
                    writeln!(formatter, " ({} and {})", known(left), known(right))?;
                }
            }
            if step.frequency_bits != 0.0 {
                let rarity = if step.frequency_bits > 0.0 {
                    "rarer"
                } else {
                    "more frequent"
                };
                writeln!(
                    formatter,
                    "{:>+7.1}      it is {rarity} than a {} usually is",
                    step.frequency_bits, step.comparison
                )?;
            }
        }
        writeln!(
            formatter,
            "{:>7.1}  in all: probability {:.4} that they are one person",
            self.bits, self.probability
        )?;
        match &self.rule {
            Some(rule) => writeln!(
                formatter,
                "The rows were compared because they agree on {rule}."
            )?,
            None => writeln!(
                formatter,
                "No rule compared these rows; they are compared here because you asked."
            )?,
        }
        if let Some(impossible) = &self.impossible {
            writeln!(formatter, "They are kept apart: {impossible}.")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_of_every_measure_has_words() {
        let measures = [
            (Measure::Exact, 1, 3),
            (
                Measure::JaroWinkler {
                    near: 0.9,
                    alike: 0.8,
                },
                1,
                5,
            ),
            (Measure::Edits { few: 1, some: 2 }, 1, 5),
            (Measure::Birth, 1, 9),
            (Measure::Event, 1, 9),
            (Measure::Year, 1, 4),
            (Measure::Overlap, 1, 4),
            (Measure::Hierarchy, 4, 9),
        ];
        for (measure, depth, levels) in measures {
            for level in 0..levels {
                assert!(
                    !words(measure, depth, level).is_empty(),
                    "{measure:?} {level}"
                );
            }
        }
        assert_eq!(
            words(Measure::Hierarchy, 3, 6),
            words(Measure::Hierarchy, 2, 4),
            "the last level is different"
        );
    }
}
