//! Asking a language model about one source after the other.

use super::{Args, Done, Held, family, limits};
use crate::failure::{Failure, Result};
use collect::Run;
use model::{Proposal, Reading, Record, Vocabularies};
use serde_json::json;
use std::io::Read;
use std::path::Path;
use suggest::{Address, Client, Limits, Model, Suggested};
use zeroize::Zeroizing;

/// Longest key file that is read, in bytes.
const KEY_FILE: u64 = 16 << 10;

/// A server that may be asked, and what it is to be asked with.
pub struct Asking {
    /// Where it is.
    pub address: Address,
    /// The model, where the user named one.
    pub name: Option<String>,
    key: Option<Zeroizing<String>>,
    limits: Limits,
}

impl Asking {
    /// The server at `url`, with the key and limits that the user gave. Nothing is sent yet.
    pub fn new(url: &str, args: &Args) -> Result<Self> {
        Ok(Self {
            address: Address::parse(url)?,
            name: args.model_name.clone(),
            key: args.key_file.as_deref().map(key).transpose()?,
            limits: limits(args),
        })
    }

    /// The host, when asking it lets words leave this machine.
    pub fn elsewhere(&self) -> Option<&str> {
        self.address.elsewhere()
    }

    /// The model, ready to be asked; `confirmed` is the host that documents may be sent to.
    pub fn model(&self, confirmed: Option<&str>) -> Result<Model> {
        let (address, key) = (self.address.clone(), self.key.clone());
        let client = Client::new(address, confirmed, key, self.limits)?;
        let name = match &self.name {
            Some(name) => name.clone(),
            None => only(&client)?,
        };
        Ok(Model::new(client, &name, &Vocabularies::shipped()?))
    }
}

/// The one model that the server has.
fn only(client: &Client) -> Result<String> {
    let models = client.models()?;
    match &models[..] {
        [only] => Ok(only.clone()),
        [] => Err(Failure::new(format!(
            "the server at {} names no model; name one with --model-name",
            client.address()
        ))),
        several => Err(Failure::new(format!(
            "the server at {} has several models; say which with --model-name: {}",
            client.address(),
            several.join(", ")
        ))),
    }
}

/// The key in the first line of a file.
fn key(path: &Path) -> Result<Zeroizing<String>> {
    let shown = path.display();
    let file = std::fs::File::open(path)
        .map_err(|error| Failure::new(format!("cannot read the key in {shown}: {error}")))?;
    let mut text = Zeroizing::new(String::new());
    file.take(KEY_FILE).read_to_string(&mut text)?;
    let first = text.lines().next().unwrap_or_default().trim();
    let printable = |c: char| c.is_ascii_graphic();
    if first.is_empty() || !first.chars().all(printable) {
        return Err(Failure::new(format!(
            "the first line of {shown} is no key: it must be letters, digits and marks without blanks"
        )));
    }
    Ok(Zeroizing::new(first.to_owned()))
}

/// Asks about one source.
pub fn ask(model: &Model, held: &Held, reading: &Reading, records: &[Record]) -> Result<Done> {
    // What the model said before does not count as known: its new answer takes the old one's place.
    let own = model.family();
    let others = records.iter().filter(|record| family(record) != Some(&own));
    let known: Vec<Proposal> = others
        .filter(|record| record.citations.iter().all(|of| of.reading == held.digest))
        .map(proposal)
        .collect();
    let had = records.iter().any(|record| family(record) == Some(&own));
    let suggested = model.propose(reading, &known)?;
    let extractor = model.extractor(&suggested.proposals)?;
    let besides = besides(&suggested);
    let json = json!({
        "source": held.info.id, "extractor": extractor, "proposed": suggested.proposals.len(),
        "known": suggested.known, "not_found": suggested.not_found,
        "malformed": suggested.malformed, "questions": suggested.questions,
        "unanswered": suggested.unanswered, "why": suggested.why,
    });
    let attention = !suggested.unanswered.is_empty();
    let run = (had || !suggested.proposals.is_empty()).then(|| Run {
        extractor,
        note: json.to_string().into_bytes(),
        proposals: suggested.proposals,
    });
    Ok(Done {
        run,
        besides,
        json,
        attention,
    })
}

fn proposal(record: &Record) -> Proposal {
    Proposal {
        rule: String::new(),
        band: record.band,
        body: record.body.clone(),
        quotes: record.citations.iter().map(|of| of.quote.clone()).collect(),
    }
}

fn besides(suggested: &Suggested) -> String {
    let mut parts = Vec::new();
    if suggested.known > 0 {
        parts.push(format!("{} proposed before", suggested.known));
    }
    if suggested.not_found > 0 {
        let number = suggested.not_found;
        parts.push(format!(
            "{number} left out: their words are not in the document"
        ));
    }
    if suggested.malformed > 0 {
        parts.push(format!(
            "{} left out: not as asked for",
            suggested.malformed
        ));
    }
    if !suggested.unanswered.is_empty() {
        let why = suggested.why.as_deref();
        let why = why.unwrap_or("there were more questions than are put about one document");
        parts.push(format!(
            "no answer about {}: {why}",
            crate::print::count(suggested.unanswered.len(), "passage", "passages")
        ));
    }
    parts.join("; ")
}
