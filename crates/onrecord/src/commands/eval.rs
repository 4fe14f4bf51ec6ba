use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::print;
use extract::Context;
use extract::eval::{Coding, Layer, Remark, Scores, Tally, Verdict};
use model::Vocabularies;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Longest document or coding that is read, in bytes.
const LONGEST: u64 = 16 << 20;

/// Score the extractor against documents that people coded
///
/// Reads every coding (NAME.toml) in a folder and its subfolders, extracts the document of the
/// same name beside it, and says how much was found and how much of it is right, leniently and
/// strictly, with every miss. docs/formats/gold.md gives the layout and what counts as right.
/// Nothing is put on record.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of documents and their codings
    #[arg(value_name = "GOLD")]
    pub folder: PathBuf,
    /// Print every miss, false proposal and partly right one
    #[arg(long)]
    pub misses: bool,
    /// Print precision by rule
    #[arg(long)]
    pub rules: bool,
    /// Only this layer: allegations, statements, calls, …
    #[arg(long)]
    pub layer: Option<String>,
}

/// Scores.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let wanted = args.layer.as_deref().map(layer).transpose()?;
    let mut codings = Vec::new();
    find(&args.folder, &mut codings, 0)?;
    if codings.is_empty() {
        return Err(Failure::new(format!(
            "there is no coding (NAME.toml beside a document) in {}",
            args.folder.display()
        )));
    }
    let extractor = crate::lexicons::extractor(global)?;
    let vocabularies = Vocabularies::shipped()?;
    let violations = vocabularies
        .list("violation")
        .ok_or_else(|| Failure::new("there is no vocabulary of violations"))?;
    let mut scores = Scores::default();
    for path in &codings {
        let name = path.strip_prefix(&args.folder).unwrap_or(path);
        let name = name.with_extension("").display().to_string();
        let coding = Coding::parse(&text(path)?)
            .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        let reading = read_document(path)?;
        let proposals = extractor.extract(&reading, &Context::default());
        scores
            .add(&name, &reading, &proposals, &coding, violations)
            .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    }
    if global.json {
        return as_json(&scores, wanted);
    }
    print_layers(&scores, wanted, codings.len())?;
    print_bands(&scores, wanted)?;
    if args.rules {
        print_rules(&scores, wanted)?;
    }
    print_documents(&scores, wanted)?;
    if args.misses {
        print_remarks(&scores.remarks, wanted)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn layer(name: &str) -> Result<Layer> {
    let found = Layer::ALL.into_iter().find(|layer| layer.name() == name);
    found.ok_or_else(|| {
        let all: Vec<_> = Layer::ALL.iter().map(|layer| layer.name()).collect();
        Failure::new(format!(
            "there is no layer `{name}`; say {}",
            all.join(", ")
        ))
    })
}

/// Folders within folders that are gone into.
const DEEPEST: usize = 16;

fn find(folder: &Path, codings: &mut Vec<PathBuf>, depth: usize) -> Result<()> {
    let failed = |error| Failure::new(format!("cannot look into {}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()
        .map_err(failed)?;
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.is_symlink() && depth < DEEPEST {
            find(&path, codings, depth + 1)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            codings.push(path);
        }
    }
    Ok(())
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let failed = |error| Failure::new(format!("cannot read {}: {error}", path.display()));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::new(format!(
            "{} is larger than {} MiB",
            path.display(),
            LONGEST >> 20
        )));
    }
    Ok(bytes)
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(bytes(path)?)
        .map_err(|_| Failure::new(format!("{} is not UTF-8", path.display())))
}

/// The reading of the document that a coding belongs to.
fn read_document(coding: &Path) -> Result<model::Reading> {
    let stem = coding.file_stem();
    let folder = coding.parent().unwrap_or(Path::new("."));
    let mut beside: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_stem() == stem && path != coding && path.is_file())
        .collect();
    beside.sort();
    let [document] = beside.as_slice() else {
        return Err(Failure::new(format!(
            "beside {} there must be one document of the same name; there are {}",
            coding.display(),
            beside.len()
        )));
    };
    let name = document.display().to_string();
    let content = bytes(document)?;
    let input = read::Input {
        bytes: &content,
        name: &name,
    };
    read::read(&input).map_err(|unread| Failure::new(format!("{name}: {}", unread.reason)))
}

fn share(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

fn row(name: String, tally: &Tally) -> Vec<String> {
    vec![
        name,
        tally.coded.to_string(),
        tally.proposed.to_string(),
        share(tally.precision(false)),
        share(tally.recall(false)),
        share(tally.f1(false)),
        share(tally.precision(true)),
        share(tally.recall(true)),
        share(tally.f1(true)),
    ]
}

const HEADINGS: [&str; 9] = [
    "",
    "coded",
    "proposed",
    "P",
    "R",
    "F1",
    "strict P",
    "strict R",
    "strict F1",
];

fn print_layers(scores: &Scores, wanted: Option<Layer>, documents: usize) -> Result<()> {
    print::line_out(&print::count(documents as u64, "document", "documents"))?;
    let mut rows = Vec::new();
    for (layer, tally) in &scores.layers {
        if wanted.is_none_or(|wanted| wanted == *layer) {
            rows.push(row(layer.name().to_owned(), tally));
        }
    }
    print::table(&HEADINGS, &rows)?;
    for (layer, fit) in &scores.tightness {
        if wanted.is_none_or(|wanted| wanted == *layer) && fit.proposed > 0 && fit.coded > 0 {
            let of = |whole: u64| 100.0 * fit.shared as f64 / whole as f64;
            print::line_out(&print::faint(format!(
                "{}: quotes hold {:.0} % of the coded words; {:.0} % of what they hold is coded",
                layer.name(),
                of(fit.coded),
                of(fit.proposed)
            )))?;
        }
    }
    Ok(())
}

fn print_bands(scores: &Scores, wanted: Option<Layer>) -> Result<()> {
    let mut rows = Vec::new();
    for ((layer, band), (proposed, right)) in &scores.bands {
        if wanted.is_none_or(|wanted| wanted == *layer) {
            rows.push(vec![
                layer.name().to_owned(),
                format!("{band:?}").to_lowercase(),
                proposed.to_string(),
                share(Some(*right as f64 / *proposed as f64)),
            ]);
        }
    }
    print::line_out("")?;
    print::table(&["", "band", "proposed", "right"], &rows)
}

fn print_rules(scores: &Scores, wanted: Option<Layer>) -> Result<()> {
    let mut rows = Vec::new();
    for ((layer, rule), (proposed, right)) in &scores.rules {
        if wanted.is_none_or(|wanted| wanted == *layer) {
            rows.push(vec![
                layer.name().to_owned(),
                rule.clone(),
                format!("{right}/{proposed}"),
            ]);
        }
    }
    print::line_out("")?;
    print::table(&["", "rule", "right"], &rows)
}

fn print_documents(scores: &Scores, wanted: Option<Layer>) -> Result<()> {
    let mut rows = Vec::new();
    for (document, layers) in &scores.documents {
        let mut all = Tally::default();
        for (layer, tally) in layers {
            if wanted.is_none_or(|wanted| wanted == *layer) {
                all += *tally;
            }
        }
        rows.push(row(document.clone(), &all));
    }
    print::line_out("")?;
    print::table(&HEADINGS, &rows)
}

fn print_remarks(remarks: &[Remark], wanted: Option<Layer>) -> Result<()> {
    let mut document = "";
    for remark in remarks {
        if wanted.is_some_and(|wanted| wanted != remark.layer) {
            continue;
        }
        if document != remark.document {
            document = &remark.document;
            print::line_out("")?;
            print::line_out(&print::strong(document))?;
        }
        let verdict = match remark.verdict {
            Verdict::Missed => "missed",
            Verdict::False => "false ",
            Verdict::Partly => "partly",
        };
        let about = [remark.layer.name(), &remark.sort, &remark.rule].join(" ");
        let words = print::shorten(&remark.words.replace('\n', " "), 90);
        print::line_out(&format!("{verdict} {about}: {words} {}", remark.detail))?;
    }
    Ok(())
}

fn as_json(scores: &Scores, wanted: Option<Layer>) -> Result<ExitCode> {
    let is_wanted = |layer: &Layer| wanted.is_none_or(|wanted| wanted == *layer);
    for (layer, tally) in &scores.layers {
        if is_wanted(layer) {
            print::json(&json!({
                "layer": layer, "coded": tally.coded, "proposed": tally.proposed,
                "found": tally.found, "strict": tally.strict,
                "precision": tally.precision(false), "recall": tally.recall(false),
                "f1": tally.f1(false), "strict_f1": tally.f1(true),
                "tightness": scores.tightness.get(layer),
            }))?;
        }
    }
    for ((layer, rule), (proposed, right)) in &scores.rules {
        if is_wanted(layer) {
            let rule = json!({"layer": layer, "rule": rule, "proposed": proposed, "right": right});
            print::json(&rule)?;
        }
    }
    for remark in &scores.remarks {
        if is_wanted(&remark.layer) {
            print::json(remark)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
