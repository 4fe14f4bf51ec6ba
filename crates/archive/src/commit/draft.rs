//! Entries of a commit whose segments have no names yet.

use crate::error::Error;
use crate::pack::PackedPart;
use crate::{
    Entry, EntryId, EntryKind, Erased, Hlc, KeyRef, Membership, Part, Result, SealedBody, SeenHead,
    WriterId,
};
use model::{Compartment, Sha256Digest, SourceId};

/// What an entry will say; see [`Entry`].
#[derive(Clone)]
pub(crate) struct Draft {
    pub kind: EntryKind,
    pub subject: Option<SourceId>,
    pub compartment: Option<Compartment>,
    pub key: Option<KeyRef>,
    pub wrapped: Option<Sha256Digest>,
    /// Numbers of blobs of the commit.
    pub blobs: Vec<usize>,
    pub body: Option<DraftBody>,
    pub commitment: Option<Sha256Digest>,
    pub membership: Option<Membership>,
    pub heads: Vec<SeenHead>,
    pub erased: Option<Erased>,
}

/// A sealed body, or the number of the blob that it was put away as.
#[derive(Clone)]
pub(crate) enum DraftBody {
    Inline(Vec<u8>),
    Blob(usize),
}

/// What is known of an entry before its segments are named.
#[derive(Clone, Copy)]
pub(crate) struct Stamp {
    pub id: EntryId,
    pub author: WriterId,
    pub clock: u64,
    pub hlc: Hlc,
}

impl Draft {
    pub(crate) fn new(kind: EntryKind) -> Self {
        Self {
            kind,
            subject: None,
            compartment: None,
            key: None,
            wrapped: None,
            blobs: Vec::new(),
            body: None,
            commitment: None,
            membership: None,
            heads: Vec::new(),
            erased: None,
        }
    }

    /// The entry, when `name` gives the digests of the segments.
    pub(super) fn resolve(
        &self,
        stamp: Stamp,
        blobs: &[Vec<PackedPart>],
        name: impl Fn(usize) -> Sha256Digest,
    ) -> Result<Entry> {
        let parts = |blob: usize| -> Result<Vec<Part>> {
            let packed = blobs.get(blob).ok_or_else(|| Error::Invalid {
                what: "the blob",
                why: "it is not of this commit".to_owned(),
            })?;
            let part = |part: &PackedPart| Part {
                segment: name(part.segment),
                offset: part.offset,
                length: part.length,
                digest: part.digest,
            };
            Ok(packed.iter().map(part).collect())
        };
        let body = match &self.body {
            Some(DraftBody::Inline(sealed)) => Some(SealedBody::Inline(sealed.clone())),
            Some(DraftBody::Blob(blob)) => Some(SealedBody::Parts(parts(*blob)?)),
            None => None,
        };
        let blobs: Result<_> = self.blobs.iter().map(|blob| parts(*blob)).collect();
        Ok(Entry {
            id: stamp.id,
            kind: self.kind,
            author: stamp.author,
            clock: stamp.clock,
            hlc: stamp.hlc,
            subject: self.subject,
            compartment: self.compartment,
            key: self.key,
            wrapped: self.wrapped,
            blobs: blobs?,
            body,
            commitment: self.commitment,
            membership: self.membership.clone(),
            heads: self.heads.clone(),
            erased: self.erased,
        })
    }
}
