//! Reads the files named on standard input, one path a line, and prints a line of JSON for each:
//! its text, its facts, and the processor seconds that it took. For comparisons with other
//! programs: `benches/peers/reading`.
//!
//! `cargo run --release -p onrecord-read --example texts -- [--clean | --document] < LIST > OUT`
//!
//! `--clean` prints the clean text, `--document` the repetitions in it as well.
#![allow(clippy::print_stdout)]

use serde_json::json;
use std::io::BufRead;
use std::panic::catch_unwind;

fn main() -> std::io::Result<()> {
    let asked = |name: &str| std::env::args().any(|argument| argument == name);
    let (clean, document) = (asked("--clean"), asked("--document"));
    for (number, path) in std::io::stdin().lock().lines().enumerate() {
        let path = path?;
        let bytes = std::fs::read(&path)?;
        let name = path.rsplit('/').next().unwrap_or_default();
        let input = onrecord_read::Input {
            bytes: &bytes,
            name,
        };
        let before = seconds();
        let result = catch_unwind(|| onrecord_read::read(&input));
        let cpu = seconds() - before;
        let line = match result {
            Err(_) => json!({"i": number, "f": path, "text": "", "cpu": cpu, "crash": true}),
            Ok(Err(unread)) => {
                json!({"i": number, "f": path, "text": "", "cpu": cpu, "err": unread.reason})
            }
            Ok(Ok(reading)) => json!({
                "i": number, "f": path, "cpu": cpu,
                "captions": captions(&reading),
                "text": if clean || document { passages(&reading, document) } else { reading.text.clone() },
                "title": reading.title.map(|found| found.value),
                "published": reading.published.as_ref().map(|found| found.value.to_string()),
                "basis": reading.published.as_ref().or(reading.doubts.published.as_ref()).map(|found| found.basis.clone()),
                "perhaps": reading.doubts.published.map(|found| found.value.to_string()),
                "other": reading.doubts.document.len(),
                "updated": reading.updated.map(|found| found.value.to_string()),
                "language": reading.language.map(|found| found.value),
                "remarks": reading.remarks,
            }),
        };
        println!("{line}");
    }
    Ok(())
}

/// The passages of the clean text, one a line; with its repetitions where they are asked for.
fn passages(reading: &model::Reading, repeats: bool) -> String {
    let chars = model::CharIndex::new(&reading.text);
    let is_wanted = |passage: &&model::Passage| {
        let is_repeat = matches!(passage.left_out, Some(model::LeftOut::RepeatOf(_)));
        passage.is_clean() || (repeats && is_repeat)
    };
    let passages = reading.passages.iter().filter(is_wanted);
    let texts = passages.filter_map(|passage| chars.slice(&reading.text, passage.span));
    texts.collect::<Vec<_>>().join("\n")
}

fn captions(reading: &model::Reading) -> Vec<String> {
    let chars = model::CharIndex::new(&reading.text);
    let captions = reading
        .clean()
        .filter(|passage| passage.kind == model::PassageKind::Caption);
    let texts = captions.filter_map(|passage| chars.slice(&reading.text, passage.span));
    texts.map(str::to_owned).collect()
}

#[cfg(unix)]
fn seconds() -> f64 {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

#[cfg(not(unix))]
fn seconds() -> f64 {
    0.0
}
