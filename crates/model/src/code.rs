//! A term of a vocabulary, by its code: vocabularies are data, so codes are not enum variants.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The code of a term in one of the vocabularies under `data/vocabularies`, such as `torture`.
/// Which list it belongs to is said by the field that holds it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(pub String);

impl Code {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Code {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
