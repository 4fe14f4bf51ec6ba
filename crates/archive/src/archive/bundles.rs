//! The key bundles read last. A bundle of one commit serves all its sources.

use crate::error::Error;
use crate::keys::{KeyBundle, bundle_key, parse_bundle_key};
use crate::{BundleId, Result, Store};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bundles kept.
const KEPT: usize = 128;

pub(crate) struct BundleCache {
    store: Store,
    kept: Mutex<VecDeque<Arc<KeyBundle>>>,
}

impl BundleCache {
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            kept: Mutex::default(),
        }
    }

    /// The generation of a bundle that counts. `acknowledged` says which the log names; it is asked
    /// only when the bundle alone does not show it.
    pub(crate) fn get(
        &self,
        id: BundleId,
        acknowledged: impl FnOnce() -> u32,
    ) -> Result<Arc<KeyBundle>> {
        let found = self.kept().iter().find(|bundle| bundle.id == id).cloned();
        if let Some(bundle) = found {
            return Ok(bundle);
        }
        let bundle = Arc::new(self.load(id, acknowledged)?);
        let mut kept = self.kept();
        kept.push_front(Arc::clone(&bundle));
        kept.truncate(KEPT);
        Ok(bundle)
    }

    /// Forgets a bundle: a key in it was destroyed.
    pub(crate) fn forget(&self, id: BundleId) {
        self.kept().retain(|bundle| bundle.id != id);
    }

    fn load(&self, id: BundleId, acknowledged: impl FnOnce() -> u32) -> Result<KeyBundle> {
        match self.read(id, 1) {
            Err(Error::Missing(_)) => {}
            read => return read,
        }
        // Something in it was erased. Of several generations the latest may be that of an erasure
        // which was never acknowledged: its keys are not destroyed.
        match generations(&self.store, id)?[..] {
            [] => Err(Error::Missing(bundle_key(id, 1))),
            [only] => self.read(id, only),
            _ => self.read(id, acknowledged()),
        }
    }

    pub(crate) fn read(&self, id: BundleId, generation: u32) -> Result<KeyBundle> {
        let object = bundle_key(id, generation);
        let bytes = self.store.get(&object, KeyBundle::MAX)?;
        let damaged = |why: String| Error::Damaged {
            object: object.clone(),
            why,
        };
        let bundle = KeyBundle::decode(&bytes).map_err(|error| damaged(error.to_string()))?;
        if (bundle.id, bundle.generation) != (id, generation) {
            return Err(damaged(
                "it is another bundle than its name says".to_owned(),
            ));
        }
        Ok(bundle)
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Arc<KeyBundle>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The generations of a bundle that exist, ascending. Lists all bundles.
pub(crate) fn generations(store: &Store, id: BundleId) -> Result<Vec<u32>> {
    let mut generations: Vec<u32> = store
        .list("key/source")?
        .iter()
        .filter_map(|listed| parse_bundle_key(&listed.key))
        .filter(|(bundle, _)| *bundle == id)
        .map(|(_, generation)| generation)
        .collect();
    generations.sort_unstable();
    Ok(generations)
}
