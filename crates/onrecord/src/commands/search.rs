use crate::cli::Global;
use crate::failure::Result;
use crate::print;
use crate::session::Session;
use model::{Compartment, PartialDate, Span};
use serde_json::json;
use std::process::ExitCode;
use view::{Hit, Query};

/// Search the text of all readings
///
/// All words must stand in a passage, in any grammatical form; "words in quotes" exactly so; a
/// -word must not; OR between words asks for either. Give all of it in single quotes. Korean, Japanese and Chinese words are found
/// with or without spaces between them.
#[derive(clap::Args)]
pub struct Args {
    /// What to look for
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    /// Only in this language, such as ko; may be given several times
    #[arg(long, value_name = "CODE")]
    pub language: Vec<String>,
    /// Only by this publisher; may be given several times
    #[arg(long)]
    pub publisher: Vec<String>,
    /// Only in this compartment
    #[arg(long, value_parser = crate::terms::compartment)]
    pub compartment: Vec<Compartment>,
    /// Only what was published then or later
    #[arg(long, value_name = "DATE")]
    pub since: Option<PartialDate>,
    /// Only what was published then or earlier
    #[arg(long, value_name = "DATE")]
    pub until: Option<PartialDate>,
    /// At most so many passages
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Pass over so many
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
}

/// Searches.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let session = Session::open(global)?;
    let view = session.view(global)?;
    let mut query = Query::new(args.words.join(" "));
    query.languages.clone_from(&args.language);
    query.publishers.clone_from(&args.publisher);
    query.compartments.clone_from(&args.compartment);
    query.since = args.since;
    query.until = args.until;
    query.limit = args.limit;
    query.offset = args.offset;
    let found = view.search(&query)?;
    if global.json {
        for hit in &found.hits {
            print::json(&json!({
                "source": hit.source, "passage": hit.passage, "start": hit.span.start,
                "end": hit.span.end, "title": hit.title, "publisher": hit.publisher,
                "published": hit.published, "language": hit.language, "score": hit.score,
                "snippet": hit.snippet, "highlights": hit.highlights,
            }))?;
        }
        print::json(&json!({
            "total": found.total, "did_you_mean": found.did_you_mean,
            "languages": found.facets.languages, "publishers": found.facets.publishers,
            "years": found.facets.years, "compartments": found.facets.compartments,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    for hit in &found.hits {
        let info = view.source(&hit.source)?;
        let short = info.as_ref().map(super::list::short).unwrap_or_default();
        print::line_out(&heading(hit, &short))?;
        print::line_out(&format!("  {}\n", lit(&hit.snippet, &hit.highlights)))?;
    }
    let mut words = print::count(found.total, "passage", "passages");
    if found.hits.len() as u64 != found.total {
        words.push_str(&format!(", {} shown", found.hits.len()));
    }
    print::line_out(&words)?;
    if let Some(other) = &found.did_you_mean {
        print::line_out(&format!("Did you mean: {other}"))?;
    }
    let facets = [
        ("Languages", counts(&found.facets.languages)),
        ("Publishers", counts(&found.facets.publishers)),
        ("Years", counts(&found.facets.years)),
    ];
    for (name, counts) in facets {
        if found.total > 1 && !counts.is_empty() {
            print::line_out(&print::faint(format!("{name}: {counts}")))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn heading(hit: &Hit, short: &str) -> String {
    let title = print::shorten(hit.title.as_deref().unwrap_or("without a title"), 70);
    let about = [
        hit.publisher.clone(),
        hit.published.map(|date| date.to_string()),
    ];
    let about: Vec<_> = about.into_iter().flatten().collect();
    let place = print::faint(format!("{short} ¶{}  {}", hit.passage, about.join(", ")));
    format!("{}  {place}", print::strong(title))
}

/// A snippet with what was found in it lit.
fn lit(snippet: &str, highlights: &[Span]) -> String {
    let chars: Vec<char> = snippet.chars().collect();
    let text = |from: usize, to: usize| -> String {
        chars.get(from..to).unwrap_or_default().iter().collect()
    };
    let mut words = String::new();
    let mut at = 0;
    for span in highlights {
        words.push_str(&text(at, span.start as usize));
        words.push_str(&print::lit(text(span.start as usize, span.end as usize)));
        at = span.end as usize;
    }
    words.push_str(&text(at, chars.len()));
    words
}

/// The five commonest values.
fn counts<K: ToString>(facet: &std::collections::BTreeMap<K, u64>) -> String {
    let mut counts: Vec<_> = facet
        .iter()
        .map(|(name, n)| (name.to_string(), *n))
        .collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let words = counts
        .into_iter()
        .take(5)
        .map(|(name, number)| format!("{name} {number}"));
    words.collect::<Vec<_>>().join(", ")
}
