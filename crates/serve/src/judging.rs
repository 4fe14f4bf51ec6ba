//! A judgement of a person that a screen puts on record.
//!
//! Invariant: it is sealed for the narrowest compartment of the sources it speaks of.

use crate::answer::Answer;
use crate::deciding;
use crate::desk::Desk;
use model::Judgement;
use std::sync::PoisonError;

/// Longest reason, in characters.
const REASON: usize = 1_000;

/// A reason as it is kept.
pub(crate) fn reason(said: &str) -> String {
    said.trim().chars().take(REASON).collect()
}

/// Puts a judgement on record.
///
/// # Errors
/// When the archive cannot be read or written.
pub(crate) fn on_record(desk: &Desk<'_>, judgement: &Judgement) -> Answer<()> {
    let open = desk.open;
    let _one_writer = open.writing.lock().unwrap_or_else(PoisonError::into_inner);
    deciding::put(open, desk.view(), judgement)?;
    Ok(open.archive.refresh()?)
}
