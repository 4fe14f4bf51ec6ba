//! Where an archive lies.
use crate::Result;
use std::path::Path;

/// An archive's objects: a folder, memory, later a bucket. Cheap to clone.
#[derive(Clone)]
pub struct Store {}

impl Store {
    /// The objects under a local folder, which is made when it is not there.
    ///
    /// # Errors
    /// When the folder can be neither found nor made.
    pub fn local(path: &Path) -> Result<Self> {
        let _ = path;
        todo!()
    }

    /// Objects in memory, for tests.
    #[must_use]
    pub fn memory() -> Self {
        todo!()
    }
}
