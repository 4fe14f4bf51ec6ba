//! What a picture looks like, in 256 bits: pictures that look alike differ in few of them.
//!
//! Invariant: it says that two pictures look alike, never that they are the same picture or show
//! the same thing. Standard: PDQ (Meta, *The TMK+PDQF Video-Hashing Algorithm and the PDQ
//! Image-Hashing Algorithm*, 2019), with its bounds for quality and for distance.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The PDQ hash of a picture. It is written as 64 hexadecimal digits, a colon, and the quality.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Likeness {
    /// The bits, as PDQ's own programs write them in hexadecimal: the last of them first.
    pub bits: [u8; 32],
    /// How much there is to tell the picture by, 0 to 100.
    pub quality: u8,
}

/// The text is no [`Likeness`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("what a picture looks like is 64 hexadecimal digits, a colon and 0 to 100; this is not")]
pub struct LikenessError;

impl Likeness {
    /// How many bits there are.
    pub const BITS: u32 = 256;
    /// Most bits in which pictures differ that look alike.
    pub const MOST_APART: u32 = 31;
    /// Below this quality a picture is too plain to be told from others.
    pub const LEAST_QUALITY: u8 = 50;

    /// In how many of the 256 bits two pictures differ; those that have nothing to do with each other
    /// differ in about 128.
    #[must_use]
    pub fn apart(&self, other: &Self) -> u32 {
        let pairs = self.bits.iter().zip(&other.bits);
        pairs.map(|(one, other)| (one ^ other).count_ones()).sum()
    }

    /// Whether there is enough in the picture to compare it by.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.quality >= Self::LEAST_QUALITY
    }

    /// In how many bits two pictures differ that look alike; `None` where they do not, or where one of
    /// them is too plain to say.
    #[must_use]
    pub fn alike(&self, other: &Self) -> Option<u32> {
        let apart = self.apart(other);
        let is_alike = self.is_telling() && other.is_telling() && apart <= Self::MOST_APART;
        is_alike.then_some(apart)
    }
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", crate::Sha256Digest(self.bits), self.quality)
    }
}

impl FromStr for Likeness {
    type Err = LikenessError;

    fn from_str(text: &str) -> Result<Self, LikenessError> {
        let (bits, quality) = text.split_once(':').ok_or(LikenessError)?;
        let crate::Sha256Digest(bits) = bits.parse().map_err(|_| LikenessError)?;
        let quality = quality.parse().map_err(|_| LikenessError)?;
        if quality > 100 {
            return Err(LikenessError);
        }
        Ok(Self { bits, quality })
    }
}

impl TryFrom<String> for Likeness {
    type Error = LikenessError;

    fn try_from(text: String) -> Result<Self, LikenessError> {
        text.parse()
    }
}

impl From<Likeness> for String {
    fn from(likeness: Likeness) -> Self {
        likeness.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_alike_up_to_the_bound_and_plain_ones_never() {
        let of = |bits: [u8; 32], quality| Likeness { bits, quality };
        let mut far = [0; 32];
        far[..3].fill(0xff);
        far[3] = 0x7f;
        let (one, near) = (of([0; 32], 100), of(far, 50));
        assert_eq!(one.alike(&near), Some(31));
        assert_eq!(one.alike(&of(far, 49)), None, "too plain");
        far[3] = 0xff;
        assert_eq!(one.apart(&of(far, 50)), 32);
        assert_eq!(one.alike(&of(far, 50)), None);
    }

    #[test]
    fn it_is_read_as_it_is_written_and_nothing_else() {
        let likeness = Likeness {
            bits: std::array::from_fn(|at| at as u8 * 7),
            quality: 100,
        };
        assert_eq!(likeness.to_string().parse(), Ok(likeness));
        let stored = crate::to_cbor(&likeness).unwrap();
        assert_eq!(crate::from_cbor::<Likeness>(&stored).unwrap(), likeness);
        let digits = "0".repeat(64);
        for wrong in [
            digits.clone(),
            format!("{digits}:101"),
            format!("{digits}0:1"),
            String::new(),
        ] {
            assert_eq!(wrong.parse::<Likeness>(), Err(LikenessError), "{wrong}");
        }
    }
}
