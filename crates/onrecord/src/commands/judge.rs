use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::holdings::{self, Named};
use crate::session::Session;
use crate::{place, print};
use clap::ValueEnum;
use model::{Judged, Judgement, Matter, Record, RecordKind, Verdict};
use serde_json::json;
use std::process::ExitCode;
use view::View;

/// Judge whether two records are about the same person, case, incident or demand
///
/// Two persons: the same person? Two allegations: the same act or event? Two cases: the same
/// case? Two calls: the same demand? What is judged goes into the ledger, holds whenever records
/// are linked again, and can be taken back with `withdraw`. Without records, the judgements that
/// hold are listed.
#[derive(clap::Args)]
pub struct Args {
    /// The two records, by the beginning of their ids
    #[arg(value_name = "ID", num_args = 2)]
    pub records: Vec<String>,
    /// What you say of them
    #[arg(
        long,
        short = 'v',
        value_enum,
        required_unless_present = "list",
        requires = "records"
    )]
    pub verdict: Option<Said>,
    /// Why, in words
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Who judges; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// List the judgements that hold
    #[arg(long, conflicts_with = "records")]
    pub list: bool,
}

/// What can be said of two records.
#[derive(Clone, Copy, ValueEnum)]
pub enum Said {
    /// They are about the same
    Same,
    /// They are not
    Different,
    /// It cannot be told; do not ask again
    Unsure,
    /// What was judged before no longer holds
    Withdraw,
}

impl Said {
    fn verdict(self) -> Verdict {
        match self {
            Self::Same => Verdict::Same,
            Self::Different => Verdict::Different,
            Self::Unsure => Verdict::Unsure,
            Self::Withdraw => Verdict::Withdrawn,
        }
    }
}

/// Kinds of records that can be the same as another.
const JUDGED: [RecordKind; 4] = [
    RecordKind::Person,
    RecordKind::Allegation,
    RecordKind::Case,
    RecordKind::Call,
];

/// Judges.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let session = Session::open(global)?;
    let view = session.view(global)?;
    let (Some(said), [one, other]) = (args.verdict, args.records.as_slice()) else {
        return list(global, &view);
    };
    let (one, other) = (find(&view, one)?, find(&view, other)?);
    if one.record == other.record {
        return Err(Failure::new("both are the same record"));
    }
    if one.kind != other.kind || !JUDGED.contains(&one.kind) {
        return Err(Failure::new(format!(
            "a {} and a {} cannot be judged the same: give two persons, allegations, cases or calls",
            one.kind.name(),
            other.kind.name()
        )));
    }
    let judgement = Judgement {
        matter: Matter::pair(one, other),
        verdict: said.verdict(),
        by: who(args.by.as_deref())?,
        reason: args.reason.clone(),
    };
    put(&session, &view, &judgement)?;
    drop(view);
    // Brings the view up to date, so that the next question sees it.
    session.archive.refresh()?;
    session.view(global)?;
    say(global, &judgement)?;
    Ok(ExitCode::SUCCESS)
}

/// Who judges. Nothing that a person decides goes on record without a name.
pub fn who(given: Option<&str>) -> Result<String> {
    let name = given.map_or_else(place::operator, str::to_owned);
    match name.trim() {
        "" => Err(Failure::new(
            "a judgement needs the name of who judges: give --by NAME or set ONRECORD_OPERATOR",
        )),
        name => Ok(name.to_owned()),
    }
}

/// Puts a judgement on record.
pub fn put(session: &Session, view: &View, judgement: &Judgement) -> Result<()> {
    let mut compartments = Vec::new();
    for judged in judgement.matter.judged() {
        let source = view.source(&judged.source)?;
        compartments.extend(source.map(|info| (info.id, info.source.compartment)));
    }
    let (mut writer, _) = session.archive.writer(&session.device)?;
    collect::judge(&mut writer, judgement, |source| {
        let found = compartments.iter().find(|(id, _)| id == source);
        found
            .map(|(_, compartment)| *compartment)
            .unwrap_or_default()
    })?;
    Ok(())
}

fn find(view: &View, prefix: &str) -> Result<Judged> {
    match holdings::find(view, prefix)? {
        Named::Record(record) => judged(&record),
        Named::Source(_) => Err(Failure::new(format!(
            "{prefix} is a source; give the id of a record, as `onrecord show {prefix}` lists them"
        ))),
    }
}

/// A record as a judgement names it.
pub fn judged(record: &Record) -> Result<Judged> {
    view::judged_of(record).ok_or_else(|| {
        Failure::new(format!(
            "record {} cites no source, so it cannot be judged",
            record.id
        ))
    })
}

fn list(global: &Global, view: &View) -> Result<ExitCode> {
    let standing = view.judgements()?;
    for one in &standing {
        if global.json {
            print::json(
                &json!({"at": one.at, "judgement": one.judgement, "earlier": one.earlier}),
            )?;
        } else {
            print::line_out(&format!(
                "{}  {}",
                print::faint(print::time(one.at)),
                words(&one.judgement)
            ))?;
        }
    }
    if !global.json {
        print::line_out(&print::count(
            standing.len(),
            "judgement holds",
            "judgements hold",
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn say(global: &Global, judgement: &Judgement) -> Result<()> {
    if global.json {
        return print::json(&json!({ "judgement": judgement }));
    }
    print::line_out(&format!("On record: {}", words(judgement)))
}

fn words(judgement: &Judgement) -> String {
    let matter = match &judgement.matter {
        Matter::Pair(one, other) => {
            format!("{} {} and {}", one.kind.name(), one.record, other.record)
        }
        Matter::Alert(id, _) => format!("alert {id}"),
    };
    let reason = match judgement.reason.as_str() {
        "" => String::new(),
        reason => format!(": {reason}"),
    };
    format!(
        "{matter} {}, says {}{reason}",
        judgement.verdict.name(),
        judgement.by
    )
}
