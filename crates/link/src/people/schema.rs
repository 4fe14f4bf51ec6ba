//! What a table holds and how two rows are compared: data, read from TOML, not code.
//! Invariant: every comparison and atom of a checked [`Schema`] names fields that exist.

use super::PeopleError;
use serde::Deserialize;

/// The comparison of victims' and prisoners' lists that is used unless another is given.
const PERSONS: &str = include_str!("../../../../data/linkage/persons.toml");

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A folded key or a code.
    Text,
    /// A partial date.
    Date,
    /// Several texts.
    Set,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in rules, comparisons and explanations.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// How two cells are compared; each way has levels of its own.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "measure")]
pub enum Measure {
    /// Same or different.
    Exact,
    /// Same, near, alike, different by Jaro–Winkler similarity.
    JaroWinkler {
        /// At least this is near, 0..=1.
        near: f64,
        /// At least this is alike, below `near`.
        alike: f64,
    },
    /// Same, few edits, some edits, different (optimal string alignment).
    Edits {
        /// At most this many edits are few.
        few: u8,
        /// At most this many edits are some.
        some: u8,
    },
    /// Partial dates of birth: swapped parts, years off by one, unknown parts.
    Birth,
    /// Partial dates of an event.
    Event,
    /// Same year, off by one, different.
    Year,
    /// Places from the widest to the narrowest field.
    Hierarchy,
    /// Two or more shared, one shared, none.
    Overlap,
}

/// One comparison: fields, how, and whether rare values weigh more.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Comparison {
    /// Its name in explanations.
    pub name: String,
    /// The fields it reads.
    pub fields: Vec<String>,
    /// How.
    #[serde(flatten)]
    pub measure: Measure,
    /// Equal rare values weigh more than equal frequent ones.
    #[serde(default)]
    pub frequency: bool,
    /// The sentence for two values that cannot be one person's; without it nothing is impossible.
    #[serde(default)]
    pub impossible: Option<String>,
}

/// Fields, comparisons and what blocking may use.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Columns, in the order of cells.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    /// Comparisons, in the order of explanations.
    #[serde(rename = "comparison")]
    pub comparisons: Vec<Comparison>,
    /// What blocking rules are made of: `surname`, `born/year`, …
    pub atoms: Vec<String>,
}

impl Schema {
    /// Reads and checks a description.
    ///
    /// # Errors
    /// [`PeopleError::Schema`] says which part is wrong.
    pub fn parse(text: &str) -> Result<Self, PeopleError> {
        toml::from_str::<Self>(text)
            .map_err(|error| PeopleError::Schema(error.to_string()))?
            .checked()
    }

    /// Checks a description that came from elsewhere; [`super::TableBuilder`] wants a checked one.
    ///
    /// # Errors
    /// [`PeopleError::Schema`] says which part is wrong.
    pub fn checked(self) -> Result<Self, PeopleError> {
        self.check()?;
        Ok(self)
    }

    /// The description for lists of persons: names, sex, births, deaths, places, events, relatives.
    #[must_use]
    pub fn persons() -> Self {
        Self::parse(PERSONS).expect("the embedded description is checked by a test")
    }

    /// Where a field stands.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    fn check(&self) -> Result<(), PeopleError> {
        let wrong = |text: String| Err(PeopleError::Schema(text));
        if self.comparisons.is_empty() || self.comparisons.len() > 16 || self.fields.len() > 24 {
            return wrong(
                "one to sixteen comparisons and at most 24 fields can be described".into(),
            );
        }
        for (position, field) in self.fields.iter().enumerate() {
            if self.field(&field.name) != Some(position) {
                return wrong(format!("the field {} stands twice", field.name));
            }
        }
        let mut patterns = 1u64;
        for comparison in &self.comparisons {
            self.check_comparison(comparison)?;
            patterns = patterns.saturating_mul(u64::from(comparison.levels()));
        }
        if patterns > u64::from(u32::MAX) {
            return wrong(
                "the comparisons have more than four thousand million patterns of levels".into(),
            );
        }
        if self.atoms.len() > 16 {
            return wrong("more than sixteen atoms for blocking".into());
        }
        Ok(())
    }

    fn check_comparison(&self, comparison: &Comparison) -> Result<(), PeopleError> {
        let wrong = |text: &str| {
            Err(PeopleError::Schema(format!(
                "the comparison {}: {text}",
                comparison.name
            )))
        };
        let kind = match comparison.measure {
            Measure::Birth | Measure::Event | Measure::Year => Kind::Date,
            Measure::Overlap => Kind::Set,
            _ => Kind::Text,
        };
        let count = comparison.fields.len();
        if !(count == 1 || (comparison.measure == Measure::Hierarchy && (2..=4).contains(&count))) {
            return wrong("one field is compared, or two to four in a hierarchy");
        }
        if comparison.frequency && kind != Kind::Text {
            return wrong("only texts have frequencies");
        }
        for name in &comparison.fields {
            match self.field(name) {
                None => return wrong(&format!("there is no field {name}")),
                Some(field) if self.fields[field].kind != kind => {
                    return wrong(&format!("{name} does not hold what this measure compares"));
                }
                Some(_) => {}
            }
        }
        if let Measure::JaroWinkler { near, alike } = comparison.measure
            && !(0.0 < alike && alike < near && near < 1.0)
        {
            return wrong("0 < alike < near < 1 is needed");
        }
        if let Measure::Edits { few, some } = comparison.measure
            && (few == 0 || some < few)
        {
            return wrong("0 < few <= some is needed");
        }
        Ok(())
    }
}

impl Comparison {
    /// Number of levels; level 0 is always *unknown*, level 1 always *the same*.
    #[must_use]
    pub fn levels(&self) -> u32 {
        match self.measure {
            Measure::Exact => 3,
            Measure::JaroWinkler { .. } | Measure::Edits { .. } => 5,
            Measure::Birth | Measure::Event => 9,
            Measure::Year | Measure::Overlap => 4,
            Measure::Hierarchy => {
                2 * u32::try_from(self.fields.len()).expect("at most four fields") + 1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_embedded_description_holds_what_lists_of_persons_hold() {
        let schema = Schema::parse(PERSONS).unwrap();
        for name in [
            "surname",
            "given",
            "born",
            "sex",
            "died",
            "event",
            "facility",
            "relatives",
            "list",
        ] {
            assert!(schema.field(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_wrong_description_is_refused_in_words() {
        let text = r#"
            atoms = []
            field = [{ name = "born", kind = "date" }]
            comparison = [{ name = "birth", fields = ["born"], measure = "exact" }]
        "#;
        let error = Schema::parse(text).unwrap_err().to_string();
        assert!(error.contains("birth") && error.contains("born"), "{error}");
        assert!(Schema::parse("atoms = 3").is_err());
    }
}
