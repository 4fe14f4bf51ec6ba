use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::session::{Session, open_locked};
use crate::{holdings, print};
use archive::{EntryKind, Position};
use model::SourceId;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write a receipt for a source: proof that its entry is in the signed log
///
/// Writes DIR/ID.tlog-proof (C2SP tlog-proof), DIR/ID.entry (the entry it is about, as stored)
/// and DIR/ID.vkey (the key to check it with). Anyone can check them with public tools, without
/// this program and without reading the content. Give the recipient the vkey by another way.
#[derive(clap::Args)]
pub struct Args {
    /// Id of the source; where this device holds keys, the start of it or of the SHA-256 will do
    #[arg(value_name = "ID")]
    pub source: String,
    /// Folder to write to; it is made when it does not exist
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub to: PathBuf,
}

/// Writes the receipt.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let (archive, source) = match args.source.parse::<SourceId>() {
        Ok(id) => (open_locked(global)?.0, id),
        Err(_) => {
            let session = Session::open(global)?;
            let id = holdings::find_source(&session.view(global)?, &args.source)?.id;
            (session.archive, id)
        }
    };
    let mut entries = archive
        .entries(&Position::default())
        .filter_map(|found| found.ok());
    let found = entries
        .find(|found| found.entry.kind == EntryKind::Source && found.entry.subject == Some(source))
        .ok_or_else(|| Failure::new(format!("no source has the id {source}")))?;
    std::fs::create_dir_all(&args.to)?;
    let name = source.to_string();
    let proof = archive.proof(found.writer, found.index)?;
    let leaf = archive.leaf(found.writer, found.index)?;
    let vkey = archive.vkey(found.writer)?;
    let paths = ["tlog-proof", "entry", "vkey"].map(|end| args.to.join(format!("{name}.{end}")));
    std::fs::write(&paths[0], proof)?;
    std::fs::write(&paths[1], leaf)?;
    std::fs::write(&paths[2], format!("{vkey}\n"))?;
    if global.json {
        print::json(
            &json!({"source": name, "index": found.index, "proof": paths[0],
            "entry": paths[1], "vkey": paths[2]}),
        )?;
    } else {
        for path in &paths {
            print::line_out(&path.display().to_string())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
