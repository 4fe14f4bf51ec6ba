use crate::cli::Global;
use crate::failure::Result;
use crate::print;
use crate::session::Session;
use crate::words::Words;
use assemble::json;
use model::{Compartment, PartialDate, RecordKind, SourceId, Status, Vocabularies};
use std::ops::ControlFlow;
use std::process::ExitCode;
use view::{Page, ReadState, RecordFilter, SourceFilter, SourceInfo, View};

/// List sources, or records of a kind
///
/// Without --kind, the sources by when they were collected, as the collecting devices' clocks had
/// it; `onrecord log` has the order of the ledger. With --kind, records:
/// allegation, statement, call, response, commitment, event, figure, person, organisation, state,
/// place, instrument.
#[derive(clap::Args)]
pub struct Args {
    /// Kind of record; may be given several times
    #[arg(long, short, value_name = "KIND", value_parser = kind)]
    pub kind: Vec<RecordKind>,
    /// Only what could not be read
    #[arg(long)]
    pub unread: bool,
    /// Only this compartment: open, restricted or sealed
    #[arg(long, value_parser = crate::terms::compartment)]
    pub compartment: Option<Compartment>,
    /// Only sources by this publisher
    #[arg(long)]
    pub publisher: Option<String>,
    /// Only sources in this language, such as ko
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// Only sources published then or later: 2013, 2013-03, 2013-03-21
    #[arg(long, value_name = "DATE")]
    pub since: Option<PartialDate>,
    /// Only sources published then or earlier
    #[arg(long, value_name = "DATE")]
    pub until: Option<PartialDate>,
    /// Only sources with these words in title, name or origin
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Only records read from this source
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// Only records of this status: proposed, accepted, corrected, rejected, unsure, disputed or
    /// second-review
    #[arg(long, value_parser = status)]
    pub status: Option<Status>,
    /// Only records with this code, such as the type of violation: torture
    #[arg(long)]
    pub code: Option<String>,
    /// Only what someone of this name says or asks
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only what is asked of someone of this name
    #[arg(long, value_name = "NAME")]
    pub addressee: Option<String>,
    /// Only records that name this person, body, state or place
    #[arg(long, value_name = "NAME")]
    pub named: Option<String>,
    /// At most so many
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<u64>,
}

/// A kind of record, as people name it.
pub fn kind(name: &str) -> Result<RecordKind, String> {
    // `--kind calls` is what people type.
    let singular = name.strip_suffix('s').unwrap_or(name);
    RecordKind::from_name(name)
        .or_else(|| RecordKind::from_name(singular))
        .ok_or_else(|| {
            let names: Vec<_> = RecordKind::ALL.iter().map(|kind| kind.name()).collect();
            format!("say one of {}", names.join(", "))
        })
}

fn status(name: &str) -> Result<Status, String> {
    Status::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Status::ALL.iter().map(|status| status.name()).collect();
        format!("say one of {}", names.join(", "))
    })
}

/// Lists.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let session = Session::open(global)?;
    let view = session.view(global)?;
    let about_records = [
        &args.code,
        &args.speaker,
        &args.addressee,
        &args.named,
        &args.source,
    ];
    let of_records = about_records.iter().any(|option| option.is_some()) || args.status.is_some();
    if args.kind.is_empty() && !of_records {
        sources(global, &view, args)
    } else {
        records(global, &view, args)
    }
}

fn sources(global: &Global, view: &View, args: &Args) -> Result<ExitCode> {
    let filter = SourceFilter {
        unread: args.unread,
        compartment: args.compartment,
        publisher: args.publisher.clone(),
        language: args.language.clone(),
        since: args.since,
        until: args.until,
        text: args.text.clone(),
        newest_first: false,
    };
    let limit = args.limit.unwrap_or(u64::MAX);
    let found = view.sources(&filter, Page { offset: 0, limit })?;
    if global.json {
        for info in &found {
            print::json(&json::source(info))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = found.iter().map(row).collect();
    print::table(&["sha-256", "published", "lang", "records", "title"], &rows)?;
    for (id, why) in view.withheld()? {
        print::line_out(&print::faint(format!(
            "{id} is on record; {}",
            why_withheld(why)
        )))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn why_withheld(why: view::Withheld) -> &'static str {
    match why {
        view::Withheld::Locked => "this device holds no key for it",
        view::Withheld::Erased => "its key was destroyed",
    }
}

fn row(info: &SourceInfo) -> Vec<String> {
    let title = info.title.as_deref().unwrap_or(&info.source.collected.name);
    let mut words = print::shorten(title, 70);
    if info.source.compartment != Compartment::Open {
        words.push_str(&format!("  [{}]", info.source.compartment.name()));
    }
    if let ReadState::Unread { reason, .. } = &info.state {
        words.push_str(&format!("  unread: {}", print::shorten(reason, 60)));
    }
    vec![
        short(info),
        info.published
            .map(|date| date.to_string())
            .unwrap_or_default(),
        info.language.clone().unwrap_or_default(),
        info.records.to_string(),
        words,
    ]
}

/// Enough of the original's digest to name a source.
pub fn short(info: &SourceInfo) -> String {
    info.source.original.to_string()[..10].to_owned()
}

fn records(global: &Global, view: &View, args: &Args) -> Result<ExitCode> {
    let source = match &args.source {
        Some(prefix) => Some(crate::holdings::find_source(view, prefix)?.id),
        None => None,
    };
    let filter = RecordFilter {
        kinds: args.kind.clone(),
        source,
        status: args.status,
        code: args.code.clone(),
        speaker: args.speaker.clone(),
        addressee: args.addressee.clone(),
        named: args.named.clone(),
    };
    let words = Words::new(Vocabularies::shipped()?);
    let mut left = args.limit.unwrap_or(u64::MAX);
    let mut result = Ok(());
    let mut shown: Option<SourceId> = None;
    view.records(&filter, &mut |record| {
        if left == 0 {
            return ControlFlow::Break(());
        }
        left -= 1;
        result = if global.json {
            print::json(&record)
        } else {
            heading(view, record.source, &mut shown).and_then(|()| line(&words, &record))
        };
        if result.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    result?;
    if shown.is_none() && !global.json && !global.quiet {
        print::line_out("No record is like that.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The source's title, once above its records.
fn heading(view: &View, source: Option<SourceId>, shown: &mut Option<SourceId>) -> Result<()> {
    if source.is_none() || source == *shown {
        return Ok(());
    }
    *shown = source;
    let Some(info) = source.map(|id| view.source(&id)).transpose()?.flatten() else {
        return Ok(());
    };
    let title = info.title.as_deref().unwrap_or(&info.source.collected.name);
    print::line_out(&print::strong(format!(
        "\n{}  {}",
        short(&info),
        print::shorten(title, 80)
    )))
}

/// A record in two lines: what it says, and the words that carry it.
pub fn line(words: &Words, record: &model::Record) -> Result<()> {
    let status = match record.status {
        Status::Proposed => String::new(),
        Status::SecondReview => " [second review due]".to_owned(),
        decided => format!(" [{}]", decided.name()),
    };
    let kind = record.body.kind().name();
    let headline = print::shorten(&words.headline(record), 100);
    print::line_out(&format!("{kind:<12} {headline}{status}"))?;
    let Some(citation) = record.citations.first() else {
        return Ok(());
    };
    let quote = print::shorten(&citation.quote.quote, 90);
    print::line_out(&print::faint(format!(
        "             “{quote}” {}  {}",
        crate::words::place(&citation.quote),
        record.id
    )))
}
