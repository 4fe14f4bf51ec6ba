//! Puts on record what is about no source: notes, and what was done to accounts.
//!
//! Invariant: it is sealed for the narrowest compartment that this device can open, since it may name
//! whom that protects; that there is such an entry, everybody sees.

use crate::Error;
use archive::{EntryKind, Receipt, Writer};
use model::{Compartment, to_cbor};
use serde::Serialize;

/// Puts `said` on record as an entry of this kind.
///
/// # Errors
/// When the archive cannot be written. Nothing is on record then.
pub(crate) fn put_general(
    writer: &mut Writer,
    kind: EntryKind,
    said: &impl Serialize,
) -> Result<Receipt, Error> {
    let body = to_cbor(said)?;
    let mut commit = writer.commit()?;
    let mut refused = None;
    for compartment in Compartment::ALL.into_iter().rev() {
        match commit.general_entry(kind, compartment, &body) {
            Ok(_) => return Ok(commit.finish()?),
            Err(error @ archive::Error::NoKey(_)) => refused = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    let refused = refused.expect("there is a compartment, and it was refused");
    Err(refused.into())
}

/// Puts on record what was done to an account of a server that several people use.
///
/// # Errors
/// When the archive cannot be written.
pub fn put_account(writer: &mut Writer, act: &impl Serialize) -> Result<Receipt, Error> {
    put_general(writer, EntryKind::Account, act)
}
