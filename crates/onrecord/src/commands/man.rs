use crate::cli::Cli;
use crate::failure::Result;
use clap::CommandFactory;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write the manual pages, one for each command
#[derive(clap::Args)]
pub struct Args {
    /// Folder to write them to
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Writes them.
pub fn run(args: &Args) -> Result<ExitCode> {
    std::fs::create_dir_all(&args.folder)?;
    clap_mangen::generate_to(Cli::command(), &args.folder)?;
    Ok(ExitCode::SUCCESS)
}
