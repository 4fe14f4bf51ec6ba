use super::incidents;
use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::holdings::{self, Named};
use crate::linking::{self, Laid, Scope};
use crate::print;
use link::incidents::{Cite, Reason};
use model::{ProposedBy, Record, RecordBody, RecordId};
use serde_json::json;
use std::process::ExitCode;

/// Say why a record, a link, an incident or a status is what it is
///
/// With one id: by which rule and words a record was proposed, what people decided, which incident
/// it belongs to and how well that is supported, whose words they are. With two: what ties two
/// records together, or keeps them apart.
#[derive(clap::Args)]
pub struct Args {
    /// A record, by the beginning of its id
    #[arg(value_name = "ID")]
    pub id: String,
    /// Another record
    #[arg(value_name = "OTHER")]
    pub other: Option<String>,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// Explains.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let one = find(&laid, &args.id)?;
    let reasons = match &args.other {
        Some(other) => pair(&laid, &one, &find(&laid, other)?)?,
        None => record(&laid, &one)?,
    };
    if global.json {
        let reasons = reasons.iter().map(|reason| {
            let cites = reason.cites.iter().map(
                |cite| json!({"record": cite.record, "source": cite.source, "quote": cite.quote}),
            );
            json!({"text": reason.text, "cites": cites.collect::<Vec<_>>()})
        });
        print::json(&json!({"id": one.id, "why": reasons.collect::<Vec<_>>()}))?;
    } else {
        for reason in &reasons {
            linking::say_reason(&laid.all, reason, "")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn find(laid: &Laid, prefix: &str) -> Result<Record> {
    match holdings::find(&laid.view, prefix)? {
        Named::Record(record) => Ok(*record),
        Named::Source(_) => Err(Failure::new(format!(
            "{prefix} is a source; `onrecord lineage {prefix}` says where its words come from"
        ))),
    }
}

fn plain(text: String) -> Reason {
    Reason {
        text,
        cites: Vec::new(),
    }
}

/// The words that carry a record.
fn cite(record: &Record) -> Cite {
    let quote = record.citations.first();
    Cite {
        record: record.id,
        source: record.source,
        quote: quote.map_or_else(String::new, |one| one.quote.quote.clone()),
    }
}

fn record(laid: &Laid, record: &Record) -> Result<Vec<Reason>> {
    let proposed = match &record.proposed_by {
        ProposedBy::Extractor { extractor, rule } => format!(
            "Proposed as {} by the rule {rule} of {extractor}; the words{} carry it as {}. {}",
            record.body.kind().name(),
            record
                .citations
                .first()
                .map_or_else(String::new, |one| format!(
                    " at {}",
                    crate::words::place(&one.quote)
                )),
            record.band.name(),
            model::why(rule)
        ),
        ProposedBy::Person(name) => {
            format!("Entered as {} by {name}.", record.body.kind().name())
        }
    };
    let mut reasons = vec![Reason {
        text: proposed,
        cites: vec![cite(record)],
    }];
    reasons.extend(record.history.iter().map(|change| plain(decided(change))));
    if !record.history.is_empty() {
        let standing = crate::deciding::standing(record);
        reasons.push(plain(format!("So it stands: {standing}.")));
    }
    if let (Some(source), Some(citation)) = (record.source, record.citations.first()) {
        let span = citation.quote.span;
        let origin = link::Provenance::origin(laid.all.lineages()?, &source, span);
        reasons.extend(origin.reasons.into_iter().map(plain));
    }
    if matches!(record.body, RecordBody::Allegation(_)) {
        reasons.extend(incident(laid, &record.id)?);
    }
    for thread in laid.all.threads()?.of_call(record.id) {
        let mine = thread
            .calls
            .iter()
            .find(|call| call.evidence.record == record.id);
        reasons.extend(mine.map(|call| {
            plain(format!(
                "In the thread of demands {}: {}",
                thread.id, call.why
            ))
        }));
        reasons.push(plain(thread.silence.words.clone()));
    }
    for case in &laid.all.register()?.cases {
        let is_member = case.members.iter().any(|member| member.record == record.id);
        if is_member || case.persons.contains(&record.id) {
            reasons.push(plain(format!(
                "In the case of {} ({}).",
                case.name, case.id
            )));
            let joins = case.joins.iter();
            let mine = joins.filter(|join| join.one == record.id || join.other == record.id);
            reasons.extend(
                mine.map(|join| plain(format!("{} and {}: {}", join.one, join.other, join.why))),
            );
        }
    }
    Ok(reasons)
}

/// One decision, in words.
fn decided(change: &model::Change) -> String {
    let decision = &change.decision;
    let (by, at) = (&decision.by, print::time(change.at));
    let mut words = match decision.choice {
        model::Choice::Unsure => format!("{by} was unsure on {at}"),
        choice => format!("{} by {by} on {at}", choice.done()),
    };
    if decision.blind {
        words.push_str(", without seeing what others had decided");
    }
    match decision.upon.decisions {
        0 => {}
        1 => words.push_str(", upon one earlier decision"),
        number => words.push_str(&format!(", upon {number} earlier decisions")),
    }
    if let Some(reason) = &decision.reason {
        words.push_str(&format!("; reason: {reason}"));
    }
    for stated in decision.corrected.iter().flat_map(|it| &it.stated) {
        words.push_str(&format!("; {}: {}", stated.field, stated.reason));
    }
    if !decision.note.is_empty() {
        words.push_str(&format!("; note: {}", decision.note));
    }
    words.push('.');
    words
}

fn incident(laid: &Laid, record: &RecordId) -> Result<Vec<Reason>> {
    let Some(incident) = laid.all.grouping()?.incident_of(*record) else {
        return Ok(Vec::new());
    };
    let mut reasons = vec![plain(format!(
        "In the incident {} ({}).",
        incident.id,
        incidents::heading(laid, incident)
    ))];
    reasons.extend(incident.why(*record));
    reasons.extend(laid.all.assessor()?.incident(incident).why());
    Ok(reasons)
}

fn pair(laid: &Laid, one: &Record, other: &Record) -> Result<Vec<Reason>> {
    let mut reasons = Vec::new();
    for standing in laid.all.standing() {
        let judged = standing.judgement.matter.judged();
        let both = judged.iter().any(|it| it.record == one.id)
            && judged.iter().any(|it| it.record == other.id);
        if both {
            reasons.push(plain(format!(
                "Judged {} by {} on {}: {}",
                standing.judgement.verdict.name(),
                standing.judgement.by,
                print::time(standing.at),
                standing.judgement.reason
            )));
        }
    }
    reasons.extend(persons(laid, one, other)?);
    let grouping = laid.all.grouping()?;
    if let (Some(mine), Some(its)) = (grouping.incident_of(one.id), grouping.incident_of(other.id))
    {
        if mine.id == its.id {
            reasons.push(plain(format!("Both are in the incident {}.", mine.id)));
            reasons.extend(mine.why(one.id));
            reasons.extend(mine.why(other.id));
        } else {
            reasons.push(plain(format!(
                "They are in different incidents, {} and {}.",
                mine.id, its.id
            )));
            let apart = mine.apart.iter().chain(&its.apart);
            let between = apart.filter(|it| {
                let pair = (it.member, it.other);
                pair == (one.id, other.id) || pair == (other.id, one.id)
            });
            reasons.extend(between.map(|it| it.reason.clone()));
        }
    }
    if reasons.is_empty() {
        reasons.push(Reason {
            text: "Nothing on record ties these two together.".to_owned(),
            cites: vec![cite(one), cite(other)],
        });
    }
    Ok(reasons)
}

/// The weights that speak for one person and against it, one a line.
fn persons(laid: &Laid, one: &Record, other: &Record) -> Result<Vec<Reason>> {
    let people = laid.all.people()?;
    let Some(why) = people.why(&one.id, &other.id)? else {
        return Ok(Vec::new());
    };
    let mut reasons: Vec<Reason> = [one, other]
        .iter()
        .filter_map(|record| people.row(&record.id))
        .map(|row| plain(super::link::line(&laid.all, row)))
        .collect();
    reasons.push(plain(format!(
        "Before anything is compared: {} bits (one person in {:.0} pairs).",
        print::signed(why.prior_bits),
        f64::from(-why.prior_bits).exp2()
    )));
    for step in &why.steps {
        let held = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".to_owned());
        let rare = match print::signed(step.frequency_bits).as_str() {
            "+0.0" => String::new(),
            bits => format!(", {bits} because of how frequent it is"),
        };
        reasons.push(plain(format!(
            "{}: {} (compared as {} and {}): {} bits{rare}.",
            step.comparison,
            step.agreement,
            held(&step.left),
            held(&step.right),
            print::signed(step.bits)
        )));
    }
    let rule = why.rule.as_ref().map_or_else(
        || "no rule made the pair".to_owned(),
        |rule| format!("compared because of the rule “{rule}”"),
    );
    reasons.push(plain(format!(
        "Together {} bits: {:.1} % that they are one person; {rule}.",
        print::signed(why.bits),
        100.0 * why.probability
    )));
    if let Some(impossible) = &why.impossible {
        reasons.push(plain(format!("They cannot be one person: {impossible}.")));
    }
    for (from, to, bits) in people.path(&one.id, &other.id) {
        let how = match bits.is_infinite() {
            true => "judged the same".to_owned(),
            false => format!("{} bits", print::signed(bits)),
        };
        reasons.push(plain(format!("Joined through {from} and {to} ({how}).")));
    }
    Ok(reasons)
}
