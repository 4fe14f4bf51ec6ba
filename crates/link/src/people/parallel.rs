//! Work on several threads with results in the order of the work, so that the number of threads
//! never shows in what comes out.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does all `work`; every thread has a desk of its own. Results stand in the order of the work.
pub(crate) fn in_order<W: Sync, D, R: Send>(
    work: &[W],
    threads: usize,
    desk: impl Fn() -> D + Sync,
    job: impl Fn(&mut D, &W) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut desk = desk();
        let mut done = Vec::new();
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = work.get(position) else {
                return done;
            };
            done.push((position, job(&mut desk, item)));
        }
    };
    let threads = threads.clamp(1, 64).min(work.len().max(1));
    let mut done: Vec<(usize, R)> = if threads == 1 {
        share()
    } else {
        std::thread::scope(|scope| {
            let handles: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
            let join =
                |handle: std::thread::ScopedJoinHandle<'_, Vec<(usize, R)>>| match handle.join() {
                    Ok(done) => done,
                    Err(panic) => std::panic::resume_unwind(panic),
                };
            handles.into_iter().flat_map(join).collect()
        })
    };
    done.sort_unstable_by_key(|(position, _)| *position);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_work() {
        let work: Vec<u64> = (0..1000).collect();
        for threads in [0, 1, 2, 8] {
            let squares = in_order(
                &work,
                threads,
                || 0u64,
                |desk, item| {
                    *desk += 1;
                    item * item
                },
            );
            assert!(
                squares
                    .iter()
                    .enumerate()
                    .all(|(position, square)| *square == (position * position) as u64)
            );
        }
        assert!(in_order(&[] as &[u8], 2, || (), |(), _| ()).is_empty());
    }
}
