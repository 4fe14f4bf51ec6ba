//! A row's person and case, put together from its values.
//!
//! Invariant: every value cites its cell; what no field takes is a detail under its heading.

use super::cells::Cell;
use super::quotes::Quotes;
use super::row::{From, RowReader};
use super::{Field, ages, names, places};
use model::{
    Age, Case, CaseStatus, Cited, Code, Detail, EntityKind, EntityRef, LifeEvent, ListRow, Name,
    Person, Proposal, RecordBody, Relative, Role,
};

impl<'p, 'r> RowReader<'p, 'r> {
    /// The proposals of the row: none, a person, or a person and a case.
    pub(super) fn read(&mut self) -> Vec<Proposal> {
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
        let subject = EntityRef::as_written(EntityKind::Person, name.form.clone());
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
}
