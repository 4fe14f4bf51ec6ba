//! The whole way from a learnt plan to persons, questions and conflicts.

use super::PeopleError;
use super::edge::{Edge, Edges, Spill};
use super::group::{Apart, Grouping, Join};
use super::judgement::{Conflict, Judged, Judgement};
use super::options::Progress;
use super::plan::{Plan, RuleReport};
use super::review::Question;
use super::row::RowId;
use super::visit::Partition;
use std::collections::{BTreeMap, VecDeque};

/// What linking found.
#[derive(Clone, Debug, PartialEq)]
pub struct Linkage {
    /// Persons of two rows or more: their rows ascending, persons in the order of their first row.
    /// A row that stands in none of them is a person of its own.
    pub persons: Vec<Vec<RowId>>,
    /// The pairs because of which rows were joined; within a person they form a tree.
    pub joins: Vec<Join>,
    /// Pairs that weigh enough and were left apart, with the reason.
    pub apart: Vec<Apart>,
    /// What a person should look at, the most telling first.
    pub questions: Vec<Question>,
    /// Decisions that contradict each other or the records.
    pub conflicts: Vec<Conflict>,
}

impl Plan<'_> {
    /// Compares all pairs and groups them into persons.
    ///
    /// # Errors
    /// The store of spilled runs fails; a judgement names a row that is not in the table.
    pub fn link(
        &self,
        judgements: &[Judgement],
        spill: &mut dyn Spill,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Linkage, Vec<RuleReport>), PeopleError> {
        let mut edges = Edges::new(self.options.edges_in_memory, spill);
        let reports = self.score(Partition::WHOLE, &mut edges, progress)?;
        Ok((
            self.group(edges, judgements, progress, &mut |_| ())?,
            reports,
        ))
    }

    /// Groups pairs that were scored, in one share or several; `observe` sees every kept pair,
    /// the heaviest first.
    ///
    /// # Errors
    /// As [`Self::link`].
    pub fn group(
        &self,
        edges: Edges<'_>,
        judgements: &[Judgement],
        progress: &mut dyn FnMut(Progress),
        observe: &mut dyn FnMut(&Edge),
    ) -> Result<Linkage, PeopleError> {
        let judged = Judged::new(self.comparator.table, judgements)?;
        let total = edges.count();
        progress(Progress {
            stage: "grouping",
            done: 0,
            total,
        });
        let mut grouping = Grouping::new(self, judged);
        edges.drain(|edge| {
            observe(&edge);
            grouping.take(edge);
        })?;
        progress(Progress {
            stage: "grouping",
            done: total,
            total,
        });
        let grouped = grouping.finish();
        Ok(Linkage {
            persons: grouped.persons,
            joins: grouped.joins,
            apart: grouped.apart,
            questions: grouped.queue.finish(&self.comparator.table.ids),
            conflicts: grouped.conflicts,
        })
    }
}

impl Linkage {
    /// Through which pairs two rows came together; empty when they did not.
    #[must_use]
    pub fn why_together(&self, a: RowId, b: RowId) -> Vec<Join> {
        let Some(person) = self
            .persons
            .iter()
            .find(|person| person.binary_search(&a).is_ok())
        else {
            return Vec::new();
        };
        let mut neighbours: BTreeMap<RowId, Vec<(RowId, Join)>> = BTreeMap::new();
        for join in self
            .joins
            .iter()
            .filter(|join| person.binary_search(&join.a).is_ok())
        {
            neighbours.entry(join.a).or_default().push((join.b, *join));
            neighbours.entry(join.b).or_default().push((join.a, *join));
        }
        let mut paths: BTreeMap<RowId, Vec<Join>> = BTreeMap::from([(a, Vec::new())]);
        let mut open = VecDeque::from([a]);
        while let Some(row) = open.pop_front() {
            let path = paths[&row].clone();
            if row == b {
                return path;
            }
            for (next, join) in neighbours.get(&row).into_iter().flatten() {
                if !paths.contains_key(next) {
                    let longer = path.iter().copied().chain([*join]).collect();
                    paths.insert(*next, longer);
                    open.push_back(*next);
                }
            }
        }
        Vec::new()
    }
}
