//! Detached OpenPGP signatures, checked with keys that stand beside them.
//!
//! Invariant: "right" is said only of a signature that was verified here over the bytes that are
//! here. Whose key it is, whether it ran out or was taken back, is not judged: nothing in a bundle
//! can show that. Keys of version 4 with RSA, ECDSA (P-256, P-384) or Ed25519, signatures of
//! version 4; others are said to be unchecked. Standard: RFC 9580 (and RFC 4880 before it).

use crate::warc::hex;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey,
};

/// Packets of one file that are looked at.
const MOST_PACKETS: usize = 1000;
/// Ed25519 and the curves of NIST, as OpenPGP names them.
const ED25519_OID: &[u8] = &[0x2b, 6, 1, 4, 1, 0xda, 0x47, 0x0f, 1];
const P256_OID: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384_OID: &[u8] = &[0x2b, 0x81, 4, 0, 0x22];

/// What came of checking a signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// It is of these bytes, by this key (fingerprint), made then as it says (seconds since 1970).
    Right(String, Option<u64>),
    /// It is of other bytes, or by no key that is here.
    Wrong,
    /// It was not checked, and why.
    Unchecked(&'static str),
}

/// A public key.
pub(super) struct Key {
    /// Its fingerprint, in hexadecimal digits.
    pub fingerprint: String,
    /// Whom the file of the key names: its own word.
    pub user: Option<String>,
    material: Material,
}

enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    Ed25519(Vec<u8>),
    P256(Vec<u8>),
    P384(Vec<u8>),
}

/// The keys of a file, armoured or not; those of kinds that are not known here are passed over.
pub(super) fn keys(file: &[u8]) -> Vec<Key> {
    let bytes = bare(file);
    let mut keys: Vec<Key> = Vec::new();
    let mut first_of_user = 0;
    for (tag, body) in packets(&bytes) {
        match tag {
            6 | 14 => {
                if tag == 6 {
                    first_of_user = keys.len();
                }
                keys.extend(key(body));
            }
            13 => {
                let user = crate::front_matter::one_line(&String::from_utf8_lossy(body));
                if let Some(key) = keys.get_mut(first_of_user) {
                    key.user.get_or_insert(user);
                }
            }
            _ => {}
        }
    }
    keys
}

/// Checks the detached signatures of a file over `message`; the best that is found counts.
pub(super) fn check(signature: &[u8], message: &[u8], keys: &[Key]) -> Verdict {
    let bytes = bare(signature);
    let mut verdict = Verdict::Unchecked("it holds no signature of OpenPGP");
    for (_, body) in packets(&bytes).into_iter().filter(|(tag, _)| *tag == 2) {
        let Some(signature) = Signature::read(body) else {
            verdict = Verdict::Unchecked("it is a signature of a kind that is not known here");
            continue;
        };
        match signature.signer(message, keys) {
            Ok(fingerprint) => return Verdict::Right(fingerprint, signature.made),
            Err(other) => verdict = other,
        }
    }
    if keys.is_empty() {
        return Verdict::Unchecked("no key of a kind that is known here stands beside it");
    }
    verdict
}

/// A signature of version 4 over a whole file.
struct Signature<'b> {
    /// Whether line ends count as CR LF.
    is_text: bool,
    method: u8,
    hash: u8,
    /// What is hashed behind the file.
    hashed: &'b [u8],
    numbers: Vec<Vec<u8>>,
    made: Option<u64>,
}

impl<'b> Signature<'b> {
    fn read(body: &'b [u8]) -> Option<Self> {
        let [4, kind @ (0 | 1), method, hash, high, low, ..] = *body else {
            return None;
        };
        let end = 6 + usize::from(u16::from_be_bytes([high, low]));
        let hashed = body.get(..end)?;
        let rest = body.get(end..)?;
        let unhashed = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
        // Behind it stand the first two bytes of the hash, and the numbers.
        let rest = rest.get(2 + unhashed + 2..)?;
        let numbers = match method {
            27 => vec![rest.to_vec()],
            _ => numbers(rest)?,
        };
        Some(Self {
            is_text: kind == 1,
            method,
            hash,
            hashed,
            numbers,
            made: made(hashed.get(6..)?),
        })
    }

    /// The fingerprint of the key that made it over `message`, else what is to be said of it.
    fn signer(&self, message: &[u8], keys: &[Key]) -> Result<String, Verdict> {
        let mut bytes = if self.is_text {
            with_line_ends(message)
        } else {
            message.to_vec()
        };
        bytes.extend_from_slice(self.hashed);
        bytes.extend_from_slice(&[4, 0xff]);
        // It has a length of two bytes, and six before it.
        bytes.extend_from_slice(&(self.hashed.len() as u32).to_be_bytes());
        let mut verdict = Verdict::Wrong;
        for key in keys {
            match self.is_by(&key.material, &bytes) {
                Some(true) => return Ok(key.fingerprint.clone()),
                Some(false) => {}
                None => {
                    verdict = Verdict::Unchecked("it is made by a method that is not known here")
                }
            }
        }
        Err(verdict)
    }

    /// Whether it is by this key; `None` for a method that is not known here.
    fn is_by(&self, key: &Material, bytes: &[u8]) -> Option<bool> {
        let hash = match self.hash {
            8 => &SHA256,
            9 => &SHA384,
            10 => &SHA512,
            _ => return None,
        };
        Some(match (key, self.method, hash) {
            (Material::Rsa { n, e }, 1 | 3, _) => {
                let method = match self.hash {
                    8 => &RSA_PKCS1_2048_8192_SHA256,
                    9 => &RSA_PKCS1_2048_8192_SHA384,
                    _ => &RSA_PKCS1_2048_8192_SHA512,
                };
                if !(256..=1024).contains(&n.len()) {
                    return None;
                }
                let key = PublicKeyComponents { n, e };
                key.verify(method, bytes, &self.side_by_side(n.len()))
                    .is_ok()
            }
            // OpenPGP signs the hash, not the file.
            (Material::Ed25519(point), 22 | 27, hash) => UnparsedPublicKey::new(&ED25519, point)
                .verify(digest(hash, bytes).as_ref(), &self.side_by_side(32))
                .is_ok(),
            (Material::P256(point), 19, _) if self.hash == 8 => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                    .verify(bytes, &self.side_by_side(32))
                    .is_ok()
            }
            (Material::P384(point), 19, _) if self.hash == 9 => {
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point)
                    .verify(bytes, &self.side_by_side(48))
                    .is_ok()
            }
            (Material::P256(_) | Material::P384(_), 19, _) => return None,
            _ => false,
        })
    }

    /// Its numbers, each filled with leading zeros to so many bytes: those are not written.
    fn side_by_side(&self, len: usize) -> Vec<u8> {
        let mut all = Vec::with_capacity(2 * len);
        for number in &self.numbers {
            all.resize(all.len() + len.saturating_sub(number.len()), 0);
            all.extend_from_slice(number);
        }
        all
    }
}

/// When a signature says that it was made: subpacket 2.
fn made(mut subpackets: &[u8]) -> Option<u64> {
    while let Some((&first, rest)) = subpackets.split_first() {
        let (len, rest) = match first {
            0..=191 => (usize::from(first), rest),
            192..=254 => {
                let (second, rest) = rest.split_first()?;
                let len = (usize::from(first) - 192) * 256 + usize::from(*second) + 192;
                (len, rest)
            }
            255 => {
                let (len, rest) = rest.split_first_chunk::<4>()?;
                (u32::from_be_bytes(*len) as usize, rest)
            }
        };
        let subpacket = rest.get(..len)?;
        if let [2, a, b, c, d] = *subpacket {
            return Some(u64::from(u32::from_be_bytes([a, b, c, d])));
        }
        subpackets = rest.get(len..)?;
    }
    None
}

/// A key packet of version 4.
fn key(body: &[u8]) -> Option<Key> {
    let [4, _, _, _, _, method, rest @ ..] = body else {
        return None;
    };
    let material = match method {
        1 | 3 => {
            let [n, e] = <[Vec<u8>; 2]>::try_from(numbers(rest)?).ok()?;
            Material::Rsa { n, e }
        }
        19 | 22 => {
            let (len, rest) = rest.split_first()?;
            let curve = rest.get(..usize::from(*len))?;
            let [point] =
                <[Vec<u8>; 1]>::try_from(numbers(rest.get(usize::from(*len)..)?)?).ok()?;
            match (curve, point.first()?) {
                (ED25519_OID, 0x40) => Material::Ed25519(point[1..].to_vec()),
                (P256_OID, 4) => Material::P256(point),
                (P384_OID, 4) => Material::P384(point),
                _ => return None,
            }
        }
        27 => Material::Ed25519(rest.to_vec()),
        _ => return None,
    };
    let mut hashed = vec![0x99];
    hashed.extend_from_slice(&u16::try_from(body.len()).ok()?.to_be_bytes());
    hashed.extend_from_slice(body);
    Some(Key {
        fingerprint: hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, &hashed).as_ref()),
        user: None,
        material,
    })
}

/// Numbers, each with its length in bits before it.
fn numbers(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut numbers = Vec::new();
    while let Some((bits, rest)) = bytes.split_first_chunk::<2>() {
        let len = usize::from(u16::from_be_bytes(*bits)).div_ceil(8);
        numbers.push(rest.get(..len)?.to_vec());
        bytes = rest.get(len..)?;
    }
    bytes.is_empty().then_some(numbers)
}

/// Kind and body of each packet, until one is broken.
fn packets(mut bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut packets = Vec::new();
    while let Some((tag, body, rest)) = packet(bytes)
        && packets.len() < MOST_PACKETS
    {
        packets.push((tag, body));
        bytes = rest;
    }
    packets
}

fn packet(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&head, rest) = bytes.split_first()?;
    let number = |len: usize| {
        let bytes = rest.get(..len)?;
        let number = bytes
            .iter()
            .fold(0usize, |n, byte| n << 8 | usize::from(*byte));
        Some((number, rest.get(len..)?))
    };
    let (tag, (len, rest)) = match head {
        0xc0.. => {
            let (first, rest) = rest.split_first()?;
            let read = match first {
                0..=191 => (usize::from(*first), rest),
                192..=223 => {
                    let (second, rest) = rest.split_first()?;
                    let len = (usize::from(*first) - 192) * 256 + usize::from(*second) + 192;
                    (len, rest)
                }
                255 => {
                    let (len, rest) = rest.split_first_chunk::<4>()?;
                    (u32::from_be_bytes(*len) as usize, rest)
                }
                // Pieces of a stream: neither keys nor signatures come so.
                _ => return None,
            };
            (head & 0x3f, read)
        }
        0x80..=0xbf => {
            let read = match head & 3 {
                0 => number(1)?,
                1 => number(2)?,
                2 => number(4)?,
                _ => (rest.len(), rest),
            };
            (head >> 2 & 0xf, read)
        }
        _ => return None,
    };
    Some((tag, rest.get(..len)?, rest.get(len..)?))
}

/// The bytes inside the armour, where there is one.
fn bare(file: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(file) else {
        return file.to_vec();
    };
    let Some(at) = text.find("-----BEGIN PGP ") else {
        return file.to_vec();
    };
    let lines = text[at..].lines().skip(1).map(str::trim);
    // Headers end with an empty line; what follows ends with the checksum or the last line.
    let lines = lines.skip_while(|line| !line.is_empty()).skip(1);
    let body: String = lines
        .take_while(|line| !line.starts_with('=') && !line.starts_with('-'))
        .collect();
    STANDARD.decode(body).unwrap_or_default()
}

fn with_line_ends(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 32);
    let mut before = 0;
    for &byte in text {
        if byte == b'\n' && before != b'\r' {
            out.push(b'\r');
        }
        out.push(byte);
        before = byte;
    }
    out
}
