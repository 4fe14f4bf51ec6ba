//! Checking everything, without keys.
//!
//! Invariant: nothing that is found stops the rest from being checked; every object of the archive
//! is read and either accounted for by a signed log or reported. What verify alone cannot see is a
//! whole log that was consistently replaced by an older state of itself: heads seen before
//! ([`VerifyOptions::seen_heads`]), or named by another log, show that.

use crate::archive::{Archive, Logs, MANIFEST, Manifest};
use crate::error::Error;
use crate::store::Listed;
use crate::{ArchiveId, Head, LogEntry, Store};
use model::SourceId;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

mod check;
mod facts;
mod heads;
mod keys;
mod log;
mod segments;
mod tree;

use facts::Facts;

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Explains something; nothing is wrong.
    Note,
    /// Not evidence, or not certain; worth a look.
    Warning,
    /// Something on record was changed, removed or is unreadable.
    Damage,
}

/// One thing found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// The object, by its key.
    pub object: String,
    /// How bad it is.
    pub severity: Severity,
    /// What was found.
    pub what: String,
    /// What it means.
    pub meaning: String,
    /// Sources whose content it touches.
    pub sources: Vec<SourceId>,
}

/// Asked of every entry when keys are there: why it is wrong, if it is.
pub type Check<'a> = &'a (dyn Fn(&LogEntry) -> Result<(), String> + Sync);

/// What to check, and how.
#[derive(Clone, Default)]
pub struct VerifyOptions<'a> {
    /// Threads; 0 = as many as the machine has.
    pub threads: usize,
    /// Heads that somebody saw ([`crate::Device::heads`]): show history that was removed.
    pub seen_heads: Vec<Head>,
    /// A further check of every entry, such as of its body and citations.
    pub check: Option<Check<'a>>,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes to read.
    pub total_bytes: u64,
    /// Entries checked.
    pub entries: u64,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct VerifyReport {
    /// All findings, by object.
    pub findings: Vec<Finding>,
    /// Entries checked.
    pub entries: u64,
    /// Sources on record.
    pub sources: u64,
    /// Of those, sources whose key was destroyed.
    pub erased: u64,
    /// Segments that entries name.
    pub segments: u64,
    /// Objects in the archive.
    pub objects: u64,
    /// Bytes read.
    pub bytes: u64,
    /// The heads that everything was checked against.
    pub heads: Vec<Head>,
}

impl VerifyReport {
    /// Whether nothing on record is damaged.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.severity < Severity::Damage)
    }

    /// The worst that was found, if anything was.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// What all checks share.
struct Run<'a> {
    store: &'a Store,
    archive: ArchiveId,
    threads: usize,
    findings: Vec<Finding>,
    /// Objects not accounted for yet, by key.
    unaccounted: BTreeMap<String, u64>,
    bytes: AtomicU64,
    entries: AtomicU64,
    total_bytes: u64,
    progress: &'a mut dyn FnMut(Progress),
}

impl Run<'_> {
    fn add(&mut self, severity: Severity, object: &str, what: &str, meaning: &str) -> &mut Finding {
        self.findings.push(Finding {
            object: object.to_owned(),
            severity,
            what: what.to_owned(),
            meaning: meaning.to_owned(),
            sources: Vec::new(),
        });
        self.findings.last_mut().expect("one was just added")
    }

    fn damage(&mut self, object: &str, what: &str, meaning: &str) -> &mut Finding {
        self.add(Severity::Damage, object, what, meaning)
    }

    /// The object is known; says whether it is there, and how long.
    fn account(&mut self, key: &str) -> Option<u64> {
        self.unaccounted.remove(key)
    }

    /// Objects not accounted for whose keys begin with `prefix`, taken out.
    fn take_prefix(&mut self, prefix: &str) -> Vec<Listed> {
        let keys = self.unaccounted.range(prefix.to_owned()..);
        let keys: Vec<String> = keys
            .map(|(key, _)| key.clone())
            .take_while(|key| key.starts_with(prefix))
            .collect();
        let take = |key: String| {
            let size = self.unaccounted.remove(&key).unwrap_or(0);
            Listed { key, size }
        };
        keys.into_iter().map(take).collect()
    }

    /// Reads an object, counting its bytes.
    fn read(&mut self, key: &str, limit: u64) -> Result<bytes::Bytes, Error> {
        let bytes = self.store.get(key, limit)?;
        self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(bytes)
    }

    fn report_progress(&mut self) {
        (self.progress)(Progress {
            bytes: self.bytes.load(Ordering::Relaxed),
            total_bytes: self.total_bytes,
            entries: self.entries.load(Ordering::Relaxed),
        });
    }
}

/// How often progress is reported.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

pub(crate) fn verify(
    archive: &Archive,
    options: &VerifyOptions<'_>,
    progress: &mut dyn FnMut(Progress),
) -> VerifyReport {
    let store = &archive.inner.store;
    let listed = store.list_all("");
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let mut run = Run {
        store,
        archive: archive.id(),
        threads,
        findings: Vec::new(),
        unaccounted: BTreeMap::new(),
        bytes: AtomicU64::new(0),
        entries: AtomicU64::new(0),
        total_bytes: 0,
        progress,
    };
    let mut facts = Facts::default();
    match listed {
        Ok((listed, unlisted)) => {
            for why in unlisted {
                let meaning = "What lies there was not checked.";
                run.add(Severity::Warning, store.place(), &why, meaning);
            }
            run.total_bytes = listed.iter().map(|listed| listed.size).sum();
            run.unaccounted = listed
                .into_iter()
                .map(|listed| (listed.key, listed.size))
                .collect();
            let objects = run.unaccounted.len() as u64;
            check_all(&mut run, archive, options, &mut facts);
            return conclude(run, facts, objects);
        }
        Err(error) => {
            let meaning = "Nothing could be checked.";
            run.damage(store.place(), &error.to_string(), meaning);
        }
    }
    conclude(run, facts, 0)
}

fn check_all(run: &mut Run<'_>, archive: &Archive, options: &VerifyOptions<'_>, facts: &mut Facts) {
    manifest(run, archive);
    log::check_logs(run, archive, &options.seen_heads, facts);
    heads::check(run, &options.seen_heads, facts);
    facts.check(run);
    keys::check(run, facts);
    segments::check(run, facts);
    strays(run);
    if let Some(check) = options.check {
        check::entries(run, archive, check);
    }
    run.report_progress();
}

fn conclude(run: Run<'_>, facts: Facts, objects: u64) -> VerifyReport {
    let mut findings = run.findings;
    for finding in &mut findings {
        finding.sources.sort_unstable();
        finding.sources.dedup();
    }
    findings.sort();
    findings.dedup();
    VerifyReport {
        findings,
        entries: run.entries.into_inner(),
        sources: facts.sources.len() as u64,
        erased: facts
            .erasures
            .iter()
            .map(|erasure| erasure.source)
            .collect::<std::collections::BTreeSet<_>>()
            .len() as u64,
        segments: facts.parts.len() as u64,
        objects,
        bytes: run.bytes.into_inner(),
        heads: facts.heads,
    }
}

fn manifest(run: &mut Run<'_>, archive: &Archive) {
    let present = run.account(MANIFEST).is_some();
    let meaning = "Which key began the archive is no longer written down; everything else was \
                   checked against what it said when the archive was opened.";
    match Manifest::load(run.store) {
        Ok(Some(manifest)) if manifest == archive.inner.manifest => {}
        Ok(Some(_)) => drop(run.damage(
            MANIFEST,
            "it names another archive or first writer",
            meaning,
        )),
        Ok(None) if present => drop(run.damage(MANIFEST, "it cannot be read", meaning)),
        Ok(None) => drop(run.damage(MANIFEST, "it is missing", meaning)),
        Err(error) => drop(run.damage(MANIFEST, &error.to_string(), meaning)),
    }
}

/// What nothing accounts for.
fn strays(run: &mut Run<'_>) {
    let lost = run.take_prefix("lost/");
    if !lost.is_empty() {
        let what = format!("{} objects were moved aside after a crash", lost.len());
        run.add(
            Severity::Note,
            "lost/",
            &what,
            "They were never acknowledged.",
        );
    }
    for key in std::mem::take(&mut run.unaccounted).into_keys() {
        let meaning = "It is not part of the record, and was not checked. Remove it, or find out \
                       who put it there.";
        run.add(
            Severity::Warning,
            &key,
            "it is no object of an archive",
            meaning,
        );
    }
}

/// Loads the logs anew: verify believes nothing that the handle has read before.
fn load_logs(run: &mut Run<'_>, archive: &Archive) -> Option<Logs> {
    match Logs::load(run.store, &archive.inner.manifest, None) {
        Ok(logs) => Some(logs),
        Err(error) => {
            run.damage("log/", &error.to_string(), "No log could be checked.");
            None
        }
    }
}
