use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::holdings::{self, Named};
use crate::print;
use crate::session::Session;
use crate::words::Words;
use archive::WriterId;
use assemble::json;
use model::{Passage, PassageKind, Reading, Record, Vocabularies};
use serde_json::Value;
use std::io::Write;
use std::process::ExitCode;
use view::{SourceInfo, View};

/// Show a source with its reading, or a record with its citations
///
/// Names a source by the start of its id or of its SHA-256, a record by the start of its id.
#[derive(clap::Args)]
pub struct Args {
    /// Start of an id or a SHA-256, at least 4 digits
    #[arg(value_name = "ID")]
    pub id: String,
    /// Show what was set aside, too: menus, adverts, repetitions
    #[arg(long)]
    pub all: bool,
    /// Write the original, byte for byte, to standard output
    #[arg(long, conflicts_with = "all")]
    pub original: bool,
    /// Write the clean text only
    #[arg(long, conflicts_with_all = ["all", "original"])]
    pub text: bool,
}

/// Shows it.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let session = Session::open(global)?;
    let view = session.view(global)?;
    match holdings::find(&view, &args.id)? {
        Named::Source(info) if args.original => original(&session, &info)?,
        Named::Source(info) if args.text => text(&session, &info)?,
        Named::Source(info) => source(global, &session, &view, &info, args.all)?,
        Named::Record(_) if args.original || args.text => {
            return Err(Failure::new(
                "this is a record; only a source has an original and a text",
            ));
        }
        Named::Record(found) => record(global, &session, &view, &found)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn original(session: &Session, info: &SourceInfo) -> Result<()> {
    let found = session
        .archive
        .entry(WriterId(info.entry.writer), info.entry.index)?;
    let mut blob = session.archive.blob(&found.entry, 0)?;
    let mut out = std::io::stdout().lock();
    std::io::copy(&mut blob, &mut out)?;
    Ok(out.flush()?)
}

fn text(session: &Session, info: &SourceInfo) -> Result<()> {
    let reading = holdings::reading(session, info)?.map_err(Failure::new)?;
    let chars = model::CharIndex::new(&reading.text);
    let mut first = true;
    for passage in reading.clean() {
        if !first {
            print::line_out("")?;
        }
        first = false;
        print::line_out(chars.slice(&reading.text, passage.span).unwrap_or_default())?;
    }
    Ok(())
}

fn source(
    global: &Global,
    session: &Session,
    view: &View,
    info: &SourceInfo,
    all: bool,
) -> Result<()> {
    let reading = holdings::reading(session, info)?;
    if global.json {
        let mut value = json::exported_source(info, reading.as_ref().ok());
        if let Some(likeness) = view::likeness_of(&session.archive, info)? {
            value["looks"] = serde_json::json!({"pdq": likeness});
        }
        if let Ok(reading) = &reading {
            value["text"] = serde_json::json!(reading.text);
            value["passages"] = serde_json::to_value(&reading.passages)?;
        }
        return print::json(&value);
    }
    about(info, reading.as_ref().ok())?;
    if let Some(likeness) = view::likeness_of(&session.archive, info)? {
        print::line_out(&format!("{}{likeness}", print::faint("Looks (PDQ) ")))?;
    }
    match reading {
        Ok(reading) => passages(&reading, all)?,
        Err(why) => print::line_out(&print::alarm(format!("\nNot read: {why}")))?,
    }
    let words = Words::new(Vocabularies::shipped()?);
    let records = holdings::records(view, info.id)?;
    if !records.is_empty() {
        print::line_out(&print::strong(format!(
            "\n{}",
            print::count(records.len() as u64, "record", "records")
        )))?;
    }
    for record in records {
        super::list::line(&words, &record)?;
    }
    Ok(())
}

fn about(info: &SourceInfo, reading: Option<&Reading>) -> Result<()> {
    let source = &info.source;
    let title = info.title.as_deref().unwrap_or(&source.collected.name);
    print::line_out(&print::strong(title))?;
    let basis = reading.and_then(|reading| reading.published.as_ref());
    let published = info.published.map(|date| match (source.published, basis) {
        (None, Some(found)) => format!("{date} ({})", found.basis),
        _ => format!("{date} (stated by the collector)"),
    });
    let updated = reading.and_then(|reading| reading.updated.as_ref());
    let collected = format!(
        "{} by {} with {} ({}, as {})",
        print::time(source.collected.at),
        if source.collected.by.is_empty() {
            "nobody named"
        } else {
            &source.collected.by
        },
        source.collected.tool,
        source.collected.how,
        source.collected.name,
    );
    let form = format!("{}, {}", source.media_type, print::size(source.bytes));
    let reader = reading.map(|reading| {
        format!(
            "{}/{}, {}",
            reading.reader.name, reading.reader.version, reading.encoding
        )
    });
    let lines = [
        ("Published", published),
        (
            "Updated",
            updated.map(|found| format!("{} ({})", found.value, found.basis)),
        ),
        ("Publisher", info.publisher.clone()),
        ("Language", info.language.clone()),
        ("Origin", source.origin.clone()),
        ("Consent", source.consent.clone()),
        ("Compartment", Some(source.compartment.name().to_owned())),
        ("Collected", Some(collected)),
        (
            "Taken from",
            source.collected.inside.map(|holder| holder.to_string()),
        ),
        ("Captured", source.captured.as_ref().map(captured)),
        ("Original", Some(form)),
        ("SHA-256", Some(source.original.to_string())),
        ("Id", Some(info.id.to_string())),
        ("Reader", reader),
    ];
    for (name, value) in lines {
        if let Some(value) = value {
            print::line_out(&format!("{}{value}", print::faint(format!("{name:<12}"))))?;
        }
    }
    for remark in reading.map_or(&[][..], |reading| &reading.remarks) {
        print::line_out(&print::alarm(remark))?;
    }
    Ok(())
}

/// What a capture says of a source, in one line.
fn captured(captured: &model::Captured) -> String {
    let status = captured.status.map(|status| format!(", answered {status}"));
    let machine = captured.machine.as_ref().map(|by| format!(" by {by}"));
    format!(
        "{} from {}{}{}; {}",
        if captured.at.is_empty() {
            "at an unknown time"
        } else {
            &captured.at
        },
        captured.address,
        status.unwrap_or_default(),
        machine.unwrap_or_default(),
        captured.digest.words(),
    )
}

fn passages(reading: &Reading, all: bool) -> Result<()> {
    let chars = model::CharIndex::new(&reading.text);
    let (mut aside, mut shown_page) = (0, None);
    for passage in &reading.passages {
        let text = chars.slice(&reading.text, passage.span).unwrap_or_default();
        let shown = passage.is_clean() || all;
        let page = reading.page_at(passage.span.start);
        if let Some(number) = page.filter(|_| shown && shown_page != page) {
            print::line_out(&print::faint(format!("\n— p. {number} —")))?;
            shown_page = page;
        }
        let kind = kind_words(passage.kind);
        match passage.left_out {
            None => print::line_out(&format!("\n¶{}{kind} {text}", passage.number))?,
            Some(why) if all => print::line_out(&print::faint(format!(
                "\n¶{}{kind} [{}] {text}",
                passage.number,
                crate::words::left_out(why)
            )))?,
            Some(_) => aside += 1,
        }
    }
    if aside > 0 {
        print::line_out(&print::faint(format!(
            "\n{} set aside as not part of the document; --all shows them",
            print::count(aside, "passage was", "passages were")
        )))?;
    }
    Ok(())
}

/// What a reader of the passage would not see from its words.
fn kind_words(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Footnote => " [note]",
        PassageKind::Comment => " [comment]",
        _ => "",
    }
}

fn record(global: &Global, session: &Session, view: &View, found: &Record) -> Result<()> {
    let info = found
        .source
        .map(|id| view.source(&id))
        .transpose()?
        .flatten();
    let reading = match &info {
        Some(info) => holdings::reading(session, info)?.ok(),
        None => None,
    };
    let value = json::record(
        found,
        info.as_ref(),
        reading.as_ref().map(|reading| &reading.map),
    );
    if global.json {
        return print::json(&value);
    }
    let words = Words::new(Vocabularies::shipped()?);
    print::line_out(&print::strong(words.headline(found)))?;
    let kind = words
        .label("record-kind", found.body.kind().name())
        .to_owned();
    print::line_out(&kind)?;
    print::line_out(&format!("Status      {}", crate::deciding::standing(found)))?;
    print::line_out(&format!("Id          {}", found.id))?;
    if let Some(info) = &info {
        let title = info.title.as_deref().unwrap_or(&info.source.collected.name);
        print::line_out(&format!(
            "Source      {title} ({})",
            super::list::short(info)
        ))?;
    }
    print::line_out(&format!("Proposed by {}", proposed_by(found)))?;
    print_fields(&value["fields"])?;
    for stated in found.stated() {
        let field = stated.field.replace('_', " ");
        print::line_out(&format!("{field}: for the reason “{}”", stated.reason))?;
    }
    let mut shown = None;
    for (number, citation) in found.citations.iter().enumerate() {
        let quote = &citation.quote;
        print::line_out(&format!(
            "[{number}] “{}” {}, characters {}–{}",
            quote.quote,
            crate::words::place(quote),
            quote.span.start,
            quote.span.end
        ))?;
        // A passage is shown once, not under every quote from it.
        let is_new = shown.replace(quote.passage) != Some(quote.passage);
        let around = reading.as_ref().filter(|_| is_new);
        let around = around.and_then(|reading| in_context(reading, quote));
        if let Some(around) = around {
            print::line_out(&print::faint(format!("    {around}")))?;
        }
    }
    Ok(())
}

/// A line for every value of every field, with the numbers of the quotes that carry it.
fn print_fields(fields: &Value) -> Result<()> {
    for (name, value) in fields.as_object().into_iter().flatten() {
        let values = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            let name = print::faint(format!("{:<12}", name.replace('_', " ")));
            print::line_out(&format!("{name}{}", in_words(value)))?;
        }
    }
    Ok(())
}

/// A value as people read it; the depth is that of the model's types.
fn in_words(value: &Value) -> String {
    let list = |values: &mut dyn Iterator<Item = String>| values.collect::<Vec<_>>().join(", ");
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => list(&mut values.iter().map(in_words)),
        Value::Object(fields) => match (fields.get("value"), fields.get("quotes")) {
            (Some(value), Some(Value::Array(quotes))) => {
                let numbers = quotes.iter().map(|number| format!(" [{number}]"));
                format!("{}{}", in_words(value), numbers.collect::<String>())
            }
            _ => match fields.get("name").and_then(Value::as_str) {
                Some(name) => name.to_owned(),
                None => list(&mut fields.values().map(in_words)),
            },
        },
        other => other.to_string(),
    }
}

fn proposed_by(record: &Record) -> String {
    match &record.proposed_by {
        model::ProposedBy::Extractor { extractor, rule } => match model::why(rule) {
            why if why.is_empty() => format!("{extractor}, rule {rule}"),
            why => format!("{extractor}, rule {rule}: {why}"),
        },
        model::ProposedBy::Person(name) => name.clone(),
    }
}

/// The passages that carry a record, each once, the first quote in it lit.
pub fn in_passages(reading: &Reading, record: &Record) -> Vec<String> {
    let mut shown = Vec::new();
    let mut lines = Vec::new();
    for citation in &record.citations {
        let passage = citation.quote.passage;
        if shown.contains(&passage) {
            continue;
        }
        shown.push(passage);
        let around = in_context(reading, &citation.quote);
        lines.extend(around.map(|around| format!("¶{passage} {around}")));
    }
    lines
}

/// The passage around a quote, the quote lit.
fn in_context(reading: &Reading, quote: &model::Quote) -> Option<String> {
    let passage: &Passage = reading.passage_at(quote.span.start)?;
    let chars = model::CharIndex::new(&reading.text);
    let slice = |start, end| chars.slice(&reading.text, model::Span::new(start, end));
    let end = quote.span.end.min(passage.span.end);
    Some(format!(
        "{}{}{}",
        slice(passage.span.start, quote.span.start)?,
        print::lit(slice(quote.span.start, end)?),
        slice(end, passage.span.end)?
    ))
}
