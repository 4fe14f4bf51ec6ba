//! Names of persons as the records write them, found by a name in any script or romanisation.
//!
//! Invariant: a form is given back only where `link::names` calls both spellings of one name; what
//! is ambiguous there stays ambiguous here. The order of records means nothing.

use link::names::{Habits, Key, Level, NameKeys, compare, keys_of};
use model::{EntityKind, Record, RecordBody, RecordId, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Forms that are compared with a name that is looked for, at most.
const COMPARED: usize = 2_000;
/// Forms that are given back, at most.
const GIVEN: usize = 24;

/// A name as it is written, and the records that write it so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    /// As written.
    pub written: String,
    /// Records that name somebody so, ascending.
    pub records: Vec<RecordId>,
}

/// All written forms of the names of persons.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Forms {
    /// By their letters.
    forms: Vec<Form>,
    /// Positions of forms, by the folded given name, or the surname where there is no other.
    by_key: BTreeMap<Key, Vec<usize>>,
}

impl Forms {
    /// The forms that records write; those of rejected records are left out.
    #[must_use]
    pub fn of(records: &[Record]) -> Self {
        let mut written: BTreeMap<&str, BTreeSet<RecordId>> = BTreeMap::new();
        for record in records.iter().filter(|one| one.status != Status::Rejected) {
            let mut note = |form| {
                written.entry(form).or_default().insert(record.id);
            };
            if let RecordBody::Person(person) = &record.body {
                let names = person.names.iter();
                names.for_each(|name| note(name.value.form.as_str()));
            }
            let entities = link::entities(&record.body).into_iter();
            entities
                .filter(|entity| entity.kind == EntityKind::Person)
                .for_each(|entity| note(entity.name.as_str()));
        }
        let mut forms = Self::default();
        for (form, records) in written {
            let at = forms.forms.len();
            for key in keys(&keys_of(form, Habits::default())) {
                forms.by_key.entry(key).or_default().push(at);
            }
            forms.forms.push(Form {
                written: form.to_owned(),
                records: records.into_iter().collect(),
            });
        }
        forms
    }

    /// The written forms of the name `wanted`: first the one that is written just so, if there is
    /// one, then those written most often. Of names that are filed alike only so many are
    /// compared, so a rare spelling of a very common given name may be missing.
    #[must_use]
    pub fn like(&self, wanted: &str) -> Vec<&Form> {
        let mut near: BTreeSet<usize> = BTreeSet::new();
        for key in keys(&keys_of(wanted, Habits::default())) {
            near.extend(self.by_key.get(&key).into_iter().flatten());
        }
        let just_so = self
            .forms
            .binary_search_by(|form| form.written.as_str().cmp(wanted));
        let just_so = just_so.ok().and_then(|at| self.forms.get(at));
        let mut found: Vec<&Form> = near
            .into_iter()
            .take(COMPARED)
            .filter_map(|at| self.forms.get(at))
            .filter(|form| compare(wanted, &form.written).level >= Level::SameByRomanisation)
            .collect();
        found.sort_by(|a, b| {
            let often = b.records.len().cmp(&a.records.len());
            often.then_with(|| a.written.cmp(&b.written))
        });
        found.retain(|form| form.written != wanted);
        let mut all: Vec<&Form> = just_so.into_iter().chain(found).collect();
        all.truncate(GIVEN);
        all
    }
}

/// What a name is filed under.
fn keys(keys: &NameKeys) -> BTreeSet<Key> {
    let other = keys.alternative.map(|(_, given)| given);
    let mut all: BTreeSet<Key> = [Some(keys.given), keys.given_second, other]
        .into_iter()
        .flatten()
        .filter(|key| !key.is_empty())
        .collect();
    if all.is_empty() && !keys.surname.is_empty() {
        all.insert(keys.surname);
    }
    all
}
