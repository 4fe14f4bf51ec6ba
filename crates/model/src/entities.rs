//! Persons, groups, organisations, states, places, instruments, and how other records name them.

use crate::{Age, Cited, Code, Detail, Edtf, LifeEvent, ListRow, RecordId, Relative, ResolvedDate};
use serde::{Deserialize, Serialize};

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A person.
    Person,
    /// A group of persons.
    Group,
    /// An organisation or body.
    Organisation,
    /// A state, with its government.
    State,
    /// A place.
    Place,
    /// A resolution, treaty, law, order, report or commission.
    Instrument,
}

/// An entity as another record names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct EntityRef {
    /// What it is.
    pub kind: EntityKind,
    /// Its canonical name where a gazetteer or the document gives one, else the words of the text.
    pub name: String,
    /// Its key in a gazetteer, such as `state:KP`: equal keys are the same entity everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The entity's own record, once linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
}

/// Key and name of the document's own voice.
const OWN_VOICE: &str = "document";

impl EntityRef {
    /// Somebody or something as the words name it, known by no gazetteer and no record of its own.
    #[must_use]
    pub fn as_written(kind: EntityKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            key: None,
            record: None,
        }
    }

    /// The document itself as the one who speaks, where nothing says whose voice it is.
    #[must_use]
    pub fn own_voice() -> Self {
        Self {
            kind: EntityKind::Instrument,
            name: OWN_VOICE.to_owned(),
            key: Some(OWN_VOICE.to_owned()),
            record: None,
        }
    }

    /// Whether this is a document's own voice: no entity that two documents could share.
    #[must_use]
    pub fn is_own_voice(&self) -> bool {
        self.key.as_deref() == Some(OWN_VOICE)
    }
}

/// The key of a state's seat of government as a place: `place:kp-pyongyang` of `KP` and `Pyongyang`.
///
/// Every spelling and metonym of a seat (`Kiev`, `the Kremlin`) goes by the first name that the
/// gazetteer of states gives.
#[must_use]
pub fn seat_key(iso: &str, seat: &str) -> String {
    let mut key = format!("place:{}", iso.to_lowercase());
    let words = seat.split(|letter: char| !(letter.is_alphanumeric() || "'’".contains(letter)));
    for word in words.filter(|word| !word.is_empty()) {
        key.push('-');
        let letters = word.chars().filter(|letter| letter.is_alphanumeric());
        key.extend(letters.flat_map(char::to_lowercase));
    }
    key
}

/// One written form of a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Name {
    /// The form, as written.
    pub form: String,
    /// Script, by ISO 15924, such as `Hang` or `Latn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// Romanisation system: `revised-romanization`, `mccune-reischauer`, `dprk`, `passport`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub romanisation: Option<String>,
    /// Whether the surname stands first; `None` when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surname_first: Option<bool>,
}

/// What a person was, when and where.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Role {
    /// The role, in the words of the text.
    pub title: String,
    /// The body it was held in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<EntityRef>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<Edtf>,
}

/// A person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Person {
    /// Every written form, the canonical one first.
    pub names: Vec<Cited<Name>>,
    /// Roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Cited<Role>>,
    /// Sex, where the text says: `female`, `male`, `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Cited<String>>,
    /// Date of birth, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Cited<ResolvedDate>>,
    /// Nationality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality: Option<Cited<EntityRef>>,
    /// Key in a gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Age as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<Cited<Age>>,
    /// Date of death.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died: Option<Cited<ResolvedDate>>,
    /// Place of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthplace: Option<Cited<EntityRef>>,
    /// Where the person lived or lives, the last residence first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub residences: Vec<Cited<EntityRef>>,
    /// Relatives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relatives: Vec<Cited<Relative>>,
    /// What happened to the person, when and where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Cited<LifeEvent>>,
    /// What else the source says, under its own headings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Cited<Detail>>,
    /// The row of the list that the person stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Cited<ListRow>>,
}

/// A group of persons without an organisation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Every written form, the canonical one first.
    pub names: Vec<Cited<Name>>,
    /// How many, when the text says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Cited<u64>>,
    /// Terms of the vocabulary `victim-characteristic`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub characteristics: Vec<Cited<Code>>,
}

/// An organisation or body.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Organisation {
    /// Every written form, the canonical one first.
    pub names: Vec<Cited<Name>>,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Cited<EntityRef>>,
    /// Key in a gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// A state, with its government.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct State {
    /// Every written form, the canonical one first.
    pub names: Vec<Cited<Name>>,
    /// ISO 3166-1 alpha-2 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso: Option<String>,
}

/// A place. What is not known is left open: there is no default coordinate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Every written form, the canonical one first.
    pub names: Vec<Cited<Name>>,
    /// What it lies in: county, province, country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Cited<EntityRef>>,
    /// Latitude and longitude in millionths of a degree (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<(i32, i32)>,
    /// Radius within which the place lies, in metres; given with every position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<u32>,
    /// Key in a gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// A resolution, treaty, law, order, report or commission.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Instrument {
    /// Every written form, the canonical one first.
    pub names: Vec<Cited<Name>>,
    /// Symbol, such as `A/HRC/RES/34/24`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Cited<String>>,
    /// The body it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Cited<EntityRef>>,
    /// Date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Cited<ResolvedDate>>,
    /// Who moved it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub movers: Vec<Cited<EntityRef>>,
    /// Who sponsored it with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_sponsors: Vec<Cited<EntityRef>>,
    /// Votes in favour, against, abstaining.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes: Option<Cited<(u32, u32, u32)>>,
}

#[cfg(test)]
mod tests {
    use super::seat_key;

    #[test]
    fn a_seat_has_one_key() {
        assert_eq!(seat_key("KP", "Pyongyang"), "place:kp-pyongyang");
        assert_eq!(seat_key("TD", "N'Djamena"), "place:td-ndjamena");
        assert_eq!(seat_key("HT", "Port-au-Prince"), "place:ht-port-au-prince");
    }
}
