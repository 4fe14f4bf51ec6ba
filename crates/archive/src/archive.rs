//! Opening an archive and reading from it.
//!
//! Invariant: everything that leaves through here was checked: an entry against the signed root of
//! its log, a body against the commitment in its entry, a blob against the digests in its entry.

use crate::blob::SegmentCache;
use crate::device::{Device, Seen, writer_of};
use crate::error::Error;
use crate::keys::Keyring;
use crate::log::{Log, check_gone};
use crate::tlog::{Hash, TlogProof, prove_inclusion};
use crate::{
    ArchiveId, Entries, EntryKind, LogEntry, Membership, Position, Progress, Receipt, Recovery,
    Result, Store, VerifyOptions, VerifyReport, Writer, WriterId,
};
use model::SourceId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

mod admission;
mod bundles;
mod content;
mod init;
mod manifest;
mod sources;

pub(crate) use admission::{Admissions, admission_key, encode as encode_admission};
pub(crate) use bundles::{BundleCache, generations};
pub(crate) use content::{BODY_SALT, MAX_BODY, commit_to};
pub(crate) use manifest::{MANIFEST, Manifest};
pub(crate) use sources::SourceIndex;

/// The newest signed state of one log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// Whose log.
    pub writer: WriterId,
    /// Entries in it.
    pub size: u64,
    /// Root of its tree.
    pub root: Hash,
    /// The checkpoint as signed (C2SP signed note).
    pub checkpoint: String,
}

/// An open archive. Cheap to clone; usable from several threads.
#[derive(Clone)]
pub struct Archive {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub store: Store,
    pub manifest: Manifest,
    pub genesis: WriterId,
    pub segments: SegmentCache,
    pub bundles: BundleCache,
    logs: RwLock<Arc<Logs>>,
    ring: RwLock<Option<Arc<Keyring>>>,
    sources: Mutex<SourceIndex>,
}

/// The logs as of one look at them.
#[derive(Clone)]
pub(crate) struct Logs {
    pub open: BTreeMap<WriterId, Arc<Log>>,
    /// Admitted logs that cannot be read: object and reason.
    pub broken: Vec<(String, String)>,
    pub admissions: Admissions,
}

impl Archive {
    /// Makes an archive with this device as its first writer and member. One that was begun by
    /// this device and interrupted is finished.
    ///
    /// # Errors
    /// When the store holds one already or cannot hold one (no hard links, no create-once).
    pub fn init(store: Store, device: &Device) -> Result<Self> {
        init::init(store, device)
    }

    /// Opens an archive. No keys are needed to verify, list and prove.
    ///
    /// # Errors
    /// Not an archive, a newer format, a damaged manifest. A damaged log is no error here: it is
    /// reported by [`Archive::entries`] and [`Archive::verify`].
    pub fn open(store: Store) -> Result<Self> {
        let manifest =
            Manifest::load(&store)?.ok_or_else(|| Error::NotAnArchive(store.place().to_owned()))?;
        Self::with_manifest(store, manifest)
    }

    /// Opens an archive whose `onrecord.json` is damaged or missing, from the one log that begins
    /// an archive: to verify what there is, and to read it. That this is the archive's first
    /// writer is then known from nothing but the log itself.
    ///
    /// # Errors
    /// As [`Archive::open`], and when no log, or more than one, begins an archive.
    pub fn open_without_manifest(store: Store) -> Result<Self> {
        let manifest = match Manifest::load(&store) {
            Ok(Some(manifest)) => manifest,
            Err(error @ Error::NewerFormat { .. }) => return Err(error),
            Ok(None) | Err(_) => init::infer_manifest(&store)?,
        };
        Self::with_manifest(store, manifest)
    }

    fn with_manifest(store: Store, manifest: Manifest) -> Result<Self> {
        let logs = Logs::load(&store, &manifest, None)?;
        Ok(Self {
            inner: Arc::new(Inner {
                genesis: writer_of(&manifest.genesis),
                segments: SegmentCache::new(store.clone()),
                bundles: BundleCache::new(store.clone()),
                store,
                manifest,
                logs: RwLock::new(Arc::new(logs)),
                ring: RwLock::default(),
                sources: Mutex::default(),
            }),
        })
    }

    /// The archive's id.
    #[must_use]
    pub fn id(&self) -> ArchiveId {
        self.inner.manifest.archive
    }

    /// Takes the keys that the device holds, to read bodies and blobs.
    ///
    /// # Errors
    /// When the device was not admitted, or a wrapped key is damaged.
    pub fn unlock(&self, device: &Device) -> Result<()> {
        let member = self.membership(device.writer_id(self.id()))?;
        let ring = Keyring::open(&self.inner.store, self.id(), device, &member)?;
        *self
            .inner
            .ring
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(ring));
        Ok(())
    }

    /// Whether [`Archive::unlock`] has been called on this handle or one it was cloned from.
    #[must_use]
    pub fn is_unlocked(&self) -> bool {
        let ring = self
            .inner
            .ring
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        ring.is_some()
    }

    /// Opens this device's log for writing: takes the lock, compares with the heads remembered,
    /// moves aside what a crash left behind the signed checkpoint. Unlocks the archive.
    ///
    /// # Errors
    /// Locked by another process, not admitted, or history removed.
    pub fn writer(&self, device: &Device) -> Result<(Writer, Recovery)> {
        Writer::open(self, device)
    }

    /// Looks for new checkpoints; what was read before stays as it was.
    ///
    /// # Errors
    /// [`Error::HistoryRemoved`] when a log is no continuation of what this handle saw before, or
    /// when the store cannot be read.
    pub fn refresh(&self) -> Result<()> {
        let before = self.logs();
        let mut logs = Logs::load(&self.inner.store, &self.inner.manifest, Some(&before))?;
        for (writer, old) in &before.open {
            let continues = match logs.open.get(writer) {
                Some(new) if Arc::ptr_eq(new, old) => Ok(()),
                Some(new) => new.check_continues(&old.head),
                None => check_gone(&old.head),
            };
            match continues {
                Ok(()) => {}
                Err(error @ Error::HistoryRemoved { .. }) => return Err(error),
                // A log that is being copied here: its checkpoint came before its tiles.
                Err(_) => drop(logs.open.insert(*writer, Arc::clone(old))),
            }
        }
        *self
            .inner
            .logs
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(logs);
        Ok(())
    }

    /// The head of every admitted log that has one, by writer.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        self.logs()
            .open
            .values()
            .map(|log| log.head.clone())
            .collect()
    }

    /// The end of every log, as of the last refresh.
    #[must_use]
    pub fn position(&self) -> Position {
        let logs = self.logs();
        Position(
            logs.open
                .iter()
                .map(|(writer, log)| (*writer, log.head.size))
                .collect(),
        )
    }

    /// The entries after `since`, of all logs, in the order of their hybrid logical clocks. Each
    /// was checked against its log's signed root. After an error the next undamaged one follows.
    ///
    /// What comes after a position is in order among itself; an entry of another log that arrives
    /// later may stand before entries that were given already, so a fold must not depend on order
    /// across calls beyond what [`crate::Hlc`] says.
    #[must_use]
    pub fn entries(&self, since: &Position) -> Entries {
        Entries::new(&self.logs(), since)
    }

    /// One entry, checked against the signed root.
    ///
    /// # Errors
    /// No such entry, or a damaged object.
    pub fn entry(&self, writer: WriterId, index: u64) -> Result<LogEntry> {
        let log = self.log(writer, index)?;
        let entry = log.decode(index, &log.leaf(index)?)?;
        Ok(LogEntry {
            writer,
            index,
            entry,
        })
    }

    /// The bytes of an entry as stored: the leaf of the log that a proof is about.
    ///
    /// # Errors
    /// As [`Archive::entry`].
    pub fn leaf(&self, writer: WriterId, index: u64) -> Result<Vec<u8>> {
        self.log(writer, index)?.leaf(index)
    }

    /// A C2SP tlog-proof that the entry is in the log.
    ///
    /// # Errors
    /// As [`Archive::entry`].
    pub fn proof(&self, writer: WriterId, index: u64) -> Result<String> {
        let log = self.log(writer, index)?;
        prove(&log, index)
    }

    /// The verifier key line of a writer's log, which a proof is checked against.
    ///
    /// # Errors
    /// [`Error::NotAdmitted`].
    pub fn vkey(&self, writer: WriterId) -> Result<String> {
        let logs = self.logs();
        let admission = logs.admissions.writers.get(&writer);
        Ok(admission
            .ok_or(Error::NotAdmitted(writer))?
            .vkey
            .to_string())
    }

    /// Destroys the key of a source, and puts on record that and why. The log still verifies.
    /// The reason is sealed for the members of the source's compartment, and survives the source.
    ///
    /// Copies of the archive that were made before still hold the wrapped key: erase it there too.
    ///
    /// # Errors
    /// No such source; whatever stops a commit.
    pub fn erase(&self, writer: &mut Writer, source: SourceId, reason: &str) -> Result<Receipt> {
        crate::erase::erase(self, writer, source, reason)
    }

    /// Checks every object of the archive. Needs no keys; never fails, but reports.
    pub fn verify(
        &self,
        options: &VerifyOptions<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> VerifyReport {
        crate::verify::verify(self, options, progress)
    }

    /// Takes in the new head of the log that this process writes.
    pub(crate) fn advance(&self, head: Head) {
        let log = Arc::new(Log::signed(&self.inner.store, head));
        let mut logs = self
            .inner
            .logs
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let mut new = Logs::clone(&logs);
        new.open.insert(log.head.writer, log);
        *logs = Arc::new(new);
    }

    pub(crate) fn logs(&self) -> Arc<Logs> {
        let logs = self
            .inner
            .logs
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&logs)
    }

    /// The log that holds an entry. Who asks may know of it from a view that another program
    /// brought up to date, so one that lies after the known end is looked for once more.
    fn log(&self, writer: WriterId, index: u64) -> Result<Arc<Log>> {
        let known = |log: &&Arc<Log>| index < log.head.size;
        if let Some(log) = self.logs().open.get(&writer).filter(known) {
            return Ok(Arc::clone(log));
        }
        self.refresh()?;
        let logs = self.logs();
        if let Some(log) = logs.open.get(&writer).filter(known) {
            return Ok(Arc::clone(log));
        }
        let object = admission::log_of(writer);
        let broken = logs.broken.iter().find(|(broken, _)| *broken == object);
        Err(match broken {
            Some((_, why)) => Error::Damaged {
                object,
                why: why.clone(),
            },
            None => Error::NoSuchEntry { writer, index },
        })
    }

    /// The entry that admitted a writer: of the first one, the first in its log.
    fn membership(&self, writer: WriterId) -> Result<Membership> {
        let logs = self.logs();
        let admission = logs.admissions.writers.get(&writer);
        let admission = admission.ok_or(Error::NotAdmitted(writer))?;
        if let Some(member) = &admission.member {
            return Ok(member.clone());
        }
        let first = self.entry(writer, 0)?.entry;
        let member = first
            .membership
            .filter(|_| first.kind == EntryKind::Genesis);
        member.ok_or_else(|| Error::Damaged {
            object: format!("entry 0 of the log of {writer}"),
            why: "it does not begin an archive".to_owned(),
        })
    }

    pub(crate) fn ring(&self) -> Option<Arc<Keyring>> {
        let ring = self
            .inner
            .ring
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        ring.clone()
    }

    /// The index of sources, brought up to the last refresh. Reads the logs when first used.
    pub(crate) fn sources(&self) -> MutexGuard<'_, SourceIndex> {
        let mut sources = self
            .inner
            .sources
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        sources.update(self);
        sources
    }

    /// What a device should remember of this archive now.
    pub(crate) fn as_seen(&self) -> Seen {
        Seen {
            genesis: self.inner.genesis,
            heads: self.heads(),
        }
    }
}

impl Logs {
    pub(crate) fn load(store: &Store, manifest: &Manifest, before: Option<&Logs>) -> Result<Self> {
        let admissions = admission::load(store, manifest)?;
        let (mut open, mut broken) = (BTreeMap::new(), Vec::new());
        let folders = store.list_folders("log")?;
        for (writer, admission) in &admissions.writers {
            let writer = *writer;
            if folders.binary_search(&writer.to_string()).is_err() {
                continue;
            }
            match Log::open(store, writer, &admission.vkey) {
                Ok(log) => {
                    let known = before.and_then(|logs| logs.open.get(&writer));
                    let known = known.filter(|old| old.head.checkpoint == log.head.checkpoint);
                    open.insert(writer, known.map_or_else(|| Arc::new(log), Arc::clone));
                }
                // A crash in a writer's first commit leaves a folder that nothing signs.
                // The first log is no log without one; but for the moment in which it is made.
                Err(Error::Missing(_)) if admission.by.is_some() => {}
                Err(error) => broken.push((admission::log_of(writer), error.about_object())),
            }
        }
        Ok(Self {
            open,
            broken,
            admissions,
        })
    }
}

/// A C2SP tlog-proof of an entry below the log's head.
pub(crate) fn prove(log: &Log, index: u64) -> Result<String> {
    if index >= log.head.size {
        return Err(Error::NoSuchEntry {
            writer: log.head.writer,
            index,
        });
    }
    let reader = log.reader()?;
    let damaged = |why: String| Error::Damaged {
        object: crate::log::log_key(log.head.writer, "tile"),
        why,
    };
    let path = prove_inclusion(log.head.size, index, reader)
        .map_err(|error| damaged(error.to_string()))?;
    let proof = TlogProof::new(index, path, log.head.checkpoint.clone())
        .map_err(|error| damaged(error.to_string()))?;
    Ok(proof.to_string())
}
