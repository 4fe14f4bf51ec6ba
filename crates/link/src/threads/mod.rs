//! Demands and pledges over documents and years: who asked whom for what, how often, and what
//! became of it.
//!
//! Start with [`Threads::of`]. A [`Thread`] is one demand to one addressee; its calls say why
//! they are in it, its answers why they are taken for answers, and its [`Silence`] how long
//! nothing came. A [`Pledge`] is an undertaking, followed alike. Nothing here accepts anything:
//! what is grouped wrongly is put right by a judgement, which holds on every rerun.

mod answers;
mod askings;
mod grouping;
mod parties;
mod pledges;
mod rules;
mod silence;
mod tally;

pub use answers::{Answer, Certainty};
pub use parties::Party;
pub use pledges::{Making, Pledge};
pub use rules::{Rules, RulesError};
pub use silence::Silence;
pub use tally::Tally;

use crate::corpus::{Corpus, Evidence};
use crate::verdicts::Verdicts;
use crate::{Document, Provenance};
use askings::Askings;
use grouping::Member;
use model::{Code, Judgement, PartialDate, Record, RecordId};
pub(crate) use parties::Parties;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What threads are made from.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// Records of any kind, in any order; calls, responses and commitments are used.
    pub records: &'a [Record],
    /// Their documents.
    pub documents: &'a [Document],
    /// Where words come from first; without it every document counts as its own origin.
    pub provenance: Option<&'a dyn Provenance>,
    /// What people judged of pairs of calls, or of commitments.
    pub judgements: &'a [Judgement],
    /// The day up to which silence is counted.
    pub today: PartialDate,
}

/// One call in a thread.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Call {
    /// The record and its words.
    pub evidence: Evidence,
    /// Who asks, as far as the record says.
    pub caller: Option<Party>,
    /// What is asked: the whole demand, or the part of it that belongs to this thread.
    pub demand: String,
    /// Why it is in this thread.
    pub why: String,
    /// Number of the call within the thread, from 1; records with one number report one call.
    pub call: usize,
}

/// One demand to one addressee.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Thread {
    /// Stable as long as its oldest record (by id) stays in it.
    pub id: String,
    /// Of whom it is asked; `None` when no call names anybody.
    pub addressee: Option<Party>,
    /// What is asked, in the words of the first call.
    pub demand: String,
    /// Types of violation that its calls are about.
    pub violations: Vec<Code>,
    /// The calls, oldest first; what is not dated comes last.
    pub calls: Vec<Call>,
    /// How often it was asked, all in all.
    pub count: Tally,
    /// How often in each year; a call whose year is not known stands under `not dated`.
    pub by_year: Vec<Tally>,
    /// How often by each caller.
    pub by_caller: Vec<Tally>,
    /// What is taken for an answer to it, with the reasons, oldest first.
    pub answers: Vec<Answer>,
    /// How long it has gone unanswered.
    pub silence: Silence,
}

/// All demands and pledges of the records.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Threads {
    /// Demands, those asked most often first.
    pub demands: Vec<Thread>,
    /// Undertakings, those made most often first.
    pub pledges: Vec<Pledge>,
    /// Responses that no demand could be found for: shown, never guessed.
    pub unmatched: Vec<Evidence>,
    /// Judgements that contradict each other, for people.
    pub conflicts: Vec<String>,
}

impl Threads {
    /// The threads of these records.
    #[must_use]
    pub fn of(inputs: &Inputs, rules: &Rules) -> Self {
        let corpus = Corpus::new(inputs.records, inputs.documents, inputs.today);
        let verdicts = Verdicts::new(inputs.judgements);
        let parties = Parties::of(&corpus, rules);
        let calls = Askings::of_calls(&corpus, &parties, rules);
        let groups = grouping::group(&calls.items, rules, &verdicts);
        let builder = Builder {
            corpus: &corpus,
            provenance: inputs.provenance,
            rules,
        };
        let mut demands: Vec<Thread> = groups
            .iter()
            .map(|group| builder.thread(&calls, group))
            .collect();
        let weights = grouping::Weights::of(calls.items.iter().map(|item| item.stems.as_slice()));
        let unmatched = answers::Matching {
            corpus: &corpus,
            parties: &parties,
            rules,
            weights: &weights,
        }
        .answer(&mut demands);
        for thread in &mut demands {
            thread.silence = Silence::of(thread, corpus.today);
        }
        demands.sort_by(|a, b| {
            b.count
                .times
                .cmp(&a.count.times)
                .then_with(|| a.id.cmp(&b.id))
        });
        let made = Askings::of_commitments(&corpus, &parties, rules);
        let groups = grouping::group(&made.items, rules, &verdicts);
        let pledges = pledges::pledges(&builder, &made, &groups, &demands, &weights);
        Self {
            demands,
            pledges,
            unmatched,
            conflicts: verdicts.conflicts(),
        }
    }

    /// The threads that a call stands in: one for each addressee and each part of its demand.
    pub fn of_call(&self, record: RecordId) -> impl Iterator<Item = &Thread> {
        let has = move |thread: &&Thread| {
            let mut calls = thread.calls.iter();
            calls.any(|call| call.evidence.record == record)
        };
        self.demands.iter().filter(has)
    }
}

/// What a thread is put together with.
struct Builder<'a> {
    corpus: &'a Corpus<'a>,
    provenance: Option<&'a dyn Provenance>,
    rules: &'a Rules,
}

impl Builder<'_> {
    fn thread(&self, all: &Askings, group: &[Member]) -> Thread {
        let mut calls: Vec<Call> = group
            .iter()
            .map(|member| {
                let asking = &all.askings[member.item];
                Call {
                    evidence: self.corpus.evidence(asking.record),
                    caller: asking.caller.clone(),
                    demand: all.items[member.item].words.clone(),
                    why: member.why.clone(),
                    call: 0,
                }
            })
            .collect();
        tally::number(&mut calls, self.rules.one_call_days());
        let first = &all.items[group[0].item];
        let violations: BTreeSet<&Code> = group
            .iter()
            .flat_map(|member| &all.items[member.item].violations)
            .collect();
        Thread {
            id: thread_id("call", &first.party, group, all),
            addressee: all.askings[group[0].item].party.clone(),
            demand: first.words.clone(),
            violations: violations.into_iter().cloned().collect(),
            count: self.tally("all", &calls),
            by_year: self.by(&calls, |call| year_of(&call.evidence)),
            by_caller: self.by(&calls, |call| match &call.caller {
                Some(caller) => caller.name.clone(),
                None => "not named".to_owned(),
            }),
            calls,
            answers: Vec::new(),
            silence: Silence::default(),
        }
    }

    fn by(&self, calls: &[Call], of: impl Fn(&Call) -> String) -> Vec<Tally> {
        let mut parts: BTreeMap<String, Vec<Call>> = BTreeMap::new();
        for call in calls {
            parts.entry(of(call)).or_default().push(call.clone());
        }
        let tallies = parts.into_iter();
        tallies.map(|(of, calls)| self.tally(&of, &calls)).collect()
    }

    fn tally(&self, of: &str, calls: &[Call]) -> Tally {
        let evidence: Vec<&Evidence> = calls.iter().map(|call| &call.evidence).collect();
        let numbers: BTreeSet<usize> = calls.iter().map(|call| call.call).collect();
        self.count(of, numbers.len(), &evidence)
    }

    /// Counts records, documents and origins.
    fn count(&self, of: &str, times: usize, evidence: &[&Evidence]) -> Tally {
        let documents: BTreeSet<_> = evidence.iter().filter_map(|one| one.source).collect();
        let origins: BTreeSet<_> = evidence
            .iter()
            .filter_map(|one| self.corpus.record(&one.record))
            .filter_map(|record| self.corpus.origin(record, self.provenance))
            .collect();
        Tally {
            of: of.to_owned(),
            times,
            documents: documents.len(),
            origins: origins.len(),
        }
    }
}

/// The year of an evidence, for people; a range that spans years shows both.
fn year_of(evidence: &Evidence) -> String {
    let Some(dated) = &evidence.date else {
        return "not dated".to_owned();
    };
    let year =
        |day: Option<(u16, u8, u8)>| day.map_or("..".to_owned(), |(year, _, _)| year.to_string());
    let (first, last) = (year(dated.date.earliest()), year(dated.date.latest()));
    if first == last {
        first
    } else {
        format!("{first}/{last}")
    }
}

/// An id that depends on the party and on the least record of a group, with its part, only.
fn thread_id(kind: &str, party: &str, group: &[Member], all: &Askings) -> String {
    let items = group.iter().map(|member| &all.items[member.item]);
    let oldest = items.map(|item| (item.record, item.part)).min();
    let (record, part) = oldest.expect("a group has a member");
    crate::stable_id::stable_id(&[kind, party, &record.to_string(), &part.to_string()])
}
