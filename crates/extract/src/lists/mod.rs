//! Lists of persons: a table's rows become persons and cases, column by column.
//!
//! | to | use |
//! | --- | --- |
//! | guess what the columns mean | [`guess()`] |
//! | keep a mapping, and take it up again | [`Mapping::to_toml`], [`Mapping::from_toml`] |
//! | turn rows into proposals | [`propose`] |
//!
//! Invariants: every value cites the cell it was read from; what no field takes is kept as text
//! under its own heading; a cell that cannot be understood is a [`Problem`], never a guess.

mod ages;
mod cells;
mod column_values;
mod data;
mod date_words;
mod dates;
mod field;
mod guess;
mod mapping;
mod names;
mod person;
mod places;
mod quotes;
mod row;
mod rows;

pub use field::Field;
pub use guess::{Guess, Guessed, explain, guess};
pub use mapping::{Column, DateOrder, Mapping, MappingError};
pub use rows::{Imported, Problem, Terms, propose};

/// Name and version of this extractor. The ledger records it with a digest of the mapping behind
/// a `+`: another mapping is another run.
pub const EXTRACTOR: &str = "list/1";

/// The name of one run of an import: `digest` is that of its mapping and terms, `part` counts
/// the stretches of a long list from 0. Each part is a family of its own, so that none displaces
/// another, and a later import of the same file displaces its own.
#[must_use]
pub fn extractor(digest: &str, part: usize) -> String {
    let digest: String = digest.chars().take(16).collect();
    match (part, EXTRACTOR.split_once('/')) {
        (1.., Some((name, version))) => format!("{name}-{:05}/{version}+{digest}", part + 1),
        _ => format!("{EXTRACTOR}+{digest}"),
    }
}
