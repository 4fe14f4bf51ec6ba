//! The command line. One file a command under `commands`; what they share stands beside them.
//!
//! Invariant: no rule of the archive, of reading or of extraction lives here. This crate alone
//! reads the environment, asks for passphrases and prints.
//!
//! Exit codes: 0 done; 1 done, but something needs attention (damage found, a file that could not
//! be collected); 2 not done.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cli;
mod commands;
mod deciding;
mod failure;
mod holdings;
mod lexicons;
mod linking;
mod place;
mod print;
mod progress;
mod report;
mod session;
mod terms;
mod words;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    // The reader of untrusted bytes is this program again, in a sandbox: it must come before
    // anything that opens files or looks at the environment.
    if std::env::args_os()
        .nth(1)
        .is_some_and(|first| first == cli::READ_WORKER)
    {
        return ExitCode::from(read::worker::serve());
    }
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == cli::OCR_CAGE) {
        return ExitCode::from(read::ocr::serve(&arguments.collect::<Vec<_>>()));
    }
    let cli = cli::Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
