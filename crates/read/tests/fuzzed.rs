//! What coverage-guided fuzzing gathered (`fuzz/readers`), read again: the folder's name is that of
//! the file.
#![allow(clippy::unwrap_used)]

#[path = "../../../fuzz/assemble.rs"]
mod assemble;

use onrecord_read::{Input, read, unpack};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn the_corpus_of_every_reader_is_read_without_a_fault() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/reader");
    let (mut replayed, mut readers) = (0, BTreeSet::new());
    for folder in std::fs::read_dir(corpus).unwrap() {
        let folder = folder.unwrap();
        let name = folder.file_name().into_string().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let whole = std::fs::read(file.unwrap().path()).unwrap();
            let Ok(bytes) = assemble::assemble(&whole) else {
                continue;
            };
            let input = Input {
                bytes: &bytes,
                name: &name,
            };
            if let Ok(reading) = read(&input) {
                readers.insert(reading.reader.name);
            }
            let _ = unpack(&input);
            replayed += 1;
        }
    }
    assert!(replayed >= 100, "{replayed} files");
    assert!(readers.len() >= 5, "only {readers:?} read one of them");
}

/// calamine 0.38 reads on for ever where a sheet of ODS has no end.
#[test]
fn a_sheet_without_an_end_is_damaged() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/reader");
    let whole = std::fs::read(corpus.join("a.ods/endless-sheet")).unwrap();
    let bytes = assemble::assemble(&whole).unwrap();
    let refused = read(&Input {
        bytes: &bytes,
        name: "a.ods",
    });
    let reason = refused.unwrap_err().reason;
    assert!(reason.contains("breaks off within a sheet"), "{reason}");
}
