//! What a crash leaves in a log, and what a full tile makes superfluous.
//!
//! Invariant: nothing that the signed checkpoint covers is touched.

use super::short_name;
use crate::crypto::sha256;
use crate::log::{Log, LogTiles, log_key};
use crate::tlog::{
    MAX_ENTRY_LEN, RightEdge, TILE_WIDTH, TileKind, TilePath, VerifierKey, bundles_of_tree,
    tiles_of_tree,
};
use crate::{Head, Result, Store, WriterId};
use bytes::Bytes;
use std::collections::BTreeSet;

/// Longest object of a log: a full bundle of the longest entries.
const MAX_TILE: u64 = TILE_WIDTH as u64 * (MAX_ENTRY_LEN as u64 + 2);

/// Puts back the checkpoint that this device has signed last, when what is there now is older or
/// unreadable (a torn write, or files of an older copy laid over newer ones) and everything that
/// the checkpoint covers is still there. Says whether it did.
pub(super) fn restore_checkpoint(store: &Store, vkey: &VerifierKey, seen: &Head) -> Result<bool> {
    match Log::open(store, seen.writer, vkey) {
        Ok(log) if log.head.size >= seen.size => return Ok(false),
        _ if !is_whole(store, seen)? => return Ok(false),
        _ => {}
    }
    let signed = Bytes::from(seen.checkpoint.clone());
    store.put_head(&log_key(seen.writer, "checkpoint"), signed)?;
    Ok(true)
}

/// Whether the pieces of a log of this size are there, and lead to the root.
fn is_whole(store: &Store, head: &Head) -> Result<bool> {
    let listed = store.list(&log_key(head.writer, "tile"))?;
    let present: BTreeSet<&str> = listed.iter().map(|listed| listed.key.as_str()).collect();
    let is_there = |path: TilePath| {
        let key = |path: TilePath| log_key(head.writer, &path.to_string());
        present.contains(key(path).as_str()) || present.contains(key(path.full()).as_str())
    };
    let mut pieces = bundles_of_tree(head.size).chain(tiles_of_tree(head.size));
    let tiles = LogTiles::new(store, head.writer);
    Ok(pieces.all(is_there) && RightEdge::load(head.size, head.root, tiles).is_ok())
}

/// Moves the tiles and bundles that a log of `size` entries does not have to
/// `lost/<writer>/<size>-<digest>/…`; says which.
pub(super) fn move_tail_aside(store: &Store, writer: WriterId, size: u64) -> Result<Vec<String>> {
    let prefix = log_key(writer, "");
    let mut tail = Vec::new();
    for listed in store.list(&log_key(writer, "tile"))? {
        let path = listed
            .key
            .strip_prefix(&prefix)
            .and_then(|path| path.parse().ok());
        if path.is_some_and(|path: TilePath| is_beyond(&path, size)) {
            tail.push(listed);
        }
    }
    for listed in &tail {
        // An object longer than any tile was not written by a crash; it is moved without a look.
        let bytes = store.get(&listed.key, MAX_TILE.max(listed.size))?;
        let name = short_name(sha256(&[&bytes]));
        let rest = listed.key.strip_prefix(&prefix).unwrap_or(&listed.key);
        store.put_new(&format!("lost/{writer}/{size}-{name}/{rest}"), bytes)?;
    }
    for listed in &tail {
        store.delete_durably(&listed.key)?;
    }
    Ok(tail.into_iter().map(|listed| listed.key).collect())
}

/// Whether a tile holds something that a tree of `size` does not have.
pub(crate) fn is_beyond(path: &TilePath, size: u64) -> bool {
    let level = match path.kind() {
        TileKind::Hashes(level) => u32::from(level),
        TileKind::Entries => 0,
    };
    let nodes = size.checked_shr(8 * level).unwrap_or(0);
    let end = path.index().checked_mul(u64::from(TILE_WIDTH));
    end.and_then(|start| start.checked_add(u64::from(path.width())))
        .is_none_or(|end| end > nodes)
}

/// Deletes the partial forms of tiles that are full now (C2SP tlog-tiles permits exactly that).
/// What cannot be deleted stays; it does no harm.
pub(super) fn prune(store: &Store, writer: WriterId, paths: &[TilePath]) {
    for path in paths.iter().filter(|path| !path.is_partial()) {
        let partials = log_key(writer, &format!("{path}.p"));
        for listed in store.list(&partials).unwrap_or_default() {
            let _ = store.delete(&listed.key);
        }
    }
}
