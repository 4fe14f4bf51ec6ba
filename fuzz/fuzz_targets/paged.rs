//! Whatever is read as a PDF file: no panic; passages ascend; pages ascend in the text and begin
//! inside it; every character has a page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::CharIndex;

fuzz_target!(|bytes: &[u8]| {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend_from_slice(bytes);
    let Ok(reading) = read::read(&read::Input { bytes: &file, name: "a.pdf" }) else { return };
    let chars = CharIndex::new(&reading.text).chars();
    let mut end = 0;
    for passage in &reading.passages {
        assert!(passage.span.start >= end && !passage.span.is_empty());
        assert!(reading.page_at(passage.span.start).is_some());
        end = passage.span.end;
    }
    assert!(end <= chars);
    assert!(reading.pages.is_sorted_by_key(|start| start.from));
    assert!(reading.pages.iter().all(|start| start.from < chars && start.page > 0));
});
