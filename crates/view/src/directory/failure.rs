//! What the operating system said when a file of the index could not be used.
//!
//! Tantivy writes in threads of its own and passes on only that one of them failed; the person
//! who reads the message must know whether the disk is full or too many files are open.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// The first failure that nobody has asked for. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    /// Notes `error` and gives it back.
    pub(super) fn note(&self, error: io::Error) -> io::Error {
        let copy = match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::new(error.kind(), error.to_string()),
        };
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert(copy);
        error
    }

    /// What was noted first since this was last asked.
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
