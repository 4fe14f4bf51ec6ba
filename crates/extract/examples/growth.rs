//! How the cost of extraction grows with a text, for texts that tempt it to go over them again
//! and again: one sentence that never ends, one quotation that never closes, one word repeated.
//! Eight times the text should cost about eight times as much; a square would cost sixty-four.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use onrecord_extract::{Context, Extractor};
use std::time::Instant;

fn main() {
    let extractor = Extractor::shipped().unwrap();
    let seconds = |text: &str| {
        let input = read::Input {
            bytes: text.as_bytes(),
            name: "page.txt",
        };
        // Said to be English, or what does not look like it would not be read at all.
        let mut reading = read::read(&input).unwrap();
        reading.language = Some(model::Found {
            value: "en".to_owned(),
            basis: "given".to_owned(),
            span: None,
        });
        let once = || {
            let begun = Instant::now();
            let _ = extractor.extract(&reading, &Context::default());
            begun.elapsed().as_secs_f64()
        };
        (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
    };
    let units = [
        "Elizabeth Salmón said that torture in North Korea goes on, and the regime must stop. ",
        "torture, ",
        "“said ",
        "the Council of North Korea and ",
        "who said that they said that ",
        "Mr. King, Ms. Berger, the expert, she ",
        "in March, one year later, ",
        "call on China to ",
        "thousand ",
        "said the President of the ",
        "A",
        "\" ",
    ];
    for unit in units {
        let one = seconds(&unit.repeat(30_000 / unit.len()));
        let eight = seconds(&unit.repeat(240_000 / unit.len()));
        println!(
            "{:5.1} times  {:7.1} ms  {unit:?}",
            eight / one,
            eight * 1e3
        );
    }
}
