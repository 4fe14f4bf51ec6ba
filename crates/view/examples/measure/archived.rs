//! The same pages in a real archive: what a rebuild costs with opening every entry.

use crate::Failed;
use crate::made_up::Entry;
use archive::{Archive, Device, EntryKind, Protection, Store};
use model::Compartment;
use onrecord_view::View;
use std::path::Path;
use std::time::Instant;

/// Sources in one commit.
const TOGETHER: usize = 64;

/// Writes the pages into an archive under `folder`, and rebuilds a view from it.
pub fn rebuild(entries: &[Entry], folder: &Path) -> Result<(), Failed> {
    let device = Device::create(&folder.join("device"), Protection::None)?;
    let at = folder.join("archive");
    std::fs::create_dir_all(&at)?;
    let archive = Archive::init(Store::local(&at)?, &device)?;
    let pages = entries.len() / 3;
    let start = Instant::now();
    let (mut writer, _) = archive.writer(&device)?;
    for sources in entries.chunks(3 * TOGETHER) {
        let mut commit = writer.commit()?;
        for page in sources.chunks(3) {
            let source = commit.new_source(Compartment::Open)?;
            let kinds = [EntryKind::Source, EntryKind::Reading, EntryKind::Proposals];
            for (entry, kind) in page.iter().zip(kinds) {
                let blob = commit.blob(source, entry.blob.as_slice())?;
                commit.entry(kind, source, &entry.cbor, &[blob])?;
            }
        }
        commit.finish()?;
    }
    drop(writer);
    let took = start.elapsed().as_secs_f64();
    println!(
        "archive written: {took:.2} s, {:.0} pages/s",
        pages as f64 / took
    );

    let archive = Archive::open(Store::local(&at)?)?;
    archive.unlock(&device)?;
    let start = Instant::now();
    let key = device.view_key();
    let (view, applied) = View::rebuild(&folder.join("view"), &key, &archive, 2, &mut |_| {})?;
    let took = start.elapsed().as_secs_f64();
    assert_eq!(applied.problems, Vec::<String>::new());
    assert_eq!(view.status()?.sources, pages as u64);
    println!(
        "rebuild from the archive: {took:.2} s, {:.0} pages/s",
        pages as f64 / took
    );
    Ok(())
}
