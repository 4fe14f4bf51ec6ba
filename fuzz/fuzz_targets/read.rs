//! Whatever is read: no panic; passages are numbered, ascend and hold text; the map stays inside.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::CharIndex;

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let name = ["page.html", "page.md", "page.txt", "page"][usize::from(kind % 4)];
    let Ok(reading) = read::read(&read::Input { bytes, name }) else { return };
    let index = CharIndex::new(&reading.text);
    let mut end = 0;
    for (at, passage) in reading.passages.iter().enumerate() {
        assert_eq!(passage.number as usize, at + 1);
        assert!(passage.span.start >= end && !passage.span.is_empty());
        assert!(index.slice(&reading.text, passage.span).is_some());
        end = passage.span.end;
    }
    for run in reading.map.runs() {
        assert!(run.reading + run.len <= index.chars());
    }
    let bytes = model::to_cbor(&reading).expect("a reading is encodable");
    assert_eq!(model::from_cbor::<model::Reading>(&bytes).expect("it decodes"), reading);
});
