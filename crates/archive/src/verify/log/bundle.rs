//! Reading entry bundles and the tiles of their hashes, several at once.

use super::super::Run;
use super::pieces::{read_piece, split_hashes};
use crate::entry::{Entry, SealedBody};
use crate::log::{BUNDLE, log_key};
use crate::tlog::{Hash, TilePath, leaf_hash};
use crate::{Head, Store};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// A bundle and its tile as they were found.
pub(super) struct Scan {
    pub index: u64,
    pub entry_object: String,
    pub tile_object: String,
    /// Why the bundle is not whole.
    pub entry_read: Result<(), String>,
    /// Hashes of the entries that could be cut out of the bundle.
    pub entry_hashes: Option<Vec<Hash>>,
    /// Those entries, without their inline bodies.
    pub entries: Vec<Result<Entry, String>>,
    pub tile_read: Result<(), String>,
    pub tile_hashes: Option<Vec<Hash>>,
}

/// Scans bundles on all threads; gives them in order.
pub(super) fn scan_all(run: &Run<'_>, head: &Head, indexes: Range<u64>) -> Vec<Scan> {
    let count = indexes.end - indexes.start;
    let next = AtomicU64::new(indexes.start);
    let scans = Mutex::new(Vec::with_capacity(count as usize));
    let (store, read) = (run.store, &run.bytes);
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= indexes.end {
                return;
            }
            let (scan, bytes) = scan(store, head, index);
            read.fetch_add(bytes, Ordering::Relaxed);
            scans
                .lock()
                .unwrap_or_else(|held| held.into_inner())
                .push(scan);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..(run.threads as u64).min(count) {
            scope.spawn(work);
        }
        work();
    });
    let mut scans = scans.into_inner().unwrap_or_else(|held| held.into_inner());
    scans.sort_by_key(|scan| scan.index);
    scans
}

fn scan(store: &Store, head: &Head, index: u64) -> (Scan, u64) {
    let width = (head.size - index * BUNDLE).min(BUNDLE) as u16;
    let entries = TilePath::entries(index, width).expect("a log's bundles have 1 to 256 entries");
    let tile = TilePath::hashes(0, index, width).expect("a log's tiles have 1 to 256 hashes");
    let mut scan = Scan {
        index,
        entry_object: log_key(head.writer, &entries.to_string()),
        tile_object: log_key(head.writer, &tile.to_string()),
        entry_read: Ok(()),
        entry_hashes: None,
        entries: Vec::new(),
        tile_read: Ok(()),
        tile_hashes: None,
    };
    let mut read = 0;
    match read_piece(store, head.writer, entries) {
        Ok(bytes) => {
            read += bytes.len() as u64;
            cut(&bytes, width, &mut scan);
        }
        Err(error) => scan.entry_read = Err(error.about_object()),
    }
    match read_piece(store, head.writer, tile) {
        Ok(bytes) => {
            read += bytes.len() as u64;
            scan.tile_hashes = split_hashes(&bytes, width);
            if scan.tile_hashes.is_none() {
                scan.tile_read = Err(format!("it has {} bytes", bytes.len()));
            }
        }
        Err(error) => scan.tile_read = Err(error.about_object()),
    }
    (scan, read)
}

/// Cuts a bundle into entries as far as its lengths lead.
fn cut(bytes: &[u8], width: u16, scan: &mut Scan) {
    let mut hashes = Vec::with_capacity(usize::from(width));
    let mut rest = bytes;
    while let Some((length, tail)) = rest.split_first_chunk() {
        let Some((leaf, tail)) = tail.split_at_checked(usize::from(u16::from_be_bytes(*length)))
        else {
            break;
        };
        rest = tail;
        if hashes.len() == usize::from(width) {
            break;
        }
        hashes.push(leaf_hash(leaf));
        scan.entries.push(
            Entry::decode(leaf)
                .map(without_body)
                .map_err(|error| error.to_string()),
        );
    }
    if hashes.len() != usize::from(width) {
        scan.entry_read = Err(format!(
            "it breaks off after {} of {width} entries",
            hashes.len()
        ));
    } else if !rest.is_empty() {
        scan.entry_read = Err(format!("it goes on after its {width} entries"));
    }
    scan.entry_hashes = Some(hashes);
}

/// Inline bodies are covered by the leaf's hash, and are not needed further.
fn without_body(mut entry: Entry) -> Entry {
    if let Some(SealedBody::Inline(_)) = entry.body {
        entry.body = Some(SealedBody::Inline(Vec::new()));
    }
    entry
}
