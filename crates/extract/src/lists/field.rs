//! What a column of a list may mean.

use serde::{Deserialize, Serialize};

/// What a column holds. The names are those of mapping files and of `data/lists/columns.toml`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The whole name.
    Name,
    /// The family name.
    Surname,
    /// The given name.
    GivenName,
    /// The name in Hangul.
    NameHangul,
    /// The name in Chinese characters or Kana.
    NameHanja,
    /// Another name.
    Alias,
    /// Sex.
    Sex,
    /// Date or year of birth.
    Born,
    /// Age.
    Age,
    /// The date that the age is stated for.
    AsOf,
    /// Nationality.
    Nationality,
    /// Place of birth or origin.
    Birthplace,
    /// Residence.
    Residence,
    /// Where the person was last seen.
    LastSeenAt,
    /// When the person was last seen.
    LastSeenOn,
    /// When the person was abducted, arrested, captured.
    TakenOn,
    /// Where that was.
    TakenAt,
    /// When what the list is about happened.
    EventOn,
    /// Where that was.
    EventAt,
    /// Where the person is held.
    HeldAt,
    /// Status of the case.
    Status,
    /// Since when.
    StatusOn,
    /// Date of death.
    Died,
    /// Father.
    Father,
    /// Mother.
    Mother,
    /// Husband or wife.
    Spouse,
    /// Another relative.
    Relative,
    /// Occupation.
    Occupation,
    /// The list's own number of the entry.
    Reference,
    /// Category of the case.
    Category,
    /// Text about the person.
    Notes,
    /// Nothing known: kept as text under its heading.
    Other,
}

impl Field {
    /// Its name in a mapping file: `given-name`.
    #[must_use]
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }

    /// What it means, in words.
    #[must_use]
    pub fn means(self) -> &'static str {
        super::data::LISTS.means(self)
    }

    /// Whether it names the person.
    #[must_use]
    pub fn is_name(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Surname | Self::GivenName | Self::NameHangul | Self::NameHanja
        )
    }

    /// Whether it is a date.
    #[must_use]
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Self::Born
                | Self::AsOf
                | Self::LastSeenOn
                | Self::TakenOn
                | Self::EventOn
                | Self::StatusOn
                | Self::Died
        )
    }

    /// Whether several columns may mean it.
    #[must_use]
    pub fn is_many(self) -> bool {
        super::data::LISTS.is_many(self)
    }
}
