//! Puts on record what was done to an account of a server that several people use.

use crate::JudgeError;
use archive::{EntryKind, Receipt, Writer};
use model::{Compartment, to_cbor};
use serde::Serialize;

/// Puts `act` on record, sealed for the narrowest compartment that this device can open: it names
/// people.
///
/// # Errors
/// When the archive cannot be written.
pub fn put_account(writer: &mut Writer, act: &impl Serialize) -> Result<Receipt, JudgeError> {
    let body = to_cbor(act)?;
    let mut commit = writer.commit()?;
    let narrowest_first = Compartment::ALL.into_iter().rev();
    let mut refused = None;
    for compartment in narrowest_first {
        match commit.general_entry(EntryKind::Account, compartment, &body) {
            Ok(_) => return Ok(commit.finish()?),
            Err(error @ archive::Error::NoKey(_)) => refused = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    let refused = refused.expect("there is a compartment, and it was refused");
    Err(refused.into())
}
