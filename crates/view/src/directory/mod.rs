//! A tantivy [`Directory`] whose files are encrypted: a text index on disk that shows no word.
//!
//! Which type: [`EncryptedDirectory`]. How a file looks on disk is said in [`sealed`], and in
//! `docs/formats/views.md`. File names are tantivy's own (random segment ids), not words.
//!
//! Invariant: nothing is written to the folder but sealed files and empty lock files, and what
//! `meta.json` names was synced before `meta.json` was.

mod cache;
mod failure;
mod handle;
mod sealed;
mod writer;

use crate::keys::Key;
use cache::Cache;
use failure::Failure;
use handle::Handle;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, WatchCallback, WatchCallbackList, WatchHandle,
    WritePtr,
};
use writer::Writer;

/// The file that names the segments of the index; the only one that must not be lost.
const META: &str = "meta.json";

struct Inner {
    folder: PathBuf,
    key: Key,
    cache: Arc<Cache>,
    /// Files that were written and not yet synced.
    pending: Mutex<BTreeSet<PathBuf>>,
    watchers: WatchCallbackList,
    failure: Failure,
}

/// A folder of encrypted files. Clones share their cache.
#[derive(Clone)]
pub struct EncryptedDirectory(Arc<Inner>);

impl std::fmt::Debug for EncryptedDirectory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EncryptedDirectory({})", self.0.folder.display())
    }
}

impl EncryptedDirectory {
    /// The directory in `folder`, which is made when it is absent. At most `cache` bytes of
    /// opened blocks are kept in memory.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path, key: &[u8; 32], cache: usize) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self(Arc::new(Inner {
            folder: folder.to_owned(),
            key: Key::new(*key),
            cache: Arc::new(Cache::new(cache)),
            pending: Mutex::default(),
            watchers: WatchCallbackList::default(),
            failure: Failure::default(),
        })))
    }

    /// What the operating system refused first since this was last asked, when it refused a
    /// file that exists or was to be made.
    pub(crate) fn take_failure(&self) -> Option<io::Error> {
        self.0.failure.take()
    }

    fn noted(&self, error: io::Error) -> io::Error {
        match error.kind() {
            io::ErrorKind::NotFound => error,
            _ => self.0.failure.note(error),
        }
    }

    fn path(&self, name: &Path) -> PathBuf {
        self.0.folder.join(name)
    }

    fn create(&self, name: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        options
            .open(self.path(name))
            .map_err(|error| self.noted(error))
    }

    fn is_pending(&self, name: &Path) {
        let mut pending = self
            .0
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        pending.insert(name.to_owned());
    }

    fn write_and_rename(&self, name: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
        let staged = self.path(&name.with_extension("new"));
        let file = File::create(&staged).map_err(|error| self.noted(error))?;
        // The key is bound to the name under which the file will be read.
        let mut writer = Writer::new(file, name, &self.0.key, self.0.failure.clone())?;
        writer.write_all(bytes)?;
        let file = writer.finish()?;
        if sync {
            file.sync_data()?;
        }
        fs::rename(&staged, self.path(name))
    }

    fn sync_folder(&self) -> io::Result<()> {
        // Windows has no folder to sync.
        #[cfg(unix)]
        File::open(&self.0.folder)?.sync_data()?;
        Ok(())
    }
}

/// A file whose writer is dropped unfinished stays behind without its last block; tantivy's
/// list of managed files has it removed.
impl Directory for EncryptedDirectory {
    fn get_file_handle(&self, name: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(name.to_owned()),
            _ => OpenReadError::wrap_io_error(self.noted(error), name.to_owned()),
        };
        let file = File::open(self.path(name)).map_err(failed)?;
        let cache = Arc::clone(&self.0.cache);
        let handle = Handle::open(file, name, &self.0.key, cache).map_err(failed)?;
        Ok(Arc::new(handle))
    }

    fn delete(&self, name: &Path) -> Result<(), DeleteError> {
        let mut pending = self
            .0
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        pending.remove(name);
        fs::remove_file(self.path(name)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(name.to_owned()),
            _ => DeleteError::IoError {
                io_error: Arc::new(error),
                filepath: name.to_owned(),
            },
        })
    }

    fn exists(&self, name: &Path) -> Result<bool, OpenReadError> {
        self.path(name)
            .try_exists()
            .map_err(|error| OpenReadError::wrap_io_error(error, name.to_owned()))
    }

    fn open_write(&self, name: &Path) -> Result<WritePtr, OpenWriteError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(name.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, name.to_owned()),
        };
        let file = self.create(name).map_err(failed)?;
        let writer =
            Writer::new(file, name, &self.0.key, self.0.failure.clone()).map_err(failed)?;
        self.is_pending(name);
        Ok(BufWriter::new(Box::new(writer)))
    }

    fn atomic_read(&self, name: &Path) -> Result<Vec<u8>, OpenReadError> {
        let handle = self.get_file_handle(name)?;
        let bytes = handle
            .read_bytes(0..handle.len())
            .map_err(|error| OpenReadError::wrap_io_error(error, name.to_owned()))?;
        Ok(bytes.as_slice().to_vec())
    }

    fn atomic_write(&self, name: &Path, bytes: &[u8]) -> io::Result<()> {
        let is_meta = name == Path::new(META);
        self.write_and_rename(name, bytes, is_meta)?;
        if is_meta {
            self.sync_folder()?;
            drop(self.0.watchers.broadcast());
        } else {
            self.is_pending(name);
        }
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        let mut pending = self
            .0
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for name in pending.iter() {
            match OpenOptions::new().write(true).open(self.path(name)) {
                Ok(file) => file.sync_data().map_err(|error| self.noted(error))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.noted(error)),
            }
        }
        pending.clear();
        drop(pending);
        self.sync_folder()
    }

    /// A lock of the operating system, so that a crash leaves none behind.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file = options
            .open(self.path(&lock.filepath))
            .map_err(LockError::wrap_io_error)?;
        if lock.is_blocking {
            file.lock().map_err(LockError::wrap_io_error)?;
        } else {
            file.try_lock().map_err(|error| match error {
                TryLockError::WouldBlock => LockError::LockBusy,
                TryLockError::Error(error) => LockError::wrap_io_error(error),
            })?;
        }
        Ok(DirectoryLock::from(Box::new(file)))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(self.0.watchers.subscribe(callback))
    }
}

#[cfg(test)]
mod tests;
