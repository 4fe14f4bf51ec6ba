use crate::cli::Global;
use crate::failure::Result;
use crate::linking::{self, Laid, Scope};
use crate::print;
use link::cases::{CaseFile, Known, Request};
use std::process::ExitCode;

/// Follow persons to be found, freed or reunited
///
/// Cases come from lists, from documents and from allegations that name a victim. Each has its
/// status and whereabouts as dated histories, the requests that were made and what came back, and
/// how long there has been no news. With an id, everything about one.
#[derive(clap::Args)]
pub struct Args {
    /// One case, by the beginning of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Only cases of this category, such as abductee
    #[arg(long, value_name = "CODE")]
    pub category: Option<String>,
    /// Also those whom only allegations name and nobody has opened a case for
    #[arg(long)]
    pub proposed: bool,
    /// Pairs of records that may be one person: for you to judge
    #[arg(long)]
    pub undecided: bool,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// Lists cases, or shows one.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let register = laid.all.register()?;
    if let Some(prefix) = &args.id {
        let ids = register.cases.iter().map(|case| (case.id.clone(), case));
        let case = linking::one_by_id(ids, prefix, "case")?;
        if global.json {
            print::json(case)?;
        } else {
            show(&laid, case)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if args.undecided {
        for pair in &register.undecided {
            match global.json {
                true => print::json(pair)?,
                false => {
                    print::line_out(&format!("{} and {}: {}", pair.one, pair.other, pair.why))?
                }
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut shown = 0;
    for case in &register.cases {
        let of_category = args.category.as_deref().is_none_or(|wanted| {
            case.categories
                .iter()
                .any(|(code, _)| code.as_str() == wanted)
        });
        if !of_category || (case.is_proposed && !args.proposed) {
            continue;
        }
        shown += 1;
        match global.json {
            true => print::json(case)?,
            false => line(&laid, case)?,
        }
    }
    for conflict in &register.conflicts {
        print::line_err(conflict);
    }
    if !global.json {
        let proposed = register
            .cases
            .iter()
            .filter(|case| case.is_proposed)
            .count();
        let mut words = print::count(shown, "case", "cases");
        if !args.proposed && proposed > 0 {
            words.push_str(&format!(
                "; {proposed} more whom allegations name (--proposed shows them)"
            ));
        }
        if !register.undecided.is_empty() {
            words.push_str(&format!(
                "; {} to judge (--undecided)",
                print::count(register.undecided.len(), "pair", "pairs")
            ));
        }
        print::line_out(&words)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn categories(laid: &Laid, case: &CaseFile) -> String {
    let labels = laid.all.vocabularies();
    let codes = case.categories.iter();
    let words: Vec<_> = codes
        .map(|(code, _)| {
            labels
                .label("case-category", code.as_str(), "en")
                .to_lowercase()
        })
        .collect();
    words.join(", ")
}

fn line(laid: &Laid, case: &CaseFile) -> Result<()> {
    let category = categories(laid, case);
    print::line_out(&format!(
        "{}  {category}  {}",
        print::strong(&case.name),
        print::faint(&case.id)
    ))?;
    print::line_out(&format!("  {}", case.counters.words))
}

fn show(laid: &Laid, case: &CaseFile) -> Result<()> {
    line(laid, case)?;
    if case.names.len() > 1 {
        print::line_out(&format!("  Also written: {}", case.names[1..].join(", ")))?;
    }
    let part = |title: &str| print::line_out(&print::strong(format!("\n{title}")));
    let histories = [
        ("Status", &case.statuses),
        ("Whereabouts", &case.whereabouts),
    ];
    for (title, history) in histories {
        if !history.is_empty() {
            part(title)?;
        }
        for known in history {
            say_known(laid, known)?;
        }
    }
    if !case.contradictions.is_empty() {
        part("Contradictions")?;
    }
    for contradiction in &case.contradictions {
        print::line_out(&format!("  {}", contradiction.words))?;
    }
    if !case.requests.is_empty() {
        part("Requests")?;
    }
    for request in &case.requests {
        say_request(laid, request)?;
    }
    for group in laid.all.register()?.group_of(case) {
        part(&format!(
            "Requests for all such cases ({})",
            print::count(group.requests.len(), "request", "requests")
        ))?;
        for request in group.requests.iter().rev().take(5) {
            say_request(laid, request)?;
        }
    }
    if !case.next_of_kin.is_empty() {
        part("Relatives")?;
    }
    for kin in &case.next_of_kin {
        let relation = kin.relation.as_deref().unwrap_or("relation not stated");
        print::line_out(&format!("  {} ({relation})", kin.name))?;
    }
    for (authority, _) in &case.authorities {
        print::line_out(&format!("  Authority seized of it: {authority}"))?;
    }
    part("Records")?;
    for member in &case.members {
        linking::say_evidence(&laid.all, member, "  ")?;
    }
    for join in &case.joins {
        print::line_out(&format!("  {} and {}: {}", join.one, join.other, join.why))?;
    }
    Ok(())
}

fn say_known(laid: &Laid, known: &Known) -> Result<()> {
    let since = known.since.as_ref();
    let since = since.map_or_else(
        || "undated".to_owned(),
        |dated| format!("{} ({})", dated.date, dated.basis),
    );
    print::line_out(&format!("  {since}: {}; {}", known.value, known.told))?;
    linking::say_evidence(&laid.all, &known.evidence, "    ")
}

fn say_request(laid: &Laid, request: &Request) -> Result<()> {
    let caller = request.caller.as_deref().unwrap_or("Somebody");
    print::line_out(&format!(
        "  {caller} to {}: {}",
        request.addressees.join(", "),
        request.why
    ))?;
    linking::say_evidence(&laid.all, &request.evidence, "    ")?;
    for reply in &request.replies {
        print::line_out(&format!(
            "    {} answered: {} ({})",
            reply.by,
            reply.answer,
            reply.certainty.name()
        ))?;
        linking::say_evidence(&laid.all, &reply.evidence, "      ")?;
    }
    Ok(())
}
