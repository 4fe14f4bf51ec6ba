//! Checkpoints: the signed statement "this log has so many entries and this root".
//!
//! Invariant: a [`Checkpoint`] that came from [`Checkpoint::open`] was signed by a key that bears
//! the log's name. A log must never sign two that contradict each other (C2SP tlog-checkpoint).

use std::fmt;

use super::hash::Hash;
use super::key::{Signer, VerifierKey};
use super::merkle::{MAX_TREE_SIZE, MerkleError, check_size};
use super::note::{Note, NoteError, sign_note};

/// Size and root of a log at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name; also the name of the key that signs.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the Merkle tree over them.
    pub root: Hash,
    /// Lines that other software has added. onrecord writes none; a monitor cannot audit them.
    pub extensions: Vec<String>,
}

/// Why a checkpoint is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it is malformed or not signed as required.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The claimed size is impossible.
    #[error(transparent)]
    Size(#[from] MerkleError),
    /// The text is not a checkpoint.
    #[error("not a checkpoint: {0}; it was damaged or is something else")]
    Malformed(&'static str),
    /// The checkpoint is of another log.
    #[error("this is the checkpoint of the log {found:?} and not of {expected:?}")]
    OtherLog {
        /// The log asked for.
        expected: String,
        /// The log it is of.
        found: String,
    },
}

impl Checkpoint {
    /// The checkpoint of the log `origin` at this size and root.
    ///
    /// # Errors
    /// When the origin is empty or has control characters, or the size is impossible.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Checkpoint, CheckpointError> {
        check_size(size)?;
        check_line(origin)?;
        Ok(Checkpoint {
            origin: origin.to_owned(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// The signed note of this checkpoint, as stored and handed out.
    ///
    /// # Errors
    /// When the signer bears another name than the log, or a public field was given a value that
    /// cannot stand in a checkpoint.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        if signer.name() != self.origin {
            return Err(CheckpointError::OtherLog {
                expected: signer.name().to_owned(),
                found: self.origin.clone(),
            });
        }
        // The fields are public: what would not be read again must not be signed.
        check_size(self.size)?;
        std::iter::once(&self.origin)
            .chain(&self.extensions)
            .try_for_each(|line| check_line(line))?;
        Ok(sign_note(&self.to_string(), &[signer])?)
    }

    /// Opens the signed checkpoint of the log `origin`. Of `keys` only those that bear the log's
    /// name are considered, so a witness can never stand in for the log.
    ///
    /// # Errors
    /// When the note is malformed, not signed by such a key, or is the checkpoint of another log.
    pub fn open(
        signed: &[u8],
        origin: &str,
        keys: &[VerifierKey],
    ) -> Result<Checkpoint, CheckpointError> {
        let keys: Vec<VerifierKey> = keys
            .iter()
            .filter(|key| key.name() == origin)
            .cloned()
            .collect();
        let note = Note::parse(signed)?;
        let checkpoint = Checkpoint::parse(note.verify(&keys)?)?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::OtherLog {
                expected: origin.to_owned(),
                found: checkpoint.origin,
            });
        }
        Ok(checkpoint)
    }

    /// Reads the text of a checkpoint, without its signatures.
    ///
    /// # Errors
    /// When the text is not exactly what a checkpoint looks like.
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        let text = text
            .strip_suffix('\n')
            .ok_or(malformed("the last line has no end"))?;
        let mut lines = text.split('\n');
        let mut next = || {
            lines
                .next()
                .ok_or(malformed("it has fewer than three lines"))
        };
        let (origin, size, root) = (next()?, next()?, next()?);
        let size = parse_decimal(size).ok_or(malformed("the second line is not a size"))?;
        let root = root
            .parse()
            .map_err(|_| malformed("the third line is not a root hash"))?;
        let mut checkpoint = Checkpoint::new(origin, size, root)?;
        for line in lines {
            check_line(line)?;
            checkpoint.extensions.push(line.to_owned());
        }
        Ok(checkpoint)
    }
}

impl fmt::Display for Checkpoint {
    /// The text of the checkpoint, without signatures.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn check_line(line: &str) -> Result<(), CheckpointError> {
    if line.is_empty() {
        return Err(CheckpointError::Malformed("a line is empty"));
    }
    if line.bytes().any(|byte| byte < b' ') {
        return Err(CheckpointError::Malformed("it holds a control character"));
    }
    Ok(())
}

/// A number from 0 to [`MAX_TREE_SIZE`] in decimal digits, without sign or leading zeros.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let canonical =
        text == "0" || (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()));
    if !canonical {
        return None;
    }
    text.parse().ok().filter(|number| *number <= MAX_TREE_SIZE)
}
