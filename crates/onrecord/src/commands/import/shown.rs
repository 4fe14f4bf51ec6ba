//! What an import says: the mapping with its reasons, what could not be understood, what was made.

use super::{Against, Plan};
use crate::cli::Global;
use crate::failure::Result;
use crate::print;
use extract::lists::{Field, Imported};
use model::SourceId;
use serde_json::{Value, json};

/// Problems that are shown one by one.
const SHOWN: usize = 20;

/// What was put on record.
pub enum Done {
    /// Nothing: a dry run.
    Nothing,
    /// Nothing: the same file was imported with the same mapping before.
    Known(SourceId),
    /// Records from a file that was on record.
    Again(SourceId),
    /// The list and its records.
    Added(SourceId),
}

/// The columns, what they are taken for, and why.
pub fn mapping(plan: &Plan) -> Result<()> {
    let rows: Vec<Vec<String>> = plan
        .columns
        .iter()
        .map(|column| {
            let dates = plan.mapping.column(&column.heading).and_then(|it| it.dates);
            let dates = dates.map_or(String::new(), |order| format!(" ({})", order.name()));
            vec![
                print::shorten(&column.heading, 28),
                format!("{}{dates}", column.field.name()),
                print::shorten(&column.samples.join(" · "), 44),
                column.reason.clone(),
            ]
        })
        .collect();
    print::table(&["Column", "Field", "Samples", "Why"], &rows)?;
    for sheet in &plan.set_aside {
        print::line_out(&print::faint(format!(
            "The sheet “{sheet}” has no column of names; it is kept as text."
        )))?;
    }
    for remark in &plan.reading.remarks {
        print::line_out(&print::alarm(remark))?;
    }
    print::line_out("")
}

/// What could not be understood, and what was made.
pub fn result(
    global: &Global,
    plan: &Plan,
    imported: &Imported,
    against: Option<&Against>,
    done: &Done,
) -> Result<()> {
    if global.json {
        return print::json(&as_json(plan, imported, against, done));
    }
    problems(imported)?;
    if global.quiet {
        return Ok(());
    }
    if let Some(against) = against {
        let found = &against.comparison;
        print::line_out(&format!(
            "Against the last version ({}): {} unchanged, {} changed, {} new, {} absent from this \
             file; what is absent stays on record.",
            against.name,
            found.unchanged.len(),
            found.changed.len(),
            found.new.len(),
            found.absent.len()
        ))?;
    }
    let made = format!(
        "{}: {} and {}",
        print::count(imported.rows, "row", "rows"),
        print::count(imported.persons, "person", "persons"),
        print::count(imported.cases, "case", "cases"),
    );
    print::line_out(&match done {
        Done::Nothing => format!("{made} would be proposed. Nothing was put on record."),
        Done::Known(id) => {
            format!("This file was imported with this mapping as {id}; nothing added.")
        }
        Done::Again(id) => format!("{made} proposed from {id}, which was on record."),
        Done::Added(id) => format!("{made} proposed, each value with its cell. Source {id}"),
    })
}

fn problems(imported: &Imported) -> Result<()> {
    let problems = &imported.problems;
    for problem in problems.iter().take(SHOWN) {
        let sheet = problem.sheet.as_ref().map(|sheet| format!("{sheet}, "));
        let heading = match problem.heading.as_str() {
            "" => String::new(),
            heading => format!(", {heading}"),
        };
        print::line_err(&format!(
            "{} {}row {}{heading}: {}",
            print::alarm("check:"),
            sheet.unwrap_or_default(),
            problem.row,
            problem.message
        ));
    }
    if let Some(more) = problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        print::line_err(&format!(
            "{more} more cells or rows could not be understood; --json lists them all"
        ));
    }
    Ok(())
}

fn as_json(plan: &Plan, imported: &Imported, against: Option<&Against>, done: &Done) -> Value {
    let columns: Vec<Value> = plan
        .columns
        .iter()
        .map(|column| {
            let mapped = plan.mapping.column(&column.heading);
            json!({
                "heading": column.heading,
                "field": mapped.map_or(Field::Other, |mapped| mapped.field),
                "dates": mapped.and_then(|mapped| mapped.dates).map(|order| order.name()),
                "why": column.reason,
                "samples": column.samples,
                "filled": column.filled,
                "ambiguous_dates": column.ambiguous,
            })
        })
        .collect();
    let problems: Vec<Value> = imported
        .problems
        .iter()
        .map(|problem| {
            json!({
                "sheet": problem.sheet, "row": problem.row, "heading": problem.heading,
                "message": problem.message,
            })
        })
        .collect();
    let against = against.map(|against| {
        let found = &against.comparison;
        json!({
            "source": against.source, "name": against.name,
            "unchanged": found.unchanged.len(), "changed": found.changed.len(),
            "new": found.new.len(), "absent": found.absent.len(),
        })
    });
    let (outcome, source) = match done {
        Done::Nothing => ("dry-run", None),
        Done::Known(id) => ("known", Some(id)),
        Done::Again(id) => ("again", Some(id)),
        Done::Added(id) => ("added", Some(id)),
    };
    json!({
        "outcome": outcome,
        "source": source,
        "list": plan.terms.list,
        "category": plan.terms.category,
        "one_to_one": plan.terms.one_to_one,
        "columns": columns,
        "set_aside": plan.set_aside,
        "rows": imported.rows,
        "persons": imported.persons,
        "cases": imported.cases,
        "problems": problems,
        "against": against,
    })
}
