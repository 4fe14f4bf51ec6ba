//! What can be said on the command line.

use crate::commands;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// First argument with which this program serves as a sandboxed reader.
pub const READ_WORKER: &str = "read-worker";

/// First argument with which this program becomes Tesseract, after it gave up what OCR does not
/// need.
pub const OCR_CAGE: &str = "ocr-cage";

/// Keeps what was said and testified so that it holds up in court, and reads it into who did what
/// to whom, with a citation to the exact passage.
///
/// The archive is the folder given with --archive, else ONRECORD_ARCHIVE, else the nearest folder
/// above the current one that is an archive. This device's keys and views are kept apart from it,
/// under ONRECORD_HOME or the usual place for application data.
///
/// Exit codes: 0 done; 1 done, but something needs attention; 2 not done.
#[derive(Parser)]
#[command(
    name = "onrecord",
    version,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Args, Clone)]
pub struct Global {
    /// The archive's folder
    #[arg(long, global = true, value_name = "DIR", env = "ONRECORD_ARCHIVE")]
    pub archive: Option<PathBuf>,
    /// File whose first line is the passphrase, instead of asking for it
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "ONRECORD_PASSPHRASE_FILE"
    )]
    pub passphrase_file: Option<PathBuf>,
    /// Folder of lexicons, gazetteers and language packs of your own, read beside the shipped ones
    #[arg(long, global = true, value_name = "DIR", env = "ONRECORD_LEXICONS")]
    pub lexicons: Option<PathBuf>,
    /// Print JSON, one object a line
    #[arg(long, global = true)]
    pub json: bool,
    /// Print no progress and no advice
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// The commands, in the order of the life of a source.
#[derive(Subcommand)]
pub enum Command {
    Init(commands::init::Args),
    Add(commands::add::Args),
    Capture(commands::capture::Args),
    Reread(commands::reread::Args),
    Import(commands::import::Args),
    Extract(commands::extract::Args),
    Open(commands::open::Args),
    Serve(commands::serve::Args),
    Status(commands::status::Args),
    List(commands::list::Args),
    Show(commands::show::Args),
    Search(commands::search::Args),
    Log(commands::log::Args),
    Verify(commands::verify::Args),
    Proof(commands::proof::Args),
    Report(commands::report::Args),
    Export(commands::export::Args),
    Rebuild(commands::rebuild::Args),
    Doctor(commands::doctor::Args),
    Lineage(commands::lineage::Args),
    Link(commands::link::Args),
    Estimate(commands::estimate::Args),
    Incidents(commands::incidents::Args),
    OpenCase(commands::open_case::Args),
    Cases(commands::cases::Args),
    Calls(commands::calls::Args),
    Patterns(commands::patterns::Args),
    Alerts(commands::alerts::Args),
    Why(commands::why::Args),
    Review(commands::review::Args),
    Decide(commands::decide::Args),
    Code(commands::code::Args),
    Judge(commands::judge::Args),
    Eval(commands::eval::Args),
    Lexicon(commands::lexicon::Args),
    Demo(commands::demo::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
}
