//! Reads the files named on standard input, one path a line, in a worker as the program does, with
//! its limits, and says how many were read, how many not and why, and which took longest.
//!
//! `capped WORKER < LIST`, WORKER being the example `worker`.
#![allow(clippy::print_stdout)]

use onrecord_read::{Input, Limits, Workers};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let program = std::env::args().nth(1).ok_or("which worker?")?;
    let workers = Workers::start(program.into(), Vec::new(), 1, Limits::default())?;
    println!("{:?}", workers.sandbox());
    let (mut read, mut reasons, mut slowest) = (0, BTreeMap::new(), Vec::new());
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let bytes = std::fs::read(&path)?;
        let input = Input {
            bytes: &bytes,
            name: &path,
        };
        let before = Instant::now();
        match workers.read(&input) {
            Ok(_) => read += 1,
            // Figures differ from file to file.
            Err(unread) => {
                let words = unread.reason.chars().filter(|c| !c.is_ascii_digit());
                let words: String = words.take(100).collect();
                *reasons.entry(words).or_insert(0) += 1;
            }
        }
        slowest.push((before.elapsed(), path));
    }
    slowest.sort();
    println!("read: {read}");
    for (reason, count) in reasons {
        println!("not read: {count}: {reason}");
    }
    for (time, path) in slowest.iter().rev().take(5) {
        println!("{:.2} s {path}", time.as_secs_f64());
    }
    Ok(())
}
