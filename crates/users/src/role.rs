//! What somebody may do.

use serde::{Deserialize, Serialize};

/// What somebody may do; each may what the one before may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks.
    Reader,
    /// Adds sources, codes records, takes originals.
    Coder,
    /// Decides and judges.
    Reviewer,
    /// Looks into the log, verifies, takes everything out.
    Keeper,
    /// Says who may what.
    Admin,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 5] = [
        Self::Reader,
        Self::Coder,
        Self::Reviewer,
        Self::Keeper,
        Self::Admin,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Coder => "coder",
            Self::Reviewer => "reviewer",
            Self::Keeper => "keeper",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}
