//! The weights of a tagger, and their file: `ORTAG1`, the number of features (u32), then ascending
//! hashes (u32) each with seven weights (i16); least significant byte first.

use super::TAGS;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

const MAGIC: &[u8; 6] = b"ORTAG1";
/// Most features of a model that is loaded.
const MOST: usize = 4 << 20;
/// Bytes of a feature.
const ROW: usize = 4 + 2 * TAGS;

/// A file that is no model.
#[derive(Debug, thiserror::Error)]
#[error("this is no tagger model: {0}")]
pub struct ModelError(&'static str);

/// Weights by feature.
#[derive(Debug, Default)]
pub struct Model {
    weights: HashMap<u32, [i16; TAGS], BuildHasherDefault<AsIs>>,
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

impl Model {
    /// Reads a model's file.
    ///
    /// # Errors
    /// When it is not of the form above, or its hashes do not ascend.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or(ModelError("it does not begin as one"))?;
        let (count, rows) = rest
            .split_first_chunk()
            .ok_or(ModelError("it is cut short"))?;
        let count = u32::from_le_bytes(*count) as usize;
        if count > MOST || rows.len() != count * ROW {
            return Err(ModelError("its length is not what it says"));
        }
        let mut weights = HashMap::with_capacity_and_hasher(count, BuildHasherDefault::default());
        let mut last = None;
        for row in rows.chunks_exact(ROW) {
            let (hash, row) = row
                .split_first_chunk()
                .ok_or(ModelError("it is cut short"))?;
            let hash = u32::from_le_bytes(*hash);
            if last.is_some_and(|last| last >= hash) {
                return Err(ModelError("its features do not ascend"));
            }
            last = Some(hash);
            let mut values = [0; TAGS];
            for (value, bytes) in values.iter_mut().zip(row.chunks_exact(2)) {
                *value = i16::from_le_bytes([bytes[0], bytes[1]]);
            }
            weights.insert(hash, values);
        }
        Ok(Self { weights })
    }

    /// The file of these weights.
    #[must_use]
    pub fn to_bytes(weights: &std::collections::BTreeMap<u32, [i16; TAGS]>) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(weights.len() as u32).to_le_bytes());
        for (hash, row) in weights {
            bytes.extend_from_slice(&hash.to_le_bytes());
            bytes.extend(row.iter().flat_map(|value| value.to_le_bytes()));
        }
        bytes
    }

    /// The sum of the weights of some features, by tag.
    pub(super) fn scores(&self, hashes: &[u32]) -> [i32; TAGS] {
        let mut scores = [0; TAGS];
        for weights in hashes.iter().filter_map(|hash| self.weights.get(hash)) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += i32::from(*weight);
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_file_comes_back_and_damage_is_refused() {
        let rows = BTreeMap::from([(7, [1, -2, 3, 0, 0, 0, 5]), (9, [0; TAGS])]);
        let bytes = Model::to_bytes(&rows);
        let model = Model::from_bytes(&bytes).unwrap();
        assert_eq!(model.scores(&[7, 7, 9, 1]), [2, -4, 6, 0, 0, 0, 10]);
        for cut in 0..bytes.len() {
            assert!(Model::from_bytes(&bytes[..cut]).is_err());
        }
        let mut swapped = bytes.clone();
        swapped[10] = 200;
        assert!(Model::from_bytes(&swapped).is_err());
    }
}
