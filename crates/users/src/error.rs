//! Why something was not done to an account, in words for people.

use crate::passkey::PasskeyError;

/// Longest name, in characters.
pub(crate) const NAME: usize = 100;
/// Most accounts that are open.
pub(crate) const MOST: usize = 1000;
/// Most passkeys of one account.
pub(crate) const PASSKEYS: usize = 16;

/// Why something was not done to an account.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A name that cannot be one.
    #[error("a name has 1 to {NAME} letters, on one line, none of them unseen")]
    Name,
    /// Somebody has it.
    #[error(
        "somebody has this name already; names are kept with what people decide, so each has their own"
    )]
    Taken,
    /// Too many.
    #[error("there are {MOST} accounts already; close some")]
    Full,
    /// There is no such account.
    #[error("there is no such account, or it was closed")]
    Nobody,
    /// The invitation does not hold.
    #[error("this invitation was used, is older than three days, or never was; ask for another")]
    NotInvited,
    /// Too short a password.
    #[error("a password needs {} characters at least", crate::SHORTEST_PASSWORD)]
    PasswordTooShort,
    /// Too long a password.
    #[error("a password is {} bytes at most", crate::LONGEST_PASSWORD)]
    PasswordTooLong,
    /// Not the password.
    #[error("that is not your password")]
    WrongPassword,
    /// Not a code of the authenticator.
    #[error(
        "that is not the code that your authenticator shows now; look whether its clock is right"
    )]
    WrongCode,
    /// Too many passkeys.
    #[error("there are {PASSKEYS} passkeys already; remove one")]
    Passkeys,
    /// A passkey that an account has.
    #[error("this passkey signs in to an account here already; make a new one")]
    PasskeyTaken,
    /// The passkey.
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
}
