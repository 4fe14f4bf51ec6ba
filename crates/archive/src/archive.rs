//! Opening an archive and reading from it.
use crate::tlog::Hash;
use crate::{
    ArchiveId, BlobReader, Device, Entries, Entry, LogEntry, Position, Progress, Receipt, Recovery,
    Result, Store, VerifyOptions, VerifyReport, Writer, WriterId,
};
use model::SourceId;

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
pub struct Archive {}

impl Archive {
    /// Makes an archive with this device as its first writer and member.
    ///
    /// # Errors
    /// When the store holds one already or cannot hold one (no hard links, no create-once).
    pub fn init(store: Store, device: &Device) -> Result<Self> {
        let _ = (store, device);
        todo!()
    }
    /// Opens an archive. No keys are needed to verify, list and prove.
    ///
    /// # Errors
    /// Not an archive, a newer format, a damaged head.
    pub fn open(store: Store) -> Result<Self> {
        let _ = store;
        todo!()
    }
    /// The archive's id.
    #[must_use]
    pub fn id(&self) -> ArchiveId {
        todo!()
    }
    /// Takes the keys that the device holds, to read bodies and blobs.
    ///
    /// # Errors
    /// When the device holds no key of this archive, or a wrapped key is damaged.
    pub fn unlock(&self, device: &Device) -> Result<()> {
        let _ = device;
        todo!()
    }
    /// Opens this device's log for writing: takes the lock, compares with the heads remembered,
    /// moves aside what a crash left behind the signed checkpoint.
    ///
    /// # Errors
    /// Locked by another process, not admitted, or history removed.
    pub fn writer(&self, device: &Device) -> Result<(Writer, Recovery)> {
        let _ = device;
        todo!()
    }
    /// Looks for new checkpoints; what was read before stays as it was.
    ///
    /// # Errors
    /// When a checkpoint cannot be read or does not verify.
    pub fn refresh(&self) -> Result<()> {
        todo!()
    }
    /// The head of every admitted log, by writer.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        todo!()
    }
    /// The end of every log, as of the last refresh.
    #[must_use]
    pub fn position(&self) -> Position {
        todo!()
    }
    /// The entries after `since`, of all logs, in the order of their hybrid logical clocks. Each
    /// was checked against its log's signed root. After an error the next undamaged one follows.
    #[must_use]
    pub fn entries(&self, since: &Position) -> Entries {
        let _ = since;
        todo!()
    }
    /// One entry, checked against the signed root.
    ///
    /// # Errors
    /// No such entry, or a damaged object.
    pub fn entry(&self, writer: WriterId, index: u64) -> Result<LogEntry> {
        let _ = (writer, index);
        todo!()
    }
    /// The plain body of an entry.
    ///
    /// # Errors
    /// No key, key destroyed, damaged.
    pub fn body(&self, entry: &Entry) -> Result<Vec<u8>> {
        let _ = entry;
        todo!()
    }
    /// A reader of the entry's blob number `n`, from 0.
    ///
    /// # Errors
    /// No such blob, no key, key destroyed, damaged.
    pub fn blob(&self, entry: &Entry, n: usize) -> Result<BlobReader> {
        let _ = (entry, n);
        todo!()
    }
    /// The whole of the entry's blob number `n`, when it has at most `limit` bytes.
    ///
    /// # Errors
    /// As [`Archive::blob`], and [`crate::Error::TooLarge`].
    pub fn blob_bytes(&self, entry: &Entry, n: usize, limit: u64) -> Result<Vec<u8>> {
        let _ = (entry, n, limit);
        todo!()
    }
    /// The bytes of an entry as stored: the leaf of the log that a proof is about.
    ///
    /// # Errors
    /// As [`Archive::entry`].
    pub fn leaf(&self, writer: WriterId, index: u64) -> Result<Vec<u8>> {
        let _ = (writer, index);
        todo!()
    }
    /// A C2SP tlog-proof that the entry is in the log.
    ///
    /// # Errors
    /// As [`Archive::entry`].
    pub fn proof(&self, writer: WriterId, index: u64) -> Result<String> {
        let _ = (writer, index);
        todo!()
    }
    /// Destroys the key of a source, and puts on record that and why.
    ///
    /// # Errors
    /// No such source; whatever stops a commit.
    pub fn erase(&self, writer: &mut Writer, source: SourceId, reason: &str) -> Result<Receipt> {
        let _ = (writer, source, reason);
        todo!()
    }
    /// Checks every object of the archive. Needs no keys; never fails, but reports.
    pub fn verify(
        &self,
        options: &VerifyOptions<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> VerifyReport {
        let _ = (options, progress);
        todo!()
    }
}
