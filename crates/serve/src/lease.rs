//! Views that are lent to requests, one at a time each, up to date with the ledger.
//!
//! Invariant: a view that is lent knows everything that was in the ledger when it was lent, unless
//! another process is taking that in at this moment.

use archive::{Archive, Device, Position};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use view::View;
use zeroize::Zeroizing;

/// Most views that are kept open while nobody uses them.
const KEPT: usize = 4;

/// A view and how far the ledger was when it was last brought up to date.
struct Kept {
    view: View,
    at: Option<Position>,
}

/// The views of an open archive.
pub(crate) struct Views {
    folder: PathBuf,
    key: Zeroizing<[u8; 32]>,
    free: Mutex<Vec<Kept>>,
    /// One brings the view up to date at a time.
    catching_up: Mutex<()>,
}

/// A view on loan.
pub(crate) struct Lease<'v> {
    views: &'v Views,
    kept: Option<Kept>,
}

impl Views {
    /// The views in a folder, under the device's key.
    pub(crate) fn new(folder: PathBuf, device: &Device) -> Self {
        Self {
            folder,
            key: device.view_key(),
            free: Mutex::default(),
            catching_up: Mutex::default(),
        }
    }

    /// Lends a view.
    pub(crate) fn lease(&self, archive: &Archive) -> Result<Lease<'_>, view::Error> {
        let free = self
            .free
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut kept = match free {
            Some(kept) => kept,
            None => Kept {
                view: View::open(&self.folder, &self.key)?,
                at: None,
            },
        };
        let now = archive.position();
        if kept.at.as_ref() != Some(&now) {
            let _one_at_a_time = self
                .catching_up
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            match kept.view.catch_up(archive, threads, &mut |_| {}) {
                Ok(_) => kept.at = Some(now),
                // Another process is at it: what there is answers until it is done.
                Err(view::Error::Busy) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Lease {
            views: self,
            kept: Some(kept),
        })
    }
}

impl Deref for Lease<'_> {
    type Target = View;

    fn deref(&self) -> &View {
        let kept = self.kept.as_ref();
        &kept
            .expect("a lease holds its view until it is dropped")
            .view
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let mut free = self
            .views
            .free
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = self.kept.take().filter(|_| free.len() < KEPT) {
            free.push(kept);
        }
    }
}
