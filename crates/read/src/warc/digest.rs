//! Digests that a capture states of its records (`sha1:BASE32`, `sha256:HEX`), checked.
//!
//! Standard: ISO 28500 §5.8 and 5.9. SHA-1 is what most writers use; it shows damage, not that
//! nobody meant to deceive.

use model::DigestCheck;
use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};

/// Checks a stated digest against each of the byte strings that it may be of: writers differ in
/// whether chunks belong to a payload.
pub(crate) fn check(stated: &str, candidates: &[&[u8]]) -> DigestCheck {
    let Some((method, value)) = stated.split_once(':') else {
        return DigestCheck::Unknown;
    };
    let method: &Algorithm = match method.trim().to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => &SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" | "sha-256" => &SHA256,
        "sha384" | "sha-384" => &SHA384,
        "sha512" | "sha-512" => &SHA512,
        _ => return DigestCheck::Unknown,
    };
    let value = value.trim();
    let found = candidates.iter().any(|bytes| {
        let digest = digest(method, bytes);
        let digest = digest.as_ref();
        value.eq_ignore_ascii_case(&hex(digest))
            || value
                .trim_end_matches('=')
                .eq_ignore_ascii_case(&base32(digest))
    });
    if found {
        DigestCheck::Matches
    } else {
        DigestCheck::Differs
    }
}

/// Two verdicts on one record: the worse one, and absence only where both are absent.
pub(crate) fn both(one: DigestCheck, other: DigestCheck) -> DigestCheck {
    use DigestCheck::{Absent, Differs, Matches, Unknown};
    match (one, other) {
        (Differs, _) | (_, Differs) => Differs,
        (Unknown, _) | (_, Unknown) => Unknown,
        (Matches, _) | (_, Matches) => Matches,
        _ => Absent,
    }
}

/// Bytes in lower hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes by RFC 4648 §6, without padding.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0u32, 0);
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_known_in_both_spellings() {
        // RFC 3174 and FIPS 180-4: "abc".
        let good = [
            "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            "SHA-1:a9993e364706816aba3e25717850c26c9cd0d89d",
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "sha-256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====",
        ];
        for stated in good {
            assert_eq!(
                check(stated, &[b"x", b"abc"]),
                DigestCheck::Matches,
                "{stated}"
            );
            assert_eq!(check(stated, &[b"abd"]), DigestCheck::Differs, "{stated}");
        }
        assert_eq!(check("md5:00", &[b"abc"]), DigestCheck::Unknown);
        assert_eq!(check("", &[b""]), DigestCheck::Unknown);
    }
}
