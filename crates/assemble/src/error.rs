//! What can go wrong while an archive is laid out.

/// An archive could not be laid out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The view could not be read.
    #[error(transparent)]
    View(#[from] view::Error),
    /// A vocabulary cannot be used.
    #[error(transparent)]
    Vocabulary(#[from] model::VocabularyError),
    /// Persons could not be linked.
    #[error("the persons on record could not be linked: {0}")]
    People(String),
    /// There are no lists to estimate from, or too many.
    #[error("those in no list cannot be estimated: {0}")]
    Lists(#[from] estimate::InputError),
    /// A shipped table cannot be used, which a test would have found.
    #[error("a table that ships with this program cannot be used: {0}")]
    Table(String),
}

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;
