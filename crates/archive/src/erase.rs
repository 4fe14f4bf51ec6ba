//! Destroying a source's key, so that nobody can read the source while the log still verifies.
//!
//! Order: the next generation of the key bundle, without the key; an entry that says so; then the
//! generations before are deleted. Invariant: a key is deleted only after the entry that explains
//! its absence is on record; an erasure that was interrupted is finished by the next writer.

use crate::archive::{Archive, generations};
use crate::commit::Draft;
use crate::crypto::sha256;
use crate::error::Error;
use crate::keys::{KeyBundle, bundle_key, parse_bundle_key};
use crate::{BundleId, EntryKind, Erased, Receipt, Result, Writer};
use bytes::Bytes;
use model::SourceId;
use std::collections::BTreeMap;

/// Erasures of other sources of a bundle, by other devices, that may happen meanwhile.
const TRIES: u32 = 8;

pub(crate) fn erase(
    archive: &Archive,
    writer: &mut Writer,
    source: SourceId,
    reason: &str,
) -> Result<Receipt> {
    archive.refresh()?;
    let introduced = archive
        .sources()
        .get(source)
        .ok_or(Error::NoSuchSource(source))?;
    if archive.sources().is_erased(source) {
        finish_erasures(archive)?;
        return Ok(writer.receipt());
    }
    let next = put_without(archive, introduced.bundle, source)?;
    let mut commit = writer.commit()?;
    let erased = Erased {
        bundle: next.id,
        generation: next.generation,
        digest: sha256(&[&next.encode()]),
    };
    commit.sealed_for(
        introduced.compartment,
        reason.as_bytes(),
        Draft {
            subject: Some(source),
            erased: Some(erased),
            ..Draft::new(EntryKind::Erasure)
        },
    )?;
    let receipt = commit.finish()?;
    delete_before(archive, next.id, next.generation)?;
    archive.inner.bundles.forget(next.id);
    Ok(receipt)
}

/// Puts the next generation of a bundle, without the source and all that was erased before.
fn put_without(archive: &Archive, bundle: BundleId, source: SourceId) -> Result<KeyBundle> {
    let mut tries = 0;
    loop {
        tries += 1;
        let existing = generations(&archive.inner.store, bundle)?;
        let newest = *existing
            .last()
            .ok_or_else(|| Error::Missing(bundle_key(bundle, 1)))?;
        // What counts is the generation that an entry names; a higher one was left by a crash.
        let acknowledged = archive
            .sources()
            .generations()
            .get(&bundle)
            .copied()
            .unwrap_or(1);
        let base = archive.inner.bundles.read(bundle, acknowledged)?;
        let next = {
            let sources = archive.sources();
            base.without(newest + 1, |held| held == source || sources.is_erased(held))
        };
        match archive
            .inner
            .store
            .put_new(&next.object(), Bytes::from(next.encode()))
        {
            Err(Error::Conflict(_)) if tries < TRIES => archive.refresh()?,
            Err(error) => return Err(error),
            Ok(()) => return Ok(next),
        }
    }
}

fn delete_before(archive: &Archive, bundle: BundleId, generation: u32) -> Result<usize> {
    let mut deleted = 0;
    for old in generations(&archive.inner.store, bundle)? {
        if old < generation {
            archive
                .inner
                .store
                .delete_durably(&bundle_key(bundle, old))?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Deletes generations that an entry on record has replaced; says of how many bundles.
pub(crate) fn finish_erasures(archive: &Archive) -> Result<usize> {
    let mut present: BTreeMap<BundleId, Vec<u32>> = BTreeMap::new();
    for listed in archive.inner.store.list("key/source")? {
        if let Some((bundle, generation)) = parse_bundle_key(&listed.key) {
            present.entry(bundle).or_default().push(generation);
        }
    }
    present.retain(|_, generations| generations.len() > 1);
    if present.is_empty() {
        return Ok(0);
    }
    let acknowledged = archive.sources().generations().clone();
    let mut finished = 0;
    for bundle in present.into_keys() {
        let Some(generation) = acknowledged.get(&bundle) else {
            continue;
        };
        finished += usize::from(delete_before(archive, bundle, *generation)? > 0);
        archive.inner.bundles.forget(bundle);
    }
    Ok(finished)
}
