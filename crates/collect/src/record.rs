//! Puts prepared items on record: one thread, in order, many to a commit.
//!
//! Invariant: an event is told only after the commit that holds its item was signed.

use crate::add::{Collector, Error, Event, Known, Summary, Terms};
use crate::budget::{Budget, Share};
use crate::item::{Content, Item, Skipped};
use crate::order::{InOrder, Next};
use crate::prepare::{Prepared, Understood};
use archive::{BlobRef, Commit, EntryKind, Writer};
use model::{Captured, Collected, Outcome, Sha256Digest, Source, SourceId, to_cbor};
use std::collections::BTreeMap;
use std::fs::File;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Sources and plain bytes in one commit at most: enough that the fsyncs cost little a source.
const COMMIT_SOURCES: usize = 128;
const COMMIT_BYTES: u64 = 16 << 20;
/// A commit is not held open longer than this for the next item to be ready.
const COMMIT_WAIT: Duration = Duration::from_millis(200);
/// An item that was staged, and what to say once it is signed.
pub(crate) struct Staged {
    event: Event,
    /// What it holds of the budget, with what was taken out of it.
    share: Option<Share>,
}

/// Writes what was prepared, in order.
pub(crate) struct Recorder<'a> {
    pub(crate) collector: &'a Collector,
    pub(crate) known: &'a Known<'a>,
    pub(crate) on: &'a mut dyn FnMut(Event),
    pub(crate) budget: &'a Budget,
    pub(crate) summary: Summary,
    /// What this run put on record, which `known` may not know yet.
    pub(crate) here: BTreeMap<Sha256Digest, SourceId>,
}

impl Recorder<'_> {
    pub(crate) fn record(&mut self, writer: &mut Writer, mut items: InOrder) -> Result<(), Error> {
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
    pub(crate) fn acknowledge(
        &mut self,
        commit: Commit<'_>,
        staged: Vec<Staged>,
    ) -> Result<(), Error> {
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
            if let Some(share) = share {
                self.budget.give_back(share);
            }
        }
        Ok(())
    }

    /// Adds an item to the commit, and behind it what was taken out of it; returns the plain
    /// bytes of all.
    fn stage(
        &mut self,
        commit: &mut Commit<'_>,
        (share, prepared): Next,
        staged: &mut Vec<Staged>,
    ) -> Result<u64, Error> {
        self.stage_all(commit, vec![(prepared, None)], Some(share), staged)
    }

    /// Adds what came out of a source that is on record already.
    pub(crate) fn stage_members(
        &mut self,
        commit: &mut Commit<'_>,
        members: Vec<Result<Prepared, Skipped>>,
        inside: SourceId,
        staged: &mut Vec<Staged>,
    ) -> Result<u64, Error> {
        let members = members.into_iter().rev();
        let waiting = members.map(|member| (member, Some(inside))).collect();
        self.stage_all(commit, waiting, None, staged)
    }

    fn stage_all(
        &mut self,
        commit: &mut Commit<'_>,
        mut waiting: Vec<(Result<Prepared, Skipped>, Option<SourceId>)>,
        mut share: Option<Share>,
        staged: &mut Vec<Staged>,
    ) -> Result<u64, Error> {
        let mut bytes = 0;
        while let Some((prepared, inside)) = waiting.pop() {
            let (event, members) = match prepared {
                Err(skipped) => (Event::Skipped(skipped), Vec::new()),
                Ok(mut prepared) => {
                    let members = std::mem::take(&mut prepared.members);
                    (self.write(commit, prepared, inside)?, members)
                }
            };
            if let Event::Collected {
                bytes: plain,
                original,
                id,
                ..
            } = &event
            {
                bytes += *plain;
                self.here.insert(*original, *id);
                let members = members.into_iter().rev();
                waiting.extend(members.map(|member| (member, Some(*id))));
            }
            staged.push(Staged {
                event,
                share: share.take(),
            });
        }
        Ok(bytes)
    }

    fn on_record(&self, original: &Sha256Digest) -> Result<Option<SourceId>, Error> {
        match self.here.get(original) {
            Some(id) => Ok(Some(*id)),
            None => (self.known)(original).map_err(Error::Known),
        }
    }

    fn write(
        &mut self,
        commit: &mut Commit<'_>,
        prepared: Prepared,
        inside: Option<SourceId>,
    ) -> Result<Event, Error> {
        let Prepared {
            item,
            original,
            understood,
            ..
        } = prepared;
        let Item {
            name,
            how,
            modified,
            content,
            terms,
            captured,
            ..
        } = item;
        let held = original.as_ref().map(|original| self.on_record(original));
        if let Some(id) = held.transpose()?.flatten() {
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
        if let Some(id) = self.on_record(&blob.plain_sha256)? {
            return Ok(Event::Known { name, id });
        }
        let collected = self.collected(&name, how, modified, &terms, inside);
        let source = describe(collected, &terms, captured, &blob, &understood.media_type);
        let (original, bytes) = (source.original, source.bytes);
        let body = to_cbor(&source)?;
        commit.entry(EntryKind::Source, id, &body, &[blob])?;
        let (title, outcome, proposed) = write_understood(commit, id, understood, true)?;
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

    fn collected(
        &self,
        name: &str,
        how: &str,
        modified: Option<u64>,
        terms: &Terms,
        inside: Option<SourceId>,
    ) -> Collected {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Collected {
            at: now.as_millis() as u64,
            by: terms.by.clone(),
            tool: self.collector.tool.clone(),
            how: how.to_owned(),
            name: name.to_owned(),
            modified,
            inside,
        }
    }
}

fn describe(
    collected: Collected,
    terms: &Terms,
    captured: Option<Captured>,
    blob: &BlobRef,
    media_type: &str,
) -> Source {
    let asked_for = captured.as_ref().map(|captured| captured.address.clone());
    let asked_for = asked_for.filter(|address| !address.is_empty());
    Source {
        original: blob.plain_sha256,
        bytes: blob.plain_len,
        media_type: media_type.to_owned(),
        collected,
        origin: asked_for.or_else(|| terms.origin.clone()),
        compartment: terms.compartment,
        consent: terms.consent.clone(),
        genre: terms.genre.clone(),
        reliability: terms.reliability.clone(),
        publisher: terms.publisher.clone(),
        published: terms.published,
        captured,
    }
}

fn seal(commit: &mut Commit<'_>, id: SourceId, content: Content) -> archive::Result<BlobRef> {
    match content {
        Content::Bytes(bytes) => commit.blob(id, bytes.as_slice()),
        Content::File(path) => commit.blob(id, File::open(path).map_err(archive::Error::Input)?),
        Content::Stream(stream) => commit.blob(id, stream),
    }
}

/// Adds the entries about reading (where it is news) and extraction; returns title, outcome,
/// records proposed.
pub(crate) fn write_understood(
    commit: &mut Commit<'_>,
    id: SourceId,
    understood: Understood,
    is_news: bool,
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
    if is_news {
        commit.entry(EntryKind::Reading, id, &to_cbor(&outcome)?, &blobs)?;
    }
    let Some(runs) = proposals else {
        let unread = matches!(outcome, Outcome::Unread(_));
        return Ok((title, outcome, unread.then_some(0)));
    };
    let mut number = 0;
    for run in runs {
        let blob = commit.blob(id, run.blob.as_slice())?;
        commit.entry(EntryKind::Proposals, id, &run.note, &[blob])?;
        number += run.number;
    }
    Ok((title, outcome, Some(number)))
}
