//! What a person can set of a record: the table `data/review/fields.toml`, shared by the command
//! line and the forms of the interface.
//!
//! Invariant: every field in the table can be set; a test sets each of them.

use model::RecordKind;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What a value of a field is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A term of a vocabulary.
    Code,
    /// Words, as they stand in the text.
    Words,
    /// A date in EDTF.
    Date,
    /// Somebody or something.
    Entity,
    /// Who suffered.
    Victim,
    /// Who is said to have done it.
    Perpetrator,
    /// Who says so.
    Attribution,
    /// Who took part.
    Participant,
    /// A written form of a name.
    Name,
    /// What was known of a case.
    StateOfCase,
    /// A whole number.
    Number,
    /// A figure with at most three decimals.
    Thousandths,
    /// Yes or no; rests on no words of its own.
    Flag,
}

/// One field.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name, as in the formats.
    pub name: String,
    /// What a value is.
    pub shape: Shape,
    /// The vocabulary of a code.
    #[serde(default)]
    pub list: Option<String>,
    /// What an entity is unless its value says otherwise.
    #[serde(default)]
    pub entity: Option<String>,
    /// Whether a record of the kind has it always.
    #[serde(default)]
    pub must: bool,
    /// Whether it may have several values.
    #[serde(default)]
    pub many: bool,
}

#[derive(Deserialize)]
struct Kind {
    name: String,
    field: Vec<Field>,
}

#[derive(Deserialize)]
struct Table {
    kind: Vec<Kind>,
}

static TABLE: LazyLock<Vec<(RecordKind, Vec<Field>)>> = LazyLock::new(|| {
    let text = include_str!("../../../data/review/fields.toml");
    let table: Table = toml::from_str(text).expect("a test of this module reads the table");
    let kinds = table.kind.into_iter();
    kinds
        .filter_map(|kind| Some((RecordKind::from_name(&kind.name)?, kind.field)))
        .collect()
});

/// The fields of a kind that a person can set, in the order of forms; none for a kind that is not
/// coded by hand.
#[must_use]
pub fn fields(kind: RecordKind) -> &'static [Field] {
    let found = TABLE.iter().find(|(of, _)| *of == kind);
    found.map_or(&[], |(_, fields)| fields)
}

/// The kinds that a person can code by hand.
pub fn kinds() -> impl Iterator<Item = RecordKind> {
    TABLE.iter().map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Vocabularies;

    #[test]
    fn every_kind_and_every_vocabulary_of_the_table_exists() {
        let table: Table = toml::from_str(include_str!("../../../data/review/fields.toml"))
            .expect("the table reads");
        let lists = Vocabularies::shipped().expect("the vocabularies read");
        assert_eq!(table.kind.len(), kinds().count());
        assert!(kinds().count() > 10);
        for kind in kinds() {
            for field in fields(kind) {
                let list = field.list.as_deref().map(|id| lists.list(id).is_some());
                let is_code = field.shape == Shape::Code;
                assert_eq!(list, is_code.then_some(true), "{kind:?} {}", field.name);
            }
        }
    }
}
