mod asking;
mod leaving;

use super::ATTENTION;
use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::session::Session;
use crate::{holdings, print, progress};
use collect::Run;
use model::{Compartment, ProposedBy, Reading, Record, Sha256Digest};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use view::{ReadState, SourceInfo, View};

/// Propose records anew from sources that are on record
///
/// With the rules as they are now: what was decided stays with the record that says the same.
///
/// With --model, a language model is asked as well, through the chat interface that llama.cpp,
/// Ollama, vLLM and others serve. What it proposes is kept only where its words stand in the
/// document, is marked with its name as merely suggested, and is never accepted by the machine. A
/// server on this machine can be asked at once. For any other, first see what would leave:
/// without --confirm nothing is sent, and everything that would be is listed.
#[derive(clap::Args)]
pub struct Args {
    /// The sources, by the beginnings of their ids or SHA-256s; else all that were read
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// Address of a model server, such as http://127.0.0.1:8080/v1
    #[arg(long, value_name = "URL")]
    pub model: Option<String>,
    /// The model, by the name that the server has for it; needed where it has several
    #[arg(long, value_name = "NAME", requires = "model")]
    pub model_name: Option<String>,
    /// File whose first line is the key that the server wants
    #[arg(long, value_name = "FILE", requires = "model")]
    pub key_file: Option<PathBuf>,
    /// Send what was listed to another machine: the word that the listing ends with
    #[arg(long, value_name = "WORD", requires = "model")]
    pub confirm: Option<String>,
    /// The longest that one answer of the server may take
    #[arg(long, value_name = "SECONDS", default_value_t = 180, requires = "model",
          value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub patience: u64,
    /// The narrowest compartment to include: open, restricted or sealed; else every one, but only
    /// open where something would leave this machine
    #[arg(long, value_name = "COMPARTMENT", value_parser = crate::terms::compartment)]
    pub up_to: Option<Compartment>,
}

/// A source, and the reading that records are proposed from.
struct Held {
    info: SourceInfo,
    digest: Sha256Digest,
}

/// What became of one source.
struct Done {
    /// What goes on record; `None` when there is nothing new.
    run: Option<Run>,
    /// How many were on record before, or were left out, in words; nothing when empty.
    besides: String,
    /// The same for programs.
    json: Value,
    /// Whether somebody should look.
    attention: bool,
}

/// What proposes.
enum With {
    Rules(Box<extract::Extractor>),
    Model(Box<suggest::Model>),
}

/// Proposes.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let asking = args
        .model
        .as_deref()
        .map(|url| asking::Asking::new(url, args));
    let asking = asking.transpose()?;
    let session = Session::open(global)?;
    let mut view = session.view(global)?;
    let leaves = asking.as_ref().and_then(asking::Asking::elsewhere);
    let up_to = args.up_to.unwrap_or(match leaves {
        Some(_) => Compartment::Open,
        None => Compartment::Sealed,
    });
    let chosen = held(&view, &args.sources, up_to)?;
    let with = match &asking {
        Some(asking) => match leaving::settle(&session, asking, &chosen, args)? {
            leaving::Leave::May(confirmed) => {
                With::Model(Box::new(asking.model(confirmed.as_deref())?))
            }
            leaving::Leave::Ask(listing) => return listing.say(global),
        },
        None => With::Rules(Box::new(crate::lexicons::extractor(global)?)),
    };
    let attention = each(global, &session, &view, &with, &chosen)?;
    session.archive.refresh()?;
    view.catch_up(&session.archive, crate::session::threads(), &mut |_| {})?;
    Ok(if attention {
        ExitCode::from(ATTENTION)
    } else {
        ExitCode::SUCCESS
    })
}

/// Goes through the sources, and puts what is proposed from each on record before the next. Whether
/// somebody should look at what came of it.
fn each(
    global: &Global,
    session: &Session,
    view: &View,
    with: &With,
    chosen: &[Held],
) -> Result<bool> {
    let progress = progress::counter(global, "Proposing", "sources");
    let (mut proposed, mut attention) = (0, false);
    for (at, held) in chosen.iter().enumerate() {
        progress.set(at as u64, chosen.len() as u64);
        // Listed as read a moment ago, but erased or locked since: then it fails here, in words.
        let reading = holdings::reading(session, &held.info)?.map_err(Failure::new)?;
        let records = holdings::records(view, held.info.id)?;
        let done = match with {
            With::Model(model) => asking::ask(model, held, &reading, &records)?,
            With::Rules(extractor) => by_rules(extractor, held, &reading, &records),
        };
        proposed += done.run.as_ref().map_or(0, |run| run.proposals.len());
        attention |= done.attention;
        let line = describe(held, &done);
        if let Some(run) = done.run {
            put(session, held, &reading, run)?;
        }
        match global.json {
            true => print::json(&done.json)?,
            false if !global.quiet => progress.println(&line),
            false => {}
        }
    }
    progress.clear();
    if !global.json && !global.quiet {
        print::line_out(&format!(
            "{}: {} proposed.",
            print::count(chosen.len(), "source", "sources"),
            print::count(proposed, "record", "records")
        ))?;
    }
    Ok(attention)
}

/// The sources that were named, or all, as far as they were read. Rows of lists are made records of
/// by `import`, not here.
fn held(view: &View, named: &[String], up_to: Compartment) -> Result<Vec<Held>> {
    let mut found = Vec::new();
    let text = |info: SourceInfo| match info.state {
        ReadState::Read { .. } if read::is_table(&info.source.media_type) => Err(format!(
            "source {} is a table: records are made of its rows by `onrecord import`",
            info.id
        )),
        ReadState::Read { reading, .. } => Ok(Held {
            digest: reading,
            info,
        }),
        ReadState::Unread { .. } | ReadState::Waiting => Err(format!(
            "source {0} was not read, so nothing can be read from it; `onrecord show {0}` says why",
            info.id
        )),
    };
    if named.is_empty() {
        holdings::each_source(view, up_to, &mut |info| {
            found.extend(text(info).ok());
            Ok(())
        })?;
        return Ok(found);
    }
    for prefix in named {
        let info = holdings::find_source(view, prefix)?;
        if info.source.compartment > up_to {
            return Err(Failure::new(format!(
                "source {} is {}; say --up-to {0} to include it",
                info.id,
                info.source.compartment.name()
            )));
        }
        found.push(text(info).map_err(Failure::new)?);
    }
    Ok(found)
}

fn by_rules(
    extractor: &extract::Extractor,
    held: &Held,
    reading: &Reading,
    records: &[Record],
) -> Done {
    let source = &held.info.source;
    let context = extract::Context {
        published: source.published,
        publisher: source.publisher.clone(),
    };
    let version = extractor.version();
    let as_now = records.iter().any(|record| by(record) == Some(version));
    let proposals = match as_now {
        true => Vec::new(),
        false => extractor.extract(reading, &context),
    };
    let number = proposals.len();
    let had = records
        .iter()
        .any(|record| family(record) == version.split('/').next());
    let run = (!as_now && (had || number > 0)).then(|| Run {
        extractor: version.to_owned(),
        note: Vec::new(),
        proposals,
    });
    Done {
        run,
        besides: if as_now {
            "with these rules before; nothing new"
        } else {
            ""
        }
        .to_owned(),
        json: json!({
            "source": held.info.id, "extractor": version, "proposed": number, "before": as_now,
        }),
        attention: false,
    }
}

fn put(session: &Session, held: &Held, reading: &Reading, run: Run) -> Result<()> {
    let (mut writer, _) = session.archive.writer(&session.device)?;
    let (source, original) = (held.info.id, held.info.source.original);
    collect::put_run(&mut writer, source, original, (held.digest, reading), run)?;
    Ok(())
}

/// The extractor that proposed a record.
fn by(record: &Record) -> Option<&str> {
    match &record.proposed_by {
        ProposedBy::Extractor { extractor, .. } => Some(extractor),
        ProposedBy::Person(_) => None,
    }
}

/// The extractor's name without its version.
fn family(record: &Record) -> Option<&str> {
    by(record)?.split('/').next()
}

fn describe(held: &Held, done: &Done) -> String {
    let name = &held.info.source.collected.name;
    let number = done.run.as_ref().map_or(0, |run| run.proposals.len());
    let proposed = match &done.run {
        Some(_) => print::count(number, "record proposed", "records proposed"),
        None if done.besides.is_empty() => "nothing to propose".to_owned(),
        None => String::new(),
    };
    let parts = [proposed, done.besides.clone()];
    let parts = parts.iter().filter(|part| !part.is_empty());
    let said = parts.cloned().collect::<Vec<_>>().join("; ");
    let said = if done.attention {
        print::alarm(said)
    } else {
        print::faint(said)
    };
    format!("{name}  {said}")
}

/// The limits that the user set.
fn limits(args: &Args) -> suggest::Limits {
    suggest::Limits {
        patience: Duration::from_secs(args.patience),
        ..suggest::Limits::default()
    }
}
