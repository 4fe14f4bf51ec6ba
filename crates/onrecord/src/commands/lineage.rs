use crate::cli::Global;
use crate::failure::Result;
use crate::holdings;
use crate::linking::{self, Scope};
use crate::print;
use serde_json::json;
use std::process::ExitCode;

/// Say which documents share text, and which of them had it first
///
/// With an id, what one document shares with which others, and what it goes back to. Words that
/// were put differently are not seen: no shared text found does not mean independent, and the
/// number of origins is an upper bound.
#[derive(clap::Args)]
pub struct Args {
    /// A source, by the beginning of its id or of its SHA-256
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// Tells of lineage.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let lineages = laid.all.lineages()?;
    if let Some(prefix) = &args.id {
        let source = holdings::find_source(&laid.view, prefix)?.id;
        let sentences = lineages.describe(&source);
        if global.json {
            print::json(&json!({
                "source": source, "group": lineages.group(&source), "why": sentences,
            }))?;
        } else {
            print::line_out(&print::strong(linking::called(&laid.all, Some(&source))))?;
            for sentence in sentences {
                print::line_out(&format!("  {sentence}"))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut done = std::collections::BTreeSet::new();
    for document in laid.all.documents() {
        let group = lineages.group(&document.id);
        if group.len() < 2 || !done.insert(group.clone()) {
            continue;
        }
        if global.json {
            print::json(&json!({ "group": group }))?;
            continue;
        }
        for (at, member) in group.iter().enumerate() {
            let lead = if at == 0 { "" } else { "  ↳ " };
            let called = linking::called(&laid.all, Some(member));
            print::line_out(&format!("{lead}{called}  {}", print::faint(member)))?;
        }
    }
    if !global.json {
        print::line_out(&format!(
            "{}, {} at most. Words that were put differently are not seen.",
            print::count(
                lineages.documents(),
                "document that was read",
                "documents that were read"
            ),
            print::count(lineages.origins(), "origin", "origins"),
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
