//! How much may be in hand between reading a file and putting it on record, in bytes and items.
//!
//! Items take their share in order, so the one that the ledger waits for always has its own.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Shares of memory that are taken and given back.
pub struct Budget {
    left: Mutex<Left>,
    returned: Condvar,
    bytes: u64,
}

struct Left {
    bytes: u64,
    items: usize,
    closed: bool,
}

/// A share; give it back with [`Budget::give_back`].
#[derive(Clone, Copy)]
pub struct Share(u64);

impl Budget {
    /// At most so many bytes and items at a time.
    pub fn new(bytes: u64, items: usize) -> Self {
        let closed = false;
        Self {
            left: Mutex::new(Left {
                bytes,
                items,
                closed,
            }),
            returned: Condvar::new(),
            bytes,
        }
    }

    /// Waits until `bytes` (or the whole budget, when they are more) are free; `None` once closed.
    pub fn take(&self, bytes: u64) -> Option<Share> {
        let wanted = bytes.min(self.bytes);
        let mut left = self.lock();
        while !left.closed && (left.items == 0 || left.bytes < wanted) {
            left = self
                .returned
                .wait(left)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if left.closed {
            return None;
        }
        left.bytes -= wanted;
        left.items -= 1;
        Some(Share(wanted))
    }

    /// Gives a share back.
    pub fn give_back(&self, share: Share) {
        let mut left = self.lock();
        left.bytes += share.0;
        left.items += 1;
        self.returned.notify_all();
    }

    /// Lets every waiter go: nothing more will be taken.
    pub fn close(&self) {
        self.lock().closed = true;
        self.returned.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_item_larger_than_the_budget_passes_alone() {
        let budget = Budget::new(10, 2);
        let large = budget.take(1000).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.take(1).is_some());
            budget.give_back(large);
            assert!(waiting.join().unwrap());
        });
        assert!(budget.take(9).is_some());
        budget.close();
        assert!(budget.take(1).is_none());
    }
}
