//! How fast an archive is written, read and verified, beside `sha256sum` over the same files.
//!
//! `cargo run --release -p onrecord-archive --example archive_speed -- FOLDER [MIB] [SOURCES]`
//! makes two archives in FOLDER (of MIB mebibytes of large originals, and of SOURCES small ones)
//! and prints one line a measurement. Use a folder on the disk that is to be measured.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use model::Compartment;
use onrecord_archive::{
    Archive, Device, EntryKind, Position, Protection, Store, VerifyOptions, Writer,
};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MIB: f64 = 1024.0 * 1024.0;
const GROUP: usize = 64;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("a folder to work in");
    let number = |text: Option<String>, otherwise: u64| {
        text.map_or(otherwise, |text: String| text.parse().unwrap())
    };
    let mebibytes = number(arguments.next(), 1024);
    let sources = number(arguments.next(), 10_000);
    let folder = Path::new(&folder);
    large(&folder.join("large"), mebibytes);
    small(&folder.join("small"), sources as usize);
}

fn make(folder: &Path) -> (Archive, Device, Writer) {
    let device = Device::create(&folder.join("device"), Protection::None).unwrap();
    let store = Store::local(&folder.join("archive")).unwrap();
    let archive = Archive::init(store, &device).unwrap();
    let (writer, _) = archive.writer(&device).unwrap();
    (archive, device, writer)
}

/// Bytes that no compression and no file system shortens.
struct Noise(u64, u64);

impl Read for Noise {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = out.len().min(self.1 as usize) / 8 * 8;
        for eight in out[..n].chunks_exact_mut(8) {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            eight.copy_from_slice(&self.0.to_le_bytes());
        }
        self.1 -= n as u64;
        Ok(n)
    }
}

fn large(folder: &Path, mebibytes: u64) {
    let (archive, device, mut writer) = make(folder);
    let each = 256.min(mebibytes);
    let start = Instant::now();
    let mut commit = writer.commit().unwrap();
    for n in 0..mebibytes / each {
        let source = commit.new_source(Compartment::Open).unwrap();
        let blob = commit.blob(source, Noise(n, each << 20)).unwrap();
        commit
            .entry(EntryKind::Source, source, b"large", &[blob])
            .unwrap();
    }
    commit.finish().unwrap();
    rate(
        "large originals put on record",
        mebibytes as f64,
        start.elapsed(),
    );
    compare(&archive, &device, folder);
    let start = Instant::now();
    let mut total = 0;
    for read in archive.entries(&Position::default()) {
        let entry = read.unwrap().entry;
        if entry.kind == EntryKind::Source {
            total +=
                std::io::copy(&mut archive.blob(&entry, 0).unwrap(), &mut std::io::sink()).unwrap();
        }
    }
    assert_eq!(total, (mebibytes / each * each) << 20);
    rate(
        "large originals read back, one thread",
        mebibytes as f64,
        start.elapsed(),
    );
}

fn small(folder: &Path, sources: usize) {
    let (archive, device, mut writer) = make(folder);
    let mut times = Vec::new();
    let start = Instant::now();
    for group in 0..sources.div_ceil(GROUP) {
        let begun = Instant::now();
        let mut commit = writer.commit().unwrap();
        for n in 0..GROUP.min(sources - group * GROUP) {
            let mut text = Vec::new();
            Noise((group * GROUP + n) as u64, 5000)
                .read_to_end(&mut text)
                .unwrap();
            let source = commit.new_source(Compartment::Open).unwrap();
            let original = commit.blob(source, text.as_slice()).unwrap();
            commit
                .entry(EntryKind::Source, source, &text[..300], &[original])
                .unwrap();
            let reading = commit.blob(source, &text[..4000]).unwrap();
            commit
                .entry(EntryKind::Reading, source, &text[..100], &[reading])
                .unwrap();
            commit
                .entry(EntryKind::Proposals, source, &text[..3000], &[])
                .unwrap();
        }
        commit.finish().unwrap();
        times.push(begun.elapsed());
    }
    let all = start.elapsed();
    times.sort();
    println!(
        "commit of {GROUP} sources, 3 entries each, fsynced: median {:.1} ms, longest {:.1} ms; {:.0} sources/s",
        times[times.len() / 2].as_secs_f64() * 1e3,
        times[times.len() - 1].as_secs_f64() * 1e3,
        sources as f64 / all.as_secs_f64()
    );
    drop(writer);
    let start = Instant::now();
    let archive_again = Archive::open(Store::local(&folder.join("archive")).unwrap()).unwrap();
    println!("open: {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    drop(archive_again.writer(&device).unwrap());
    println!(
        "open for writing: {:.2} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    let bytes = compare(&archive, &device, folder);
    let start = Instant::now();
    let count = archive
        .entries(&Position::default())
        .map(Result::unwrap)
        .count();
    println!(
        "entries in order, decoded: {:.0}/s",
        count as f64 / start.elapsed().as_secs_f64()
    );
    let fresh = Archive::open(Store::local(&folder.join("archive")).unwrap()).unwrap();
    fresh.unlock(&device).unwrap();
    let start = Instant::now();
    for read in fresh.entries(&Position::default()) {
        let entry = read.unwrap().entry;
        if entry.body.is_some() {
            fresh.body(&entry).unwrap();
        }
        for n in 0..entry.blobs.len() {
            fresh.blob_bytes(&entry, n, 1 << 20).unwrap();
        }
    }
    let took = start.elapsed();
    println!(
        "bodies and blobs of all sources opened: {:.0} sources/s",
        sources as f64 / took.as_secs_f64()
    );
    rate("  the same", bytes, took);
}

/// Verifies, and hashes the same files with `sha256sum`, three times each; prints the faster ones.
fn compare(archive: &Archive, device: &Device, folder: &Path) -> f64 {
    let objects = folder.join("archive");
    let mut best = [Duration::MAX; 3];
    let mut mebibytes = 0.0;
    for _ in 0..3 {
        let start = Instant::now();
        let sums = Command::new("sh")
            .args([
                "-c",
                "find \"$1\" -type f -print0 | xargs -0 sha256sum",
                "sh",
            ])
            .arg(&objects)
            .stdout(Stdio::null())
            .status();
        assert!(sums.unwrap().success());
        best[0] = best[0].min(start.elapsed());
        for (threads, slot) in [(1, 1), (2, 2)] {
            let options = VerifyOptions {
                threads,
                seen_heads: device.heads(archive.id()).unwrap(),
                check: None,
            };
            let start = Instant::now();
            let report = archive.verify(&options, &mut |_| ());
            best[slot] = best[slot].min(start.elapsed());
            assert!(report.findings.is_empty(), "{:?}", report.findings);
            mebibytes = report.bytes as f64 / MIB;
        }
    }
    rate("sha256sum of all files", mebibytes, best[0]);
    rate("verify, one thread", mebibytes, best[1]);
    rate("verify, two threads", mebibytes, best[2]);
    println!(
        "verify with two threads is {:.2} times as fast as sha256sum",
        best[0].as_secs_f64() / best[2].as_secs_f64()
    );
    mebibytes
}

fn rate(what: &str, mebibytes: f64, took: Duration) {
    let seconds = took.as_secs_f64();
    println!(
        "{what}: {:.0} MiB in {seconds:.3} s, {:.0} MiB/s",
        mebibytes,
        mebibytes / seconds
    );
}
