//! Making an archive.
//!
//! Order: manifest, wrapped epoch keys, genesis entry with its checkpoint. An archive exists from
//! the checkpoint on; what an interrupted init leaves is finished by the same device.

use super::{Archive, Manifest};
use crate::commit::Draft;
use crate::crypto::random;
use crate::device::{Device, writer_of};
use crate::error::Error;
use crate::keys::Keyring;
use crate::log::{Log, MAX_VKEY, log_key, parse_vkey};
use crate::{ArchiveId, EntryKind, Membership, Result, Store};
use model::Compartment;
use std::sync::{Arc, PoisonError};

pub(super) fn init(store: Store, device: &Device) -> Result<Archive> {
    store.prepare()?;
    let manifest = match Manifest::load(&store)? {
        Some(manifest) if is_unfinished(&store, device, &manifest)? => {
            // The first try may have failed after the object was there and before it was durable.
            store.put_new(super::MANIFEST, manifest.encode())?;
            manifest
        }
        Some(_) => return Err(Error::AlreadyAnArchive(store.place().to_owned())),
        None => begin(&store, device)?,
    };
    let archive = Archive::open(store)?;
    let ring = Keyring::generate()?;
    let recipient = device.recipient();
    let (objects, keys) = ring.wrap(manifest.archive, &recipient, &Compartment::ALL)?;
    archive.inner.store.put_all(objects)?;
    *archive
        .inner
        .ring
        .write()
        .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(ring));

    let (mut writer, _) = crate::Writer::open_first(&archive, device)?;
    let mut commit = writer.commit()?;
    commit.push(Draft {
        membership: Some(Membership {
            vkey: manifest.genesis,
            recipient,
            keys,
        }),
        ..Draft::new(EntryKind::Genesis)
    })?;
    commit.finish()?;
    Ok(archive)
}

fn begin(store: &Store, device: &Device) -> Result<Manifest> {
    if !store.list("log")?.is_empty() || !store.list("blob")?.is_empty() {
        return Err(Error::Unsuitable {
            place: store.place().to_owned(),
            why: "it holds the log or blobs of an archive whose onrecord.json is missing; restore \
                  that file, or choose another place"
                .to_owned(),
        });
    }
    let archive = ArchiveId::from_random(random()?);
    let manifest = Manifest {
        archive,
        genesis: device.vkey(archive),
    };
    store.put_new(super::MANIFEST, manifest.encode())?;
    Ok(manifest)
}

/// What the manifest must have said, from the log that begins with a genesis entry about itself.
pub(super) fn infer_manifest(store: &Store) -> Result<Manifest> {
    let mut found = Vec::new();
    for folder in store.list_folders("log")? {
        let Ok(writer) = folder.parse() else {
            continue;
        };
        let Ok(line) = store.get(&log_key(writer, "vkey"), MAX_VKEY) else {
            continue;
        };
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let named = line
            .split('/')
            .nth(1)
            .and_then(|archive| archive.parse().ok());
        let Some(archive) = named else {
            continue;
        };
        let Ok(vkey) = parse_vkey(&line, archive) else {
            continue;
        };
        let first = Log::open(store, writer, &vkey).and_then(|log| log.decode(0, &log.leaf(0)?));
        let first = first.ok().filter(|first| first.kind == EntryKind::Genesis);
        let member = first.and_then(|first| first.membership);
        if member.is_some_and(|member| member.vkey == line) && writer_of(&line) == writer {
            found.push(Manifest {
                archive,
                genesis: line,
            });
        }
    }
    match (found.pop(), found.is_empty()) {
        (Some(manifest), true) => Ok(manifest),
        _ => Err(Error::NotAnArchive(store.place().to_owned())),
    }
}

/// Whether this device began the archive and nothing of it was ever acknowledged.
fn is_unfinished(store: &Store, device: &Device, manifest: &Manifest) -> Result<bool> {
    let own = device.vkey(manifest.archive) == manifest.genesis;
    if !own || device.seen(manifest.archive)?.is_some() {
        return Ok(false);
    }
    let writer = device.writer_id(manifest.archive);
    match store.get(&log_key(writer, "checkpoint"), u64::MAX) {
        Err(Error::Missing(_)) => {}
        Ok(_) => return Ok(false),
        Err(error) => return Err(error),
    }
    // The epoch keys of the first try were never used.
    for listed in store.list("key/member")? {
        store.delete_durably(&listed.key)?;
    }
    Ok(true)
}
