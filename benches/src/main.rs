//! `cargo run --release -p onrecord-benches`: what the program costs, against named peers, in one
//! run on made-up pages. Builds nothing itself: name the release binary with `--binary`.
//!
//! Figures are wall time unless they say CPU. A shared machine makes absolute figures worthless
//! and leaves ratios usable.
#![allow(clippy::print_stdout)]

use clap::Parser;
use onrecord_benches::measure::{Run, median, run, walk_bytes};
use onrecord_benches::pages;
use std::error::Error;
use std::path::{Path, PathBuf};

/// Measures onrecord against named peers on made-up pages, in one run
#[derive(Parser)]
struct Args {
    /// The release binary of onrecord
    #[arg(long, default_value = "target/release/onrecord")]
    binary: PathBuf,
    /// Pages to add
    #[arg(long, default_value_t = 10_000)]
    pages: usize,
    /// Bytes in a page, about
    #[arg(long, default_value_t = 5_000)]
    bytes: usize,
    /// Folder to work in; else a temporary one. Its file system is what is measured
    #[arg(long)]
    folder: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let binary = args.binary.canonicalize().map_err(|error| {
        format!(
            "no binary at {} ({error}): cargo build --release",
            args.binary.display()
        )
    })?;
    let place = match &args.folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let bench = Bench {
        binary,
        place: place.path().to_owned(),
    };
    let bytes = bench.write_pages(args.pages, args.bytes)?;
    println!("{} pages, {:.1} MB of text", args.pages, bytes as f64 / 1e6);

    bench.onrecord(&["init", "--no-passphrase", "archive"])?;
    let add = bench.onrecord(&["--archive", "archive", "add", "--json", "pages"])?;
    let add_rate = args.pages as f64 / add.seconds;
    println!(
        "add        {:>8.1} pages/s   {:.2} s, {:.2} CPU-s, {} MiB at most",
        add_rate,
        add.seconds,
        add.cpu_seconds,
        add.peak_kib / 1024
    );

    let rebuild = bench.onrecord(&["--archive", "archive", "rebuild"])?;
    println!(
        "rebuild    {:>8.1} pages/s   {:.2} s, {:.2} CPU-s, {} MiB at most; {:.1} times add",
        args.pages as f64 / rebuild.seconds,
        rebuild.seconds,
        rebuild.cpu_seconds,
        rebuild.peak_kib / 1024,
        add.seconds / rebuild.seconds
    );

    let stored = walk_bytes(&bench.place.join("archive"))?;
    let peer = bench.sha256sum()?;
    for (what, option) in [("verify", "--quiet"), ("verify, no keys", "--without-keys")] {
        let verify = bench.onrecord(&["--archive", "archive", "verify", option])?;
        println!(
            "{what:<16} {:>6.0} MB/s      {:.2} s; {:.2} times the speed of sha256sum ({:.0} MB/s)",
            stored as f64 / 1e6 / verify.seconds,
            verify.seconds,
            peer.seconds / verify.seconds,
            stored as f64 / 1e6 / peer.seconds,
        );
    }

    let mut starts = Vec::new();
    for _ in 0..21 {
        starts.push(bench.onrecord(&["--archive", "archive", "status"])?.seconds * 1e3);
    }
    println!(
        "status     {:>8.1} ms        median of {} starts",
        median(&mut starts),
        starts.len()
    );
    Ok(())
}

struct Bench {
    binary: PathBuf,
    place: PathBuf,
}

impl Bench {
    /// Writes the pages, a thousand to a folder; returns their bytes.
    fn write_pages(&self, pages: usize, bytes: usize) -> Result<u64, Box<dyn Error>> {
        let mut written = 0;
        for number in 0..pages {
            let folder = self.place.join(format!("pages/{:03}", number / 1000));
            if number % 1000 == 0 {
                std::fs::create_dir_all(&folder)?;
            }
            let page = pages::page(number, bytes);
            written += page.len() as u64;
            std::fs::write(folder.join(format!("{number:06}.txt")), page)?;
        }
        Ok(written)
    }

    fn onrecord(&self, arguments: &[&str]) -> Result<Run, Box<dyn Error>> {
        run(&self.binary, arguments, &self.place)
    }

    /// The peer: `sha256sum` over every object of the archive.
    fn sha256sum(&self) -> Result<Run, Box<dyn Error>> {
        let script = "find archive -type f -print0 | xargs -0 sha256sum";
        run(Path::new("sh"), &["-c", script], &self.place)
    }
}
