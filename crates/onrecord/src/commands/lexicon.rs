use super::ATTENTION;
use crate::cli::Global;
use crate::failure::Result;
use crate::session::Session;
use crate::{lexicons, print};
use extract::{Context, Extractor};
use model::{Found, OffsetMap, Passage, PassageKind, Proposal, ProposedBy, Reader, Reading, Span};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Try words on the lexicons, and check lexicons of your own
///
/// Lexicons, gazetteers and language packs are tables that anybody can add to without a build: a
/// folder with lexicons/, gazetteers/ and packs/ in it, given with --lexicons, or remembered for an
/// archive with `onrecord lexicon use`. A file with the name of a shipped one takes its place, any
/// other is read besides. docs/add-a-language.md shows how.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Subcommand)]
enum Task {
    /// Show what fires in a sentence, and what is proposed from it
    Try {
        /// The sentence
        sentence: String,
        /// Its language, such as ko; else it is worked out
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// Remember a folder of lexicons for this archive on this device
    ///
    /// From then on every command reads with it, unless --lexicons names another. The folder stays
    /// yours: a change in it counts at the next command, and gives another digest, which is recorded
    /// with every proposal.
    Use {
        /// The folder; without it, what is remembered is shown
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Forget the folder: the shipped lexicons alone
        #[arg(long, conflicts_with = "folder")]
        shipped: bool,
    },
    /// Check language packs: words claimed twice, examples that do not do what they say
    Check {
        /// Say also how often each rule fired in the archive, and which never did
        #[arg(long)]
        coverage: bool,
    },
}

/// Tries or checks.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    match &args.task {
        Task::Use { folder, shipped } => remember(global, folder.as_deref(), *shipped),
        Task::Try { sentence, language } => {
            let extractor = lexicons::extractor(global)?;
            try_sentence(global, &extractor, sentence, language.as_deref())
        }
        Task::Check { coverage } => check(global, &lexicons::extractor(global)?, *coverage),
    }
}

/// Remembers a folder, forgets it, or says which one is remembered.
fn remember(global: &Global, folder: Option<&Path>, shipped: bool) -> Result<ExitCode> {
    match folder {
        Some(folder) => {
            // One that cannot be read is not remembered.
            let extractor = lexicons::with(folder)?;
            lexicons::remember(global, Some(folder))?;
            return check(global, &extractor, false);
        }
        None if shipped => lexicons::remember(global, None)?,
        None => {}
    }
    let folder = lexicons::remembered(global)?;
    if global.json {
        print::json(&json!({ "lexicons": folder }))?;
    } else {
        print::line_out(&match folder {
            Some(folder) => format!("Remembered for this archive: {}", folder.display()),
            None => {
                "Nothing is remembered for this archive: the shipped lexicons alone.".to_owned()
            }
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn try_sentence(
    global: &Global,
    extractor: &Extractor,
    sentence: &str,
    language: Option<&str>,
) -> Result<ExitCode> {
    let reading = reading(sentence, language);
    let used = extractor.language(&reading);
    let fired = used
        .as_deref()
        .and_then(|language| extractor.trace(language, sentence))
        .unwrap_or_default();
    let proposals = extractor.extract(&reading, &Context::default());
    if global.json {
        let fired = fired.iter().map(
            |it| json!({"table": it.table, "id": it.id, "words": it.words, "means": it.means}),
        );
        print::json(&json!({
            "language": used, "extractor": extractor.version(),
            "fired": fired.collect::<Vec<_>>(), "proposals": proposals,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let shown = used.as_deref().unwrap_or("unknown");
    print::line_out(&print::faint(format!(
        "language {shown}, {}",
        extractor.version()
    )))?;
    if !fired.is_empty() {
        let rows = fired.iter().map(|it| {
            let (words, means) = (it.words.clone(), it.means.clone());
            vec![words, it.table.to_owned(), it.id.clone(), means]
        });
        let rows: Vec<_> = rows.collect();
        print::table(&["words", "table", "entry", "means"], &rows)?;
        print::line_out("")?;
    }
    if proposals.is_empty() {
        print::line_out("Nothing is proposed.")?;
    }
    let rows: Vec<_> = proposals.iter().map(row).collect();
    if !rows.is_empty() {
        print::table(&["proposed", "rule", "band", "words"], &rows)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn row(proposal: &Proposal) -> Vec<String> {
    let words = proposal
        .quotes
        .first()
        .map_or("", |quote| quote.quote.as_str());
    vec![
        proposal.body.kind().name().to_owned(),
        proposal.rule.clone(),
        format!("{:?}", proposal.band).to_lowercase(),
        print::shorten(words, 70),
    ]
}

fn reading(sentence: &str, language: Option<&str>) -> Reading {
    let chars = u32::try_from(sentence.chars().count()).unwrap_or(u32::MAX);
    Reading {
        reader: Reader {
            name: "line".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "given".to_owned(),
        text: sentence.to_owned(),
        map: OffsetMap::identity(chars),
        passages: vec![Passage {
            number: 1,
            span: Span::new(0, chars),
            kind: PassageKind::Paragraph,
            left_out: None,
        }],
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: language.map(|language| Found {
            value: language.to_owned(),
            basis: "given".to_owned(),
            span: None,
        }),
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}

fn check(global: &Global, extractor: &Extractor, coverage: bool) -> Result<ExitCode> {
    let faults = extractor.faults();
    for fault in &faults {
        if global.json {
            let (language, id, what) = (&fault.language, &fault.id, &fault.what);
            print::json(&json!({"language": language, "id": id, "fault": what}))?;
        } else {
            print::line_out(&format!("{} {}", print::alarm(&fault.id), fault.what))?;
        }
    }
    if !global.json {
        print::line_out(&format!(
            "{}: {} in {}.",
            extractor.version(),
            print::count(faults.len(), "fault", "faults"),
            print::count(extractor.packs().len(), "language pack", "language packs"),
        ))?;
    }
    if coverage {
        show_coverage(global, extractor)?;
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ATTENTION)
    })
}

/// How often each rule fired in the archive; rules that never did are dead for it.
fn show_coverage(global: &Global, extractor: &Extractor) -> Result<()> {
    let view = Session::open(global)?.view(global)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for rule in extractor.rules() {
        counts.insert(rule, 0);
    }
    view.records(&view::RecordFilter::default(), &mut |record| {
        if let ProposedBy::Extractor { rule, .. } = record.proposed_by {
            *counts.entry(rule).or_default() += 1;
        }
        ControlFlow::Continue(())
    })?;
    let mut rows: Vec<(u64, String)> = counts.into_iter().map(|(rule, n)| (n, rule)).collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    if global.json {
        for (number, rule) in rows {
            print::json(&json!({"rule": rule, "records": number}))?;
        }
        return Ok(());
    }
    let never = rows.iter().filter(|(number, _)| *number == 0).count();
    let fired = rows.iter().filter(|(number, _)| *number > 0);
    let fired: Vec<_> = fired
        .map(|(number, rule)| vec![rule.clone(), number.to_string()])
        .collect();
    print::line_out("")?;
    print::table(&["rule", "records"], &fired)?;
    print::line_out(&format!(
        "{} never fired here; --json lists them.",
        print::count(never, "rule", "rules")
    ))
}
