//! A group of entries that become durable together.
use crate::tlog::Hash;
use crate::{BlobRef, Entry, EntryId, EntryKind, Result, WriterId};
use model::{Compartment, SourceId};
use std::io::Read;

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
}

/// A commit in the making. Dropped without [`Commit::finish`], nothing of it is on record.
pub struct Commit<'w> {
    _w: &'w (),
}

impl Commit<'_> {
    /// Makes a source: an id and a random key, wrapped for the members of the compartment. The
    /// first entry about it must be of kind [`EntryKind::Source`].
    ///
    /// # Errors
    /// No key for that compartment.
    pub fn new_source(&mut self, compartment: Compartment) -> Result<SourceId> {
        let _ = compartment;
        todo!()
    }
    /// Makes the key of a source that is on record usable in this commit, from any entry about it
    /// (saves a search through the log).
    ///
    /// # Errors
    /// No key, key destroyed, damaged.
    pub fn use_source(&mut self, entry: &Entry) -> Result<SourceId> {
        let _ = entry;
        todo!()
    }
    /// Seals the bytes with the source's key and puts them away; memory stays bounded.
    ///
    /// # Errors
    /// When reading or storing fails. The commit stays usable after a failed read.
    pub fn blob(&mut self, source: SourceId, bytes: impl Read) -> Result<BlobRef> {
        let _ = (source, bytes);
        todo!()
    }
    /// Adds an entry about a source. A body that does not fit is put away like a blob.
    ///
    /// # Errors
    /// No such source, key destroyed, too many parts.
    pub fn entry(
        &mut self,
        kind: EntryKind,
        source: SourceId,
        body: &[u8],
        blobs: &[BlobRef],
    ) -> Result<EntryId> {
        let _ = (kind, source, body, blobs);
        todo!()
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
        let _ = (kind, compartment, body);
        todo!()
    }
    /// Entries added so far.
    #[must_use]
    pub fn len(&self) -> usize {
        todo!()
    }
    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        todo!()
    }
    /// Makes everything durable and signs. When this returns `Ok`, it is on record.
    ///
    /// # Errors
    /// When anything could not be stored; then nothing of the commit was acknowledged.
    pub fn finish(self) -> Result<Receipt> {
        todo!()
    }
}
