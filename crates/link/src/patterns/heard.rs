//! Who is heard, and who suffered, by sex: of those whom records name as persons, and of groups
//! whose words say that they are women or girls.
//!
//! Invariant: a sex is only what a source says; where none does, it is not said, never guessed
//! from a name.

use crate::corpus::identity;
use model::{EntityKind, EntityRef, Record, RecordBody, SourceId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Code of the vocabulary `victim-characteristic` for women and girls.
const WOMEN: &str = "women";
/// Where no source says the sex.
const UNKNOWN: &str = "unknown";

/// Persons and records of one sex.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct OfSex {
    /// `female`, `male`, `other`, or `unknown`.
    pub key: String,
    /// Persons by name; two of one name that no list or gazetteer tells apart are one here.
    pub persons: usize,
    /// Groups that are said to be of this sex, as often as records name them.
    pub groups: usize,
    /// Records: statements and allegations by such speakers, or allegations about such victims.
    pub records: usize,
}

/// Who is heard, and who suffered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Heard {
    /// Persons who speak in statements or to whom allegations are attributed.
    pub speakers: Vec<OfSex>,
    /// Persons and groups who are said to have suffered.
    pub victims: Vec<OfSex>,
}

/// Persons, groups and records, by sex.
#[derive(Default)]
struct Tally<'r> {
    persons: BTreeMap<&'static str, BTreeSet<String>>,
    groups: BTreeMap<&'static str, usize>,
    records: BTreeMap<&'static str, BTreeSet<&'r model::RecordId>>,
}

impl Heard {
    /// Counts records.
    #[must_use]
    pub fn of(records: &[Record]) -> Self {
        let sexes = Sexes::of(records);
        let (mut speakers, mut victims) = (Tally::default(), Tally::default());
        for record in records {
            match &record.body {
                RecordBody::Statement(it) => {
                    let speaker = it.speaker.iter().map(|one| &one.value);
                    speakers.persons(&sexes, record, speaker);
                }
                RecordBody::Allegation(it) => {
                    let links = it.attribution.iter();
                    let links = links.filter_map(|link| link.value.speaker.as_ref());
                    speakers.persons(&sexes, record, links);
                    let suffered = it.victims.iter().map(|one| &one.value);
                    victims.persons(&sexes, record, suffered.clone().map(|one| &one.who));
                    for group in suffered.filter(|one| one.who.kind != EntityKind::Person) {
                        let women = group.characteristics.iter().any(|of| of.as_str() == WOMEN);
                        victims.group(record, if women { "female" } else { UNKNOWN });
                    }
                }
                _ => {}
            }
        }
        Self {
            speakers: speakers.rows(),
            victims: victims.rows(),
        }
    }
}

impl<'r> Tally<'r> {
    fn persons<'e>(
        &mut self,
        sexes: &Sexes,
        record: &'r Record,
        who: impl Iterator<Item = &'e EntityRef>,
    ) {
        for person in who.filter(|one| one.kind == EntityKind::Person) {
            let sex = sexes.sex(person, record.source);
            self.persons
                .entry(sex)
                .or_default()
                .insert(identity(person));
            self.records.entry(sex).or_default().insert(&record.id);
        }
    }

    fn group(&mut self, record: &'r Record, sex: &'static str) {
        *self.groups.entry(sex).or_default() += 1;
        self.records.entry(sex).or_default().insert(&record.id);
    }

    /// The rows that count something, in a fixed order.
    fn rows(&self) -> Vec<OfSex> {
        let rows = ["female", "male", "other", UNKNOWN].map(|key| OfSex {
            key: key.to_owned(),
            persons: self.persons.get(key).map_or(0, BTreeSet::len),
            groups: self.groups.get(key).copied().unwrap_or(0),
            records: self.records.get(key).map_or(0, BTreeSet::len),
        });
        let rows = rows.into_iter();
        rows.filter(|row| row.records > 0).collect()
    }
}

/// What sources say of the sex of persons.
#[derive(Default)]
struct Sexes {
    /// By record or gazetteer key.
    of: BTreeMap<String, &'static str>,
    /// By source and name, where a reference carries neither.
    named: BTreeMap<(SourceId, String), &'static str>,
}

impl Sexes {
    fn of(records: &[Record]) -> Self {
        let mut sexes = Self::default();
        for record in records {
            let RecordBody::Person(person) = &record.body else {
                continue;
            };
            let sex = match person.sex.as_ref().map(|sex| sex.value.as_str()) {
                Some("female") => "female",
                Some("male") => "male",
                Some("other") => "other",
                _ => continue,
            };
            sexes.of.insert(format!("record:{}", record.id), sex);
            if let Some(key) = &person.key {
                sexes.of.insert(key.clone(), sex);
            }
            for name in &person.names {
                if let Some(source) = record.source {
                    let name = crate::corpus::fold(&name.value.form);
                    sexes.named.insert((source, name), sex);
                }
            }
        }
        sexes
    }

    fn sex(&self, person: &EntityRef, source: Option<SourceId>) -> &'static str {
        let own = self.of.get(&identity(person)).copied();
        let named = || {
            let name = crate::corpus::fold(&person.name);
            self.named.get(&(source?, name)).copied()
        };
        own.or_else(named).unwrap_or(UNKNOWN)
    }
}
