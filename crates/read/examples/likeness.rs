//! What pictures look like: `likeness FILE...` writes a line a picture: its name, its PDQ hash and
//! quality, and the milliseconds that reading it took.
#![allow(clippy::print_stdout)]

use onrecord_read::{Input, read};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name)?;
        let began = Instant::now();
        let likeness = match read(&Input {
            bytes: &bytes,
            name: &name,
        }) {
            Ok(reading) => reading.likeness,
            Err(unread) => unread.likeness,
        };
        let took = began.elapsed().as_secs_f64() * 1000.0;
        let shown = likeness.map_or("none".to_owned(), |likeness| likeness.to_string());
        println!("{name}\t{shown}\t{took:.1}");
    }
    Ok(())
}
