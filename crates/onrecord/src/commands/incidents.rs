use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::linking::{self, Laid, Scope};
use crate::print;
use link::corroboration::{Corroboration, StatusRule};
use link::incidents::{How, Incident, Level};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// Group allegations into incidents, and say how well each is supported
///
/// Allegations of one act or event, from however many documents, stand together with the reason
/// and with what they disagree about. Documents with shared text and reports that name the same
/// source count as one origin; the number of origins is at most what is shown, because reuse in
/// other words is not seen. With an id, everything about one incident.
#[derive(clap::Args)]
pub struct Args {
    /// One incident, by the beginning of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Only incidents with a type of violation, such as torture
    #[arg(long = "type", value_name = "CODE")]
    pub violation: Option<String>,
    /// Only incidents that at least so many origins report
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub origins: usize,
    /// General claims too, not only single events
    #[arg(long)]
    pub general: bool,
    /// Rules for the status (confirmed, likely, possible, unlikely) instead of the shipped ones
    #[arg(long, value_name = "FILE")]
    pub status_rules: Option<PathBuf>,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// Lists incidents, or shows one.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let mut laid = linking::lay_out(global, &args.scope)?;
    if let Some(path) = &args.status_rules {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
        laid.all = laid.all.with_status(StatusRule::parse(&text)?);
    }
    let assessor = laid.all.assessor()?;
    let incidents = &laid.all.grouping()?.incidents;
    if let Some(prefix) = &args.id {
        let ids = incidents.iter().map(|one| (one.id.to_string(), one));
        let incident = linking::one_by_id(ids, prefix, "incident")?;
        let support = assessor.incident(incident);
        if global.json {
            print::json(&as_json(incident, &support, true))?;
        } else {
            show(&laid, incident, &support)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut shown: Vec<(&Incident, Corroboration)> = Vec::new();
    for incident in incidents {
        let level = args.general || incident.level == Level::Event;
        let kind = args
            .violation
            .as_deref()
            .is_none_or(|code| incident.types.iter().any(|(of, _)| of.as_str() == code));
        if level && kind {
            let support = assessor.incident(incident);
            if support.origins.len() >= args.origins {
                shown.push((incident, support));
            }
        }
    }
    shown
        .sort_by_key(|(incident, support)| (std::cmp::Reverse(support.origins.len()), incident.id));
    for (incident, support) in &shown {
        if global.json {
            print::json(&as_json(incident, support, false))?;
        } else {
            line(&laid, incident, support)?;
        }
    }
    for conflict in &laid.all.grouping()?.conflicts {
        print::line_err(&conflict.words);
    }
    if !global.json {
        let left = incidents.len() - shown.len();
        let mut words = print::count(shown.len(), "incident", "incidents");
        words.push_str("; what the archive does not show may make origins fewer");
        if left > 0 {
            words.push_str(&format!(
                " shown, {left} not (--general shows general claims)"
            ));
        }
        print::line_out(&words)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What an incident is, in a line.
pub fn heading(laid: &Laid, incident: &Incident) -> String {
    let labels = laid.all.vocabularies();
    let types = incident.types.iter().take(3);
    let types: Vec<_> = types
        .map(|(code, _)| labels.label("violation", code.as_str(), "en"))
        .collect();
    let mut parts = vec![types.join(", ")];
    parts.extend(incident.places.first().map(|place| place.name.clone()));
    parts.extend(incident.time.as_ref().map(|time| time.range.to_string()));
    let victims = incident
        .victims
        .named
        .iter()
        .chain(&incident.victims.groups);
    let victims: Vec<_> = victims.take(2).map(|who| who.name.clone()).collect();
    if !victims.is_empty() {
        parts.push(victims.join(", "));
    }
    parts.join(" · ")
}

fn line(laid: &Laid, incident: &Incident, support: &Corroboration) -> Result<()> {
    print::line_out(&print::strong(heading(laid, incident)))?;
    let disputed = match incident.contradictions.len() {
        0 => String::new(),
        count => format!(
            ", {}",
            print::count(count, "contradiction", "contradictions")
        ),
    };
    let level = match incident.level {
        Level::Event => "",
        Level::Pattern => "general claim, ",
    };
    print::line_out(&format!(
        "  {level}{}, {}{disputed}  {}",
        status(laid, support),
        origins(support),
        print::faint(incident.id)
    ))
}

/// How many documents and origins, without what holds for every line.
fn origins(support: &Corroboration) -> &str {
    let short = support.summary.split_once(';');
    short.map_or(support.summary.as_str(), |(short, _)| short)
}

fn status(laid: &Laid, support: &Corroboration) -> String {
    let labels = laid.all.vocabularies();
    let label = labels.label("violation-status", support.status.code.as_str(), "en");
    label.to_lowercase()
}

fn show(laid: &Laid, incident: &Incident, support: &Corroboration) -> Result<()> {
    print::line_out(&print::strong(heading(laid, incident)))?;
    print::line_out(&format!("  {}", incident.level_because))?;
    if !incident.victims.because.is_empty() {
        print::line_out(&format!("  Victims: {}", incident.victims.because))?;
    }
    let names: Vec<_> = incident
        .perpetrators
        .iter()
        .map(|who| who.name.clone())
        .collect();
    if !names.is_empty() {
        print::line_out(&format!("  Said to have done it: {}", names.join(", ")))?;
    }
    print::line_out(&print::strong(format!(
        "\nSupport: {}",
        status(laid, support)
    )))?;
    for reason in support.why() {
        linking::say_reason(&laid.all, &reason, "  ")?;
    }
    if !incident.contradictions.is_empty() {
        print::line_out(&print::strong("\nContradictions"))?;
    }
    for contradiction in &incident.contradictions {
        print::line_out(&format!("  {}", contradiction.text))?;
        for account in &contradiction.accounts {
            print::line_out(&format!("  – {}", account.says))?;
            for cite in &account.cites {
                linking::say_cite(&laid.all, cite, "    ")?;
            }
        }
    }
    print::line_out(&print::strong("\nAllegations"))?;
    for member in &incident.members {
        let by = match &member.how {
            How::First => "the first".to_owned(),
            How::Rules => "by the rules".to_owned(),
            How::Person(name) => format!("{name} judged so"),
        };
        if let Some(record) = laid.all.record(&member.record) {
            let quote = record.citations.first().map_or("", |one| &one.quote.quote);
            print::line_out(&format!(
                "  “{}”  {}",
                print::shorten(quote, 100),
                print::faint(format!(
                    "{}, {by}, {}  {}",
                    member.modality.name(),
                    linking::called(&laid.all, member.source.as_ref()),
                    member.record
                ))
            ))?;
        }
        for reason in &member.reasons {
            print::line_out(&format!("    {}", reason.text))?;
        }
    }
    for apart in &incident.apart {
        print::line_out(&format!(
            "  Kept apart from {}: {}",
            apart.other, apart.reason.text
        ))?;
    }
    Ok(())
}

fn as_json(incident: &Incident, support: &Corroboration, whole: bool) -> Value {
    let named = |all: &[link::incidents::Named]| -> Vec<Value> {
        let all = all.iter();
        all.map(|who| json!({"name": who.name, "identity": who.identity, "records": who.records}))
            .collect()
    };
    let reasons = |all: &[link::incidents::Reason]| -> Vec<Value> {
        let cite = |cite: &link::incidents::Cite| json!({"record": cite.record, "source": cite.source, "quote": cite.quote});
        let all = all.iter();
        all.map(|one| json!({"text": one.text, "cites": one.cites.iter().map(cite).collect::<Vec<_>>()}))
            .collect()
    };
    let types = incident.types.iter();
    let types: Vec<_> = types
        .map(|(code, records)| json!({"type": code, "records": records}))
        .collect();
    let members = incident.members.iter();
    let members: Vec<_> = members
        .map(|one| {
            json!({"record": one.record, "source": one.source, "modality": one.modality,
            "reasons": reasons(&one.reasons)})
        })
        .collect();
    let disputes = incident.contradictions.iter();
    let disputes: Vec<_> = disputes
        .map(|one| {
            json!({"about": one.about.words(), "text": one.text,
            "accounts": one.accounts.iter().map(|account| json!({"says": account.says,
                "records": account.cites.iter().map(|cite| cite.record).collect::<Vec<_>>()}))
                .collect::<Vec<_>>()})
        })
        .collect();
    let mut value = json!({
        "incident": incident.id,
        "level": match incident.level { Level::Event => "event", Level::Pattern => "pattern" },
        "types": types,
        "places": named(&incident.places),
        "time": incident.time.as_ref().map(|time| time.range.to_string()),
        "victims": {
            "named": named(&incident.victims.named), "groups": named(&incident.victims.groups),
            "least": incident.victims.least, "most": incident.victims.most,
        },
        "perpetrators": named(&incident.perpetrators),
        "documents": support.documents,
        "origins_at_most": support.origins.len(),
        "status": support.status.code,
        "allegations": members,
        "contradictions": disputes,
    });
    if whole {
        value["why"] = Value::Array(reasons(&support.why()));
    }
    value
}
