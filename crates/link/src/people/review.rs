//! The questions that are put before a person, those that tell most first. Each question is asked
//! once: of all pairs between two groups, the heaviest.

use super::edge::Edge;
use super::row::RowId;
use super::weights::probability;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

/// Whether two rows are one person cannot be told by machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// One row.
    pub a: RowId,
    /// The other.
    pub b: RowId,
    /// Weight of the pair in bits.
    pub bits: f32,
    /// Probability that they are one person.
    pub probability: f64,
    /// Pairs of rows that the answer *same* would settle.
    pub pairs: u64,
    /// What the answer is expected to tell: uncertainty in bits times pairs of rows.
    pub information: f64,
}

/// Keeps the most telling questions in bounded memory.
pub(crate) struct Queue {
    limit: usize,
    asked: HashSet<(u32, u32)>,
    kept: BinaryHeap<Waiting>,
}

struct Waiting {
    information: f64,
    edge: Edge,
    pairs: u64,
}

impl Queue {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            asked: HashSet::new(),
            kept: BinaryHeap::new(),
        }
    }

    /// Offers the next edge between two groups; heavier edges must come first.
    pub(crate) fn offer(&mut self, groups: (u32, u32), edge: Edge, pairs: u64) {
        if !self.asked.insert(groups) {
            return;
        }
        let p = probability(edge.bits);
        let entropy = -(p * p.max(1e-300).log2() + (1.0 - p) * (1.0 - p).max(1e-300).log2());
        self.kept.push(Waiting {
            information: entropy * pairs as f64,
            edge,
            pairs,
        });
        if self.kept.len() > self.limit {
            self.kept.pop();
        }
    }

    /// The questions, the most telling first.
    pub(crate) fn finish(self, ids: &[RowId]) -> Vec<Question> {
        let question = |waiting: Waiting| Question {
            a: ids[waiting.edge.a as usize],
            b: ids[waiting.edge.b as usize],
            bits: waiting.edge.bits,
            probability: probability(waiting.edge.bits),
            pairs: waiting.pairs,
            information: waiting.information,
        };
        self.kept
            .into_sorted_vec()
            .into_iter()
            .map(question)
            .collect()
    }
}

/// The greatest tells least, so that it leaves the heap first.
impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .information
            .total_cmp(&self.information)
            .then_with(|| self.edge.order(&other.edge))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}
