//! Whatever is read as a capture, a saved page, a book, a rich text, a message of Outlook or a tape
//! archive, and whatever is taken out of it: no panic; passages ascend; what comes out is bounded.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let names = [
        "a.warc", "a.warc.gz", "a.wacz", "a.mhtml", "a.html", "a.rtf", "a.epub", "a.tar", "a.tar.gz", "a.gz", "a.msg",
    ];
    let name = names[usize::from(kind) % names.len()];
    let input = read::Input { bytes, name };
    if let Ok(reading) = read::read(&input) {
        let mut end = 0;
        for passage in &reading.passages {
            assert!(passage.span.start >= end && !passage.span.is_empty());
            end = passage.span.end;
        }
    }
    if let Ok(members) = read::unpack(&input) {
        let total: usize = members.iter().map(|member| member.bytes.len()).sum();
        assert!(total <= bytes.len() * 200 + (1 << 20));
    }
});
