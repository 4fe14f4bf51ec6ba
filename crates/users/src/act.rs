//! What is put on record of accounts: who did what to whose. Never a secret.

use crate::Role;
use serde::{Deserialize, Serialize};

/// Something that was done to an account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Act {
    /// Who did it: the name of who was signed in.
    pub by: String,
    /// Whose account, or the name of a token.
    pub about: String,
    /// What.
    pub what: What,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum What {
    /// The account was made, with this role.
    Added(Role),
    /// It has this role from now on.
    Role(Role),
    /// A new invitation was made: its password and second factors hold no longer.
    Invited,
    /// The invitation was taken up with a password.
    Joined,
    /// The account was closed.
    Closed,
    /// The person changed the password.
    PasswordChanged,
    /// A code of an authenticator is asked for from now on.
    CodeAdded,
    /// It no longer is.
    CodeRemoved,
    /// A recovery code was used.
    RecoveryUsed,
    /// A passkey of this name signs in from now on.
    PasskeyAdded(String),
    /// It no longer does.
    PasskeyRemoved(String),
    /// A token of the API was made, under the name that the act is about.
    TokenMade {
        /// What its holder may.
        role: Role,
        /// Hours until it ends.
        hours: u64,
    },
    /// It was taken back.
    TokenTaken,
}
