//! The watch over running workers: it ends the process whose file takes too long.
//!
//! Invariant: a process with a deadline is killed within a quarter of a second behind it,
//! whatever its pipes do.

use std::process::{Child, ExitStatus};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// How often the watch looks: a file may take so much longer than its limit.
const TICK: Duration = Duration::from_millis(250);

/// The process of a worker. Dropping it kills it.
pub(super) struct Process {
    child: Mutex<Child>,
    time: Mutex<Time>,
}

/// How a process stands to its time.
#[derive(Default)]
struct Time {
    /// When it will have taken too long; `None` while it waits.
    deadline: Option<Instant>,
    /// It has taken too long.
    late: bool,
}

/// Ends processes that are late.
#[derive(Default)]
pub(super) struct Watch {
    processes: Mutex<Vec<Weak<Process>>>,
    changed: Condvar,
}

/// Locks `mutex`. Nothing here panics while it holds a lock; if it did, the data would still be
/// whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Process {
    /// Begins a stretch of work that may take `time`.
    pub fn begin(&self, time: Duration) {
        lock(&self.time).deadline = Some(Instant::now() + time);
    }

    /// Ends the stretch of work.
    pub fn finish(&self) {
        lock(&self.time).deadline = None;
    }

    /// Whether it was killed for taking too long.
    pub fn is_late(&self) -> bool {
        lock(&self.time).late
    }

    pub fn is_alive(&self) -> bool {
        matches!(lock(&self.child).try_wait(), Ok(None))
    }

    /// Waits for its end; kills it when that does not come at once. A process that is dying is
    /// let say of what.
    pub fn end(&self) -> Option<ExitStatus> {
        let mut child = lock(&self.child);
        for _ in 0..20 {
            if let Ok(Some(status)) = child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = child.kill();
        child.wait().ok()
    }

    /// Kills it when it is late; else how long it still may take.
    fn judge(&self, now: Instant) -> Option<Duration> {
        let mut time = lock(&self.time);
        let deadline = time.deadline?;
        if now < deadline {
            return Some(deadline - now);
        }
        time.late = true;
        time.deadline = None;
        drop(time);
        let _ = lock(&self.child).kill();
        None
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Watch {
    /// Takes a process under watch.
    pub fn add(&self, child: Child) -> Arc<Process> {
        let process = Arc::new(Process {
            child: Mutex::new(child),
            time: Mutex::default(),
        });
        lock(&self.processes).push(Arc::downgrade(&process));
        process
    }

    /// Kills the processes that are late, and rests until the next may be.
    pub fn round(&self) {
        let now = Instant::now();
        let mut rest = TICK;
        let mut processes = lock(&self.processes);
        processes.retain(|process| {
            let Some(process) = process.upgrade() else {
                return false;
            };
            rest = process.judge(now).map_or(rest, |left| left.min(rest));
            true
        });
        let rested = self.changed.wait_timeout(processes, rest);
        drop(rested);
    }

    /// Ends its rest.
    pub fn wake(&self) {
        self.changed.notify_all();
    }
}
