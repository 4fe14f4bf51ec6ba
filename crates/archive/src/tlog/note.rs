//! Signed notes: a text, an empty line, and one line for each signature (C2SP signed-note).
//!
//! Invariant: the text of a parsed note is handed out as trusted only by [`Note::verify`]. A
//! signature by an unknown key is ignored; a bad one by a known key refuses the whole note.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{Signer, VerifierKey, is_valid_name};

/// The longest note that is read, in bytes: room for a checkpoint with 32 post-quantum signatures.
pub const MAX_NOTE_LEN: usize = 256 * 1024;
/// The most signatures that a note may have; the specification asks for at least 16.
pub const MAX_SIGNATURES: usize = 64;
/// How a signature line begins: em dash, space.
const SIGNATURE_MARK: &str = "\u{2014} ";
/// Between text and signatures: the newline that ends the text, and an empty line.
const SEPARATOR: &str = "\n\n";

/// Why a note is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The note is longer than [`MAX_NOTE_LEN`].
    #[error("the note has more than {MAX_NOTE_LEN} bytes: it is no checkpoint and is not read")]
    TooLong,
    /// The bytes are not a note.
    #[error("not a signed note: {0}; it was damaged or is something else")]
    Malformed(&'static str),
    /// There are more signatures than [`MAX_SIGNATURES`].
    #[error("the note has more than {MAX_SIGNATURES} signatures: it is not read")]
    TooManySignatures,
    /// A known key is named and its signature is wrong.
    #[error(
        "the signature by {name}+{id:08x} is wrong: text or signature was changed after signing"
    )]
    BadSignature {
        /// Name of the key.
        name: String,
        /// Its id.
        id: u32,
    },
    /// No known key has signed.
    #[error(
        "none of the known keys has signed this: it comes from someone else, or another key must be trusted first"
    )]
    NotSigned,
    /// Two different known keys have the same name and id.
    #[error(
        "two different known keys are both {name}+{id:08x}: remove the false one from the trusted keys"
    )]
    AmbiguousKey {
        /// Name of both.
        name: String,
        /// Id of both.
        id: u32,
    },
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// Name of the key, as claimed.
    pub name: String,
    /// Id of the key, as claimed.
    pub id: u32,
    /// The signature: 64 bytes for Ed25519, anything for types unknown here.
    pub signature: Vec<u8>,
}

/// A note as it was found: well formed, not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// Reads a note. Says nothing about who signed it.
    ///
    /// # Errors
    /// When the bytes are no well-formed note, or exceed the limits.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > MAX_NOTE_LEN {
            return Err(NoteError::TooLong);
        }
        let note =
            std::str::from_utf8(bytes).map_err(|_| NoteError::Malformed("it is not UTF-8"))?;
        check_characters(note)?;
        let split = note.rfind(SEPARATOR).ok_or(NoteError::Malformed(
            "no empty line stands before the signatures",
        ))?;
        let (text, block) = (&note[..=split], &note[split + SEPARATOR.len()..]);
        let lines = block
            .strip_suffix('\n')
            .ok_or(NoteError::Malformed("the last line has no end"))?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            signatures.push(
                parse_signature(line)
                    .ok_or(NoteError::Malformed("a signature line is malformed"))?,
            );
        }
        Ok(Note {
            text: text.to_owned(),
            signatures,
        })
    }

    /// The text, if at least one of `keys` has signed it and none of them signed wrongly.
    ///
    /// # Errors
    /// When a known key's signature is wrong, or no known key has signed.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<&str, NoteError> {
        let mut verified = false;
        for NoteSignature {
            name,
            id,
            signature,
        } in &self.signatures
        {
            let mut known = keys
                .iter()
                .filter(|key| key.name() == name && key.id() == *id);
            let Some(key) = known.next() else { continue };
            if known.any(|other| other != key) {
                return Err(NoteError::AmbiguousKey {
                    name: name.clone(),
                    id: *id,
                });
            }
            if !key.verifies(self.text.as_bytes(), signature) {
                return Err(NoteError::BadSignature {
                    name: name.clone(),
                    id: *id,
                });
            }
            verified = true;
        }
        if verified {
            Ok(&self.text)
        } else {
            Err(NoteError::NotSigned)
        }
    }

    /// The text, which anybody may have written: only to find out which keys to look for, or to
    /// tell a person what was found.
    #[must_use]
    pub fn unverified_text(&self) -> &str {
        &self.text
    }

    /// The signature lines, unverified, in their order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.to_be_bytes().as_slice(), &self.signature].concat();
        write!(
            f,
            "{SIGNATURE_MARK}{} {}",
            self.name,
            STANDARD.encode(bytes)
        )
    }
}

/// The note with `text` signed by each of `signers`.
///
/// # Errors
/// When the text does not end in a newline, holds control characters, or nobody signs.
pub fn sign_note(text: &str, signers: &[&Signer]) -> Result<String, NoteError> {
    if !text.ends_with('\n') {
        return Err(NoteError::Malformed("the text does not end in a newline"));
    }
    if signers.is_empty() {
        return Err(NoteError::NotSigned);
    }
    if signers.len() > MAX_SIGNATURES {
        return Err(NoteError::TooManySignatures);
    }
    check_characters(text)?;
    let note = Note {
        text: text.to_owned(),
        signatures: signers.iter().map(|signer| signer.sign(text)).collect(),
    };
    let signed = note.to_string();
    if signed.len() > MAX_NOTE_LEN {
        Err(NoteError::TooLong)
    } else {
        Ok(signed)
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(NoteError::Malformed("it holds a control character"));
    }
    Ok(())
}

fn parse_signature(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix(SIGNATURE_MARK)?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    if !is_valid_name(name) || signature.is_empty() {
        return None;
    }
    Some(NoteSignature {
        name: name.to_owned(),
        id: u32::from_be_bytes(*id),
        signature: signature.to_vec(),
    })
}
