//! Archives to be checked, and ways to change them.

use crate::support::{Place, files};
use archive::{Archive, Device, EntryKind, Protection, Store, Writer};
use model::{Compartment, SourceId};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// An archive with two writers, an admission, an erasure, and so many sources by the first writer:
/// with more than 256 it has every kind of object.
pub fn two_writers(place: &Place, sources: u32) -> PathBuf {
    let folder = place.path("archive");
    let store = Store::local(&folder).unwrap();
    let device = |name| Device::create(&place.path(name), Protection::None).unwrap();
    let (first, second) = (device("first"), device("second"));
    let archive = Archive::init(store.clone(), &first).unwrap();
    let (mut writer, _) = archive.writer(&first).unwrap();
    let withdrawn = add(&mut writer, Compartment::Sealed, 0..sources);
    let (vkey, recipient) = (second.vkey(archive.id()), second.recipient());
    writer
        .admit(&vkey, &recipient, &[Compartment::Open])
        .unwrap();
    archive
        .erase(&mut writer, withdrawn, "consent withdrawn")
        .unwrap();
    let (mut other, _) = Archive::open(store).unwrap().writer(&second).unwrap();
    add(&mut other, Compartment::Open, 0..3);
    // Sees the other log, and says so in an entry of its own.
    add(&mut writer, Compartment::Restricted, 0..3);
    folder
}

/// One commit of sources; gives the first.
fn add(writer: &mut Writer, compartment: Compartment, numbers: Range<u32>) -> SourceId {
    let mut commit = writer.commit().unwrap();
    let mut first = None;
    for number in numbers {
        let source = commit.new_source(compartment).unwrap();
        let text = format!("What was said, number {number}");
        let original = commit.blob(source, text.as_bytes()).unwrap();
        commit
            .entry(EntryKind::Source, source, text.as_bytes(), &[original])
            .unwrap();
        first = first.or(Some(source));
    }
    commit.finish().unwrap();
    first.unwrap()
}

/// Writes so many short statements, no two alike, into a folder.
pub fn many_pages(place: &Place, folder: &str, count: usize) {
    for n in 0..count {
        let text = format!(
            "Statement {n} of {folder}\n\n12 March 2014\n\nThe delegation of Norway called on the \
             Government to release the {n} persons named in annex {folder}.\n"
        );
        place.write(&format!("{folder}/{n}.txt"), text);
    }
}

/// The folder of the only log.
pub fn log_folder(archive: &Path) -> PathBuf {
    let folders: Vec<_> = std::fs::read_dir(archive.join("log")).unwrap().collect();
    assert_eq!(folders.len(), 1);
    folders.into_iter().next().unwrap().unwrap().path()
}

/// The name of an object: its path below the archive.
pub fn name(archive: &Path, object: &Path) -> String {
    object
        .strip_prefix(archive)
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

/// The first three lines of a log's checkpoint: origin, size, root.
pub fn checkpoint(log: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(log.join("checkpoint")).unwrap();
    text.lines().take(3).map(str::to_owned).collect()
}

/// Whether a partial tile or bundle is one of the log's present size.
pub fn is_present(archive: &Path, name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let [_, writer, _, level, stem, width] = parts[..] else {
        panic!("{name}")
    };
    let size: u64 = checkpoint(&archive.join("log").join(writer))[1]
        .parse()
        .unwrap();
    let count = size >> (8 * level.parse::<u32>().unwrap_or(0));
    let index: u64 = stem.trim_end_matches(".p").parse().unwrap();
    count == index * 256 + width.parse::<u64>().unwrap()
}

/// Changes one bit of a file; which one depends on `seed`.
pub fn flip(path: &Path, seed: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    let at = seed * 7919 % bytes.len();
    bytes[at] ^= 1 << (seed % 8);
    std::fs::write(path, bytes).unwrap();
}

/// The text with another base64 digit at one place.
pub fn exchanged(text: &str, at: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}

/// Copies all files of a folder.
pub fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, target).unwrap();
    }
}
