//! What can be wrong with a lexicon file.

/// A lexicon or gazetteer file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// Not TOML, or not of the layout in `docs/formats/lexicons.md`.
    #[error("the lexicon file `{file}` cannot be read: {why}")]
    Malformed {
        /// Name of the file.
        file: String,
        /// What the parser says.
        why: String,
    },
    /// A pattern that is not well formed.
    #[error(
        "in the lexicon file `{file}`, the pattern `{pattern}` of `{id}` cannot be used: {why}"
    )]
    Pattern {
        /// Name of the file.
        file: String,
        /// Id of the entry.
        id: String,
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// An id that stands twice, in one file or in two.
    #[error(
        "the lexicon file `{file}` has the id `{id}`, which is taken; give one of them another"
    )]
    Twice {
        /// Name of the file.
        file: String,
        /// The id.
        id: String,
    },
    /// A tagger's model that is not one.
    #[error("the model of the tagger cannot be used: {0}")]
    Model(#[from] crate::tagger::ModelError),
    /// Models of clauses that are none.
    #[error("the models of clauses cannot be used: {0}")]
    Clauses(#[from] crate::clauses::ModelError),
    /// A class of words that the program does not know.
    #[error(
        "the lexicon file `{file}` names the class of words `{class}`, which does not exist; the classes are listed in docs/formats/lexicons.md"
    )]
    Class {
        /// Name of the file.
        file: String,
        /// The name that is not one.
        class: String,
    },
}
