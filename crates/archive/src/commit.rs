//! A group of entries that become durable together.
//!
//! Invariant: the signed checkpoint is put after everything that it covers is durable, so a
//! commit is on record as a whole or not at all. What is put before it (segments, key bundle,
//! entry bundles, tiles) goes in any order and at once: until the checkpoint, nobody reads it.

use crate::archive::{BODY_SALT, MAX_BODY, commit_to};
use crate::blob::BlobRef;
use crate::crypto::{Hasher, Secret, fill, random, random_secret};
use crate::error::Error;
use crate::keys::KeyBundle;
use crate::pack::{PackedPart, Packer};
use crate::seal::{seal_bytes, seal_stream};
use crate::store::Object;
use crate::tlog::Hash;
use crate::{BundleId, Entry, EntryId, EntryKind, Hlc, KeyRef, Result, Writer, WriterId};
use bytes::Bytes;
use model::{Compartment, Sha256Digest, SourceId};
use std::collections::BTreeMap;
use std::io::Read;

mod draft;

use draft::Stamp;
pub(crate) use draft::{Draft, DraftBody};

/// Longest body, in plain bytes, that stands in its entry. Entries are written again with each
/// commit until their bundle of 256 is full; what is larger goes into a segment.
const MAX_INLINE: usize = 4096;

/// The acknowledgement: everything that it covers is durable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Whose log.
    pub writer: WriterId,
    /// Index of the first entry of the commit.
    pub first_index: u64,
    /// Entries in the log now.
    pub size: u64,
    /// Root of its tree now.
    pub root: Hash,
    /// Why this device could not write down the new head, by which it would notice that history
    /// was removed. The entries are on record all the same.
    pub not_remembered: Option<String>,
}

/// A commit in the making. Dropped without [`Commit::finish`], nothing of it is on record.
pub struct Commit<'w> {
    writer: &'w mut Writer,
    pack: Packer,
    blobs: Vec<Vec<PackedPart>>,
    drafts: Vec<(Stamp, Draft)>,
    bundle: KeyBundle,
    sources: BTreeMap<SourceId, Known>,
    /// Milliseconds and counter of the last id that was made.
    last_id: Option<(u64, u16)>,
    /// Objects that must be durable with the commit: wrapped keys.
    extra: Vec<Object>,
}

/// A source whose key this commit may use.
struct Known {
    bundle: BundleId,
    compartment: Compartment,
    key: Secret,
    /// Whether the entry that introduces it is still to come.
    is_new: bool,
}

impl<'w> Commit<'w> {
    pub(crate) fn new(writer: &'w mut Writer) -> Result<Self> {
        Ok(Self {
            pack: Packer::new(writer.store().clone()),
            writer,
            blobs: Vec::new(),
            drafts: Vec::new(),
            bundle: KeyBundle::new()?,
            sources: BTreeMap::new(),
            last_id: None,
            extra: Vec::new(),
        })
    }

    /// Ids of one commit ascend in the order in which its sources were made: a counter takes the
    /// twelve bits behind the milliseconds (RFC 9562, section 6.2, method 1).
    fn next_id(&mut self) -> Result<SourceId> {
        let now = self.writer.now();
        let (milliseconds, count) = match self.last_id {
            Some((last, 0xfff)) if now <= last => (last + 1, 0),
            Some((last, count)) if now <= last => (last, count + 1),
            _ => (now, 0),
        };
        self.last_id = Some((milliseconds, count));
        let mut entropy: [u8; 10] = random()?;
        entropy[..2].copy_from_slice(&count.to_be_bytes());
        Ok(SourceId::new(milliseconds, entropy))
    }

    /// Makes a source: an id and a random key, wrapped for the members of the compartment. The
    /// first entry about it must be of kind [`EntryKind::Source`].
    ///
    /// # Errors
    /// No key for that compartment.
    pub fn new_source(&mut self, compartment: Compartment) -> Result<SourceId> {
        let ring = self.writer.ring()?;
        let source = self.next_id()?;
        let key = random_secret()?;
        self.bundle
            .wrap(self.writer.archive_id(), &ring, source, compartment, &key)?;
        let known = Known {
            bundle: self.bundle.id,
            compartment,
            key,
            is_new: true,
        };
        self.sources.insert(source, known);
        Ok(source)
    }

    /// Makes the key of a source that is on record usable in this commit, from any entry about it
    /// that is sealed with its key. Saves a search through the logs.
    ///
    /// # Errors
    /// No key, key destroyed, damaged.
    pub fn use_source(&mut self, entry: &Entry) -> Result<SourceId> {
        let (Some(source), Some(KeyRef::Source(bundle)), Some(compartment)) =
            (entry.subject, entry.key, entry.compartment)
        else {
            return Err(Error::NotInEntry(entry.id, "source key"));
        };
        self.learn(source, bundle, compartment)?;
        Ok(source)
    }

    fn learn(&mut self, source: SourceId, bundle: BundleId, to: Compartment) -> Result<()> {
        let ring = self.writer.ring()?;
        let key = self.writer.archive().source_key(bundle, source, &ring)?;
        let known = Known {
            bundle,
            compartment: to,
            key,
            is_new: false,
        };
        self.sources.entry(source).or_insert(known);
        Ok(())
    }

    /// The source, looked up in the logs when this commit does not know it yet.
    fn known(&mut self, source: SourceId) -> Result<&mut Known> {
        if !self.sources.contains_key(&source) {
            let (introduced, erased) = {
                let sources = self.writer.archive().sources();
                (sources.get(source), sources.is_erased(source))
            };
            if erased {
                return Err(Error::Erased(source));
            }
            let introduced = introduced.ok_or(Error::NoSuchSource(source))?;
            self.learn(source, introduced.bundle, introduced.compartment)?;
        }
        Ok(self
            .sources
            .get_mut(&source)
            .expect("it was just looked up"))
    }

    /// Seals the bytes with the source's key and puts them away; memory stays bounded.
    ///
    /// # Errors
    /// When reading or storing fails. After [`Error::Input`] the commit is as it was before.
    pub fn blob(&mut self, source: SourceId, bytes: impl Read) -> Result<BlobRef> {
        let key = self.known(source)?.key.clone();
        self.seal_blob(&key, bytes)
    }

    fn seal_blob(&mut self, key: &Secret, bytes: impl Read) -> Result<BlobRef> {
        let pack = &mut self.pack;
        pack.begin();
        let mut hasher = Hasher::new();
        let sealed = seal_stream(
            key,
            bytes,
            |out| pack.write(out),
            |plain| hasher.update(plain),
        );
        let plain_len = match sealed {
            Ok(plain_len) => plain_len,
            Err(error) => {
                pack.cancel();
                return Err(error);
            }
        };
        self.blobs.push(pack.end());
        Ok(BlobRef {
            commit: self.bundle.id,
            index: self.blobs.len() - 1,
            plain_len,
            plain_sha256: hasher.finish(),
        })
    }

    /// Adds an entry about a source, sealed with its key. A body that is too large to stand in
    /// the entry is put away like a blob.
    ///
    /// # Errors
    /// No such source, key destroyed, too many parts; a source introduced twice or not at all.
    pub fn entry(
        &mut self,
        kind: EntryKind,
        source: SourceId,
        body: &[u8],
        blobs: &[BlobRef],
    ) -> Result<EntryId> {
        if blobs.iter().any(|blob| blob.commit != self.bundle.id) {
            return Err(Error::Invalid {
                what: "the blob",
                why: "it is not of this commit".to_owned(),
            });
        }
        let introduces = kind == EntryKind::Source;
        let known = self.known(source)?;
        if known.is_new != introduces {
            return Err(Error::Invalid {
                what: "the entry",
                why: "a source is introduced by its first entry, and by no other".to_owned(),
            });
        }
        let (key, compartment, bundle) = (known.key.clone(), known.compartment, known.bundle);
        let (body, commitment) = self.seal_body(&key, body)?;
        let id = self.push(Draft {
            subject: Some(source),
            compartment: Some(compartment),
            key: Some(KeyRef::Source(bundle)),
            wrapped: if introduces {
                self.bundle.digest(source)
            } else {
                None
            },
            blobs: blobs.iter().map(|blob| blob.index).collect(),
            body: Some(body),
            commitment: Some(commitment),
            ..Draft::new(kind)
        })?;
        self.known(source)?.is_new = false;
        Ok(id)
    }

    /// Adds an entry about no single source, sealed for the members of the compartment.
    ///
    /// # Errors
    /// No key for that compartment.
    pub fn general_entry(
        &mut self,
        kind: EntryKind,
        compartment: Compartment,
        body: &[u8],
    ) -> Result<EntryId> {
        self.sealed_for(compartment, body, Draft::new(kind))
    }

    /// An entry sealed for a compartment, with more fields.
    pub(crate) fn sealed_for(
        &mut self,
        compartment: Compartment,
        body: &[u8],
        draft: Draft,
    ) -> Result<EntryId> {
        let ring = self.writer.ring()?;
        let (epoch, _) = ring.newest(compartment)?;
        let key = ring.general(compartment, epoch)?;
        let (body, commitment) = self.seal_body(&key, body)?;
        self.push(Draft {
            compartment: Some(compartment),
            key: Some(KeyRef::Epoch(epoch)),
            body: Some(body),
            commitment: Some(commitment),
            ..draft
        })
    }

    fn seal_body(&mut self, key: &Secret, body: &[u8]) -> Result<(DraftBody, Sha256Digest)> {
        let size = body.len() as u64;
        if size > MAX_BODY {
            return Err(Error::TooLarge {
                size,
                limit: MAX_BODY,
            });
        }
        let mut salted = vec![0; BODY_SALT];
        fill(&mut salted)?;
        salted.extend_from_slice(body);
        let commitment = commit_to(&salted);
        let sealed = if body.len() <= MAX_INLINE {
            DraftBody::Inline(seal_bytes(key, &salted)?)
        } else {
            DraftBody::Blob(self.seal_blob(key, salted.as_slice())?.index)
        };
        Ok((sealed, commitment))
    }

    /// Adds an entry as drafted.
    pub(crate) fn push(&mut self, draft: Draft) -> Result<EntryId> {
        let id = EntryId(random()?);
        // Digests of segments have one length, whatever they will be: the entry's is known now.
        let unnamed = |_| Sha256Digest([0; 32]);
        let longest = Hlc {
            milliseconds: u64::MAX >> 16,
            counter: u32::MAX,
        };
        let mut stamp = Stamp {
            id,
            author: self.writer.id(),
            clock: u64::MAX,
            hlc: longest,
        };
        let entry = draft.resolve(stamp, &self.blobs, unnamed)?;
        entry.encode().map_err(too_long)?;
        (stamp.clock, stamp.hlc) = self.writer.tick()?;
        self.drafts.push((stamp, draft));
        Ok(id)
    }

    /// Puts an object with the commit.
    pub(crate) fn with_object(&mut self, key: String, bytes: Bytes) {
        self.extra.push((key, bytes));
    }

    /// Entries added so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// Makes everything durable and signs. When this returns `Ok`, it is on record.
    ///
    /// # Errors
    /// When anything could not be stored; then nothing of the commit was acknowledged, and the
    /// writer moves aside what there is of it before its next commit.
    pub fn finish(mut self) -> Result<Receipt> {
        if self.drafts.is_empty() {
            return Ok(self.writer.receipt());
        }
        if let Some(draft) = self.writer.heads_to_tell() {
            self.push(draft)?;
        }
        let (segments, last) = self.pack.finish()?;
        let mut objects = std::mem::take(&mut self.extra);
        objects.extend(last);
        // A source that no entry introduces leaves no key behind.
        let (bundle, sources) = (&self.bundle, &self.sources);
        let bundle = bundle.without(1, |source| {
            sources.get(&source).is_some_and(|known| known.is_new)
        });
        if !bundle.is_empty() {
            objects.push((bundle.object(), Bytes::from(bundle.encode())));
        }
        let mut leaves = Vec::with_capacity(self.drafts.len());
        for (stamp, draft) in &self.drafts {
            let entry = draft.resolve(*stamp, &self.blobs, |segment| segments[segment])?;
            leaves.push(entry.encode().map_err(too_long)?);
        }
        self.writer.append(leaves, objects)
    }
}

fn too_long(error: crate::EntryError) -> Error {
    match error {
        crate::EntryError::TooLong(bytes) => Error::EntryTooLong(bytes),
        other => Error::Invalid {
            what: "the entry",
            why: other.to_string(),
        },
    }
}
