//! The keys that sign and check notes: Ed25519, named, as C2SP signed-note writes them.
//!
//! Invariant: the key id is always the one derived from name and key, so a key cannot be passed off
//! under another name.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Context, SHA256};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use zeroize::Zeroizing;

use super::note::NoteSignature;

/// Length of an Ed25519 seed (the secret key) in bytes.
pub const SEED_LEN: usize = 32;
/// Signature type of plain Ed25519 over the note's text.
const ED25519_TYPE: u8 = 0x01;
const PUBLIC_LEN: usize = 32;
/// Longer texts are refused as keys before they are looked at.
const MAX_VKEY_LEN: usize = 4096;

/// Why a key is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name cannot stand in a note.
    #[error(
        "{0:?} cannot be the name of a key: use a name without spaces, plus signs and control characters, such as example.org/log"
    )]
    Name(String),
    /// The text is not a verifier key.
    #[error(
        "this is not a verifier key: expected <name>+<8 hexadecimal digits>+<base64>, as in C2SP signed-note"
    )]
    Malformed,
    /// The key is for another kind of signature.
    #[error(
        "the verifier key is of signature type {0}, and only type 1 (Ed25519) is known here: a newer version may know it"
    )]
    UnknownType(u8),
    /// Name, id and key do not belong together.
    #[error(
        "the verifier key contradicts itself (its id is not that of its name and key): it was mistyped or altered"
    )]
    WrongId,
}

/// A public key that verifies signatures, with its name (a *vkey*).
///
/// ```
/// use onrecord_archive::tlog::VerifierKey;
/// let text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
/// let key: VerifierKey = text.parse()?;
/// assert_eq!(key.name(), "example.com/foo");
/// assert_eq!(key.to_string(), text);
/// # Ok::<(), onrecord_archive::tlog::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifierKey {
    name: String,
    id: u32,
    public: [u8; PUBLIC_LEN],
}

impl VerifierKey {
    /// The verifier with this name and Ed25519 public key.
    ///
    /// # Errors
    /// When the name cannot stand in a note.
    pub fn new(name: &str, public: [u8; PUBLIC_LEN]) -> Result<VerifierKey, KeyError> {
        if !is_valid_name(name) {
            return Err(KeyError::Name(name.chars().take(80).collect()));
        }
        Ok(VerifierKey {
            name: name.to_owned(),
            id: key_id(name, &public),
            public,
        })
    }

    /// The name that stands in signature lines; for a log, its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id that stands in signature lines. It identifies and does not authenticate: 32 bits.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The Ed25519 public key.
    #[must_use]
    pub fn public_key(&self) -> &[u8; PUBLIC_LEN] {
        &self.public
    }

    /// Whether `signature` (64 bytes) is this key's over `text`.
    #[must_use]
    pub fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.public)
            .verify(text, signature)
            .is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}+{:08x}+{}",
            self.name,
            self.id,
            STANDARD.encode(typed(&self.public))
        )
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<VerifierKey, KeyError> {
        if text.len() > MAX_VKEY_LEN {
            return Err(KeyError::Malformed);
        }
        let (name, rest) = text.split_once('+').ok_or(KeyError::Malformed)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::Malformed)?;
        let key = STANDARD.decode(key).map_err(|_| KeyError::Malformed)?;
        let public = match key.split_first() {
            Some((&ED25519_TYPE, public)) => public.try_into().map_err(|_| KeyError::Malformed)?,
            Some((&other, _)) => return Err(KeyError::UnknownType(other)),
            None => return Err(KeyError::Malformed),
        };
        let key = VerifierKey::new(name, public)?;
        if id == format!("{:08x}", key.id) {
            Ok(key)
        } else {
            Err(KeyError::WrongId)
        }
    }
}

/// A secret key that signs notes under a name. The seed is wiped from memory when dropped.
pub struct Signer {
    key: VerifierKey,
    seed: Zeroizing<[u8; SEED_LEN]>,
}

impl Signer {
    /// The signer with this name and Ed25519 seed (32 random bytes).
    ///
    /// # Errors
    /// When the name cannot stand in a note.
    pub fn new(name: &str, seed: &[u8; SEED_LEN]) -> Result<Signer, KeyError> {
        let seed = Zeroizing::new(*seed);
        let public = key_pair(&seed)
            .public_key()
            .as_ref()
            .try_into()
            .expect("an Ed25519 public key has 32 bytes");
        Ok(Signer {
            key: VerifierKey::new(name, public)?,
            seed,
        })
    }

    /// The key that verifies what this one signs.
    #[must_use]
    pub fn verifier_key(&self) -> VerifierKey {
        self.key.clone()
    }

    /// The name that stands in signature lines.
    #[must_use]
    pub fn name(&self) -> &str {
        self.key.name()
    }

    /// This key's signature over `text`, which the caller has checked to be a note's text.
    pub(crate) fn sign(&self, text: &str) -> NoteSignature {
        // The expanded key lives only for this call: `ring` does not wipe it, so it is not kept.
        let signature = key_pair(&self.seed).sign(text.as_bytes());
        NoteSignature {
            name: self.key.name.clone(),
            id: self.key.id,
            signature: signature.as_ref().to_vec(),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// Whether a name can stand in a note: not empty, no Unicode space, no plus, no control character.
pub(crate) fn is_valid_name(name: &str) -> bool {
    !name.is_empty()
        && !name
            .chars()
            .any(|char| char.is_whitespace() || char == '+' || char < ' ')
}

fn key_pair(seed: &[u8; SEED_LEN]) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are an Ed25519 seed")
}

fn typed(public: &[u8; PUBLIC_LEN]) -> [u8; 1 + PUBLIC_LEN] {
    let mut bytes = [ED25519_TYPE; 1 + PUBLIC_LEN];
    bytes[1..].copy_from_slice(public);
    bytes
}

/// The first four bytes of SHA-256 over name, newline, signature type and public key.
fn key_id(name: &str, public: &[u8; PUBLIC_LEN]) -> u32 {
    let mut context = Context::new(&SHA256);
    context.update(name.as_bytes());
    context.update(b"\n");
    context.update(&typed(public));
    let digest = context.finish();
    u32::from_be_bytes(
        digest.as_ref()[..4]
            .try_into()
            .expect("SHA-256 gives 32 bytes"),
    )
}
