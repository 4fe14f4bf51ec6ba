use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::linking::{self, Laid, Scope};
use crate::print;
use clap::ValueEnum;
use link::patterns::{Assessment, Cell, Dimension, Elements, Filter, Matrix, Measures, Table};
use std::path::PathBuf;
use std::process::ExitCode;

/// Count victims, acts and events, and look for what is systematic or widespread
///
/// Victims, acts and events are counted apart and nobody twice, as far as records tell; where they
/// do not tell, a count is a range and says why. Measures have their definitions beside them; none
/// is a legal conclusion.
#[derive(clap::Args)]
pub struct Args {
    /// Count by
    #[arg(long, value_enum, default_value_t = By::Type)]
    pub by: By,
    /// Measures for systematic and widespread
    #[arg(long, conflicts_with = "matrix")]
    pub measures: bool,
    /// The elements of crimes against humanity (Rome Statute, article 7), and what is missing
    #[arg(long)]
    pub matrix: bool,
    /// Only what a state is concerned by, by its ISO code, such as KP
    #[arg(long, value_name = "CODE")]
    pub state: Option<String>,
    /// Only this type of violation and those below it; may be given several times
    #[arg(long = "type", value_name = "CODE")]
    pub types: Vec<String>,
    /// Only what may have happened in this year or later
    #[arg(long, value_name = "YEAR")]
    pub since: Option<u16>,
    /// Only what may have happened in this year or earlier
    #[arg(long, value_name = "YEAR")]
    pub until: Option<u16>,
    /// The table as comma-separated values
    #[arg(long, conflicts_with_all = ["measures", "matrix"])]
    pub csv: bool,
    /// Measures or elements of your own instead of the shipped ones
    #[arg(long, value_name = "FILE")]
    pub definitions: Option<PathBuf>,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// By what is counted.
#[derive(Clone, Copy, ValueEnum)]
pub enum By {
    /// Type of violation
    Type,
    /// Family of types
    Family,
    /// Place
    Place,
    /// State
    State,
    /// Year
    Year,
    /// Alleged perpetrator
    Perpetrator,
    /// Group of victims
    VictimGroup,
}

impl By {
    fn dimension(self) -> Dimension {
        match self {
            Self::Type => Dimension::Type,
            Self::Family => Dimension::Family,
            Self::Place => Dimension::Place,
            Self::State => Dimension::State,
            Self::Year => Dimension::Year,
            Self::Perpetrator => Dimension::Perpetrator,
            Self::VictimGroup => Dimension::VictimGroup,
        }
    }
}

/// Counts.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let laid = linking::lay_out(global, &args.scope)?;
    let filter = Filter {
        state: args
            .state
            .as_ref()
            .map(|code| format!("state:{}", code.to_uppercase())),
        types: args.types.clone(),
        since: args.since,
        until: args.until,
    };
    let definitions = args.definitions.as_ref().map(|path| {
        std::fs::read_to_string(path)
            .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))
    });
    let definitions = definitions.transpose()?;
    if args.matrix {
        let vocabularies = laid.all.vocabularies();
        let elements = match &definitions {
            Some(text) => Elements::parse(text, vocabularies)?,
            None => Elements::shipped(vocabularies),
        };
        let matrix = laid
            .all
            .counting(|counting| counting.matrix(&elements, &filter))?;
        match global.json {
            true => print::json(&matrix)?,
            false => say_matrix(&laid, &matrix)?,
        }
    } else if args.measures {
        let measures = match &definitions {
            Some(text) => Measures::parse(text)?,
            None => Measures::shipped(),
        };
        let assessment = laid
            .all
            .counting(|counting| counting.measure(&measures, &filter))?;
        match global.json {
            true => print::json(&assessment)?,
            false => say_measures(&laid, &assessment)?,
        }
    } else {
        let by = args.by.dimension();
        let table = laid.all.counting(|counting| counting.table(by, &filter))?;
        if args.csv {
            csv(&table)?;
        } else if global.json {
            print::json(&table)?;
        } else {
            say_table(&table)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

const HEADINGS: [&str; 7] = [
    "",
    "events",
    "acts",
    "victims",
    "claims",
    "documents",
    "origins at most",
];

fn cells(label: &str, counts: &link::patterns::Counts) -> Vec<String> {
    vec![
        label.to_owned(),
        counts.events.to_string(),
        counts.acts.to_string(),
        counts.victims.to_string(),
        counts.claims.to_string(),
        counts.documents.to_string(),
        counts.origins.to_string(),
    ]
}

fn say_table(table: &Table) -> Result<()> {
    print::line_out(&print::strong(&table.title))?;
    let rows = table.rows.iter();
    let mut rows: Vec<_> = rows.map(|row| cells(&row.label, &row.counts)).collect();
    rows.push(cells("all", &table.total));
    print::table(&HEADINGS, &rows)?;
    for reason in &table.total.reasons {
        print::line_out(&print::faint(reason))?;
    }
    for note in [&table.unit, &table.denominator]
        .into_iter()
        .chain(&table.notes)
    {
        print::line_out(&print::faint(note))?;
    }
    Ok(())
}

fn csv(table: &Table) -> Result<()> {
    print::line_out(
        "key,label,events_least,events_most,acts_least,acts_most,victims_least,victims_most,\
         claims,reports,documents,origins_at_most",
    )?;
    let total = ("all".to_owned(), "all".to_owned(), &table.total);
    let rows = table
        .rows
        .iter()
        .map(|row| (row.key.clone(), row.label.clone(), &row.counts));
    for (key, label, counts) in rows.chain([total]) {
        let numbers = [
            counts.events.least,
            counts.events.most,
            counts.acts.least,
            counts.acts.most,
            counts.victims.least,
            counts.victims.most,
            counts.claims as u64,
            counts.reports as u64,
            counts.documents as u64,
            counts.origins as u64,
        ];
        let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
        print::line_out(&format!(
            "{},{},{}",
            quoted(&key),
            quoted(&label),
            numbers.join(",")
        ))?;
    }
    Ok(())
}

/// A cell that a spreadsheet takes as text: quoted where it must be, and never as a formula.
fn quoted(cell: &str) -> String {
    let safe = match cell.starts_with(['=', '+', '-', '@']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    match safe.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", safe.replace('"', "\"\"")),
        false => safe,
    }
}

fn say_measures(laid: &Laid, assessment: &Assessment) -> Result<()> {
    for line in [&assessment.widespread, &assessment.systematic] {
        print::line_out(&print::strong(line))?;
    }
    for result in &assessment.results {
        print::line_out(&format!("\n{}: {}", result.title, result.value))?;
        print::line_out(&format!("  {}", result.why))?;
        for evidence in result.evidence.iter().take(3) {
            linking::say_evidence(&laid.all, evidence, "  ")?;
        }
    }
    Ok(())
}

fn say_matrix(laid: &Laid, matrix: &Matrix) -> Result<()> {
    print::line_out(&matrix.note)?;
    for cell in &matrix.cells {
        say_cell(laid, cell)?;
    }
    Ok(())
}

fn say_cell(laid: &Laid, cell: &Cell) -> Result<()> {
    print::line_out(&print::strong(format!("\n{}", cell.label)))?;
    print::line_out(&format!(
        "  {} say so ({} at most), {} bear on it, {} against. {}",
        cell.direct,
        print::count(cell.origins, "origin", "origins"),
        cell.related,
        cell.against,
        cell.proof
    ))?;
    print::line_out(&format!("  {}", cell.gap))?;
    let shown = cell
        .supporting
        .iter()
        .take(3)
        .chain(cell.contradicting.iter().take(2));
    for evidence in shown {
        linking::say_evidence(&laid.all, evidence, "  ")?;
    }
    Ok(())
}
