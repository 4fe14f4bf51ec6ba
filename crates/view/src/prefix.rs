//! The beginning of an id or digest, as people give it.

use crate::{Error, Result};

/// Fewest digits that are looked for.
const FEWEST: usize = 4;

/// Hexadecimal digits with hyphens left out: the first of at most 64.
pub(crate) struct Prefix {
    text: String,
    bytes: [u8; 32],
    digits: usize,
}

impl Prefix {
    /// Reads a prefix of at least four digits.
    ///
    /// # Errors
    /// When it is shorter, longer than a digest, or holds anything but digits and hyphens.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::NotAPrefix(text.chars().take(80).collect());
        let mut prefix = Self {
            text: text.to_owned(),
            bytes: [0; 32],
            digits: 0,
        };
        for c in text.chars().filter(|c| *c != '-') {
            let digit = c.to_digit(16).ok_or_else(wrong)? as u8;
            let byte = prefix.bytes.get_mut(prefix.digits / 2).ok_or_else(wrong)?;
            *byte |= if prefix.digits.is_multiple_of(2) {
                digit << 4
            } else {
                digit
            };
            prefix.digits += 1;
        }
        match prefix.digits {
            FEWEST.. => Ok(prefix),
            _ => Err(wrong()),
        }
    }

    /// Digits given.
    pub(crate) fn digits(&self) -> usize {
        self.digits
    }

    /// Least and greatest sixteen bytes that begin so; `None` when it is longer than an id.
    pub(crate) fn ids(&self) -> Option<([u8; 16], [u8; 16])> {
        let (low, high) = self.digests();
        (self.digits <= 32).then(|| {
            let half = |bytes: [u8; 32]| bytes[..16].try_into().expect("half of 32 bytes");
            (half(low), half(high))
        })
    }

    /// Least and greatest thirty-two bytes that begin so.
    pub(crate) fn digests(&self) -> ([u8; 32], [u8; 32]) {
        let mut high = self.bytes;
        for digit in self.digits..64 {
            high[digit / 2] |= if digit.is_multiple_of(2) { 0xf0 } else { 0x0f };
        }
        (self.bytes, high)
    }

    /// The error for more than one thing that begins so.
    pub(crate) fn ambiguous(&self) -> Error {
        Error::Ambiguous {
            prefix: self.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_prefix_is_a_range() {
        let prefix = Prefix::parse("018B-cf").unwrap();
        let (low, high) = prefix.ids().unwrap();
        assert_eq!(
            (&low[..4], &high[..4]),
            (&[1, 0x8b, 0xcf, 0][..], &[1, 0x8b, 0xcf, 0xff][..])
        );
        let odd = Prefix::parse("abcde").unwrap().digests();
        assert_eq!((odd.0[2], odd.1[2], odd.1[31]), (0xe0, 0xef, 0xff));
        assert!(Prefix::parse(&"a".repeat(64)).unwrap().ids().is_none());
        for wrong in ["", "abc", "----", "abcg", "é", &"a".repeat(65)] {
            assert!(Prefix::parse(wrong).is_err(), "{wrong}");
        }
    }
}
