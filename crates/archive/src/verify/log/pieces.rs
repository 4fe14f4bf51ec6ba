//! The other pieces of a log: tiles above the leaves, partial tiles of earlier sizes, and what
//! lies behind the signed checkpoint.

use super::super::tree::{Tree, WIDTH};
use super::super::{Run, Severity};
use crate::error::Error;
use crate::log::{BUNDLE, complete_root, log_key};
use crate::tlog::{Hash, TileKind, TilePath, leaf_hash, tiles_of_tree};
use crate::writer::is_beyond;
use crate::{Head, Result, Store, WriterId};
use bytes::Bytes;

/// A piece, or the beginning of the full one that has replaced it.
pub(super) fn read_piece(store: &Store, writer: WriterId, path: TilePath) -> Result<Bytes> {
    let get =
        |path: TilePath| store.get(&log_key(writer, &path.to_string()), path.max_len() as u64);
    match get(path) {
        Err(Error::Missing(key)) if path.is_partial() => {
            let full = get(path.full()).map_err(|_| Error::Missing(key))?;
            Ok(shorten(full, path))
        }
        read => read,
    }
}

/// The first hashes or entries of a full piece, as many as the partial one has.
fn shorten(full: Bytes, path: TilePath) -> Bytes {
    let width = usize::from(path.width());
    let end = match path.kind() {
        TileKind::Hashes(_) => width * Hash::LEN,
        TileKind::Entries => {
            let mut end = 0;
            for _ in 0..width {
                let length = full
                    .get(end..end + 2)
                    .map_or(0, |length| u16::from_be_bytes([length[0], length[1]]));
                end += 2 + usize::from(length);
            }
            end
        }
    };
    full.slice(..end.min(full.len()))
}

pub(super) fn split_hashes(bytes: &[u8], width: u16) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<{ Hash::LEN }>();
    let right = rest.is_empty() && hashes.len() == usize::from(width);
    right.then(|| hashes.iter().map(|bytes| Hash(*bytes)).collect())
}

/// The hashes stored for a tile of the tree, unverified.
pub(super) fn stored_hashes(
    store: &Store,
    head: &Head,
    level: u8,
    index: u64,
) -> Result<Vec<Hash>> {
    let nodes = head.size.checked_shr(8 * u32::from(level)).unwrap_or(0);
    let width = nodes.saturating_sub(index * BUNDLE).min(BUNDLE) as u16;
    let missing = || Error::Missing(log_key(head.writer, "tile"));
    let path = TilePath::hashes(level, index, width).map_err(|_| missing())?;
    let bytes = read_piece(store, head.writer, path)?;
    split_hashes(&bytes, width).ok_or_else(missing)
}

pub(super) fn check(run: &mut Run<'_>, head: &Head, tree: &Tree) {
    for path in tiles_of_tree(head.size) {
        let TileKind::Hashes(level @ 1..) = path.kind() else {
            continue;
        };
        let object = log_key(head.writer, &path.to_string());
        run.account(&object);
        let what = match read_piece(run.store, head.writer, path) {
            Ok(bytes) => {
                let hashes = split_hashes(&bytes, path.width());
                if hashes.as_deref() == Some(tree.tile(level, path.index())) {
                    continue;
                }
                "it was changed".to_owned()
            }
            Err(error) => error.about_object(),
        };
        let meaning = "It is not what the tiles below it hash to; proofs cannot be made from it.";
        run.damage(&object, &what, meaning);
    }
    check_rest(run, head, tree);
}

fn check_rest(run: &mut Run<'_>, head: &Head, tree: &Tree) {
    let folder = log_key(head.writer, "");
    let mut beyond = Vec::new();
    for listed in run.take_prefix(&folder) {
        let path = listed
            .key
            .strip_prefix(&folder)
            .and_then(|path| path.parse().ok());
        match path {
            Some(path) if is_beyond(&path, head.size) => beyond.push(listed.key),
            Some(path) => check_earlier(run, head, tree, &listed.key, path),
            None => drop(run.unaccounted.insert(listed.key, listed.size)),
        }
    }
    if let Some(first) = beyond.first() {
        let what = format!("{} objects lie behind the signed checkpoint", beyond.len());
        let meaning = "They were never acknowledged: a write was interrupted, and the next one \
                       moves them aside. If no write was interrupted here, the checkpoint was \
                       replaced by an older one.";
        run.add(Severity::Warning, first, &what, meaning);
    }
}

/// A partial tile or bundle of an earlier size must be the beginning of what there is now.
fn check_earlier(run: &mut Run<'_>, head: &Head, tree: &Tree, key: &str, path: TilePath) {
    let width = usize::from(path.width());
    // What leads to the signed root, not what is stored: else a damaged tile would accuse the
    // intact pieces that it has replaced.
    let now = match path.kind() {
        TileKind::Hashes(level @ 1..) => tree.tile(level, path.index()).to_vec(),
        _ if path.index() == head.size / BUNDLE => tree.rest.clone(),
        _ => full_tile(run.store, head, tree, path.index()),
    };
    if now.len() < width {
        let meaning = "What it is compared with is damaged.";
        run.add(Severity::Warning, key, "it could not be checked", meaning);
        return;
    }
    let what = match run.read(key, path.max_len() as u64) {
        Ok(bytes) => {
            let found = match path.kind() {
                TileKind::Hashes(_) => split_hashes(&bytes, path.width()),
                TileKind::Entries => entry_hashes(&bytes),
            };
            if found.as_deref() == Some(&now[..width]) {
                return;
            }
            "it was changed".to_owned()
        }
        // A writer that goes on meanwhile may delete it, as anybody may.
        Err(Error::Missing(_)) => return,
        Err(error) => error.about_object(),
    };
    let meaning = "It belongs to an earlier size of the log. The log as it is now is not touched, \
                   but who holds a checkpoint of that size cannot prove entries with it.";
    run.damage(key, &what, meaning);
}

/// The hashes of a full tile of leaves; none when the stored ones are not those of the tree.
fn full_tile(store: &Store, head: &Head, tree: &Tree, index: u64) -> Vec<Hash> {
    let root = tree
        .tile(1, index / BUNDLE)
        .get((index % BUNDLE) as usize)
        .copied();
    let stored = stored_hashes(store, head, 0, index).unwrap_or_default();
    if stored.len() == WIDTH && root == Some(complete_root(&stored)) {
        stored
    } else {
        Vec::new()
    }
}

fn entry_hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let mut hashes = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (length, tail) = rest.split_first_chunk()?;
        let (leaf, tail) = tail.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        hashes.push(leaf_hash(leaf));
        rest = tail;
    }
    Some(hashes)
}
