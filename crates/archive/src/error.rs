//! What can go wrong, in the words a user needs: what happened, what it means, what to do.
//!
//! Which function returns what: [`Store`](crate::Store) functions return [`Error::Storage`] and
//! [`Error::Conflict`]; [`Device`](crate::Device) functions the `Device*`, `Passphrase*` and
//! `Locked*` kinds; reading a body or blob [`Error::NoKey`], [`Error::Erased`] or
//! [`Error::Damaged`]; [`Archive::writer`](crate::Archive::writer) [`Error::HistoryRemoved`].

use crate::ids::{EntryId, WriterId};
use model::{Compartment, SourceId};
use std::path::PathBuf;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no `onrecord.json`.
    #[error("{0} is not an archive: it has no onrecord.json; make one with `onrecord init`")]
    NotAnArchive(String),
    /// There is an `onrecord.json`.
    #[error("{0} is an archive already; nothing was changed")]
    AlreadyAnArchive(String),
    /// A format that came later.
    #[error(
        "the archive is of format {found}, this program knows format {known}; a newer version of onrecord opens it"
    )]
    NewerFormat {
        /// Format number in `onrecord.json`.
        found: u64,
        /// Newest format that this program knows.
        known: u64,
    },
    /// The store cannot do what an archive relies on.
    #[error("{place} cannot hold an archive: {why}")]
    Unsuitable {
        /// The store.
        place: String,
        /// What it lacks, and what to do.
        why: String,
    },
    /// The store failed.
    #[error("could not {action} {object}: {why}")]
    Storage {
        /// What was tried.
        action: &'static str,
        /// On which object.
        object: String,
        /// What the store said.
        why: String,
        /// Whether the cause was a full disk.
        full: bool,
    },
    /// There is no such object.
    #[error("{0} is missing from the archive; run `onrecord verify` to see what that touches")]
    Missing(String),
    /// An object exists already with other bytes.
    #[error(
        "{0} exists already with other content: something else writes to this log; nothing was overwritten"
    )]
    Conflict(String),
    /// An object is not what the signed log says it is.
    #[error("{object} is damaged: {why}; run `onrecord verify` to see what that touches")]
    Damaged {
        /// The object.
        object: String,
        /// How that is known.
        why: String,
    },
    /// The log is shorter than, or different from, what this device saw before.
    #[error(
        "history was removed: this device saw {seen_size} entries (root {seen_root}) in the log of {writer}, now there are {found_size} (root {found_root}); restore the newer copy before writing"
    )]
    HistoryRemoved {
        /// Whose log.
        writer: WriterId,
        /// Entries seen before.
        seen_size: u64,
        /// Root seen before, base64.
        seen_root: String,
        /// Entries now.
        found_size: u64,
        /// Root now, base64; of the size seen before where both are that long.
        found_root: String,
    },
    /// The archive is not the one this device knows under that id.
    #[error(
        "the archive names another first writer than this device knows; it is not the archive that it says it is"
    )]
    OtherGenesis,
    /// No key for this compartment.
    #[error("this device holds no key to what is {}; unlock it, or ask a member to admit it", .0.name())]
    NoKey(Compartment),
    /// The source's key was destroyed.
    #[error("the key of source {0} was destroyed; its content cannot be read by anyone")]
    Erased(SourceId),
    /// No entry introduces this source.
    #[error("the archive has no source {0}")]
    NoSuchSource(SourceId),
    /// The log has no such entry.
    #[error("the log of {writer} has no entry {index}")]
    NoSuchEntry {
        /// Whose log.
        writer: WriterId,
        /// Index from 0.
        index: u64,
    },
    /// The entry has no body, or no such blob.
    #[error("entry {0} has no {1}")]
    NotInEntry(EntryId, &'static str),
    /// More than was asked for.
    #[error("the blob has {size} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Plain bytes.
        size: u64,
        /// The caller's limit.
        limit: u64,
    },
    /// More than an entry can hold.
    #[error(
        "the entry would have {0} bytes, 65535 is the most: it names too many or too large blobs; split it"
    )]
    EntryTooLong(usize),
    /// The device folder has no identity.
    #[error("{0} holds no device identity; `onrecord init` makes one")]
    NoDevice(PathBuf),
    /// The device folder has an identity already.
    #[error("{0} holds a device identity already; nothing was changed")]
    DeviceExists(PathBuf),
    /// A file of the device folder is not readable.
    #[error("{path} is damaged: {why}")]
    DeviceDamaged {
        /// The file.
        path: PathBuf,
        /// How that is known, and what to do.
        why: String,
    },
    /// A file of the device folder could not be read or written.
    #[error("could not {action} {path}: {source}")]
    DeviceFile {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The identity asks for a passphrase.
    #[error("the device identity is protected by a passphrase; none was given")]
    PassphraseNeeded,
    /// It does not open with this one.
    #[error("wrong passphrase; the device identity stays locked")]
    WrongPassphrase,
    /// Somebody else writes.
    #[error("another process writes with this device identity (lock {0}); wait for it to end")]
    Locked(PathBuf),
    /// The device is no writer of this archive.
    #[error(
        "this device ({0}) was not admitted to the archive; a member admits it with its key line and recipient"
    )]
    NotAdmitted(WriterId),
    /// A name or key that was given is not one.
    #[error("{what} is not valid: {why}")]
    Invalid {
        /// What was given.
        what: &'static str,
        /// Why not.
        why: String,
    },
    /// Reading the bytes to be put on record failed.
    #[error("could not read the bytes to put on record: {0}; nothing of this source was kept")]
    Input(#[source] std::io::Error),
    /// The clock of the log cannot advance.
    #[error(
        "the log's clock stands at the end of its range; an entry with an impossible time was admitted"
    )]
    ClockExhausted,
    /// The operating system gave no random bytes.
    #[error("the operating system gives no random bytes; without them nothing can be sealed")]
    NoRandomness,
    /// The writer failed before and must be opened again.
    #[error(
        "an earlier commit of this writer failed; what it had acknowledged is safe, open the writer again to continue"
    )]
    Broken,
}

impl Error {
    /// What is wrong with the object, for where its key is named already.
    pub(crate) fn about_object(&self) -> String {
        match self {
            Self::Missing(_) => "it is missing".to_owned(),
            Self::Damaged { why, .. } => why.clone(),
            other => other.to_string(),
        }
    }

    /// The error behind one that came out of a reader of ours.
    pub(crate) fn from_read(error: std::io::Error) -> Self {
        error.downcast::<Self>().unwrap_or_else(Self::Input)
    }
}
