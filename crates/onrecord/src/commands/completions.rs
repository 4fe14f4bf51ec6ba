use crate::cli::Cli;
use crate::failure::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use std::process::ExitCode;

/// Print the completions for a shell
#[derive(clap::Args)]
pub struct Args {
    /// The shell
    pub shell: Shell,
}

/// Prints them.
pub fn run(args: &Args) -> Result<ExitCode> {
    let mut command = Cli::command();
    clap_complete::generate(args.shell, &mut command, "onrecord", &mut std::io::stdout());
    Ok(ExitCode::SUCCESS)
}
