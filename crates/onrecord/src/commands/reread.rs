use super::{ATTENTION, add};
use crate::cli::{Global, OCR_CAGE};
use crate::failure::{Failure, Result};
use crate::holdings::{self, Named};
use crate::print;
use crate::session::Session;
use archive::WriterId;
use collect::{Collector, Content, Event, Item, Known, NotTold, Reread, Terms, difference};
use model::{Outcome, Reader, Sha256Digest, SourceId};
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
/// Pictures (PNG, JPEG, TIFF, WebP) and scanned PDF files are read by Tesseract where it is installed;
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
    let mut collector = add::collector(global)?;
    let ocr = (!args.no_ocr).then(|| tesseract(&args.languages));
    let (ocr, why_no_ocr) = match ocr {
        Some(Ok(tesseract)) => (Some(tesseract), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    };
    collector.ocr = ocr;
    let sources = wanted(&session, &view, args, collector.ocr.is_some())?;
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
    let known = |original: &Sha256Digest| -> Result<_, NotTold> {
        let here = here.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = here.get(original) {
            return Ok(Some(*id));
        }
        let view = view.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(view.by_original(original)?)
    };
    let mut tally = Tally::default();
    for info in sources {
        // One that is damaged keeps none of the others from being read.
        let told = match again(&session, &collector, &info, &known) {
            Err(why) => Told::failed(&why),
            Ok((reread, old)) => {
                let told = Told::of(&reread, old.as_ref());
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
                told
            }
        };
        // What is told as recorded is on record.
        tally.count(&told);
        told.tell(global, args, &info)?;
    }
    drop((writer, view));
    session.archive.refresh()?;
    session.view(global)?;
    close(global, args, &tally, why_no_ocr.as_deref())
}

/// The sources that are to be looked at.
fn wanted(session: &Session, view: &View, args: &Args, with_ocr: bool) -> Result<Vec<SourceInfo>> {
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
    let mut found = Vec::new();
    view.each_source(&SourceFilter::default(), &mut |info| {
        // What cannot be told is found out, and said, when it is read.
        if args.all || is_due(session, &info, with_ocr).unwrap_or(true) {
            found.push(info);
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Whether a source was not read, another reader would take it now, or OCR was not asked yet.
fn is_due(session: &Session, info: &SourceInfo, with_ocr: bool) -> Result<bool> {
    let entry = match &info.state {
        ReadState::Read { entry, .. } => entry,
        ReadState::Unread { reason, .. } => return Ok(!ocr::found_no_words(reason)),
        ReadState::Waiting => return Ok(true),
    };
    let Outcome::Read { reader, .. } = view::outcome_at(&session.archive, entry)? else {
        return Ok(true);
    };
    if ocr::is_of_fields(&reader) && with_ocr {
        let reading = view::reading_at(&session.archive, entry)?;
        let mut remarks = reading.remarks.iter();
        if !remarks.any(|remark| ocr::found_no_words(remark)) {
            return Ok(true);
        }
    }
    // Readings by OCR are made anew only when somebody asks for it: they take long.
    let is_older = |now: Reader| now.name != reader.name || now.version > reader.version;
    let now = read::reader_of(&info.source.media_type);
    Ok(!ocr::is_by_ocr(&reader) && now.is_some_and(is_older))
}

type Old = Option<model::Reading>;

/// Reads one source again.
///
/// # Errors
/// Its bytes are damaged or gone, too many, or what is on record cannot be looked up.
fn again(
    session: &Session,
    collector: &Collector,
    info: &SourceInfo,
    known: &Known<'_>,
) -> Result<(Reread, Old)> {
    if info.source.bytes > collect::LONGEST {
        return Err(Failure::new(format!(
            "It is larger than {} MiB, the most that is read.",
            collect::LONGEST >> 20
        )));
    }
    let place = &info.entry;
    let found = session.archive.entry(WriterId(place.writer), place.index)?;
    let bytes = session
        .archive
        .blob_bytes(&found.entry, 0, collect::LONGEST)?;
    let (old, held) = match &info.state {
        ReadState::Read { entry, .. } => (
            Some(view::reading_at(&session.archive, entry)?),
            Some(view::outcome_at(&session.archive, entry)?),
        ),
        ReadState::Unread { entry, .. } => (None, Some(view::outcome_at(&session.archive, entry)?)),
        ReadState::Waiting => (None, None),
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
    let reread = collector.read_again(info.id, (info.source.original, held.as_ref()), item, known);
    let reread =
        reread.map_err(|skipped| Failure::new(format!("{} {}", skipped.path, skipped.reason)))?;
    Ok((reread, old))
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

/// What is told of one source.
struct Told {
    reader: Option<Reader>,
    /// What is different, or why it was not read.
    lines: Vec<String>,
    is_news: bool,
    /// Files that came out of it for the first time.
    out: usize,
}

impl Told {
    fn of(reread: &Reread, old: Option<&model::Reading>) -> Self {
        let (reader, lines) = match (&reread.outcome, &reread.reading) {
            (Outcome::Unread(unread), _) => (None, vec![unread.reason.clone()]),
            (Outcome::Read { reader, .. }, Some(reading)) if reread.is_news => {
                (Some(reader.clone()), difference(old, reading))
            }
            (Outcome::Read { reader, .. }, _) => (Some(reader.clone()), Vec::new()),
        };
        Self {
            reader,
            lines,
            is_news: reread.is_news,
            out: reread.taken_out(),
        }
    }

    fn failed(why: &Failure) -> Self {
        Self {
            reader: None,
            lines: vec![why.to_string()],
            is_news: false,
            out: 0,
        }
    }

    fn changes(&self) -> bool {
        self.is_news || self.out > 0
    }

    fn tell(&self, global: &Global, args: &Args, info: &SourceInfo) -> Result<()> {
        let short = &info.source.original.to_string()[..10];
        let name = &info.source.collected.name;
        if global.json {
            return print::json(&json!({
                "event": "read-again", "id": info.id, "name": name, "reader": self.reader,
                "new": self.is_news, "recorded": self.changes() && !args.changed,
                "difference": self.lines, "taken-out": self.out,
            }));
        }
        if global.quiet || (!self.changes() && self.reader.is_some()) {
            return Ok(());
        }
        let by = self.reader.as_ref();
        let by = by.map(|reader| format!("{}/{}: ", reader.name, reader.version));
        let mut words = self.lines.join("; ");
        if words.is_empty() && self.is_news {
            words.push_str("nothing that one reads is different");
        }
        if self.out > 0 {
            words.push_str(&format!(
                "; {} come out of it",
                print::count(self.out, "file", "files")
            ));
        }
        print::line_out(&format!(
            "{short}  {name}  {}{words}",
            by.unwrap_or_default()
        ))
    }
}

impl Tally {
    fn count(&mut self, told: &Told) {
        self.looked_at += 1;
        self.changed += usize::from(told.reader.is_some() && told.changes());
        if told.reader.is_none() {
            self.unread += 1;
            let waits = told.lines.iter().any(|line| line.starts_with(ocr::NEEDED));
            self.waiting += usize::from(waits);
        }
    }
}

fn close(
    global: &Global,
    args: &Args,
    tally: &Tally,
    why_no_ocr: Option<&str>,
) -> Result<ExitCode> {
    if !global.json && !global.quiet {
        let done = if args.changed { "would have" } else { "have" };
        print::line_out(&format!(
            "{} looked at: {} {done} a new reading, {} could not be read.",
            print::count(tally.looked_at, "source", "sources"),
            tally.changed,
            tally.unread,
        ))?;
        if let Some(why) = why_no_ocr.filter(|_| tally.waiting > 0) {
            print::line_err(&format!(
                "{} for OCR. Tesseract was not used: {why}. Then run `onrecord reread` again.",
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
