//! This device's keys and memory, in a folder outside every archive.
//!
//! `identity.age` holds the keys, encrypted with a passphrase (age, scrypt); or
//! `identity.unprotected` holds them in the clear, by explicit choice. `heads` remembers the newest
//! heads seen of every log ([`memory`]), `lock` lets one process write at a time.
//!
//! Invariant: no secret is ever written elsewhere, and what is held in memory is wiped when dropped.

use crate::crypto::{self, Secret, derive, first16, random_secret, sha256};
use crate::error::Error;
use crate::ids::{ArchiveId, RecipientId, WriterId};
use crate::tlog::Signer;
use crate::{Head, Result};
use age::secrecy::{ExposeSecret, SecretString};
use age::x25519;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

mod identity;
mod kept;
mod memory;

pub(crate) use memory::Seen;

const PROTECTED: &str = "identity.age";
const UNPROTECTED: &str = "identity.unprotected";
const LOCK: &str = "lock";

/// Longest identity file that is read, in bytes.
const MAX_IDENTITY: u64 = 64 << 10;
/// scrypt work: N = 2^17, r = 8, p = 1, about half a second and 128 MiB on a small laptop.
const SCRYPT_LOG_N: u8 = 17;
/// Files that ask for more than this are refused, so a planted file cannot stall the program.
const SCRYPT_MAX_LOG_N: u8 = 20;

/// How the identity is kept on disk.
pub enum Protection {
    /// Encrypted with a passphrase (age, scrypt with N = 2^17).
    Passphrase(SecretString),
    /// In the clear, readable by this user only: by explicit choice.
    None,
}

/// This device's keys, unlocked, and the heads it remembers. Cheap to clone.
#[derive(Clone)]
pub struct Device {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    seed: Secret,
    identity: x25519::Identity,
    view_key: Secret,
    /// One thread at a time changes the file of heads.
    memory: Mutex<()>,
}

/// Held as long as this process may write with the device's identity.
#[derive(Debug)]
pub(crate) struct WriteLock {
    _file: File,
}

impl Device {
    /// Makes a new identity in `folder`, which is made when absent.
    ///
    /// # Errors
    /// When there is one already, or the folder cannot be written.
    pub fn create(folder: &Path, protection: Protection) -> Result<Self> {
        make_private(folder)?;
        if Self::exists(folder) {
            return Err(Error::DeviceExists(folder.to_owned()));
        }
        let inner = Inner {
            folder: folder.to_owned(),
            seed: random_secret()?,
            identity: x25519::Identity::generate(),
            view_key: random_secret()?,
            memory: Mutex::new(()),
        };
        let plain = identity::encode(&inner.seed, &inner.identity, &inner.view_key);
        match protection {
            Protection::Passphrase(passphrase) => {
                let sealed = identity::protect(&plain, passphrase)?;
                write_file(folder, PROTECTED, &sealed)?;
            }
            Protection::None => write_file(folder, UNPROTECTED, &plain)?,
        }
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Opens the identity in `folder`. A passphrase that is not needed is not looked at.
    ///
    /// # Errors
    /// No identity, a passphrase needed, a wrong one, a damaged file.
    pub fn unlock(folder: &Path, passphrase: Option<SecretString>) -> Result<Self> {
        let (name, plain) = if Self::is_protected(folder)? {
            let passphrase = passphrase.ok_or(Error::PassphraseNeeded)?;
            let path = folder.join(PROTECTED);
            let sealed = read_file(&path, MAX_IDENTITY)?;
            (PROTECTED, identity::open(&path, &sealed, passphrase)?)
        } else {
            let plain = read_file(&folder.join(UNPROTECTED), MAX_IDENTITY)?;
            (UNPROTECTED, plain)
        };
        let (seed, identity, view_key) =
            identity::decode(&plain).ok_or_else(|| Error::DeviceDamaged {
                path: folder.join(name),
                why: "it does not hold an identity; restore it from a backup".to_owned(),
            })?;
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                seed,
                identity,
                view_key,
                memory: Mutex::new(()),
            }),
        })
    }

    /// Protects the identity in `folder` by another passphrase, or by a first one. Copies of the
    /// folder that were made before keep the passphrase they had.
    ///
    /// # Errors
    /// As [`Device::unlock`]; the folder cannot be written. The old passphrase holds then.
    pub fn change_passphrase(
        folder: &Path,
        old: Option<SecretString>,
        new: SecretString,
    ) -> Result<()> {
        let device = Self::unlock(folder, old)?;
        let inner = &device.inner;
        let plain = identity::encode(&inner.seed, &inner.identity, &inner.view_key);
        write_file(folder, PROTECTED, &identity::protect(&plain, new)?)?;
        let open = folder.join(UNPROTECTED);
        match fs::remove_file(&open) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(device_file("remove", &open, error))
            }
            _ => Ok(()),
        }
    }

    /// Whether `folder` holds an identity.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        folder.join(PROTECTED).exists() || folder.join(UNPROTECTED).exists()
    }

    /// Whether the identity in `folder` asks for a passphrase.
    ///
    /// # Errors
    /// No identity.
    pub fn is_protected(folder: &Path) -> Result<bool> {
        if folder.join(PROTECTED).exists() {
            Ok(true)
        } else if folder.join(UNPROTECTED).exists() {
            Ok(false)
        } else {
            Err(Error::NoDevice(folder.to_owned()))
        }
    }

    /// The folder; other crates may keep files of this device beside those of this one.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// The key that the views of this device are encrypted with: random, made with the identity.
    #[must_use]
    pub fn view_key(&self) -> Zeroizing<[u8; 32]> {
        self.inner.view_key.clone()
    }

    /// The age recipient that epoch keys are wrapped to.
    #[must_use]
    pub fn recipient(&self) -> String {
        self.inner.identity.to_public().to_string()
    }

    /// The verifier key line of this device's log in an archive: what a member needs, with
    /// [`Device::recipient`], to admit the device.
    #[must_use]
    pub fn vkey(&self, archive: ArchiveId) -> String {
        self.signer(archive).verifier_key().to_string()
    }

    /// Whose log this device writes in an archive.
    #[must_use]
    pub fn writer_id(&self, archive: ArchiveId) -> WriterId {
        writer_of(&self.vkey(archive))
    }

    /// The newest heads of an archive's logs that this device has seen.
    ///
    /// # Errors
    /// When the file that holds them is damaged.
    pub fn heads(&self, archive: ArchiveId) -> Result<Vec<Head>> {
        Ok(self.seen(archive)?.map_or_else(Vec::new, |seen| seen.heads))
    }

    /// Signs this device's log of an archive. The log's name tells archive and key, so that no
    /// checkpoint passes for one of another log.
    pub(crate) fn signer(&self, archive: ArchiveId) -> Signer {
        let named = |name: &str| {
            Signer::new(name, &self.inner.seed).expect("the name has no space or plus")
        };
        let unnamed = named("onrecord");
        let key = sha256(&[unnamed.verifier_key().public_key()]);
        named(&format!("onrecord/{archive}/{}", &key.to_string()[..16]))
    }

    pub(crate) fn recipient_id(&self) -> RecipientId {
        recipient_of(&self.recipient())
    }

    /// Opens an age file that is wrapped to this device.
    pub(crate) fn open_age(&self, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, age::DecryptError> {
        age::decrypt(&self.inner.identity, file).map(Zeroizing::new)
    }

    /// What this device remembers of an archive.
    pub(crate) fn seen(&self, archive: ArchiveId) -> Result<Option<Seen>> {
        let mut all = memory::load(&self.inner.folder, &self.memory_key())?;
        Ok(all.remove(&archive))
    }

    /// Remembers what was seen. Heads only ever grow here: an older one is passed over.
    pub(crate) fn remember(&self, archive: ArchiveId, seen: Seen) -> Result<()> {
        let _guard = self
            .inner
            .memory
            .lock()
            .unwrap_or_else(|held| held.into_inner());
        let key = self.memory_key();
        let mut all = memory::load(&self.inner.folder, &key)?;
        if memory::merge(&mut all, archive, seen) {
            memory::store(&self.inner.folder, &key, &all)?;
        }
        Ok(())
    }

    fn memory_key(&self) -> Secret {
        derive(&self.inner.seed, &[], &[b"onrecord/heads/v1"])
    }

    /// Takes the lock that lets one process write.
    pub(crate) fn lock(&self) -> Result<WriteLock> {
        let path = self.inner.folder.join(LOCK);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| device_file("open", &path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(Error::Locked(path)),
            Err(fs::TryLockError::Error(error)) => Err(device_file("lock", &path, error)),
        }
    }
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Device({})", self.inner.folder.display())
    }
}

/// The writer that a verifier key line belongs to.
pub(crate) fn writer_of(vkey: &str) -> WriterId {
    WriterId(first16(sha256(&[vkey.as_bytes()])))
}

/// The name of a recipient in object keys.
pub(crate) fn recipient_of(recipient: &str) -> RecipientId {
    RecipientId(first16(sha256(&[recipient.as_bytes()])))
}

fn device_file(action: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::DeviceFile {
        action,
        path: path.to_owned(),
        source,
    }
}

fn make_private(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| device_file("make", folder, error))
}

/// Reads a file of at most `limit` bytes.
fn read_file(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>> {
    let failed = |error| device_file("read", path, error);
    let mut bytes = Zeroizing::new(Vec::new());
    let file = File::open(path).map_err(failed)?;
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(Error::DeviceDamaged {
            path: path.to_owned(),
            why: format!("it has more than {limit} bytes; restore it from a backup"),
        });
    }
    Ok(bytes)
}

/// Replaces a file durably, readable by this user only.
fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    let staged = folder.join(format!(
        "{name}.{:016x}",
        u64::from_be_bytes(crypto::random()?)
    ));
    let written = write_new(&staged, bytes).and_then(|()| fs::rename(&staged, &path));
    if let Err(error) = written {
        let _ = fs::remove_file(&staged);
        return Err(device_file("write", &path, error));
    }
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| device_file("write", &path, error))?;
    Ok(())
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The secret part of an age identity, as text.
fn identity_text(identity: &x25519::Identity) -> Zeroizing<String> {
    Zeroizing::new(identity.to_string().expose_secret().to_owned())
}
