//! The killings in Kosovo (Ball et al. 2002), as this crate reports them: text, or with `svg` or `json`
//! as the only argument the picture or the data.
#![allow(clippy::print_stdout)]

use onrecord_estimate::{Histories, InputError, Plan, estimate, plot, text};

fn main() -> Result<(), InputError> {
    let counts = [
        ("1000", 1131),
        ("0100", 845),
        ("1100", 177),
        ("0010", 936),
        ("1010", 228),
        ("0110", 217),
        ("1110", 181),
        ("0001", 306),
        ("1001", 106),
        ("0101", 31),
        ("1101", 18),
        ("0011", 123),
        ("1011", 42),
        ("0111", 32),
        ("1111", 27),
    ];
    let lists = Histories::from_digits(&["exhumations", "ABA", "OSCE", "HRW"], &counts)?;
    let found = estimate(&lists, &Plan::usual(1))?;
    match std::env::args().nth(1).as_deref() {
        Some("svg") => print!("{}", plot(&found)),
        Some("json") => println!(
            "{}",
            serde_json::to_string_pretty(&found).unwrap_or_default()
        ),
        _ => print!("{}", text(&found)),
    }
    Ok(())
}
