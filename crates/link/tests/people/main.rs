//! Lists of persons are linked: what a user relies on, on small made-up lists with known truth.
#![allow(clippy::unwrap_used)]

mod linking;
mod lists;
mod telling;
