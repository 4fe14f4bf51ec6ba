//! A person as records name them, with a case or without: every written form, what each source
//! says, what is dated, family, and why rows are taken for one person.
//!
//! Invariants: everything stands beside its source; nobody is joined here but by the engine's rules
//! or by what a person judged, and a join can be taken apart.

use super::rows::DEAD;
use crate::answer::{Answer, Trouble};
use crate::desk::{Desk, Visitor};
use crate::evidence::{address_of, of_record};
use assemble::{Assembled, record_id, row_id};
use axum::extract::Path;
use axum::response::Response;
use model::{EntityKind, EntityRef, Matter, Person, Record, RecordBody, RecordId, Status, Verdict};
use std::collections::BTreeSet;
use web::card::{self, Card};
use web::screens::{FormRow, JoinRow, KinRow, KnownRow, PersonPage, SaysRow};
use web::{Text, show};

/// Records that name the person which are shown: more are a search away.
const MENTIONS: usize = 40;
/// Rows of one person that are shown.
const ROWS: usize = 60;
/// Relatives that are shown.
const KIN: usize = 40;

/// Address of the page of a person.
pub(super) fn address(record: &RecordId) -> String {
    address_of("/people/person", &record.to_string())
}

/// Records of persons whose name is written like `wanted`, each with the form: for those who have
/// no case. At most `most`.
pub(super) fn named(all: &Assembled, wanted: &str, most: usize) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for form in all.forms().like(wanted) {
        let records = form.records.iter().filter_map(|id| all.record(id));
        let mut persons = records.filter(|one| matches!(one.body, RecordBody::Person(_)));
        if let Some(record) = persons.next() {
            found.push((form.written.clone(), address(&record.id)));
        }
    }
    found.truncate(most);
    found
}

pub(super) async fn person(visitor: Visitor, Path(id): Path<String>) -> Response {
    visitor.at_desk(move |desk| fill(desk, &id)).await
}

/// The records of one person, by id.
struct One<'a> {
    all: &'a Assembled,
    text: Text,
    records: Vec<(&'a Record, &'a Person)>,
    /// Every written form, in lower case.
    forms: BTreeSet<String>,
}

impl<'a> One<'a> {
    fn of(all: &'a Assembled, id: &RecordId, text: Text) -> Answer<Self> {
        let linked = &all.people()?.linkage.persons;
        let row = row_id(id);
        let group = linked.iter().find(|group| group.contains(&row));
        let ids: Vec<RecordId> = match group {
            Some(group) => group.iter().map(|row| record_id(*row)).collect(),
            None => vec![*id],
        };
        let records: Vec<(&Record, &Person)> = ids
            .iter()
            .filter_map(|id| all.record(id))
            .filter_map(|record| match &record.body {
                RecordBody::Person(person) => Some((record, person)),
                _ => None,
            })
            .collect();
        if records.is_empty() {
            return Err(Trouble::NotFound);
        }
        let names = records.iter().flat_map(|(_, person)| &person.names);
        Ok(Self {
            forms: names.map(|name| name.value.form.to_lowercase()).collect(),
            records,
            all,
            text,
        })
    }

    fn ids(&self) -> BTreeSet<RecordId> {
        self.records.iter().map(|(record, _)| record.id).collect()
    }

    fn name(&self) -> String {
        let mut names = self.records.iter().flat_map(|(_, person)| &person.names);
        names
            .next()
            .map(|name| name.value.form.clone())
            .unwrap_or_default()
    }

    fn is(&self, entity: &EntityRef) -> bool {
        entity.kind == EntityKind::Person && self.forms.contains(&entity.name.to_lowercase())
    }

    fn forms(&self) -> Vec<FormRow> {
        let mut rows: Vec<FormRow> = Vec::new();
        for (_, person) in &self.records {
            for name in &person.names {
                let name = &name.value;
                let how = [name.script.clone(), name.romanisation.clone()];
                let how: Vec<String> = how.into_iter().flatten().collect();
                match rows.iter_mut().find(|row| row.form == name.form) {
                    Some(row) => row.times += 1,
                    None => rows.push(FormRow {
                        form: name.form.clone(),
                        how: how.join(", "),
                        times: 1,
                    }),
                }
            }
        }
        rows
    }

    fn says(&self) -> Vec<SaysRow> {
        let rows = self.records.iter().take(ROWS).map(|(record, _)| {
            let card = Card::of(record, 0, self.text);
            let fields = card.fields.iter().filter(|field| field.name != "relatives");
            let facts = fields.map(|field| {
                let values: Vec<&str> = field.values.iter().map(|it| it.text.as_str()).collect();
                (field.label.clone(), show::shorten(&values.join("; "), 240))
            });
            SaysRow {
                facts: facts.collect(),
                said: of_record(self.all, record, self.text),
            }
        });
        rows.collect()
    }

    /// What became of the person and where, as far as dated or placed: statuses, whereabouts.
    fn history(&self) -> (Vec<KnownRow>, Vec<KnownRow>) {
        let (mut statuses, mut places) = (Vec::new(), Vec::new());
        for (record, person) in &self.records {
            let said = || of_record(self.all, record, self.text);
            let known = |since: Option<String>, value: String, note: String| KnownRow {
                since: since.unwrap_or_default(),
                value,
                note,
                said: said(),
            };
            for event in &person.events {
                let since = event.value.date.as_ref().map(|date| date.date.to_string());
                statuses.push(known(
                    since.clone(),
                    event.value.what.clone(),
                    String::new(),
                ));
                let place = event.value.place.iter();
                places.extend(
                    place.map(|it| known(since.clone(), it.name.clone(), event.value.what.clone())),
                );
            }
            if let Some(died) = &person.died {
                statuses.push(self.dead(record, died.value.date.to_string()));
            }
            let lived = person.residences.iter();
            places.extend(lived.map(|it| known(None, it.value.name.clone(), String::new())));
        }
        for record in self.all.records() {
            if let (RecordBody::Allegation(it), false) = (&record.body, rejected(record)) {
                if !it.victims.iter().any(|one| self.is(&one.value.who)) {
                    continue;
                }
                let since = it.date.as_ref().map(|date| date.value.date.to_string());
                let since = since.unwrap_or_default();
                let said = of_record(self.all, record, self.text);
                let value = card::headline_of(&record.body, self.text);
                if let Some(place) = &it.place {
                    places.push(KnownRow {
                        since: since.clone(),
                        value: place.value.name.clone(),
                        note: value.clone(),
                        said: said.clone(),
                    });
                }
                statuses.push(KnownRow {
                    since,
                    value,
                    note: String::new(),
                    said,
                });
            }
        }
        for rows in [&mut statuses, &mut places] {
            // What is not dated comes last.
            rows.sort_by(|a, b| {
                let undated = a.since.is_empty().cmp(&b.since.is_empty());
                undated.then_with(|| a.since.cmp(&b.since))
            });
        }
        (statuses, places)
    }

    /// Nobody is shown as dead on the word of a record that no person accepted.
    fn dead(&self, record: &Record, on: String) -> KnownRow {
        let accepted = matches!(record.status, Status::Accepted | Status::Corrected);
        let (value, note) = match accepted {
            true => (show::label(self.text, "status-at-end", DEAD), String::new()),
            false => (
                self.text.say("people-fate-unknown"),
                self.text.say("people-said-dead"),
            ),
        };
        KnownRow {
            since: on,
            value,
            note,
            said: of_record(self.all, record, self.text),
        }
    }

    fn kin(&self) -> Vec<KinRow> {
        let mut kin = Vec::new();
        let row = |name: &str, relation: String, record: &Record| KinRow {
            name: name.to_owned(),
            address: named(self.all, name, 1)
                .pop()
                .map(|(_, address)| address)
                .unwrap_or_default(),
            relation,
            said: of_record(self.all, record, self.text),
        };
        for (record, person) in &self.records {
            for one in &person.relatives {
                kin.push(row(
                    &one.value.name.form,
                    one.value.relation.clone(),
                    record,
                ));
            }
        }
        let own = self.ids();
        for record in self.all.records() {
            if rejected(record) || own.contains(&record.id) || kin.len() >= KIN {
                continue;
            }
            match &record.body {
                // Others who name this person as their relative.
                RecordBody::Person(person) => {
                    let mut relatives = person.relatives.iter();
                    let same = relatives
                        .find(|one| self.forms.contains(&one.value.name.form.to_lowercase()));
                    if let (Some(one), Some(name)) = (same, person.names.first()) {
                        let is_of = self.text.name("people-is-of", &one.value.relation);
                        kin.push(row(&name.value.form, is_of, record));
                    }
                }
                RecordBody::Link(link) => {
                    let (from, to) = (&link.from.value, &link.to.value);
                    let other = match (self.is(from), self.is(to)) {
                        (true, false) => to,
                        (false, true) => from,
                        _ => continue,
                    };
                    if other.kind == EntityKind::Person {
                        let says = card::headline_of(&record.body, self.text);
                        kin.push(row(&other.name, says, record));
                    }
                }
                _ => {}
            }
        }
        kin.truncate(KIN);
        kin
    }

    /// Records beside its own that name the person by one of the forms.
    fn mentions(&self) -> Vec<&'a Record> {
        let own = self.ids();
        let mut seen = BTreeSet::new();
        let forms = self.records.iter().flat_map(|(_, person)| &person.names);
        let forms: BTreeSet<&str> = forms.map(|name| name.value.form.as_str()).collect();
        for form in forms {
            let same = self.all.forms().like(form).into_iter();
            let same = same.filter(|one| self.forms.contains(&one.written.to_lowercase()));
            seen.extend(same.flat_map(|one| one.records.iter().copied()));
        }
        let other = seen.into_iter().filter(|id| !own.contains(id));
        other.filter_map(|id| self.all.record(&id)).collect()
    }

    /// What joined the rows, and what persons judged of them: each can be taken apart or back.
    fn joins(&self) -> Answer<Vec<JoinRow>> {
        let own = self.ids();
        let name = |id: &RecordId| {
            let record = self.all.record(id);
            let title = record.map(|record| of_record(self.all, record, self.text));
            title.map(|said| said.title).unwrap_or_default()
        };
        let judged = |one: &RecordId, other: &RecordId| {
            self.all.standing().iter().find(|standing| {
                let Matter::Pair(a, b) = &standing.judgement.matter else {
                    return false;
                };
                let pair = [a.record, b.record];
                pair == [*one, *other] || pair == [*other, *one]
            })
        };
        let joins = all_pairs(&self.all.people()?.linkage.joins, &own);
        let mut rows = Vec::new();
        for (one, other) in joins {
            let standing = judged(&one, &other);
            rows.push(JoinRow {
                ids: [one.to_string(), other.to_string()],
                titles: [name(&one), name(&other)],
                by: standing
                    .filter(|standing| standing.judgement.verdict == Verdict::Same)
                    .map(|standing| {
                        let who = format!("{}, {}", standing.judgement.by, show::day(standing.at));
                        self.text.name("people-judged-same", who)
                    })
                    .unwrap_or_default(),
            });
        }
        Ok(rows)
    }
}

fn rejected(record: &Record) -> bool {
    record.status == Status::Rejected
}

/// The joins within a group, as pairs of records.
fn all_pairs(joins: &[link::people::Join], own: &BTreeSet<RecordId>) -> Vec<(RecordId, RecordId)> {
    let pairs = joins
        .iter()
        .map(|join| (record_id(join.a), record_id(join.b)));
    pairs
        .filter(|(a, b)| own.contains(a) && own.contains(b))
        .take(ROWS)
        .collect()
}

fn fill(desk: &Desk<'_>, id: &str) -> Answer<PersonPage> {
    let text = desk.text();
    let id: RecordId = id.parse().map_err(|_| Trouble::NotFound)?;
    let (all, is_new) = desk.laid_lately()?;
    let one = One::of(&all, &id, text)?;
    let own = one.ids();
    let register = all.register()?;
    let case = register.cases.iter().find(|case| {
        let mut members = case.members.iter().map(|member| member.record);
        case.persons.iter().any(|person| own.contains(person))
            || members.any(|member| own.contains(&member))
    });
    let mentions = one.mentions();
    let (statuses, whereabouts) = one.history();
    Ok(PersonPage {
        frame: desk.frame("people", one.name())?,
        is_new,
        case: case
            .map(|case| (address_of("/people/case", &case.id), case.name.clone()))
            .unwrap_or_default(),
        forms: one.forms(),
        says: one.says(),
        left_out: one.records.len().saturating_sub(ROWS) as u64,
        statuses,
        whereabouts,
        kin: one.kin(),
        joins: one.joins()?,
        mentions: mentions
            .iter()
            .take(MENTIONS)
            .map(|record| {
                let says = card::headline_of(&record.body, text);
                (says, of_record(&all, record, text))
            })
            .collect(),
        more: mentions.len().saturating_sub(MENTIONS) as u64,
    })
}
