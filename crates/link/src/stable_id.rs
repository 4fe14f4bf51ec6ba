//! Ids of what is computed anew each time: a hash of what it is made of, so that a rerun, another
//! device and another order give the same.

use sha2::{Digest, Sha256};

/// The first 16 hexadecimal digits of the SHA-256 of the parts, each preceded by its length.
pub(crate) fn stable_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest: [u8; 32] = hash.finalize().into();
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
