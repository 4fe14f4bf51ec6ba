use super::{ATTENTION, add};
use crate::cli::{Global, OCR_CAGE};
use crate::failure::{Failure, Result};
use crate::holdings::{self, Named};
use crate::print;
use crate::session::Session;
use archive::WriterId;
use collect::{Collector, Content, Event, Item, Reread, Terms, difference};
use model::{Outcome, Reader, Sha256Digest, SourceId, from_cbor};
use read::ocr::{self, Tesseract};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use view::{ReadState, SourceFilter, SourceInfo, View};

/// Read sources again: with newer readers, with OCR, or because the last attempt failed
///
/// Without sources, all are looked at that could not be read, that wait for OCR, or whose reader is
/// newer now. A new reading stands beside the old one: quotes and decisions that rest on the old one
/// stay as they are. Files that come out of a container for the first time become sources.
///
/// Pictures (PNG, JPEG, TIFF) and scanned PDF files are read by Tesseract where it is installed;
/// `onrecord doctor` says whether it is. It takes seconds a page.
#[derive(clap::Args)]
pub struct Args {
    /// Sources, by the start of their id or SHA-256; all that need it where none is named
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// Only show what would change; record nothing
    #[arg(long)]
    pub changed: bool,
    /// Also those whose reader is the same as before
    #[arg(long)]
    pub all: bool,
    /// Pass over what waits for OCR
    #[arg(long)]
    pub no_ocr: bool,
    /// Languages for OCR, as Tesseract names them; else all of eng, kor, fra, spa, jpn that it has
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub languages: Vec<String>,
}

/// How it went.
#[derive(Default)]
struct Tally {
    looked_at: usize,
    changed: usize,
    unread: usize,
    waiting: usize,
}

/// Reads again.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let session = Session::open(global)?;
    let view = session.view(global)?;
    let sources = wanted(&session, &view, args)?;
    let mut collector = add::collector(global)?;
    if !args.no_ocr {
        collector.ocr = tesseract(&args.languages).ok();
    }
    let mut writer = if args.changed {
        None
    } else {
        let (writer, recovery) = session.archive.writer(&session.device)?;
        add::print_recovery(&recovery);
        Some(writer)
    };
    let view = Mutex::new(view);
    // What came out of a container in this run, which the view does not know yet.
    let here: Mutex<BTreeMap<Sha256Digest, SourceId>> = Mutex::default();
    let known = |original: &Sha256Digest| {
        let here = here.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = here.get(original) {
            return Some(*id);
        }
        let view = view.lock().unwrap_or_else(PoisonError::into_inner);
        view.by_original(original).ok().flatten()
    };
    let mut tally = Tally::default();
    for info in sources {
        let Some((reread, old)) = again(&session, &collector, &info, &known)? else {
            continue;
        };
        tally.looked_at += 1;
        tell(global, args, &info, &reread, &old, &mut tally)?;
        if let Some(writer) = &mut writer {
            collector.record_again(reread, writer, &known, &mut |event| {
                let Event::Collected {
                    name, original, id, ..
                } = &event
                else {
                    return;
                };
                let mut here = here.lock().unwrap_or_else(PoisonError::into_inner);
                here.insert(*original, *id);
                if !global.quiet && !global.json {
                    print::line_err(&print::faint(format!("  taken out: {name}")));
                }
            })?;
        }
    }
    drop((writer, view));
    session.archive.refresh()?;
    session.view(global)?;
    close(global, args, &tally)
}

/// The sources that are to be looked at.
fn wanted(session: &Session, view: &View, args: &Args) -> Result<Vec<SourceInfo>> {
    if !args.sources.is_empty() {
        let named = args
            .sources
            .iter()
            .map(|prefix| match holdings::find(view, prefix)? {
                Named::Source(info) => Ok(*info),
                Named::Record(_) => Err(Failure::new(format!(
                    "{prefix} is a record; name its source"
                ))),
            });
        return named.collect();
    }
    let (mut found, mut failed) = (Vec::new(), None);
    view.each_source(&SourceFilter::default(), &mut |info| {
        match args
            .all
            .then_some(true)
            .map_or_else(|| is_due(session, &info, !args.no_ocr), Ok)
        {
            Ok(true) => found.push(info),
            Ok(false) => {}
            Err(failure) => {
                failed = Some(failure);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    match failed {
        Some(failure) => Err(failure),
        None => Ok(found),
    }
}

/// Whether a source was not read, or another reader would take it now.
fn is_due(session: &Session, info: &SourceInfo, by_ocr: bool) -> Result<bool> {
    let ReadState::Read { entry, .. } = &info.state else {
        return Ok(true);
    };
    let found = session.archive.entry(WriterId(entry.writer), entry.index)?;
    let outcome: Outcome = from_cbor(&session.archive.body(&found.entry)?)?;
    let Outcome::Read { reader, .. } = outcome else {
        return Ok(true);
    };
    if ocr::is_of_fields(&reader) {
        return Ok(by_ocr);
    }
    // Readings by OCR are made anew only when somebody asks for it: they take long.
    let is_older = |now: Reader| now.name != reader.name || now.version > reader.version;
    let now = read::reader_of(&info.source.media_type);
    Ok(reader.name != "ocr" && now.is_some_and(is_older))
}

type Old = Option<model::Reading>;

/// Reads one source again; `None` where its original is gone.
fn again(
    session: &Session,
    collector: &Collector,
    info: &SourceInfo,
    known: &(dyn Fn(&Sha256Digest) -> Option<SourceId> + Sync),
) -> Result<Option<(Reread, Old)>> {
    if info.source.bytes > collect::LONGEST {
        return Ok(None);
    }
    let place = &info.entry;
    let found = session.archive.entry(WriterId(place.writer), place.index)?;
    let bytes = session
        .archive
        .blob_bytes(&found.entry, 0, collect::LONGEST)?;
    let (old, held) = match &info.state {
        ReadState::Read { entry, reading, .. } => (
            Some(view::reading_at(&session.archive, entry)?),
            Some(*reading),
        ),
        _ => (None, None),
    };
    let item = Item {
        name: info.source.collected.name.clone(),
        how: "read again",
        bytes: Some(info.source.bytes),
        modified: None,
        content: Content::Bytes(bytes),
        terms: Arc::new(terms(info)),
        captured: info.source.captured.clone(),
    };
    let digests = (info.source.original, held);
    let reread = collector.read_again(info.id, digests, item, known);
    let reread =
        reread.map_err(|skipped| Failure::new(format!("{} {}", skipped.path, skipped.reason)))?;
    Ok(Some((reread, old)))
}

/// The terms under which the source came: what is taken out of it comes under the same.
fn terms(info: &SourceInfo) -> Terms {
    let source = &info.source;
    Terms {
        compartment: source.compartment,
        by: source.collected.by.clone(),
        origin: source.origin.clone(),
        consent: source.consent.clone(),
        genre: source.genre.clone(),
        reliability: source.reliability.clone(),
        publisher: source.publisher.clone(),
        published: source.published,
    }
}

fn tell(
    global: &Global,
    args: &Args,
    info: &SourceInfo,
    reread: &Reread,
    old: &Old,
    tally: &mut Tally,
) -> Result<()> {
    let short = &info.source.original.to_string()[..10];
    let name = &info.source.collected.name;
    let (reader, lines) = match (&reread.outcome, &reread.reading) {
        (Outcome::Unread(unread), _) => {
            tally.unread += 1;
            tally.waiting += usize::from(unread.reason.starts_with(ocr::NEEDED));
            (None, vec![unread.reason.clone()])
        }
        (Outcome::Read { reader, .. }, Some(reading)) if reread.is_news => {
            (Some(reader), difference(old.as_ref(), reading))
        }
        (Outcome::Read { reader, .. }, _) => (Some(reader), Vec::new()),
    };
    let out = reread.taken_out();
    let changes = reread.is_news || out > 0;
    tally.changed += usize::from(changes);
    if global.json {
        return print::json(&json!({
            "event": "read-again", "id": info.id, "name": name, "reader": reader,
            "new": reread.is_news, "recorded": changes && !args.changed, "difference": lines,
            "taken-out": out,
        }));
    }
    if global.quiet || (!changes && reader.is_some()) {
        return Ok(());
    }
    let by = reader.map(|reader| format!("{}/{}: ", reader.name, reader.version));
    let mut words = lines.join("; ");
    if words.is_empty() && reread.is_news {
        words.push_str("nothing that one reads is different");
    }
    if out > 0 {
        words.push_str(&format!(
            "; {} come out of it",
            print::count(out, "file", "files")
        ));
    }
    print::line_out(&format!(
        "{short}  {name}  {}{words}",
        by.unwrap_or_default()
    ))
}

fn close(global: &Global, args: &Args, tally: &Tally) -> Result<ExitCode> {
    if !global.json && !global.quiet {
        let done = if args.changed { "would have" } else { "have" };
        print::line_out(&format!(
            "{} looked at: {} {done} a new reading, {} could not be read.",
            print::count(tally.looked_at, "source", "sources"),
            tally.changed,
            tally.unread,
        ))?;
        if tally.waiting > 0 && !args.no_ocr && tesseract(&args.languages).is_err() {
            print::line_err(&format!(
                "{} for OCR: install Tesseract (Debian: apt install tesseract-ocr tesseract-ocr-kor), then run \
                 `onrecord reread` again.",
                print::count(tally.waiting, "source waits", "sources wait"),
            ));
        }
    }
    Ok(if tally.unread == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ATTENTION)
    })
}

/// Tesseract, where it is on the path.
///
/// # Errors
/// In words for people: it is not there, or does not run.
pub fn tesseract(languages: &[String]) -> std::result::Result<Tesseract, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = if cfg!(windows) {
        "tesseract.exe"
    } else {
        "tesseract"
    };
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    let program: PathBuf = places
        .find(|place| place.is_file())
        .ok_or("it is not installed (Debian: apt install tesseract-ocr tesseract-ocr-kor tesseract-ocr-jpn tesseract-ocr-fra tesseract-ocr-spa)")?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let tesseract = Tesseract::at(&program, (own, vec![OCR_CAGE.to_owned()]))?;
    Ok(tesseract.only(languages))
}
