//! Captures of a server of our own on loopback: nothing here leaves the machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod pages;
mod places;
mod server;
mod tools;
