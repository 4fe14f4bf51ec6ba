//! The one writer of this device's log.
use crate::{Commit, Receipt, Result, WriterId};
use model::Compartment;

/// What opening the writer found and did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recovery {
    /// Objects behind the signed checkpoint, left by a crash, that were moved to `lost/`.
    pub moved_aside: Vec<String>,
    /// Staging files of interrupted puts that were swept.
    pub swept: usize,
    /// Erasures that were finished.
    pub erasures_finished: usize,
}

/// Holds the lock of the device folder as long as it lives.
pub struct Writer {}

impl Writer {
    /// Whose log this is.
    #[must_use]
    pub fn id(&self) -> WriterId {
        todo!()
    }
    /// Starts a commit.
    ///
    /// # Errors
    /// When an earlier commit of this writer failed and its tail cannot be moved aside.
    pub fn commit(&mut self) -> Result<Commit<'_>> {
        todo!()
    }
    /// Admits another device as writer, and as member of the compartments.
    ///
    /// # Errors
    /// A key that is not one; a compartment this device cannot open; whatever stops a commit.
    pub fn admit(&mut self, vkey: &str, recipient: &str, to: &[Compartment]) -> Result<Receipt> {
        let _ = (vkey, recipient, to);
        todo!()
    }
}
