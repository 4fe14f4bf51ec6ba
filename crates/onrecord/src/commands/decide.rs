use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::holdings::{self, Named};
use crate::session::Session;
use crate::{deciding, print};
use assemble::json;
use clap::ValueEnum;
use model::{Choice, Code, Record};
use std::process::ExitCode;

/// Decide of a proposed record: accept, correct, reject, unsure, undo
///
/// What you decide goes into the ledger with your name, and stays there: `undo` takes back what you
/// decided, not that you did. Where two persons differ, the record is disputed until one gives
/// way. An allegation of a grave type is accepted when two persons accepted it.
///
/// A correction sets fields to other values (`--set place="Camp 14"`), each carried by words of the
/// source (`--words place="in the camp"`, or `--at place=512..523`) or by a reason that you state
/// (`--because place="..."`). Without any, the value itself is looked for in the text. A field that
/// takes several values is set to all that you give.
#[derive(clap::Args)]
pub struct Args {
    /// The record, by the beginning of its id
    #[arg(value_name = "ID")]
    pub id: String,
    /// What you decide
    #[arg(value_enum)]
    pub choice: Said,
    /// Why it is rejected: a code of the vocabulary `rejection`, such as not-said
    #[arg(long, value_name = "CODE")]
    pub reason: Option<String>,
    /// Anything else, in words
    #[arg(long, default_value = "", value_name = "WORDS")]
    pub note: String,
    /// You have not looked at what others decided
    #[arg(long)]
    pub blind: bool,
    /// The new values
    #[command(flatten)]
    pub values: deciding::Values,
    /// Who decides; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// What can be decided.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Said {
    /// It is as its words say
    Accept,
    /// It is, with other values
    Correct,
    /// It is not to be used
    Reject,
    /// I cannot tell; a colleague should look
    Unsure,
    /// What I decided before no longer holds
    Undo,
}

impl Said {
    /// As it goes on record.
    pub fn choice(self) -> Choice {
        match self {
            Self::Accept => Choice::Accept,
            Self::Correct => Choice::Correct,
            Self::Reject => Choice::Reject,
            Self::Unsure => Choice::Unsure,
            Self::Undo => Choice::Withdraw,
        }
    }
}

/// Decides.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let by = super::judge::who(args.by.as_deref())?;
    let session = Session::open(global)?;
    let mut view = session.view(global)?;
    let record = find(&view, &args.id)?;
    let choice = args.choice.choice();
    if choice != Choice::Correct && !args.values.is_empty() {
        return Err(Failure::new("only `correct` takes new values"));
    }
    let mine = |at: &usize| model::is_same_person(&record.history[*at].decision.by, &by);
    if choice == Choice::Withdraw && !model::holding(&record.history).iter().any(mine) {
        return Err(Failure::new(format!(
            "{by} decided nothing of this record that holds, so there is nothing to undo"
        )));
    }
    let seen = match args.blind {
        true => view.as_proposed(&record)?,
        false => Some(record.clone()),
    };
    let seen = seen.as_ref().unwrap_or(&record);
    let mut decision = view::decision_of(seen, choice, &by)?.ok_or_else(no_source)?;
    decision.upon = view::upon(&record)?;
    decision.reason = args.reason.as_deref().map(Code::from);
    decision.note.clone_from(&args.note);
    decision.blind = args.blind;
    let reading = deciding::reading(&session, &view, &record)?;
    if choice == Choice::Correct {
        let edits = args.values.edits(record.body.kind())?;
        decision.corrected = Some(collect::correct(seen, &reading, &edits)?);
    }
    deciding::put(&session, &decision, &reading)?;
    deciding::catch_up(&session, &mut view)?;
    let now = view.record(&record.id)?.unwrap_or(record);
    say(global, &now)?;
    Ok(ExitCode::SUCCESS)
}

/// The record of that id.
fn find(view: &view::View, prefix: &str) -> Result<Record> {
    match holdings::find(view, prefix)? {
        Named::Record(record) => Ok(*record),
        Named::Source(_) => Err(Failure::new(format!(
            "{prefix} is a source; give the id of a record, as `onrecord show {prefix}` lists them"
        ))),
    }
}

fn no_source() -> Failure {
    Failure::new("this record cites no source, so nothing can be decided of it")
}

/// Says how the record stands now.
pub fn say(global: &Global, record: &Record) -> Result<()> {
    if global.json {
        return print::json(&json::record(record, None, None));
    }
    print::line_out(&format!("On record: {}", deciding::standing(record)))
}
