//! Opening what an entry holds: its body and its blobs.
//!
//! Invariant: a body is compared with the commitment in its entry, a blob with the digests in it.

use super::Archive;
use crate::crypto::{Secret, sha256};
use crate::error::Error;
use crate::keys::{KeyBundle, Keyring};
use crate::seal::{Unsealed, open_bytes};
use crate::{BlobReader, BundleId, Entry, KeyRef, Result, SealedBody};
use model::{Sha256Digest, SourceId};
use std::io::Read;
use std::sync::Arc;

/// Random bytes before a body, so that its commitment tells nothing about it.
pub(crate) const BODY_SALT: usize = 32;
/// Longest body in plain bytes (64 MiB): larger content is a blob.
pub(crate) const MAX_BODY: u64 = 64 << 20;

impl Archive {
    /// The plain body of an entry.
    ///
    /// # Errors
    /// No key, key destroyed, damaged.
    pub fn body(&self, entry: &Entry) -> Result<Vec<u8>> {
        let (Some(body), Some(commitment)) = (&entry.body, entry.commitment) else {
            return Err(Error::NotInEntry(entry.id, "body"));
        };
        let key = self.key_of(entry)?;
        let damaged = |why: String| Error::Damaged {
            object: format!("the body of entry {}", entry.id),
            why,
        };
        let mut plain = match body {
            SealedBody::Inline(sealed) => {
                open_bytes(&key, sealed).map_err(|error: Unsealed| damaged(error.to_string()))?
            }
            SealedBody::Parts(parts) => {
                let mut plain = Vec::new();
                let mut reader = BlobReader::open(self, parts.clone(), &key)?;
                let size = reader.plain_len();
                if size > MAX_BODY + BODY_SALT as u64 {
                    return Err(Error::TooLarge {
                        size,
                        limit: MAX_BODY,
                    });
                }
                let read = reader.read_to_end(&mut plain);
                read.map_err(|error| damaged(error.to_string()))?;
                plain
            }
        };
        if plain.len() < BODY_SALT || commit_to(&plain) != commitment {
            return Err(damaged("it is not what the entry commits to".to_owned()));
        }
        plain.drain(..BODY_SALT);
        Ok(plain)
    }

    /// A reader of the entry's blob number `n`, from 0.
    ///
    /// # Errors
    /// No such blob, no key, key destroyed, damaged.
    pub fn blob(&self, entry: &Entry, n: usize) -> Result<BlobReader> {
        let parts = entry
            .blobs
            .get(n)
            .ok_or(Error::NotInEntry(entry.id, "such blob"))?;
        BlobReader::open(self, parts.clone(), &self.key_of(entry)?)
    }

    /// The whole of the entry's blob number `n`, when it has at most `limit` bytes.
    ///
    /// # Errors
    /// As [`Archive::blob`], and [`Error::TooLarge`].
    pub fn blob_bytes(&self, entry: &Entry, n: usize, limit: u64) -> Result<Vec<u8>> {
        let mut reader = self.blob(entry, n)?;
        let size = reader.plain_len();
        if size > limit {
            return Err(Error::TooLarge { size, limit });
        }
        let mut bytes = Vec::with_capacity(size as usize);
        match reader.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Error::from_read(error)),
        }
    }

    /// The key that an entry's body and blobs are sealed with.
    pub(crate) fn key_of(&self, entry: &Entry) -> Result<Secret> {
        let (Some(key), Some(compartment)) = (entry.key, entry.compartment) else {
            return Err(Error::NotInEntry(entry.id, "key"));
        };
        let ring = self.ring().ok_or(Error::NoKey(compartment))?;
        match (key, entry.subject) {
            (KeyRef::Source(bundle), Some(source)) => self.source_key(bundle, source, &ring),
            (KeyRef::Source(_), None) => Err(Error::NotInEntry(entry.id, "subject")),
            (KeyRef::Epoch(epoch), _) => ring.general(compartment, epoch),
        }
    }

    pub(crate) fn source_key(
        &self,
        bundle: BundleId,
        source: SourceId,
        ring: &Keyring,
    ) -> Result<Secret> {
        let acknowledged = || {
            let named = self.sources().generations().get(&bundle).copied();
            named.unwrap_or(1)
        };
        let bundle: Arc<KeyBundle> = self.inner.bundles.get(bundle, acknowledged)?;
        bundle.unwrap(self.id(), ring, source)
    }
}

/// The commitment to a body: SHA-256 of a label, the salt and the body, the latter two as sealed.
pub(crate) fn commit_to(salted: &[u8]) -> Sha256Digest {
    sha256(&[b"onrecord/body/v1", salted])
}
