//! The weights of the two models, and their file: `ORCLA2`; the number of types (u8), each its
//! code (u8 length, bytes) and bias (i32); the bias of being told (i32); the number of features
//! (u32), each its hash (u32, ascending), its weight for being told (i16), the number of its types
//! (u8) and for each its number (u8) and weight (i16); for each dimension of the vectors of words
//! its weight for being told (i16) and for each type (i16). Least significant byte first.

use super::vectors::{DIMENSIONS, SCALE};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

const MAGIC: &[u8; 6] = b"ORCLA2";
/// Most features of a model that is loaded.
const MOST: usize = 4 << 20;

/// One of the logarithm of the odds, in the whole numbers that weights are.
pub const UNIT: i32 = 256;

/// A file that is no model.
#[derive(Debug, thiserror::Error)]
#[error("this is no model of clauses: {0}; train it anew as docs/clauses.md says")]
pub struct ModelError(pub(super) &'static str);

/// The weights of a feature.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// For telling of a violation at all.
    pub told: i16,
    /// For types of violation, by their number; those left out are 0.
    pub types: Vec<(u8, i16)>,
}

/// The models.
#[derive(Debug, Default)]
pub struct Model {
    codes: Vec<String>,
    type_biases: Vec<i32>,
    bias: i32,
    /// Weight for being told, and where in `types` the feature's types begin and how many they are.
    rows: HashMap<u32, (i16, u32, u8), BuildHasherDefault<AsIs>>,
    types: Vec<(u8, i16)>,
    /// By dimension of the vectors of words: for being told, then for each type.
    senses: Vec<Vec<i16>>,
}

/// The keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, value: u32) {
        // The table takes the upper bits for one thing and the lower for another.
        self.0 = u64::from(value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// The weights of a feature, as they lie in the model.
pub(super) struct Weights<'m> {
    pub(super) told: i16,
    pub(super) types: &'m [(u8, i16)],
}

/// Reads a file's bytes from the front.
pub(super) struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (first, rest) = self
            .0
            .split_first_chunk()
            .ok_or(ModelError("it is cut short"))?;
        self.0 = rest;
        Ok(*first)
    }

    pub(super) fn text(&mut self, length: usize) -> Result<&'b str, ModelError> {
        let (text, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(ModelError("it is cut short"))?;
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| ModelError("a word of it is no text"))
    }
}

impl Model {
    /// Reads a model's file.
    ///
    /// # Errors
    /// When it is not of the form above, or its hashes do not ascend.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or(ModelError("it does not begin as one"))?;
        let mut bytes = Bytes(rest);
        let mut model = Self::default();
        let [classes] = bytes.take()?;
        for _ in 0..classes {
            let [length] = bytes.take()?;
            model
                .codes
                .push(bytes.text(usize::from(length))?.to_owned());
            model.type_biases.push(i32::from_le_bytes(bytes.take()?));
        }
        model.bias = i32::from_le_bytes(bytes.take()?);
        let count = u32::from_le_bytes(bytes.take()?) as usize;
        if count > MOST {
            return Err(ModelError("it has too many features"));
        }
        let mut last = None;
        for _ in 0..count {
            let hash = u32::from_le_bytes(bytes.take()?);
            if last.is_some_and(|last| last >= hash) {
                return Err(ModelError("its features do not ascend"));
            }
            last = Some(hash);
            let told = i16::from_le_bytes(bytes.take()?);
            let [types] = bytes.take()?;
            let from = model.types.len() as u32;
            for _ in 0..types {
                let [class] = bytes.take()?;
                if class >= classes {
                    return Err(ModelError("a weight is for a type that it does not have"));
                }
                let weight = i16::from_le_bytes(bytes.take()?);
                model.types.push((class, weight));
            }
            model.rows.insert(hash, (told, from, types));
        }
        for _ in 0..DIMENSIONS {
            let mut weights = Vec::with_capacity(usize::from(classes) + 1);
            for _ in 0..=classes {
                weights.push(i16::from_le_bytes(bytes.take()?));
            }
            model.senses.push(weights);
        }
        if !bytes.0.is_empty() {
            return Err(ModelError("it goes on behind its end"));
        }
        Ok(model)
    }

    /// The file of a model: codes with their biases, the bias of being told, its features, and the
    /// weights of the vectors' dimensions.
    #[must_use]
    pub fn to_bytes(
        codes: &[(String, i32)],
        bias: i32,
        rows: &[(u32, Row)],
        senses: &[Vec<i16>],
    ) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(codes.len() as u8);
        for (code, bias) in codes {
            bytes.push(code.len() as u8);
            bytes.extend(code.bytes());
            bytes.extend(bias.to_le_bytes());
        }
        bytes.extend(bias.to_le_bytes());
        bytes.extend((rows.len() as u32).to_le_bytes());
        for (hash, row) in rows {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(row.told.to_le_bytes());
            bytes.push(row.types.len() as u8);
            for (class, weight) in &row.types {
                bytes.push(*class);
                bytes.extend(weight.to_le_bytes());
            }
        }
        for weight in senses.iter().flatten() {
            bytes.extend(weight.to_le_bytes());
        }
        bytes
    }

    pub(super) fn bias(&self) -> i32 {
        self.bias
    }

    pub(super) fn type_biases(&self) -> &[i32] {
        &self.type_biases
    }

    pub(super) fn code(&self, class: usize) -> Option<&str> {
        self.codes.get(class).map(String::as_str)
    }

    /// What a sum of vectors speaks for: being told, then each type, in [`UNIT`]s.
    pub(super) fn of_senses(&self, sum: &[i32; DIMENSIONS]) -> Vec<i32> {
        let mut scores = vec![0_i64; self.codes.len() + 1];
        for (weights, number) in self.senses.iter().zip(sum) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += i64::from(*weight) * i64::from(*number);
            }
        }
        let whole = |score: i64| (score / i64::from(SCALE)) as i32;
        scores.into_iter().map(whole).collect()
    }

    pub(super) fn row(&self, hash: u32) -> Option<Weights<'_>> {
        let (told, from, count) = *self.rows.get(&hash)?;
        let types = self
            .types
            .get(from as usize..from as usize + usize::from(count))?;
        Some(Weights { told, types })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_comes_back_and_damage_is_refused() {
        let codes = [("torture".to_owned(), -3), ("rape".to_owned(), 4)];
        let row = |told, types: &[(u8, i16)]| Row {
            told,
            types: types.to_vec(),
        };
        let rows = [(7, row(-5, &[(1, 300)])), (9, row(6, &[]))];
        let senses = vec![vec![320, -64, 0]; DIMENSIONS];
        let bytes = Model::to_bytes(&codes, 11, &rows, &senses);
        let model = Model::from_bytes(&bytes).unwrap();
        assert_eq!(
            (model.bias(), model.type_biases()),
            (11, [-3, 4].as_slice())
        );
        let found = model.row(7).unwrap();
        assert_eq!((found.told, found.types), (-5, [(1, 300)].as_slice()));
        assert!(model.row(8).is_none());
        let mut sum = [0; DIMENSIONS];
        sum[3] = 5;
        assert_eq!(model.of_senses(&sum), [5, -1, 0]);
        for cut in 0..bytes.len() {
            assert!(Model::from_bytes(&bytes[..cut]).is_err());
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(Model::from_bytes(&longer).is_err());
        let strange = Model::to_bytes(&codes, 11, &[(7, row(1, &[(2, 1)]))], &senses);
        assert!(Model::from_bytes(&strange).is_err());
    }
}
