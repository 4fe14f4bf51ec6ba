//! `cargo run --release -p onrecord-benches --bin screens`: how long each screen of the web
//! interface takes on an archive of 10,000 made-up sources, over one connection on loopback, from
//! sending a request to the last byte of its page. Exits 1 where a screen is over the limits.
//!
//! Builds nothing itself: name the release binary with `--binary`.
#![allow(clippy::print_stdout)]

mod asked;
mod http;
mod made;

use clap::Parser;
use http::Client;
use made::{Made, Served};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Measures every screen of the web interface on a made-up archive
#[derive(Parser)]
struct Args {
    /// The release binary of onrecord
    #[arg(long, default_value = "target/release/onrecord")]
    binary: PathBuf,
    /// Sources in the archive
    #[arg(long, default_value_t = 10_000)]
    sources: usize,
    /// Requests of each screen
    #[arg(long, default_value_t = 200)]
    requests: usize,
    /// Folder that keeps the archive for the next run; else a temporary one
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Median that no screen may be over, in milliseconds
    #[arg(long, default_value_t = 50.0)]
    median: f64,
    /// 99th percentile that no screen may be over, in milliseconds
    #[arg(long, default_value_t = 150.0)]
    p99: f64,
    /// Only screens whose name begins so
    #[arg(long, default_value = "")]
    only: String,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args = Args::parse();
    let binary = args.binary.canonicalize().map_err(|error| {
        let shown = args.binary.display();
        format!("no binary at {shown} ({error}): cargo build --release -p onrecord")
    })?;
    let temporary = tempfile::tempdir()?;
    let folder = match &args.folder {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            folder.canonicalize()?
        }
        None => temporary.path().to_owned(),
    };
    let made = Made::new(&binary, &folder, args.sources)?;
    let served = made.serve()?;
    let mut client = Client::new(&served.address)?;
    client.get(&served.link)?;
    let laid = asked::laid_out(&mut client)?;
    println!(
        "laid out as a whole in {:.1} s; {:.1} CPU-s since the server began",
        laid.as_secs_f64(),
        served.processor_of_all().as_secs_f64()
    );
    let screens = asked::screens(&mut client)?;
    println!(
        "\n{:<20} {:>9} {:>5} {:>9} {:>9} {:>9} {:>9} {:>9} {:>8}  slowest",
        "screen", "addresses", "n", "median", "p99", "most", "CPU", "CPU p99", "kB"
    );
    let mut over = Vec::new();
    for (name, addresses) in screens {
        if !name.starts_with(&args.only) {
            continue;
        }
        let figures = Figures::of(&mut client, &served, &addresses, args.requests)?;
        figures.print(name, addresses.len());
        let took = &figures.took;
        if at(took, 0.5) > args.median || at(took, 0.99) > args.p99 {
            over.push(name);
        }
    }
    let first = drawing(&mut client)?;
    if at(&first, 0.5) > args.median || at(&first, 0.99) > args.p99 {
        over.push("page image");
    }
    deciding(&mut client)?;
    match over.is_empty() {
        true => Ok(ExitCode::SUCCESS),
        false => {
            println!(
                "\nover {} ms (median) or {} ms (99th percentile): {}",
                args.median,
                args.p99,
                over.join(", ")
            );
            Ok(ExitCode::FAILURE)
        }
    }
}

/// What the requests of one screen took.
struct Figures {
    /// Milliseconds, ascending.
    took: Vec<f64>,
    /// Milliseconds of processor time, ascending.
    processor: Vec<f64>,
    bytes: usize,
    slowest: String,
}

impl Figures {
    fn of(
        client: &mut Client,
        served: &Served,
        addresses: &[String],
        requests: usize,
    ) -> Result<Self, Box<dyn Error>> {
        let mut figures = Self {
            took: Vec::new(),
            processor: Vec::new(),
            bytes: 0,
            slowest: String::new(),
        };
        if addresses.is_empty() {
            return Err("a screen without addresses: its pages lead nowhere".into());
        }
        let mut longest = Duration::ZERO;
        for address in addresses.iter().cycle().take(requests.max(addresses.len())) {
            let before = served.processor();
            let answer = client.get(address)?;
            let spent = served.processor().saturating_sub(before);
            if answer.status != 200 {
                return Err(format!("{address}: {}", answer.status).into());
            }
            figures.processor.push(spent.as_secs_f64() * 1e3);
            figures.took.push(answer.took.as_secs_f64() * 1e3);
            figures.bytes += answer.body.len();
            if answer.took > longest {
                longest = answer.took;
                figures.slowest.clone_from(address);
            }
        }
        figures.took.sort_by(f64::total_cmp);
        figures.processor.sort_by(f64::total_cmp);
        Ok(figures)
    }

    fn print(&self, name: &str, addresses: usize) {
        println!(
            "{name:<20} {addresses:>9} {:>5} {:>6.1} ms {:>6.1} ms {:>6.1} ms {:>6.1} ms {:>6.1} ms {:>8.1}  {}",
            self.took.len(),
            at(&self.took, 0.5),
            at(&self.took, 0.99),
            at(&self.took, 1.0),
            at(&self.processor, 0.5),
            at(&self.processor, 0.99),
            self.bytes as f64 / 1e3 / self.took.len() as f64,
            self.slowest
        );
    }
}

/// The figure of the ascending `figures` that this share of them does not exceed.
fn at(figures: &[f64], share: f64) -> f64 {
    let rank = (figures.len() as f64 * share).ceil() as usize;
    figures
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or(f64::NAN)
}

/// Pages as images that were never drawn before: how long until there is a page that says so, and
/// until the image is there. Gives the first in milliseconds, ascending.
fn drawing(client: &mut Client) -> Result<Vec<f64>, Box<dyn Error>> {
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    for address in asked::page_images(client)? {
        let begun = Instant::now();
        let mut answer = client.get(&address)?;
        first.push(answer.took.as_secs_f64() * 1e3);
        while answer.status == 202 && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(5));
            answer = client.get(&address)?;
        }
        let page = answer.text();
        let image = page
            .split_once("<img src=\"")
            .and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
            .ok_or_else(|| format!("{address}: {} without an image", answer.status))?;
        let image = client.get(&image)?;
        if image.status != 200 {
            return Err(format!("{address}: the image was answered by {}", image.status).into());
        }
        whole.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    for (figures, what) in [(&mut first, "an answer"), (&mut whole, "the image")] {
        figures.sort_by(f64::total_cmp);
        println!(
            "a page as an image, never drawn before, until {what}: median {:.1} ms, 99 % {:.1} ms, most {:.1} ms of {}",
            at(figures, 0.5),
            at(figures, 0.99),
            at(figures, 1.0),
            figures.len()
        );
    }
    Ok(first)
}

/// A decision of a record and the page that comes after it, and how long what needs the archive as
/// a whole is behind.
fn deciding(client: &mut Client) -> Result<(), Box<dyn Error>> {
    let mut took = Vec::new();
    for _ in 0..20 {
        let page = client.get("/review")?.text();
        let field = |name: &str| {
            let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
            Some(rest.split_once('"')?.0.to_owned())
        };
        let (Some(record), Some(version)) = (field("record"), field("version")) else {
            return Err("the review shows no record to decide".into());
        };
        let form = format!("record={record}&version={version}&choice=unsure");
        let header = [("Content-Type", "application/x-www-form-urlencoded")];
        let begun = Instant::now();
        let answer = client.ask("POST", "/review/decide", &header, &form)?;
        let next = answer.header("location").replace("&amp;", "&");
        if answer.status != 303 {
            return Err(format!("a decision was answered by {}", answer.status).into());
        }
        client.get(&next)?;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    took.sort_by(f64::total_cmp);
    println!(
        "a decision and the next record: median {:.1} ms, most {:.1} ms of {}",
        took[took.len() / 2],
        took[took.len() - 1],
        took.len()
    );
    Ok(())
}
