//! Who asks and who is asked: one party under its many names.
//!
//! Invariant: a name is taken for a known party only when no other party goes by it.

use super::Rules;
use crate::corpus::{Corpus, fold, identity};
use crate::mentions::entities;
use model::{EntityRef, RecordBody};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Somebody who asks, is asked, answers or undertakes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Party {
    /// What it is known by: a gazetteer key such as `state:CN`, else `name:` and its folded name.
    pub identity: String,
    /// Its name, for people.
    pub name: String,
    /// How it was recognised, for people; empty when the record names it by its key.
    pub how: String,
}

/// The parties that the records of a corpus name.
pub(crate) struct Parties<'r> {
    rules: &'r Rules,
    /// Folded names and the keys that go by them.
    known: HashMap<String, BTreeSet<String>>,
    /// Keys and the names that they go by, canonical first in alphabetical order.
    names: BTreeMap<String, String>,
}

impl<'r> Parties<'r> {
    /// Learns the names of every entity that a record gives a key.
    pub fn of(corpus: &Corpus, rules: &'r Rules) -> Self {
        let mut parties = Self {
            rules,
            known: HashMap::new(),
            names: BTreeMap::new(),
        };
        for record in &corpus.records {
            for entity in entities(&record.body) {
                if let Some(key) = &entity.key {
                    parties.learn(key, &entity.name);
                    parties.name(key, &entity.name);
                }
            }
            let (key, forms) = match &record.body {
                RecordBody::State(it) => {
                    (it.iso.as_ref().map(|iso| format!("state:{iso}")), &it.names)
                }
                RecordBody::Organisation(it) => (it.key.clone(), &it.names),
                RecordBody::Person(it) => (it.key.clone(), &it.names),
                RecordBody::Place(it) => (it.key.clone(), &it.names),
                _ => continue,
            };
            let Some(key) = key else { continue };
            if let Some(first) = forms.first() {
                parties.name(&key, &first.value.form);
            }
            for form in forms {
                parties.learn(&key, &form.value.form);
            }
        }
        parties
    }

    fn learn(&mut self, key: &str, name: &str) {
        for form in [fold(name), self.rules.party_name(name)] {
            self.known.entry(form).or_default().insert(key.to_owned());
        }
    }

    /// The name that a key is shown by: the least that other records use for it.
    fn name(&mut self, key: &str, name: &str) {
        let kept = self
            .names
            .entry(key.to_owned())
            .or_insert_with(|| name.to_owned());
        if name < kept.as_str() {
            *kept = name.to_owned();
        }
    }

    /// The party that an entity is.
    pub fn party(&self, entity: &EntityRef) -> Party {
        if let Some(key) = &entity.key {
            return self.keyed(key, &entity.name, String::new());
        }
        let forms = [fold(&entity.name), self.rules.party_name(&entity.name)];
        for form in &forms {
            let keys = self.known.get(form);
            if let Some(key) = keys
                .filter(|keys| keys.len() == 1)
                .and_then(BTreeSet::first)
            {
                let name = self.names.get(key).map_or(form.as_str(), String::as_str);
                let how = format!(
                    "“{}” is taken for {name}: no other party goes by that name",
                    entity.name
                );
                return self.keyed(key, name, how);
            }
        }
        if entity.record.is_some() {
            return Party {
                identity: identity(entity),
                name: entity.name.clone(),
                how: String::new(),
            };
        }
        let [_, short] = forms;
        Party {
            identity: format!("name:{short}"),
            name: entity.name.clone(),
            how: format!(
                "recognised by its name “{}” alone: no list has it",
                entity.name
            ),
        }
    }

    fn keyed(&self, key: &str, name: &str, how: String) -> Party {
        Party {
            identity: key.to_owned(),
            name: self.names.get(key).map_or(name, String::as_str).to_owned(),
            how,
        }
    }
}
