//! Which column of a list means what: the mapping, and its TOML file.
//!
//! Invariant: a mapping names columns by their headings, so that it holds for the next version of
//! the list when columns moved.

use super::Field;
use model::Edtf;
use serde::Deserialize;

/// Which of day and month is written first where both are numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 31/12/1977.
    DayFirst,
    /// 12/31/1977.
    MonthFirst,
    /// Nobody knows: of a date that can be read both ways only the year is taken.
    YearOnly,
}

impl DateOrder {
    /// Its name in a mapping file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
            Self::YearOnly => "year-only",
        }
    }
}

/// One column.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading, as the reading has it.
    pub heading: String,
    /// What it holds.
    pub field: Field,
    /// How its dates are written, where that can be told.
    #[serde(default)]
    pub dates: Option<DateOrder>,
}

/// Which column means what.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The sheets that are lists of persons; all tables when there is none.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// The date that ages are stated for, where no column says so.
    #[serde(default)]
    pub as_of: Option<Edtf>,
    /// The columns.
    #[serde(default, rename = "column")]
    pub columns: Vec<Column>,
}

/// A mapping that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MappingError {
    /// Not TOML, or not of the shape in `docs/formats/lists.md`.
    #[error("the mapping cannot be read: {0}")]
    Malformed(String),
    /// No column names the persons.
    #[error(
        "no column is mapped to a name. Give one of them the field name, surname, given-name, \
         name-hangul or name-hanja in a mapping file (--save-mapping writes one to start from)"
    )]
    NoName,
    /// A heading that the file does not have.
    #[error(
        "the mapping has the column “{0}”, which the file has not. Headings of the file: {1}. \
         Change the mapping, or leave the column out of it"
    )]
    NoColumn(String, String),
    /// A field that only one column may have.
    #[error("the columns “{0}” and “{1}” are both mapped to {2}, which only one column may be")]
    Twice(String, String, String),
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// When it is malformed, or maps two columns to a field that has one.
    pub fn from_toml(text: &str) -> Result<Self, MappingError> {
        let mapping: Self =
            toml::from_str(text).map_err(|error| MappingError::Malformed(error.to_string()))?;
        mapping.check()?;
        Ok(mapping)
    }

    /// Whether it can be used.
    ///
    /// # Errors
    /// When no column names the persons, or two have a field that is for one.
    pub fn check(&self) -> Result<(), MappingError> {
        if !self.columns.iter().any(|column| column.field.is_name()) {
            return Err(MappingError::NoName);
        }
        for (at, column) in self.columns.iter().enumerate() {
            let before = &self.columns[..at];
            let same = before.iter().find(|other| other.field == column.field);
            if let Some(same) = same.filter(|_| !column.field.is_many()) {
                return Err(MappingError::Twice(
                    same.heading.clone(),
                    column.heading.clone(),
                    column.field.name(),
                ));
            }
        }
        Ok(())
    }

    /// The mapping as a file that people can change; [`Self::from_toml`] reads it back.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = String::from(
            "# Which column of a list means what. A column that is left out, or of the field\n\
             # \"other\", is kept as text under its heading. docs/formats/lists.md names the fields.\n",
        );
        if !self.sheets.is_empty() {
            let sheets: Vec<_> = self.sheets.iter().map(|sheet| quoted(sheet)).collect();
            text.push_str(&format!("sheets = [{}]\n", sheets.join(", ")));
        }
        if let Some(date) = &self.as_of {
            text.push_str(&format!("as_of = \"{date}\"\n"));
        }
        for column in &self.columns {
            let heading = quoted(&column.heading);
            let field = column.field.name();
            text.push_str(&format!(
                "\n[[column]]\nheading = {heading}\nfield = \"{field}\"\n"
            ));
            if let Some(order) = column.dates {
                text.push_str(&format!("dates = \"{}\"\n", order.name()));
            }
        }
        text
    }

    /// How a column is mapped, by its heading.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.heading == heading)
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mapping_that_cannot_be_used_says_why() {
        let error = |text: &str| Mapping::from_toml(text).unwrap_err().to_string();
        assert!(error("").contains("no column is mapped to a name"));
        assert!(error("columns = 3").contains("cannot be read"));
        let twice =
            "[[column]]\nheading='A'\nfield='name'\n[[column]]\nheading='B'\nfield='name'\n";
        assert!(error(twice).contains("“A” and “B” are both mapped to name"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(heading in "\\PC{1,20}|[\"\\\\\n\u{1}]{1,4}", sheet in "\\PC{0,9}") {
            let mapping = Mapping {
                sheets: vec![sheet],
                as_of: Some("2017-12".parse().unwrap()),
                columns: vec![
                    Column { heading, field: Field::NameHangul, dates: None },
                    Column { heading: "x".to_owned(), field: Field::Born, dates: Some(DateOrder::YearOnly) },
                ],
            };
            prop_assert_eq!(Mapping::from_toml(&mapping.to_toml()), Ok(mapping));
        }
    }
}
