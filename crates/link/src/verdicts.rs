//! What people judged of pairs of records, ready to be asked.
//!
//! Invariant: of several judgements of one pair the last given holds; a judgement that was
//! withdrawn is as if it had never been made.

use model::{Judgement, Matter, RecordId, Verdict};
use std::collections::{BTreeMap, HashMap};

type Pair = (RecordId, RecordId);

/// Judgements of pairs, by pair.
pub(crate) struct Verdicts<'a> {
    pairs: HashMap<Pair, &'a Judgement>,
    /// From each record that was judged the same as another towards the least of its group.
    roots: BTreeMap<RecordId, RecordId>,
    /// For each record, those it was judged different from.
    apart: HashMap<RecordId, Vec<RecordId>>,
}

impl<'a> Verdicts<'a> {
    /// The judgements that stand.
    pub fn new(judgements: &'a [Judgement]) -> Self {
        let mut pairs: BTreeMap<Pair, &Judgement> = BTreeMap::new();
        for judgement in judgements {
            if let Matter::Pair(one, other) = &judgement.matter {
                pairs.insert(pair(one.record, other.record), judgement);
            }
        }
        pairs.retain(|_, judgement| judgement.verdict != Verdict::Withdrawn);
        let mut verdicts = Self {
            roots: BTreeMap::new(),
            apart: HashMap::new(),
            pairs: HashMap::new(),
        };
        for (&(one, other), judgement) in &pairs {
            match judgement.verdict {
                Verdict::Same => verdicts.unite(one, other),
                Verdict::Different => {
                    verdicts.apart.entry(one).or_default().push(other);
                    verdicts.apart.entry(other).or_default().push(one);
                }
                _ => {}
            }
        }
        verdicts.pairs = pairs.into_iter().collect();
        verdicts
    }

    fn unite(&mut self, one: RecordId, other: RecordId) {
        let (a, b) = (self.root(one), self.root(other));
        let keep = a.min(b);
        for id in [one, other, a, b] {
            self.roots.insert(id, keep);
        }
    }

    /// The least record of the group that was judged the same; the record itself without one.
    pub fn root(&self, id: RecordId) -> RecordId {
        let mut at = id;
        // Every step leads to a lesser id, so the walk ends.
        while let Some(&next) = self.roots.get(&at).filter(|next| **next < at) {
            at = next;
        }
        at
    }

    /// Whether any judgement says that the record is the same as another.
    pub fn is_judged_same(&self, id: RecordId) -> bool {
        self.roots.contains_key(&id)
    }

    /// The judgement of two records, if there is one.
    pub fn of(&self, one: RecordId, other: RecordId) -> Option<&'a Judgement> {
        self.pairs.get(&pair(one, other)).copied()
    }

    /// The records that this one was judged different from.
    pub fn apart(&self, id: RecordId) -> &[RecordId] {
        self.apart.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Judgements that contradict each other: judged different, yet the same through others.
    pub fn conflicts(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for (&(one, other), judgement) in &self.pairs {
            if judgement.verdict == Verdict::Different && self.root(one) == self.root(other) {
                found.push(format!(
                    "{} judged {one} and {other} different ({}), but other judgements make them \
                     the same; they are kept apart until one of the judgements is withdrawn",
                    judgement.by, judgement.reason
                ));
            }
        }
        found.sort();
        found
    }
}

fn pair(one: RecordId, other: RecordId) -> Pair {
    (one.min(other), one.max(other))
}
