mod against;
mod shown;

use super::{ATTENTION, add};
use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::session::Session;
use crate::terms::Stated;
use crate::{place, print};
use against::Against;
use collect::{Content, Event, Item, Run};
use extract::lists::{self, DateOrder, Guessed, Imported, Mapping};
use model::{Code, Edtf, ListImport, Outcome, Reading, SourceId, Vocabularies, from_cbor, to_cbor};
use read::Input;
use shown::Done;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// Import a list of persons: CSV, TSV, JSON Lines, XLSX, XLS or ODS
///
/// Guesses what each column means, shows why, and proposes a person (and, with a category, a case)
/// for each row; every value cites its cell. Columns that mean nothing known are kept as text.
/// Look at it with --dry-run first; --save-mapping writes the mapping to a file that can be changed
/// and given back with --mapping. A file that was imported before adds nothing; a newer version of
/// a list is compared with the last one, and nothing that it no longer says is taken away.
#[derive(clap::Args)]
pub struct Args {
    /// The list
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub options: Options,
}

/// How a list is imported.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Name of the list, the same for all its versions; else the file's name
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// What every row is a case of: a code of the vocabulary `case-category`, such as abductee
    #[arg(long, value_name = "CODE")]
    pub category: Option<String>,
    /// A mapping of columns to fields, instead of guessing it
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Write the mapping to a new file
    #[arg(long, value_name = "FILE")]
    pub save_mapping: Option<PathBuf>,
    /// How dates such as 03/04/1977 are meant: day-first, month-first, or year-only
    #[arg(long, value_name = "ORDER", value_parser = order)]
    pub dates: Option<DateOrder>,
    /// The date that ages are stated for, where no column says so
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Edtf>,
    /// The list claims to name nobody twice
    #[arg(long)]
    pub one_to_one: bool,
    /// Show what would be made, and put nothing on record
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub stated: Stated,
}

/// A list before it is read.
pub struct List {
    /// The name of its file.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was last changed, milliseconds since 1970.
    pub modified: Option<u64>,
}

fn order(name: &str) -> Result<DateOrder, String> {
    [
        DateOrder::DayFirst,
        DateOrder::MonthFirst,
        DateOrder::YearOnly,
    ]
    .into_iter()
    .find(|order| order.name() == name)
    .ok_or_else(|| "say day-first, month-first or year-only".to_owned())
}

/// Longest file that is imported (64 MiB): what readers take.
const LONGEST: u64 = 64 << 20;

/// A list that was read, and what its columns are taken for.
struct Plan {
    file: List,
    reading: Reading,
    mapping: Mapping,
    columns: Vec<Guessed>,
    set_aside: Vec<String>,
    terms: lists::Terms,
}

/// Imports it, or shows what importing it would do.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    import(global, load(&args.file)?, &args.options)
}

/// Imports a list that is in memory.
pub fn import(global: &Global, list: List, args: &Options) -> Result<ExitCode> {
    let vocabularies = Vocabularies::shipped()?;
    let session = match place::archive(global) {
        Ok(_) => Some(Session::open(global)?),
        // Without an archive a list can be looked at all the same.
        Err(_) if args.dry_run => None,
        Err(why) => return Err(why),
    };
    let collector = add::collector(global)?;
    let plan = plan(list, args, &collector, &vocabularies)?;
    if let Some(path) = &args.save_mapping {
        save(path, &plan.mapping)?;
    }
    if !global.json && !global.quiet {
        shown::mapping(&plan)?;
    }
    check_dates(args, &plan)?;
    let imported = lists::propose(&plan.reading, &plan.mapping, &plan.terms, &vocabularies)?;
    let against = match &session {
        Some(session) => against::earlier(session, global, &plan, &imported)?,
        None => None,
    };
    let done = match session.filter(|_| !args.dry_run) {
        None => Done::Nothing,
        Some(session) => record(global, args, &session, &collector, &plan, &imported)?,
    };
    shown::result(global, &plan, &imported, against.as_ref(), &done)?;
    Ok(match imported.problems.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(ATTENTION),
    })
}

fn plan(
    file: List,
    args: &Options,
    collector: &collect::Collector,
    vocabularies: &Vocabularies,
) -> Result<Plan> {
    let reading = read_list(collector, &file)?;
    let (mut mapping, columns, set_aside) = match &args.mapping {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                Failure::new(format!("cannot read {}: {error}", path.display()))
            })?;
            let mapping = Mapping::from_toml(&text)?;
            let columns = lists::explain(&reading, &mapping);
            (mapping, columns, Vec::new())
        }
        None => {
            let guess = lists::guess(&reading);
            (guess.mapping, guess.columns, guess.set_aside)
        }
    };
    mapping.as_of = args.as_of.or(mapping.as_of);
    for column in &mut mapping.columns {
        if column.field.is_date() {
            column.dates = column.dates.or(args.dates);
        }
    }
    let stem = Path::new(&file.name).file_stem();
    let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
    let category = args.category.as_deref();
    let terms = lists::Terms {
        list: args.list.clone().or(stem).unwrap_or_default(),
        category: category
            .map(|code| self::category(vocabularies, code))
            .transpose()?,
        one_to_one: args.one_to_one,
    };
    Ok(Plan {
        file,
        reading,
        mapping,
        columns,
        set_aside,
        terms,
    })
}

fn load(path: &Path) -> Result<List> {
    use std::io::Read;
    let cannot =
        |error: std::io::Error| Failure::new(format!("cannot read {}: {error}", path.display()));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(cannot)?;
    let modified = file.metadata().and_then(|about| about.modified());
    let modified = modified
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::new(format!(
            "{} is longer than {} MiB, the most that is read; split the list",
            path.display(),
            LONGEST >> 20
        )));
    }
    let name = path.file_name();
    Ok(List {
        name: name.map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        ),
        bytes,
        modified: modified.map(|since| since.as_millis() as u64),
    })
}

fn read_list(collector: &collect::Collector, list: &List) -> Result<Reading> {
    let List { name, bytes, .. } = list;
    let encoded = collector
        .workers
        .read(&Input { bytes, name })
        .map_err(|unread| Failure::new(format!("{name} cannot be read. {}", unread.reason)))?;
    let reading: Reading = from_cbor(&encoded)?;
    if reading.tables.is_empty() {
        return Err(Failure::new(format!(
            "{name} was read as {}, which holds no table; lists end in .csv, .tsv, .jsonl, .xlsx, \
             .xls or .ods",
            reading.media_type
        )));
    }
    Ok(reading)
}

/// A category by its code, or by a beginning that only one code has.
fn category(vocabularies: &Vocabularies, code: &str) -> Result<Code> {
    let list = vocabularies.list("case-category");
    let terms = || list.into_iter().flat_map(|list| &list.terms);
    if terms().any(|term| term.code.as_str() == code) {
        return Ok(Code::from(code));
    }
    let begun: Vec<_> = terms()
        .filter(|term| term.code.as_str().starts_with(code))
        .collect();
    match begun.as_slice() {
        [term] => Ok(term.code.clone()),
        _ => {
            let codes: Vec<_> = terms().map(|term| term.code.as_str()).collect();
            Err(Failure::new(format!(
                "`{code}` is no case-category; there are: {}",
                codes.join(", ")
            )))
        }
    }
}

fn save(path: &Path, mapping: &Mapping) -> Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    let saved = options
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(mapping.to_toml().as_bytes()));
    saved.map_err(|error| {
        Failure::new(format!(
            "the mapping could not be written to {}: {error}; name a file that is not there yet",
            path.display()
        ))
    })
}

/// Dates that can be read both ways are asked about before anything goes on record.
fn check_dates(args: &Options, plan: &Plan) -> Result<()> {
    let open = plan.columns.iter().find(|column| {
        let mapped = plan.mapping.column(&column.heading);
        column.ambiguous > 0
            && mapped.is_some_and(|mapped| mapped.field.is_date() && mapped.dates.is_none())
    });
    match open {
        Some(column) if !args.dry_run => Err(Failure::new(format!(
            "in the column “{}” {} can be read with the day or the month first, and no other date \
             in it tells which; say --dates day-first or month-first, or year-only to take no \
             more than the year",
            column.heading,
            print::count(column.ambiguous, "date", "dates"),
        ))),
        _ => Ok(()),
    }
}

/// Puts the list and its proposals on record.
fn record(
    global: &Global,
    args: &Options,
    session: &Session,
    collector: &collect::Collector,
    plan: &Plan,
    imported: &Imported,
) -> Result<Done> {
    let import = ListImport {
        list: plan.terms.list.clone(),
        category: plan.terms.category.clone(),
        one_to_one: plan.terms.one_to_one,
        mapping: plan.mapping.to_toml(),
    };
    let note = to_cbor(&import)?;
    let digest = collect::digest(&note).to_string();
    let runs = |_: &Reading, _: &extract::Context| -> Vec<Run> {
        let parts = imported.runs.iter().enumerate();
        parts
            .map(|(part, proposals)| Run {
                extractor: lists::extractor(&digest, part),
                note: note.clone(),
                proposals: proposals.clone(),
            })
            .collect()
    };
    let view = session.view(global)?;
    let original = collect::digest(&plan.file.bytes);
    let known = view.by_original(&original)?;
    let (mut writer, recovery) = session.archive.writer(&session.device)?;
    if !global.quiet {
        add::print_recovery(&recovery);
    }
    let item = item(args, plan);
    let done = match known {
        Some(id) => {
            if against::is_imported(&view, id, &lists::extractor(&digest, 0))? {
                return Ok(Done::Known(id));
            }
            let held = against::reading_of(&view, id)?;
            let again = collector.propose_again(id, original, held, &item, &runs, &mut writer)?;
            finished(again.outcome, again.proposed)?;
            Done::Again(id)
        }
        None => {
            drop(view);
            let mut told = None;
            let items = std::iter::once(Ok(item));
            collector.add_with(items, &runs, &mut writer, &|_| Ok(None), &mut |event| {
                if !matches!(event, Event::Signed(_)) {
                    told = Some(event);
                }
            })?;
            Done::Added(added(told)?)
        }
    };
    drop(writer);
    session.archive.refresh()?;
    session.view(global)?;
    Ok(done)
}

fn item(args: &Options, plan: &Plan) -> Item {
    Item {
        name: plan.file.name.clone(),
        how: "list",
        bytes: Some(plan.file.bytes.len() as u64),
        modified: plan.file.modified,
        content: Content::Bytes(plan.file.bytes.clone()),
        terms: Arc::new(args.stated.terms()),
        captured: None,
    }
}

fn added(event: Option<Event>) -> Result<SourceId> {
    match event {
        Some(Event::Collected {
            id,
            outcome,
            proposed,
            ..
        }) => {
            finished(outcome, proposed)?;
            Ok(id)
        }
        Some(Event::Skipped(skipped)) => {
            Err(Failure::new(format!("{} {}", skipped.path, skipped.reason)))
        }
        Some(Event::Known { id, .. }) => Ok(id),
        Some(Event::Signed(_)) | None => Err(Failure::new("the list was not put on record")),
    }
}

/// Whether records came of it: the list was read a moment ago, so only a fault can prevent it.
fn finished(outcome: Outcome, proposed: Option<usize>) -> Result<()> {
    match (outcome, proposed) {
        (Outcome::Read { .. }, Some(_)) => Ok(()),
        (Outcome::Unread(unread), _) => Err(Failure::new(format!(
            "the list is on record, but could not be read a second time, so that it gave no \
             records; import it again. {}",
            unread.reason
        ))),
        (_, None) => Err(Failure::new(
            "the list is on record, but its records could not be written; import it again",
        )),
    }
}
