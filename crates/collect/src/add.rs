//! Takes items through: prepared on several threads, put on record by one, in order, many to a
//! commit.

use crate::budget::Budget;
use crate::item::{Item, Skipped};
use crate::order::InOrder;
use crate::prepare::prepare;
use crate::propose::Propose;
use crate::record::Recorder;
use archive::{Receipt, Writer};
use crossbeam_channel::bounded;
use extract::{Context, Extractor};
use model::{Code, Compartment, Edtf, Outcome, Reading, Sha256Digest, SourceId};
use read::Workers;
use read::ocr::Tesseract;
use std::collections::BTreeMap;

/// What may be in hand at once.
const BUDGET_BYTES: u64 = 256 << 20;
const BUDGET_ITEMS: usize = 512;

/// What the collector states about an item.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Who may open the sources.
    pub compartment: Compartment,
    /// Who collects.
    pub by: String,
    /// Address or custodian they come from.
    pub origin: Option<String>,
    /// Consent they are given under.
    pub consent: Option<String>,
    /// Genre, by the vocabulary `genre`.
    pub genre: Option<Code>,
    /// Reliability, by the vocabulary `source-reliability`.
    pub reliability: Option<Code>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication.
    pub published: Option<Edtf>,
}

/// What became of an item.
#[derive(Debug, Clone)]
pub enum Event {
    /// It is on record: durable, whatever happens next.
    Collected {
        /// Its id.
        id: SourceId,
        /// Its name.
        name: String,
        /// SHA-256 of its bytes.
        original: Sha256Digest,
        /// Bytes.
        bytes: u64,
        /// Title, where it was read and has one.
        title: Option<String>,
        /// Whether it was read.
        outcome: Outcome,
        /// Records proposed; `None` when the extractor failed.
        proposed: Option<usize>,
    },
    /// The same bytes are on record.
    Known {
        /// Its name.
        name: String,
        /// The source that holds them.
        id: SourceId,
    },
    /// It gave no source.
    Skipped(Skipped),
    /// A commit was signed.
    Signed(Receipt),
}

/// How many became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Sources put on record.
    pub collected: usize,
    /// Of these, those that were not read.
    pub unread: usize,
    /// Items whose bytes were on record.
    pub known: usize,
    /// Remarks: links and the like.
    pub skipped: usize,
    /// Items that could not be collected.
    pub failed: usize,
    /// Plain bytes put on record.
    pub bytes: u64,
    /// Records proposed.
    pub proposed: usize,
}

/// What tells which source holds some bytes already, and why that cannot be told.
pub type Known<'k> = dyn Fn(&Sha256Digest) -> Result<Option<SourceId>, NotTold> + Sync + 'k;

/// Why it cannot be told whether bytes are on record.
pub type NotTold = Box<dyn std::error::Error + Send + Sync>;

/// Something could not be put on record. What was acknowledged before stays there.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be told whether it is on record already.
    #[error("whether it is on record already could not be looked up: {0}")]
    Known(#[source] NotTold),
    /// The archive could not be written.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// A record could not be encoded.
    #[error(transparent)]
    Encoding(#[from] model::EncodingError),
}

/// Reads and extracts; one for many [`Collector::add`]s.
pub struct Collector {
    /// The sandboxed readers.
    pub workers: Workers,
    /// What reads words in pictures, where that is to be done now: it is slow. Without it,
    /// pictures and scans wait.
    pub ocr: Option<Tesseract>,
    /// The extractor.
    pub extractor: Extractor,
    /// Items prepared at once; at least 1.
    pub threads: usize,
    /// Name and version of the program, kept with every source.
    pub tool: String,
}

impl Collector {
    /// Puts items on record, in their order, with what was read and proposed. `known` tells which
    /// source holds some bytes already; `on` hears of every item, after it is durable.
    ///
    /// # Errors
    /// When the archive cannot be written, a full disk for example. What `on` was told is safe.
    pub fn add(
        &self,
        items: impl Iterator<Item = Result<Item, Skipped>> + Send,
        writer: &mut Writer,
        known: &Known<'_>,
        on: &mut dyn FnMut(Event),
    ) -> Result<Summary, Error> {
        let by_rules = |reading: &Reading, context: &Context| self.by_rules(reading, context);
        self.add_with(items, &by_rules, writer, known, on)
    }

    /// As [`Collector::add`], with `propose` in place of the collector's own extractor.
    ///
    /// # Errors
    /// As there.
    pub fn add_with(
        &self,
        items: impl Iterator<Item = Result<Item, Skipped>> + Send,
        propose: &Propose<'_>,
        writer: &mut Writer,
        known: &Known<'_>,
        on: &mut dyn FnMut(Event),
    ) -> Result<Summary, Error> {
        let budget = Budget::new(BUDGET_BYTES, BUDGET_ITEMS);
        let (give, take) = bounded(self.threads);
        let (done, ready) = bounded(self.threads);
        let (budget, is_known) = (&budget, &|digest: &Sha256Digest| {
            known(digest).map(|found| found.is_some())
        });
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for (number, item) in items.enumerate() {
                    let bytes = item.as_ref().ok().and_then(|item| item.bytes).unwrap_or(0);
                    let Some(share) = budget.take(bytes) else {
                        return;
                    };
                    if give.send((number, share, item)).is_err() {
                        return;
                    }
                }
            });
            for _ in 0..self.threads.max(1) {
                let (take, done) = (take.clone(), done.clone());
                scope.spawn(move || {
                    for (number, mut share, item) in take {
                        let mut ask = |bytes| budget.grow(&mut share, bytes);
                        let prepared =
                            item.and_then(|item| prepare(self, propose, is_known, &mut ask, item));
                        if done.send((number, share, prepared)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop((take, done));
            let mut recorder = Recorder {
                collector: self,
                known,
                on,
                budget,
                summary: Summary::default(),
                here: BTreeMap::new(),
            };
            let result = recorder.record(writer, InOrder::new(ready));
            budget.close();
            result.map(|()| recorder.summary)
        })
    }
}

impl Summary {
    /// Whether every item became a source or was one already.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.failed == 0
    }
}
