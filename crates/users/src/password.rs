//! Passwords: Argon2id (RFC 9106) with 64 MiB and three passes, the second choice of that standard.
//!
//! Invariant: a password is kept only as its salted hash; comparing takes as long whether it is
//! right or wrong.

use crate::random;
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Fewest characters of a new password.
pub const SHORTEST: usize = 12;
/// Longest password that is looked at, in bytes.
pub const LONGEST: usize = 1024;

/// Memory in KiB, and how often it is gone over.
const MEMORY: u32 = 64 << 10;
const PASSES: u32 = 3;
/// A kept hash that asks for more than this is refused: a planted file cannot stall the program.
const MOST_MEMORY: u32 = 1 << 20;
const MOST_PASSES: u32 = 16;

/// A password, as it is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Password {
    memory: u32,
    passes: u32,
    salt: [u8; 16],
    hash: [u8; 32],
}

impl Password {
    /// What is kept of a new password. Takes some tenths of a second and 64 MiB.
    ///
    /// # Errors
    /// In words, when it is too short or too long.
    pub fn new(password: &str) -> Result<Self, crate::Error> {
        if password.chars().count() < SHORTEST {
            return Err(crate::Error::PasswordTooShort);
        }
        if password.len() > LONGEST {
            return Err(crate::Error::PasswordTooLong);
        }
        let salt = random::bytes();
        let hash = hash(password, &salt, MEMORY, PASSES).ok_or(crate::Error::PasswordTooLong)?;
        Ok(Self {
            memory: MEMORY,
            passes: PASSES,
            salt,
            hash: *hash,
        })
    }

    /// One that nobody has: trying it takes as long as trying another.
    pub(crate) fn of_nobody() -> Self {
        Self {
            memory: MEMORY,
            passes: PASSES,
            salt: [0; 16],
            hash: random::bytes(),
        }
    }

    /// Whether this is the password.
    #[must_use]
    pub fn is(&self, password: &str) -> bool {
        if password.len() > LONGEST || self.memory > MOST_MEMORY || self.passes > MOST_PASSES {
            return false;
        }
        let Some(given) = hash(password, &self.salt, self.memory, self.passes) else {
            return false;
        };
        given[..].ct_eq(&self.hash).into()
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The hash of a password in its composed form (RFC 8265); `None` for parameters that are none.
fn hash(password: &str, salt: &[u8], memory: u32, passes: u32) -> Option<Zeroizing<[u8; 32]>> {
    let composed: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
    let params = Params::new(memory, passes, 1, Some(32)).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut hash = Zeroizing::new([0; 32]);
    argon
        .hash_password_into(composed.as_bytes(), salt, &mut hash[..])
        .ok()?;
    Some(hash)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_itself_and_no_other() {
        let kept = Password::new("correct horse battery").unwrap();
        assert!(kept.is("correct horse battery"));
        for other in ["", "correct horse batterz", "Correct horse battery"] {
            assert!(!kept.is(other), "{other}");
        }
        assert!(!format!("{kept:?}").contains("horse"));
        // Composed and decomposed letters are typed by different keyboards.
        assert!(
            Password::new("caf\u{e9} caf\u{e9} caf\u{e9}")
                .unwrap()
                .is("cafe\u{301} cafe\u{301} cafe\u{301}")
        );
    }

    #[test]
    fn the_hash_is_argon2id_as_others_compute_it() {
        // From the tests of the reference implementation (2 passes, 256 KiB).
        let hash = hash("password", b"somesalt", 256, 2).unwrap();
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
        );
    }

    #[test]
    fn what_is_too_short_too_long_or_too_costly_is_refused() {
        assert!(Password::new("eleven lett").is_err());
        assert!(Password::new(&"x".repeat(LONGEST + 1)).is_err());
        let costly = Password {
            memory: u32::MAX,
            ..Password::of_nobody()
        };
        assert!(!costly.is("anything at all"));
    }
}
