//! onrecord view.
mod directory;
mod error;
mod keys;
pub use directory::EncryptedDirectory;
pub use error::{Error, Result};
