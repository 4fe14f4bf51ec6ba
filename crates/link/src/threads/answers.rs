//! Which responses answer which demand, and why they are taken to.
//!
//! Invariant: an answer comes from the addressee, does not come before the first call, and has a
//! reason beside that; a response without one is listed as unmatched.

use super::grouping::Weights;
use super::parties::{Parties, Party};
use super::{Rules, Thread};
use crate::corpus::{Corpus, Evidence};
use crate::when::surely_before;
use model::{Code, Record, RecordBody, RecordId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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
        let mut by_party: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_call: HashMap<RecordId, Vec<usize>> = HashMap::new();
        let mut stems = Vec::with_capacity(threads.len());
        for (at, thread) in threads.iter().enumerate() {
            if let Some(addressee) = &thread.addressee {
                by_party
                    .entry(addressee.identity.clone())
                    .or_default()
                    .push(at);
            }
            for call in &thread.calls {
                by_call.entry(call.evidence.record).or_default().push(at);
            }
            stems.push(self.rules.stems(&thread.demand));
        }
        let mut unmatched = Vec::new();
        for reply in self.replies() {
            let mut found = false;
            let named = reply.to.and_then(|to| by_call.get(&to));
            let asked = by_party.get(&reply.by.identity);
            for &at in named.or(asked).into_iter().flatten() {
                let certain = named.is_some();
                if let Some(answer) = self.answer_to(&reply, &threads[at], &stems[at], certain) {
                    threads[at].answers.push(answer);
                    found = true;
                }
            }
            if !found && matches!(reply.record.body, RecordBody::Response(_)) {
                unmatched.push(self.corpus.evidence(reply.record));
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

    fn answer_to(
        &self,
        reply: &Reply,
        thread: &Thread,
        demand: &[String],
        certain: bool,
    ) -> Option<Answer> {
        let evidence = self.corpus.evidence(reply.record);
        let mut reasons = vec![format!("{} was asked", reply.by.name)];
        let mut certainty = Certainty::Possible;
        if certain {
            certainty = Certainty::Certain;
            reasons = vec!["the record says to which call it answers".to_owned()];
        } else {
            if self.is_before_all(&evidence, thread) {
                return None;
            }
            let pledged = matches!(reply.record.body, RecordBody::Commitment(_));
            let told_together = !pledged && self.is_told_together(reply.record, thread);
            let shared = self.weights.shared(demand, &reply.stems);
            let common: u64 = shared.iter().map(|stem| self.weights.weight(stem)).sum();
            let total = self.weights.total(demand);
            let share = (100 * common).checked_div(total).unwrap_or(0) as u32;
            let (possible, likely) = self.rules.answer_shares();
            let speaks_of_it = share >= possible && !demand.is_empty();
            if told_together {
                reasons.push("it stands in the same passage as the call".to_owned());
            }
            if speaks_of_it {
                let named: Vec<&str> = shared.iter().take(5).map(|stem| stem.as_str()).collect();
                reasons.push(format!(
                    "it speaks of what was asked ({})",
                    named.join(", ")
                ));
            }
            if !told_together && !speaks_of_it {
                return None;
            }
            if (told_together && speaks_of_it || share >= likely) && shared.len() > 1 && !pledged {
                certainty = Certainty::Likely;
            }
        }
        Some(Answer {
            ends_silence: !self.rules.keeps_silence(reply.answer.as_str()),
            evidence,
            by: reply.by.clone(),
            answer: reply.answer.clone(),
            certainty,
            reasons,
        })
    }

    /// Whether the reply came before anybody asked, as far as the dates tell.
    fn is_before_all(&self, reply: &Evidence, thread: &Thread) -> bool {
        let Some(replied) = &reply.date else {
            return false;
        };
        let mut dates = thread.calls.iter().map(|call| call.evidence.date.as_ref());
        dates.all(|asked| asked.is_some_and(|asked| surely_before(&replied.date, &asked.date)))
    }

    /// Whether the reply stands in a passage with one of the calls.
    fn is_told_together(&self, reply: &Record, thread: &Thread) -> bool {
        let place = |record: &Record| {
            let citation = record.citations.first()?;
            Some((record.source?, citation.quote.passage))
        };
        let Some(reply) = place(reply) else {
            return false;
        };
        let mut calls = thread.calls.iter();
        calls.any(|call| {
            let record = self.corpus.record(&call.evidence.record);
            record.and_then(place) == Some(reply)
        })
    }
}
