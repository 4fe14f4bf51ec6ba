//! Allegations sorted into events and general claims, with what each says of victims.
//!
//! Invariant: an allegation is in one unit at most; what is left out is counted with its reason.

use super::{Inputs, families};
use crate::corpus::{Corpus, fold, identity};
use crate::places::Places;
use model::{
    Allegation, Code, EntityKind, EntityRef, Modality, Record, RecordBody, RecordId, SourceId,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The family of what is concluded of a whole situation: no acts.
const CONCLUSIONS: &str = "conclusions";

/// Who suffered, as far as counting goes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Sufferer {
    /// A person known by a key, a record or a cluster.
    Known(String),
    /// A person known by a name only.
    Named(String),
    /// A group of a stated number.
    Counted(String, u64),
    /// A group, or a person, without a number.
    Unnumbered(String),
}

/// One victim of one type of violation, as one record says.
#[derive(Clone, Debug)]
pub(super) struct Suffered {
    pub violation: String,
    pub source: Option<SourceId>,
    pub record: RecordId,
    pub who: Option<Sufferer>,
}

/// One event, or one general claim.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// Whether it is a general claim.
    pub is_general: bool,
    /// Whether the incident was given; else it was put together from one passage.
    pub is_given: bool,
    pub suffered: Vec<Suffered>,
    pub records: BTreeSet<RecordId>,
    pub documents: BTreeSet<SourceId>,
    pub origins: BTreeSet<SourceId>,
    /// Keys or names of the places named, without what they lie in.
    pub places: BTreeSet<String>,
    /// The same with everything they lie in.
    pub all_places: BTreeSet<String>,
    pub states: BTreeSet<String>,
    /// First and last year that it may have happened in.
    pub years: (Option<u16>, Option<u16>),
    /// The year, where all records that say agree on one.
    pub year: Option<u16>,
    pub perpetrators: BTreeMap<String, EntityKind>,
    pub groups: BTreeSet<Code>,
    pub methods: BTreeSet<String>,
}

impl Unit {
    /// The types of violation.
    pub fn types(&self) -> impl Iterator<Item = &String> {
        self.suffered.iter().map(|one| &one.violation)
    }
}

/// Allegations that are in no event and no claim, by reason.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeftOut {
    pub feared: usize,
    pub denied: usize,
    pub conclusions: usize,
}

/// Persons by their clusters.
struct Persons {
    cluster: HashMap<RecordId, usize>,
    by_name: HashMap<(SourceId, String), RecordId>,
}

impl Persons {
    fn of(corpus: &Corpus, clusters: &[Vec<RecordId>]) -> Self {
        let mut persons = Self {
            cluster: HashMap::new(),
            by_name: HashMap::new(),
        };
        for (number, cluster) in clusters.iter().enumerate() {
            persons
                .cluster
                .extend(cluster.iter().map(|id| (*id, number)));
        }
        for record in &corpus.records {
            if let (RecordBody::Person(person), Some(source)) = (&record.body, record.source) {
                for name in &person.names {
                    let name = (source, fold(&name.value.form));
                    persons.by_name.entry(name).or_insert(record.id);
                }
            }
        }
        persons
    }

    fn sufferer(&self, record: &Record, who: &EntityRef, number: Option<u64>) -> Sufferer {
        if who.kind != EntityKind::Person {
            let name = identity(who);
            return match number {
                Some(number) => Sufferer::Counted(name, number),
                None => Sufferer::Unnumbered(name),
            };
        }
        if let Some(key) = &who.key {
            return Sufferer::Known(key.clone());
        }
        let own = record.source.map(|source| (source, fold(&who.name)));
        let person = who.record.or_else(|| self.by_name.get(&own?).copied());
        if let Some(cluster) = person.and_then(|person| self.cluster.get(&person)) {
            return Sufferer::Known(format!("cluster {cluster}"));
        }
        if let Some(record) = who.record {
            return Sufferer::Known(format!("record {record}"));
        }
        let name = fold(&who.name);
        match name.contains(' ') || !name.is_ascii() {
            true => Sufferer::Named(name),
            false => Sufferer::Unnumbered(name),
        }
    }
}

/// Sorts the allegations of a corpus.
pub(super) fn units(corpus: &Corpus, places: &Places, inputs: &Inputs) -> (Vec<Unit>, LeftOut) {
    let families = families(inputs.vocabularies);
    let persons = Persons::of(corpus, inputs.persons);
    let mut happening_of: HashMap<RecordId, usize> = HashMap::new();
    for (number, happening) in inputs.happenings.iter().enumerate() {
        happening_of.extend(happening.members.iter().map(|id| (*id, number)));
    }
    let mut given: BTreeMap<usize, Unit> = BTreeMap::new();
    let mut passages: BTreeMap<(Option<SourceId>, u32, String, bool), Unit> = BTreeMap::new();
    let mut left_out = LeftOut::default();
    for record in &corpus.records {
        let RecordBody::Allegation(allegation) = &record.body else {
            continue;
        };
        let family = families.get(allegation.violation.value.as_str());
        match allegation.modality.value {
            Modality::Feared => left_out.feared += 1,
            Modality::Denied => left_out.denied += 1,
            _ if family.is_some_and(|family| family == CONCLUSIONS) => left_out.conclusions += 1,
            _ => {
                let unit = match happening_of.get(&record.id) {
                    Some(&number) => {
                        let unit = given.entry(number).or_default();
                        unit.is_given = true;
                        unit.is_general = inputs.happenings[number].is_general;
                        unit
                    }
                    None => {
                        let general = is_general(allegation);
                        let unit = passages
                            .entry(passage(record, allegation, general))
                            .or_default();
                        unit.is_general = general;
                        unit
                    }
                };
                add(unit, corpus, places, inputs, &persons, record, allegation);
            }
        }
    }
    let mut units: Vec<Unit> = given.into_values().chain(passages.into_values()).collect();
    units.sort_by_key(|unit| unit.records.first().copied());
    (units, left_out)
}

/// Whether an allegation tells of no event of its own: no date, no victim by name or number, no
/// place within a state.
fn is_general(allegation: &Allegation) -> bool {
    let concrete_victim = allegation.victims.iter().any(|victim| {
        let named = victim.value.who.kind == EntityKind::Person
            && fold(&victim.value.who.name).contains(' ');
        named || victim.value.number.is_some()
    });
    let concrete_place = allegation
        .place
        .as_ref()
        .is_some_and(|place| place.value.kind == EntityKind::Place);
    allegation.date.is_none() && !concrete_victim && !concrete_place
}

/// What makes records of one passage one event: date and place.
fn passage(
    record: &Record,
    allegation: &Allegation,
    general: bool,
) -> (Option<SourceId>, u32, String, bool) {
    let passage = record
        .citations
        .first()
        .map_or(0, |citation| citation.quote.passage);
    let date = allegation
        .date
        .as_ref()
        .map(|date| date.value.date.to_string());
    let place = allegation
        .place
        .as_ref()
        .map(|place| identity(&place.value));
    let mut what = format!("{date:?} {place:?}");
    if record.source.is_none() {
        what = record.id.to_string();
    }
    (record.source, passage, what, general)
}

fn add(
    unit: &mut Unit,
    corpus: &Corpus,
    places: &Places,
    inputs: &Inputs,
    persons: &Persons,
    record: &Record,
    allegation: &Allegation,
) {
    let suffered = |who: Option<Sufferer>| Suffered {
        violation: allegation.violation.value.as_str().to_owned(),
        source: record.source,
        record: record.id,
        who,
    };
    for victim in &allegation.victims {
        let who = persons.sufferer(record, &victim.value.who, victim.value.number);
        unit.suffered.push(suffered(Some(who)));
        unit.groups
            .extend(victim.value.characteristics.iter().cloned());
    }
    if allegation.victims.is_empty() {
        unit.suffered.push(suffered(None));
    }
    unit.records.insert(record.id);
    unit.documents.extend(record.source);
    unit.origins
        .extend(corpus.origin(record, inputs.provenance));
    if let Some(place) = &allegation.place {
        let id = identity(&place.value);
        if place.value.kind == EntityKind::Place {
            unit.places.insert(id.clone());
        }
        unit.all_places.extend(places.chain(&id));
    }
    unit.states
        .extend(places.states_of(record).into_iter().map(|state| state.key));
    for one in &allegation.perpetrators {
        unit.perpetrators
            .insert(identity(&one.value.who), one.value.who.kind);
    }
    unit.methods
        .extend(allegation.method.iter().map(|method| fold(&method.value)));
    if let Some(date) = &allegation.date {
        let (first, last) = (date.value.date.earliest(), date.value.date.latest());
        let (first, last) = (first.map(|day| day.0), last.map(|day| day.0));
        let new = unit.years == (None, None);
        unit.years.0 = if new { first } else { unit.years.0.min(first) };
        unit.years.1 = if new { last } else { unit.years.1.max(last) };
        let agrees = unit.years.0 == unit.years.1;
        unit.year = unit.years.0.filter(|_| agrees);
    }
}
