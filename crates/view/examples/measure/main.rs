//! Measures a view against its peers in one run, on made-up pages of about 5 kB.
//!
//! `cargo run --release -p onrecord-view --example measure -- [pages] [rebuild]`; with
//! `rebuild` it stops after that.
#![allow(clippy::print_stdout)]

mod archived;
mod made_up;
mod peers;

use made_up::{Dice, RECORDS, ledger, opened, word};
use onrecord_view::{Page, Query, RecordFilter, SourceFilter, View};
use peers::{directories, fts5, fts5_search};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

const KEY: [u8; 32] = [3; 32];

/// Why a measurement broke off.
type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Median and 95th percentile.
fn times(
    mut run: impl FnMut(usize) -> Result<(), Failed>,
    rounds: usize,
) -> Result<(Duration, Duration), Failed> {
    let mut all = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let start = Instant::now();
        run(round)?;
        all.push(start.elapsed());
    }
    all.sort();
    Ok((all[rounds / 2], all[rounds * 95 / 100]))
}

fn bytes_in(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        sum += match path.is_dir() {
            true => bytes_in(&path)?,
            false => path.metadata()?.len(),
        };
    }
    Ok(sum)
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM: ?");
    line.split_once(':')
        .map_or("?", |(_, value)| value)
        .trim()
        .to_owned()
}

/// Processor time of this process so far, in seconds, where the system says.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<f64>().ok());
    (ticks(13).unwrap_or(0.0) + ticks(14).unwrap_or(0.0)) / 100.0
}

fn main() -> Result<(), Failed> {
    let pages = std::env::args().nth(1);
    let pages: usize = pages.map_or(Ok(10_000), |pages| pages.parse())?;
    let folder = tempfile::tempdir()?;
    let mut texts = Vec::new();
    let entries = ledger(pages, &mut texts)?;
    let plain: usize = texts.iter().map(String::len).sum();
    println!(
        "{pages} pages, {} passages, {:.1} MB of text, {} records; before: {}",
        texts.len(),
        megabytes(plain as u64),
        pages * RECORDS,
        peak_memory()
    );

    let decode = Instant::now();
    let count = opened(&entries, 0).count();
    println!(
        "decoding {count} entries alone: {:.2} s",
        decode.elapsed().as_secs_f64()
    );

    let at = folder.path().join("view");
    let (start, before) = (Instant::now(), processor());
    let (view, _) = View::build(&at, &KEY, opened(&entries, 0), 2, &mut |_| {})?;
    let took = start.elapsed().as_secs_f64();
    println!(
        "rebuild: {took:.2} s ({:.2} s of processors), {:.0} pages/s; peak memory {}",
        processor() - before,
        pages as f64 / took,
        peak_memory()
    );
    println!(
        "on disk: records {:.1} MB, text {:.1} MB",
        megabytes(at.join("records.sqlite").metadata()?.len()),
        megabytes(bytes_in(&at.join("text"))?),
    );
    if std::env::args()
        .nth(2)
        .is_some_and(|only| only == "rebuild")
    {
        return Ok(());
    }
    drop(view);

    let grown = folder.path().join("grown");
    let start = Instant::now();
    let mut view = View::open(&grown, &KEY)?;
    let most = entries.len() - entries.len() % 3 - 3;
    view.apply(opened(&entries[..most], 0), 2, &mut |_| {})?;
    println!(
        "the same by catching up: {:.2} s",
        start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    view.apply(opened(&entries, most), 2, &mut |_| {})?;
    println!(
        "one more page: {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    drop(view);

    let (median, worst) = times(
        |_| {
            View::open(&at, &KEY)?.status()?;
            Ok(())
        },
        51,
    )?;
    println!("open and status: median {median:.2?}, p95 {worst:.2?}");
    let (median, _) = times(
        |_| {
            View::open(&at, &KEY)?.search(&Query::new(word(90)))?;
            Ok(())
        },
        11,
    )?;
    println!("open and first search: median {median:.2?}");

    let view = View::open(&at, &KEY)?;
    let start = Instant::now();
    let mut streamed = 0;
    view.records(&RecordFilter::default(), &mut |_| {
        streamed += 1;
        ControlFlow::Continue(())
    })?;
    let took = start.elapsed().as_secs_f64();
    println!(
        "streaming {streamed} records: {took:.2} s, {:.0} records/s",
        f64::from(streamed) / took
    );
    let start = Instant::now();
    let few = view.count_records(&RecordFilter {
        code: Some("absent".into()),
        ..RecordFilter::default()
    })?;
    println!(
        "a filter over all of them ({few} found): {:.1?}",
        start.elapsed()
    );
    let start = Instant::now();
    let listed = view
        .sources(&SourceFilter::default(), Page::default())?
        .len();
    println!("listing {listed} sources: {:.1?}", start.elapsed());

    let peer = fts5(&texts, &folder.path().join("fts5"))?;
    let pairs: Vec<(String, String)> = {
        let mut dice = Dice(7);
        (0..400)
            .map(|_| {
                (
                    word(20 + dice.word() % 2_000),
                    word(20 + dice.word() % 2_000),
                )
            })
            .collect()
    };
    for round in 0..2 {
        let mut total = 0;
        let (median, worst) = times(
            |round| {
                let (a, b) = &pairs[round % pairs.len()];
                total += view.search(&Query::new(format!("{a} {b}")))?.total;
                Ok(())
            },
            400,
        )?;
        let mut peers_total = 0;
        let (peers, peers_worst) = times(
            |round| {
                let (a, b) = &pairs[round % pairs.len()];
                peers_total += fts5_search(&peer, a, b)?;
                Ok(())
            },
            400,
        )?;
        println!(
            "round {round}, two words with total, facets, snippets: median {median:.2?}, p95 {worst:.2?} ({total} found); FTS5 with snippets and total: median {peers:.2?}, p95 {peers_worst:.2?} ({peers_total} found); ratio {:.1}",
            peers.as_secs_f64() / median.as_secs_f64()
        );
    }
    for (name, words) in [
        ("one common word", word(3)),
        (
            "a phrase of two common words",
            format!("\"{} {}\"", word(1), word(2)),
        ),
        ("a misspelt word", "kaernto".to_owned()),
    ] {
        let (median, _) = times(
            |_| {
                view.search(&Query::new(words.as_str()))?;
                Ok(())
            },
            21,
        )?;
        println!("{name}: median {median:.2?}");
    }
    archived::rebuild(&entries, folder.path())?;
    directories(&texts, &folder.path().join("sealed"))?;
    println!("peak memory of all: {}", peak_memory());
    Ok(())
}
