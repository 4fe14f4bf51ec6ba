//! Proposals about a source that is on record already: read again, in the same sandbox, or made
//! elsewhere of the reading that it has.
//!
//! Invariant: nothing that is on record changes; a reading that came out as before is not written
//! twice.

use crate::add::{Collector, Error};
use crate::correct::CorrectError;
use crate::decide::DecideError;
use crate::item::{Content, Item};
use crate::prepare::understand;
use crate::propose::{Propose, Run};
use crate::record::write_understood;
use archive::{EntryKind, Receipt, Writer};
use model::{CharIndex, Outcome, Proposals, Reading, Sha256Digest, SourceId, compress, to_cbor};

/// What came of it.
#[derive(Debug, Clone)]
pub struct Again {
    /// Whether it was read.
    pub outcome: Outcome,
    /// Records proposed; `None` when the extractor failed.
    pub proposed: Option<usize>,
    /// The commit; `None` when there was nothing to put on record.
    pub receipt: Option<Receipt>,
}

impl Collector {
    /// Reads the bytes of a source that is on record, and puts what `propose` makes of them on
    /// record beside it. `held` is the digest of the reading that the source has.
    ///
    /// # Errors
    /// When the archive cannot be written, or the item's bytes are not in memory.
    pub fn propose_again(
        &self,
        source: SourceId,
        original: Sha256Digest,
        held: Option<Sha256Digest>,
        item: &Item,
        propose: &Propose<'_>,
        writer: &mut Writer,
    ) -> Result<Again, Error> {
        let Content::Bytes(bytes) = &item.content else {
            let why = "its bytes are to be in memory";
            return Err(archive::Error::Input(std::io::Error::other(why)).into());
        };
        let media_type = read::media_type(&item.name, bytes);
        let mut understood = understand(self, propose, item, bytes, original, media_type);
        let outcome = understood.outcome.clone();
        let known = match &outcome {
            Outcome::Read { reading, .. } => held == Some(*reading),
            // A reading that failed is no news where there is one, and none where there is none.
            Outcome::Unread(_) => true,
        };
        if known {
            understood.reading = None;
        }
        let nothing = known && understood.proposals.as_ref().is_none_or(Vec::is_empty);
        if nothing {
            return Ok(Again {
                outcome,
                proposed: Some(0),
                receipt: None,
            });
        }
        let mut commit = writer.commit()?;
        let (_, outcome, proposed) = write_understood(&mut commit, source, understood, !known)?;
        Ok(Again {
            outcome,
            proposed,
            receipt: Some(commit.finish()?),
        })
    }
}

/// Puts one run of an extractor on record beside the source it was made from. `reading` is the one
/// that it read, and the source's.
///
/// # Errors
/// When a quote does not stand at its place, the archive cannot be written, or the source's key was
/// destroyed. Nothing is on record then.
pub fn put_run(
    writer: &mut Writer,
    source: SourceId,
    original: Sha256Digest,
    (digest, reading): (Sha256Digest, &Reading),
    run: Run,
) -> Result<Receipt, DecideError> {
    let chars = CharIndex::new(&reading.text);
    let quotes = run.proposals.iter().flat_map(|proposal| &proposal.quotes);
    for quote in quotes {
        quote
            .check(&reading.text, &chars)
            .map_err(CorrectError::from)?;
    }
    let proposals = Proposals {
        original,
        reading: digest,
        extractor: run.extractor,
        proposals: run.proposals,
    };
    let blob = compress(&to_cbor(&proposals)?)?;
    let mut commit = writer.commit()?;
    let blob = commit.blob(source, blob.as_slice())?;
    commit.entry(EntryKind::Proposals, source, &run.note, &[blob])?;
    Ok(commit.finish()?)
}
