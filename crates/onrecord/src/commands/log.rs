use crate::cli::Global;
use crate::failure::Result;
use crate::print;
use crate::session::open_locked;
use archive::{EntryKind, Position, WriterId};
use model::SourceId;
use serde_json::json;
use std::process::ExitCode;

/// List the entries of the ledger as anyone can see them, without keys
#[derive(clap::Args)]
pub struct Args {
    /// Only the entries about this source
    #[arg(long, value_name = "ID")]
    pub source: Option<SourceId>,
    /// Only the log of this writer
    #[arg(long, value_name = "WRITER")]
    pub writer: Option<WriterId>,
    /// Only the last so many
    #[arg(long, short = 'n', value_name = "N")]
    pub last: Option<usize>,
}

/// Lists the log.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let (archive, _) = open_locked(global)?;
    let wanted = |found: &archive::LogEntry| {
        args.source
            .is_none_or(|source| found.entry.subject == Some(source))
            && args.writer.is_none_or(|writer| found.writer == writer)
    };
    let mut last = std::collections::VecDeque::new();
    for found in archive.entries(&Position::default()) {
        let found = found?;
        if !wanted(&found) {
            continue;
        }
        match args.last {
            None => line(global, &found)?,
            Some(number) => {
                last.push_back(found);
                if last.len() > number {
                    last.pop_front();
                }
            }
        }
    }
    last.iter().try_for_each(|found| line(global, found))?;
    Ok(ExitCode::SUCCESS)
}

fn line(global: &Global, found: &archive::LogEntry) -> Result<()> {
    let entry = &found.entry;
    if global.json {
        return print::json(&json!({
            "writer": found.writer.to_string(), "index": found.index, "id": entry.id.to_string(),
            "kind": kind(entry.kind), "clock": entry.clock, "source": entry.subject,
            "compartment": entry.compartment.map(|compartment| compartment.name()),
            "blobs": entry.blobs.len(),
        }));
    }
    let about = entry
        .subject
        .map(|source| source.to_string())
        .unwrap_or_default();
    let compartment = entry
        .compartment
        .map_or("", |compartment| compartment.name());
    print::line_out(&format!(
        "{}  {:>7}  {}  {:<9}  {:<10}  {about}",
        &found.writer.to_string()[..8],
        found.index,
        print::time(entry.clock),
        kind(entry.kind),
        compartment,
    ))
}

/// The coarse kind, as the format names it.
pub fn kind(kind: EntryKind) -> String {
    match kind {
        EntryKind::Genesis => "genesis".to_owned(),
        EntryKind::Source => "source".to_owned(),
        EntryKind::Reading => "reading".to_owned(),
        EntryKind::Proposals => "proposals".to_owned(),
        EntryKind::Decision => "decision".to_owned(),
        EntryKind::Judgement => "judgement".to_owned(),
        EntryKind::Account => "account".to_owned(),
        EntryKind::Member => "member".to_owned(),
        EntryKind::Heads => "heads".to_owned(),
        EntryKind::Erasure => "erasure".to_owned(),
        EntryKind::Note => "note".to_owned(),
        EntryKind::Other(code) => format!("kind {code}"),
    }
}
