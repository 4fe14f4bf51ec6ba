use crate::cli::Global;
use crate::failure::Result;
use crate::print;
use crate::session::Session;
use model::Status;
use serde_json::json;
use std::process::ExitCode;

/// Say how much is on record
#[derive(clap::Args)]
pub struct Args {}

/// Prints the counts.
pub fn run(global: &Global, _: &Args) -> Result<ExitCode> {
    let session = Session::open(global)?;
    let counts = session.view(global)?.status()?;
    let heads = session.archive.heads();
    if global.json {
        print::json(&json!({
            "archive": session.archive.id().to_string(),
            "sources": counts.sources, "read": counts.read, "unread": counts.unread,
            "waiting": counts.waiting, "locked": counts.locked, "erased": counts.erased,
            "passages": counts.passages,
            "compartments": counts.compartments.iter()
                .map(|(compartment, number)| (compartment.name(), number))
                .collect::<std::collections::BTreeMap<_, _>>(),
            "languages": counts.languages,
            "records": counts.records,
            "heads": heads.iter().map(|head| json!({
                "writer": head.writer.to_string(), "size": head.size,
                "root": head.root.to_string(),
            })).collect::<Vec<_>>(),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    print::line_out(&format!(
        "Archive {} in {}",
        session.archive.id(),
        session.place.display()
    ))?;
    let mut sources = print::count(counts.sources, "source", "sources");
    let also = [
        (counts.unread, "could not be read"),
        (counts.waiting, "were not read yet"),
        (counts.locked, "locked to this device"),
        (counts.erased, "erased"),
    ];
    for (number, what) in also {
        if number > 0 {
            sources.push_str(&format!(", {number} {what}"));
        }
    }
    print::line_out(&format!(
        "{sources}; {} of text",
        print::count(counts.passages, "passage", "passages")
    ))?;
    let by = |pairs: Vec<(String, u64)>| {
        let words = pairs
            .into_iter()
            .map(|(name, number)| format!("{name} {number}"));
        words.collect::<Vec<_>>().join(", ")
    };
    let compartments = counts.compartments.iter();
    let compartments = compartments.map(|(name, number)| (name.name().to_owned(), *number));
    print::line_out(&format!("Compartments: {}", by(compartments.collect())))?;
    print::line_out(&format!(
        "Languages: {}",
        by(counts.languages.into_iter().collect())
    ))?;
    let rows: Vec<Vec<String>> = counts
        .records
        .iter()
        .map(|(kind, statuses)| {
            let of = |status: &Status| statuses.get(status).copied().unwrap_or(0).to_string();
            let kind = std::iter::once(kind.name().to_owned());
            kind.chain(Status::ALL.iter().map(of)).collect()
        })
        .collect();
    if !rows.is_empty() {
        let headings = Status::ALL.iter().map(|status| status.name());
        let headings: Vec<_> = std::iter::once("records").chain(headings).collect();
        print::table(&headings, &rows)?;
    }
    for head in heads {
        let words = format!(
            "Log {}: {} entries, root {}",
            head.writer, head.size, head.root
        );
        print::line_out(&print::faint(words))?;
    }
    Ok(ExitCode::SUCCESS)
}
