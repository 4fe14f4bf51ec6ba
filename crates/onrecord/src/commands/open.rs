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
        open::that_detached(link).map_err(|error| {
            Failure::new(format!(
                "no browser could be started ({error}); open the link yourself"
            ))
        })
    })
}
