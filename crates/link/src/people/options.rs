//! What the user may choose before lists are linked, with defaults that suit lists of victims.

/// Rules, training and cuts of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads; the result does not depend on it.
    pub threads: usize,
    /// Seed of all random draws; the same seed gives the same bytes.
    pub seed: u64,
    /// Which pairs are compared.
    pub blocking: Blocking,
    /// What weights are learnt from.
    pub training: Training,
    /// How the odds of two random records are found.
    pub prior: Prior,
    /// Pairs of at least this weight are joined without asking, in bits.
    pub join_bits: f32,
    /// Mean weight of all pairs between two groups from which on they are joined, in bits.
    pub group_bits: f32,
    /// Pairs between this weight and `join_bits` are put before a person, in bits.
    pub review_bits: f32,
    /// Lightest pair that is kept and given to the observer, in bits; at most `review_bits`.
    pub keep_bits: f32,
    /// Longest run that is squared; longer ones are split by further atoms. 0 is no limit.
    pub run_limit: usize,
    /// Most pairs in memory before a run is spilled (20 bytes each).
    pub edges_in_memory: usize,
    /// Most questions in the review queue.
    pub review_limit: usize,
    /// Most random pairs for chance agreement.
    pub chance_pairs: u64,
    /// About the most pairs of a training block that are looked at.
    pub training_pairs: u64,
}

impl Options {
    /// Longest run that is squared.
    pub(crate) fn longest_run(&self) -> usize {
        if self.run_limit == 0 {
            usize::MAX
        } else {
            self.run_limit
        }
    }
}

/// Which pairs are compared.
#[derive(Clone, Debug)]
pub enum Blocking {
    /// Rules are chosen from the lists.
    Chosen {
        /// Pairs a record that may be compared.
        pairs_per_record: f64,
    },
    /// Rules as lists of atoms, in order.
    Given(Vec<Vec<String>>),
}

/// What weights are learnt from.
#[derive(Clone, Debug)]
pub enum Training {
    /// Blocks are chosen from the lists.
    Chosen,
    /// Blocks as lists of atoms; two at least, which share no field.
    Given(Vec<Vec<String>>),
}

/// How the odds of two random records are found.
#[derive(Clone, Debug)]
pub enum Prior {
    /// From the training blocks and what share of true pairs they hold.
    Estimated,
    /// From pairs that agree on a rule so strict that all are true, and its recall.
    FromRule {
        /// The strict rule.
        atoms: Vec<String>,
        /// Share of true pairs that agree on it, above 0 and at most 1.
        recall: f64,
    },
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: 2,
            seed: 1,
            blocking: Blocking::Chosen {
                pairs_per_record: 50.0,
            },
            training: Training::Chosen,
            prior: Prior::Estimated,
            join_bits: 3.0,
            group_bits: -1.5,
            review_bits: -3.0,
            keep_bits: -3.0,
            run_limit: 4000,
            edges_in_memory: 8_000_000,
            review_limit: 10_000,
            chance_pairs: 250_000,
            training_pairs: 1_000_000,
        }
    }
}

/// How far a run is; `done` of `total` steps of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, in words.
    pub stage: &'static str,
    /// Steps done.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}
