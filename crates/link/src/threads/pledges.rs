//! Undertakings, followed like demands: who pledged what, how often, by when.
//!
//! Invariant: nothing here says that a pledge was kept; only a person can.

use super::askings::Askings;
use super::grouping::{Member, Weights};
use super::parties::Party;
use super::tally::Tally;
use super::{Builder, Thread, thread_id, year_of};
use crate::corpus::Evidence;
use crate::when::{Days, bounds, order};
use model::{RecordBody, ResolvedDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// One time that an undertaking was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Making {
    /// The record and its words.
    pub evidence: Evidence,
    /// What was undertaken, in the words of the text.
    pub undertaking: String,
    /// By when, where the text says.
    pub due: Option<ResolvedDate>,
    /// Why it is taken for the same undertaking.
    pub why: String,
}

/// An undertaking, each time it was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pledge {
    /// Stable as long as its oldest record (by id) stays in it.
    pub id: String,
    /// Who undertakes it, as far as the records say.
    pub by: Option<Party>,
    /// What, in the words of the first time.
    pub undertaking: String,
    /// Each time, oldest first.
    pub made: Vec<Making>,
    /// How often, all in all.
    pub count: Tally,
    /// How often in each year.
    pub by_year: Vec<Tally>,
    /// The latest date by which it was to be done.
    pub due: Option<ResolvedDate>,
    /// Days since that date passed; `None` when there is none, or it lies ahead.
    pub overdue: Option<Days>,
    /// Ids of demands to the same party that speak of the same.
    pub demands: Vec<String>,
    /// Where it stands, in a sentence.
    pub words: String,
}

/// The pledges in groups of commitments.
pub(super) fn pledges(
    builder: &Builder,
    all: &Askings,
    groups: &[Vec<Member>],
    demands: &[Thread],
    weights: &Weights,
) -> Vec<Pledge> {
    let mut asked: HashMap<&str, Vec<(&Thread, Vec<String>)>> = HashMap::new();
    for thread in demands {
        if let Some(addressee) = &thread.addressee {
            let stems = builder.rules.stems(&thread.demand);
            asked
                .entry(&addressee.identity)
                .or_default()
                .push((thread, stems));
        }
    }
    let mut pledges: Vec<Pledge> = groups
        .iter()
        .map(|group| {
            let mut pledge = pledge(builder, all, group);
            let stems = &all.items[group[0].item].stems;
            let party = all.items[group[0].item].party.as_str();
            let (share, _) = builder.rules.answer_shares();
            let about = asked
                .get(party)
                .into_iter()
                .flatten()
                .filter(|(_, demand)| {
                    let shared = weights.shared(demand, stems);
                    let common: u64 = shared.iter().map(|stem| weights.weight(stem)).sum();
                    shared.len() > 1 && 100 * common >= u64::from(share) * weights.total(demand)
                });
            pledge.demands = about.map(|(thread, _)| thread.id.clone()).collect();
            pledge.demands.sort();
            pledge
        })
        .collect();
    pledges.sort_by(|a, b| {
        b.count
            .times
            .cmp(&a.count.times)
            .then_with(|| a.id.cmp(&b.id))
    });
    pledges
}

fn pledge(builder: &Builder, all: &Askings, group: &[Member]) -> Pledge {
    let mut made: Vec<Making> = group
        .iter()
        .map(|member| {
            let record = all.askings[member.item].record;
            let due = match &record.body {
                RecordBody::Commitment(it) => it.due.as_ref().map(|due| due.value.clone()),
                _ => None,
            };
            Making {
                evidence: builder.corpus.evidence(record),
                undertaking: all.items[member.item].words.clone(),
                due,
                why: member.why.clone(),
            }
        })
        .collect();
    made.sort_by_key(|one| {
        let date = one.evidence.date.as_ref().map(|dated| &dated.date);
        (order(date), one.evidence.record)
    });
    let first = &all.items[group[0].item];
    let due = made
        .iter()
        .filter_map(|one| one.due.clone())
        .max_by_key(|due| (bounds(&due.date).1.unwrap_or(i64::MAX), due.basis.clone()));
    let today = builder.corpus.today;
    let is_past = |due: &&ResolvedDate| bounds(&due.date).1.is_some_and(|last| last < today);
    let overdue = due
        .as_ref()
        .filter(is_past)
        .map(|due| Days::since(&due.date, today));
    let mut years: BTreeMap<String, Vec<&Evidence>> = BTreeMap::new();
    for one in &made {
        years
            .entry(year_of(&one.evidence))
            .or_default()
            .push(&one.evidence);
    }
    let evidence: Vec<&Evidence> = made.iter().map(|one| &one.evidence).collect();
    let count = builder.count("all", times(&evidence), &evidence);
    let mut pledge = Pledge {
        id: thread_id("commitment", &first.party, group, all),
        by: all.askings[group[0].item].party.clone(),
        undertaking: first.words.clone(),
        count,
        by_year: years
            .iter()
            .map(|(year, evidence)| builder.count(year, times(evidence), evidence))
            .collect(),
        made,
        due,
        overdue,
        demands: Vec::new(),
        words: String::new(),
    };
    pledge.words = sentence(&pledge);
    pledge
}

/// How often it was made: what stands in one document was made on one occasion.
fn times(evidence: &[&Evidence]) -> usize {
    let mut occasions: Vec<_> = evidence
        .iter()
        .map(|one| {
            one.source
                .map_or_else(|| one.record.to_string(), |source| source.to_string())
        })
        .collect();
    occasions.sort_unstable();
    occasions.dedup();
    occasions.len()
}

fn sentence(pledge: &Pledge) -> String {
    let made = match pledge.count.times {
        1 => "Undertaken once".to_owned(),
        times => format!("Undertaken {times} times"),
    };
    match (&pledge.due, pledge.overdue) {
        (Some(due), Some(days)) => format!(
            "{made}; due by {}, {days} ago. Whether it was kept is for a person to say.",
            due.date
        ),
        (Some(due), None) => format!("{made}; due by {}.", due.date),
        (None, _) => format!("{made}; no date by which it is to be done."),
    }
}
