//! Where an archive lies: immutable objects under keys, and one key a log that is overwritten.
//!
//! Invariant: a put that returns `Ok` is durable; any other answer to a put is ambiguous, and is
//! resolved by reading the object back, or, where only an fsync can make it durable (a local
//! folder), never acknowledged at all.

use crate::Result;
use crate::error::Error;
use bytes::Bytes;
use futures_executor::block_on;
use futures_util::{StreamExt, TryStreamExt};
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{
    GetResultPayload, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload,
};
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

mod local;

/// Tries of a put whose answers were lost, before it is given up.
const TRIES: u32 = 5;

/// Objects put at once within one stage of a commit.
const PUTS_AT_ONCE: usize = 4;

/// An archive's objects: a folder, memory, or any other [`ObjectStore`]. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    objects: OnceLock<Arc<dyn ObjectStore>>,
    /// The folder, when it is one.
    folder: Option<PathBuf>,
    /// What to call it in messages.
    place: String,
}

/// An object to be put: key and bytes.
pub(crate) type Object = (String, Bytes);

/// An object as listed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Listed {
    pub key: String,
    pub size: u64,
}

impl Store {
    /// The objects under a local folder. A folder that is not there is made by
    /// [`Archive::init`](crate::Archive::init), and is no archive to everything else.
    ///
    /// # Errors
    /// When the folder is there and cannot be read.
    pub fn local(path: &Path) -> Result<Self> {
        let objects = OnceLock::new();
        if path.is_dir() {
            let _ = objects.set(local::open(path)?);
        }
        Ok(Self {
            inner: Arc::new(Inner {
                objects,
                folder: Some(path.to_owned()),
                place: path.display().to_string(),
            }),
        })
    }

    /// Objects in memory, gone with the last clone.
    #[must_use]
    pub fn memory() -> Self {
        Self::over(Arc::new(InMemory::new()), "memory")
    }

    /// Any other store that creates an object only when there is none of that key
    /// ([`PutMode::Create`]). `place` is what messages call it. Answers of its puts are taken to be
    /// lost answers, not failed writes: it must not acknowledge what is not durable.
    #[must_use]
    pub fn over(objects: Arc<dyn ObjectStore>, place: &str) -> Self {
        Self {
            inner: Arc::new(Inner {
                objects: OnceLock::from(objects),
                folder: None,
                place: place.to_owned(),
            }),
        }
    }

    /// What to call it in messages.
    pub(crate) fn place(&self) -> &str {
        &self.inner.place
    }

    fn objects(&self) -> Result<&Arc<dyn ObjectStore>> {
        let objects = self.inner.objects.get();
        objects.ok_or_else(|| Error::NotAnArchive(self.inner.place.clone()))
    }

    /// Makes the folder if need be, and probes whether the store can hold an archive: an object is
    /// created once and only once, and a head can be replaced.
    pub(crate) fn prepare(&self) -> Result<()> {
        if let Some(folder) = &self.inner.folder {
            local::make(folder)?;
            if self.inner.objects.get().is_none() {
                let _ = self.inner.objects.set(local::open(folder)?);
            }
            local::probe_links(folder)?;
        }
        let mut random = [0; 8];
        crate::crypto::fill(&mut random)?;
        let key = format!("probe-{:016x}", u64::from_be_bytes(random));
        let probed = self.probe(&key);
        let _ = self.delete(&key);
        probed
    }

    fn probe(&self, key: &str) -> Result<()> {
        let unsuitable = |why: &str| Error::Unsuitable {
            place: self.inner.place.clone(),
            why: why.to_owned(),
        };
        self.put_new(key, Bytes::from_static(b"first"))?;
        match self.put_new(key, Bytes::from_static(b"second")) {
            Err(Error::Conflict(_)) => {}
            Ok(()) => {
                return Err(unsuitable(
                    "it overwrites objects that must only be created once",
                ));
            }
            Err(other) => return Err(other),
        }
        self.put_head(key, Bytes::from_static(b"third"))?;
        if self.get(key, 16)?.as_ref() != b"third" {
            return Err(unsuitable("what was written is not what is read"));
        }
        Ok(())
    }

    /// Creates an object. `Ok` when these bytes are durable under the key; an object of other
    /// bytes is never overwritten.
    pub(crate) fn put_new(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.put(key, bytes, PutMode::Create)
    }

    /// Creates or replaces an object: only checkpoints.
    pub(crate) fn put_head(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.put(key, bytes, PutMode::Overwrite)
    }

    fn put(&self, key: &str, bytes: Bytes, mode: PutMode) -> Result<()> {
        let (path, create) = (path_of(key), matches!(mode, PutMode::Create));
        let mut attempt = 0;
        loop {
            attempt += 1;
            let options = PutOptions::from(mode.clone());
            let payload = PutPayload::from_bytes(bytes.clone());
            let put = self.objects()?.put_opts(&path, payload, options);
            let Err(error) = block_on(put) else {
                return Ok(());
            };
            let exists = matches!(error, object_store::Error::AlreadyExists { .. });
            // After a failed fsync only the page cache would be read back: not an answer.
            if self.inner.folder.is_some() && !exists {
                return Err(storage("write", key, &error));
            }
            match self.get(key, bytes.len() as u64) {
                // In a folder these bytes may have come without an fsync: write them once more.
                Ok(found) if found == bytes && create && self.inner.folder.is_some() => {
                    return self.put_head(key, bytes);
                }
                Ok(found) if found == bytes => return Ok(()),
                Ok(_) | Err(Error::Damaged { .. }) if create => {
                    return Err(Error::Conflict(key.to_owned()));
                }
                Ok(_) | Err(_) if attempt >= TRIES => return Err(storage("write", key, &error)),
                // Nothing there, or no answer: the same bytes again are harmless.
                _ => std::thread::sleep(Duration::from_millis(5 << attempt)),
            }
        }
    }

    /// Creates several objects, some at once. All are durable, or an error is returned.
    pub(crate) fn put_all(&self, objects: Vec<Object>) -> Result<()> {
        if objects.len() < 2 {
            return objects
                .into_iter()
                .try_for_each(|(key, bytes)| self.put_new(&key, bytes));
        }
        let threads = objects.len().min(PUTS_AT_ONCE);
        let queue = std::sync::Mutex::new(objects.into_iter());
        let next = || queue.lock().unwrap_or_else(|held| held.into_inner()).next();
        std::thread::scope(|scope| {
            let put = || -> Result<()> {
                while let Some((key, bytes)) = next() {
                    self.put_new(&key, bytes)?;
                }
                Ok(())
            };
            let threads: Vec<_> = (1..threads).map(|_| scope.spawn(put)).collect();
            let mut result = put();
            for thread in threads {
                let ended = thread.join().expect("putting an object does not panic");
                result = result.and(ended);
            }
            result
        })
    }

    /// The whole of an object of at most `limit` bytes.
    pub(crate) fn get(&self, key: &str, limit: u64) -> Result<Bytes> {
        let path = path_of(key);
        let got =
            block_on(self.objects()?.get(&path)).map_err(|error| storage("read", key, &error))?;
        if got.meta.size > limit {
            return Err(Error::Damaged {
                object: key.to_owned(),
                why: format!("it has {} bytes, at most {limit} are right", got.meta.size),
            });
        }
        block_on(got.bytes()).map_err(|error| storage("read", key, &error))
    }

    /// Some bytes of an object; fewer when it ends before.
    pub(crate) fn get_range(&self, key: &str, range: Range<u64>) -> Result<Bytes> {
        let path = path_of(key);
        block_on(self.objects()?.get_range(&path, range))
            .map_err(|error| storage("read", key, &error))
    }

    /// Gives the bytes of an object, from the first to the last, in pieces of at most `buffer`'s
    /// length; returns how many there were. A local file is read into `buffer` itself.
    pub(crate) fn stream(
        &self,
        key: &str,
        buffer: &mut [u8],
        mut take: impl FnMut(&[u8]),
    ) -> Result<u64> {
        let failed = |error: object_store::Error| storage("read", key, &error);
        let got = block_on(self.objects()?.get(&path_of(key))).map_err(failed)?;
        let mut total = 0;
        match got.payload {
            GetResultPayload::File(mut file, _) => {
                let unreadable = |error| storage_io("read", key, &error);
                file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
                loop {
                    match file.read(buffer) {
                        Ok(0) => return Ok(total),
                        Ok(n) => {
                            take(&buffer[..n]);
                            total += n as u64;
                        }
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(unreadable(error)),
                    }
                }
            }
            GetResultPayload::Stream(mut stream) => {
                while let Some(bytes) = block_on(stream.try_next()).map_err(failed)? {
                    for piece in bytes.chunks(buffer.len()) {
                        take(piece);
                    }
                    total += bytes.len() as u64;
                }
                Ok(total)
            }
        }
    }

    /// The objects whose keys begin with the folders of `prefix`, by key.
    pub(crate) fn list(&self, prefix: &str) -> Result<Vec<Listed>> {
        let (listed, mut unlisted) = self.list_all(prefix)?;
        match unlisted.pop() {
            Some(why) => Err(Error::Storage {
                action: "list",
                object: prefix.to_owned(),
                why,
                full: false,
            }),
            None => Ok(listed),
        }
    }

    /// As [`Store::list`], going on after what cannot be listed, and saying what that was.
    pub(crate) fn list_all(&self, prefix: &str) -> Result<(Vec<Listed>, Vec<String>)> {
        let prefix = Some(path_of(prefix)).filter(|key| key.parts_count() > 0);
        let mut stream = self.objects()?.list(prefix.as_ref());
        let (mut listed, mut unlisted) = (Vec::new(), Vec::new());
        while let Some(next) = block_on(stream.next()) {
            match next {
                Ok(meta) => listed.push(Listed {
                    key: meta.location.to_string(),
                    size: meta.size,
                }),
                Err(error) => unlisted.push(error.to_string()),
            }
        }
        listed.sort_unstable();
        Ok((listed, unlisted))
    }

    /// The names one level below `prefix` that have further levels, ascending.
    pub(crate) fn list_folders(&self, prefix: &str) -> Result<Vec<String>> {
        let key = path_of(prefix);
        let result = block_on(self.objects()?.list_with_delimiter(Some(&key)))
            .map_err(|error| storage("list", prefix, &error))?;
        let mut names: Vec<String> = result
            .common_prefixes
            .iter()
            .filter_map(|folder| folder.parts().next_back())
            .map(|name| name.as_ref().to_owned())
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Deletes an object; one that is not there is deleted already. It may come back with the
    /// next power loss.
    pub(crate) fn delete(&self, key: &str) -> Result<()> {
        match block_on(self.objects()?.delete(&path_of(key))) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(storage("delete", key, &error)),
        }
    }

    /// Deletes an object so that it does not come back.
    pub(crate) fn delete_durably(&self, key: &str) -> Result<()> {
        self.delete(key)?;
        match &self.inner.folder {
            Some(folder) => local::sync_parent(&folder.join(key)),
            None => Ok(()),
        }
    }

    /// Deletes what interrupted puts left beside objects more than an hour ago: local folders only.
    pub(crate) fn sweep(&self) -> usize {
        self.inner.folder.as_deref().map_or(0, local::sweep)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.inner.place)
    }
}

/// The path of a key as it is listed, whatever is in it.
fn path_of(key: &str) -> Key {
    Key::parse(key).unwrap_or_else(|_| Key::from(key))
}

/// The error of an object store, in our words.
fn storage(action: &'static str, key: &str, error: &object_store::Error) -> Error {
    if matches!(error, object_store::Error::NotFound { .. }) {
        return Error::Missing(key.to_owned());
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut io = None;
    while let Some(error) = cause {
        io = error.downcast_ref::<std::io::Error>().or(io);
        cause = error.source();
    }
    match io {
        Some(io) => storage_io(action, key, io),
        None => Error::Storage {
            action,
            object: key.to_owned(),
            why: error.to_string(),
            full: false,
        },
    }
}

fn storage_io(action: &'static str, key: &str, error: &std::io::Error) -> Error {
    use std::io::ErrorKind::{QuotaExceeded, StorageFull};
    let full = matches!(error.kind(), StorageFull | QuotaExceeded);
    let why = if full {
        "the disk is full; make room and try again, nothing that was acknowledged is lost"
            .to_owned()
    } else {
        error.to_string()
    };
    Error::Storage {
        action,
        object: key.to_owned(),
        why,
        full,
    }
}

#[cfg(test)]
mod tests;
