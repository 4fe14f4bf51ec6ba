//! An entry of the ledger: what stands in the clear, and how it is written.
//!
//! Invariant: an entry has exactly one encoding (deterministic CBOR, RFC 8949 section 4.2:
//! integer keys ascending, shortest forms, definite lengths); [`Entry::decode`] refuses any other.
//! The bytes as stored are the leaf of the log; nothing signs a re-encoding.

use crate::ids::{BundleId, EntryId, WriterId};
use crate::tlog::Hash;
use model::{Compartment, Sha256Digest, SourceId};

mod codec;

pub(crate) use codec::{array_of, compartment_code, definite, fixed, read_compartment};

pub use codec::EntryError;

/// Longest entry in bytes: what a tlog-tiles entry bundle can hold.
pub const MAX_ENTRY: usize = 65_535;

/// Longest segment in bytes (32 MiB).
pub const MAX_SEGMENT: u64 = 32 << 20;

/// The coarse kind of an entry; all that a reader without keys learns of its meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EntryKind {
    /// The first entry of an archive: its first writer and member.
    Genesis,
    /// A source was collected.
    Source,
    /// A reader turned an original into text, or failed to.
    Reading,
    /// An extractor proposed records.
    Proposals,
    /// A person decided about a record.
    Decision,
    /// A writer and member was admitted.
    Member,
    /// The heads of the other logs as this writer last saw them.
    Heads,
    /// A source's key was destroyed.
    Erasure,
    /// Anything else a person or program put on record.
    Note,
    /// A person judged whether records are about the same, or saw an alert.
    Judgement,
    /// Something was done to an account of a server: somebody was invited, got another role …
    Account,
    /// A kind that this version does not know; it is kept and verified like any other.
    Other(u64),
}

impl EntryKind {
    /// The number that stands for the kind in an entry.
    #[must_use]
    pub fn code(self) -> u64 {
        match self {
            Self::Genesis => 0,
            Self::Source => 1,
            Self::Reading => 2,
            Self::Proposals => 3,
            Self::Decision => 4,
            Self::Member => 5,
            Self::Heads => 6,
            Self::Erasure => 7,
            Self::Note => 8,
            Self::Judgement => 9,
            Self::Account => 10,
            Self::Other(code) => code,
        }
    }

    /// The kind with this number.
    #[must_use]
    pub fn from_code(code: u64) -> Self {
        match code {
            0 => Self::Genesis,
            1 => Self::Source,
            2 => Self::Reading,
            3 => Self::Proposals,
            4 => Self::Decision,
            5 => Self::Member,
            6 => Self::Heads,
            7 => Self::Erasure,
            8 => Self::Note,
            9 => Self::Judgement,
            10 => Self::Account,
            other => Self::Other(other),
        }
    }
}

/// A hybrid logical clock: later than everything its writer had seen when it wrote, and as near
/// to the device's clock as that allows. Orders the entries of all logs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Hlc {
    /// Milliseconds since 1970, UTC; below 2^48.
    pub milliseconds: u64,
    /// Counts entries within one millisecond, and while the device's clock stands behind.
    pub counter: u32,
}

/// A stretch of a segment that holds one sealed stream, or a piece of one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Part {
    /// SHA-256 of the whole segment: its name.
    pub segment: Sha256Digest,
    /// First byte within the segment.
    pub offset: u32,
    /// Bytes; at least 1.
    pub length: u32,
    /// SHA-256 of this stretch: proves it when the rest of the segment is damaged.
    pub digest: Sha256Digest,
}

/// The key that an entry's body and blobs are sealed with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyRef {
    /// The subject's source key, wrapped in this bundle.
    Source(BundleId),
    /// A key derived from this epoch key of the compartment, for entries about no single source.
    Epoch(u32),
}

/// Where the sealed body of an entry is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SealedBody {
    /// In the entry.
    Inline(Vec<u8>),
    /// In segments, because it would not fit.
    Parts(Vec<Part>),
}

/// Who was admitted: a key that may sign a log, a key that epoch keys are wrapped to, and the
/// digests of those wrapped keys, which bind them to the signed log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// Verifier key line of the log (C2SP signed-note).
    pub vkey: String,
    /// age recipient.
    pub recipient: String,
    /// Compartment, epoch and SHA-256 of the age file, ascending.
    pub keys: Vec<WrappedEpoch>,
}

/// One epoch key wrapped to one member.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WrappedEpoch {
    /// Whose key.
    pub compartment: Compartment,
    /// Which generation of it, from 1.
    pub epoch: u32,
    /// SHA-256 of the age file.
    pub digest: Sha256Digest,
}

/// The head of another log as it was seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SeenHead {
    /// Whose log.
    pub writer: WriterId,
    /// Entries in it.
    pub size: u64,
    /// Root of its tree.
    pub root: Hash,
}

/// What replaced a key bundle when a source's key was destroyed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Erased {
    /// The bundle that held the key.
    pub bundle: BundleId,
    /// The generation of the bundle that no longer holds it.
    pub generation: u32,
    /// SHA-256 of that generation.
    pub digest: Sha256Digest,
}

/// One entry of a log, as decoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Random; unique in the archive.
    pub id: EntryId,
    /// Coarse kind.
    pub kind: EntryKind,
    /// The writer whose log this entry belongs to.
    pub author: WriterId,
    /// The device's clock, milliseconds since 1970, UTC: what the device said, not what is proven.
    pub clock: u64,
    /// Place in the order of all logs.
    pub hlc: Hlc,
    /// The source that the entry is about.
    pub subject: Option<SourceId>,
    /// Whose members may read it.
    pub compartment: Option<Compartment>,
    /// What it is sealed with.
    pub key: Option<KeyRef>,
    /// SHA-256 of the wrapped source key; in the entry that introduces a source.
    pub wrapped: Option<Sha256Digest>,
    /// The blobs that it names, each in the order of its parts.
    pub blobs: Vec<Vec<Part>>,
    /// The sealed body.
    pub body: Option<SealedBody>,
    /// Salted commitment to the body, to prove it to someone without giving them the key.
    pub commitment: Option<Sha256Digest>,
    /// In entries of kind genesis and member.
    pub membership: Option<Membership>,
    /// In entries of kind heads.
    pub heads: Vec<SeenHead>,
    /// In entries of kind erasure.
    pub erased: Option<Erased>,
}

impl Entry {
    /// All parts that the entry names: those of its blobs, then those of its body.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        let body = match &self.body {
            Some(SealedBody::Parts(parts)) => parts.as_slice(),
            _ => &[],
        };
        self.blobs.iter().flatten().chain(body)
    }
}

#[cfg(test)]
mod tests;
