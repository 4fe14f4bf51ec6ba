//! The values of one row: names, dates, words for a sex, the category; and what of it could not be
//! understood.
//!
//! Invariant: a value comes with the cell that it was read from.

use super::cells::{Cell, Cells, sheet};
use super::data::LISTS;
use super::dates::{self, Read};
use super::mapping::DateOrder;
use super::rows::{Plan, Problem};
use super::{Field, names};
use model::{Code, Name, ResolvedDate, TableRow, Vocabularies};
use std::collections::BTreeMap;

/// Reads one row.
pub(super) struct RowReader<'p, 'r> {
    pub plan: &'p Plan<'p>,
    pub row: &'p TableRow,
    pub cells: &'p Cells<'r>,
    pub by_field: BTreeMap<Field, Vec<Cell<'r>>>,
    pub problems: Vec<Problem>,
}

/// A value with the cell that it was read from.
pub(super) type From<'r, T> = (T, Cell<'r>);

impl<'p, 'r> RowReader<'p, 'r> {
    pub(super) fn new(plan: &'p Plan<'p>, cells: &'p Cells<'r>, row: &'r TableRow) -> Self
    where
        'r: 'p,
    {
        let mut by_field: BTreeMap<Field, Vec<Cell<'r>>> = BTreeMap::new();
        for cell in cells.of(row) {
            let (field, _) = plan
                .columns
                .get(cell.column)
                .copied()
                .unwrap_or((Field::Other, None));
            if field == Field::Other || !LISTS.is_blank(cell.text) {
                by_field.entry(field).or_default().push(cell);
            }
        }
        Self {
            plan,
            row,
            cells,
            by_field,
            problems: Vec::new(),
        }
    }

    /// The names of the row, the list's own first, each with its cells.
    pub(super) fn names(&self) -> Vec<(Name, Vec<Cell<'r>>)> {
        let single = |cell: &Cell<'r>| {
            let names = names::one(cell);
            names
                .into_iter()
                .map(|(name, cell)| (name, vec![cell]))
                .collect::<Vec<_>>()
        };
        let mut found = Vec::new();
        found.extend(self.all(Field::Name).iter().flat_map(single));
        match (self.first(Field::Surname), self.first(Field::GivenName)) {
            (Some(surname), Some(given)) => {
                found.push((
                    names::joined(surname.text, given.text),
                    vec![surname, given],
                ));
            }
            (one, other) => found.extend(one.or(other).iter().flat_map(single)),
        }
        for field in [Field::NameHangul, Field::NameHanja] {
            found.extend(self.all(field).iter().flat_map(single));
        }
        let aliases = self.all(Field::Alias).iter();
        let aliases = aliases.flat_map(names::several);
        if !found.is_empty() {
            found.extend(aliases.map(|(name, cell)| (name, vec![cell])));
        }
        let mut seen: Vec<String> = Vec::new();
        found.retain(|(name, _)| {
            let new = !seen.contains(&name.form);
            seen.push(name.form.clone());
            new
        });
        found
    }

    pub(super) fn sex(&mut self) -> Option<From<'r, String>> {
        let cell = self.first(Field::Sex)?;
        let found = LISTS.sex.get(&cell.text.trim().to_lowercase());
        if found.is_none() {
            self.problem(
                Some(&cell),
                "not a word for a sex that is known; kept as text",
            );
        }
        Some((found?.clone(), cell))
    }

    /// The category of the row's case, with the cell that carries it.
    pub(super) fn category(&mut self) -> Option<From<'r, Option<Code>>> {
        let name = self.names().first()?.1.first().copied()?;
        let cell = self.first(Field::Category);
        let said = cell
            .as_ref()
            .and_then(|cell| category(self.plan.vocabularies, cell.text));
        match (said, &self.plan.terms.category, cell) {
            (Some(code), _, Some(cell)) => Some((Some(code), cell)),
            (_, Some(code), cell) => Some((Some(code.clone()), cell.unwrap_or(name))),
            (None, None, Some(cell)) => {
                self.problem(
                    Some(&cell),
                    "not a category of cases that is known; the row gives a person and no case \
                     (--category names one for all rows)",
                );
                None
            }
            _ => None,
        }
    }

    pub(super) fn first(&self, field: Field) -> Option<Cell<'r>> {
        self.all(field).first().copied()
    }

    pub(super) fn all(&self, field: Field) -> &[Cell<'r>] {
        self.by_field.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The date of a field; what is no date is reported.
    pub(super) fn date(&mut self, field: Field) -> Option<From<'r, ResolvedDate>> {
        let cell = self.first(field)?;
        let order = self
            .plan
            .columns
            .get(cell.column)
            .and_then(|column| column.1);
        match dates::read(cell.text, order) {
            Read::Date(date) => Some((date, cell)),
            Read::Ambiguous => {
                self.problem(
                    Some(&cell),
                    "day and month can be read both ways; the year alone is taken \
                     (--dates says which comes first)",
                );
                match dates::read(cell.text, Some(DateOrder::YearOnly)) {
                    Read::Date(date) => Some((date, cell)),
                    _ => None,
                }
            }
            Read::Nothing => {
                self.problem(Some(&cell), "not a date that can be read; kept as text");
                None
            }
        }
    }

    /// The date of a field that is reported elsewhere.
    pub(super) fn quiet_date(&self, field: Field) -> Option<From<'r, ResolvedDate>> {
        let cell = self.first(field)?;
        let order = self
            .plan
            .columns
            .get(cell.column)
            .and_then(|column| column.1);
        match dates::read(cell.text, order.or(Some(DateOrder::YearOnly))) {
            Read::Date(date) => Some((date, cell)),
            _ => None,
        }
    }

    pub(super) fn problem(&mut self, cell: Option<&Cell<'r>>, message: &str) {
        let heading = cell.map_or("", |cell| self.plan.heading(cell.column));
        let same = |problem: &Problem| problem.heading == heading;
        if self.problems.iter().any(same) {
            return;
        }
        let shown = cell.map(|cell| {
            let shown: String = cell.text.chars().take(40).collect();
            format!("“{shown}”: {message}")
        });
        let sheet = sheet(self.plan.table);
        self.problems.push(Problem {
            row: self.row.number,
            sheet: (!sheet.is_empty()).then(|| sheet.to_owned()),
            heading: heading.to_owned(),
            message: shown.unwrap_or_else(|| message.to_owned()),
        });
    }
}

/// The category of cases that a cell names, by code or by label in any language.
fn category(vocabularies: &Vocabularies, text: &str) -> Option<Code> {
    let wanted = text.trim().to_lowercase();
    let list = vocabularies.list("case-category")?;
    let term = list.terms.iter().find(|term| {
        term.code.as_str() == wanted
            || term
                .labels
                .values()
                .any(|label| label.to_lowercase() == wanted)
    })?;
    Some(term.code.clone())
}
