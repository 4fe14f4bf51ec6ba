//! Receipts: one text file that proves, offline and for ever, that an entry is in a log.
//!
//! It holds the entry's number, the hashes to the root, and the signed checkpoint (C2SP
//! tlog-proof). Invariant: nothing in it is believed before the checkpoint's signature and the
//! hashes check; the `extra` line is covered by neither and never believed.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::checkpoint::{Checkpoint, CheckpointError, parse_decimal};
use super::hash::{Hash, leaf_hash};
use super::inclusion::verify_inclusion;
use super::key::VerifierKey;
use super::merkle::{MAX_TREE_SIZE, MerkleError};
use super::note::{MAX_NOTE_LEN, Note, NoteError};

/// The first line of every proof.
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// No tree of up to 2^63-1 entries has a longer way from leaf to root.
const MAX_HASHES: usize = 63;
/// The longest extra data in bytes.
const MAX_EXTRA_LEN: usize = 64 * 1024;
/// The longest proof that is read, in bytes.
pub const MAX_PROOF_LEN: usize = MAX_NOTE_LEN + 2 * MAX_EXTRA_LEN;

/// A receipt for one entry. `Display` gives the file (usual extension `.tlog-proof`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    extra: Option<Vec<u8>>,
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: Note,
}

/// Why a receipt is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// The file is not a receipt.
    #[error("not a tlog-proof: {0}; it was damaged or is something else")]
    Malformed(&'static str),
    /// The note inside is malformed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint inside is not the log's.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The hashes do not prove the entry.
    #[error(transparent)]
    Merkle(#[from] MerkleError),
}

impl TlogProof {
    /// The receipt for entry `index` (from 0), with the hashes from
    /// [`prove_inclusion`](super::prove_inclusion) for the size in `signed_checkpoint`.
    ///
    /// # Errors
    /// When the checkpoint is no signed note, or index or hashes are more than any log can have.
    pub fn new(
        index: u64,
        hashes: Vec<Hash>,
        signed_checkpoint: String,
    ) -> Result<TlogProof, TlogProofError> {
        if hashes.len() > MAX_HASHES {
            return Err(TlogProofError::Malformed("it has more than 63 hashes"));
        }
        if index >= MAX_TREE_SIZE {
            return Err(TlogProofError::Malformed(
                "no log has an entry of this number",
            ));
        }
        Ok(TlogProof {
            extra: None,
            index,
            hashes,
            checkpoint: Note::parse(signed_checkpoint.as_bytes())?,
        })
    }

    /// The same receipt with data added that the verifier may look at and must not believe.
    ///
    /// # Errors
    /// When there is no such data or more than 64 KiB of it.
    pub fn with_extra(self, extra: Vec<u8>) -> Result<TlogProof, TlogProofError> {
        if extra.is_empty() || extra.len() > MAX_EXTRA_LEN {
            return Err(TlogProofError::Malformed(
                "extra data must have 1 to 65536 bytes",
            ));
        }
        Ok(TlogProof {
            extra: Some(extra),
            ..self
        })
    }

    /// Reads a receipt. Says nothing about whether it is true.
    ///
    /// # Errors
    /// When the bytes are no well-formed receipt, or exceed the limits.
    pub fn parse(bytes: &[u8]) -> Result<TlogProof, TlogProofError> {
        let malformed = TlogProofError::Malformed;
        if bytes.len() > MAX_PROOF_LEN {
            return Err(malformed("it is too long"));
        }
        let mut rest = std::str::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8"))?;
        let mut next_line = || {
            let (line, others) = rest
                .split_once('\n')
                .ok_or(malformed("it ends too early"))?;
            rest = others;
            Ok::<&str, TlogProofError>(line)
        };
        if next_line()? != HEADER {
            return Err(malformed("the first line is not c2sp.org/tlog-proof@v1"));
        }
        let mut line = next_line()?;
        let mut extra = None;
        if let Some(encoded) = line.strip_prefix("extra ") {
            extra = Some(
                STANDARD
                    .decode(encoded)
                    .map_err(|_| malformed("the extra line is not base64"))?,
            );
            line = next_line()?;
        }
        let index = line
            .strip_prefix("index ")
            .and_then(parse_decimal)
            .ok_or(malformed("the index line is missing"))?;
        let mut hashes = Vec::new();
        loop {
            let line = next_line()?;
            if line.is_empty() {
                break;
            }
            hashes.push(
                line.parse()
                    .map_err(|_| malformed("a line of the proof is not a hash"))?,
            );
        }
        let proof = TlogProof::new(index, hashes, rest.to_owned())?;
        match extra {
            Some(extra) => proof.with_extra(extra),
            None => Ok(proof),
        }
    }

    /// Checks, without any other file, that `entry` (its bytes as stored in the log) is the entry of
    /// this number in the log `origin` whose public key is among `keys`. Gives the checkpoint that
    /// the proof leads to.
    ///
    /// # Errors
    /// When the checkpoint is not signed by the log, or the hashes do not lead from entry to root.
    pub fn verify(
        &self,
        origin: &str,
        keys: &[VerifierKey],
        entry: &[u8],
    ) -> Result<Checkpoint, TlogProofError> {
        let checkpoint = Checkpoint::open(self.signed_checkpoint().as_bytes(), origin, keys)?;
        verify_inclusion(
            checkpoint.size,
            &checkpoint.root,
            self.index,
            leaf_hash(entry),
            &self.hashes,
        )?;
        Ok(checkpoint)
    }

    /// Number of the entry in the log, from 0, as claimed.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The hashes from the leaf's sibling to the child of the root.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The added data, which nothing vouches for.
    #[must_use]
    pub fn unverified_extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The signed note of the checkpoint, as it stands in the file.
    #[must_use]
    pub fn signed_checkpoint(&self) -> String {
        self.checkpoint.to_string()
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes
            .iter()
            .try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
