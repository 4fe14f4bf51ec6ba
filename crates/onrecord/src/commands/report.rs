use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::report::{Builder, HeadRow, Report};
use crate::session::Session;
use crate::words::Words;
use crate::{holdings, print};
use clap::ValueEnum;
use model::{Compartment, Vocabularies};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Write a report of what is on record, every line with the words that carry it
///
/// One HTML page that needs nothing else, or Markdown. Sources of narrower compartments are left
/// out unless --up-to names them. The file is not encrypted: guard it as you guard its content.
#[derive(clap::Args)]
pub struct Args {
    /// File to write; its ending says the format: .html or .md
    #[arg(value_name = "FILE", default_value = "report.html")]
    pub file: PathBuf,
    /// The format, whatever the ending
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The narrowest compartment to include: open, restricted or sealed
    #[arg(long, value_name = "COMPARTMENT", default_value = "open",
          value_parser = crate::terms::compartment)]
    pub up_to: Compartment,
    /// Only this source: the start of its id or SHA-256
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// Open it in the browser
    #[arg(long)]
    pub open: bool,
}

/// A format of the report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One page that needs nothing else
    Html,
    /// Markdown
    Markdown,
}

/// Writes the report.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let ending = args
        .file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let by_ending = match ending.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Format::Markdown,
        _ => Format::Html,
    };
    let session = Session::open(global)?;
    let built = build(global, &session, args.up_to, args.source.as_deref())?;
    save(&built, args.format.unwrap_or(by_ending), &args.file)?;
    if global.json {
        print::json(&serde_json::json!({
            "file": args.file, "sources": built.sources.len(), "withheld": built.withheld,
        }))?;
    } else {
        print::line_out(&args.file.display().to_string())?;
        super::export::say_withheld(global, built.withheld);
    }
    if args.open {
        open::that(&args.file)
            .map_err(|error| Failure::new(format!("no browser could be started: {error}")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The report of the open sources, in both formats.
pub fn write_both(global: &Global, session: &Session, html: &Path, markdown: &Path) -> Result<()> {
    let built = build(global, session, Compartment::Open, None)?;
    save(&built, Format::Html, html)?;
    save(&built, Format::Markdown, markdown)
}

fn save(report: &Report, format: Format, file: &Path) -> Result<()> {
    let text = match format {
        Format::Html => report.html()?,
        Format::Markdown => report.markdown()?,
    };
    std::fs::write(file, text)
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", file.display())))
}

fn build(
    global: &Global,
    session: &Session,
    up_to: Compartment,
    only: Option<&str>,
) -> Result<Report> {
    let view = session.view(global)?;
    let words = Words::new(Vocabularies::shipped()?);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let about = Report {
        made: print::time(now.as_millis() as u64),
        program: format!("onrecord {}", env!("CARGO_PKG_VERSION")),
        archive: session.archive.id().to_string(),
        heads: session
            .archive
            .heads()
            .into_iter()
            .map(|head| HeadRow {
                writer: head.writer.to_string(),
                size: head.size,
                root: head.root.to_string(),
                checkpoint: head.checkpoint,
            })
            .collect(),
        scope: match up_to {
            Compartment::Open => "open sources only".to_owned(),
            narrower => format!("contains sources up to the compartment {}", narrower.name()),
        },
        ..Report::default()
    };
    let mut builder = Builder::new(&words, about);
    let withheld = match only {
        Some(prefix) => {
            let info = holdings::find_source(&view, prefix)?;
            if info.source.compartment > up_to {
                let narrow = info.source.compartment.name();
                return Err(Failure::new(format!(
                    "this source is {narrow}: add --up-to {narrow}"
                )));
            }
            builder.add(&holdings::held(session, &view, info)?);
            0
        }
        None => holdings::each_source(&view, up_to, &mut |info| {
            builder.add(&holdings::held(session, &view, info)?);
            Ok(())
        })?,
    };
    Ok(Report {
        withheld,
        ..builder.finish()
    })
}
