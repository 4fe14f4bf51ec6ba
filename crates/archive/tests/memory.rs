//! Memory does not grow with what is put on record. Alone in its binary, because the peak that is
//! measured is that of the process.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use model::Compartment;
use onrecord_archive::{Archive, Device, EntryKind, Position, Protection, Store, VerifyOptions};
use std::io::{Read, repeat, sink};

/// Peak resident memory of this process, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024
}

#[test]
fn a_source_of_400_mib_is_written_verified_and_read_in_a_bounded_memory() {
    let folder = tempfile::tempdir().unwrap();
    let device = Device::create(&folder.path().join("device"), Protection::None).unwrap();
    let store = Store::local(&folder.path().join("archive")).unwrap();
    let archive = Archive::init(store, &device).unwrap();
    let (mut writer, _) = archive.writer(&device).unwrap();
    let mut commit = writer.commit().unwrap();
    let source = commit.new_source(Compartment::Open).unwrap();
    let size = 400 << 20;
    let blob = commit.blob(source, repeat(7).take(size)).unwrap();
    assert_eq!(blob.plain_len, size);
    commit
        .entry(EntryKind::Source, source, b"", &[blob])
        .unwrap();
    commit.finish().unwrap();
    let written = peak();
    assert!(written < 180, "{written} MiB to write");

    let report = archive.verify(&VerifyOptions::default(), &mut |_| ());
    assert!(report.is_sound());
    let entry = archive
        .entries(&Position::default())
        .nth(1)
        .unwrap()
        .unwrap()
        .entry;
    let read = std::io::copy(&mut archive.blob(&entry, 0).unwrap(), &mut sink()).unwrap();
    assert_eq!(read, size);
    let all = peak();
    assert!(all < 260, "{all} MiB to write, verify and read");
}
