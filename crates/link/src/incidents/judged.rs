//! What people judged of pairs of allegations: the same incident or not.
//!
//! Invariant: the latest judgement of a pair holds, whatever the machine finds; one that another
//! contradicts is reported, never silently dropped. Leaving a judgement out undoes it.

use model::{Judgement, Matter, RecordId, Verdict};
use std::collections::{BTreeMap, HashMap};

/// A judgement as grouping uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The lesser record of the two.
    pub one: RecordId,
    /// The greater.
    pub other: RecordId,
    /// Whether they are the same incident.
    pub same: bool,
    /// Who judged.
    pub by: String,
    /// Why, in words.
    pub reason: String,
}

/// A judgement that could not be followed, because others say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The judgement that was not followed.
    pub judged: Judged,
    /// What happened and what to do, for people.
    pub words: String,
}

/// The judgements that hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judgements {
    pairs: BTreeMap<(RecordId, RecordId), Judged>,
    different: HashMap<RecordId, Vec<RecordId>>,
}

impl Judgements {
    /// Those of pairs; of several of one pair the last in `judgements` holds.
    pub(crate) fn of(judgements: &[Judgement]) -> Self {
        let mut pairs = BTreeMap::new();
        for judgement in judgements {
            let Matter::Pair(one, other) = &judgement.matter else {
                continue;
            };
            let (one, other) = (one.record.min(other.record), one.record.max(other.record));
            let same = match judgement.verdict {
                Verdict::Same => true,
                Verdict::Different => false,
                Verdict::Unsure | Verdict::Acknowledged | Verdict::Withdrawn => {
                    pairs.remove(&(one, other));
                    continue;
                }
            };
            let (by, reason) = (judgement.by.clone(), judgement.reason.clone());
            let judged = Judged {
                one,
                other,
                same,
                by,
                reason,
            };
            pairs.insert((one, other), judged);
        }
        let mut different: HashMap<RecordId, Vec<RecordId>> = HashMap::new();
        for judged in pairs.values().filter(|judged| !judged.same) {
            different.entry(judged.one).or_default().push(judged.other);
            different.entry(judged.other).or_default().push(judged.one);
        }
        Self { pairs, different }
    }

    /// Those that say that two records are the same incident, in a fixed order.
    pub(crate) fn same(&self) -> impl Iterator<Item = &Judged> {
        self.pairs.values().filter(|judged| judged.same)
    }

    /// The records that somebody judged to be another incident than `record`.
    pub(crate) fn different_from(&self, record: RecordId) -> &[RecordId] {
        self.different.get(&record).map_or(&[], Vec::as_slice)
    }

    /// The judgement of a pair.
    pub(crate) fn of_pair(&self, one: RecordId, other: RecordId) -> Option<&Judged> {
        self.pairs.get(&(one.min(other), one.max(other)))
    }
}
