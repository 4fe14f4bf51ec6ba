//! Takes items through: prepared on several threads, put on record by one, in order, many to a
//! commit.

use crate::budget::{Budget, Share};
use crate::item::{Content, Item, Skipped};
use crate::prepare::{Prepared, Understood, prepare};
use archive::{BlobRef, Commit, EntryKind, Receipt, Writer};
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use extract::Extractor;
use model::{Code, Collected, Compartment, Edtf, Outcome, Sha256Digest, Source, SourceId, to_cbor};
use read::Workers;
use std::collections::BTreeMap;
use std::fs::File;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Sources and plain bytes in one commit at most: enough that the fsyncs cost little a source.
const COMMIT_SOURCES: usize = 128;
const COMMIT_BYTES: u64 = 16 << 20;
/// A commit is not held open longer than this for the next item to be ready.
const COMMIT_WAIT: Duration = Duration::from_millis(200);
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

/// Collecting stopped. What was acknowledged before stays on record.
#[derive(Debug, thiserror::Error)]
pub enum Error {
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
    /// The extractor.
    pub extractor: Extractor,
    /// Items prepared at once; at least 1.
    pub threads: usize,
    /// Name and version of the program, kept with every source.
    pub tool: String,
}

/// An item that was staged, and what to say once it is signed.
struct Staged {
    event: Event,
    share: Share,
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
        known: &(dyn Fn(&Sha256Digest) -> Option<SourceId> + Sync),
        on: &mut dyn FnMut(Event),
    ) -> Result<Summary, Error> {
        let budget = Budget::new(BUDGET_BYTES, BUDGET_ITEMS);
        let (give, take) = bounded(self.threads);
        let (done, ready) = bounded(self.threads);
        let (budget, is_known) = (&budget, &|digest: &Sha256Digest| known(digest).is_some());
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
                    for (number, share, item) in take {
                        let prepared = item.and_then(|item| {
                            prepare(self, is_known, item).map_err(|(path, reason)| Skipped {
                                path,
                                reason,
                                failure: true,
                            })
                        });
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

type Next = (Share, Result<Prepared, Skipped>);

/// Gives prepared items in the order in which they came in.
struct InOrder {
    ready: Receiver<(usize, Share, Result<Prepared, Skipped>)>,
    early: BTreeMap<usize, Next>,
    next: usize,
}

impl InOrder {
    fn new(ready: Receiver<(usize, Share, Result<Prepared, Skipped>)>) -> Self {
        Self {
            ready,
            early: BTreeMap::new(),
            next: 0,
        }
    }

    /// The next item; `Ok(None)` at the end, `Err` when it is not ready in time.
    fn next(&mut self, wait: Option<Duration>) -> Result<Option<Next>, RecvTimeoutError> {
        loop {
            if let Some(next) = self.early.remove(&self.next) {
                self.next += 1;
                return Ok(Some(next));
            }
            let received = match wait {
                Some(wait) => self.ready.recv_timeout(wait),
                None => self
                    .ready
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
            };
            match received {
                Ok((number, share, prepared)) => {
                    self.early.insert(number, (share, prepared));
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(timeout) => return Err(timeout),
            }
        }
    }
}

/// Writes what was prepared, in order.
struct Recorder<'a> {
    collector: &'a Collector,
    known: &'a (dyn Fn(&Sha256Digest) -> Option<SourceId> + Sync),
    on: &'a mut dyn FnMut(Event),
    budget: &'a Budget,
    summary: Summary,
    /// What this run put on record, which `known` may not know yet.
    here: BTreeMap<Sha256Digest, SourceId>,
}

impl Recorder<'_> {
    fn record(&mut self, writer: &mut Writer, mut items: InOrder) -> Result<(), Error> {
        let mut next = items.next(None).ok().flatten();
        while let Some(first) = next.take() {
            let mut commit = writer.commit()?;
            let mut staged = Vec::new();
            let mut bytes = self.stage(&mut commit, first, &mut staged)?;
            let ended = loop {
                if staged.len() >= COMMIT_SOURCES || bytes >= COMMIT_BYTES {
                    break false;
                }
                match items.next(Some(COMMIT_WAIT)) {
                    Ok(Some(item)) => bytes += self.stage(&mut commit, item, &mut staged)?,
                    Ok(None) => break true,
                    Err(_) => break false,
                }
            };
            self.acknowledge(commit, staged)?;
            if !ended {
                next = items.next(None).ok().flatten();
            }
        }
        Ok(())
    }

    /// Signs the commit and says what is on record now.
    fn acknowledge(&mut self, commit: Commit<'_>, staged: Vec<Staged>) -> Result<(), Error> {
        if commit.is_empty() {
            drop(commit);
        } else {
            let receipt = commit.finish()?;
            (self.on)(Event::Signed(receipt));
        }
        for Staged { event, share } in staged {
            match &event {
                Event::Collected {
                    outcome,
                    bytes,
                    proposed,
                    ..
                } => {
                    self.summary.collected += 1;
                    self.summary.unread += usize::from(matches!(outcome, Outcome::Unread(_)));
                    self.summary.bytes += bytes;
                    self.summary.proposed += proposed.unwrap_or(0);
                }
                Event::Known { .. } => self.summary.known += 1,
                Event::Skipped(skipped) if skipped.failure => self.summary.failed += 1,
                Event::Skipped(_) => self.summary.skipped += 1,
                Event::Signed(_) => {}
            }
            (self.on)(event);
            self.budget.give_back(share);
        }
        Ok(())
    }

    /// Adds an item to the commit; returns its plain bytes.
    fn stage(
        &mut self,
        commit: &mut Commit<'_>,
        (share, prepared): Next,
        staged: &mut Vec<Staged>,
    ) -> Result<u64, Error> {
        let mut bytes = 0;
        let event = match prepared {
            Err(skipped) => Event::Skipped(skipped),
            Ok(prepared) => self.write(commit, prepared)?,
        };
        if let Event::Collected {
            bytes: plain,
            original,
            id,
            ..
        } = &event
        {
            bytes = *plain;
            self.here.insert(*original, *id);
        }
        staged.push(Staged { event, share });
        Ok(bytes)
    }

    fn on_record(&self, original: &Sha256Digest) -> Option<SourceId> {
        self.here
            .get(original)
            .copied()
            .or_else(|| (self.known)(original))
    }

    fn write(&mut self, commit: &mut Commit<'_>, prepared: Prepared) -> Result<Event, Error> {
        let Prepared {
            item,
            original,
            understood,
        } = prepared;
        let Item {
            name,
            how,
            modified,
            content,
            terms,
            ..
        } = item;
        if let Some(id) = original
            .as_ref()
            .and_then(|original| self.on_record(original))
        {
            return Ok(Event::Known { name, id });
        }
        let id = commit.new_source(terms.compartment)?;
        let blob = match seal(commit, id, content) {
            Ok(blob) => blob,
            Err(archive::Error::Input(error)) => {
                let reason = crate::item::explain(&error);
                return Ok(Event::Skipped(Skipped {
                    path: name,
                    reason,
                    failure: true,
                }));
            }
            Err(error) => return Err(error.into()),
        };
        if original.is_some_and(|original| original != blob.plain_sha256) {
            let reason = "changed while it was being read; add it again".to_owned();
            return Ok(Event::Skipped(Skipped {
                path: name,
                reason,
                failure: true,
            }));
        }
        if let Some(id) = self.on_record(&blob.plain_sha256) {
            return Ok(Event::Known { name, id });
        }
        let source = self.describe(&name, how, modified, &terms, &blob, &understood.media_type);
        let (original, bytes) = (source.original, source.bytes);
        let body = to_cbor(&source)?;
        commit.entry(EntryKind::Source, id, &body, &[blob])?;
        let (title, outcome, proposed) = write_understood(commit, id, understood)?;
        Ok(Event::Collected {
            id,
            name,
            original,
            bytes,
            title,
            outcome,
            proposed,
        })
    }

    fn describe(
        &self,
        name: &str,
        how: &str,
        modified: Option<u64>,
        terms: &Terms,
        blob: &BlobRef,
        media_type: &str,
    ) -> Source {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Source {
            original: blob.plain_sha256,
            bytes: blob.plain_len,
            media_type: media_type.to_owned(),
            collected: Collected {
                at: now.as_millis() as u64,
                by: terms.by.clone(),
                tool: self.collector.tool.clone(),
                how: how.to_owned(),
                name: name.to_owned(),
                modified,
            },
            origin: terms.origin.clone(),
            compartment: terms.compartment,
            consent: terms.consent.clone(),
            genre: terms.genre.clone(),
            reliability: terms.reliability.clone(),
            publisher: terms.publisher.clone(),
            published: terms.published,
        }
    }
}

fn seal(commit: &mut Commit<'_>, id: SourceId, content: Content) -> archive::Result<BlobRef> {
    match content {
        Content::Bytes(bytes) => commit.blob(id, bytes.as_slice()),
        Content::File(path) => commit.blob(id, File::open(path).map_err(archive::Error::Input)?),
        Content::Stream(stream) => commit.blob(id, stream),
    }
}

/// Adds the entries about reading and extraction; returns title, outcome, records proposed.
fn write_understood(
    commit: &mut Commit<'_>,
    id: SourceId,
    understood: Understood,
) -> Result<(Option<String>, Outcome, Option<usize>), Error> {
    let Understood {
        outcome,
        reading,
        proposals,
        ..
    } = understood;
    let mut blobs = Vec::new();
    let mut title = None;
    if let Some((bytes, of)) = reading {
        blobs.push(commit.blob(id, bytes.as_slice())?);
        title = of;
    }
    commit.entry(EntryKind::Reading, id, &to_cbor(&outcome)?, &blobs)?;
    let Some((bytes, number)) = proposals else {
        let unread = matches!(outcome, Outcome::Unread(_));
        return Ok((title, outcome, unread.then_some(0)));
    };
    let blob = commit.blob(id, bytes.as_slice())?;
    commit.entry(EntryKind::Proposals, id, &[], &[blob])?;
    Ok((title, outcome, Some(number)))
}

impl Summary {
    /// Whether every item became a source or was one already.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.failed == 0
    }
}
