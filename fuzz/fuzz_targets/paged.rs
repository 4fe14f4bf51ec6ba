//! Whatever is read as a PDF file: no panic; passages ascend; pages ascend in the text and begin
//! inside it; every character has a page. Where words stand they stand on a page, in their order, and
//! are of the same text; the first page gives an image or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::CharIndex;

fuzz_target!(|bytes: &[u8]| {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend_from_slice(bytes);
    let input = read::Input { bytes: &file, name: "a.pdf" };
    let _ = read::sheet::draw(&input, 1, read::sheet::Veil::Pictures);
    let found = read::sheet::sheets(&input);
    let Ok(reading) = read::read(&input) else { return };
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
    let found = found.expect("what can be read has pages");
    assert!(found.of.is_some());
    let mut end = 0;
    for word in &found.words {
        assert!(word.from >= end && word.to > word.from && word.to <= chars);
        assert!((1..=found.sheets.len()).contains(&(word.page as usize)));
        end = word.to;
    }
});
