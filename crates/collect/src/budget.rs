//! How much may be in hand between reading a file and putting it on record, in bytes and items.
//!
//! Items take their share in order, so the one that the ledger waits for always has its own. What is
//! taken out of an item is added to its share once it is known; the item that the ledger waits for
//! need not wait for that, else nothing would ever be given back.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Shares of memory that are taken and given back.
pub struct Budget {
    left: Mutex<Left>,
    returned: Condvar,
    bytes: u64,
}

struct Left {
    /// Bytes that are taken: more than there are where the first item grew.
    taken: u64,
    items: usize,
    /// Shares that were given out, and that came back: in the same order.
    given: u64,
    back: u64,
    closed: bool,
}

/// The share of one item; give it back with [`Budget::give_back`], in the order of taking.
pub struct Share {
    number: u64,
    bytes: u64,
}

impl Budget {
    /// At most so many bytes and items at a time.
    pub fn new(bytes: u64, items: usize) -> Self {
        Self {
            left: Mutex::new(Left {
                taken: 0,
                items,
                given: 0,
                back: 0,
                closed: false,
            }),
            returned: Condvar::new(),
            bytes,
        }
    }

    /// Waits until `bytes` (or the whole budget, when they are more) are free; `None` once closed.
    pub fn take(&self, bytes: u64) -> Option<Share> {
        let bytes = bytes.min(self.bytes);
        let fits = |left: &Left| left.items > 0 && left.taken + bytes <= self.bytes;
        let mut left = self.wait_until(fits)?;
        left.taken += bytes;
        left.items -= 1;
        left.given += 1;
        Some(Share {
            number: left.given - 1,
            bytes,
        })
    }

    /// Adds `bytes` to a share. Waits until they are free, or until no earlier share is out; `false`
    /// once closed.
    pub fn grow(&self, share: &mut Share, bytes: u64) -> bool {
        let fits = |left: &Left| left.back == share.number || left.taken + bytes <= self.bytes;
        let Some(mut left) = self.wait_until(fits) else {
            return false;
        };
        left.taken += bytes;
        share.bytes += bytes;
        true
    }

    /// Gives a share back.
    pub fn give_back(&self, share: Share) {
        let mut left = self.lock();
        left.taken -= share.bytes;
        left.items += 1;
        left.back += 1;
        self.returned.notify_all();
    }

    fn wait_until(&self, fits: impl Fn(&Left) -> bool) -> Option<MutexGuard<'_, Left>> {
        let mut left = self.lock();
        while !left.closed && !fits(&left) {
            left = self
                .returned
                .wait(left)
                .unwrap_or_else(PoisonError::into_inner);
        }
        (!left.closed).then_some(left)
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

    #[test]
    fn what_is_taken_out_counts_and_only_the_first_item_need_not_wait() {
        let budget = Budget::new(10, 4);
        let mut first = budget.take(4).unwrap();
        let mut second = budget.take(4).unwrap();
        assert!(budget.grow(&mut first, 20), "the ledger waits for it");
        std::thread::scope(|scope| {
            let grown = scope.spawn(|| budget.grow(&mut second, 8).then_some(second));
            std::thread::sleep(std::time::Duration::from_millis(50));
            assert!(!grown.is_finished(), "20 of 10 bytes are taken already");
            budget.give_back(first);
            let second = grown.join().unwrap().unwrap();
            let next = scope.spawn(|| budget.take(1).is_some());
            std::thread::sleep(std::time::Duration::from_millis(50));
            assert!(!next.is_finished(), "12 of 10 bytes are taken");
            budget.give_back(second);
            assert!(next.join().unwrap());
        });
    }
}
