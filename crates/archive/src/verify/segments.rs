//! Segments: each must hash to its name, and its parts to what the entries record.
//!
//! Each is read once, in pieces, on all threads. A segment of one part is hashed once; in a pack
//! the parts are hashed beside the whole, so that damage is tied to the sources it touches.

use super::facts::{Facts, Use};
use super::{PROGRESS_EVERY, Run, Severity};
use crate::blob::segment_key;
use crate::crypto::Hasher;
use crate::{MAX_SEGMENT, Store};
use model::{Sha256Digest, SourceId};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};

/// Bytes read at once.
const PIECE: usize = 1 << 20;

/// A segment to check.
struct Job {
    digest: Sha256Digest,
    /// Its parts by offset, each once; none when no entry names the segment.
    parts: Vec<Use>,
}

/// What was found in it.
struct Found {
    size: u64,
    digest: Sha256Digest,
    /// Parts that do not hash to what the entries record.
    wrong: Vec<Use>,
}

pub(super) fn check(run: &mut Run<'_>, facts: &Facts) {
    let mut jobs = Vec::with_capacity(facts.parts.len());
    for (digest, uses) in &facts.parts {
        let object = segment_key(digest);
        // One that was not listed may have been put since.
        if run.account(&object).is_none() && run.store.get_range(&object, 0..1).is_err() {
            let meaning = "What it held is lost here. Restore it from a copy.";
            run.damage(&object, "it is missing", meaning).sources = sources(uses);
            continue;
        }
        let mut parts = uses.clone();
        parts.sort_unstable();
        parts.dedup_by_key(|part| (part.offset, part.length, part.digest));
        jobs.push(Job {
            digest: *digest,
            parts,
        });
    }
    for listed in run.take_prefix("blob/") {
        let name = listed
            .key
            .rsplit('/')
            .next()
            .and_then(|name| name.parse().ok());
        match name.filter(|digest| segment_key(digest) == listed.key) {
            Some(digest) => jobs.push(Job {
                digest,
                parts: Vec::new(),
            }),
            None => drop(run.unaccounted.insert(listed.key, listed.size)),
        }
    }
    for (job, found) in read_all(run, &jobs) {
        match found {
            Ok(found) if job.parts.is_empty() => report_orphan(run, job, &found),
            Ok(found) => report(run, job, &facts.parts[&job.digest], &found),
            Err(why) => {
                let uses = facts.parts.get(&job.digest).map_or(&[][..], Vec::as_slice);
                let meaning = "What it held cannot be read here. Restore it from a copy.";
                run.damage(&segment_key(&job.digest), &why, meaning).sources = sources(uses);
            }
        }
    }
}

/// Reads all segments on all threads.
fn read_all<'j>(run: &mut Run<'_>, jobs: &'j [Job]) -> Vec<(&'j Job, Result<Found, String>)> {
    let next = AtomicUsize::new(0);
    let read = AtomicU64::new(run.bytes.load(Ordering::Relaxed));
    let (send, results) = channel();
    let (store, threads) = (run.store, run.threads.min(jobs.len()));
    let mut all = Vec::with_capacity(jobs.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next, read) = (send.clone(), &next, &read);
            scope.spawn(move || {
                let mut buffer = vec![0; PIECE];
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = read_one(store, job, &mut buffer, read);
                    if send.send((job, found)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        loop {
            match results.recv_timeout(PROGRESS_EVERY) {
                Ok(result) => all.push(result),
                Err(RecvTimeoutError::Timeout) => {
                    run.bytes
                        .store(read.load(Ordering::Relaxed), Ordering::Relaxed);
                    run.report_progress();
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    });
    run.bytes.store(read.into_inner(), Ordering::Relaxed);
    all.sort_by_key(|(job, _)| job.digest);
    all
}

fn read_one(
    store: &Store,
    job: &Job,
    buffer: &mut [u8],
    read: &AtomicU64,
) -> Result<Found, String> {
    let mut whole = Hasher::new();
    let mut parts = PartHashes::new(&job.parts);
    let size = store.stream(&segment_key(&job.digest), buffer, |bytes| {
        whole.update(bytes);
        parts.update(bytes);
        read.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    });
    let size = size.map_err(|error| error.to_string())?;
    let digest = whole.finish();
    Ok(Found {
        size,
        wrong: parts.finish(size, digest),
        digest,
    })
}

/// Hashes the parts of a segment as its bytes pass by.
struct PartHashes<'p> {
    parts: &'p [Use],
    /// The part that is being hashed, and its hash so far.
    current: usize,
    hasher: Option<Hasher>,
    position: u64,
    wrong: Vec<Use>,
    /// The only part, if it is the whole segment by its length: it is not hashed twice.
    only: Option<Use>,
}

impl<'p> PartHashes<'p> {
    fn new(parts: &'p [Use]) -> Self {
        let only = match parts {
            [only] if only.offset == 0 => Some(*only),
            _ => None,
        };
        Self {
            parts: if only.is_some() { &[] } else { parts },
            current: 0,
            hasher: None,
            position: 0,
            wrong: Vec::new(),
            only,
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        let start = self.position;
        let end = start + bytes.len() as u64;
        self.position = end;
        while let Some(part) = self.parts.get(self.current) {
            let (from, to) = (
                u64::from(part.offset),
                u64::from(part.offset) + u64::from(part.length),
            );
            if from >= end {
                return;
            }
            // Parts that overlap are reported as such; of those only the first is hashed.
            if from < start && self.hasher.is_none() {
                self.current += 1;
                continue;
            }
            let hasher = self.hasher.get_or_insert_with(Hasher::new);
            let slice = &bytes[(from.max(start) - start) as usize..(to.min(end) - start) as usize];
            hasher.update(slice);
            if to > end {
                return;
            }
            let hasher = self.hasher.take().expect("it was just used");
            if hasher.finish() != part.digest {
                self.wrong.push(*part);
            }
            self.current += 1;
        }
    }

    fn finish(mut self, size: u64, whole: Sha256Digest) -> Vec<Use> {
        if let Some(only) = self.only
            && (u64::from(only.length) != size || only.digest != whole)
        {
            self.wrong.push(only);
        }
        self.wrong
            .extend_from_slice(self.parts.get(self.current..).unwrap_or_default());
        self.wrong
    }
}

fn report_orphan(run: &mut Run<'_>, job: &Job, found: &Found) {
    let object = segment_key(&job.digest);
    if found.digest == job.digest {
        let meaning = "It was left by a write that was interrupted, or the log that names it is \
                       not here.";
        run.add(
            Severity::Note,
            &object,
            "no entry names this segment",
            meaning,
        );
    } else {
        let meaning = "It was left by a write that was interrupted, and never acknowledged.";
        let what = "no entry names this segment, and it does not hash to its name";
        run.add(Severity::Warning, &object, what, meaning);
    }
}

fn report(run: &mut Run<'_>, job: &Job, uses: &[Use], found: &Found) {
    let object = segment_key(&job.digest);
    if found.digest != job.digest {
        let touched: Vec<Use> = uses
            .iter()
            .filter(|part| is_among(part, &found.wrong))
            .copied()
            .collect();
        let intact = job.parts.len() - found.wrong.len().min(job.parts.len());
        let meaning = format!(
            "{} of its {} parts are damaged; {intact} are intact and still verify. Restore the \
             object from a copy.",
            job.parts.len() - intact,
            job.parts.len()
        );
        let what = format!("it has {} bytes and does not hash to its name", found.size);
        run.damage(&object, &what, &meaning).sources = sources(&touched);
    } else if !found.wrong.is_empty() {
        let meaning = "The object is as it was written, but entries record other digests for parts \
                       of it: their writer signed something that no correct program writes.";
        let what = format!(
            "{} parts are not what the entries record",
            found.wrong.len()
        );
        run.damage(&object, &what, meaning).sources = sources(&found.wrong);
    }
    let (mut end, mut gaps) = (0, 0);
    for part in &job.parts {
        let (from, to) = (
            u64::from(part.offset),
            u64::from(part.offset) + u64::from(part.length),
        );
        if from < end {
            let meaning = "No correct program writes that.";
            run.damage(&object, &format!("parts overlap at byte {from}"), meaning)
                .sources = sources(std::slice::from_ref(part));
        }
        gaps += from.saturating_sub(end);
        end = end.max(to);
    }
    gaps += found.size.min(MAX_SEGMENT).saturating_sub(end);
    if gaps > 0 && found.digest == job.digest {
        let meaning =
            "They belong to a source that could not be read to its end when it was added.";
        run.add(
            Severity::Note,
            &object,
            &format!("no entry names {gaps} of its bytes"),
            meaning,
        );
    }
}

fn is_among(part: &Use, wrong: &[Use]) -> bool {
    wrong
        .iter()
        .any(|wrong| (wrong.offset, wrong.length) == (part.offset, part.length))
}

fn sources(uses: &[Use]) -> Vec<SourceId> {
    let touched: BTreeSet<SourceId> = uses.iter().filter_map(|part| part.source).collect();
    touched.into_iter().collect()
}
