//! Prints how files are read: facts, then each passage with its mark.
//!
//! `cargo run -p onrecord-read --example reading -- [--clean] FILE…`
#![allow(clippy::print_stdout)]

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut clean_only = false;
    for argument in std::env::args().skip(1) {
        if argument == "--clean" {
            clean_only = true;
            continue;
        }
        let path = PathBuf::from(&argument);
        let bytes = std::fs::read(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("=== {name}");
        match onrecord_read::read(&onrecord_read::Input {
            bytes: &bytes,
            name: &name,
        }) {
            Ok(reading) => print(&reading, clean_only),
            Err(unread) => println!("unread: {} {:?}", unread.reason, unread.reader),
        }
    }
    Ok(())
}

fn print(reading: &model::Reading, clean_only: bool) {
    let letters: Vec<char> = reading.text.chars().collect();
    println!(
        "{} {} ({})",
        reading.media_type, reading.encoding, reading.encoding_basis
    );
    println!("title     {:?}", reading.title);
    println!(
        "published {:?}",
        reading
            .published
            .as_ref()
            .map(|f| (f.value.to_string(), &f.basis, f.span))
    );
    println!(
        "updated   {:?}",
        reading
            .updated
            .as_ref()
            .map(|f| (f.value.to_string(), &f.basis))
    );
    println!(
        "publisher {:?}",
        reading.publisher.as_ref().map(|f| (&f.value, &f.basis))
    );
    println!(
        "authors   {:?}",
        reading
            .authors
            .iter()
            .map(|f| (&f.value, &f.basis))
            .collect::<Vec<_>>()
    );
    println!(
        "language  {:?}",
        reading.language.as_ref().map(|f| (&f.value, &f.basis))
    );
    println!(
        "address   {:?}",
        reading.address.as_ref().map(|f| (&f.value, &f.basis))
    );
    println!("remarks   {:?}", reading.remarks);
    for passage in &reading.passages {
        if clean_only && !passage.is_clean() {
            continue;
        }
        let text: String = letters[passage.span.start as usize..passage.span.end as usize]
            .iter()
            .collect();
        let mark = passage
            .left_out
            .map_or_else(|| "clean".to_owned(), |why| format!("{why:?}"));
        println!("{:3} {:?} [{mark}] {text}", passage.number, passage.kind);
    }
}
