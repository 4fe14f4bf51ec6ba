use super::{add, init, report};
use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::print;
use crate::session::Session;
use archive::Protection;
use collect::{Content, Item, Items, Terms};
use model::{Code, Compartment};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Make an archive of thirteen short sources, read them, and write a report
///
/// The sources were written for the demonstration with true, public facts; the testimony among
/// them is composed. The archive is protected by no passphrase. Delete the folder when done.
#[derive(clap::Args)]
pub struct Args {
    /// Folder for the archive and the report
    #[arg(value_name = "DIR", default_value = "onrecord-demo")]
    pub folder: PathBuf,
    /// Open the report in the browser
    #[arg(long)]
    pub open: bool,
}

#[derive(Deserialize)]
struct Index {
    source: Vec<Entry>,
}

/// A line of `data/demo/index.toml`.
#[derive(Deserialize)]
struct Entry {
    file: String,
    origin: String,
    compartment: Compartment,
    genre: Code,
    publisher: Option<String>,
    consent: Option<String>,
}

const INDEX: &str = include_str!("../../../../data/demo/index.toml");

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../../data/demo/", $name)))),*]
    };
}

const FILES: &[(&str, &[u8])] = files![
    "01-editorial-harbour-review.txt",
    "02-joint-statements-summary.txt",
    "03-news-peninsula-wire.html",
    "04-news-republished-meridian-daily.html",
    "05-hrc-resolution-22-13.md",
    "06-ga-resolution-69-188.md",
    "07-special-rapporteur-october-2023.md",
    "08-testimony-composed.md",
    "09-statement-families-ko.txt",
    "10-chronology-commission-of-inquiry.md",
    "11-synthese-pays-fr.html",
    "12-position-of-the-dprk.txt",
    "13-case-note-megumi-yokota.txt",
];

/// Makes the demonstration, or brings it up to date.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let place = args.folder.join("archive");
    let global = Global {
        archive: Some(place.clone()),
        ..global.clone()
    };
    if !place.join("onrecord.json").exists() {
        init::create(&place, Protection::None)?;
    }
    let session = Session::open(&global)?;
    add::add(&global, &session, sources()?)?;
    let html = args.folder.join("report.html");
    let markdown = args.folder.join("report.md");
    report::write_both(&global, &session, &html, &markdown)?;
    if global.json {
        print::json(&serde_json::json!({"archive": place, "report": html}))?;
    } else if !global.quiet {
        print::line_out(&what_next(&place, &html))?;
    }
    if args.open {
        open::that(&html).map_err(|error| {
            Failure::new(format!(
                "no browser could be started ({error}); open {}",
                html.display()
            ))
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn sources() -> Result<Items> {
    let index: Index = toml::from_str(INDEX)?;
    let items = index.source.into_iter().map(|entry| {
        let (_, bytes) = FILES
            .iter()
            .find(|(name, _)| *name == entry.file)
            .ok_or_else(|| Failure::new(format!("{} is not in the program", entry.file)))?;
        let terms = Terms {
            compartment: entry.compartment,
            by: "onrecord demo".to_owned(),
            origin: Some(entry.origin),
            consent: entry.consent,
            genre: Some(entry.genre),
            reliability: None,
            publisher: entry.publisher,
            // The date is for the reading to find, and to say where.
            published: None,
        };
        Ok(Item {
            name: entry.file,
            how: "demo",
            bytes: Some(bytes.len() as u64),
            modified: None,
            content: Content::Bytes(bytes.to_vec()),
            terms: Arc::new(terms),
            captured: None,
        })
    });
    let items: Vec<Item> = items.collect::<Result<_>>()?;
    Ok(Box::new(items.into_iter().map(Ok)))
}

fn what_next(place: &Path, report: &Path) -> String {
    let archive = place.display();
    format!(
        "
{} {}

Look at next:
  onrecord --archive {archive} open                        read, review and decide in the browser
  onrecord --archive {archive} list                        the sources
  onrecord --archive {archive} search '\"forced labour\"'    every passage with these words
  onrecord --archive {archive} list --kind call            who was asked for what
  onrecord --archive {archive} verify                      every byte and every quote, checked
  onrecord --archive {archive} export --format jsonl       every record with its citations",
        print::strong("The report:"),
        report.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_the_index_is_in_the_program_and_the_other_way_round() {
        assert_eq!(sources().unwrap().count(), FILES.len());
    }
}
