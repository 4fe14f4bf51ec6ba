//! Rows to persons and cases.
//!
//! Invariant: a row gives at most one person and one case; every value cites its cell. A row
//! without a name gives none, and is reported.

use super::Field;
use super::cells::Cells;
use super::guess::mapped;
use super::mapping::{DateOrder, Mapping, MappingError};
use super::row::RowReader;
use model::{Code, Proposal, Reading, ResolvedDate, Table, Vocabularies};

/// Rows of a table in one run of proposals: few enough that one record is fetched quickly.
const ROWS_A_RUN: usize = 2000;

/// What is said of a whole list.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Its name: the same for every version of it.
    pub list: String,
    /// What every row is a case of: term of the vocabulary `case-category`.
    pub category: Option<Code>,
    /// Whether the list claims to name nobody twice.
    pub one_to_one: bool,
}

/// A cell or row that could not be understood. What stands there is kept as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Row, from 1; 0 for the list as a whole.
    pub row: u32,
    /// Sheet, where there are several.
    pub sheet: Option<String>,
    /// Heading of the column; empty for the row as a whole.
    pub heading: String,
    /// What is wrong, what it means, what to do.
    pub message: String,
}

/// What a list gave.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Proposals, in the order of the rows, cut into runs that go on record one by one.
    pub runs: Vec<Vec<Proposal>>,
    /// Filled rows of the tables that are mapped.
    pub rows: usize,
    /// Persons among the proposals.
    pub persons: usize,
    /// Cases among them.
    pub cases: usize,
    /// What could not be understood.
    pub problems: Vec<Problem>,
}

/// Turns the rows of a reading's tables into proposals.
///
/// # Errors
/// When the mapping cannot be used with this reading.
pub fn propose(
    reading: &Reading,
    mapping: &Mapping,
    terms: &Terms,
    vocabularies: &Vocabularies,
) -> Result<Imported, MappingError> {
    mapping.check()?;
    let tables: Vec<&Table> = mapped(reading, mapping).collect();
    check_headings(&tables, mapping)?;
    let cells = Cells::new(reading);
    let mut imported = Imported::default();
    for table in tables {
        let plan = Plan::new(table, mapping, terms, vocabularies);
        for row in &table.rows {
            if imported.rows.is_multiple_of(ROWS_A_RUN) {
                imported.runs.push(Vec::new());
            }
            imported.rows += 1;
            let mut reader = RowReader::new(&plan, &cells, row);
            let proposals = reader.read();
            imported.persons += usize::from(!proposals.is_empty());
            imported.cases += proposals.len().saturating_sub(1);
            imported.problems.append(&mut reader.problems);
            if let Some(run) = imported.runs.last_mut() {
                run.extend(proposals);
            }
        }
    }
    Ok(imported)
}

fn check_headings(tables: &[&Table], mapping: &Mapping) -> Result<(), MappingError> {
    let headings: Vec<&String> = tables.iter().flat_map(|table| &table.columns).collect();
    let missing = |column: &&super::Column| !headings.contains(&&column.heading);
    match mapping.columns.iter().find(missing) {
        None => Ok(()),
        Some(column) => {
            let known = headings.iter().take(40).map(|heading| heading.as_str());
            let known = known.collect::<Vec<_>>().join(", ");
            Err(MappingError::NoColumn(column.heading.clone(), known))
        }
    }
}

/// What is the same for all rows of a table.
pub(super) struct Plan<'a> {
    pub table: &'a Table,
    /// Field and order of dates, by column.
    pub columns: Vec<(Field, Option<DateOrder>)>,
    pub as_of: Option<ResolvedDate>,
    pub terms: &'a Terms,
    pub vocabularies: &'a Vocabularies,
}

impl<'a> Plan<'a> {
    fn new(
        table: &'a Table,
        mapping: &Mapping,
        terms: &'a Terms,
        vocabularies: &'a Vocabularies,
    ) -> Self {
        let column = |heading: &String| {
            let column = mapping.column(heading);
            column.map_or((Field::Other, None), |column| (column.field, column.dates))
        };
        Self {
            table,
            columns: table.columns.iter().map(column).collect(),
            as_of: mapping.as_of.map(|date| ResolvedDate {
                date,
                basis: "stated for the whole list".to_owned(),
            }),
            terms,
            vocabularies,
        }
    }

    /// The heading of a column; empty for one that is not there.
    pub fn heading(&self, column: usize) -> &str {
        self.table.columns.get(column).map_or("", String::as_str)
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
