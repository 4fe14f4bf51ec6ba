//! What can go wrong with a view, in words for the person who reads it.
//!
//! Invariant: nothing here asks anyone to repair a view. A view holds nothing that is not in the
//! ledger, so the answer to damage is always to rebuild it.

use std::path::PathBuf;

/// A view could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The view cannot be used as it is: another key, another version, or damage.
    #[error(
        "the view in {} cannot be used: {why}. It holds nothing that is not in the archive: run `onrecord rebuild`",
        folder.display()
    )]
    Stale {
        /// The view's folder.
        folder: PathBuf,
        /// What was found.
        why: String,
    },
    /// Another process is bringing the view up to date.
    #[error("another process is bringing the view up to date; try again when it is done")]
    Busy,
    /// The archive's keys were not taken.
    #[error("the archive is locked; unlock it with this device's identity first")]
    Locked,
    /// The archive could not be read.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The words that were searched for cannot be looked up.
    #[error("this search cannot be made: {0}")]
    Query(String),
    /// The beginning of an id or digest fits more than one thing.
    #[error("`{prefix}` is the beginning of more than one id; give more of its digits")]
    Ambiguous {
        /// What was given.
        prefix: String,
    },
    /// The text is not the beginning of an id or digest.
    #[error(
        "`{0}` is not the beginning of an id: give at least four of its digits (0 to 9, a to f)"
    )]
    NotAPrefix(String),
    /// The disk said no.
    #[error("the view's files could not be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// The records' database said no.
    #[error(
        "the view's records could not be read or written: {0}. If the disk is not full, run `onrecord rebuild`"
    )]
    Records(#[from] rusqlite::Error),
    /// The text index said no.
    #[error(
        "the view's text index could not be read or written: {0}. If the disk is not full, run `onrecord rebuild`"
    )]
    Index(tantivy::TantivyError),
    /// Something in the view or the ledger is not of the form that this version knows.
    #[error(transparent)]
    Encoding(#[from] model::EncodingError),
}

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<tantivy::TantivyError> for Error {
    /// What the operating system refused is said as it says it; the rest is the index's.
    fn from(error: tantivy::TantivyError) -> Self {
        match refused(&error) {
            Some(code) => Self::Io(std::io::Error::from_raw_os_error(code)),
            None => Self::Index(error),
        }
    }
}

/// The operating system's error within one of the index's.
fn refused(error: &tantivy::TantivyError) -> Option<i32> {
    use tantivy::TantivyError;
    use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};
    let io = match error {
        TantivyError::IoError(io)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: io, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: io, .. })
        | TantivyError::LockFailure(LockError::IoError(io), _) => io,
        _ => return None,
    };
    io.raw_os_error()
}
