//! Signing in is slowed for whoever gets it wrong.
//!
//! Invariants: the same for names that exist and names that do not; memory is bounded; at most one
//! password is tried at a time, each taking 64 MiB, and few may wait for their turn.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Tries that nobody has to wait for.
const FREE: u32 = 3;
/// Longest wait.
const LONGEST: Duration = Duration::from_secs(300);
/// After this long a name's tries are forgotten.
const FORGOTTEN: Duration = Duration::from_secs(3600);
/// Most names that are remembered; the one that was tried longest ago gives way.
const NAMES: usize = 4096;
/// Most who wait for their turn.
const WAITING: usize = 16;

/// What stands for a name, which may be of any length.
type Key = [u8; 32];

fn key(name: &str) -> Key {
    Sha256::digest(users::folded(name)).into()
}

struct Tried {
    failed: u32,
    last: Instant,
}

/// Who got it wrong lately.
#[derive(Default)]
pub(crate) struct Attempts {
    tried: Mutex<BTreeMap<Key, Tried>>,
    turn: Mutex<()>,
    waiting: AtomicUsize,
}

/// A turn to try a password.
pub(crate) struct Turn<'a> {
    _turn: MutexGuard<'a, ()>,
    waiting: &'a AtomicUsize,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Attempts {
    fn tried(&self) -> MutexGuard<'_, BTreeMap<Key, Tried>> {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long this name has to wait before it may try again.
    pub(crate) fn wait(&self, name: &str) -> Option<Duration> {
        let mut tried = self.tried();
        tried.retain(|_, one| one.last.elapsed() < FORGOTTEN);
        let one = tried.get(&key(name))?;
        let wait = wait_after(one.failed).checked_sub(one.last.elapsed())?;
        (!wait.is_zero()).then_some(wait)
    }

    /// Waits for a turn; `None` where too many wait already.
    pub(crate) fn turn(&self) -> Option<Turn<'_>> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        Some(Turn {
            _turn: self.turn.lock().unwrap_or_else(PoisonError::into_inner),
            waiting: &self.waiting,
        })
    }

    /// The name was tried in vain.
    pub(crate) fn failed(&self, name: &str) {
        let mut tried = self.tried();
        if tried.len() >= NAMES {
            let oldest = tried.iter().min_by_key(|(_, one)| one.last);
            if let Some(oldest) = oldest.map(|(key, _)| *key) {
                tried.remove(&oldest);
            }
        }
        let now = Instant::now();
        let one = tried.entry(key(name)).or_insert(Tried {
            failed: 0,
            last: now,
        });
        one.failed = one.failed.saturating_add(1);
        one.last = now;
    }

    /// The person signed in.
    pub(crate) fn worked(&self, name: &str) {
        self.tried().remove(&key(name));
    }
}

/// Two seconds, four, eight … for every try beyond the free ones.
fn wait_after(failed: u32) -> Duration {
    match failed.checked_sub(FREE) {
        None | Some(0) => Duration::ZERO,
        Some(beyond) => LONGEST.min(Duration::from_secs(1 << beyond.min(16))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_gets_it_wrong_waits_longer_and_longer() {
        let attempts = Attempts::default();
        for _ in 0..FREE {
            assert_eq!(attempts.wait("Ann"), None);
            attempts.failed("Ann");
        }
        assert_eq!(attempts.wait("Ann"), None);
        attempts.failed("ANN ");
        assert!(
            attempts
                .wait("ann")
                .is_some_and(|wait| wait > Duration::from_secs(1))
        );
        assert_eq!(attempts.wait("Ben"), None);
        attempts.worked("Ann");
        assert_eq!(attempts.wait("Ann"), None);
        assert_eq!(wait_after(FREE + 3), Duration::from_secs(8));
        assert_eq!(wait_after(u32::MAX), LONGEST);
    }

    #[test]
    fn few_wait_for_their_turn_and_few_names_are_remembered() {
        let attempts = Attempts::default();
        attempts.waiting.store(WAITING, Ordering::Relaxed);
        assert!(attempts.turn().is_none());
        attempts.waiting.store(0, Ordering::Relaxed);
        drop(attempts.turn());
        assert_eq!(attempts.waiting.load(Ordering::Relaxed), 0);
        for number in 0..NAMES + 10 {
            attempts.failed(&number.to_string());
        }
        assert_eq!(attempts.tried().len(), NAMES);
    }
}
