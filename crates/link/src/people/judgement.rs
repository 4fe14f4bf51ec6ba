//! What people decided about pairs. Invariants: a decision holds on every run; decisions that
//! contradict each other are reported, never silently resolved, and until a person resolves them
//! the records stay apart.

use super::PeopleError;
use super::row::RowId;
use super::table::Table;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The two rows are one person.
    Same,
    /// They are two persons.
    Different,
    /// It was looked at and cannot be told: not joined by this pair, not asked again.
    Unsure,
}

/// A decision about two rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Judgement {
    /// One row.
    pub a: RowId,
    /// The other.
    pub b: RowId,
    /// What was decided.
    pub verdict: Verdict,
}

/// Decisions that cannot all be right, or that contradict the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Judged different, or impossible to be one.
    pub a: RowId,
    /// The other row.
    pub b: RowId,
    /// The decisions *same* that say otherwise.
    pub same: Vec<(RowId, RowId)>,
    /// What this means and what to do, in words.
    pub sentence: String,
}

/// Which rows chains of *same* connect; most rows judged different are in no common chain.
struct Connected(BTreeMap<u32, u32>);

impl Connected {
    fn of(same: &BTreeSet<(u32, u32)>) -> Self {
        let mut connected = Self(BTreeMap::new());
        for &(a, b) in same {
            let (one, other) = (connected.root(a), connected.root(b));
            connected.0.insert(one.max(other), one.min(other));
        }
        connected
    }

    fn root(&mut self, row: u32) -> u32 {
        let mut root = row;
        while let Some(&above) = self.0.get(&root).filter(|&&above| above != root) {
            root = above;
        }
        self.0.insert(row, root);
        root
    }
}

/// Decisions by row, without those that contradict each other.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) same: BTreeSet<(u32, u32)>,
    pub(crate) unsure: BTreeSet<(u32, u32)>,
    different: BTreeMap<u32, BTreeSet<u32>>,
    pub(crate) conflicts: Vec<Conflict>,
}

impl Judged {
    /// Sorts decisions out; those about rows that are not in the table are an error.
    pub(crate) fn new(table: &Table, judgements: &[Judgement]) -> Result<Self, PeopleError> {
        let mut judged = Self::default();
        for judgement in judgements
            .iter()
            .filter(|judgement| judgement.a != judgement.b)
        {
            let (a, b) = (table.row(judgement.a)?, table.row(judgement.b)?);
            match judgement.verdict {
                Verdict::Same => {
                    judged.same.insert((a.min(b), a.max(b)));
                }
                Verdict::Unsure => {
                    judged.unsure.insert((a.min(b), a.max(b)));
                }
                Verdict::Different => {
                    judged.different.entry(a).or_default().insert(b);
                    judged.different.entry(b).or_default().insert(a);
                }
            }
        }
        judged.suspend_contradictions(table);
        Ok(judged)
    }

    /// Suspends every chain of *same* between two rows judged different, shortest chains first.
    fn suspend_contradictions(&mut self, table: &Table) {
        let id = |row: u32| table.ids[row as usize];
        let pairs: Vec<(u32, u32)> = self
            .different
            .iter()
            .flat_map(|(&a, others)| others.range(a..).map(move |&b| (a, b)))
            .collect();
        let mut connected = Connected::of(&self.same);
        for (a, b) in pairs
            .into_iter()
            .filter(|&(a, b)| connected.root(a) == connected.root(b))
        {
            let mut same = BTreeSet::new();
            while let Some(chain) = self.chain(a, b) {
                chain.iter().for_each(|pair| {
                    self.same.remove(pair);
                });
                same.extend(chain);
            }
            if !same.is_empty() {
                let sentence = format!(
                    "these two rows were judged to be different persons, yet {} judged the same make them one; \
                     until one of the decisions is taken back, the rows stay apart",
                    if same.len() == 1 {
                        "a pair"
                    } else {
                        "a chain of pairs"
                    }
                );
                let same = same.into_iter().map(|(a, b)| (id(a), id(b))).collect();
                self.conflicts.push(Conflict {
                    a: id(a),
                    b: id(b),
                    same,
                    sentence,
                });
            }
        }
    }

    /// The shortest chain of *same* between two rows.
    fn chain(&self, from: u32, to: u32) -> Option<Vec<(u32, u32)>> {
        let mut neighbours: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for &(a, b) in &self.same {
            neighbours.entry(a).or_default().insert(b);
            neighbours.entry(b).or_default().insert(a);
        }
        let mut came_from = BTreeMap::from([(from, from)]);
        let mut open = VecDeque::from([from]);
        while let Some(row) = open.pop_front() {
            if row == to {
                let (mut chain, mut at) = (Vec::new(), to);
                while at != from {
                    let before = came_from[&at];
                    chain.push((before.min(at), before.max(at)));
                    at = before;
                }
                return Some(chain);
            }
            for &next in neighbours.get(&row).into_iter().flatten() {
                came_from.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    row
                });
            }
        }
        None
    }

    /// Rows that a person said are not the person of `row`.
    pub(crate) fn different_from(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        self.different.get(&row).into_iter().flatten().copied()
    }
}
