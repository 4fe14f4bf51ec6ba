//! The archive as its users meet it: made, written, read back, damaged, erased, crashed.
#![allow(clippy::unwrap_used)]

mod helpers;
mod round_trip;
