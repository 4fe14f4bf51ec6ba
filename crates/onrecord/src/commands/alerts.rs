use super::{ATTENTION, judge};
use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::linking::{self, Laid, Scope};
use crate::print;
use link::alerts::{Alert, Rules};
use model::{Judgement, Matter, Verdict};
use std::path::PathBuf;
use std::process::ExitCode;

/// Warn, by rules, of what reports may mean for people at risk
///
/// Rules say what follows on what in one state, what happens more often than usual, and what has
/// been silent for too long. An alert says what was reported and what it rests on; it is no
/// finding. Exit code 1 when one stands that nobody has acknowledged.
#[derive(clap::Args)]
pub struct Args {
    /// One alert, by the beginning of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Put on record that you have seen it
    #[arg(long, requires = "id")]
    pub acknowledge: bool,
    /// Why nothing more, or what is done about it
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Who acknowledges; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Rules besides the shipped ones; one of the same id takes its place
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// Acknowledged and past ones too
    #[arg(long)]
    pub all: bool,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// Lists alerts, shows or acknowledges one.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let rules = rules(&laid, args.rules.as_ref())?;
    let alerts = laid.all.alerts(&rules)?;
    if let Some(prefix) = &args.id {
        let ids = alerts.alerts.iter().map(|alert| (alert.id.clone(), alert));
        let alert = linking::one_by_id(ids, prefix, "alert")?;
        if args.acknowledge {
            acknowledge(&laid, alert, args)?;
            if !global.json {
                print::line_out(&format!("On record: {} acknowledged", alert.title))?;
            }
        } else if global.json {
            print::json(alert)?;
        } else {
            show(&laid, alert)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let standing = alerts.alerts.iter().filter(|one| one.is_open()).count();
    for alert in &alerts.alerts {
        if !args.all && !alert.is_open() {
            continue;
        }
        match global.json {
            true => print::json(alert)?,
            false => show(&laid, alert)?,
        }
    }
    if !global.json {
        let rest = alerts.alerts.len() - standing;
        let mut words = print::count(standing, "alert stands", "alerts stand");
        if rest > 0 && !args.all {
            words.push_str(&format!("; {rest} acknowledged or past (--all shows them)"));
        }
        print::line_out(&words)?;
        for (rule, count) in &alerts.undated {
            let records = print::count(*count, "record", "records");
            print::line_out(&print::faint(format!(
                "{records} that the rule {rule} asks for have no date and raise nothing"
            )))?;
        }
    }
    Ok(match standing {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(ATTENTION),
    })
}

fn rules(laid: &Laid, file: Option<&PathBuf>) -> Result<Rules> {
    let shipped = Rules::shipped(laid.all.vocabularies());
    let Some(path) = file else {
        return Ok(shipped);
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
    let name = path.display().to_string();
    Ok(shipped.with(&name, &text, laid.all.vocabularies())?)
}

fn acknowledge(laid: &Laid, alert: &Alert, args: &Args) -> Result<()> {
    let ground = alert.grounds.first().map(|ground| ground.evidence.record);
    let record = ground.and_then(|id| laid.all.record(&id));
    let record = record.ok_or_else(|| Failure::new("the alert rests on no record"))?;
    let judgement = Judgement {
        matter: Matter::Alert(alert.id.clone(), judge::judged(record)?),
        verdict: Verdict::Acknowledged,
        by: judge::who(args.by.as_deref())?,
        reason: args.reason.clone(),
    };
    judge::put(&laid.session, &laid.view, &judgement)
}

fn show(laid: &Laid, alert: &Alert) -> Result<()> {
    let severity = alert.severity.name();
    print::line_out(&format!(
        "{}  {severity}  {}",
        print::strong(&alert.title),
        print::faint(&alert.id)
    ))?;
    print::line_out(&format!("  {}", alert.words))?;
    for ground in &alert.grounds {
        print::line_out(&format!("  {}", ground.words()))?;
        linking::say_evidence(&laid.all, &ground.evidence, "    ")?;
    }
    if let Some(seen) = &alert.acknowledged {
        print::line_out(&print::faint(format!(
            "  Acknowledged by {} on {}: {}",
            seen.by,
            print::time(seen.at),
            seen.reason
        )))?;
    }
    Ok(())
}
