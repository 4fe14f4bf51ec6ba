//! Which responses answer which demand, and why they are taken to.
//!
//! Invariant: an answer comes from the addressee, does not come before the first call, and has a
//! reason beside that; a response without one is listed as unmatched.

use super::grouping::Weights;
use super::parties::{Parties, Party};
use super::{Rules, Thread};
use crate::corpus::{Corpus, Evidence};
use model::{Code, Record, RecordBody, RecordId, SourceId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// Demands that one reply is taken to answer, at most.
const ANSWERED: usize = 4;

/// How sure it is that a response answers a demand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Something speaks for it; a person should look.
    Possible,
    /// Its words speak of the demand.
    Likely,
    /// The record says to which call it answers.
    Certain,
}

impl Certainty {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// What is taken for an answer to a demand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The record and its words.
    pub evidence: Evidence,
    /// Who answers.
    pub by: Party,
    /// Term of the vocabulary `response`; a commitment counts as `pledged`.
    pub answer: Code,
    /// How sure it is that it answers this demand.
    pub certainty: Certainty,
    /// Why, for people.
    pub reasons: Vec<String>,
    /// Whether it ends the silence, if it is an answer: a report that nothing came does not.
    pub ends_silence: bool,
}

/// What answers are matched with.
pub(super) struct Matching<'a> {
    pub corpus: &'a Corpus<'a>,
    pub parties: &'a Parties<'a>,
    pub rules: &'a Rules,
    pub weights: &'a Weights,
}

/// A record that may answer something.
struct Reply<'a> {
    record: &'a Record,
    by: Party,
    answer: Code,
    to: Option<RecordId>,
    stems: Vec<String>,
}

impl Matching<'_> {
    /// Puts answers where they belong; the responses that belong nowhere are returned.
    pub fn answer(&self, threads: &mut [Thread]) -> Vec<Evidence> {
        let asked = Asked::of(threads, self.corpus, self.rules);
        let mut unmatched = Vec::new();
        for reply in self.replies() {
            let answered = self.answered(&reply, &asked, threads);
            if answered.is_empty() && matches!(reply.record.body, RecordBody::Response(_)) {
                unmatched.push(self.corpus.evidence(reply.record));
            }
            for (at, certainty, reasons) in answered {
                threads[at].answers.push(Answer {
                    ends_silence: !self.rules.keeps_silence(reply.answer.as_str()),
                    evidence: self.corpus.evidence(reply.record),
                    by: reply.by.clone(),
                    answer: reply.answer.clone(),
                    certainty,
                    reasons,
                });
            }
        }
        for thread in threads {
            thread.answers.sort_by_key(|answer| {
                let date = answer.evidence.date.as_ref().map(|dated| &dated.date);
                (crate::when::order(date), answer.evidence.record)
            });
        }
        Evidence::sort(&mut unmatched);
        unmatched
    }

    fn replies(&self) -> Vec<Reply<'_>> {
        let replies = self.corpus.records.iter().filter_map(|record| {
            let (by, answer, to) = match &record.body {
                RecordBody::Response(it) => (&it.by.value, it.answer.value.clone(), it.to),
                RecordBody::Commitment(it) => (&it.by.as_ref()?.value, Code::from("pledged"), None),
                _ => return None,
            };
            let words: Vec<&str> = record
                .citations
                .iter()
                .map(|citation| citation.quote.quote.as_str())
                .collect();
            Some(Reply {
                record,
                by: self.parties.party(by),
                answer,
                to,
                stems: self.rules.stems(&words.join(" ")),
            })
        });
        replies.collect()
    }

    /// The threads that a reply answers, how surely, and why.
    fn answered(
        &self,
        reply: &Reply,
        asked: &Asked,
        threads: &[Thread],
    ) -> Vec<(usize, Certainty, Vec<String>)> {
        if let Some(named) = reply.to.and_then(|to| asked.by_call.get(&to)) {
            let why = "the record says to which call it answers".to_owned();
            let threads = named.iter();
            return threads
                .map(|&at| (at, Certainty::Certain, vec![why.clone()]))
                .collect();
        }
        let date = self.corpus.dated(reply.record);
        let last = date.and_then(|dated| crate::when::bounds(&dated.date).1);
        let mut near: Vec<(Certainty, u32, usize)> = asked
            .candidates(reply)
            .into_iter()
            .filter(|&at| !asked.is_before_all(last, at))
            .filter_map(|at| {
                let (certainty, share) = self.likeness(reply, asked, at)?;
                Some((certainty, share, at))
            })
            .collect();
        // One reply answers one demand or a few: those that it speaks of most.
        near.sort_by_key(|&(certainty, share, at)| (std::cmp::Reverse((certainty, share)), at));
        near.truncate(ANSWERED);
        let answers = near.into_iter().map(|(certainty, share, at)| {
            let reasons = self.reasons(reply, asked, at, share, &threads[at].demand);
            (at, certainty, reasons)
        });
        answers.collect()
    }

    /// How surely a reply answers a thread, and how much of the demand it speaks of, in percent;
    /// `None` when too little speaks for it.
    fn likeness(&self, reply: &Reply, asked: &Asked, at: usize) -> Option<(Certainty, u32)> {
        let demand = &asked.stems[at];
        let pledged = matches!(reply.record.body, RecordBody::Commitment(_));
        let told_together = !pledged && asked.is_told_together(reply.record, at);
        let common = self.weights.common(demand, &reply.stems);
        let share = (100 * common)
            .checked_div(self.weights.total(demand))
            .unwrap_or(0) as u32;
        let (possible, likely) = self.rules.answer_shares();
        let speaks_of_it = share >= possible && !demand.is_empty();
        if !told_together && !speaks_of_it {
            return None;
        }
        // A pledge may be meant for something else, and one word in common is little: a person
        // should look.
        let strong = (told_together && speaks_of_it) || share >= likely;
        let several = || self.weights.shared(demand, &reply.stems).len() > 1;
        if strong && !pledged && several() {
            return Some((Certainty::Likely, share));
        }
        Some((Certainty::Possible, share))
    }

    fn reasons(
        &self,
        reply: &Reply,
        asked: &Asked,
        at: usize,
        share: u32,
        demand: &str,
    ) -> Vec<String> {
        let mut reasons = vec![format!("{} was asked", reply.by.name)];
        let pledged = matches!(reply.record.body, RecordBody::Commitment(_));
        if !pledged && asked.is_told_together(reply.record, at) {
            reasons.push("it stands in the same passage as the call".to_owned());
        }
        if share >= self.rules.answer_shares().0 {
            let shared = self.weights.shared(&asked.stems[at], &reply.stems);
            let named: Vec<&str> = shared.iter().take(5).map(|stem| stem.as_str()).collect();
            reasons.push(format!(
                "it speaks of what was asked, “{demand}” ({})",
                named.join(", ")
            ));
        }
        reasons
    }
}

/// What was asked of whom, where and when, to be found from a reply.
struct Asked {
    by_call: HashMap<RecordId, Vec<usize>>,
    by_stem: HashMap<(String, String), Vec<usize>>,
    by_passage: HashMap<(SourceId, u32), BTreeSet<usize>>,
    parties: Vec<Option<String>>,
    stems: Vec<Vec<String>>,
    /// First day of the earliest call of each thread; `None` when one of its calls is not dated.
    earliest: Vec<Option<i64>>,
}

impl Asked {
    fn of(threads: &[Thread], corpus: &Corpus, rules: &Rules) -> Self {
        let mut asked = Self {
            by_call: HashMap::new(),
            by_stem: HashMap::new(),
            by_passage: HashMap::new(),
            parties: Vec::with_capacity(threads.len()),
            stems: Vec::with_capacity(threads.len()),
            earliest: Vec::with_capacity(threads.len()),
        };
        for (at, thread) in threads.iter().enumerate() {
            let party = thread.addressee.as_ref().map(|to| to.identity.clone());
            let stems = rules.stems(&thread.demand);
            if let Some(party) = &party {
                for stem in &stems {
                    let words = (party.clone(), stem.clone());
                    asked.by_stem.entry(words).or_default().push(at);
                }
            }
            for call in &thread.calls {
                let record = call.evidence.record;
                asked.by_call.entry(record).or_default().push(at);
                if let Some(place) = corpus.record(&record).and_then(place) {
                    asked.by_passage.entry(place).or_default().insert(at);
                }
            }
            let days = thread.calls.iter().map(|call| {
                let dated = call.evidence.date.as_ref()?;
                crate::when::bounds(&dated.date).0
            });
            let days = days.collect::<Option<Vec<i64>>>();
            asked
                .earliest
                .push(days.and_then(|days| days.into_iter().min()));
            asked.parties.push(party);
            asked.stems.push(stems);
        }
        asked
    }

    /// The threads to the one who replies that share a word or a passage with the reply.
    fn candidates(&self, reply: &Reply) -> BTreeSet<usize> {
        let party = &reply.by.identity;
        let words = reply
            .stems
            .iter()
            .filter_map(|stem| self.by_stem.get(&(party.clone(), stem.clone())));
        let mut found: BTreeSet<usize> = words.flatten().copied().collect();
        let together = place(reply.record).and_then(|place| self.by_passage.get(&place));
        let own = |at: &&usize| self.parties[**at].as_ref() == Some(party);
        found.extend(together.into_iter().flatten().filter(own));
        found
    }

    /// Whether the reply came before anybody asked, as far as the dates tell.
    fn is_before_all(&self, last: Option<i64>, at: usize) -> bool {
        last.zip(self.earliest[at])
            .is_some_and(|(reply, call)| reply < call)
    }

    /// Whether the reply stands in a passage with one of the calls.
    fn is_told_together(&self, reply: &Record, at: usize) -> bool {
        let together = place(reply).and_then(|place| self.by_passage.get(&place));
        together.is_some_and(|threads| threads.contains(&at))
    }
}

/// The passage that a record stands in.
fn place(record: &Record) -> Option<(SourceId, u32)> {
    Some((record.source?, record.citations.first()?.quote.passage))
}
