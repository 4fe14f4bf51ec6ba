//! What a stranger's archive can hold: no panic, and what is accepted has one encoding only.
#![no_main]

use archive::Entry;
use archive::tlog::{Checkpoint, EntryBundle, Note, TlogProof, VerifierKey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(entry) = Entry::decode(bytes) {
        assert_eq!(entry.encode().expect("what decodes encodes"), bytes);
    }
    let _ = EntryBundle::parse(bytes.to_vec());
    let _ = Note::parse(bytes);
    let _ = TlogProof::parse(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Checkpoint::parse(text);
        let _ = text.parse::<VerifierKey>();
    }
});
