//! What is put on record beside sources, decisions and judgements: that somebody did something
//! which changes no record.
//!
//! Invariant: it is sealed for the narrowest compartment that the device can open, since a reason may
//! name whom it protects; that there is a note, everybody sees.

use archive::{EntryKind, Receipt, Writer};
use model::{Compartment, to_cbor};
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

/// A note could not be put on record.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The archive did not take it.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// It has no form that can be stored.
    #[error(transparent)]
    Encoding(#[from] model::EncodingError),
}

/// Puts a note on record.
///
/// # Errors
/// When the archive cannot be written. Nothing is on record then.
pub fn put_note(writer: &mut Writer, note: &Note) -> Result<Receipt, NoteError> {
    let body = to_cbor(note)?;
    let mut commit = writer.commit()?;
    let mut refused = None;
    for compartment in Compartment::ALL.into_iter().rev() {
        match commit.general_entry(EntryKind::Note, compartment, &body) {
            Ok(_) => return Ok(commit.finish()?),
            Err(error @ archive::Error::NoKey(_)) => refused = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    let refused = refused.expect("there is a compartment, and it was refused");
    Err(refused.into())
}
