//! From pairs to persons. The heaviest pairs join first; two groups are joined only when nothing
//! in them is impossible together and when their rows agree on the whole, not in one pair alone.
//! Invariant: nothing below the joining cut joins anything; only a person's decision does.

use super::compare::Desk;
use super::edge::Edge;
use super::impossible::Impossible;
use super::judgement::{Conflict, Judged};
use super::plan::Plan;
use super::review::Queue;
use super::row::RowId;

/// Rows that one person can have; more are put before a human being.
const MOST_ROWS: u32 = 256;
/// Rows of each group that are compared when two groups are joined.
const COMPARED: usize = 12;

/// Two groups were joined because of this pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// Row of one group.
    pub a: RowId,
    /// Row of the other.
    pub b: RowId,
    /// Weight of the pair in bits; infinite when a person decided.
    pub bits: f32,
}

/// A pair that weighs enough to be joined and was not.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// One row.
    pub a: RowId,
    /// The other.
    pub b: RowId,
    /// Weight of the pair in bits.
    pub bits: f32,
    /// Why they were left apart, in words.
    pub reason: String,
}

/// Groups while they grow: a forest, and a ring of rows a group.
pub(crate) struct Groups {
    parent: Vec<u32>,
    ring: Vec<u32>,
    size: Vec<u32>,
}

impl Groups {
    fn new(rows: usize) -> Self {
        let own: Vec<u32> = (0..u32::try_from(rows).expect("rows are counted in u32")).collect();
        Self {
            ring: own.clone(),
            parent: own,
            size: vec![1; rows],
        }
    }

    pub(crate) fn root(&mut self, mut row: u32) -> u32 {
        while self.parent[row as usize] != row {
            let above = self.parent[self.parent[row as usize] as usize];
            self.parent[row as usize] = above;
            row = above;
        }
        row
    }

    pub(crate) fn size(&self, root: u32) -> u32 {
        self.size[root as usize]
    }

    fn rows(&self, root: u32, rows: &mut Vec<u32>) {
        rows.clear();
        let mut row = root;
        loop {
            rows.push(row);
            row = self.ring[row as usize];
            if row == root {
                break;
            }
        }
        rows.sort_unstable();
    }

    /// The lower root stays, so that it is the lowest row of its group.
    fn join(&mut self, one: u32, other: u32) {
        let (low, high) = (one.min(other), one.max(other));
        self.parent[high as usize] = low;
        self.size[low as usize] += self.size[high as usize];
        self.ring.swap(low as usize, high as usize);
    }
}

/// What grouping gives.
pub(crate) struct Grouped {
    pub(crate) joins: Vec<Join>,
    pub(crate) apart: Vec<Apart>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) persons: Vec<Vec<RowId>>,
    pub(crate) queue: Queue,
}

/// Takes edges in order, the heaviest first.
pub(crate) struct Grouping<'p, 't> {
    plan: &'p Plan<'t>,
    judged: Judged,
    impossible: Impossible<'t>,
    groups: Groups,
    joins: Vec<Join>,
    apart: Vec<Apart>,
    queue: Queue,
    desk: Desk,
    ours: Vec<u32>,
    theirs: Vec<u32>,
}

impl<'p, 't> Grouping<'p, 't> {
    pub(crate) fn new(plan: &'p Plan<'t>, judged: Judged) -> Self {
        let table = plan.comparator.table;
        let mut grouping = Self {
            plan,
            impossible: Impossible::new(table),
            groups: Groups::new(table.len()),
            joins: Vec::new(),
            apart: Vec::new(),
            queue: Queue::new(plan.options.review_limit),
            desk: Desk::default(),
            ours: Vec::new(),
            theirs: Vec::new(),
            judged,
        };
        grouping.join_judged();
        grouping
    }

    fn id(&self, row: u32) -> RowId {
        self.plan.comparator.table.ids[row as usize]
    }

    /// What people decided comes first and holds whatever the records say; when the records say
    /// otherwise, that is reported.
    fn join_judged(&mut self) {
        for (a, b) in self.judged.same.clone() {
            if let Some(why) = self.impossible.why(a, b) {
                let sentence = format!(
                    "a person judged these rows to be one person, although {why}; the decision holds, look at it again"
                );
                let (a, b) = (self.id(a), self.id(b));
                self.judged.conflicts.push(Conflict {
                    a,
                    b,
                    same: vec![(a, b)],
                    sentence,
                });
            }
            let (one, other) = (self.groups.root(a), self.groups.root(b));
            if one != other {
                self.groups.join(one, other);
                self.joins.push(Join {
                    a: self.id(a),
                    b: self.id(b),
                    bits: f32::INFINITY,
                });
            }
        }
    }

    /// Takes the next edge.
    pub(crate) fn take(&mut self, edge: Edge) {
        let options = &self.plan.options;
        if edge.bits < options.join_bits.min(options.review_bits) {
            return; // most edges: neither joined nor asked about
        }
        let (one, other) = (self.groups.root(edge.a), self.groups.root(edge.b));
        if one == other || self.judged.unsure.contains(&(edge.a, edge.b)) {
            return;
        }
        if edge.bits < self.plan.options.join_bits {
            if edge.bits >= self.plan.options.review_bits && self.forbidden(one, other).is_none() {
                self.ask(edge, one, other);
            }
            return;
        }
        let reason = match self.forbidden(one, other) {
            Some(reason) => reason,
            None => match self.too_weak(edge, one, other) {
                None => {
                    self.groups.join(one, other);
                    self.joins.push(Join {
                        a: self.id(edge.a),
                        b: self.id(edge.b),
                        bits: edge.bits,
                    });
                    return;
                }
                Some(reason) => {
                    self.ask(edge, one, other);
                    reason
                }
            },
        };
        self.apart.push(Apart {
            a: self.id(edge.a),
            b: self.id(edge.b),
            bits: edge.bits,
            reason,
        });
    }

    fn ask(&mut self, edge: Edge, one: u32, other: u32) {
        let pairs = u64::from(self.groups.size(one)) * u64::from(self.groups.size(other));
        self.queue
            .offer((one.min(other), one.max(other)), edge, pairs);
    }

    /// Why two groups must not be joined, whatever their rows weigh.
    fn forbidden(&mut self, one: u32, other: u32) -> Option<String> {
        if self.groups.size(one) + self.groups.size(other) > MOST_ROWS {
            return Some(format!(
                "together they would be one person in more than {MOST_ROWS} rows; look at them"
            ));
        }
        let mut ours = std::mem::take(&mut self.ours);
        let mut theirs = std::mem::take(&mut self.theirs);
        self.groups.rows(one, &mut ours);
        self.groups.rows(other, &mut theirs);
        let apart = |&a: &u32| {
            self.judged
                .different_from(a)
                .any(|b| theirs.binary_search(&b).is_ok())
        };
        let mut reason = ours
            .iter()
            .any(apart)
            .then(|| "a person judged rows of the two groups to be different persons".to_owned());
        if reason.is_none() && self.impossible.can_be() {
            let pairs = ours
                .iter()
                .flat_map(|&a| theirs.iter().map(move |&b| (a, b)));
            let found = pairs.into_iter().find(|&(a, b)| self.impossible.are(a, b));
            reason = found.and_then(|(a, b)| self.impossible.why(a, b));
        }
        (self.ours, self.theirs) = (ours, theirs);
        reason
    }

    /// Why two groups do not hang together although one pair of their rows does. Uses the rows
    /// that [`Self::forbidden`] has just listed.
    fn too_weak(&mut self, edge: Edge, one: u32, other: u32) -> Option<String> {
        if self.groups.size(one) == 1 && self.groups.size(other) == 1 {
            return None;
        }
        let (mut sum, mut pairs) = (0.0f64, 0u32);
        for &a in evenly(&self.ours).iter() {
            for &b in evenly(&self.theirs).iter() {
                let bits = if (a.min(b), a.max(b)) == (edge.a, edge.b) {
                    edge.bits
                } else {
                    self.plan.weigh(a, b, &mut self.desk).0
                };
                sum += f64::from(bits.clamp(-20.0, 20.0));
                pairs += 1;
            }
        }
        let mean = sum / f64::from(pairs.max(1));
        (mean < f64::from(self.plan.options.group_bits)).then(|| {
            format!("the two rows agree, but the {pairs} pairs of rows of their groups together speak against it ({mean:.1} bits on average)")
        })
    }

    /// Persons of two rows or more, in the order of their lowest ids.
    pub(crate) fn finish(mut self) -> Grouped {
        let rows = u32::try_from(self.groups.parent.len()).expect("rows are counted in u32");
        let mut persons = Vec::new();
        for row in 0..rows {
            if self.groups.root(row) == row && self.groups.size(row) > 1 {
                self.groups.rows(row, &mut self.ours);
                persons.push(
                    self.ours
                        .iter()
                        .map(|&row| self.plan.comparator.table.ids[row as usize])
                        .collect(),
                );
            }
        }
        Grouped {
            joins: self.joins,
            apart: self.apart,
            conflicts: self.judged.conflicts,
            persons,
            queue: self.queue,
        }
    }
}

/// At most [`COMPARED`] rows, evenly spread.
fn evenly(rows: &[u32]) -> Vec<u32> {
    let step = rows.len().div_ceil(COMPARED).max(1);
    rows.iter().step_by(step).copied().collect()
}
