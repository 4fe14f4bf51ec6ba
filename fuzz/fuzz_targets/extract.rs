//! Whatever is proposed from whatever text: every quote stands at its place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::CharIndex;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<extract::Extractor> =
    LazyLock::new(|| extract::Extractor::shipped().expect("the shipped lexicons compile"));

fuzz_target!(|text: &str| {
    let input = read::Input { bytes: text.as_bytes(), name: "page.txt" };
    let Ok(reading) = read::read(&input) else { return };
    let index = CharIndex::new(&reading.text);
    for proposal in EXTRACTOR.extract(&reading, &extract::Context::default()) {
        assert!(!proposal.quotes.is_empty());
        for quote in &proposal.quotes {
            quote.check(&reading.text, &index).expect("the quote stands where it says");
        }
    }
});
