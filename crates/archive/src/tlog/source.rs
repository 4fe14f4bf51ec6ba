//! How the tlog core reaches stored tiles: a trait, so that it never does input or output itself.
//!
//! Invariant: what a source returns is believed by nobody until it is checked against a root.

use std::collections::BTreeMap;

use super::tile::TilePath;

/// Gives the bytes stored under the name of a tile or entry bundle.
pub trait TileSource {
    /// The stored bytes, unverified. A source should refuse to load objects longer than
    /// [`TilePath::max_len`]; longer answers are refused by the reader in any case.
    ///
    /// # Errors
    /// [`SourceError::Missing`] when nothing is stored under that name (the reader then looks for
    /// the full tile that may have replaced a partial one), otherwise [`SourceError::Failed`].
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError>;
}

/// Why a source has no bytes to give.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Nothing is stored under this name.
    #[error("nothing is stored under that name")]
    Missing,
    /// Something is stored but could not be read.
    #[error("it could not be read: {0}")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl SourceError {
    /// A failure with this cause.
    pub fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SourceError {
        SourceError::Failed(cause.into())
    }
}

impl<S: TileSource + ?Sized> TileSource for &S {
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError> {
        (**self).tile(path)
    }
}

/// Tiles and bundles held in memory, by name.
pub type MemoryTiles = BTreeMap<TilePath, Vec<u8>>;

impl TileSource for MemoryTiles {
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError> {
        self.get(path).cloned().ok_or(SourceError::Missing)
    }
}
