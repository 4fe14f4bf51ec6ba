use crate::cli::Global;
use crate::failure::Result;
use crate::session::Session;
use crate::{holdings, print};
use assemble::json;
use clap::ValueEnum;
use model::Compartment;
use std::process::ExitCode;

/// Write every source and record with its citations to standard output
///
/// One JSON object a line; docs/formats/records.md says what each key means. Sources of narrower
/// compartments, and what was read from them, are left out unless --up-to names them.
#[derive(clap::Args)]
pub struct Args {
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub format: Format,
    /// The narrowest compartment to include: open, restricted or sealed
    #[arg(long, value_name = "COMPARTMENT", default_value = "open",
          value_parser = crate::terms::compartment)]
    pub up_to: Compartment,
}

/// A format to export to.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// JSON Lines
    Jsonl,
}

/// Exports.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let Format::Jsonl = args.format;
    let session = Session::open(global)?;
    let view = session.view(global)?;
    let withheld = holdings::each_source(&view, args.up_to, &mut |info| {
        let reading = holdings::reading(&session, &info)?.ok();
        print::json(&json::exported_source(&info, reading.as_ref()))?;
        let map = reading.as_ref().map(|reading| &reading.map);
        for record in holdings::records(&view, info.id)? {
            print::json(&json::record(&record, Some(&info), map))?;
        }
        Ok(())
    })?;
    say_withheld(global, withheld);
    Ok(ExitCode::SUCCESS)
}

/// Says on standard error how much was left out.
pub fn say_withheld(global: &Global, withheld: u64) {
    if withheld > 0 && !global.quiet {
        print::line_err(&format!(
            "{} of narrower compartments left out, with what was read from them; --up-to includes \
             them.",
            print::count(withheld, "source", "sources")
        ));
    }
}
