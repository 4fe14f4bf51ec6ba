//! Who may sign in to a server that several people use: names, roles, passwords, second factors.
//!
//! Where to start: [`Users`] is all of them, [`Users::sign_in`] lets one in. What an admin or a
//! person does to an account is an [`Act`], which the server puts on record before it is done.
//!
//! Architecture invariants: no HTTP, no clock, no disk, no archive here: times are handed in, and
//! [`Users`] is a value that the server keeps sealed. Secrets are zeroized when they are dropped,
//! compared in constant time, and have no `Debug` that shows them. A name that does not exist costs
//! whoever tries it as long as one that does.

mod act;
mod base32;
mod error;
mod folded;
pub mod passkey;
mod password;
mod random;
mod recovery;
mod role;
mod totp;
mod user;
mod users;

pub use act::{Act, What};
pub use error::Error;
pub use folded::folded;
pub use password::{LONGEST as LONGEST_PASSWORD, Password, SHORTEST as SHORTEST_PASSWORD};
pub use role::Role;
pub use totp::Totp;
pub use user::{User, UserId};
pub use users::{Accepted, SignIn, Users};
