//! The bytes of an identity: CBOR `[1, log seed, age identity, view key]`, and their protection.

use super::{SCRYPT_LOG_N, SCRYPT_MAX_LOG_N, identity_text};
use crate::Result;
use crate::crypto::Secret;
use crate::error::Error;
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use minicbor::{Decoder, Encoder};
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

const VERSION: u8 = 1;

pub(super) fn encode(
    seed: &Secret,
    identity: &x25519::Identity,
    view_key: &Secret,
) -> Zeroizing<Vec<u8>> {
    let text = identity_text(identity);
    // Large enough from the start: a vector that grows leaves copies of the keys behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(512));
    let mut out = Encoder::new(&mut *bytes);
    let mut write = || {
        out.array(4)?
            .u8(VERSION)?
            .bytes(&seed[..])?
            .str(&text)?
            .bytes(&view_key[..])?;
        Ok::<_, minicbor::encode::Error<std::convert::Infallible>>(())
    };
    write().expect("a Vec takes every write");
    bytes
}

pub(super) fn decode(bytes: &[u8]) -> Option<(Secret, x25519::Identity, Secret)> {
    let mut d = Decoder::new(bytes);
    if d.array().ok()?? != 4 || d.u8().ok()? != VERSION {
        return None;
    }
    let seed = secret(&mut d)?;
    let identity = d.str().ok()?.parse().ok()?;
    let view_key = secret(&mut d)?;
    (d.position() == bytes.len()).then_some((seed, identity, view_key))
}

fn secret(d: &mut Decoder<'_>) -> Option<Secret> {
    Some(Zeroizing::new(d.bytes().ok()?.try_into().ok()?))
}

/// Encrypts with a passphrase. The work factor is ours: age's own choice is what this machine
/// does in a second, which a weaker one that must open the file may not.
pub(super) fn protect(plain: &[u8], passphrase: SecretString) -> Result<Vec<u8>> {
    let mut recipient = scrypt::Recipient::new(passphrase);
    recipient.set_work_factor(SCRYPT_LOG_N);
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as _))
        .expect("one passphrase is a valid set of recipients");
    let mut sealed = Vec::new();
    let write = || {
        let mut writer = encryptor.wrap_output(&mut sealed)?;
        writer.write_all(plain)?;
        writer.finish()?;
        Ok::<_, std::io::Error>(())
    };
    write().expect("a Vec takes every write");
    Ok(sealed)
}

pub(super) fn open(
    path: &Path,
    sealed: &[u8],
    passphrase: SecretString,
) -> Result<Zeroizing<Vec<u8>>> {
    let damaged = |why: String| Error::DeviceDamaged {
        path: path.to_owned(),
        why: format!("{why}; restore it from a backup"),
    };
    let decryptor = Decryptor::new(sealed).map_err(|error| damaged(error.to_string()))?;
    let mut identity = scrypt::Identity::new(passphrase);
    identity.set_max_work_factor(SCRYPT_MAX_LOG_N);
    let mut reader =
        decryptor
            .decrypt(std::iter::once(&identity as _))
            .map_err(|error| match error {
                DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
                    Error::WrongPassphrase
                }
                other => damaged(other.to_string()),
            })?;
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader
        .read_to_end(&mut plain)
        .map_err(|error| damaged(error.to_string()))?;
    Ok(plain)
}
