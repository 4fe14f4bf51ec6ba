//! Prints what the model of the main text sees of the pages named on standard input, a line of
//! JSON for each. For learning it anew: `benches/peers/reading/main_text.py`.
//!
//! `cargo run --release -p onrecord-read --example study < LIST > OUT`
#![allow(clippy::print_stdout)]

use onrecord_read::study::{Study, page};
use serde_json::{Value, json};
use std::io::BufRead;

fn main() -> std::io::Result<()> {
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let seen = page(&std::fs::read(&path)?).unwrap_or_default();
        println!("{}", line(&path, &seen));
    }
    Ok(())
}

fn line(path: &str, seen: &Study) -> Value {
    let passages = seen.passages.iter().map(|passage| {
        json!([
            passage.text,
            passage.place,
            passage.words,
            passage.title,
            passage.caption,
            passage.kept,
            passage.features
        ])
    });
    let places = seen.places.iter();
    let places = places.map(|place| json!([place.around, place.group, place.names]));
    json!({
        "f": path,
        "passages": passages.collect::<Vec<_>>(),
        "places": places.collect::<Vec<_>>(),
        "days": seen.days,
    })
}
