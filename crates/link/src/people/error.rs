//! What can go wrong when lists are linked, in words that say what to do.

use super::RowId;

/// Why persons could not be linked.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The description of fields and comparisons is wrong.
    #[error("the description of the lists cannot be used: {0}; correct the description")]
    Schema(String),
    /// A row does not fit the description.
    #[error(
        "row {id:?} has {given} cells where {expected} are described; give one cell a field, unknown ones too"
    )]
    Cells {
        /// The row.
        id: RowId,
        /// Cells it came with.
        given: usize,
        /// Cells that are described.
        expected: usize,
    },
    /// Two rows have one id.
    #[error(
        "two rows have the id {0:?}, so links could not be told apart; give every row an id of its own"
    )]
    SameId(RowId),
    /// More distinct values or rows than the packed form holds.
    #[error("{0}; link fewer rows or describe fewer fields")]
    TooMuch(String),
    /// A blocking rule names what no field provides.
    #[error(
        "the rule {rule} names {atom}, which no field provides; use a field, or a date with /year, /month, /day"
    )]
    Rule {
        /// The rule as written.
        rule: String,
        /// The part of it that is unknown.
        atom: String,
    },
    /// There is nothing to learn weights from.
    #[error("the weights cannot be learnt: {0}")]
    Training(String),
    /// A record that was asked for is not in the table.
    #[error("no row has the id {0:?}; it may have been left out of this run")]
    NoSuchRow(RowId),
    /// The caller's store of spilled runs failed.
    #[error("a sorted run could not be kept or read again: {0}; see to the disk and run again")]
    Spill(#[from] std::io::Error),
}
