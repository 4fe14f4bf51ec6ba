//! Segments read last. A fold over the ledger opens the thousands of small sources of a pack one
//! after the other: the pack is then read once and kept, while a single look reads its part only.

use crate::error::Error;
use crate::{MAX_SEGMENT, Part, Result, Store};
use bytes::Bytes;
use model::Sha256Digest;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Segments kept whole: 96 MiB at most.
const KEPT: usize = 3;
/// Segments whose use is remembered.
const REMEMBERED: usize = 16;
/// Reads of one segment after which it is read as a whole.
const WHOLE_AFTER: u32 = 3;

/// The object that holds a segment.
pub(crate) fn segment_key(segment: &Sha256Digest) -> String {
    format!("blob/{:02x}/{segment}", segment.0[0])
}

pub(crate) struct SegmentCache {
    store: Store,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Newest first.
    kept: VecDeque<(Sha256Digest, Arc<Mutex<Option<Bytes>>>)>,
    uses: VecDeque<(Sha256Digest, u32)>,
}

impl SegmentCache {
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            state: Mutex::default(),
        }
    }

    /// Bytes of a part, from `within` it on.
    pub(crate) fn read(&self, part: &Part, within: u64, length: u64) -> Result<Bytes> {
        let start = u64::from(part.offset) + within;
        let end = start + length;
        let key = segment_key(&part.segment);
        let bytes = match self.kept(&part.segment) {
            Some(slot) => {
                // Whoever comes second waits here for the first, and finds the segment.
                let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
                let whole = match &*slot {
                    Some(whole) => whole.clone(),
                    None => slot.insert(self.store.get(&key, MAX_SEGMENT)?).clone(),
                };
                let end = end.min(whole.len() as u64);
                whole.slice(start.min(end) as usize..end as usize)
            }
            None => self.store.get_range(&key, start..end)?,
        };
        if bytes.len() as u64 == length {
            Ok(bytes)
        } else {
            Err(Error::Damaged {
                object: key,
                why: format!("it ends before byte {end}"),
            })
        }
    }

    /// The place of a segment that is kept, or is worth keeping from now on.
    fn kept(&self, segment: &Sha256Digest) -> Option<Arc<Mutex<Option<Bytes>>>> {
        let mut state = self.state();
        if let Some((_, slot)) = state.kept.iter().find(|(kept, _)| kept == segment) {
            return Some(Arc::clone(slot));
        }
        let uses = match state.uses.iter().position(|(used, _)| used == segment) {
            Some(at) => state.uses.remove(at).map_or(1, |(_, uses)| uses + 1),
            None => 1,
        };
        if uses < WHOLE_AFTER {
            state.uses.push_front((*segment, uses));
            state.uses.truncate(REMEMBERED);
            return None;
        }
        let slot = Arc::default();
        state.kept.push_front((*segment, Arc::clone(&slot)));
        state.kept.truncate(KEPT);
        Some(slot)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
