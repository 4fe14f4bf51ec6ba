//! Whatever is proposed from whatever text, in whatever language it claims to be: every quote and
//! every field stands on words that are there, and the same text gives the same proposals.
//!
//! The first two bytes choose language and kinds of passage; blank lines part passages.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{CharIndex, Found, OffsetMap, Passage, PassageKind, Reader, Reading, Span};
use serde_json::Value;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<extract::Extractor> =
    LazyLock::new(|| extract::Extractor::shipped().expect("the shipped lexicons compile"));

const LANGUAGES: [Option<&str>; 7] = [
    None,
    Some("en"),
    Some("ko"),
    Some("ja"),
    Some("fr"),
    Some("es"),
    Some("de"),
];
const KINDS: [PassageKind; 5] = [
    PassageKind::Paragraph,
    PassageKind::Title,
    PassageKind::Heading,
    PassageKind::Caption,
    PassageKind::ListItem,
];

fuzz_target!(|bytes: &[u8]| {
    let [language, kinds, rest @ ..] = bytes else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let reading = reading(
        &text,
        LANGUAGES[*language as usize % LANGUAGES.len()],
        *kinds,
    );
    let context = extract::Context {
        published: (language & 0x80 != 0).then(|| "2024-10-18".parse().expect("a date")),
        publisher: (kinds & 0x80 != 0).then(|| "Human Rights Council".to_owned()),
    };
    let index = CharIndex::new(&reading.text);
    let proposals = EXTRACTOR.extract(&reading, &context);
    for proposal in &proposals {
        assert!(!proposal.quotes.is_empty());
        for quote in &proposal.quotes {
            quote
                .check(&reading.text, &index)
                .expect("the quote stands where it says");
            let passage = reading
                .passages
                .iter()
                .find(|passage| passage.number == quote.passage);
            let passage = passage.expect("the quote names a passage");
            assert!(passage.span.start <= quote.span.start && quote.span.end <= passage.span.end);
        }
        let fields = serde_json::to_value(&proposal.body).expect("a record is JSON");
        assert!(
            cited(&fields).all(|at| at < proposal.quotes.len()),
            "{proposal:?}"
        );
    }
    assert_eq!(proposals, EXTRACTOR.extract(&reading, &context));
});

/// The positions of quotes that fields refer to; one beyond the list would cite nothing.
fn cited(fields: &Value) -> impl Iterator<Item = usize> {
    let (mut left, mut found) = (vec![fields], Vec::new());
    while let Some(value) = left.pop() {
        match value {
            Value::Object(fields) => {
                let quotes = fields.get("quotes").and_then(Value::as_array);
                let positions = quotes.into_iter().flatten().filter_map(Value::as_u64);
                found.extend(positions.map(|at| at as usize));
                left.extend(fields.values());
            }
            Value::Array(list) => left.extend(list),
            _ => {}
        }
    }
    found.into_iter()
}

fn reading(text: &str, language: Option<&str>, kinds: u8) -> Reading {
    let mut passages = Vec::new();
    let mut at = 0;
    for (number, block) in text.split("\n\n").enumerate() {
        let chars = block.chars().count() as u32;
        if chars > 0 {
            passages.push(Passage {
                number: passages.len() as u32 + 1,
                span: Span::new(at, at + chars),
                kind: KINDS[if kinds & 0x40 == 0 {
                    0
                } else {
                    number + kinds as usize
                } % KINDS.len()],
                left_out: None,
            });
        }
        at += chars + 2;
    }
    let chars = text.chars().count() as u32;
    Reading {
        reader: Reader {
            name: "fuzz".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "given".to_owned(),
        text: text.to_owned(),
        map: OffsetMap::identity(chars),
        passages,
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: language.map(|language| Found {
            value: language.to_owned(),
            basis: "given".to_owned(),
            span: None,
        }),
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}
