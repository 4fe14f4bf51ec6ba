//! What makes records of a reading, and how its runs are packed for the ledger.
//!
//! Invariant: a fault in an extractor costs the records, never the source or its reading.

use crate::Collector;
use extract::Context;
use model::{Proposal, Proposals, Reading, Sha256Digest, compress, to_cbor};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One run of an extractor over a reading.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// Name and version. Runs of one name (before the `/`) over one source displace each other.
    pub extractor: String,
    /// What the ledger keeps beside the proposals, such as the mapping of a list; at most 64 MiB.
    pub note: Vec<u8>,
    /// The proposals.
    pub proposals: Vec<Proposal>,
}

/// Makes proposals of a reading, in any number of runs.
pub type Propose<'p> = dyn Fn(&Reading, &Context) -> Vec<Run> + Sync + 'p;

/// A run as it goes on record.
pub(crate) struct Packed {
    pub blob: Vec<u8>,
    pub note: Vec<u8>,
    pub number: usize,
}

impl Collector {
    /// The collector's own extractor, over all readings but tables: a row of a list is no
    /// sentence, and is made records of when somebody says what its columns mean.
    pub(crate) fn by_rules(&self, reading: &Reading, context: &Context) -> Vec<Run> {
        let proposals = if reading.tables.is_empty() {
            self.extractor.extract(reading, context)
        } else {
            Vec::new()
        };
        vec![Run {
            extractor: self.extractor.version().to_owned(),
            note: Vec::new(),
            proposals,
        }]
    }
}

/// The packed runs over a reading; `None` when the extractor failed, which leaves the reading on
/// record for a later extractor.
pub(crate) fn packed(
    propose: &Propose<'_>,
    reading: &Reading,
    context: &Context,
    original: Sha256Digest,
    reading_digest: Sha256Digest,
) -> Option<Vec<Packed>> {
    let runs = catch_unwind(AssertUnwindSafe(|| propose(reading, context))).ok()?;
    runs.into_iter()
        .map(|run| {
            let number = run.proposals.len();
            let proposals = Proposals {
                original,
                reading: reading_digest,
                extractor: run.extractor,
                proposals: run.proposals,
            };
            Some(Packed {
                blob: compress(&to_cbor(&proposals).ok()?).ok()?,
                note: run.note,
                number,
            })
        })
        .collect()
}
