use crate::cli::Global;
use crate::failure::Result;
use crate::linking::{self, Laid, Scope};
use crate::print;
use link::threads::{Pledge, Tally, Thread};
use std::process::ExitCode;

/// Follow demands over documents and years, and what became of them
///
/// Calls for the same thing to the same addressee stand in one thread: how often it was asked, by
/// whom, what was answered, and how long nothing came. With an id, everything about one.
#[derive(clap::Args)]
pub struct Args {
    /// One thread, by the beginning of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Only demands to someone whose name holds these words
    #[arg(long, value_name = "WORDS")]
    pub addressee: Option<String>,
    /// Only demands that were made at least so often
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub times: usize,
    /// What was promised, instead of what was asked
    #[arg(long)]
    pub pledges: bool,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// Lists threads, or shows one.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let threads = laid.all.threads()?;
    if let Some(prefix) = &args.id {
        let ids = threads
            .demands
            .iter()
            .map(|thread| (thread.id.clone(), thread));
        let thread = linking::one_by_id(ids, prefix, "thread")?;
        match global.json {
            true => print::json(thread)?,
            false => show(&laid, thread)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    if args.pledges {
        return pledges(global, &laid);
    }
    let wanted = args.addressee.as_deref().map(str::to_lowercase);
    let mut shown = 0;
    for thread in &threads.demands {
        let addressee = thread
            .addressee
            .as_ref()
            .map(|party| party.name.to_lowercase());
        let fits = wanted
            .as_ref()
            .is_none_or(|words| addressee.is_some_and(|name| name.contains(words.as_str())));
        if !fits || thread.count.times < args.times {
            continue;
        }
        shown += 1;
        match global.json {
            true => print::json(thread)?,
            false => line(thread)?,
        }
    }
    for conflict in &threads.conflicts {
        print::line_err(conflict);
    }
    if !global.json {
        let mut words = print::count(shown, "demand", "demands");
        if !threads.unmatched.is_empty() {
            words.push_str(&format!(
                "; {} to no demand on record",
                print::count(threads.unmatched.len(), "answer", "answers")
            ));
        }
        print::line_out(&words)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(thread: &Thread) -> Result<()> {
    let addressee = thread.addressee.as_ref();
    let addressee = addressee.map_or("(nobody named)", |party| party.name.as_str());
    print::line_out(&format!(
        "{}: {}  {}",
        print::strong(addressee),
        print::shorten(&thread.demand, 90),
        print::faint(&thread.id)
    ))?;
    print::line_out(&format!("  {}", thread.silence.words))
}

fn show(laid: &Laid, thread: &Thread) -> Result<()> {
    line(thread)?;
    let tallies = |title: &str, tallies: &[Tally]| -> Result<()> {
        print::line_out(&print::strong(format!("\n{title}")))?;
        let rows: Vec<_> = tallies
            .iter()
            .map(|tally| {
                vec![
                    tally.of.clone(),
                    tally.times.to_string(),
                    tally.documents.to_string(),
                    tally.origins.to_string(),
                ]
            })
            .collect();
        print::table(&["", "times", "documents", "origins at most"], &rows)
    };
    tallies("By year", &thread.by_year)?;
    tallies("By caller", &thread.by_caller)?;
    print::line_out(&print::strong("\nCalls"))?;
    for call in &thread.calls {
        linking::say_evidence(&laid.all, &call.evidence, "  ")?;
        print::line_out(&format!("    {}", call.why))?;
    }
    if !thread.answers.is_empty() {
        print::line_out(&print::strong("\nAnswers"))?;
    }
    for answer in &thread.answers {
        print::line_out(&format!(
            "  {}: {} ({}). {}",
            answer.by.name,
            answer.answer,
            answer.certainty.name(),
            answer.reasons.join(" ")
        ))?;
        linking::say_evidence(&laid.all, &answer.evidence, "    ")?;
    }
    Ok(())
}

fn pledges(global: &Global, laid: &Laid) -> Result<ExitCode> {
    let pledges = &laid.all.threads()?.pledges;
    for pledge in pledges {
        match global.json {
            true => print::json(pledge)?,
            false => say_pledge(laid, pledge)?,
        }
    }
    if !global.json {
        print::line_out(&print::count(pledges.len(), "undertaking", "undertakings"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn say_pledge(laid: &Laid, pledge: &Pledge) -> Result<()> {
    let by = pledge
        .by
        .as_ref()
        .map_or("(nobody named)", |party| party.name.as_str());
    print::line_out(&format!(
        "{}: {}",
        print::strong(by),
        print::shorten(&pledge.undertaking, 90)
    ))?;
    print::line_out(&format!("  {}", pledge.words))?;
    for making in &pledge.made {
        linking::say_evidence(&laid.all, &making.evidence, "  ")?;
    }
    Ok(())
}
