//! How fast pages of about 5 kB are read: in this process, on one core, and through workers.
//!
//! `cargo run --release -p onrecord-read --example pace -- [PAGES]`
#![allow(clippy::print_stdout)]

use onrecord_read::{Input, Limits, Workers, read, worker};
use std::process::ExitCode;
use std::time::Instant;

/// Makes the page of a number.
type MakePage = fn(u64) -> String;

fn main() -> ExitCode {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("serve") {
        return worker::serve().into();
    }
    let pages = argument.and_then(|text| text.parse().ok()).unwrap_or(2000);
    let kinds: [(&str, MakePage); 3] = [
        ("page.txt", capture),
        ("page.md", markdown),
        ("page.html", html),
    ];
    for (name, make) in kinds {
        let pages: Vec<String> = (0..pages).map(make).collect();
        let bytes: usize = pages.iter().map(String::len).sum();
        let start = Instant::now();
        let mut passages = 0;
        for page in &pages {
            let input = Input {
                bytes: page.as_bytes(),
                name,
            };
            passages += read(&input).map_or(0, |reading| reading.passages.len());
        }
        report(
            "in process, one core",
            name,
            pages.len(),
            bytes,
            passages,
            start,
        );
        through_workers(name, &pages, bytes);
    }
    ExitCode::SUCCESS
}

fn through_workers(name: &str, pages: &[String], bytes: usize) {
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let workers = match Workers::start(program, vec!["serve".to_owned()], 2, Limits::default()) {
        Ok(workers) => workers,
        Err(error) => return println!("no workers: {error}"),
    };
    let start = Instant::now();
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(page) =
                    pages.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    let _ = workers.read(&Input {
                        bytes: page.as_bytes(),
                        name,
                    });
                }
            });
        }
    });
    report("two workers", name, pages.len(), bytes, 0, start);
}

fn report(how: &str, name: &str, pages: usize, bytes: usize, passages: usize, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{name:9} {how:21} {:7.0} pages/s {:6.1} MB/s  {:5.0} bytes a page, {passages} passages",
        pages as f64 / seconds,
        bytes as f64 / seconds / 1e6,
        bytes as f64 / pages as f64,
    );
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

const WORDS: &str = "the Council of human rights in a country that has denied access to its mandate and to \
    witnesses who were held without trial for years while families waited for an answer from authorities about \
    abductions detention camps labour hunger return border police judges law treaty obligations report findings";

fn sentence(dice: &mut Dice) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let picked: Vec<&str> = (0..12 + dice.roll(14))
        .map(|_| words[dice.roll(words.len())])
        .collect();
    format!(
        "On {} March {} {}.",
        1 + dice.roll(28),
        1990 + dice.roll(35),
        picked.join(" ")
    )
}

fn paragraphs(page: u64) -> Vec<String> {
    let mut dice = Dice(page.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let sentences = |dice: &mut Dice| {
        (0..3 + dice.roll(3))
            .map(|_| sentence(dice))
            .collect::<Vec<_>>()
            .join(" ")
    };
    (0..7).map(|_| sentences(&mut dice)).collect()
}

fn capture(page: u64) -> String {
    let text = paragraphs(page).join("\n\n");
    format!(
        "Accessibility links\n\nBreaking News\n\nReport number {page} on access and return\n\nplease wait\n\n\
         0:00 0:03:35 0:00\n\n{text}\n\nXS\nSM\nMD\nLG\n"
    )
}

fn markdown(page: u64) -> String {
    let text = paragraphs(page).join("\n\n");
    format!(
        "---\ntitle: Report number {page}\ndate: 2014-03-28\n---\n\n{text}\n\n- one *item*\n- another\n"
    )
}

fn html(page: u64) -> String {
    let text: String = paragraphs(page)
        .iter()
        .map(|text| format!("<p>{text}</p>\n"))
        .collect();
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Report number {page} | Agency</title>\
         <meta property=og:site_name content=Agency></head><body><nav><ul><li><a href=/>Home</a>\
         <li><a href=/n>News</a></ul></nav><main><h1>Report number {page}</h1>{text}</main>\
         <footer><p>© Agency. All rights reserved.</p></footer></body></html>"
    )
}
