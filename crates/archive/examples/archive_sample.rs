//! A small archive with every kind of object, to try independent verifiers on.
//!
//! `cargo run -p onrecord-archive --example archive_sample -- FOLDER [SOURCES]` makes
//! `FOLDER/archive` (two writers, an admission, an erasure), and a receipt for its last entry:
//! `FOLDER/receipt.tlog-proof`, `FOLDER/leaf`, `FOLDER/vkey`.
#![allow(clippy::unwrap_used)]

use model::{Compartment, SourceId};
use onrecord_archive::{Archive, Device, EntryKind, Protection, Store, Writer};
use std::fs::write;
use std::path::Path;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("a folder to work in");
    let sources = arguments
        .next()
        .map_or(300, |sources| sources.parse().unwrap());
    let folder = Path::new(&folder);
    let store = Store::local(&folder.join("archive")).unwrap();
    let first = Device::create(&folder.join("first"), Protection::None).unwrap();
    let second = Device::create(&folder.join("second"), Protection::None).unwrap();

    let archive = Archive::init(store.clone(), &first).unwrap();
    let (mut writer, _) = archive.writer(&first).unwrap();
    let doomed = add(&mut writer, Compartment::Sealed, 0..sources);
    let (vkey, recipient) = (second.vkey(archive.id()), second.recipient());
    writer
        .admit(&vkey, &recipient, &[Compartment::Open])
        .unwrap();
    archive
        .erase(&mut writer, doomed, "consent withdrawn")
        .unwrap();

    let (mut other, _) = Archive::open(store).unwrap().writer(&second).unwrap();
    add(&mut other, Compartment::Open, 0..3);
    add(&mut writer, Compartment::Restricted, 0..3);
    add(&mut other, Compartment::Open, 3..5);

    let last = archive
        .heads()
        .into_iter()
        .find(|head| head.writer == writer.id())
        .unwrap();
    let index = last.size - 1;
    write(
        folder.join("receipt.tlog-proof"),
        archive.proof(last.writer, index).unwrap(),
    )
    .unwrap();
    write(
        folder.join("leaf"),
        archive.leaf(last.writer, index).unwrap(),
    )
    .unwrap();
    write(
        folder.join("vkey"),
        archive.vkey(last.writer).unwrap() + "\n",
    )
    .unwrap();
}

/// One commit of sources; gives the first.
fn add(writer: &mut Writer, compartment: Compartment, numbers: std::ops::Range<u32>) -> SourceId {
    let mut commit = writer.commit().unwrap();
    let mut first = None;
    for number in numbers {
        let source = commit.new_source(compartment).unwrap();
        let text = format!("source number {number}");
        let original = commit.blob(source, text.as_bytes()).unwrap();
        commit
            .entry(EntryKind::Source, source, text.as_bytes(), &[original])
            .unwrap();
        first = first.or(Some(source));
    }
    commit.finish().unwrap();
    first.unwrap()
}
