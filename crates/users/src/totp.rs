//! Codes that change every thirty seconds (TOTP, RFC 6238: HMAC-SHA-1, six digits), as every
//! authenticator makes them.
//!
//! Invariant: a code works once; the one before and the one after now count too, for clocks that
//! differ.

use crate::{base32, random};
use ring::hmac;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Seconds that a code holds.
const STEP: u64 = 30;
/// Digits of a code.
const DIGITS: u32 = 6;

/// The secret that an authenticator shares.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Totp {
    secret: [u8; 20],
    /// The step of the last code that was taken.
    last: u64,
}

impl Totp {
    /// A new secret.
    #[must_use]
    pub fn new() -> Self {
        Self {
            secret: random::bytes(),
            last: 0,
        }
    }

    /// The secret as people type it into an authenticator, and as it is handed back.
    #[must_use]
    pub fn typed(&self) -> Zeroizing<String> {
        Zeroizing::new(base32::encode(&self.secret))
    }

    /// The address that an authenticator reads from a picture (Key URI format).
    #[must_use]
    pub fn uri(&self, issuer: &str, name: &str) -> Zeroizing<String> {
        let (issuer, name) = (escaped(issuer), escaped(name));
        let secret = self.typed();
        Zeroizing::new(format!(
            "otpauth://totp/{issuer}:{name}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            *secret
        ))
    }

    /// Whether this is a code of now, in seconds since 1970, that was not taken before; takes it.
    pub fn take(&mut self, code: &str, now: u64) -> bool {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let step = now / STEP;
        let mut taken = None;
        for one in [step.saturating_sub(1), step, step + 1] {
            let right = self.code(one);
            let is_right: bool = right.as_bytes().ct_eq(digits.as_bytes()).into();
            if is_right && one > self.last {
                taken = Some(one);
            }
        }
        if let Some(step) = taken {
            self.last = step;
        }
        taken.is_some()
    }

    /// The code of now, in seconds since 1970: what an authenticator shows.
    #[must_use]
    pub fn shown(&self, now: u64) -> String {
        self.code(now / STEP)
    }

    fn code(&self, step: u64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let at = usize::from(tag[tag.len() - 1] & 15);
        let mut word = [0; 4];
        word.copy_from_slice(&tag[at..at + 4]);
        let number = u32::from_be_bytes(word) & 0x7fff_ffff;
        format!("{:06}", number % 10_u32.pow(DIGITS))
    }
}

impl Default for Totp {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Totp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Totp(…)")
    }
}

/// Percent-encodes all but letters and digits.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() {
            true => escaped.push(char::from(byte)),
            false => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_the_standard() -> Totp {
        Totp {
            secret: *b"12345678901234567890",
            last: 0,
        }
    }

    #[test]
    fn the_vectors_of_rfc_6238() {
        // The standard's codes have eight digits; the last six are those of six.
        for (now, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(of_the_standard().shown(now), code);
            assert!(of_the_standard().take(code, now));
        }
    }

    #[test]
    fn a_code_works_once_and_near_its_time() {
        let mut totp = of_the_standard();
        assert!(!totp.take("", 59) && !totp.take("287083", 59));
        assert!(totp.take("287 082", 59));
        assert!(!totp.take("287082", 59), "twice");
        let now = 1_111_111_111;
        let (code, before) = (totp.shown(now), totp.shown(now - 30));
        assert!(totp.clone().take(&before, now) && totp.clone().take(&code, now + 30));
        assert!(!totp.clone().take(&code, now + 60) && !totp.clone().take(&code, now - 60));
        assert!(totp.take(&code, now));
        assert!(!totp.take(&before, now), "older than one that was taken");
    }

    #[test]
    fn authenticators_read_its_address() {
        let uri = of_the_standard().uri("onrecord", "Ann Lee");
        assert_eq!(
            *uri,
            "otpauth://totp/onrecord:Ann%20Lee?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=onrecord&algorithm=SHA1&digits=6&period=30"
        );
        assert!(!format!("{:?}", of_the_standard()).contains('1'));
    }
}
