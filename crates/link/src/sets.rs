//! Disjoint sets (union by least number, path halving): what belongs together because something
//! that both belong to does.
//!
//! Invariant: the order of unions means nothing.

/// Things by number, in sets.
pub(crate) struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    /// As many sets as there are things, each alone.
    pub fn new(len: usize) -> Self {
        Self {
            parents: (0..len).collect(),
        }
    }

    /// The number that stands for the set of this one: the least in it.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    /// Joins two sets; the lesser root leads.
    pub fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (lesser, greater) = (one.min(other), one.max(other));
        self.parents[greater] = lesser;
    }
}
