//! The archive as its users meet it: made, written, read back, damaged, erased, crashed.
#![allow(clippy::unwrap_used)]

mod crash;
mod erase;
mod faults;
mod helpers;
mod round_trip;
mod tamper;
mod time;
mod verify;
mod writers;
