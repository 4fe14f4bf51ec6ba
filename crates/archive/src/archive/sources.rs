//! Where each source's key is, and which were destroyed: read from the logs when first needed.

use super::Archive;
use crate::{BundleId, EntryKind, Erased, KeyRef, Position};
use model::{Compartment, SourceId};
use std::collections::{BTreeMap, BTreeSet};

/// A source that an entry introduced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Introduced {
    pub bundle: BundleId,
    pub compartment: Compartment,
}

#[derive(Default)]
pub(crate) struct SourceIndex {
    read: Position,
    sources: BTreeMap<SourceId, Introduced>,
    erased: BTreeSet<SourceId>,
    /// The generation of each bundle that the last erasure in it wrote.
    generations: BTreeMap<BundleId, u32>,
}

impl SourceIndex {
    pub(crate) fn get(&self, source: SourceId) -> Option<Introduced> {
        self.sources.get(&source).copied()
    }

    pub(crate) fn is_erased(&self, source: SourceId) -> bool {
        self.erased.contains(&source)
    }

    /// Bundles that an entry says something was erased from, with the newest generation named.
    pub(crate) fn generations(&self) -> &BTreeMap<BundleId, u32> {
        &self.generations
    }

    /// Reads what was added to the logs. Damaged entries are passed over: verify names them.
    pub(super) fn update(&mut self, archive: &Archive) {
        if self.read == archive.position() {
            return;
        }
        let mut entries = archive.entries(&self.read);
        for read in entries.by_ref().flatten() {
            let entry = read.entry;
            let Some(source) = entry.subject else {
                continue;
            };
            if let (EntryKind::Source, Some(KeyRef::Source(bundle)), Some(compartment)) =
                (entry.kind, entry.key, entry.compartment)
            {
                let introduced = Introduced {
                    bundle,
                    compartment,
                };
                self.sources.entry(source).or_insert(introduced);
            }
            if let Some(Erased {
                bundle, generation, ..
            }) = entry.erased
            {
                self.erased.insert(source);
                let newest = self.generations.entry(bundle).or_default();
                *newest = generation.max(*newest);
            }
        }
        self.read = entries.position();
    }
}
