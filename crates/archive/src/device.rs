//! This device's keys and memory, outside every archive.
use crate::{ArchiveId, Head, Result, SecretString, WriterId};
use std::path::Path;
use zeroize::Zeroizing;

/// How the identity is kept on disk.
pub enum Protection {
    /// Encrypted with a passphrase (age, scrypt N = 2^17).
    Passphrase(SecretString),
    /// In the clear, readable by this user only: by explicit choice.
    None,
}

/// This device's keys, unlocked, and the heads it remembers.
pub struct Device {}

impl Device {
    /// Makes a new identity in `folder` (made when absent).
    ///
    /// # Errors
    /// When there is one already, or the folder cannot be written.
    pub fn create(folder: &Path, protection: Protection) -> Result<Self> {
        let _ = (folder, protection);
        todo!()
    }
    /// Opens the identity in `folder`.
    ///
    /// # Errors
    /// No identity, a passphrase needed, a wrong one, a damaged file.
    pub fn unlock(folder: &Path, passphrase: Option<SecretString>) -> Result<Self> {
        let _ = (folder, passphrase);
        todo!()
    }
    /// Whether `folder` holds an identity.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        let _ = folder;
        todo!()
    }
    /// Whether the identity in `folder` asks for a passphrase.
    ///
    /// # Errors
    /// No identity.
    pub fn is_protected(folder: &Path) -> Result<bool> {
        let _ = folder;
        todo!()
    }
    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        todo!()
    }
    /// The key that the views of this device are encrypted with: random, made with the identity.
    #[must_use]
    pub fn view_key(&self) -> Zeroizing<[u8; 32]> {
        todo!()
    }
    /// The age recipient that epoch keys are wrapped to.
    #[must_use]
    pub fn recipient(&self) -> String {
        todo!()
    }
    /// The verifier key line of this device's log in an archive.
    #[must_use]
    pub fn vkey(&self, archive: ArchiveId) -> String {
        let _ = archive;
        todo!()
    }
    /// Whose log this device writes in an archive.
    #[must_use]
    pub fn writer_id(&self, archive: ArchiveId) -> WriterId {
        let _ = archive;
        todo!()
    }
    /// The newest heads of an archive's logs that this device has seen.
    ///
    /// # Errors
    /// When the file that holds them is damaged.
    pub fn heads(&self, archive: ArchiveId) -> Result<Vec<Head>> {
        let _ = archive;
        todo!()
    }
}
