//! Calls and commitments cut into what grouping compares: one part of a demand, to one party.
//!
//! Invariant: the words of a part stand in the record's demand, letter for letter.

use super::Rules;
use super::grouping::Item;
use super::parties::{Parties, Party};
use crate::corpus::Corpus;
use model::{Call, Cited, Code, Commitment, Record, RecordBody};
use std::collections::BTreeSet;

/// A part of a call to one addressee, or of a commitment by one party.
pub(crate) struct Asking<'a> {
    /// The record.
    pub record: &'a Record,
    /// To whom it is put; of a commitment, who makes it.
    pub party: Option<Party>,
    /// Who asks.
    pub caller: Option<Party>,
}

/// Askings, and what grouping sees of each, at the same position.
#[derive(Default)]
pub(crate) struct Askings<'a> {
    pub askings: Vec<Asking<'a>>,
    pub items: Vec<Item>,
}

impl<'a> Askings<'a> {
    /// The demands of all calls.
    pub fn of_calls(corpus: &Corpus<'a>, parties: &Parties, rules: &Rules) -> Self {
        let mut all = Self::default();
        for record in &corpus.records {
            if let RecordBody::Call(call) = &record.body {
                all.add_call(corpus, record, call, parties, rules);
            }
        }
        all
    }

    /// The undertakings of all commitments.
    pub fn of_commitments(corpus: &Corpus<'a>, parties: &Parties, rules: &Rules) -> Self {
        let mut all = Self::default();
        for record in &corpus.records {
            if let RecordBody::Commitment(commitment) = &record.body {
                all.add_commitment(corpus, record, commitment, parties, rules);
            }
        }
        all
    }

    fn add_call(
        &mut self,
        corpus: &Corpus<'a>,
        record: &'a Record,
        call: &Call,
        parties: &Parties,
        rules: &Rules,
    ) {
        let caller = call
            .caller
            .as_ref()
            .filter(|caller| !caller.value.is_own_voice())
            .map(|caller| parties.party(&caller.value));
        let mut addressees: Vec<Option<Party>> = call
            .addressees
            .iter()
            .filter(|one| one.value.key.is_some() || !rules.is_nobody(&one.value.name))
            .map(|addressee| Some(parties.party(&addressee.value)))
            .collect();
        addressees.sort();
        addressees
            .dedup_by(|a, b| a.as_ref().map(|p| &p.identity) == b.as_ref().map(|p| &p.identity));
        if addressees.is_empty() {
            addressees.push(None);
        }
        for (part, words) in rules.parts(&call.demand.value).into_iter().enumerate() {
            let violations = violations_of(record, &call.violations, words);
            for addressee in &addressees {
                let asking = Asking {
                    record,
                    party: addressee.clone(),
                    caller: caller.clone(),
                };
                self.push(corpus, asking, part, words, violations.clone(), rules);
            }
        }
    }

    fn add_commitment(
        &mut self,
        corpus: &Corpus<'a>,
        record: &'a Record,
        commitment: &Commitment,
        parties: &Parties,
        rules: &Rules,
    ) {
        let by = commitment
            .by
            .as_ref()
            .filter(|by| !by.value.is_own_voice())
            .map(|by| parties.party(&by.value));
        for (part, words) in rules
            .parts(&commitment.undertaking.value)
            .into_iter()
            .enumerate()
        {
            let asking = Asking {
                record,
                party: by.clone(),
                caller: None,
            };
            self.push(corpus, asking, part, words, BTreeSet::new(), rules);
        }
    }

    fn push(
        &mut self,
        corpus: &Corpus,
        asking: Asking<'a>,
        part: usize,
        words: &str,
        violations: BTreeSet<Code>,
        rules: &Rules,
    ) {
        let party = asking
            .party
            .as_ref()
            .map_or("", |party| party.identity.as_str());
        self.items.push(Item {
            record: asking.record.id,
            part,
            party: party.to_owned(),
            words: words.to_owned(),
            violations,
            date: corpus.dated(asking.record).map(|dated| dated.date),
            stems: rules.stems(words),
        });
        self.askings.push(asking);
    }
}

/// The types of violation that a part speaks of: those whose words stand in it. A type whose
/// words stand in no part is of every part.
fn violations_of(record: &Record, violations: &[Cited<Code>], part: &str) -> BTreeSet<Code> {
    let quotes = |cited: &Cited<Code>| -> Vec<&str> {
        let at = cited.quotes.iter();
        at.filter_map(|&at| record.citations.get(usize::from(at)))
            .map(|citation| citation.quote.quote.as_str())
            .collect()
    };
    let RecordBody::Call(call) = &record.body else {
        return BTreeSet::new();
    };
    violations
        .iter()
        .filter(|cited| {
            let quotes = quotes(cited);
            quotes.iter().any(|quote| part.contains(quote))
                || !quotes.iter().any(|quote| call.demand.value.contains(quote))
        })
        .map(|cited| cited.value.clone())
        .collect()
}
