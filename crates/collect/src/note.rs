//! What is put on record beside sources, decisions and judgements: that somebody did something
//! which changes no record.

use crate::Error;
use crate::general::put_general;
use archive::{EntryKind, Receipt, Writer};
use serde::{Deserialize, Serialize};

/// Something that a person did which changes no record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Note {
    /// Names of protected persons were made readable.
    NamesShown {
        /// Who asked for it.
        by: String,
        /// Why.
        reason: String,
        /// For how many minutes.
        minutes: u64,
    },
    /// Pages or pictures of a source were shown unblurred.
    PagesShown {
        /// Who asked for it.
        by: String,
        /// Id of the source.
        source: String,
        /// Why; may be empty where the source is open.
        reason: String,
        /// For how many minutes.
        minutes: u64,
    },
}

/// Puts a note on record.
///
/// # Errors
/// When the archive cannot be written. Nothing is on record then.
pub fn put_note(writer: &mut Writer, note: &Note) -> Result<Receipt, Error> {
    put_general(writer, EntryKind::Note, note)
}
