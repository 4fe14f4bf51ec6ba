use crate::cli::Global;
use crate::deciding::{self, Values};
use crate::failure::{Failure, Result};
use crate::session::Session;
use crate::{holdings, print};
use collect::Coded;
use model::{RecordKind, Span};
use std::process::ExitCode;
use view::ReadState;

/// Code a new record from words of a source
///
/// For what the extractor did not see. The record is yours, and accepted by you; one of a grave type
/// waits for a second person. Fields are set as `onrecord decide … correct` sets them.
#[derive(clap::Args)]
pub struct Args {
    /// The source, by the beginning of its id or SHA-256
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// What it is: allegation, statement, call, response, commitment, event, figure, case, person …
    #[arg(value_name = "KIND", value_parser = super::list::kind)]
    pub kind: RecordKind,
    /// The words that carry the record as a whole, or their characters as 512..560
    #[arg(value_name = "WORDS")]
    pub passage: String,
    /// The fields
    #[command(flatten)]
    pub values: Values,
    /// Who codes it; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Codes.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let by = super::judge::who(args.by.as_deref())?;
    let session = Session::open(global)?;
    let mut view = session.view(global)?;
    let info = holdings::find_source(&view, &args.source)?;
    let ReadState::Read {
        reading: digest, ..
    } = info.state
    else {
        return Err(Failure::new(
            "this source has no reading, so it has no words to code from",
        ));
    };
    let reading = holdings::reading(&session, &info)?.map_err(Failure::new)?;
    let passage = match deciding::characters(&args.passage) {
        Ok(span) => span,
        Err(_) => once(&reading.text, &args.passage)?,
    };
    let edits = args.values.edits(args.kind)?;
    let coded = Coded {
        source: info.id,
        original: info.source.original,
        digest,
        reading: &reading,
        by,
        says: collect::code_anew(args.kind, passage, &reading, &edits)?,
    };
    let id = {
        let (mut writer, _) = session.archive.writer(&session.device)?;
        collect::put_coded(&mut writer, &coded, view::record_id)?.0
    };
    deciding::catch_up(&session, &mut view)?;
    let record = view.record(&id)?.ok_or_else(|| {
        Failure::new("the record is on record, but not in the view: run `onrecord rebuild`")
    })?;
    if !global.json {
        print::line_out(&id.to_string())?;
    }
    super::decide::say(global, &record)?;
    Ok(ExitCode::SUCCESS)
}

/// Where words stand that stand once.
fn once(text: &str, words: &str) -> Result<Span> {
    let mut places = text.match_indices(words.trim());
    match (places.next(), places.next()) {
        (Some((at, found)), None) if !found.is_empty() => {
            let chars = model::CharIndex::new(text);
            Ok(Span::new(
                chars.char(text, at),
                chars.char(text, at + found.len()),
            ))
        }
        (None, _) => Err(Failure::new("these words do not stand in the source")),
        _ => Err(Failure::new(
            "these words stand in the source more than once: give more of them, or their characters as 512..560",
        )),
    }
}
