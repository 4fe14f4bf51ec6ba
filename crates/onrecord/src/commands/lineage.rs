use crate::cli::Global;
use crate::failure::Result;
use crate::holdings;
use crate::linking::{self, Laid, Scope};
use crate::print;
use link::pictures::Alike;
use model::Likeness;
use serde_json::json;
use std::process::ExitCode;

/// Say which documents share text, and which of them had it first
///
/// With an id, what one document shares with which others, and what it goes back to. Words that
/// were put differently are not seen: no shared text found does not mean independent, and the
/// number of origins is an upper bound.
#[derive(clap::Args)]
pub struct Args {
    /// A source, by the beginning of its id or of its SHA-256
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// Tells of lineage.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let lineages = laid.all.lineages()?;
    if let Some(prefix) = &args.id {
        let info = holdings::find_source(&laid.view, prefix)?;
        let source = info.id;
        let pictures = laid.all.pictures()?;
        let alike = pictures.alike(&source);
        let sentences = match info.source.media_type.starts_with("image/") {
            true => pictured(&laid, pictures.likeness(&source), &alike)?,
            false => Vec::new(),
        };
        let sentences = [lineages.describe(&source), sentences].concat();
        if global.json {
            let alike = alike
                .iter()
                .map(|alike| json!({"source": alike.source, "bits_apart": alike.apart}));
            print::json(&json!({
                "source": source, "group": lineages.group(&source), "why": sentences,
                "looks_alike": alike.collect::<Vec<_>>(),
            }))?;
        } else {
            let title = info.title.as_deref().unwrap_or(&info.source.collected.name);
            print::line_out(&print::strong(title))?;
            for sentence in sentences {
                print::line_out(&format!("  {sentence}"))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut done = std::collections::BTreeSet::new();
    for document in laid.all.documents() {
        let group = lineages.group(&document.id);
        if group.len() < 2 || !done.insert(group.clone()) {
            continue;
        }
        if global.json {
            print::json(&json!({ "group": group }))?;
            continue;
        }
        for (at, member) in group.iter().enumerate() {
            let lead = if at == 0 { "" } else { "  ↳ " };
            let called = linking::called(&laid.all, Some(member));
            print::line_out(&format!("{lead}{called}  {}", print::faint(member)))?;
        }
    }
    if !global.json {
        print::line_out(&format!(
            "{}, {} at most. Words that were put differently are not seen.",
            print::count(
                lineages.documents(),
                "document that was read",
                "documents that were read"
            ),
            print::count(lineages.origins(), "origin", "origins"),
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What is to be said of a picture: which others look like it.
fn pictured(laid: &Laid, likeness: Option<&Likeness>, alike: &[Alike]) -> Result<Vec<String>> {
    let Some(likeness) = likeness else {
        return Ok(vec![
            "What this picture looks like is not known: `onrecord reread` looks at it.".to_owned(),
        ]);
    };
    if !likeness.is_telling() {
        return Ok(vec![
            "There is too little in this picture to compare it with others by its looks."
                .to_owned(),
        ]);
    }
    let mut sentences = Vec::new();
    for alike in alike {
        let info = laid.view.source(&alike.source)?;
        let name = info
            .map(|info| info.source.collected.name)
            .unwrap_or_default();
        sentences.push(format!(
            "It looks like “{}” ({}): {} of {} bits differ.",
            print::shorten(&name, 70),
            alike.source,
            alike.apart,
            Likeness::BITS
        ));
    }
    sentences.push(match alike.is_empty() {
        true => {
            "No other picture of this archive looks like it. A part that was cut out of it, or \
                 a mirrored copy, would not be found."
                .to_owned()
        }
        false => {
            "Pictures that look alike may be one picture saved anew, or two taken of one place: \
                  compare them before you call them the same."
                .to_owned()
        }
    });
    Ok(sentences)
}
