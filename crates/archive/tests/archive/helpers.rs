//! Archives to test on.

use model::{Compartment, SourceId};
use onrecord_archive::{
    Archive, Commit, Device, EntryKind, LogEntry, Position, Protection, Receipt, Store, Writer,
};
use std::path::Path;
use tempfile::TempDir;

/// An archive, its device, and the folders they lie in.
pub struct Fixture {
    pub archive: Archive,
    pub device: Device,
    pub store: Store,
    pub folder: TempDir,
}

impl Fixture {
    /// An archive in a folder.
    pub fn local() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::local(&folder.path().join("archive")).unwrap();
        Self::on(store, folder)
    }

    /// An archive in memory.
    pub fn memory() -> Self {
        Self::on(Store::memory(), tempfile::tempdir().unwrap())
    }

    pub fn on(store: Store, folder: TempDir) -> Self {
        let device = device(folder.path(), "device");
        let archive = Archive::init(store.clone(), &device).unwrap();
        Self {
            archive,
            device,
            store,
            folder,
        }
    }

    /// The folder of a local archive.
    pub fn objects(&self) -> std::path::PathBuf {
        self.folder.path().join("archive")
    }

    pub fn writer(&self) -> Writer {
        let (writer, recovery) = self.archive.writer(&self.device).unwrap();
        assert!(recovery.is_clean(), "{recovery:?}");
        writer
    }

    /// The archive as another process would open it.
    pub fn reopen(&self) -> Archive {
        let archive = Archive::open(self.store.clone()).unwrap();
        archive.unlock(&self.device).unwrap();
        archive
    }
}

pub fn device(folder: &Path, name: &str) -> Device {
    Device::create(&folder.join(name), Protection::None).unwrap()
}

/// Adds a source with an original and a reading; its bodies name it.
pub fn add(commit: &mut Commit<'_>, compartment: Compartment, text: &str) -> SourceId {
    let source = commit.new_source(compartment).unwrap();
    let original = commit.blob(source, text.as_bytes()).unwrap();
    assert_eq!(original.plain_len, text.len() as u64);
    commit
        .entry(EntryKind::Source, source, text.as_bytes(), &[original])
        .unwrap();
    let reading = commit.blob(source, text.to_uppercase().as_bytes()).unwrap();
    commit
        .entry(EntryKind::Reading, source, b"reading", &[reading])
        .unwrap();
    source
}

/// One commit of one source.
pub fn add_one(writer: &mut Writer, text: &str) -> (SourceId, Receipt) {
    let mut commit = writer.commit().unwrap();
    let source = add(&mut commit, Compartment::Open, text);
    (source, commit.finish().unwrap())
}

/// All entries, in order; fails on a damaged one.
pub fn all(archive: &Archive) -> Vec<LogEntry> {
    archive
        .entries(&Position::default())
        .collect::<Result<_, _>>()
        .unwrap()
}

/// The texts of all sources that can be read, from their originals.
pub fn texts(archive: &Archive) -> Vec<String> {
    let entries = all(archive).into_iter();
    entries
        .filter(|read| read.entry.kind == EntryKind::Source)
        .filter_map(|read| archive.blob_bytes(&read.entry, 0, 1 << 20).ok())
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect()
}
