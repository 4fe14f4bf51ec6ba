use super::serve;
use crate::cli::Global;
use crate::failure::{Failure, Result};
use std::process::ExitCode;

/// Open the archive in the browser
///
/// As `serve`, on a free port, and starts the browser with the link that signs in. Ctrl-C ends it.
#[derive(clap::Args)]
pub struct Args {
    /// Options of `serve`
    #[command(flatten)]
    pub serve: serve::Args,
}

/// Serves, and opens the browser.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let mut options = args.serve.clone();
    if options.listen == serve::usual() {
        options.listen.set_port(0);
    }
    serve::serve(global, &options, &|link| {
        // Why the system could not is of no use to anyone: what to do is.
        open::that_detached(link).map_err(|_| {
            Failure::new("no browser could be started here: open the link above in one yourself")
        })
    })
}
