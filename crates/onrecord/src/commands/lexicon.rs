use super::ATTENTION;
use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::print;
use crate::session::Session;
use extract::{Context, Extractor};
use model::{Found, OffsetMap, Passage, PassageKind, Proposal, ProposedBy, Reader, Reading, Span};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Longest lexicon file that is read, in bytes.
const LONGEST: u64 = 8 << 20;
/// Most lexicon files in one folder.
const MOST: usize = 2_000;

/// Try words on the lexicons, and check lexicons of your own
///
/// Lexicons, gazetteers and language packs are tables that anybody can add to without a build: a
/// folder with lexicons/, gazetteers/ and packs/ in it, given with --lexicons. A file with the name
/// of a shipped one takes its place, any other is read besides. docs/add-a-language.md shows how.
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
    /// Check language packs: words claimed twice, examples that do not do what they say
    Check {
        /// Say also how often each rule fired in the archive, and which never did
        #[arg(long)]
        coverage: bool,
    },
}

/// Tries or checks.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let extractor = extractor(global)?;
    match &args.task {
        Task::Try { sentence, language } => {
            try_sentence(global, &extractor, sentence, language.as_deref())
        }
        Task::Check { coverage } => check(global, &extractor, *coverage),
    }
}

/// The extractor, with the lexicons of the folder that the user named, if any.
pub fn extractor(global: &Global) -> Result<Extractor> {
    let Some(folder) = &global.lexicons else {
        return Ok(Extractor::shipped()?);
    };
    let mut files = Vec::new();
    for part in ["gazetteers", "lexicons", "packs"] {
        gather(folder, &folder.join(part), &mut files, 0)?;
    }
    if files.is_empty() {
        return Err(Failure::new(format!(
            "there is no lexicon in {}; it must hold lexicons/, gazetteers/ or packs/ with .toml files",
            folder.display()
        )));
    }
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(Extractor::with_overrides(files)?)
}

fn gather(
    root: &Path,
    folder: &Path,
    files: &mut Vec<(String, String)>,
    depth: usize,
) -> Result<()> {
    if !folder.is_dir() || depth > 4 {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            gather(root, &path, files, depth + 1)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            if files.len() >= MOST {
                return Err(Failure::new(format!(
                    "there are more than {MOST} lexicon files"
                )));
            }
            let name = path.strip_prefix(root).unwrap_or(&path);
            let name = name
                .components()
                .map(|part| part.as_os_str().to_string_lossy());
            files.push((name.collect::<Vec<_>>().join("/"), text(&path)?));
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        let shown = path.display();
        return Err(Failure::new(format!(
            "{shown} is larger than {} MiB",
            LONGEST >> 20
        )));
    }
    String::from_utf8(bytes).map_err(|_| Failure::new(format!("{} is not UTF-8", path.display())))
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
