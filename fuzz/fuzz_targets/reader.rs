//! One reader, chosen by the name of a file that it takes (`ONRECORD_FUZZ_NAME=a.docx`), and
//! whatever is taken out of such a file: no panic; passages are numbered, ascend and hold text; the
//! map stays inside; a reading is the same after it was stored; what comes out is bounded.
#![no_main]

#[path = "../assemble.rs"]
mod assemble;

use libfuzzer_sys::{Corpus, fuzz_target};
use model::CharIndex;
use std::sync::LazyLock;

/// The name, and the reader that takes files of that name.
static NAME: LazyLock<String> =
    LazyLock::new(|| std::env::var("ONRECORD_FUZZ_NAME").expect("ONRECORD_FUZZ_NAME names a file"));

fuzz_target!(|input: &[u8]| -> Corpus {
    let Ok(bytes) = assemble::assemble(input) else { return Corpus::Reject };
    let taken = read::reader_of(&read::media_type(&NAME, &bytes));
    if taken.is_none_or(|reader| !reads(&reader.name)) {
        return Corpus::Reject;
    }
    let input = read::Input { bytes: &bytes, name: &NAME };
    if let Ok(members) = read::unpack(&input) {
        let total: usize = members.iter().map(|member| member.bytes.len()).sum();
        assert!(total <= bytes.len() * 200 + (1 << 20));
    }
    if let Ok(reading) = read::read(&input) {
        check(&reading);
    }
    Corpus::Keep
});

/// Whether the reader called `name` is the one that is asked for: `a.docx` by `docx`, `a.xls` by
/// `workbook`. What else the bytes look like is left to that reader's own run.
fn reads(name: &str) -> bool {
    let extension = NAME.rsplit('.').next().unwrap_or_default();
    match extension {
        "csv" | "tsv" | "jsonl" => name == "table",
        "xlsx" | "xls" | "ods" => name == "workbook",
        "txt" => name == "text",
        "md" => name == "markdown",
        "eml" => name == "mail",
        "msg" => name == "outlook",
        "mbox" | "zip" | "tar" | "gz" => name == "container",
        "jpg" | "png" | "tif" | "webp" => name == "picture",
        other => name == other,
    }
}

fn check(reading: &model::Reading) {
    let index = CharIndex::new(&reading.text);
    let mut end = 0;
    for (number, passage) in (1..).zip(&reading.passages) {
        assert_eq!(passage.number, number);
        assert!(passage.span.start >= end && !passage.span.is_empty());
        assert!(index.slice(&reading.text, passage.span).is_some());
        end = passage.span.end;
    }
    for run in reading.map.runs() {
        assert!(run.reading + run.len <= index.chars());
    }
    for row in reading.tables.iter().flat_map(|table| &table.rows) {
        let passage = reading.passages[row.passage as usize - 1];
        assert!(row.cells.iter().all(|cell| passage.span.contains(cell.span)));
    }
    assert!(reading.pages.is_sorted_by_key(|start| start.from));
    let stored = model::to_cbor(reading).expect("a reading is encodable");
    assert_eq!(&model::from_cbor::<model::Reading>(&stored).expect("it decodes"), reading);
}
