//! Passkeys (W3C Web Authentication, level 3): keys that a device keeps and signs with, bound to
//! the address of this server. ES256, EdDSA and RS256; attestation is not asked for and not looked
//! at: who made a device is no question here, that it is the same one is.
//!
//! Invariants: a credential is taken only for the challenge, the origin and the relying party that
//! it was made for, with the person present and verified by the device. What comes from the browser
//! is hostile: its lengths are bounded, and its CBOR is read without recursion.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minicbor::Decoder;
use minicbor::data::Type;
use ring::digest::{SHA256, digest};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::{Deserialize, Serialize};

/// Longest piece that is looked at, in bytes.
const LONGEST: usize = 16 << 10;
/// Longest id of a credential, in bytes (the standard's bound).
const LONGEST_ID: usize = 1023;
/// Flags of authenticator data.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// Why a passkey was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PasskeyError {
    /// It cannot be understood.
    #[error("what the browser sent of the passkey cannot be understood; try again")]
    Malformed,
    /// It answers something else than was asked.
    #[error("the passkey answers another question, or one from another address; try again")]
    NotAsked,
    /// The device did not verify the person.
    #[error("the device did not check that it is you; set a PIN, a fingerprint or a face for it")]
    NotVerified,
    /// A key of a kind that is not known here.
    #[error("the device offers no kind of key that is known here (ES256, EdDSA, RS256)")]
    Algorithm,
    /// The signature is wrong.
    #[error("the passkey's signature is wrong")]
    Signature,
    /// The counter went back.
    #[error(
        "this passkey seems to have been copied: its counter went back; remove it and make another"
    )]
    Copied,
}

/// Where passkeys hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// The host's name, without port: a domain, or `localhost`.
    pub id: String,
    /// The origin of its pages: scheme, host and port.
    pub origin: String,
}

impl Party {
    /// The party of a `Host` header: pages come over HTTPS, except from this machine itself.
    /// `None` where browsers allow no passkeys: at a bare number.
    #[must_use]
    pub fn of(host: &str) -> Option<Self> {
        let name = host.split(':').next().unwrap_or_default();
        let is_domain = !host.starts_with('[')
            && name.chars().any(|c| c.is_ascii_alphabetic())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let scheme = if name == "localhost" { "http" } else { "https" };
        is_domain.then(|| Self {
            id: name.to_ascii_lowercase(),
            origin: format!("{scheme}://{}", host.to_ascii_lowercase()),
        })
    }
}

/// What the browser gives of a new credential, base64url without padding.
#[derive(Clone, Debug, Deserialize)]
pub struct Made {
    /// `response.clientDataJSON`.
    pub client: String,
    /// `response.attestationObject`.
    pub attestation: String,
}

/// What the browser gives of a signature, base64url without padding.
#[derive(Clone, Debug, Deserialize)]
pub struct Signed {
    /// The credential's id.
    pub id: String,
    /// `response.clientDataJSON`.
    pub client: String,
    /// `response.authenticatorData`.
    pub authenticator: String,
    /// `response.signature`.
    pub signature: String,
}

/// A public key that was read from COSE (RFC 9053).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Key {
    /// ECDSA over P-256: the uncompressed point.
    Es256(Vec<u8>),
    /// Ed25519.
    EdDsa(Vec<u8>),
    /// RSA: modulus and exponent.
    Rs256(Vec<u8>, Vec<u8>),
}

/// A passkey, as it is kept: nothing of it is secret.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Passkey {
    /// The credential's id.
    id: Vec<u8>,
    /// What the person calls it.
    pub name: String,
    key: Key,
    counter: u32,
}

impl Passkey {
    /// Takes a new credential that was made for `challenge` at `party`.
    ///
    /// # Errors
    /// See [`PasskeyError`].
    pub fn register(
        name: &str,
        made: &Made,
        challenge: &str,
        party: &Party,
    ) -> Result<Self, PasskeyError> {
        let client = decode(&made.client)?;
        check_client(&client, "webauthn.create", challenge, party)?;
        let object = decode(&made.attestation)?;
        let data = authenticator_data(&object).ok_or(PasskeyError::Malformed)?;
        let (counter, rest) = check_data(data, party)?;
        if data[32] & ATTESTED == 0 {
            return Err(PasskeyError::Malformed);
        }
        // AAGUID, length of the id, id, key.
        let (length, rest) = rest.split_at_checked(18).ok_or(PasskeyError::Malformed)?;
        let length = usize::from(u16::from_be_bytes([length[16], length[17]]));
        if length == 0 || length > LONGEST_ID {
            return Err(PasskeyError::Malformed);
        }
        let (id, key) = rest
            .split_at_checked(length)
            .ok_or(PasskeyError::Malformed)?;
        Ok(Self {
            id: id.to_vec(),
            name: name.to_owned(),
            key: cose(key)?,
            counter,
        })
    }

    /// The credential's id, base64url without padding.
    #[must_use]
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.id)
    }

    /// Checks a signature over `challenge` at `party`, and counts.
    ///
    /// # Errors
    /// See [`PasskeyError`].
    pub fn verify(
        &mut self,
        signed: &Signed,
        challenge: &str,
        party: &Party,
    ) -> Result<(), PasskeyError> {
        let client = decode(&signed.client)?;
        check_client(&client, "webauthn.get", challenge, party)?;
        let data = decode(&signed.authenticator)?;
        let (counter, _) = check_data(&data, party)?;
        let signature = decode(&signed.signature)?;
        let mut message = data;
        message.extend_from_slice(digest(&SHA256, &client).as_ref());
        self.key.verify(&message, &signature)?;
        if (counter != 0 || self.counter != 0) && counter <= self.counter {
            return Err(PasskeyError::Copied);
        }
        self.counter = counter;
        Ok(())
    }
}

impl Key {
    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), PasskeyError> {
        let verified = match self {
            Self::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Self::EdDsa(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
            Self::Rs256(n, e) => RsaPublicKeyComponents { n, e }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            ),
        };
        verified.map_err(|_| PasskeyError::Signature)
    }
}

fn decode(text: &str) -> Result<Vec<u8>, PasskeyError> {
    if text.len() > LONGEST {
        return Err(PasskeyError::Malformed);
    }
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| PasskeyError::Malformed)
}

/// What the browser says that it was asked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Client {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

fn check_client(
    json: &[u8],
    kind: &str,
    challenge: &str,
    party: &Party,
) -> Result<(), PasskeyError> {
    let client: Client = serde_json::from_slice(json).map_err(|_| PasskeyError::Malformed)?;
    let is_asked = client.kind == kind
        && client.challenge == challenge
        && client.origin == party.origin
        && !client.cross_origin;
    is_asked.then_some(()).ok_or(PasskeyError::NotAsked)
}

/// Checks authenticator data as far as it is about the party and the person; its counter, and what
/// follows it.
fn check_data<'d>(data: &'d [u8], party: &Party) -> Result<(u32, &'d [u8]), PasskeyError> {
    let (head, rest) = data
        .split_first_chunk::<37>()
        .ok_or(PasskeyError::Malformed)?;
    if head[..32] != *digest(&SHA256, party.id.as_bytes()).as_ref() {
        return Err(PasskeyError::NotAsked);
    }
    let flags = head[32];
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(PasskeyError::NotVerified);
    }
    let counter = u32::from_be_bytes([head[33], head[34], head[35], head[36]]);
    Ok((counter, rest))
}

/// The authenticator data in an attestation object.
fn authenticator_data(object: &[u8]) -> Option<&[u8]> {
    let mut decoder = Decoder::new(object);
    let fields = decoder.map().ok()??;
    for _ in 0..fields.min(16) {
        if decoder.str().ok()? == "authData" {
            return decoder.bytes().ok();
        }
        decoder.skip().ok()?;
    }
    None
}

/// A public key in COSE, at the beginning of `bytes`.
fn cose(bytes: &[u8]) -> Result<Key, PasskeyError> {
    let read = || -> Option<Fields<'_>> {
        let mut decoder = Decoder::new(bytes);
        let mut fields = Fields::default();
        let count = decoder.map().ok()??;
        for _ in 0..count.min(16) {
            let label = decoder.i64().ok()?;
            match (label, decoder.datatype().ok()?) {
                (1, _) => fields.family = decoder.i64().ok()?,
                (3, _) => fields.algorithm = decoder.i64().ok()?,
                (-1, Type::Bytes) => fields.first = decoder.bytes().ok()?,
                (-1, _) => fields.curve = decoder.i64().ok()?,
                (-2, Type::Bytes) => fields.second = decoder.bytes().ok()?,
                (-3, Type::Bytes) => fields.third = decoder.bytes().ok()?,
                _ => decoder.skip().ok()?,
            }
        }
        Some(fields)
    };
    let fields = read().ok_or(PasskeyError::Malformed)?;
    match (fields.family, fields.algorithm, fields.curve) {
        (2, -7, 1) if fields.second.len() == 32 && fields.third.len() == 32 => {
            Ok(Key::Es256([&[4], fields.second, fields.third].concat()))
        }
        (1, -8, 6) if fields.second.len() == 32 => Ok(Key::EdDsa(fields.second.to_vec())),
        (3, -257, 0) if !fields.first.is_empty() && !fields.second.is_empty() => {
            Ok(Key::Rs256(fields.first.to_vec(), fields.second.to_vec()))
        }
        _ => Err(PasskeyError::Algorithm),
    }
}

/// Fields of a COSE key that matter here.
#[derive(Default)]
struct Fields<'b> {
    family: i64,
    algorithm: i64,
    curve: i64,
    first: &'b [u8],
    second: &'b [u8],
    third: &'b [u8],
}

#[cfg(test)]
#[path = "passkey_test.rs"]
mod tests;
