//! Work on many items side by side whose results are taken in one by one, in the items' order.
//!
//! Items are dealt to lanes in turn, some at a time, and the results taken from the lanes in the
//! same turn: no result waits for more than those of its own turn, and memory is bounded by the
//! number of lanes.

use crate::Result;
use std::sync::mpsc::sync_channel;

/// Items that are dealt at once: handing over one by one would cost as much as the work.
const DEALT: usize = 8;

/// Does `work` on each item, on `lanes` threads, and gives the results to `take` in order.
/// Stops at the first error that `take` returns.
pub(crate) fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    lanes: usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let work = &work;
    std::thread::scope(|scope| {
        let mut deal = Vec::new();
        let mut done = Vec::new();
        for _ in 0..lanes.max(1) {
            let (items, receive) = sync_channel::<Vec<T>>(1);
            let (send, results) = sync_channel(2);
            scope.spawn(move || {
                for items in receive {
                    let results: Vec<R> = items.into_iter().map(work).collect();
                    // The other side hung up: it failed, and says why.
                    if send.send(results).is_err() {
                        return;
                    }
                }
            });
            deal.push(items);
            done.push(results);
        }
        scope.spawn(move || {
            let mut items = items.fuse();
            for lane in deal.iter().cycle() {
                let dealt: Vec<T> = items.by_ref().take(DEALT).collect();
                if dealt.is_empty() || lane.send(dealt).is_err() {
                    return;
                }
            }
        });
        // Lanes end in the order of their turns. Should one panic, so does this scope.
        for results in done.iter().cycle() {
            let Ok(results) = results.recv() else {
                return Ok(());
            };
            results.into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Error;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    fn slowly(number: u64) -> u64 {
        if number.is_multiple_of(7) {
            std::thread::sleep(Duration::from_micros(200));
        }
        number * 2
    }

    #[test]
    fn results_come_in_the_order_of_the_items_for_any_number_of_lanes() {
        for (lanes, items) in [(0, 100), (1, 100), (2, 101), (8, 1_000), (5, 0), (3, 1)] {
            let mut taken = Vec::new();
            let take = |result| {
                taken.push(result);
                Ok(())
            };
            in_order(0..items, lanes, slowly, take).unwrap();
            let expected: Vec<u64> = (0..items).map(|item| item * 2).collect();
            assert_eq!(taken, expected, "{lanes} lanes");
        }
    }

    #[test]
    fn nothing_is_taken_after_an_error_and_little_was_worked_on_ahead() {
        let worked = AtomicU64::new(0);
        let work = |item: u64| {
            worked.fetch_add(1, Ordering::Relaxed);
            item
        };
        let mut taken = 0;
        let take = |item| {
            taken = item;
            match item {
                99 => Err(Error::Busy),
                _ => Ok(()),
            }
        };
        let result = in_order(0..u64::MAX, 4, work, take);
        assert!(matches!(result, Err(Error::Busy)));
        assert_eq!(taken, 99);
        // In each lane: what waits to be worked on, is worked on, and waits to be taken.
        assert!(worked.into_inner() <= 104 + 4 * 5 * DEALT as u64);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_lane_that_panics_is_heard() {
        let work = |item: u64| assert!(item != 50, "as it was told");
        in_order(0..1_000, 3, work, |()| Ok(())).unwrap();
    }
}
