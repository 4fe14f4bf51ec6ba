//! Rows to persons and cases.
//!
//! Invariant: a row gives at most one person and one case; every value cites its cell. A row
//! without a name gives none, and is reported.

use super::cells::{Cell, Cells, sheet};
use super::data::LISTS;
use super::dates::{self, Read};
use super::guess::mapped;
use super::mapping::{DateOrder, Mapping, MappingError};
use super::quotes::Quotes;
use super::{Field, ages, names, places};
use model::{
    Age, Case, CaseStatus, Cited, Code, Detail, EntityKind, EntityRef, LifeEvent, ListRow, Name,
    Person, Proposal, Reading, RecordBody, Relative, ResolvedDate, Role, Table, TableRow,
    Vocabularies,
};
use std::collections::BTreeMap;

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
struct Plan<'a> {
    table: &'a Table,
    /// Field and order of dates, by column.
    columns: Vec<(Field, Option<DateOrder>)>,
    as_of: Option<ResolvedDate>,
    terms: &'a Terms,
    vocabularies: &'a Vocabularies,
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

    fn heading(&self, column: usize) -> &str {
        self.table.columns.get(column).map_or("", String::as_str)
    }
}

/// Reads one row.
struct RowReader<'p, 'r> {
    plan: &'p Plan<'p>,
    row: &'p TableRow,
    cells: &'p Cells<'r>,
    by_field: BTreeMap<Field, Vec<Cell<'r>>>,
    problems: Vec<Problem>,
}

/// A value with the cell that it was read from.
type From<'r, T> = (T, Cell<'r>);

impl<'p, 'r> RowReader<'p, 'r> {
    fn new(plan: &'p Plan<'p>, cells: &'p Cells<'r>, row: &'r TableRow) -> Self
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

    /// The proposals of the row: none, a person, or a person and a case.
    fn read(&mut self) -> Vec<Proposal> {
        let names = self.names();
        if names.is_empty() {
            self.problem(None, "no name; the row is kept as text and gives no record");
            return Vec::new();
        }
        let category = self.category();
        let mut case = Quotes::new(self.cells, self.row);
        let case = category.and_then(|category| {
            let body = self.case(&mut case, &names, category)?;
            case.finish("list.case", RecordBody::Case(body))
        });
        let mut quotes = Quotes::new(self.cells, self.row);
        let person = self.person(&mut quotes, &names, case.is_some());
        let person = quotes.finish("list.person", RecordBody::Person(person));
        person.into_iter().chain(case).collect()
    }

    fn person(
        &mut self,
        quotes: &mut Quotes<'p, 'r>,
        names: &[(Name, Vec<Cell<'r>>)],
        has_case: bool,
    ) -> Person {
        let mut person = Person {
            names: names
                .iter()
                .filter_map(|(name, cells)| quotes.cited(name.clone(), cells))
                .collect(),
            ..Person::default()
        };
        person.sex = self
            .sex()
            .and_then(|(sex, cell)| quotes.cited(sex, [&cell]));
        person.born = self
            .date(Field::Born)
            .and_then(|(date, cell)| quotes.cited(date, [&cell]));
        person.died = self
            .date(Field::Died)
            .and_then(|(date, cell)| quotes.cited(date, [&cell]));
        person.age = self.age(quotes);
        person.nationality = self
            .first(Field::Nationality)
            .and_then(|cell| quotes.cited(places::nationality(cell.text), [&cell]));
        person.birthplace = self
            .first(Field::Birthplace)
            .and_then(|cell| quotes.cited(places::place(cell.text), [&cell]));
        person.residences = self
            .all(Field::Residence)
            .iter()
            .filter_map(|cell| quotes.cited(places::place(cell.text), [cell]))
            .collect();
        person.roles = self.roles(quotes);
        person.relatives = self.relatives(quotes);
        person.events = self.events(quotes);
        person.listed = self.listed(quotes, names);
        person.details = self.details(quotes, has_case);
        person
    }

    fn case(
        &mut self,
        quotes: &mut Quotes<'p, 'r>,
        names: &[(Name, Vec<Cell<'r>>)],
        category: From<'r, Option<Code>>,
    ) -> Option<Case> {
        let (name, cells) = names.first()?;
        let subject = EntityRef {
            kind: EntityKind::Person,
            name: name.form.clone(),
            key: None,
            record: None,
        };
        let subject = quotes.cited(subject, cells)?;
        let (code, cell) = category;
        let category = quotes.cited(code?, [&cell])?;
        let dated = |quotes: &mut Quotes<'p, 'r>, field| {
            let (date, cell) = self.quiet_date(field)?;
            quotes.cited(date, [&cell])
        };
        let taken_on = dated(quotes, Field::TakenOn);
        let last_seen_on = dated(quotes, Field::LastSeenOn);
        let placed = |quotes: &mut Quotes<'p, 'r>, field| {
            let cell = self.first(field)?;
            quotes.cited(places::place(cell.text), [&cell])
        };
        Some(Case {
            subject,
            category,
            taken_on,
            last_seen_on,
            taken_at: placed(quotes, Field::TakenAt),
            last_seen_at: placed(quotes, Field::LastSeenAt),
            held_at: placed(quotes, Field::HeldAt),
            statuses: self.status(quotes).into_iter().collect(),
            requests: Vec::new(),
            next_of_kin: Vec::new(),
            authorities: Vec::new(),
            listed: self.listed(quotes, names),
        })
    }

    fn status(&mut self, quotes: &mut Quotes<'p, 'r>) -> Option<Cited<CaseStatus>> {
        let cell = self.first(Field::Status)?;
        let since = self.date(Field::StatusOn);
        let status = CaseStatus {
            status: cell.text.to_owned(),
            since: since.as_ref().map(|(date, _)| date.clone()),
        };
        quotes.cited(
            status,
            std::iter::once(&cell).chain(since.as_ref().map(|(_, cell)| cell)),
        )
    }

    /// The names of the row, the list's own first, each with its cells.
    fn names(&self) -> Vec<(Name, Vec<Cell<'r>>)> {
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

    fn sex(&mut self) -> Option<From<'r, String>> {
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

    fn age(&mut self, quotes: &mut Quotes<'p, 'r>) -> Option<Cited<Age>> {
        let cell = self.first(Field::Age)?;
        let Some((least, most)) = ages::parse(cell.text) else {
            self.problem(Some(&cell), "not an age in years; kept as text");
            return None;
        };
        let as_of = self.date(Field::AsOf);
        let cells = std::iter::once(&cell).chain(as_of.as_ref().map(|(_, cell)| cell));
        let age = Age {
            least,
            most,
            as_of: as_of
                .as_ref()
                .map(|(date, _)| date.clone())
                .or_else(|| self.plan.as_of.clone()),
        };
        quotes.cited(age, cells)
    }

    fn roles(&self, quotes: &mut Quotes<'p, 'r>) -> Vec<Cited<Role>> {
        let role = |cell: &Cell<'r>| {
            let role = Role {
                title: cell.text.to_owned(),
                body: None,
                during: None,
            };
            quotes.cited(role, [cell])
        };
        self.all(Field::Occupation)
            .iter()
            .filter_map(role)
            .collect()
    }

    fn relatives(&self, quotes: &mut Quotes<'p, 'r>) -> Vec<Cited<Relative>> {
        let mut relatives = Vec::new();
        for field in [Field::Father, Field::Mother, Field::Spouse, Field::Relative] {
            for cell in self.all(field) {
                let relation = match field {
                    Field::Relative => self.plan.heading(cell.column).to_lowercase(),
                    known => known.name(),
                };
                for (name, part) in names::several(cell) {
                    let relation = relation.clone();
                    relatives.extend(quotes.cited(Relative { relation, name }, [&part]));
                }
            }
        }
        relatives
    }

    /// What happened to the person: taken, held, last seen.
    fn events(&mut self, quotes: &mut Quotes<'p, 'r>) -> Vec<Cited<LifeEvent>> {
        let kinds = [
            ("taken", Some(Field::TakenOn), Field::TakenAt),
            ("event", Some(Field::EventOn), Field::EventAt),
            ("held", None, Field::HeldAt),
            ("last seen", Some(Field::LastSeenOn), Field::LastSeenAt),
        ];
        let mut events = Vec::new();
        for (what, when, at) in kinds {
            let date = when.and_then(|field| self.date(field));
            let place = self.first(at);
            if date.is_none() && place.is_none() {
                continue;
            }
            let event = LifeEvent {
                what: what.to_owned(),
                date: date.as_ref().map(|(date, _)| date.clone()),
                place: place.as_ref().map(|cell| places::place(cell.text)),
            };
            let cells = date.iter().map(|(_, cell)| cell).chain(place.iter());
            events.extend(quotes.cited(event, cells));
        }
        events
    }

    fn listed(
        &self,
        quotes: &mut Quotes<'p, 'r>,
        names: &[(Name, Vec<Cell<'r>>)],
    ) -> Option<Cited<ListRow>> {
        let reference = self.first(Field::Reference);
        let terms = self.plan.terms;
        let row = ListRow {
            list: terms.list.clone(),
            row: self.row.number,
            sheet: self.plan.table.sheet.clone(),
            reference: reference.as_ref().map(|cell| cell.text.to_owned()),
            one_to_one: terms.one_to_one,
        };
        match &reference {
            Some(cell) => quotes.cited(row, [cell]),
            None => quotes.cited(row, names.first()?.1.iter()),
        }
    }

    /// What no field of a person takes, and what could not be understood, word for word.
    fn details(&self, quotes: &mut Quotes<'p, 'r>, has_case: bool) -> Vec<Cited<Detail>> {
        let of_case = [Field::Status, Field::StatusOn, Field::Category];
        let is_text = |field: &Field| {
            matches!(field, Field::Other | Field::Notes) || (of_case.contains(field) && !has_case)
        };
        let texts = self.by_field.iter().filter(|(field, _)| is_text(field));
        let mut cells: Vec<&Cell<'r>> = texts.flat_map(|(_, cells)| cells).collect();
        // What was reported as not understood, and a second cell where one is taken.
        let unread = self.by_field.values().flatten().filter(|cell| {
            let heading = self.plan.heading(cell.column);
            self.problems
                .iter()
                .any(|problem| problem.heading == heading)
        });
        cells.extend(unread);
        cells.sort_by_key(|cell| cell.column);
        cells.dedup_by_key(|cell| cell.span);
        let detail = |cell: &Cell<'r>| {
            let detail = Detail {
                heading: self.plan.heading(cell.column).to_owned(),
                text: cell.text.to_owned(),
            };
            quotes.cited(detail, [cell])
        };
        cells.into_iter().filter_map(detail).collect()
    }

    /// The category of the row's case, with the cell that carries it.
    fn category(&mut self) -> Option<From<'r, Option<Code>>> {
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

    fn first(&self, field: Field) -> Option<Cell<'r>> {
        self.all(field).first().copied()
    }

    fn all(&self, field: Field) -> &[Cell<'r>] {
        self.by_field.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The date of a field; what is no date is reported.
    fn date(&mut self, field: Field) -> Option<From<'r, ResolvedDate>> {
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
    fn quiet_date(&self, field: Field) -> Option<From<'r, ResolvedDate>> {
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

    fn problem(&mut self, cell: Option<&Cell<'r>>, message: &str) {
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

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
