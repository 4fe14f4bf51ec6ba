use super::ATTENTION;
use crate::cli::{Global, READ_WORKER};
use crate::failure::{Failure, Result};
use crate::session::{Session, threads};
use crate::terms::Stated;
use crate::{print, progress};
use collect::{Collector, Event, Items, Summary, Terms};
use model::{Code, Outcome, Vocabularies};
use read::{Limits, Workers};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

/// Collect files, folders, patterns or standard input
///
/// Every original is hashed, sealed and entered in the ledger, whether or not it can be read.
/// Then it is read in a sandbox and records are proposed from it. When a line is printed for a
/// file, it is on record and survives a power cut. The same bytes are never added twice.
#[derive(clap::Args)]
pub struct Args {
    /// Files, folders, patterns such as 'pages/*.html', or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Genre, a code of the vocabulary `genre`, such as testimony
    #[arg(long, value_name = "CODE")]
    pub genre: Option<String>,
    /// Reliability, a code of the vocabulary `source-reliability`
    #[arg(long, value_name = "CODE")]
    pub reliability: Option<String>,
    #[command(flatten)]
    pub stated: Stated,
}

/// Adds what was named.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let vocabularies = Vocabularies::shipped()?;
    let terms = Terms {
        genre: code(&vocabularies, "genre", args.genre.as_deref())?,
        reliability: code(
            &vocabularies,
            "source-reliability",
            args.reliability.as_deref(),
        )?,
        ..args.stated.terms()
    };
    let session = Session::open(global)?;
    let items = collect::gather(&args.paths, &Arc::new(terms));
    let summary = add(global, &session, items)?;
    Ok(if summary.is_complete() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ATTENTION)
    })
}

/// Puts items on record, says what became of each, and brings the view up to date.
pub fn add(global: &Global, session: &Session, items: Items) -> Result<Summary> {
    let view = session.view(global)?;
    let (mut writer, recovery) = session.archive.writer(&session.device)?;
    if !global.quiet {
        print_recovery(&recovery);
    }
    let collector = collector(global)?;
    let progress = progress::open_counter(global, "Added", "sources");
    let mut added = 0;
    let view = Mutex::new(view);
    let known = |original: &model::Sha256Digest| -> Result<_, collect::NotTold> {
        let view = view.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(view.by_original(original)?)
    };
    let summary = collector.add(items, &mut writer, &known, &mut |event| {
        match &event {
            Event::Collected { .. } => {
                added += 1;
                progress.set(added, 0);
            }
            Event::Signed(receipt) => {
                if let Some(why) = &receipt.not_remembered {
                    progress.note(&print::alarm(format!(
                        "what follows is on record, but this device could not write down that it \
                         has seen it ({why}): it would not notice if it was removed"
                    )));
                }
            }
            _ => {}
        }
        say(global, &progress, &event);
    });
    progress.clear();
    drop((writer, view));
    let summary = summary.map_err(|error| {
        Failure::new(format!(
            "{} were added and are safe; then: {}",
            print::count(added, "source", "sources"),
            Failure::from(error)
        ))
    })?;
    session.archive.refresh()?;
    session.view(global)?;
    if !global.json && !global.quiet {
        print::line_out(&in_words(&summary))?;
    }
    Ok(summary)
}

/// The readers, and the extractor with the user's lexicons beside the shipped ones.
pub(super) fn collector(global: &Global) -> Result<Collector> {
    let program = std::env::current_exe()?;
    Ok(Collector {
        workers: Workers::start(
            program,
            vec![READ_WORKER.into()],
            threads(),
            Limits::default(),
        )?,
        ocr: None,
        extractor: crate::lexicons::extractor(global)?,
        threads: threads(),
        tool: format!("onrecord {}", env!("CARGO_PKG_VERSION")),
    })
}

fn code(vocabularies: &Vocabularies, list: &str, code: Option<&str>) -> Result<Option<Code>> {
    let Some(code) = code else { return Ok(None) };
    let known = vocabularies.list(list);
    if known.is_some_and(|list| list.term(code).is_some()) {
        return Ok(Some(Code::from(code)));
    }
    let codes = known.into_iter().flat_map(|list| &list.terms);
    let codes: Vec<_> = codes.map(|term| term.code.as_str()).collect();
    Err(Failure::new(format!(
        "`{code}` is no {list}; there are: {}",
        codes.join(", ")
    )))
}

pub(super) fn print_recovery(recovery: &archive::Recovery) {
    if !recovery.moved_aside.is_empty() {
        print::line_err(&format!(
            "An earlier run was interrupted. {} that it left, none of them acknowledged, were \
             moved to lost/ in the archive; add their files again.",
            print::count(recovery.moved_aside.len(), "object", "objects")
        ));
    }
    if recovery.erasures_finished > 0 {
        print::line_err(&format!(
            "{} that an earlier run had begun were finished.",
            print::count(recovery.erasures_finished, "erasure", "erasures")
        ));
    }
}

/// Tells of one item. JSON goes out at once: a caller may count on every line.
fn say(global: &Global, progress: &progress::Progress, event: &Event) {
    if global.json {
        let line = event_json(event).to_string();
        // A closed pipe must not stop what is being put on record.
        let _ = print::line_flushed(&line);
        return;
    }
    match event {
        Event::Collected {
            original,
            name,
            title,
            outcome,
            proposed,
            ..
        } if !global.quiet => {
            let what = match outcome {
                Outcome::Unread(unread) => print::alarm(format!("kept, unread: {}", unread.reason)),
                Outcome::Read { .. } => match proposed {
                    Some(number) => print::count(*number, "record proposed", "records proposed"),
                    None => print::alarm("the extractor failed on it; the reading is kept"),
                },
            };
            let title = title.as_deref().map(|title| print::shorten(title, 60));
            let title = title.map(|title| format!("“{title}” ")).unwrap_or_default();
            let short = &original.to_string()[..10];
            progress.println(&format!("{short}  {name}  {title}{}", print::faint(what)));
        }
        Event::Known { name, id } if !global.quiet => {
            let line = format!("{name}  is on record already as {id}; nothing added");
            progress.println(&print::faint(line));
        }
        Event::Skipped(skipped) if skipped.failure || !global.quiet => {
            let line = format!("{} {}", skipped.path, skipped.reason);
            let line = if skipped.failure {
                print::alarm(line)
            } else {
                print::faint(line)
            };
            progress.note(&line);
        }
        _ => {}
    }
}

fn event_json(event: &Event) -> serde_json::Value {
    match event {
        Event::Collected {
            id,
            name,
            original,
            bytes,
            title,
            outcome,
            proposed,
        } => json!({
            "event": "collected", "id": id, "name": name, "sha256": original, "bytes": bytes,
            "title": title, "outcome": outcome, "proposed": proposed,
        }),
        Event::Known { name, id } => json!({"event": "known", "name": name, "id": id}),
        Event::Skipped(skipped) => json!({
            "event": if skipped.failure { "failed" } else { "skipped" },
            "name": skipped.path, "reason": skipped.reason,
        }),
        Event::Signed(receipt) => json!({
            "event": "signed", "writer": receipt.writer.to_string(),
            "first": receipt.first_index, "size": receipt.size, "root": receipt.root.to_string(),
        }),
    }
}

fn in_words(summary: &Summary) -> String {
    let mut words = format!(
        "{} added ({}), {} proposed",
        print::count(summary.collected, "source", "sources"),
        print::size(summary.bytes),
        print::count(summary.proposed, "record", "records"),
    );
    let also = [
        (summary.unread, "kept unread"),
        (summary.known, "on record already"),
        (summary.skipped, "passed over"),
        (summary.failed, "failed"),
    ];
    for (number, what) in also {
        if number > 0 {
            words.push_str(&format!(", {number} {what}"));
        }
    }
    words.push('.');
    words
}
