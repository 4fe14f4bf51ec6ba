//! What would leave this machine, listed before anything does.
//!
//! Invariant: a confirmation is for exactly what was listed: this host, these readings. One document
//! more, or a server by another name, and it no longer holds.

use super::asking::Asking;
use super::{ATTENTION, Args, Held};
use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::session::Session;
use crate::{holdings, print};
use serde_json::json;
use std::process::ExitCode;

/// Whether the server may be asked.
pub enum Leave {
    /// It may; the host that was confirmed, where it is elsewhere.
    May(Option<String>),
    /// Not before the user agreed to this.
    Ask(Listing),
}

/// What would be sent where.
pub struct Listing {
    host: String,
    sources: Vec<(String, String, u64)>,
    word: String,
}

/// Decides by where the server is and what the user said.
pub fn settle(session: &Session, asking: &Asking, held: &[Held], args: &Args) -> Result<Leave> {
    let Some(host) = asking.elsewhere() else {
        return Ok(Leave::May(None));
    };
    let word = word(host, held);
    match args.confirm.as_deref() {
        Some(said) if said == word => return Ok(Leave::May(Some(host.to_owned()))),
        Some(_) => {
            return Err(Failure::new(
                "nothing was sent: the word given with --confirm is not the one for these sources \
                 and this host; run the command without --confirm to see what would be sent",
            ));
        }
        None => {}
    }
    let mut sources = Vec::new();
    for held in held {
        let reading = holdings::reading(session, &held.info)?.map_err(Failure::new)?;
        let clean = reading.passages.iter().filter(|passage| passage.is_clean());
        let characters = clean.map(|passage| u64::from(passage.span.len())).sum();
        let name = held.info.source.collected.name.clone();
        sources.push((held.info.id.to_string(), name, characters));
    }
    let host = host.to_owned();
    Ok(Leave::Ask(Listing {
        host,
        sources,
        word,
    }))
}

/// Eight digits of the SHA-256 over the host and the readings.
fn word(host: &str, held: &[Held]) -> String {
    let mut all = host.as_bytes().to_vec();
    for held in held {
        all.push(b'\n');
        all.extend(held.digest.to_string().bytes());
    }
    collect::digest(&all).to_string()[..8].to_owned()
}

impl Listing {
    /// Says what would leave, and how to agree to it.
    pub fn say(&self, global: &Global) -> Result<ExitCode> {
        let total: u64 = self.sources.iter().map(|(.., characters)| characters).sum();
        if global.json {
            let sources = self.sources.iter().map(
                |(id, name, characters)| json!({"id": id, "name": name, "characters": characters}),
            );
            print::json(&json!({
                "event": "would-send", "host": self.host, "characters": total,
                "sources": sources.collect::<Vec<_>>(), "confirm": self.word,
            }))?;
            return Ok(ExitCode::from(ATTENTION));
        }
        let rows = self
            .sources
            .iter()
            .map(|(id, name, characters)| vec![id.clone(), characters.to_string(), name.clone()]);
        print::table(&["source", "characters", "name"], &rows.collect::<Vec<_>>())?;
        print::line_out(&format!(
            "\nNothing was sent. {} machine {}: it would get the title and the whole text of {}, {} \
             in all, and whoever runs it can read, keep and pass on what it gets. Names of witnesses \
             in the text would leave with it.\n\
             To send exactly this, add --confirm {}",
            print::alarm("Another"),
            self.host,
            print::count(self.sources.len(), "source", "sources"),
            print::count(total, "character", "characters"),
            self.word,
        ))?;
        Ok(ExitCode::from(ATTENTION))
    }
}
