//! The sixteen-byte names of things in an archive, shown as hexadecimal (an archive's as a UUID).
//!
//! Invariant: each is either random or the start of a SHA-256 digest, so none says anything about
//! what it names.

use std::fmt;
use std::str::FromStr;

/// The text is not such a name.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not the name of a {1}: that is {2}")]
pub struct NameError(String, &'static str, &'static str);

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(pub [u8; 16]);

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        impl FromStr for $type {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, NameError> {
                from_hex(text)
                    .map(Self)
                    .ok_or_else(|| NameError(text.to_owned(), $what, "32 lower-case hexadecimal digits"))
            }
        }
    };
}

name! {
    /// A writer: the first 16 bytes of SHA-256 of its verifier key line, so a log's folder names
    /// the only key that may sign it.
    WriterId, "writer"
}
name! {
    /// An entry: random.
    EntryId, "ledger entry"
}
name! {
    /// A bundle of wrapped source keys: random.
    BundleId, "key bundle"
}
name! {
    /// A member's encryption key: the first 16 bytes of SHA-256 of the age recipient.
    RecipientId, "recipient"
}

/// An archive: random, written as a UUID (version 4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchiveId(pub [u8; 16]);

impl ArchiveId {
    /// The id made of these random bytes, with the version and variant bits of RFC 9562 set.
    #[must_use]
    pub fn from_random(mut random: [u8; 16]) -> Self {
        random[6] = (random[6] & 0x0f) | 0x40;
        random[8] = (random[8] & 0x3f) | 0x80;
        Self(random)
    }
}

impl fmt::Display for ArchiveId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ArchiveId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for ArchiveId {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let id = from_hex(&text.replace('-', "")).map(Self);
        id.filter(|id| id.to_string() == text)
            .ok_or_else(|| NameError(text.to_owned(), "archive", "a lower-case UUID"))
    }
}

fn from_hex(text: &str) -> Option<[u8; 16]> {
    let digits = text.as_bytes();
    if digits.len() != 32 {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = hex_digit(pair[0])? * 16 + hex_digit(pair[1])?;
    }
    Some(bytes)
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_only_in_their_one_spelling() {
        let id = ArchiveId::from_random([0xab; 16]);
        assert_eq!(id.to_string(), "abababab-abab-4bab-abab-abababababab");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(
            "ABABABAB-abab-4bab-abab-abababababab"
                .parse::<ArchiveId>()
                .is_err()
        );
        assert!(
            id.to_string()
                .replace('-', "")
                .parse::<ArchiveId>()
                .is_err()
        );
        let writer = WriterId([7; 16]);
        assert_eq!(writer.to_string().parse(), Ok(writer));
        assert!("07".parse::<WriterId>().is_err());
        assert!("é".repeat(16).parse::<WriterId>().is_err());
    }
}
