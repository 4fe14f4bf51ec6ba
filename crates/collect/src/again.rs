//! Proposals about a source that is on record already: read again, in the same sandbox.
//!
//! Invariant: nothing that is on record changes; a reading that came out as before is not written
//! twice.

use crate::add::{Collector, Error};
use crate::item::{Content, Item};
use crate::prepare::understand;
use crate::propose::Propose;
use crate::record::write_understood;
use archive::{Receipt, Writer};
use model::{Outcome, Sha256Digest, SourceId};

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
