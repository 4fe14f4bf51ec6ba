//! The one writer of this device's log.
//!
//! Invariant: it signs only what it has itself just stored, on top of the last signed checkpoint;
//! whatever lies behind that checkpoint when it opens was never acknowledged, and is moved aside.

use crate::archive::{Archive, Logs};
use crate::commit::Draft;
use crate::crypto::first16;
use crate::device::{Device, WriteLock};
use crate::error::Error;
use crate::keys::Keyring;
use crate::log::{BUNDLE, Log, check_gone, log_key};
use crate::store::Object;
use crate::tlog::{Checkpoint, EntryBundle, RightEdge, Signer, TILE_WIDTH, TilePath, leaf_hash};
use crate::{
    ArchiveId, Commit, Entry, EntryKind, Head, Hlc, Receipt, Result, SeenHead, Store, WriterId,
};
use bytes::Bytes;
use model::{Compartment, Sha256Digest};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

mod admit;
mod recover;

pub(crate) use recover::is_beyond;

/// Most heads of other logs that one entry names.
const MAX_HEADS: usize = 512;

/// Times of other logs from here on (2^47 ms: the year 6429) are not followed.
const FOLLOWED: u64 = 1 << 47;

/// Gives milliseconds since 1970, UTC.
type Clock = Box<dyn Fn() -> u64 + Send + Sync>;

/// What opening the writer found and did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recovery {
    /// Objects behind the signed checkpoint, left by a crash, that were moved to `lost/`.
    pub moved_aside: Vec<String>,
    /// Damaged or missing tiles of this device's log that were made anew from its entries.
    pub repaired_tiles: Vec<String>,
    /// Whether an older or unreadable checkpoint of this device's log was replaced by the newest
    /// one it has signed, all of which was still there.
    pub checkpoint_restored: bool,
    /// Staging files of interrupted puts that were swept.
    pub swept: usize,
    /// Erasures that were finished.
    pub erasures_finished: usize,
    /// What is not as this device remembers it, in the logs of other writers.
    pub warnings: Vec<String>,
}

impl Recovery {
    /// Whether all was as it should be.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }
}

/// Holds the lock of the device folder as long as it lives.
pub struct Writer {
    archive: Archive,
    device: Device,
    signer: Signer,
    id: WriterId,
    _lock: WriteLock,
    edge: RightEdge,
    /// The entries of the bundle that is not full yet.
    tail: EntryBundle,
    hlc: Hlc,
    /// Sizes of other logs that an entry of this session has named.
    told: BTreeMap<WriterId, u64>,
    clock: Clock,
    /// A commit failed: what there is of it must be moved aside first.
    broken: bool,
    /// The archive is being made: its first log has no checkpoint yet.
    is_new: bool,
    /// Tiles that loading the log has put right.
    repaired: Vec<String>,
}

impl Writer {
    pub(crate) fn open(archive: &Archive, device: &Device) -> Result<(Self, Recovery)> {
        Self::open_with(archive, device, false)
    }

    /// For the first commit of an archive: there is no log yet, and the keys are in memory.
    pub(crate) fn open_first(archive: &Archive, device: &Device) -> Result<(Self, Recovery)> {
        Self::open_with(archive, device, true)
    }

    fn open_with(archive: &Archive, device: &Device, first: bool) -> Result<(Self, Recovery)> {
        let lock = device.lock()?;
        let mut recovery = Recovery::default();
        let id = device.writer_id(archive.id());
        let seen = device.seen(archive.id())?;
        if let Some(seen) =
            seen.and_then(|seen| seen.heads.into_iter().find(|head| head.writer == id))
        {
            let store = &archive.inner.store;
            let vkey = device.signer(archive.id()).verifier_key();
            recovery.checkpoint_restored = recover::restore_checkpoint(store, &vkey, &seen)?;
        }
        archive.refresh()?;
        let logs = archive.logs();
        if !logs.admissions.writers.contains_key(&id) {
            return Err(Error::NotAdmitted(id));
        }
        check_memory(archive, device, id, &logs, &mut recovery)?;
        if !first {
            archive.unlock(device)?;
        }
        let mut writer = Self {
            archive: archive.clone(),
            device: device.clone(),
            signer: device.signer(archive.id()),
            id,
            _lock: lock,
            edge: RightEdge::new(),
            tail: EntryBundle::new(),
            hlc: Hlc::default(),
            told: BTreeMap::new(),
            clock: Box::new(system_clock),
            broken: false,
            repaired: Vec::new(),
            is_new: first,
        };
        recovery.moved_aside = writer.load()?;
        recovery.repaired_tiles = std::mem::take(&mut writer.repaired);
        recovery.swept = archive.inner.store.sweep();
        recovery.erasures_finished = crate::erase::finish_erasures(archive)?;
        if !first {
            device.remember(archive.id(), archive.as_seen())?;
        }
        Ok((writer, recovery))
    }

    /// Takes up the log where its checkpoint stands.
    fn load(&mut self) -> Result<Vec<String>> {
        let logs = self.archive.logs();
        if !self.is_new
            && let Some((_, why)) = logs
                .broken
                .iter()
                .find(|(key, _)| *key == log_key(self.id, "checkpoint"))
        {
            return Err(Error::Damaged {
                object: log_key(self.id, "checkpoint"),
                why: why.clone(),
            });
        }
        let log = logs.open.get(&self.id);
        let size = log.map_or(0, |log| log.head.size);
        let moved = recover::move_tail_aside(self.store(), self.id, size)?;
        if let Some(log) = log {
            log.reader()?;
            self.repaired = log.repair_tiles()?;
        }
        (self.edge, self.tail) = match log {
            Some(log) => take_up(log)?,
            None => (RightEdge::new(), EntryBundle::new()),
        };
        self.told = told_before(&self.tail);
        for (writer, log) in &logs.open {
            match last_hlc(log) {
                Ok(last) if *writer == self.id => self.hlc = self.hlc.max(last),
                Ok(last) => self.follow(last),
                Err(error) if *writer == self.id => return Err(error),
                Err(_) => {}
            }
        }
        Ok(moved)
    }

    /// Whose log this is.
    #[must_use]
    pub fn id(&self) -> WriterId {
        self.id
    }

    /// Takes the time from `clock` (milliseconds since 1970, UTC) instead of the system.
    pub fn set_clock(&mut self, clock: impl Fn() -> u64 + Send + Sync + 'static) {
        self.clock = Box::new(clock);
    }

    /// Starts a commit.
    ///
    /// # Errors
    /// When an earlier commit of this writer failed and its tail cannot be moved aside.
    pub fn commit(&mut self) -> Result<Commit<'_>> {
        if self.broken {
            self.archive.refresh()?;
            self.load()?;
            self.broken = false;
        } else if self.archive.logs().admissions.writers.len() > 1 {
            // What the others did since; whatever is wrong with it, verify names.
            let _ = self.archive.refresh();
            self.see_others();
        }
        Commit::new(self)
    }

    fn see_others(&mut self) {
        let logs = self.archive.logs();
        for (writer, log) in &logs.open {
            if *writer != self.id
                && self.told.get(writer) != Some(&log.head.size)
                && let Ok(last) = last_hlc(log)
            {
                self.follow(last);
            }
        }
    }

    /// What is written from now on comes after an entry of another log. A time that no clock shows
    /// is not followed: else one entry at the end of time would stop every other writer.
    fn follow(&mut self, other: Hlc) {
        if other.milliseconds < FOLLOWED {
            self.hlc = self.hlc.max(other);
        }
    }

    /// Time of a new entry: the device's clock, and its place in the order.
    pub(crate) fn tick(&mut self) -> Result<(u64, Hlc)> {
        let clock = self.now();
        let mut next = Hlc {
            milliseconds: clock.min((1 << 48) - 1),
            counter: 0,
        };
        if next <= self.hlc {
            next = self.hlc;
            match next.counter.checked_add(1) {
                Some(counter) => next.counter = counter,
                None => {
                    next.milliseconds += 1;
                    next.counter = 0;
                }
            }
        }
        if next.milliseconds >= 1 << 48 {
            return Err(Error::ClockExhausted);
        }
        self.hlc = next;
        Ok((clock, next))
    }

    pub(crate) fn now(&self) -> u64 {
        (self.clock)()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.archive.inner.store
    }

    pub(crate) fn archive(&self) -> &Archive {
        &self.archive
    }

    pub(crate) fn archive_id(&self) -> ArchiveId {
        self.archive.id()
    }

    pub(crate) fn ring(&self) -> Result<Arc<Keyring>> {
        self.archive.ring().ok_or(Error::NoKey(Compartment::Open))
    }

    pub(crate) fn receipt(&self) -> Receipt {
        Receipt {
            writer: self.id,
            first_index: self.edge.size(),
            size: self.edge.size(),
            root: self.edge.root(),
            not_remembered: None,
        }
    }

    /// An entry that names the heads of the other logs, when they moved since one did.
    pub(crate) fn heads_to_tell(&self) -> Option<Draft> {
        let logs = self.archive.logs();
        let others = || {
            logs.open
                .values()
                .map(|log| &log.head)
                .filter(|head| head.writer != self.id)
        };
        if others().all(|head| self.told.get(&head.writer) == Some(&head.size)) {
            return None;
        }
        let heads = others().take(MAX_HEADS).map(|head| SeenHead {
            writer: head.writer,
            size: head.size,
            root: head.root,
        });
        Some(Draft {
            heads: heads.collect(),
            ..Draft::new(EntryKind::Heads)
        })
    }

    /// Puts the objects, the leaves and their tiles, then the signed checkpoint.
    pub(crate) fn append(
        &mut self,
        leaves: Vec<Vec<u8>>,
        mut objects: Vec<Object>,
    ) -> Result<Receipt> {
        // Cleared at the end: whatever fails on the way leaves a tail.
        self.broken = true;
        let first_index = self.edge.size();
        let (mut edge, mut tail) = (self.edge.clone(), self.tail.clone());
        let key = |path: TilePath| log_key(self.id, &path.to_string());
        if first_index == 0 {
            let line = format!("{}\n", self.signer.verifier_key());
            objects.push((log_key(self.id, "vkey"), Bytes::from(line)));
        }
        let mut finished = Vec::new();
        let bundle = |tail: &EntryBundle, size: u64| {
            let path = TilePath::entries((size - 1) / BUNDLE, tail.len() as u16);
            let path = path.expect("a bundle that is put has 1 to 256 entries");
            (path, Bytes::copy_from_slice(tail.as_bytes()))
        };
        for leaf in leaves {
            edge.append(leaf_hash(&leaf));
            tail.push(&leaf)
                .expect("an entry fits, and a full bundle was put away");
            if tail.is_full() {
                finished.push(bundle(&tail, edge.size()));
                tail = EntryBundle::new();
            }
        }
        if !tail.is_empty() {
            finished.push(bundle(&tail, edge.size()));
        }
        let tiles = edge.take_tiles().into_iter();
        finished.extend(tiles.map(|tile| (tile.path, Bytes::from(tile.data))));
        let paths: Vec<TilePath> = finished.iter().map(|(path, _)| *path).collect();
        objects.extend(finished.into_iter().map(|(path, bytes)| (key(path), bytes)));
        self.store().put_all(objects)?;

        let invalid = |why: String| Error::Invalid {
            what: "the checkpoint",
            why,
        };
        let checkpoint = Checkpoint::new(self.signer.name(), edge.size(), edge.root())
            .and_then(|checkpoint| checkpoint.sign(&self.signer))
            .map_err(|error| invalid(error.to_string()))?;
        let head = Head {
            writer: self.id,
            size: edge.size(),
            root: edge.root(),
            checkpoint,
        };
        let signed = Bytes::from(head.checkpoint.clone());
        self.store()
            .put_head(&log_key(self.id, "checkpoint"), signed)?;

        self.edge = edge;
        self.tail = tail;
        self.broken = false;
        let not_remembered = self.acknowledge(head, &paths);
        Ok(Receipt {
            first_index,
            not_remembered,
            ..self.receipt()
        })
    }

    /// What follows a durable checkpoint: this handle and this device come to know it, and what
    /// it superseded is deleted. Nothing of it can undo the commit; says why the device could not
    /// write it down.
    fn acknowledge(&mut self, head: Head, paths: &[TilePath]) -> Option<String> {
        for other in self.archive.heads() {
            self.told.insert(other.writer, other.size);
        }
        self.archive.advance(head);
        recover::prune(self.store(), self.id, paths);
        let remembered = self
            .device
            .remember(self.archive_id(), self.archive.as_seen());
        remembered.err().map(|error| error.to_string())
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer({}, {} entries)", self.id, self.edge.size())
    }
}

/// Compares the logs with what the device remembers. Of its own log nothing may be missing; what
/// is missing of others may still be on its way, and is a warning.
fn check_memory(
    archive: &Archive,
    device: &Device,
    own: WriterId,
    logs: &Logs,
    recovery: &mut Recovery,
) -> Result<()> {
    let Some(seen) = device.seen(archive.id())? else {
        return Ok(());
    };
    if seen.genesis != archive.inner.genesis {
        return Err(Error::OtherGenesis);
    }
    for head in &seen.heads {
        let checked = match logs.open.get(&head.writer) {
            Some(log) => log.check_continues(head),
            None => check_gone(head),
        };
        match checked {
            Err(error) if head.writer == own => return Err(error),
            Err(error) => recovery.warnings.push(error.to_string()),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// The edge of a log and the entries of its last bundle.
fn take_up(log: &Log) -> Result<(RightEdge, EntryBundle)> {
    let head = &log.head;
    let edge =
        RightEdge::load(head.size, head.root, log.tiles()).map_err(|error| Error::Damaged {
            object: log_key(head.writer, "tile"),
            why: error.to_string(),
        })?;
    let tail = match head.size % u64::from(TILE_WIDTH) {
        0 => EntryBundle::new(),
        _ => log.bundle(head.size / BUNDLE)?,
    };
    Ok((edge, tail))
}

/// The sizes of other logs that the newest entry of kind heads names, when it is near the end.
fn told_before(tail: &EntryBundle) -> BTreeMap<WriterId, u64> {
    let newest = (0..tail.len()).rev().find_map(|place| {
        let entry = tail.get(place).and_then(|leaf| Entry::decode(leaf).ok())?;
        (entry.kind == EntryKind::Heads).then_some(entry.heads)
    });
    let heads = newest.unwrap_or_default().into_iter();
    heads.map(|head| (head.writer, head.size)).collect()
}

fn last_hlc(log: &Log) -> Result<Hlc> {
    match log.head.size.checked_sub(1) {
        Some(last) => Ok(log.decode(last, &log.leaf(last)?)?.hlc),
        None => Ok(Hlc::default()),
    }
}

fn system_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as u64)
}

/// A random-looking but repeatable name for what is moved aside.
fn short_name(digest: Sha256Digest) -> String {
    crate::EntryId(first16(digest)).to_string()[..8].to_owned()
}
