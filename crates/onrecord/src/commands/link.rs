use crate::cli::Global;
use crate::failure::Result;
use crate::linking::{self, Scope};
use crate::session::threads;
use crate::{print, progress};
use assemble::{Assembled, People, record_id};
use link::people::{Blocking, Options};
use link::persons::PersonRow;
use model::{RecordBody, RecordId};
use serde_json::json;
use std::process::ExitCode;

/// Link the same person in several lists
///
/// Names are compared across scripts and romanisations, dates as far as they are known, and what
/// agreement is worth is learnt from the lists themselves (Fellegi and Sunter). Nothing between
/// the two cuts is ever joined without a person: those pairs are questions for `onrecord judge`.
/// `onrecord why ID OTHER` shows the weights of any pair.
#[derive(clap::Args)]
pub struct Args {
    /// What to link
    #[command(subcommand)]
    pub what: What,
}

/// What can be linked.
#[derive(clap::Subcommand)]
pub enum What {
    /// The persons of all lists
    People(PeopleArgs),
}

/// How persons are linked, and what is shown of it.
#[derive(clap::Args)]
pub struct PeopleArgs {
    /// Show the pairs to judge, those that would tell most first
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    pub questions: Option<usize>,
    /// Show every person with the rows that were joined
    #[arg(long)]
    pub persons: bool,
    /// Show what the weights rest on
    #[arg(long)]
    pub training: bool,
    /// Weight from which a pair is joined without asking, in bits
    #[arg(long, value_name = "BITS", default_value_t = 3.0)]
    pub join: f32,
    /// Weight from which a pair is put before a person, in bits
    #[arg(long, value_name = "BITS", default_value_t = -3.0, allow_negative_numbers = true)]
    pub review: f32,
    /// Pairs a record that may be compared
    #[arg(long, value_name = "N", default_value_t = 50.0)]
    pub pairs: f64,
    /// Seed of random draws: the same seed gives the same result
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

impl PeopleArgs {
    fn options(&self) -> Options {
        Options {
            threads: threads(),
            seed: self.seed,
            blocking: Blocking::Chosen {
                pairs_per_record: self.pairs,
            },
            join_bits: self.join,
            review_bits: self.review.min(self.join),
            keep_bits: self.review.min(self.join),
            ..Options::default()
        }
    }
}

/// Links.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    match &args.what {
        What::People(args) => people(global, args),
    }
}

fn people(global: &Global, args: &PeopleArgs) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let bar = progress::counter(global, "Linking", "steps");
    let people = laid.all.people_with(args.options(), &mut |progress| {
        bar.set(progress.done, progress.total);
    });
    bar.clear();
    let people = people?;
    if global.json {
        return as_json(people);
    }
    if args.persons {
        persons(&laid.all, people)?;
    }
    if let Some(most) = args.questions {
        questions(&laid.all, people, most)?;
    }
    if args.training {
        training(people)?;
    }
    for conflict in &people.linkage.conflicts {
        print::line_err(&format!(
            "{} and {}: {}",
            record_id(conflict.a),
            record_id(conflict.b),
            conflict.sentence
        ));
    }
    summary(people)?;
    Ok(ExitCode::SUCCESS)
}

fn summary(people: &People) -> Result<()> {
    let lists: std::collections::BTreeSet<&str> =
        people.rows.iter().map(|row| row.list.as_str()).collect();
    let persons = people.persons().len();
    print::line_out(&format!(
        "{} of {}: {}, {} of them of several rows; {} to judge (--questions)",
        print::count(people.rows.len(), "row", "rows"),
        print::count(lists.len(), "list", "lists"),
        print::count(persons, "person", "persons"),
        people.linkage.persons.len(),
        print::count(people.linkage.questions.len(), "pair", "pairs"),
    ))?;
    if let Some(loss) = people.blocking_loss {
        print::line_out(&print::faint(format!(
            "About {:.1} % of true pairs are lost because no rule compares them (estimated)",
            100.0 * loss
        )))?;
    }
    if let Some(why) = &people.not_learnt {
        print::line_out(&print::faint(format!(
            "Nothing was joined by machine: {why}"
        )))?;
    }
    for warning in people
        .training
        .iter()
        .flat_map(|training| &training.warnings)
    {
        print::line_out(&print::faint(warning))?;
    }
    Ok(())
}

/// Where it happened, in the words of the list.
fn place(all: &Assembled, row: &PersonRow) -> Option<String> {
    match &all.record(&row.record)?.body {
        RecordBody::Person(person) => {
            let mut places = person
                .events
                .iter()
                .filter_map(|event| event.value.place.as_ref());
            places.next().map(|place| place.name.clone())
        }
        _ => None,
    }
}

/// A row, in a line.
pub fn line(all: &Assembled, row: &PersonRow) -> String {
    let mut parts: Vec<String> = row
        .names
        .iter()
        .take(3)
        .map(|name| name.form.clone())
        .collect();
    parts.extend(row.born.map(|born| format!("born {born}")));
    parts.extend(row.event_date.map(|date| format!("event {date}")));
    parts.extend(place(all, row));
    let list = match row.list.as_str() {
        "" => "in a document".to_owned(),
        list => format!("{list}, row {}", row.row),
    };
    format!(
        "{}  {}",
        parts.join(" · "),
        print::faint(format!("{list}  {}", row.record))
    )
}

fn persons(all: &Assembled, people: &People) -> Result<()> {
    for person in people.persons().iter().filter(|person| person.len() > 1) {
        for (at, row) in person.iter().enumerate() {
            let lead = if at == 0 { "" } else { "  = " };
            print::line_out(&format!("{lead}{}", line(all, row)))?;
        }
    }
    Ok(())
}

fn questions(all: &Assembled, people: &People, most: usize) -> Result<()> {
    for question in people.linkage.questions.iter().take(most) {
        let (one, other) = (record_id(question.a), record_id(question.b));
        print::line_out(&format!(
            "{:.0} % that these are one person ({} bits)",
            100.0 * question.probability,
            print::signed(question.bits)
        ))?;
        for record in [one, other] {
            if let Some(row) = people.row(&record) {
                print::line_out(&format!("  {}", line(all, row)))?;
            }
        }
        for reason in steps(people, &one, &other)? {
            print::line_out(&format!("    {reason}"))?;
        }
    }
    let left = people.linkage.questions.len().saturating_sub(most);
    if left > 0 {
        print::line_out(&print::faint(format!("{left} more")))?;
    }
    Ok(())
}

fn steps(people: &People, one: &RecordId, other: &RecordId) -> Result<Vec<String>> {
    let Some(why) = people.why(one, other)? else {
        return Ok(Vec::new());
    };
    let told = why.steps.iter().filter(|step| step.bits != 0.0);
    Ok(told
        .map(|step| {
            format!(
                "{:+5.1}  {}: {}",
                step.bits, step.comparison, step.agreement
            )
        })
        .collect())
}

fn training(people: &People) -> Result<()> {
    let Some(training) = &people.training else {
        return print::line_out("There was nothing to learn from.");
    };
    print::line_out(&format!(
        "Chance agreement from {} random pairs, standard error at most {:.2} bits",
        training.chance_pairs, training.chance_error_bits
    ))?;
    let blocks = training.blocks.iter();
    let rows: Vec<_> = blocks
        .map(|block| {
            vec![
                block.rule.clone(),
                block.pairs.to_string(),
                format!("{:.3}", block.matches),
                format!(
                    "{}{}",
                    block.iterations,
                    if block.settled { "" } else { " (not settled)" }
                ),
            ]
        })
        .collect();
    print::table(&["learnt in", "pairs", "matches", "rounds"], &rows)?;
    let rules = people.rules.iter();
    let rows: Vec<_> = rules
        .map(|rule| {
            let recall = rule
                .expected_recall
                .map_or_else(String::new, |recall| format!("{:.1} %", 100.0 * recall));
            vec![
                rule.rule.clone(),
                rule.pairs.to_string(),
                rule.kept.to_string(),
                recall,
            ]
        })
        .collect();
    print::table(
        &[
            "compared by",
            "pairs",
            "kept",
            "true pairs so far (estimated)",
        ],
        &rows,
    )
}

fn as_json(people: &People) -> Result<ExitCode> {
    for person in people.persons() {
        let rows: Vec<_> = person.iter().map(|row| row.record).collect();
        let lists: Vec<_> = person.iter().map(|row| row.list.clone()).collect();
        print::json(&json!({"person": rows.first(), "rows": rows, "lists": lists}))?;
    }
    for question in &people.linkage.questions {
        print::json(&json!({
            "question": [record_id(question.a), record_id(question.b)],
            "bits": question.bits, "probability": question.probability,
            "information": question.information,
        }))?;
    }
    for apart in &people.linkage.apart {
        print::json(&json!({
            "apart": [record_id(apart.a), record_id(apart.b)],
            "bits": apart.bits, "reason": apart.reason,
        }))?;
    }
    print::json(&json!({
        "training": people.training, "rules": people.rules,
        "blocking_loss": people.blocking_loss,
    }))?;
    Ok(ExitCode::SUCCESS)
}
