//! Verification of the archive on a thread of its own: how far it is, what was found last.
//!
//! Invariant: one verification runs at a time, and what it found is told with the time it began.

use crate::vault::Open;
use archive::{LogEntry, Progress, VerifyOptions, VerifyReport};
use collect::Checker;
use std::sync::{Arc, Mutex, PoisonError};

/// What was found, and when.
#[derive(Debug)]
pub(crate) struct Verified {
    /// When it began, in milliseconds since 1970.
    pub(crate) at: u64,
    /// What was found.
    pub(crate) report: VerifyReport,
    /// Quotes that stand where they should.
    pub(crate) citations: u64,
    /// Why the heads that this device saw could not be compared; empty when they were.
    pub(crate) without_heads: String,
}

#[derive(Default)]
struct State {
    running: Option<Progress>,
    last: Option<Arc<Verified>>,
}

/// The verification of an open archive.
#[derive(Default)]
pub(crate) struct Verifying(Mutex<State>);

impl Verifying {
    /// How far the one is that runs, and what the last one found.
    pub(crate) fn state(&self) -> (Option<Progress>, Option<Arc<Verified>>) {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (state.running, state.last.clone())
    }

    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Open {
    /// Begins to verify, unless that is under way.
    pub(crate) fn verify(self: &Arc<Self>, now: u64) {
        let mut begins = false;
        self.verifying.set(|state| {
            begins = state.running.is_none();
            state.running.get_or_insert_default();
        });
        if begins {
            let open = Arc::clone(self);
            std::thread::spawn(move || {
                let verified = open.verified(now);
                open.verifying.set(|state| {
                    state.running = None;
                    state.last = Some(Arc::new(verified));
                });
            });
        }
    }

    fn verified(&self, at: u64) -> Verified {
        let heads = self.device.heads(self.archive.id());
        let without_heads = heads.as_ref().err().map(ToString::to_string);
        let checker = Checker::new(&self.archive);
        let check = |found: &LogEntry| checker.check(found);
        let options = VerifyOptions {
            threads: 0,
            seen_heads: heads.unwrap_or_default(),
            check: Some(&check),
        };
        let report = self.archive.verify(&options, &mut |now| {
            self.verifying.set(|state| state.running = Some(now));
        });
        Verified {
            at,
            report,
            citations: checker.citations(),
            without_heads: without_heads.unwrap_or_default(),
        }
    }
}
