//! What is wrong with a pack: examples that do not do what they say, words that two entries claim.
//!
//! Invariant: the same checks that the tests run; nothing is repaired silently.

use super::pack::Table;
use super::schema::Effect;
use super::{Pack, Packs};
use crate::Examples;
use model::{Edtf, Modality, PartialDate, Proposal, RecordBody};
use std::collections::{BTreeMap, BTreeSet};

/// Something that the author of a pack should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Language of the pack.
    pub language: String,
    /// The entry.
    pub id: String,
    /// What is wrong, for people.
    pub what: String,
}

/// Words under which entries of different ids stand in one table. A particle may have several parts
/// and words be a context before and another behind; elsewhere the first entry wins, which its author should know.
pub(super) fn conflicts(
    pack: &Pack,
    table: Table,
    strings: &[(String, u32, bool)],
) -> Vec<(String, String, String)> {
    if matches!(
        table,
        Table::Marker | Table::Context | Table::Told | Table::With
    ) {
        return Vec::new();
    }
    let mut owners: BTreeMap<&str, String> = BTreeMap::new();
    let mut found = Vec::new();
    for (words, entry, _) in strings {
        let id = pack.about(table, *entry as usize).0;
        match owners.get(words.as_str()) {
            Some(owner) if *owner != id => found.push((words.clone(), owner.clone(), id)),
            Some(_) => {}
            None => {
                owners.insert(words, id);
            }
        }
    }
    found
}

impl Packs {
    /// Every fault of every pack, by language and entry.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for pack in self.iter() {
            for (words, one, other) in &pack.conflicts {
                faults.push(pack.fault(one, format!("`{words}` is claimed by `{other}` too")));
            }
            for pattern in &pack.examples {
                faults.extend(pack.of_examples(pattern));
            }
        }
        faults
    }
}

impl Pack {
    fn fault(&self, id: &str, what: String) -> Fault {
        Fault {
            language: self.head.language.clone(),
            id: id.to_owned(),
            what,
        }
    }

    fn of_examples(&self, pattern: &Examples) -> Vec<Fault> {
        let id = pattern.id.as_str();
        let mut faults = Vec::new();
        if pattern.examples.is_empty() || pattern.counter.is_empty() {
            let what = "it needs a sentence under `examples` and one under `counter`";
            faults.push(self.fault(id, what.to_owned()));
        }
        for sentence in &pattern.examples {
            if !self.fires(pattern, sentence) {
                faults.push(self.fault(id, format!("does not fire in: {sentence}")));
            }
        }
        for sentence in &pattern.counter {
            if self.fires(pattern, sentence) {
                faults.push(self.fault(id, format!("fires in: {sentence}")));
            }
        }
        faults
    }

    /// The proposals of one sentence, as if published on a day in 2024.
    pub(super) fn proposals_of(&self, sentence: &str) -> Vec<Proposal> {
        let published = PartialDate::day(2024, 10, 18).map(Edtf::Date);
        let reading = crate::line(sentence);
        self.propose(&reading, &BTreeSet::from([1]), published)
    }

    /// Whether an entry does its work in a sentence.
    pub(super) fn fires(&self, pattern: &Examples, sentence: &str) -> bool {
        if pattern.table == "date" {
            let trace = self.trace(sentence, PartialDate::day(2024, 10, 18));
            return trace.iter().any(|fired| fired.id == pattern.id);
        }
        let found = self.proposals_of(sentence);
        let modalities: Vec<Modality> = found
            .iter()
            .filter_map(|proposal| match &proposal.body {
                RecordBody::Allegation(it) => Some(it.modality.value),
                _ => None,
            })
            .collect();
        let context = self.contexts.iter().find(|it| it.id == pattern.id);
        match (pattern.table, context.map(|it| it.effect)) {
            ("mask", _) | ("context", Some(Effect::Topic) | None) => modalities.is_empty(),
            ("context", Some(Effect::Fact | Effect::Deprived)) => {
                modalities.contains(&Modality::Alleged)
            }
            ("context", Some(Effect::Feared)) => modalities.contains(&Modality::Feared),
            ("context", Some(Effect::Denied)) => modalities.contains(&Modality::Denied),
            ("context", Some(Effect::Found)) => modalities.contains(&Modality::Found),
            ("context", Some(Effect::Admitted)) => modalities.contains(&Modality::Admitted),
            _ => found.iter().any(|proposal| proposal.rule == pattern.id),
        }
    }
}
