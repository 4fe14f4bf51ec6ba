//! The register of persons and groups to be found, freed or reunited: what is known of each and
//! since when, who asked for them, what was answered, and how long nothing came.
//!
//! Start with [`Register::of`]. Cases are opened by `Case` records; allegations that name a person
//! as a victim propose one. Records become one case when a person says so, when the linkage of
//! persons does, or by name and dates ([`same`](self) says how); what contradicts each other stands
//! side by side and is never resolved here.

mod counters;
mod facts;
mod history;
mod naming;
mod requests;
mod same;
mod seeds;
mod statuses;

pub use counters::Counters;
pub use history::{Aspect, Contradiction, Known};
pub use requests::{GroupRequests, Reply, Request};
pub use same::{Join, Undecided};
pub use statuses::{Statuses, StatusesError};

use crate::Document;
use crate::corpus::{Corpus, Evidence};
use crate::places::{Places, StateOf};
use crate::threads::Threads;
use crate::verdicts::Verdicts;
use model::{Code, EntityKind, Judgement, PartialDate, Record, RecordBody, RecordId};
use seeds::Seed;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a register is made from.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// Records of any kind, in any order.
    pub records: &'a [Record],
    /// Their documents.
    pub documents: &'a [Document],
    /// Records of persons, or of cases, that are one person by the linkage of lists.
    pub clusters: &'a [Vec<RecordId>],
    /// What people judged of pairs of cases or persons.
    pub judgements: &'a [Judgement],
    /// The calls and what was answered, if they were threaded.
    pub threads: Option<&'a Threads>,
    /// The day up to which silence is counted.
    pub today: PartialDate,
}

/// A relative, or whom else to turn to. Identifies a protected person: never leaves the
/// compartment of its record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Kin {
    /// Name, as written.
    pub name: String,
    /// What the relative is to the person, where the record says.
    pub relation: Option<String>,
    /// The record that says so.
    pub record: RecordId,
}

/// One person or group, with everything that is on record of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CaseFile {
    /// Stable as long as its oldest record (by id) stays in it.
    pub id: String,
    /// The name it is shown by: that of its oldest record.
    pub name: String,
    /// Every written form.
    pub names: Vec<String>,
    /// A person or a group.
    pub kind: EntityKind,
    /// Categories by the vocabulary `case-category`, with the records that give each.
    pub categories: Vec<(Code, Vec<RecordId>)>,
    /// Whether only allegations speak of it: nobody has opened it yet.
    pub is_proposed: bool,
    /// The state concerned, where it is known.
    pub state: Option<StateOf>,
    /// The records that make the case, by id.
    pub members: Vec<Evidence>,
    /// Why they are one case.
    pub joins: Vec<Join>,
    /// Records of the person.
    pub persons: Vec<RecordId>,
    /// Status, oldest first; what is not dated comes last.
    pub statuses: Vec<Known>,
    /// Whereabouts, likewise.
    pub whereabouts: Vec<Known>,
    /// What cannot all be true, side by side.
    pub contradictions: Vec<Contradiction>,
    /// Requests that name the person, oldest first.
    pub requests: Vec<Request>,
    /// Relatives.
    pub next_of_kin: Vec<Kin>,
    /// Authorities seized of the case, with the records that say so.
    pub authorities: Vec<(String, Vec<RecordId>)>,
    /// How long there has been no news and no answer.
    pub counters: Counters,
}

/// All cases.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    /// The cases, by name and id.
    pub cases: Vec<CaseFile>,
    /// Requests made for all of a category in a state.
    pub groups: Vec<GroupRequests>,
    /// Pairs that may be one person: for a person to decide.
    pub undecided: Vec<Undecided>,
    /// Judgements that contradict each other, for people.
    pub conflicts: Vec<String>,
}

impl Register {
    /// The register of these records.
    #[must_use]
    pub fn of(inputs: &Inputs, statuses: &Statuses) -> Self {
        let corpus = Corpus::new(inputs.records, inputs.documents, inputs.today);
        let verdicts = Verdicts::new(inputs.judgements);
        let places = Places::of(&corpus);
        let seeds = seeds::seeds(&corpus, statuses);
        let grouped = same::group(&seeds, inputs.clusters, &verdicts);
        let mut cases: Vec<CaseFile> = grouped
            .groups
            .iter()
            .zip(&grouped.joins)
            .map(|(group, joins)| open(&corpus, &places, &seeds, group, joins))
            .collect();
        cases.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let index = requests::Index::of(&cases, &seeds, &grouped.groups);
        history::write(&mut cases, &corpus, statuses, &index);
        let groups = requests::attach(
            &mut cases,
            &corpus,
            &places,
            statuses,
            &index,
            inputs.threads,
        );
        for case in &mut cases {
            case.counters = Counters::of(case, corpus.today);
        }
        Self {
            cases,
            groups,
            undecided: grouped.undecided,
            conflicts: verdicts.conflicts(),
        }
    }

    /// The requests that were made for all cases of the category and state of this one.
    pub fn group_of(&self, case: &CaseFile) -> impl Iterator<Item = &GroupRequests> {
        let state = case.state.as_ref().map(|state| state.key.clone());
        let categories: BTreeSet<Code> = case
            .categories
            .iter()
            .map(|(code, _)| code.clone())
            .collect();
        self.groups.iter().filter(move |group| {
            categories.contains(&group.category) && state.as_ref() == Some(&group.state)
        })
    }
}

/// A case of the seeds in a group, without history and requests.
fn open(
    corpus: &Corpus,
    places: &Places,
    seeds: &[Seed],
    group: &[usize],
    joins: &[Join],
) -> CaseFile {
    let members: Vec<&Seed> = group.iter().map(|&at| &seeds[at]).collect();
    let first = members.first().expect("a group has a member");
    let ids: BTreeSet<RecordId> = members.iter().map(|seed| seed.record.id).collect();
    let states = members
        .iter()
        .filter_map(|seed| places.state_of(seed.record));
    let names: BTreeSet<&String> = members.iter().flat_map(|seed| &seed.names).collect();
    let persons = members.iter().flat_map(|seed| &seed.persons);
    let persons: BTreeSet<RecordId> = persons.map(|person| person.id).collect();
    let records = ids.iter().filter_map(|id| corpus.record(id));
    CaseFile {
        id: crate::stable_id::stable_id(&["case", &first.record.id.to_string(), &first.name()]),
        name: first.name(),
        names: names.into_iter().cloned().collect(),
        kind: first.subject.kind,
        categories: categories(&members),
        is_proposed: members.iter().all(|seed| seed.is_proposed),
        state: states.max_by_key(|state| (state.stated, std::cmp::Reverse(state.key.clone()))),
        members: records.map(|record| corpus.evidence(record)).collect(),
        joins: joins.to_vec(),
        persons: persons.into_iter().collect(),
        statuses: Vec::new(),
        whereabouts: Vec::new(),
        contradictions: Vec::new(),
        requests: Vec::new(),
        next_of_kin: next_of_kin(&members),
        authorities: authorities(&members),
        counters: Counters::default(),
    }
}

fn categories(members: &[&Seed]) -> Vec<(Code, Vec<RecordId>)> {
    let mut categories: BTreeMap<Code, BTreeSet<RecordId>> = BTreeMap::new();
    for seed in members {
        let records = categories.entry(seed.category.clone()).or_default();
        records.insert(seed.record.id);
    }
    let categories = categories.into_iter();
    categories
        .map(|(code, ids)| (code, ids.into_iter().collect()))
        .collect()
}

fn authorities(members: &[&Seed]) -> Vec<(String, Vec<RecordId>)> {
    let mut named: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
    for seed in members {
        if let RecordBody::Case(case) = &seed.record.body {
            for authority in &case.authorities {
                let records = named.entry(authority.value.name.clone()).or_default();
                records.push(seed.record.id);
            }
        }
    }
    named.into_iter().collect()
}

fn next_of_kin(members: &[&Seed]) -> Vec<Kin> {
    let mut kin = BTreeSet::new();
    for seed in members {
        if let RecordBody::Case(case) = &seed.record.body {
            kin.extend(case.next_of_kin.iter().map(|one| Kin {
                name: one.value.name.clone(),
                relation: None,
                record: seed.record.id,
            }));
        }
        for person in &seed.persons {
            if let RecordBody::Person(it) = &person.body {
                kin.extend(it.relatives.iter().map(|one| Kin {
                    name: one.value.name.form.clone(),
                    relation: Some(one.value.relation.clone()),
                    record: person.id,
                }));
            }
        }
    }
    kin.into_iter().collect()
}
