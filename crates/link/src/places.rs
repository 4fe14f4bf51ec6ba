//! In which state something took place, and what a place lies in.
//!
//! Invariant: what a record says and what is only taken from the rest of its document are told
//! apart; where neither names a state, none is given.

use crate::corpus::{Corpus, identity};
use model::{EntityKind, EntityRef, Record, RecordBody, SourceId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Steps up the hierarchy of places, at most: county, province, country, and some to spare.
const STEPS: usize = 8;
/// Percent of all mentions of states that one must have to be what a document is about.
const DOMINANT: usize = 50;

/// The state that a record is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StateOf {
    /// Gazetteer key, such as `state:KP`.
    pub key: String,
    /// Whether the record itself names it.
    pub stated: bool,
    /// How it is known, for people.
    pub why: String,
}

/// The places and states of a corpus.
pub(crate) struct Places {
    /// What each place lies in, by key.
    within: HashMap<String, String>,
    /// A name of each key.
    names: BTreeMap<String, String>,
    /// The state that most of a document's mentions of states are of, with its share in percent.
    dominant: HashMap<SourceId, (String, usize)>,
}

impl Places {
    /// Learns places and states from their records.
    pub fn of(corpus: &Corpus) -> Self {
        let mut learnt = Learnt::default();
        for record in &corpus.records {
            for entity in crate::mentions::entities(&record.body) {
                learnt.name(&identity(entity), &entity.name);
            }
            if let Some(source) = record.source {
                let states = speakers(&record.body).into_iter();
                let states = states.filter_map(|one| one.key.clone());
                learnt.speaking.entry(source).or_default().extend(states);
            }
            learnt.record(record);
        }
        let speaking = learnt.speaking;
        let dominant = learnt.mentions.into_iter().filter_map(|(source, counts)| {
            Some((source, dominant(counts, speaking.get(&source))?))
        });
        Self {
            dominant: dominant.collect(),
            within: learnt.within.into_iter().collect(),
            names: learnt.names,
        }
    }

    /// The name of a key; the key itself when no record names it.
    pub fn name<'n>(&'n self, key: &'n str) -> &'n str {
        self.names.get(key).map_or(key, String::as_str)
    }

    /// The place and everything it lies in, from the narrowest to the state.
    pub fn chain(&self, key: &str) -> Vec<String> {
        let mut chain = vec![key.to_owned()];
        while chain.len() < STEPS
            && let Some(parent) = chain.last().and_then(|last| self.within.get(last))
            && !chain.contains(parent)
        {
            chain.push(parent.clone());
        }
        chain
    }

    /// The state that an entity is, or lies in.
    pub fn state(&self, entity: &EntityRef) -> Option<String> {
        let chain = self.chain(entity.key.as_ref()?);
        chain.into_iter().find(|key| key.starts_with("state:"))
    }

    /// Every state that a record names as where it took place, who did it, suffered it or took
    /// part; where it names none, the one that [`Places::state_of`] gives.
    pub fn states_of(&self, record: &Record) -> Vec<StateOf> {
        let named: BTreeSet<String> = match &record.body {
            RecordBody::Allegation(it) => {
                let victims = it.victims.iter().map(|victim| &victim.value.who);
                let doers = it.perpetrators.iter().map(|one| &one.value.who);
                let place = it.place.iter().map(|place| &place.value);
                let all = victims.chain(doers).chain(place);
                all.filter_map(|entity| self.state(entity)).collect()
            }
            body @ RecordBody::Event(_) => {
                let all = crate::mentions::entities(body).into_iter();
                all.filter_map(|entity| self.state(entity)).collect()
            }
            _ => BTreeSet::new(),
        };
        if named.is_empty() {
            return self.state_of(record).into_iter().collect();
        }
        let stated = named.into_iter().map(|key| StateOf {
            why: format!("it names {}", self.name(&key)),
            stated: true,
            key,
        });
        stated.collect()
    }

    /// The state that a record is about: where it took place, else who is said to have done it,
    /// else who took part, else what its document speaks of most.
    pub fn state_of(&self, record: &Record) -> Option<StateOf> {
        let said = |entity: Option<&EntityRef>, how: &str| {
            let key = self.state(entity?)?;
            let why = format!("{how} {}", self.name(&key));
            Some(StateOf {
                key,
                stated: true,
                why,
            })
        };
        let own = match &record.body {
            RecordBody::Allegation(it) => {
                let doers = it.perpetrators.iter().map(|one| &one.value.who);
                said(
                    it.place.as_ref().map(|place| &place.value),
                    "it took place in",
                )
                .or_else(|| {
                    doers
                        .into_iter()
                        .find_map(|doer| said(Some(doer), "it is laid to"))
                })
            }
            RecordBody::Event(it) => {
                let parts = it.participants.iter().map(|one| &one.value.who);
                said(
                    it.place.as_ref().map(|place| &place.value),
                    "it took place in",
                )
                .or_else(|| {
                    let states = parts.filter(|who| who.kind == EntityKind::State);
                    states
                        .into_iter()
                        .find_map(|who| said(Some(who), "it concerns"))
                })
            }
            RecordBody::Case(it) => [&it.held_at, &it.last_seen_at, &it.taken_at]
                .into_iter()
                .find_map(|place| said(place.as_ref().map(|place| &place.value), "last known in")),
            _ => None,
        };
        own.or_else(|| {
            let (key, share) = self.dominant.get(&record.source?)?;
            let name = self.name(key);
            Some(StateOf {
                key: key.clone(),
                stated: false,
                why: format!(
                    "the record names no state; {share} % of its document's mentions of states \
                     other than who speaks are of {name}"
                ),
            })
        })
    }
}

/// What is learnt of places before it is settled.
#[derive(Default)]
struct Learnt {
    within: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
    /// How often each document mentions each state.
    mentions: HashMap<SourceId, BTreeMap<String, usize>>,
    /// The states that speak in each document.
    speaking: HashMap<SourceId, BTreeSet<String>>,
}

impl Learnt {
    /// Keeps the least of the names of a key.
    fn name(&mut self, key: &str, form: &str) {
        let kept = self
            .names
            .entry(key.to_owned())
            .or_insert_with(|| form.to_owned());
        if form < kept.as_str() {
            *kept = form.to_owned();
        }
    }

    /// Takes in the record of a place or a state.
    fn record(&mut self, record: &Record) {
        match &record.body {
            RecordBody::Place(place) => {
                let parent = place
                    .within
                    .as_ref()
                    .and_then(|within| within.value.key.clone());
                if let (Some(key), Some(parent)) = (&place.key, parent) {
                    let kept = self
                        .within
                        .entry(key.clone())
                        .or_insert_with(|| parent.clone());
                    if parent < *kept {
                        *kept = parent;
                    }
                }
                if let (Some(key), Some(first)) = (&place.key, place.names.first()) {
                    self.name(key, &first.value.form);
                }
            }
            RecordBody::State(state) => {
                let Some(key) = state.iso.as_ref().map(|iso| format!("state:{iso}")) else {
                    return;
                };
                if let Some(first) = state.names.first() {
                    self.name(&key, &first.value.form);
                }
                if let Some(source) = record.source {
                    let counts = self.mentions.entry(source).or_default();
                    *counts.entry(key).or_default() += record.citations.len();
                }
            }
            _ => {}
        }
    }
}

/// The state that a document speaks of most, with its share in percent. Those who speak in it
/// are left out, unless nobody else is named: a government's statement on another state names its
/// own as often.
fn dominant(
    mut counts: BTreeMap<String, usize>,
    speaking: Option<&BTreeSet<String>>,
) -> Option<(String, usize)> {
    if let Some(speaking) = speaking
        && counts.keys().any(|key| !speaking.contains(key))
    {
        counts.retain(|key, _| !speaking.contains(key));
    }
    let all: usize = counts.values().sum();
    let most = |(key, n): &(String, usize)| (*n, std::cmp::Reverse(key.clone()));
    let (key, mentions) = counts.into_iter().max_by_key(most)?;
    let share = (100 * mentions).checked_div(all)?;
    (share >= DOMINANT).then_some((key, share))
}

/// Those who speak, call or undertake in a record.
fn speakers(body: &RecordBody) -> Vec<&EntityRef> {
    match body {
        RecordBody::Allegation(it) => {
            let links = it.attribution.iter();
            links
                .filter_map(|link| link.value.speaker.as_ref())
                .collect()
        }
        RecordBody::Statement(it) => it.speaker.iter().map(|one| &one.value).collect(),
        RecordBody::Call(it) => it.caller.iter().map(|one| &one.value).collect(),
        RecordBody::Commitment(it) => it.by.iter().map(|one| &one.value).collect(),
        _ => Vec::new(),
    }
}
