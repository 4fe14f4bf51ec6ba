//! What words are like: vectors of the most frequent English words, near each other where words stand
//! in like company. By them the models weigh a word that no clause they learnt from has.
//!
//! The file: `ORVEC1`, the number of words (u32, least significant byte first); each word (u8 length,
//! bytes), ascending; for each word its [`DIMENSIONS`] numbers (i8), in [`SCALE`]ths of a vector of
//! length 1. `docs/clauses.md` says where they are from.

use super::model::{Bytes, ModelError};
use crate::lexicon::VECTORS;

const MAGIC: &[u8; 6] = b"ORVEC1";
/// Numbers of a vector.
pub const DIMENSIONS: usize = 100;
/// What a 1 is, in the whole numbers of the file.
pub const SCALE: i32 = 320;
/// Most words of a file that is loaded.
const MOST: usize = 1 << 20;

/// The vectors of words.
#[derive(Debug, Default)]
pub struct Vectors {
    words: Vec<&'static str>,
    numbers: &'static [u8],
}

impl Vectors {
    /// The vectors that are embedded.
    ///
    /// # Errors
    /// None in a released program: a test reads them.
    pub fn shipped() -> Result<Self, ModelError> {
        Self::from_bytes(VECTORS)
    }

    /// Reads a file of vectors.
    ///
    /// # Errors
    /// When it is not of the form above, or its words do not ascend.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or(ModelError("its vectors do not begin as such"))?;
        let mut bytes = Bytes(rest);
        let count = u32::from_le_bytes(bytes.take()?) as usize;
        if count > MOST {
            return Err(ModelError("it has vectors of too many words"));
        }
        let mut words = Vec::with_capacity(count);
        for _ in 0..count {
            let [length] = bytes.take()?;
            let word = bytes.text(usize::from(length))?;
            if words.last().is_some_and(|last| *last >= word) {
                return Err(ModelError("the words of its vectors do not ascend"));
            }
            words.push(word);
        }
        match bytes.0.len() == count * DIMENSIONS {
            true => Ok(Self {
                words,
                numbers: bytes.0,
            }),
            false => Err(ModelError("its vectors are not as many as its words")),
        }
    }

    /// The vector of a word in lower case, as the bytes of whole numbers; `None` for a rare word.
    pub(super) fn of(&self, word: &str) -> Option<&'static [u8]> {
        let at = self.words.binary_search(&word).ok()?;
        self.numbers.get(at * DIMENSIONS..(at + 1) * DIMENSIONS)
    }
}

/// Adds a vector to a sum.
pub(super) fn add(sum: &mut [i32; DIMENSIONS], vector: &[u8]) {
    for (sum, byte) in sum.iter_mut().zip(vector) {
        *sum += i32::from(i8::from_le_bytes([*byte]));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn likeness(vectors: &Vectors, one: &str, other: &str) -> i32 {
        let of = |word| {
            vectors
                .of(word)
                .unwrap()
                .iter()
                .map(|byte| i32::from(*byte as i8))
        };
        of(one).zip(of(other)).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn words_of_like_company_are_near() {
        let vectors = Vectors::shipped().unwrap();
        for (word, near, far) in [
            ("jailed", "imprisoned", "harvested"),
            ("tortured", "beaten", "elected"),
            ("hunger", "starvation", "keyboard"),
        ] {
            let (near, far) = (
                likeness(&vectors, word, near),
                likeness(&vectors, word, far),
            );
            assert!(near > 2 * far.max(1), "{word}: {near} {far}");
        }
        assert!(vectors.of("xqzzk").is_none());
    }

    #[test]
    fn damage_is_refused() {
        for cut in [0, 5, 9, 10, 400, VECTORS.len() - 1] {
            assert!(Vectors::from_bytes(&VECTORS[..cut]).is_err(), "{cut}");
        }
    }
}
