//! Who asked for a person, or for all like them, and what was answered.
//!
//! Invariant: a request is tied to a person only where it names that person and no other case
//! bears the name; what is asked for all of a category stands apart, once for the category.

use super::seeds::Seed;
use super::{CaseFile, Statuses};
use crate::corpus::{Corpus, Evidence, fold, identity};
use crate::mentions::entities;
use crate::places::Places;
use crate::threads::{Certainty, Threads};
use crate::when::order;
use model::{Call, Code, EntityKind, EntityRef, Record, RecordBody, RecordId, Response};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Words of the longest name that is looked for in a text.
const LONGEST: usize = 6;

/// What came back on a request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The response and its words.
    pub evidence: Evidence,
    /// Who answered.
    pub by: String,
    /// Term of the vocabulary `response`.
    pub answer: Code,
    /// How sure it is that it answers this request.
    pub certainty: Certainty,
}

/// A call made for a person, or for all of a category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The call and its words.
    pub evidence: Evidence,
    /// Who asks, where the call says.
    pub caller: Option<String>,
    /// Of whom it is asked.
    pub addressees: Vec<String>,
    /// Why it concerns the case.
    pub why: String,
    /// What came back.
    pub replies: Vec<Reply>,
}

impl Request {
    /// Whether a certain or likely answer came; a report that nothing came is none.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        let mut replies = self.replies.iter();
        replies
            .any(|reply| reply.certainty != Certainty::Possible && reply.answer.as_str() != "none")
    }
}

/// Requests made for everybody of a category whom one state can answer for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GroupRequests {
    /// Term of the vocabulary `case-category`.
    pub category: Code,
    /// Gazetteer key of the state that is asked.
    pub state: String,
    /// The requests, oldest first.
    pub requests: Vec<Request>,
}

/// Cases by the names and records of their persons.
pub(super) struct Index {
    by_record: HashMap<RecordId, usize>,
    by_identity: HashMap<String, usize>,
    /// Names borne by several cases: nothing is tied to a case by them.
    common: HashSet<String>,
}

impl Index {
    /// Of each record and name, the cases it belongs to.
    pub fn of(cases: &[CaseFile], seeds: &[Seed], groups: &[Vec<usize>]) -> Self {
        let mut index = Self {
            by_record: HashMap::new(),
            by_identity: HashMap::new(),
            common: HashSet::new(),
        };
        let mut case_of: HashMap<RecordId, Vec<(usize, &str)>> = HashMap::new();
        for (at, case) in cases.iter().enumerate() {
            for member in &case.members {
                case_of
                    .entry(member.record)
                    .or_default()
                    .push((at, &case.id));
            }
            for person in &case.persons {
                index.by_record.insert(*person, at);
            }
        }
        for group in groups {
            let first = &seeds[group[0]];
            let id =
                crate::stable_id::stable_id(&["case", &first.record.id.to_string(), &first.name()]);
            let cases = case_of.get(&first.record.id).map_or(&[][..], Vec::as_slice);
            let Some(&(at, _)) = cases.iter().find(|(_, own)| *own == id) else {
                continue;
            };
            for &seed in group {
                index.learn(&seeds[seed], at);
            }
        }
        index
    }

    fn learn(&mut self, seed: &Seed, at: usize) {
        if !seed.is_proposed {
            self.by_record.insert(seed.record.id, at);
        }
        let mut names = vec![identity(seed.subject)];
        if seed.subject.kind == EntityKind::Person {
            names.extend(seed.names.iter().map(|name| format!("name:{}", fold(name))));
        }
        for name in names {
            let known = *self.by_identity.entry(name.clone()).or_insert(at);
            if known != at {
                self.common.insert(name);
            }
        }
    }

    /// The case of an entity, when no other bears its name.
    pub fn find(&self, entity: &EntityRef) -> Option<usize> {
        let by_record = entity
            .record
            .and_then(|record| self.by_record.get(&record).copied());
        by_record.or_else(|| {
            let by_key = self.named(&identity(entity));
            by_key.or_else(|| self.named(&format!("name:{}", fold(&entity.name))))
        })
    }

    fn named(&self, name: &str) -> Option<usize> {
        let unique = !self.common.contains(name);
        self.by_identity.get(name).copied().filter(|_| unique)
    }

    /// The cases that a record says something of.
    pub fn concerned(&self, record: &Record) -> BTreeSet<usize> {
        let mut cases: BTreeSet<usize> = self
            .by_record
            .get(&record.id)
            .copied()
            .into_iter()
            .collect();
        if matches!(
            record.body,
            RecordBody::Allegation(_) | RecordBody::Event(_)
        ) {
            let persons = entities(&record.body)
                .into_iter()
                .filter(|one| one.kind == EntityKind::Person);
            cases.extend(persons.filter_map(|one| self.find(one)));
        }
        cases
    }

    /// The cases whose persons a text names, each with the name.
    fn in_text(&self, text: &str) -> Vec<(usize, String)> {
        let words: Vec<String> = crate::corpus::words(text).collect();
        let mut found = BTreeMap::new();
        for start in 0..words.len() {
            let mut name = String::from("name:");
            for (count, word) in words[start..].iter().take(LONGEST).enumerate() {
                if count > 0 {
                    name.push(' ');
                }
                name.push_str(word);
                if count == 0 && word.is_ascii() {
                    continue;
                }
                if let Some(at) = self.named(&name) {
                    found
                        .entry(at)
                        .or_insert_with(|| name["name:".len()..].to_owned());
                }
            }
        }
        found.into_iter().collect()
    }
}

/// Ties the calls of the corpus to the cases; returns those made for whole categories.
pub(super) fn attach(
    cases: &mut [CaseFile],
    corpus: &Corpus,
    places: &Places,
    statuses: &Statuses,
    index: &Index,
    threads: Option<&Threads>,
) -> Vec<GroupRequests> {
    let replies = Replies::of(corpus, threads);
    let listed = listed_requests(cases, corpus);
    let mut groups: BTreeMap<(Code, String), Vec<Request>> = BTreeMap::new();
    for record in &corpus.records {
        let RecordBody::Call(call) = &record.body else {
            continue;
        };
        let request = |why: String| Request {
            evidence: corpus.evidence(record),
            caller: call.caller.as_ref().map(|caller| caller.value.name.clone()),
            addressees: call
                .addressees
                .iter()
                .map(|one| one.value.name.clone())
                .collect(),
            why,
            replies: replies.to(record.id),
        };
        let text = format!("{} {}", call.demand.value, crate::corpus::quote(record));
        let mut named: BTreeMap<usize, String> = BTreeMap::new();
        for at in listed.get(&record.id).into_iter().flatten() {
            named.insert(*at, "the case lists it".to_owned());
        }
        for (at, name) in index.in_text(&text) {
            named
                .entry(at)
                .or_insert_with(|| format!("it names {name}"));
        }
        for (at, why) in named {
            cases[at].requests.push(request(why));
        }
        for (category, state, why) in asked_for_all(call, &text, places, statuses) {
            groups
                .entry((category, state))
                .or_default()
                .push(request(why));
        }
    }
    for case in cases {
        sort(&mut case.requests);
    }
    let groups = groups.into_iter().map(|((category, state), mut requests)| {
        sort(&mut requests);
        GroupRequests {
            category,
            state,
            requests,
        }
    });
    groups.collect()
}

fn sort(requests: &mut [Request]) {
    requests.sort_by_key(|request| {
        let date = request.evidence.date.as_ref().map(|dated| &dated.date);
        (order(date), request.evidence.record)
    });
}

/// The calls that case records list as requests, with their cases.
fn listed_requests(cases: &[CaseFile], corpus: &Corpus) -> HashMap<RecordId, Vec<usize>> {
    let mut listed: HashMap<RecordId, Vec<usize>> = HashMap::new();
    for (at, case) in cases.iter().enumerate() {
        for member in &case.members {
            if let Some(RecordBody::Case(it)) =
                corpus.record(&member.record).map(|record| &record.body)
            {
                for request in &it.requests {
                    listed.entry(*request).or_default().push(at);
                }
            }
        }
    }
    listed
}

/// The categories for which a call asks, and the states of which it does.
fn asked_for_all(
    call: &Call,
    text: &str,
    places: &Places,
    statuses: &Statuses,
) -> Vec<(Code, String, String)> {
    let states: BTreeSet<String> = call
        .addressees
        .iter()
        .filter_map(|addressee| places.state(&addressee.value))
        .collect();
    let violations: Vec<&str> = call
        .violations
        .iter()
        .map(|code| code.value.as_str())
        .collect();
    let groups = statuses.groups(text, &violations);
    let all = states.iter().flat_map(|state| {
        groups
            .iter()
            .map(|(category, why)| (Code::from(*category), state.clone(), why.clone()))
    });
    all.collect()
}

/// What was answered to each call.
struct Replies(HashMap<RecordId, Vec<Reply>>);

impl Replies {
    fn of(corpus: &Corpus, threads: Option<&Threads>) -> Self {
        let mut replies: HashMap<RecordId, Vec<Reply>> = HashMap::new();
        for thread in threads.into_iter().flat_map(|threads| &threads.demands) {
            for call in &thread.calls {
                let answers = thread.answers.iter().map(|answer| Reply {
                    evidence: answer.evidence.clone(),
                    by: answer.by.name.clone(),
                    answer: answer.answer.clone(),
                    certainty: answer.certainty,
                });
                replies
                    .entry(call.evidence.record)
                    .or_default()
                    .extend(answers);
            }
        }
        // Without threads, what a response itself says it answers.
        for record in corpus.records.iter().filter(|_| threads.is_none()) {
            if let RecordBody::Response(Response {
                to: Some(to),
                by,
                answer,
                ..
            }) = &record.body
            {
                replies.entry(*to).or_default().push(Reply {
                    evidence: corpus.evidence(record),
                    by: by.value.name.clone(),
                    answer: answer.value.clone(),
                    certainty: Certainty::Certain,
                });
            }
        }
        Self(replies)
    }

    fn to(&self, call: RecordId) -> Vec<Reply> {
        let mut replies = self.0.get(&call).cloned().unwrap_or_default();
        replies.sort_by_key(|reply| (reply.evidence.record, std::cmp::Reverse(reply.certainty)));
        replies.dedup_by_key(|reply| reply.evidence.record);
        replies
    }
}
