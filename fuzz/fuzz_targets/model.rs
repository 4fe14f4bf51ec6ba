//! Dates, digests, ids and the CBOR of the model: no panic, and what is read is written alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{Edtf, Proposals, Reading, Sha256Digest, Source, SourceId, from_cbor};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(date) = text.parse::<Edtf>() {
            assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
        }
        let _ = text.parse::<Sha256Digest>();
        let _ = text.parse::<SourceId>();
    }
    let _ = from_cbor::<Source>(bytes);
    let _ = from_cbor::<Reading>(bytes);
    let _ = from_cbor::<Proposals>(bytes);
});
