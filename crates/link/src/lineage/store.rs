//! Where the index keeps what it has no room for in memory: the caller's files, bucket or table.
//!
//! Invariant: nothing is lost in silence. The first failure of a store is kept, and every answer
//! from then on is that failure.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::OnceLock;

/// Keeps volumes of bytes for an [`Index`](super::Index), which does no input or output itself.
///
/// A volume grows at its end, is read anywhere, and is never changed otherwise. Numbers of
/// volumes are not used again.
pub trait Store: Debug + Send + Sync {
    /// Adds bytes at the end of a volume; the first time makes it.
    ///
    /// # Errors
    /// The bytes could not all be kept.
    fn append(&mut self, volume: u32, bytes: &[u8]) -> Result<(), StoreError>;

    /// Fills `into` with the bytes of a volume from `at` on.
    ///
    /// # Errors
    /// They cannot be read, or are fewer.
    fn read(&self, volume: u32, at: u64, into: &mut [u8]) -> Result<(), StoreError>;

    /// Removes a volume that is no longer asked for.
    ///
    /// # Errors
    /// It cannot be removed.
    fn remove(&mut self, volume: u32) -> Result<(), StoreError>;
}

/// A store failed.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "What was set aside while looking for shared text cannot be kept or read back: {0}. Documents compared since then are not fully compared. Make room or mend the store, and compare again."
)]
pub struct StoreError(String);

impl StoreError {
    /// With what happened, as part of a sentence.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// A store in memory: for tests, and where memory is plentiful but one array is not.
#[derive(Debug, Default)]
pub struct MemoryStore(BTreeMap<u32, Vec<u8>>);

impl Store for MemoryStore {
    fn append(&mut self, volume: u32, bytes: &[u8]) -> Result<(), StoreError> {
        self.0.entry(volume).or_default().extend_from_slice(bytes);
        Ok(())
    }

    fn read(&self, volume: u32, at: u64, into: &mut [u8]) -> Result<(), StoreError> {
        let all = self.0.get(&volume).map(Vec::as_slice).unwrap_or_default();
        let part = usize::try_from(at)
            .ok()
            .and_then(|from| all.get(from..from.checked_add(into.len())?))
            .ok_or_else(|| StoreError::new(format!("volume {volume} ends before byte {at}")))?;
        into.copy_from_slice(part);
        Ok(())
    }

    fn remove(&mut self, volume: u32) -> Result<(), StoreError> {
        self.0.remove(&volume);
        Ok(())
    }
}

/// A store as the index uses it: its first failure stays.
#[derive(Debug, Default)]
pub(super) struct Aside {
    store: Option<Box<dyn Store>>,
    failed: OnceLock<StoreError>,
    volumes: u32,
}

impl Aside {
    pub fn new(store: Box<dyn Store>) -> Self {
        Self {
            store: Some(store),
            ..Self::default()
        }
    }

    /// The number of a new volume.
    pub fn volume(&mut self) -> u32 {
        self.volumes += 1;
        self.volumes - 1
    }

    pub fn append(&mut self, volume: u32, bytes: &[u8]) {
        let result = match &mut self.store {
            Some(store) => store.append(volume, bytes),
            None => Err(no_store()),
        };
        self.note(result);
    }

    /// `len` bytes of a volume; zeros after a failure, which [`Aside::check`] tells.
    pub fn read(&self, volume: u32, at: u64, len: usize) -> Vec<u8> {
        let mut bytes = vec![0; len];
        let result = match &self.store {
            Some(store) => store.read(volume, at, &mut bytes),
            None => Err(no_store()),
        };
        self.note(result);
        bytes
    }

    pub fn remove(&mut self, volume: u32) {
        let result = match &mut self.store {
            Some(store) => store.remove(volume),
            None => Err(no_store()),
        };
        self.note(result);
    }

    fn note(&self, result: Result<(), StoreError>) {
        if let Err(error) = result {
            self.failed.get_or_init(|| error);
        }
    }

    pub fn check(&self) -> Result<(), StoreError> {
        self.failed.get().map_or(Ok(()), |error| Err(error.clone()))
    }
}

fn no_store() -> StoreError {
    StoreError::new("there is no store")
}
