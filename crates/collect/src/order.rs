//! Prepared items in the order in which they came in, whichever was ready first.

use crate::budget::Share;
use crate::item::Skipped;
use crate::prepare::Prepared;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use std::collections::BTreeMap;
use std::time::Duration;

/// A prepared item with its share of the budget.
pub(crate) type Next = (Share, Result<Prepared, Skipped>);

/// Gives prepared items in the order in which they came in.
pub(crate) struct InOrder {
    ready: Receiver<(usize, Share, Result<Prepared, Skipped>)>,
    early: BTreeMap<usize, Next>,
    next: usize,
}

impl InOrder {
    pub(crate) fn new(ready: Receiver<(usize, Share, Result<Prepared, Skipped>)>) -> Self {
        Self {
            ready,
            early: BTreeMap::new(),
            next: 0,
        }
    }

    /// The next item; `Ok(None)` at the end, `Err` when it is not ready in time.
    pub(crate) fn next(
        &mut self,
        wait: Option<Duration>,
    ) -> Result<Option<Next>, RecvTimeoutError> {
        loop {
            if let Some(next) = self.early.remove(&self.next) {
                self.next += 1;
                return Ok(Some(next));
            }
            let received = match wait {
                Some(wait) => self.ready.recv_timeout(wait),
                None => self
                    .ready
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
            };
            match received {
                Ok((number, share, prepared)) => {
                    self.early.insert(number, (share, prepared));
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(timeout) => return Err(timeout),
            }
        }
    }
}
