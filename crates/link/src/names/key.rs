//! A folded name: at most sixteen bytes of ASCII, so that millions of them compare as numbers.
//!
//! Invariant: what is shorter is filled with zero bytes, what is longer is cut; the order of two
//! keys is the order of their texts.

use std::fmt;

/// The folded, spelling-insensitive form of a surname or a given name. Empty when nothing is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Key([u8; Key::BYTES]);

impl Key {
    /// The longest key, in bytes.
    pub const BYTES: usize = 16;

    /// Takes the ASCII bytes of `text`, as many as fit.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut key = Self::default();
        key.push(text.as_bytes());
        key
    }

    /// Adds what still fits; bytes that are not ASCII, and zero, are left out.
    pub(super) fn push(&mut self, more: &[u8]) {
        let free = &mut self.0[..];
        let used = free.iter().position(|b| *b == 0).unwrap_or(Self::BYTES);
        let fitting = more.iter().filter(|b| b.is_ascii() && **b != 0);
        for (place, byte) in free[used..].iter_mut().zip(fitting) {
            *place = *byte;
        }
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().position(|b| *b == 0).unwrap_or(Self::BYTES)
    }

    /// Whether nothing is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0[0] == 0
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0[..self.len()]).expect("a key holds ASCII only")
    }

    /// The sixteen bytes, filled with zeros: for packed tables.
    #[must_use]
    pub const fn bytes(&self) -> [u8; Self::BYTES] {
        self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl serde::Serialize for Key {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_cut_and_filled() {
        assert_eq!(Key::new("hyesuk").as_str(), "hyesuk");
        assert_eq!(Key::new("abcdefghijklmnopqrs").as_str(), "abcdefghijklmnop");
        assert_eq!(Key::new("ké\0k").as_str(), "kk");
        assert!(Key::default().is_empty());
        assert!(Key::new("ab") < Key::new("abc"));
    }
}
