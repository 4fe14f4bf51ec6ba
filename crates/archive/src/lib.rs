//! The archive: a ledger that anyone can verify, blobs that only members can read.
//!
//! Which type do I start with?
//!
//! | to | use |
//! | --- | --- |
//! | say where an archive lies | [`Store`] |
//! | hold this device's keys | [`Device`] |
//! | make or open an archive | [`Archive::init`], [`Archive::open`], then [`Archive::unlock`] to read |
//! | put sources and entries on record | [`Archive::writer`] → [`Writer::commit`] → [`Commit::finish`] |
//! | fold the ledger into a view | [`Archive::entries`], [`Archive::body`], [`Archive::blob`] |
//! | know whether anything was changed | [`Archive::verify`], which needs no keys |
//! | hand someone a receipt | [`Archive::proof`] |
//! | destroy what a witness asks to destroy | [`Archive::erase`] |
//!
//! The layout is in `docs/formats/archive.md`; the logs are C2SP tlog-tiles ([`tlog`]).
//!
//! Architecture invariants: this is the only crate that writes to an archive. It knows no record
//! kinds beyond their bytes. Nothing in it assumes a folder: an archive is a [`Store`]. What a
//! [`Receipt`] names is durable; what no signed checkpoint covers was never acknowledged.

pub mod tlog;

mod archive;
mod blob;
mod commit;
mod crypto;
mod device;
mod entries;
mod entry;
mod erase;
mod error;
mod ids;
mod keys;
mod log;
mod pack;
mod seal;
mod store;
mod verify;
mod writer;

pub use age::secrecy::{ExposeSecret, SecretString};
pub use archive::{Archive, Head};
pub use blob::{BlobReader, BlobRef};
pub use commit::{Commit, Receipt};
pub use device::{Device, Protection};
pub use entries::{Entries, LogEntry, Position};
pub use entry::{
    Entry, EntryError, EntryKind, Erased, Hlc, KeyRef, MAX_ENTRY, MAX_SEGMENT, Membership, Part,
    SealedBody, SeenHead, WrappedEpoch,
};
pub use error::Error;
pub use ids::{ArchiveId, BundleId, EntryId, NameError, RecipientId, WriterId};
pub use store::Store;
pub use verify::{Finding, Progress, Severity, VerifyOptions, VerifyReport};
pub use writer::{Recovery, Writer};

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;
