//! What a user would notice, tested through the program as a user runs it.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod bad_input;
mod capturing;
mod collecting;
mod crash;
mod deciding;
mod demo;
mod export;
mod extracting;
mod faults;
mod importing;
mod interop;
mod lexicons;
mod linking;
mod pictured;
mod plain;
mod promises;
mod support;
mod tamper;
mod views;
