//! A judgement of a person that a screen puts on record.
//!
//! Invariant: it is sealed for the narrowest compartment of the sources it speaks of.

use crate::answer::{Answer, Trouble};
use crate::desk::Desk;
use model::Judgement;
use std::sync::PoisonError;

/// Longest reason, in characters.
pub(crate) const REASON: usize = 1_000;

/// A reason as it is kept.
pub(crate) fn reason(said: &str) -> String {
    said.trim().chars().take(REASON).collect()
}

/// Puts a judgement on record.
///
/// # Errors
/// When the archive cannot be read or written.
pub(crate) fn on_record(desk: &Desk<'_>, judgement: &Judgement) -> Answer<()> {
    let mut compartments = Vec::new();
    for judged in judgement.matter.judged() {
        let source = desk.view().source(&judged.source)?;
        compartments.extend(source.map(|info| (info.id, info.source.compartment)));
    }
    let open = desk.open;
    let _one_writer = open.writing.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut writer, _) = open.archive.writer(&open.device)?;
    let done = collect::judge(&mut writer, judgement, |source| {
        let found = compartments.iter().find(|(id, _)| id == source);
        found
            .map(|(_, compartment)| *compartment)
            .unwrap_or_default()
    });
    drop(writer);
    open.archive.refresh()?;
    done.map_err(|error| Trouble::Failed(error.to_string()))?;
    Ok(())
}
