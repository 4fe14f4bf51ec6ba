//! The keys of a view: one for the records' database, one for the text index, both derived
//! (HKDF-SHA256, RFC 5869) from the view key that the caller holds.
//!
//! Invariant: no key is ever written to disk by this crate; whoever destroys the view key has
//! wiped the view.

use ring::hkdf;
use zeroize::Zeroizing;

/// Keys of 256 bits.
pub(crate) type Key = Zeroizing<[u8; 32]>;

const RECORDS: &[u8] = b"onrecord view 1 records";
const INDEX: &[u8] = b"onrecord view 1 index";

/// The raw key of the SQLCipher database.
pub(crate) fn records(view: &[u8; 32]) -> Key {
    derive(view, &[], &[RECORDS])
}

/// The key from which each file of the text index gets its own.
pub(crate) fn index(view: &[u8; 32]) -> Key {
    derive(view, &[], &[INDEX])
}

/// HKDF-SHA256 with `salt` and the parts of `info`, to 32 bytes.
pub(crate) fn derive(secret: &[u8; 32], salt: &[u8], info: &[&[u8]]) -> Key {
    let mut key = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(info, hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(key.as_mut()))
        .expect("HKDF-SHA256 gives 32 bytes for any secret, salt and info");
    key
}
