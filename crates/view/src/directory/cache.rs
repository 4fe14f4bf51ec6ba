//! Opened blocks of all files of one index, kept while they are used most recently.
//!
//! Invariant: what is kept never exceeds the bytes that were allowed by more than one block a
//! shard.

use lru::LruCache;
use std::sync::{Arc, Mutex, PoisonError};

/// A block: the file it belongs to (by a number given when the file was opened) and its number.
pub(super) type Place = (u64, u64);

const SHARDS: usize = 8;

struct Shard {
    blocks: LruCache<Place, Arc<[u8]>>,
    bytes: usize,
}

/// A bounded store of opened blocks.
pub(super) struct Cache {
    shards: Vec<Mutex<Shard>>,
    allowed: usize,
}

impl Cache {
    /// A cache of at most `bytes` bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let shard = || {
            Mutex::new(Shard {
                blocks: LruCache::unbounded(),
                bytes: 0,
            })
        };
        Self {
            shards: std::iter::repeat_with(shard).take(SHARDS).collect(),
            allowed: bytes / SHARDS,
        }
    }

    fn shard(&self, place: Place) -> std::sync::MutexGuard<'_, Shard> {
        let at = (place.0.wrapping_mul(31).wrapping_add(place.1)) as usize % SHARDS;
        // A panic elsewhere leaves whole blocks behind, never half of one.
        self.shards[at]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The block, when it is kept.
    pub(super) fn get(&self, place: Place) -> Option<Arc<[u8]>> {
        self.shard(place).blocks.get(&place).cloned()
    }

    /// Keeps the block, at the cost of the one that was used longest ago.
    pub(super) fn put(&self, place: Place, block: Arc<[u8]>) {
        let mut shard = self.shard(place);
        shard.bytes += block.len();
        if let Some(before) = shard.blocks.put(place, block) {
            shard.bytes -= before.len();
        }
        while shard.bytes > self.allowed {
            let Some((_, oldest)) = shard.blocks.pop_lru() else {
                break;
            };
            shard.bytes -= oldest.len();
        }
    }

    /// Bytes that are kept now.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.shards
            .iter()
            .map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).bytes)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_what_is_used_and_no_more_than_allowed() {
        let cache = Cache::new(8 * 10 * 100);
        for number in 0..10_000 {
            cache.put((1, number), vec![number as u8; 100].into());
            cache.put((1, number), vec![number as u8; 100].into());
            assert!(cache.get((1, 0)).is_some(), "used all the time, so kept");
        }
        assert!(cache.bytes() <= 8 * 10 * 100);
        assert_eq!(cache.get((1, 9_999)).unwrap()[0], 9_999u64 as u8);
        assert!(cache.get((1, 5_000)).is_none());
    }
}
