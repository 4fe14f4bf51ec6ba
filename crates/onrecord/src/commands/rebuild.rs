use crate::cli::Global;
use crate::failure::Result;
use crate::session::{self, Session, threads};
use crate::{place, print, progress};
use std::process::ExitCode;
use std::time::Instant;
use view::View;

/// Delete this device's view and make it again from the ledger
///
/// Safe at any time: nothing is in the view that is not in the ledger.
#[derive(clap::Args)]
pub struct Args {}

/// Rebuilds the view.
pub fn run(global: &Global, _: &Args) -> Result<ExitCode> {
    let session = Session::open(global)?;
    let folder = place::views(session.device.folder());
    let bar = progress::counter(global, "Rebuilding", "entries");
    let begun = Instant::now();
    let key = session.device.view_key();
    let total: u64 = session.archive.position().0.values().sum();
    let mut report = |done| bar.set(done, total);
    let (view, applied) = View::rebuild(&folder, &key, &session.archive, threads(), &mut report)?;
    bar.clear();
    session::say_problems(&applied);
    let status = view.status()?;
    if global.json {
        print::json(&serde_json::json!({
            "sources": status.sources, "seconds": begun.elapsed().as_secs_f64(),
        }))?;
    } else {
        print::line_out(&format!(
            "The view was rebuilt from the ledger: {} in {:.1} s.",
            print::count(status.sources, "source", "sources"),
            begun.elapsed().as_secs_f64()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
