//! One file a command: its doc comment is its help, its `Args` what it takes, its `run` what it does.

pub mod add;
pub mod alerts;
pub mod calls;
pub mod capture;
pub mod cases;
pub mod code;
pub mod completions;
pub mod decide;
pub mod demo;
pub mod doctor;
pub mod estimate;
pub mod eval;
pub mod export;
pub mod extract;
pub mod import;
pub mod incidents;
pub mod init;
pub mod judge;
pub mod lexicon;
pub mod lineage;
pub mod link;
pub mod list;
pub mod log;
pub mod man;
pub mod open;
pub mod open_case;
pub mod patterns;
pub mod proof;
pub mod rebuild;
pub mod report;
pub mod reread;
pub mod review;
pub mod search;
pub mod serve;
pub mod show;
pub mod status;
pub mod verify;
pub mod why;

use crate::cli::{Cli, Command};
use crate::failure::Result;
use std::process::ExitCode;

/// Exit code of a command that was done, but whose outcome needs attention.
pub const ATTENTION: u8 = 1;

/// Runs the command that was given.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let global = &cli.global;
    match cli.command {
        Command::Init(args) => init::run(global, &args),
        Command::Add(args) => add::run(global, &args),
        Command::Capture(args) => capture::run(global, &args),
        Command::Reread(args) => reread::run(global, &args),
        Command::Import(args) => import::run(global, &args),
        Command::Extract(args) => extract::run(global, &args),
        Command::Open(args) => open::run(global, &args),
        Command::Serve(args) => serve::run(global, &args),
        Command::Status(args) => status::run(global, &args),
        Command::List(args) => list::run(global, &args),
        Command::Show(args) => show::run(global, &args),
        Command::Search(args) => search::run(global, &args),
        Command::Log(args) => log::run(global, &args),
        Command::Verify(args) => verify::run(global, &args),
        Command::Proof(args) => proof::run(global, &args),
        Command::Report(args) => report::run(global, &args),
        Command::Export(args) => export::run(global, &args),
        Command::Rebuild(args) => rebuild::run(global, &args),
        Command::Doctor(args) => doctor::run(global, &args),
        Command::Link(args) => link::run(global, &args),
        Command::Estimate(args) => estimate::run(global, &args),
        Command::Lineage(args) => lineage::run(global, &args),
        Command::Incidents(args) => incidents::run(global, &args),
        Command::OpenCase(args) => open_case::run(global, &args),
        Command::Cases(args) => cases::run(global, &args),
        Command::Calls(args) => calls::run(global, &args),
        Command::Patterns(args) => patterns::run(global, &args),
        Command::Alerts(args) => alerts::run(global, &args),
        Command::Why(args) => why::run(global, &args),
        Command::Review(args) => review::run(global, &args),
        Command::Decide(args) => decide::run(global, &args),
        Command::Code(args) => code::run(global, &args),
        Command::Judge(args) => judge::run(global, &args),
        Command::Eval(args) => eval::run(global, &args),
        Command::Lexicon(args) => lexicon::run(global, &args),
        Command::Demo(args) => demo::run(global, &args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}
