//! The few primitives that everything here shares, from `ring`: randomness, SHA-256, HKDF, MAC.

use crate::Result;
use crate::error::Error;
use model::Sha256Digest;
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hkdf, hmac};
use zeroize::Zeroizing;

/// A secret of 32 bytes, wiped when dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// Fills with random bytes of the operating system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<()> {
    SystemRandom::new()
        .fill(bytes)
        .map_err(|_| Error::NoRandomness)
}

/// Random bytes that are not secret.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// A random secret.
pub(crate) fn random_secret() -> Result<Secret> {
    let mut secret = Zeroizing::new([0; 32]);
    fill(&mut secret[..])?;
    Ok(secret)
}

/// SHA-256 of the pieces, one after the other.
pub(crate) fn sha256(pieces: &[&[u8]]) -> Sha256Digest {
    let mut hasher = Hasher::new();
    pieces.iter().for_each(|piece| hasher.update(piece));
    hasher.finish()
}

/// The start of a digest, as a name.
pub(crate) fn first16(digest: Sha256Digest) -> [u8; 16] {
    *digest.0.first_chunk().expect("a digest has 32 bytes")
}

/// SHA-256 of bytes as they come.
#[derive(Clone)]
pub(crate) struct Hasher(digest::Context);

impl Hasher {
    pub(crate) fn new() -> Self {
        Self(digest::Context::new(&digest::SHA256))
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(crate) fn finish(self) -> Sha256Digest {
        let digest = self.0.finish();
        Sha256Digest(digest.as_ref().try_into().expect("SHA-256 gives 32 bytes"))
    }
}

/// HKDF-SHA256 (RFC 5869) to 32 bytes.
pub(crate) fn derive(secret: &[u8; 32], salt: &[u8], info: &[&[u8]]) -> Secret {
    let mut derived = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(info, hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut derived[..]))
        .expect("HKDF-SHA256 gives 32 bytes");
    derived
}

/// HMAC-SHA256.
pub(crate) fn mac(key: &Secret, bytes: &[u8]) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key[..]), bytes);
    tag.as_ref().try_into().expect("HMAC-SHA256 gives 32 bytes")
}

/// Whether this is the HMAC-SHA256, in constant time.
pub(crate) fn mac_is(key: &Secret, bytes: &[u8], tag: &[u8]) -> bool {
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &key[..]), bytes, tag).is_ok()
}
