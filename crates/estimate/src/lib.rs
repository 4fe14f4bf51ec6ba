//! How many are in no list at all: multiple systems estimation from overlapping lists.
//!
//! Architecture invariant: no IO, no clock, no randomness but from a seed that is passed in; the
//! same input and seed give the same figures on every machine.

pub mod decomposable;
mod draws;
mod error;
mod histories;
pub mod latent;
pub mod loglinear;
mod numeric;
mod random;

pub use error::{InputError, NoEstimate};
pub use histories::{Histories, MOST_LISTS, MOST_PEOPLE, Pattern};
