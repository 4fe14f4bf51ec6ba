//! Puts on record what a person judged. The command line and the server both go through here.

use crate::Error;
use archive::{EntryKind, Receipt, Writer};
use model::{Compartment, Judgement, to_cbor};

/// Puts `judgement` on record, sealed with the key of the source, among those it is about, that
/// the fewest may open: the reason that a person gives may say what is in either.
///
/// # Errors
/// When the archive cannot be written, or the source's key was destroyed.
pub fn judge(
    writer: &mut Writer,
    judgement: &Judgement,
    compartment: impl Fn(&model::SourceId) -> Compartment,
) -> Result<Receipt, Error> {
    let judged = judgement.matter.judged();
    let narrowest = judged
        .iter()
        .max_by_key(|one| (compartment(&one.source), one.source))
        .expect("a matter names at least one record");
    let body = to_cbor(judgement)?;
    let mut commit = writer.commit()?;
    commit.entry(EntryKind::Judgement, narrowest.source, &body, &[])?;
    Ok(commit.finish()?)
}
