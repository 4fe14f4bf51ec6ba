//! Damages files in many ways, reads them and draws their first page: what fuzzing does, blindly and without its compiler.
//! `batter SECONDS SEED FILE...` uses so many seconds of processor time on each file, and names
//! every fault with what brings it about.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use onrecord_read::sheet::{Veil, draw, sheets};
use onrecord_read::{Input, read, unpack};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;

/// SplitMix64: the same seed damages in the same way.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: f64 = arguments.next().ok_or("how many seconds?")?.parse()?;
    let mut random = Random(arguments.next().ok_or("which seed?")?.parse()?);
    let files: Vec<String> = arguments.collect();
    let mut faults = 0;
    for path in &files {
        let whole = std::fs::read(path)?;
        let name = Path::new(path).file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let (start, mut tries, mut slowest) = (used(), 0_u64, 0.0_f64);
        while used() - start < seconds {
            let bytes = damaged(&whole, &mut random);
            let before = used();
            let input = Input {
                bytes: &bytes,
                name: &name,
            };
            let fine = catch_unwind(AssertUnwindSafe(|| {
                let _ = (read(&input).is_ok(), unpack(&input).is_ok());
                let _ = (
                    sheets(&input).is_ok(),
                    draw(&input, 1, Veil::Pictures).is_ok(),
                );
            }));
            slowest = slowest.max(used() - before);
            tries += 1;
            if fine.is_err() {
                faults += 1;
                let at = format!("fault-{faults}-{name}");
                std::fs::write(&at, &bytes)?;
                eprintln!("FAULT: {at}");
            }
        }
        println!("{name}: {tries} tries, the slowest {slowest:.2} s");
    }
    println!("{faults} faults");
    Ok(if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A file with up to eight kinds of damage.
fn damaged(whole: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=random.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let len = 1 + random.below(32.min(bytes.len() - at));
        match random.below(8) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.next() as u8,
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..at + len)),
            4 => {
                let piece = bytes[at..at + len].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            5 => bytes[at..at + len].fill([0, 0xff, b'{', b'9', b'-', b'\n'][random.below(6)]),
            6 => {
                // Lengths and counts are where parsers believe what they should not.
                let number =
                    [0, 1, 0x7fff_ffff, 0xffff_ffff, random.next() as u32][random.below(5)];
                let number = number.to_le_bytes();
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&number[..end - at]);
            }
            _ => {
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    let many = b"99999999999999999999";
                    let many = &many[..1 + random.below(many.len())];
                    bytes.splice(at + digit..=at + digit, many.iter().copied());
                }
            }
        }
    }
    bytes
}

/// Seconds of processor time that this process has used.
fn used() -> f64 {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    }
    #[cfg(not(unix))]
    0.0
}
